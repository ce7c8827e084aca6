"use strict";
/* A liaison's page: what they were asked and their answers, findings of their own, what is published in the village. */
(function () {
  const T = Object.assign({}, window.TEXTS, {
    answerLabel: "写答复",
    answer: "交答复",
    answered: "已经交了。",
    asked: function (when) { return when + " 交办"; },
    said: "您答复了：",
    what: "请先写几句话，或者添加照片。",
    photos: function (count) { return "已添加 " + count + " 张照片。"; },
    located: "已记下位置。",
    photosNotSent: "网络不通，有照片没有传上去。请点“再传一次”，或者去掉。",
    photosComing: "照片还在上传，传完就交，请别关。",
    finding: "发现了什么",
    areaNeeded: "请选择是哪方面的事。"
  });
  const { ask, kept, randomKey } = window.API;
  const RENEW_WITHIN = 6 * 3600000;
  const MOST_PHOTOS = 9;
  const id = (name) => document.getElementById(name);
  let me = null;
  let later = "";
  let publicLater = "";
  let isPublicRead = false;

  /* ---- showing ---- */
  function show(view) {
    document.querySelectorAll("main > section").forEach((part) => { part.hidden = part.id !== "view-" + view; });
    document.querySelectorAll("nav a").forEach((link) => link.toggleAttribute("aria-current", link.hash === "#" + view));
    say("");
    window.scrollTo(0, 0);
    document.querySelector("#view-" + view + " h1").focus({ preventScroll: true });
  }
  function say(words, isGood) {
    id("alert").hidden = !words;
    id("alert").classList.toggle("good", Boolean(isGood));
    id("alert").textContent = words;
    if (words) id("alert").scrollIntoView({ block: "center" });
  }
  function made(name, kind, words) {
    const part = document.createElement(name);
    part.className = kind;
    part.textContent = words;
    return part;
  }
  const day = (at) => new Date(at).toLocaleString("zh-CN", { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" });

  /* ---- who it is ---- */
  const hold = (session) => kept.set("liaison", session.token, session.expires_in * 1000);
  async function speak(method, path, options) {
    if (kept.until("liaison") - Date.now() < RENEW_WITHIN && kept.get("liaison")) {
      await ask("POST", "/sessions/renewal", { token: kept.get("liaison"), key: randomKey() }).then(hold).catch(() => null);
    }
    try {
      return await ask(method, path, Object.assign({ token: kept.get("liaison") }, options));
    } catch (refused) {
      if (refused.status === 401 || refused.status === 403) { kept.drop("liaison"); show("over"); }
      throw refused;
    }
  }
  async function enter() {
    const link = location.hash.slice(1);
    if (/^\d+\.\d+\.\w+$/.test(link)) {
      await ask("POST", "/liaison/sessions", { json: { link }, token: "", key: randomKey() }).then(hold);
      /* with the link still in its address the page can be opened again when the network was gone */
      history.replaceState(null, "", "#tasks");
    }
    if (!kept.get("liaison")) { show("over"); return; }
    me = await speak("GET", "/liaison/me");
    id("who").textContent = me.name + "，" + me.region.path.slice(-2).join("");
    await Promise.all([areas(), tasks()]);
    route();
  }
  async function leave() {
    ask("DELETE", "/sessions", { token: kept.get("liaison") }).catch(() => null);
    kept.drop("liaison");
    me = null;
    isPublicRead = false;
    later = publicLater = "";
    ["tasks", "who", "published-list", "done-receipt", "done-number"].forEach((name) => { id(name).textContent = ""; });
    document.querySelectorAll("form").forEach((form) => form.reset());
    finding.clear();
    show("over");
  }

  /* ---- words, photos and place, of an answer or a finding ---- */
  function saying(home, label, prefix) {
    home.append(id("said").content.cloneNode(true));
    const [caption, text] = [home.querySelector("label"), home.querySelector("textarea")];
    const [picker, note] = [home.querySelector("input"), home.querySelector(".photos .hint")];
    const here = home.querySelector(".here");
    const [hint, offered] = [note.textContent, here.textContent];
    /* `coming`: photos on their way, one after the other; `lost`: those that the network dropped */
    const state = { text, attachments: [], location: null, coming: null, lost: [] };
    caption.firstChild.textContent = label;
    text.id = prefix + "-text";
    state.clear = () => {
      Object.assign(state, { attachments: [], location: null, lost: [] });
      note.textContent = hint;
      here.textContent = offered;
    };
    function take(photos) {
      const coming = (state.coming || Promise.resolve()).then(() => takeNow(photos));
      state.coming = coming;
      coming.then(() => { if (state.coming === coming) state.coming = null; });
    }
    async function takeNow(photos) {
      note.textContent = T.uploading;
      for (const photo of photos) {
        if (state.attachments.length + state.lost.length >= MOST_PHOTOS) { say(T.tooManyPhotos); break; }
        try { state.attachments.push(await sent(photo)); } catch (refused) {
          if (refused.isNetwork) state.lost.push(photo);
          say(refused.isNetwork ? T.photosNotSent : refused.message);
        }
      }
      draw();
    }
    async function sent(photo) {
      const form = new FormData();
      photo.content = photo.content || await window.SMALLER(photo.file);
      form.append("file", photo.content, "photo");
      return (await speak("POST", "/attachments", { form, key: photo.key })).id;
    }
    function draw() {
      note.textContent = T.photos(state.attachments.length);
      if (!state.lost.length) return;
      const again = made("button", "", T.sendAgain);
      const remove = made("button", "", T.remove);
      again.onclick = () => { say(""); take(state.lost.splice(0)); };
      remove.onclick = () => { say(""); state.lost = []; draw(); };
      [again, remove].forEach((button) => { button.type = "button"; note.append(" ", button); });
    }
    picker.onchange = () => {
      take(Array.from(picker.files, (file) => ({ file, key: randomKey() })));
      picker.value = "";
    };
    here.onclick = () => {
      const failed = () => { here.textContent = T.notLocated; };
      here.textContent = T.locating;
      if (!navigator.geolocation) { failed(); return; }
      navigator.geolocation.getCurrentPosition((found) => {
        state.location = { latitude: found.coords.latitude, longitude: found.coords.longitude, label: "" };
        here.textContent = T.located;
      }, failed, { timeout: 20000, maximumAge: 60000 });
    };
    return state;
  }
  function bodyOf(said) {
    const json = { text: said.text.value.trim(), attachments: said.attachments };
    if (said.location) json.location = said.location;
    return json;
  }
  /* With the photos that are still on their way. */
  function doing(form, said, words, work) {
    const button = form.querySelector("button.main");
    const send = async () => {
      say(said.coming ? T.photosComing : "", true);
      await said.coming;
      if (said.lost.length) { say(T.photosNotSent); return; }
      if (!said.text.value.trim() && !said.attachments.length) { say(T.what); said.text.focus(); return; }
      say("");
      await work(words());
    };
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      button.disabled = true;
      await send().catch((refused) => say(refused.message || T.other));
      button.disabled = false;
    });
  }

  /* ---- tasks ---- */
  async function tasks() {
    const page = await speak("GET", "/liaison/tasks?limit=20&cursor=" + encodeURIComponent(later));
    later = page.next_cursor || "";
    id("tasks-more").hidden = !later;
    id("tasks").append(...page.items.map(drawTask));
    id("tasks-none").hidden = Boolean(id("tasks").children.length);
  }
  function drawTask(task) {
    const item = document.createElement("li");
    item.append(made("p", "hint", task.place + " · " + T.asked(day(task.asked_at))), made("p", "text", task.text));
    if (task.answered_at) {
      item.append(made("p", "hint", T.said), made("p", "text", task.answer || ""));
      return item;
    }
    const fold = document.createElement("details");
    const form = document.createElement("form");
    form.noValidate = true;
    fold.append(made("summary", "", T.answerLabel), form);
    const said = saying(form, T.answerLabel, task.id);
    form.append(made("button", "main", T.answer));
    doing(form, said, () => bodyOf(said), async (json) => {
      const answered = await speak("POST", "/liaison/tasks/" + task.id + "/answer", { json, once: true });
      item.replaceWith(drawTask(answered));
      say(T.answered, true);
    });
    item.append(fold);
    return item;
  }

  /* ---- findings ---- */
  async function areas() {
    const found = await ask("GET", "/areas", { token: "" });
    id("area").replaceChildren(new Option(T.pickNone, ""), ...found.items.map((area) => new Option(area.name, area.code)));
  }
  const level = () => document.querySelector("input[name=level]:checked").value;
  const finding = saying(document.querySelector("#finding-form .said"), T.finding, "finding");
  function whole() {
    const json = Object.assign(bodyOf(finding), { area: id("area").value, level: level() });
    if (level() !== "none") json.subject = { name: id("subject-name").value.trim(), post: id("subject-post").value.trim(), unit: "" };
    return json;
  }
  doing(id("finding-form"), finding, whole, async (json) => {
    if (!json.area) { say(T.areaNeeded); id("area").focus(); return; }
    const filed = await speak("POST", "/liaison/findings", { json, once: true });
    id("done-number").textContent = filed.number;
    id("done-receipt").textContent = filed.receipt.replace(/(.{4})(?=.)/g, "$1 ");
    id("finding-form").reset();
    id("subject").hidden = true;
    finding.clear();
    show("done");
  });

  /* ---- what is published ---- */
  async function published() {
    const path = "/regions/" + me.region.code + "/disclosures?limit=10&cursor=" + encodeURIComponent(publicLater);
    const page = await ask("GET", path, { token: "" });
    publicLater = page.next_cursor || "";
    id("public-more").hidden = !publicLater;
    id("published-list").append(...page.items.map((item) => {
      const row = document.createElement("li");
      const facts = [T.kinds[item.kind], item.area.name, item.region.name, item.date, item.amount === null ? "" : T.money(item.amount)];
      row.append(made("p", "big", item.title), made("p", "hint", facts.filter(Boolean).join(" · ")), made("p", "", item.text));
      if (item.beneficiaries.length) row.append(made("p", "hint", T.forWhom + item.beneficiaries.map((one) => one.name + " " + one.amount).join("，")));
      return row;
    }));
    id("public-none").hidden = Boolean(id("published-list").children.length);
  }

  /* ---- wiring ---- */
  const told = (refused) => say(refused.message || T.other);
  function route() {
    if (!me) { show("over"); return; }
    const view = ["tasks", "finding", "public"].find((name) => location.hash === "#" + name) || "tasks";
    show(view);
    if (view !== "public" || isPublicRead) return;
    isPublicRead = true;
    published().catch((refused) => { isPublicRead = false; told(refused); });
  }
  document.querySelectorAll("nav a").forEach((link) => link.addEventListener("click", () => setTimeout(route)));
  window.addEventListener("popstate", route);
  id("finding-form").addEventListener("change", () => { id("subject").hidden = level() === "none"; });
  id("tasks-more").addEventListener("click", () => tasks().catch(told));
  id("public-more").addEventListener("click", () => published().catch(told));
  id("leave").addEventListener("click", leave);
  document.addEventListener("retrying", () => say(T.retrying, true));
  document.addEventListener("answered", () => { if (id("alert").textContent === T.retrying) say(""); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  enter().catch((refused) => { show("over"); told(refused); });
})();
