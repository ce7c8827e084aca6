"use strict";
/* What is not finished, kept on the phone and on the server; what was filed from this phone; and a phone made clean. */
(function () {
  const T = window.TEXTS;
  const { ask, askAsPerson, kept, randomKey } = window.API;
  const { state, id, say, show, picked, drawPhotos, uncover, forget, openReport } = window.APP;
  const QUIET = 3000;
  let waiting = 0;
  function draft() {
    return {
      entry: state.entry.code,
      text: id("text").value,
      level: picked("level") || "",
      mode: picked("mode") || "",
      subject: { name: id("subject-name").value, post: id("subject-post").value, unit: id("subject-unit").value },
      attachments: state.photos.map((one) => one.id),
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
    await askAsPerson("POST", "/me/draft", { json: draft(), key: randomKey() }).then(() => {
      id("draft-note").textContent = T.draftKept;
    }, () => null);
  }
  async function restore() {
    if (isWorthKeeping()) return;
    let found = kept.get("draft");
    if (!found && kept.get("token")) found = (await ask("GET", "/me/draft").catch(() => ({}))).draft;
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
      const content = await ask("GET", "/attachments/" + attachment, { blob: true }).catch(() => null);
      const kind = content && content.type.startsWith("image/") ? "photo" : "voice";
      if (content) state.photos.push({ id: attachment, kind, url: URL.createObjectURL(content) });
    }
    if (state.photos.length) drawPhotos();
    id("draft-note").textContent = T.draftFound;
  }
  async function mine() {
    const list = kept.get("token") ? await ask("GET", "/reports?limit=50").catch(() => ({ items: [] })) : { items: [] };
    id("mine-none").hidden = Boolean(list.items.length);
    id("mine").replaceChildren(...list.items.map((report) => {
      const row = document.createElement("li");
      const button = document.createElement("button");
      const words = [report.region.name, report.area.name, report.status_text];
      button.textContent = new Date(report.submitted_at).toLocaleDateString("zh-CN") + " " + words.join(" · ");
      button.onclick = () => { state.reader = ""; openReport(report.number).catch((refused) => say(refused.message)); };
      row.append(button);
      return row;
    }));
    const about = kept.get("token") ? await ask("GET", "/me").catch(() => null) : null;
    id("held").replaceChildren(...(about ? about.held : [T.nothingHeld]).map((words) => {
      const row = document.createElement("li");
      row.textContent = words;
      return row;
    }));
  }
  async function clear() {
    if (!window.confirm(T.clearSure)) return;
    if (kept.get("token")) await ask("DELETE", "/sessions").catch(() => null);
    clearTimeout(waiting);
    forget();
    kept.clear();
    Object.assign(state, { entry: null, shown: null, reader: "" });
    ["messages", "mine", "held"].forEach((name) => { id(name).textContent = ""; });
    ["done-receipt", "done-number", "report-number", "report-status", "place", "area"].forEach((name) => { id(name).textContent = ""; });
    document.querySelectorAll("form").forEach((form) => form.reset());
    history.replaceState(null, "", "/m/#cleared");
    show("cleared");
  }
  document.addEventListener("entry", restore);
  document.addEventListener("changed", keep);
  id("say-form").addEventListener("input", keep);
  id("say-form").addEventListener("change", keep);
  document.addEventListener("forgotten", () => { clearTimeout(waiting); id("draft-note").textContent = ""; });
  document.addEventListener("view", (event) => { if (event.detail === "mine") mine(); });
  id("clear").addEventListener("click", clear);
  /* a page brought back by the back button shows nothing that was cleared meanwhile */
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
})();
