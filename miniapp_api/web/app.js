"use strict";
/* The web client: one page, its parts shown in turn. What voice.js, place.js, published.js and keeping.js need
   of it is `window.APP`. */
(function () {
  const T = window.TEXTS;
  const { ask, askAsPerson, kept, randomKey, fingerprint } = window.API;
  const MOST_PHOTOS = 9;
  const state = {
    entry: null, photos: [], attempt: null, shown: null, reader: "", disclosure: null, location: null
  };
  const id = (name) => document.getElementById(name);

  /* ---- showing ---- */
  function show(view) {
    document.querySelectorAll("main > section").forEach((part) => { part.hidden = part.id !== "view-" + view; });
    const part = { find: "find", report: state.reader ? "find" : "mine", mine: "mine", cleared: "mine" }[view] || "say";
    ["say", "find", "mine"].forEach((name) => id("go-" + name).toggleAttribute("aria-current", name === part));
    document.dispatchEvent(new CustomEvent("view", { detail: view }));
    say("");
    window.scrollTo(0, 0);
    const head = document.querySelector("#view-" + view + " h1");
    if (head) head.focus({ preventScroll: true });
  }
  function say(message, field, isGood) {
    id("alert").hidden = !message;
    id("alert").classList.toggle("good", Boolean(isGood));
    id("alert").textContent = message;
    document.querySelectorAll("[aria-invalid]").forEach((wrong) => wrong.removeAttribute("aria-invalid"));
    if (!message) return;
    if (field) { field.setAttribute("aria-invalid", "true"); field.focus(); }
    id("alert").scrollIntoView({ block: "center" });
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
    if (entry.purpose === "survey") bring("survey.js").then(() => window.SURVEY(entry.code).catch(() => null), () => say(T.noNetwork));
    if (entry.purpose === "rate") bring("rectified.js").then(() => window.RECTIFIED(), () => say(T.noNetwork));
  }

  /* ---- photos ---- */
  async function addPhotos(files) {
    say("");
    await bring("smaller.js").catch(() => null);
    for (const file of files) {
      if (photos().length >= MOST_PHOTOS) { say(T.tooManyPhotos); break; }
      id("photo-note").textContent = T.uploading;
      await attach(window.SMALLER ? await window.SMALLER(file) : file, "photo");
    }
  }
  const photos = () => state.photos.filter((one) => one.kind === "photo");
  const voices = () => state.photos.filter((one) => one.kind === "voice");
  async function attach(content, kind) {
    const form = new FormData();
    form.append("file", content, kind);
    try {
      const stored = await askAsPerson("POST", "/attachments", { form, key: randomKey() });
      state.photos.push({ id: stored.id, kind, url: URL.createObjectURL(content) });
      say("");
    } catch (refused) {
      say(refused.message);
    }
    drawPhotos();
  }
  function drawPhotos() {
    const list = id("photos");
    list.textContent = "";
    const counts = { photo: 0, voice: 0 };
    state.photos.forEach((photo, at) => {
      const item = document.createElement("li");
      const image = document.createElement(photo.kind === "voice" ? "audio" : "img");
      const name = T[photo.kind](counts[photo.kind] += 1);
      image.src = photo.url;
      if (photo.kind === "voice") { image.controls = true; image.setAttribute("aria-label", name); } else image.alt = name;
      item.className = photo.kind;
      const remove = document.createElement("button");
      remove.type = "button";
      remove.textContent = T.remove;
      remove.setAttribute("aria-label", T.remove + name);
      remove.onclick = () => { state.photos.splice(at, 1); drawPhotos(); };
      item.append(image, remove);
      list.append(item);
    });
    id("photo-note").textContent = T.uploaded(photos().length);
    document.dispatchEvent(new CustomEvent("changed"));
  }

  /* ---- filing ---- */
  const picked = (name) => (document.querySelector("input[name=" + name + "]:checked") || {}).value;
  const first = (name) => document.querySelector("input[name=" + name + "]");
  const isAboutSomebody = (level) => Boolean(level) && level !== "none";
  function missing() {
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
    const gap = missing();
    if (gap) { say(gap[0], gap[1]); return; }
    const json = report();
    /* pressed again after a lost answer: the same key, so that it is filed once */
    const words = fingerprint(JSON.stringify(json));
    state.attempt = state.attempt || kept.get("attempt");
    if (!state.attempt || state.attempt.words !== words) state.attempt = { words, key: randomKey() };
    kept.set("attempt", state.attempt);
    const filed = await askAsPerson("POST", "/reports", { json, key: state.attempt.key });
    forget();
    state.shown = filed.number;
    state.reader = "";
    id("done-number").textContent = filed.number;
    id("done-receipt").textContent = filed.receipt.replace(/(.{4})(?=.)/g, "$1 ");
    show("done");
  }
  function forget() {
    kept.drop("draft");
    kept.drop("attempt");
    state.photos.forEach((one) => URL.revokeObjectURL(one.url));
    Object.assign(state, { photos: [], attempt: null, disclosure: null, location: null });
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
    const opened = await ask("POST", "/receipts", { json: { receipt }, token: "" });
    state.reader = opened.token;
    id("find-form").reset();
    await openReport(opened.number);
  }
  /* With the receipt's token, or as the person who has just filed. */
  function askAsReader(method, path, options) {
    return ask(method, path, Object.assign({ token: state.reader || kept.get("token") }, options));
  }
  async function openReport(number) {
    const asked = askAsReader("GET", "/reports/" + number);
    await bring("following.js");
    draw(await asked);
    location.hash = "report";
    show("report");
  }
  function draw(report) {
    state.shown = report.number;
    id("report-status").textContent = report.status_text;
    id("report-number").textContent = report.number;
    id("report-place").textContent = report.region.path.slice(1).join("");
    id("report-area").textContent = report.area.name;
    id("more-form").hidden = !report.may.includes("messages");
    id("rating-form").hidden = !report.may.includes("rating");
    id("recusal").hidden = !report.may.includes("recusal-requests");
    id("protection").hidden = !report.may.includes("protection-requests");
    id("withdraw").hidden = !report.may.includes("withdrawal");
    drawQuestion(report.question);
    id("messages").replaceChildren(...report.messages.map(drawMessage));
  }
  /* What staff would like to know: one of the answers offered, or words. */
  function drawQuestion(question) {
    state.question = question;
    id("question-form").hidden = !question;
    if (!question) return;
    id("question-text").textContent = question.text;
    const choices = question.options.map((option) => {
      const label = document.createElement("label");
      label.className = "choice";
      const box = document.createElement("input");
      Object.assign(box, { type: "radio", name: "option", value: option });
      label.append(box, " " + option);
      return label;
    });
    id("question-options").replaceChildren(id("question-text"), ...choices);
  }
  function drawMessage(said) {
    const item = document.createElement("li");
    item.className = said.from;
    const when = new Date(said.at).toLocaleString("zh-CN", { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" });
    item.append(paragraph("hint", T.speakers[said.from] + " · " + when), paragraph("text", said.text));
    said.attachments.forEach((attachment) => drawAttachment(item, attachment));
    return item;
  }
  function paragraph(kind, words) {
    const made = document.createElement("p");
    made.className = kind;
    made.textContent = words;
    return made;
  }
  async function drawAttachment(item, attachment) {
    const content = await askAsReader("GET", "/attachments/" + attachment, { blob: true }).catch(() => null);
    if (!content) return;
    const url = URL.createObjectURL(content);
    if (content.type.startsWith("image/")) {
      const image = document.createElement("img");
      image.src = url;
      image.alt = T.attachment;
      item.append(image);
      return;
    }
    if (content.type !== "audio/amr") {
      const sound = document.createElement("audio");
      sound.controls = true;
      sound.src = url;
      sound.setAttribute("aria-label", T.attachment);
      item.append(sound);
      return;
    }
    const link = document.createElement("a");
    link.href = url;
    link.download = "";
    link.textContent = T.openAttachment;
    item.append(link);
  }

  /* ---- wiring ---- */
  function doing(form, work) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = form.querySelector("button.main");
      button.disabled = true;
      try { say(""); await work(); } catch (refused) { say(refused.message || T.other); }
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
  id("photo").addEventListener("change", () => { addPhotos(Array.from(id("photo").files)).then(() => { id("photo").value = ""; }); });
  /* a tap on the part one is in shows its beginning again */
  ["go-say", "go-find", "go-mine"].forEach((link) => id(link).addEventListener("click", () => setTimeout(route)));
  window.addEventListener("popstate", route);
  function route() {
    if (location.hash === "#find" || location.hash === "#mine") { show(location.hash.slice(1)); return; }
    if (location.hash === "#privacy") {
      show("privacy");
      bring("privacy.js").then(() => window.PRIVACY(), () => say(T.noNetwork));
      return;
    }
    if (location.hash === "#survey" && window.SURVEY) { show("survey"); return; }
    if (location.hash === "#report" && state.shown) { show("report"); return; }
    const asked = new URLSearchParams(location.search);
    const code = asked.get("entry") || asked.get("q") || asked.get("scene");
    if (state.entry) { show("say"); return; }
    if (!code) { show("code"); return; }
    openEntry(code).catch((refused) => { id("code").value = code; show("code"); say(refused.message); });
  }
  /* what few people open is fetched when it is */
  const brought = {};
  function bring(file) {
    brought[file] = brought[file] || new Promise((done, failed) => {
      const script = document.createElement("script");
      Object.assign(script, { src: file, onload: done, onerror: () => { brought[file] = null; failed(new Error(T.noNetwork)); } });
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
  window.APP = { state, id, doing, say, show, picked, photos, voices, attach, drawPhotos, uncover, forget, openReport, paragraph, bring, draw, askAsReader };
  document.addEventListener("DOMContentLoaded", route);
})();
