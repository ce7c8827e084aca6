"use strict";
/* What is not finished, kept on the phone and on the server; and a phone made clean. */
(function () {
  const T = window.TEXTS;
  const { ask, askAsPerson, kept, randomKey } = window.API;
  const { state, id, say, show, picked, drawPhotos, uncover, forget } = window.APP;
  const QUIET = 3000;
  let waiting = 0;
  function draft() {
    return {
      entry: state.entry.code,
      text: id("text").value,
      level: picked("level") || "",
      mode: picked("mode") || "",
      subject: { name: id("subject-name").value, post: id("subject-post").value, unit: id("subject-unit").value },
      attachments: state.photos.map((one) => one.id).filter(Boolean),
      avoid: Array.from(document.querySelectorAll("input[name=avoid]:checked"), (box) => box.value),
      occurred_on: id("occurred-on").value || null,
      disclosure: state.disclosure && state.disclosure.code
    };
  }
  const isWorthKeeping = () => state.entry && (id("text").value.trim() || state.photos.length);
  function keep() {
    if (!isWorthKeeping()) return;
    kept.set("draft", draft());
    clearTimeout(waiting);
    /* on the server only where there is a session anyway: writing alone makes nobody known to it */
    if (kept.get("token")) waiting = setTimeout(send, QUIET);
  }
  async function send() {
    if (!isWorthKeeping()) return;
    await askAsPerson("POST", "/me/draft", { json: draft(), key: randomKey(), quiet: true }).then(() => {
      id("draft-note").textContent = T.draftKept;
    }, () => null);
  }
  async function restore() {
    if (isWorthKeeping()) return;
    let found = kept.get("draft");
    if (!found && kept.get("token")) found = (await ask("GET", "/me/draft", { quiet: true }).catch(() => ({}))).draft;
    if (!found || !found.text || found.entry !== state.entry.code || isWorthKeeping()) return;
    id("text").value = found.text;
    ["level", "mode"].forEach((name) => {
      const box = found[name] && document.querySelector("input[name=" + name + "][value=" + found[name] + "]");
      if (box) box.checked = true;
    });
    const subject = found.subject || {};
    ["name", "post", "unit"].forEach((part) => { id("subject-" + part).value = subject[part] || ""; });
    id("occurred-on").value = found.occurred_on || "";
    document.querySelectorAll("input[name=avoid]").forEach((box) => { box.checked = (found.avoid || []).includes(box.value); });
    uncover();
    for (const attachment of found.attachments || []) {
      /* what the network does not show now is still part of it */
      const content = await ask("GET", "/attachments/" + attachment, { blob: true, quiet: true }).catch((refused) => refused.isNetwork ? new Blob() : null);
      const kind = content && content.type.startsWith("audio/") ? "voice" : "photo";
      if (content) state.photos.push({ id: attachment, kind, url: URL.createObjectURL(content) });
    }
    if (state.photos.length) drawPhotos();
    id("draft-note").textContent = T.draftFound;
  }
  /* The phone is cleared at once, whatever the network does; then the server forgets whose the reports were and throws
     away what was not filed. What it could not be told ends by itself. */
  async function clear() {
    if (!window.confirm(T.clearSure)) return;
    const ending = [["/me", kept.get("token")], ["/sessions", state.reader]].filter(([, token]) => token);
    clearTimeout(waiting);
    forget();
    kept.clear();
    Object.assign(state, { entry: null, shown: null, reader: "" });
    ["messages", "mine", "held"].forEach((name) => { id(name).textContent = ""; });
    ["done-receipt", "done-number", "report-number", "report-status", "place", "area"].forEach((name) => { id(name).textContent = ""; });
    document.querySelectorAll("form").forEach((form) => form.reset());
    history.replaceState(null, "", "/m/#cleared");
    show("cleared");
    const told = await Promise.allSettled(ending.map(([path, token]) => ask("DELETE", path, { token, quiet: true })));
    if (told.some((one) => one.reason && one.reason.isNetwork)) say(T.clearedFar);
  }
  document.addEventListener("entry", restore);
  document.addEventListener("changed", keep);
  id("say-form").addEventListener("input", keep);
  id("say-form").addEventListener("change", keep);
  document.addEventListener("forgotten", () => { clearTimeout(waiting); id("draft-note").textContent = ""; });
  id("clear").addEventListener("click", clear);
  /* a page brought back by the back button shows nothing that was cleared meanwhile */
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();
