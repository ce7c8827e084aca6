"use strict";
/* The web client: one page, its parts shown in turn. What the other scripts need of it is `window.APP`. */
(function () {
  const T = window.TEXTS;
  const { ask, askAsPerson, kept, randomKey } = window.API;
  const MOST_PHOTOS = 9;
  const state = { entry: null, photos: [], list: "photos", note: "photo-note", ask: askAsPerson, shown: null, reader: "", disclosure: null, location: null };
  const id = (name) => document.getElementById(name);

  /* ---- showing ---- */
  let views = 0;
  function show(view) {
    views += 1;
    document.querySelectorAll("main > section").forEach((part) => { part.hidden = part.id !== "view-" + view; });
    const part = { find: "find", report: state.reader ? "find" : "mine", mine: "mine", cleared: "mine" }[view] || "say";
    ["say", "find", "mine"].forEach((name) => id("go-" + name).toggleAttribute("aria-current", name === part));
    document.dispatchEvent(new CustomEvent("view", { detail: view }));
    say("");
    window.scrollTo(0, 0);
    const head = document.querySelector("#view-" + view + " h1");
    if (head) head.focus({ preventScroll: true });
  }
  /* Where it is about something, there; of what was pressed, at the button; else on top. */
  const alert = id("alert");
  let pressed = null;
  function say(message, field, isGood) {
    alert.hidden = !message;
    alert.classList.toggle("good", Boolean(isGood));
    const label = field && field.id && document.querySelector("label[for=" + field.id + "]");
    const place = field ? label || field.closest("fieldset, ul") || field : !isGood || message === T.retrying ? pressed : null;
    if (place && message) place.before(alert); else document.querySelector("main").prepend(alert);
    alert.textContent = message;
    document.querySelectorAll("[aria-invalid]").forEach((wrong) => wrong.removeAttribute("aria-invalid"));
    if (!message) return;
    if (field && "value" in field) { field.setAttribute("aria-invalid", "true"); field.focus(); }
    alert.scrollIntoView({ block: "center" });
  }
  /* What was not fetched, and a tap to fetch it. */
  function failed(refused, again) {
    say(refused.isNetwork ? T.notFetched : refused.message || T.other);
    if (refused.isNetwork) alert.append(button(T.again, () => { say(""); again(); }));
  }
  function button(words, work) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", textContent: words, onclick: work });
    return made;
  }

  /* ---- where and about what ---- */
  async function openEntry(code) {
    const entry = await ask("GET", "/entries/" + encodeURIComponent(code), { token: "" });
    state.entry = entry;
    id("purpose").textContent = T.purposes[entry.purpose];
    id("place").textContent = entry.region.path.slice(1).join("");
    id("area").textContent = entry.area.name;
    id("telephone-line").hidden = !entry.telephone;
    id("telephone").textContent = entry.telephone;
    id("telephone").href = "tel:" + entry.telephone.replace(/[^0-9+]/g, "");
    id("level").hidden = !["report", "survey"].includes(entry.purpose);
    id("rated").hidden = true;
    id("rectified").hidden = true;
    const level = { suggest: "none", rate: "none", conduct: "discipline" }[entry.purpose];
    if (level) document.querySelector("input[name=level][value=" + level + "]").checked = true;
    uncover();
    show("say");
    document.dispatchEvent(new CustomEvent("entry"));
    if (entry.purpose === "survey") openSurvey();
    if (entry.purpose === "rate") openRectified();
  }
  /* Where no survey is open, the code is for words. */
  function openSurvey() {
    show("survey");
    bring("survey.js").then(() => window.SURVEY(state.entry.code)).catch((refused) => {
      state.entry.isForWords = refused.status === 404;
      if (state.entry.isForWords) show("say"); else failed(refused, openSurvey);
    });
  }
  function openRectified() {
    bring("rectified.js").then(() => window.RECTIFIED()).catch((refused) => failed(refused, openRectified));
  }

  /* ---- photos ---- */
  /* being made smaller or sent: what is filed waits for it */
  const underWay = new Set();
  function meanwhile(work) {
    underWay.add(work);
    work.finally(() => underWay.delete(work)).catch(() => null);
    return work;
  }
  const settled = async () => {
    if (underWay.size) say(T.stillSending, null, true);
    while (underWay.size) await Promise.allSettled(underWay);
  };
  /* `bag`: what is being filed, or what is said later of a report. */
  function picking(picker, bag) {
    picker.addEventListener("change", () => { meanwhile(addPhotos(Array.from(picker.files), bag).then(() => { picker.value = ""; })); });
  }
  async function addPhotos(files, bag) {
    say("");
    await bring("smaller.js").catch(() => null);
    for (const file of files) {
      if (photos(bag).length >= MOST_PHOTOS) { say(T.tooManyPhotos); break; }
      await attach(window.SMALLER ? await window.SMALLER(file) : file, "photo", bag);
    }
  }
  const photos = (bag) => bag.photos.filter((one) => one.kind === "photo");
  const voices = () => state.photos.filter((one) => one.kind === "voice");
  /* Whether it was sent; what the network dropped stays, to be sent again by a tap. */
  function attach(content, kind, bag = state) {
    const made = { id: "", kind, content, key: randomKey(), url: URL.createObjectURL(content) };
    bag.photos.push(made);
    return send(made, bag);
  }
  const send = (made, bag) => meanwhile(sendNow(made, bag));
  async function sendNow(made, bag) {
    const form = new FormData();
    form.append("file", made.content, made.kind);
    made.isOnItsWay = true;
    drawPhotos(bag);
    id(bag.note).textContent = T.uploading;
    try {
      made.id = (await bag.ask("POST", "/attachments", { form, key: made.key })).id;
      delete made.content;
      say("");
    } catch (refused) {
      if (!refused.isNetwork) bag.photos = bag.photos.filter((one) => one !== made);
      made.refusal = refused;
    }
    made.isOnItsWay = false;
    drawPhotos(bag);
    if (made.refusal) say(made.refusal.isNetwork ? T.notSent : made.refusal.message, id(bag.list));
    delete made.refusal;
    return Boolean(made.id);
  }
  function drawPhotos(bag = state) {
    const counts = { photo: 0, voice: 0 };
    id(bag.list).replaceChildren(...bag.photos.map((made, at) => drawPhoto(made, at, T[made.kind](counts[made.kind] += 1), bag)));
    id(bag.note).textContent = T.uploaded(photos(bag).filter((one) => one.id).length);
    document.dispatchEvent(new CustomEvent("changed"));
  }
  function drawPhoto(made, at, name, bag) {
    const item = document.createElement("li");
    const image = document.createElement(made.kind === "voice" ? "audio" : "img");
    image.src = made.url;
    if (made.kind === "voice") { image.controls = true; image.setAttribute("aria-label", name); } else image.alt = name;
    item.className = made.kind;
    const remove = button(T.remove, () => { bag.photos.splice(at, 1); drawPhotos(bag); });
    remove.setAttribute("aria-label", T.remove + name);
    item.append(image, remove);
    if (made.id || made.isOnItsWay) return item;
    const again = button(T.sendAgain, () => { again.disabled = true; send(made, bag); });
    again.setAttribute("aria-label", T.sendAgain + name);
    item.append(again);
    return item;
  }

  /* ---- filing ---- */
  const picked = (name) => (document.querySelector("input[name=" + name + "]:checked") || {}).value;
  const first = (name) => document.querySelector("input[name=" + name + "]");
  const isAboutSomebody = (level) => Boolean(level) && level !== "none";
  function missing() {
    if (state.photos.some((one) => !one.id)) return [T.notSent, id("photos")];
    if (!id("text").value.trim() && !state.photos.length && !picked("rated")) return [T.textNeeded, id("text")];
    if (!picked("level")) return [T.levelNeeded, first("level")];
    if (!picked("mode")) return [T.modeNeeded, first("mode")];
    if (picked("mode") !== "named") return null;
    const empty = [id("name"), id("phone")].find((field) => !field.value.trim());
    return empty ? [T.nameNeeded, empty] : null;
  }
  function report() {
    const made = {
      entry: state.entry.code,
      level: picked("level"),
      text: id("text").value,
      identity: { mode: picked("mode") },
      attachments: state.photos.map((photo) => photo.id),
      avoid: Array.from(document.querySelectorAll("input[name=avoid]:checked"), (box) => box.value)
    };
    if (made.identity.mode === "named") {
      made.identity.name = id("name").value;
      made.identity.phone = id("phone").value;
    }
    if (picked("rated")) made.text = picked("rated") + "\n" + made.text;
    if (state.entry.purpose === "suggest") made.kind = "suggestion";
    if (state.disclosure) made.disclosure = state.disclosure.code;
    if (state.location) made.location = state.location;
    if (id("occurred-on").value) made.occurred_on = id("occurred-on").value;
    if (isAboutSomebody(made.level)) {
      made.subject = { name: id("subject-name").value, post: id("subject-post").value, unit: id("subject-unit").value };
    }
    return made;
  }
  async function file() {
    await settled();
    const gap = missing();
    if (gap) { say(gap[0], gap[1]); return; }
    const filed = await askAsPerson("POST", "/reports", { json: report(), once: true });
    forget();
    state.shown = filed.number;
    state.reader = "";
    id("done-number").textContent = filed.number;
    id("done-receipt").textContent = filed.receipt.replace(/(.{4})(?=.)/g, "$1 ");
    location.hash = "done";
    show("done");
  }
  /* Gone back too soon: it is still there. */
  function remind() {
    if (!id("done-receipt").textContent) return;
    say(T.notCopied, null, true);
    alert.append(button(T.seeReceipt, () => { location.hash = "done"; }));
  }
  function forget() {
    kept.drop("draft");
    state.photos.forEach((one) => URL.revokeObjectURL(one.url));
    Object.assign(state, { photos: [], disclosure: null, location: null });
    id("say-form").reset();
    uncover();
    drawPhotos();
    document.dispatchEvent(new CustomEvent("forgotten"));
  }
  function uncover() {
    id("subject").hidden = !isAboutSomebody(picked("level"));
    id("identity").hidden = picked("mode") !== "named";
  }

  /* ---- finding again ---- */
  async function find() {
    const receipt = id("receipt").value.normalize("NFKC").replace(/\D/g, "");
    if (receipt.length !== 16) { say(T.receiptShape, id("receipt")); return; }
    const opened = await ask("POST", "/receipts", { json: { receipt }, token: "", key: randomKey() });
    state.reader = opened.token;
    id("find-form").reset();
    await openReport(opened.number);
  }
  /* With the receipt's token, or as the person who has just filed. */
  function askAsReader(method, path, options) {
    return ask(method, path, Object.assign({ token: readsBy() }, options));
  }
  const readsBy = () => state.reader || kept.get("token");
  async function openReport(number) {
    const [reader, before] = [readsBy(), views];
    const asked = askAsReader("GET", "/reports/" + number);
    await bring("following.js");
    const report = await asked;
    /* cleared, or something else was opened, while it was on its way */
    if (reader !== readsBy() || before !== views) return;
    window.DRAW(report);
    location.hash = "report";
    show("report");
  }
  function paragraph(kind, words) {
    const made = document.createElement("p");
    made.className = kind;
    made.textContent = words;
    return made;
  }
  /* ---- wiring ---- */
  const FIELDS = { "identity.name": "name", "identity.phone": "phone", text: "text", occurred_on: "occurred-on" };
  function doing(form, work) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = form.querySelector("button.main");
      button.disabled = true;
      pressed = button;
      try { say(""); await work(); } catch (refused) {
        const field = id(FIELDS[refused.field]);
        say(refused.message || T.other, field && field.offsetParent ? field : null);
      }
      pressed = null;
      button.disabled = false;
    });
  }
  doing(id("code-form"), async () => {
    const code = id("code").value.trim();
    if (!code) { say(T.codeNeeded, id("code")); return; }
    await openEntry(code);
  });
  doing(id("say-form"), async () => {
    id("submit").textContent = T.sending;
    try { await file(); } finally { id("submit").textContent = T.submit; }
  });
  doing(id("find-form"), find);
  id("done-copied").addEventListener("click", () => {
    id("done-receipt").textContent = "";
    openReport(state.shown).catch((refused) => say(refused.message));
  });
  id("say-form").addEventListener("change", uncover);
  document.addEventListener("retrying", () => say(T.retrying, null, true));
  document.addEventListener("answered", () => { if (alert.textContent === T.retrying) say(""); });
  picking(id("photo"), state);
  /* a tap on the part one is in shows its beginning again */
  ["go-say", "go-find", "go-mine"].forEach((link) => id(link).addEventListener("click", () => setTimeout(route)));
  /* who goes back reads what is said on top */
  history.scrollRestoration = "manual";
  window.addEventListener("popstate", route);
  function route() {
    if (location.hash === "#find") { show("find"); return; }
    if (location.hash === "#mine") { openMine(); return; }
    if (location.hash === "#privacy") { openPrivacy(); return; }
    if (location.hash === "#survey" && window.SURVEY) { show("survey"); return; }
    if (!location.hash && state.entry && state.entry.purpose === "survey" && !state.entry.isForWords) { openSurvey(); return; }
    if (location.hash === "#report" && state.shown) { show("report"); return; }
    if (location.hash === "#done" && id("done-receipt").textContent) { show("done"); return; }
    const asked = new URLSearchParams(location.search);
    const code = asked.get("entry") || asked.get("q") || asked.get("scene");
    if (state.entry) { show("say"); remind(); return; }
    if (!code) { show("code"); return; }
    const open = () => openEntry(code).catch((refused) => {
      id("code").value = code;
      show("code");
      failed(refused, open);
    });
    open();
  }
  function openMine() {
    show("mine");
    bring("mine.js").then(() => window.MINE()).catch((refused) => failed(refused, openMine));
  }
  function openPrivacy() {
    show("privacy");
    bring("privacy.js").then(() => window.PRIVACY()).catch((refused) => failed(refused, openPrivacy));
  }
  /* what few people open is fetched when it is */
  const brought = {};
  function bring(file) {
    brought[file] = brought[file] || new Promise((done, failed) => {
      const script = document.createElement("script");
      Object.assign(script, { src: file, onload: done, onerror: () => { brought[file] = null; failed(Object.assign(new Error(T.noNetwork), { isNetwork: true })); } });
      document.head.append(script);
    });
    return brought[file];
  }
  function lazily(element, event, file) {
    const fetchIt = async () => {
      element.removeEventListener(event, fetchIt);
      await bring(file).then(() => element.dispatchEvent(new Event(event)), () => {
        say(T.noNetwork);
        element.addEventListener(event, fetchIt);
      });
    };
    element.addEventListener(event, fetchIt);
  }
  lazily(id("record"), "click", "voice.js");
  lazily(id("where"), "toggle", "place.js");
  window.APP = { state, id, doing, say, failed, button, show, picked, voices, attach, picking, settled, drawPhotos, uncover, forget, openReport, paragraph, bring, askAsReader };
  document.addEventListener("DOMContentLoaded", route);
})();
