"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const words = $("words").dataset;
  const say = (name, values) =>
    words[name].replace(/\{(\w+)\}/g, (_, key) => (values && key in values ? values[key] : ""));
  let me = null;
  let state = null;
  let source = null;
  let pendingCode = null;
  let lastShown = 0;
  let lastTime = 0;

  function make(tag, classes, text) {
    const element = document.createElement(tag);
    if (classes) element.className = classes;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function fill(holder, children) {
    holder.textContent = "";
    holder.append(...children);
  }

  async function call(path, body) {
    const options = {};
    if (body instanceof FormData) Object.assign(options, { method: "POST", body });
    else if (body !== undefined) Object.assign(options, { method: "POST", body: JSON.stringify(body) });
    let answer;
    try {
      answer = await fetch(path, options);
    } catch (error) {
      toast(say("noAnswer"));
      throw error;
    }
    const data = await answer.json();
    if (!answer.ok) {
      toast(data.error || String(answer.status));
      throw new Error(data.error);
    }
    return data;
  }

  const act = (name, body) => call(`/_standin/people/${me.openid}/${name}`, body || {}).catch(() => null);

  let toastTimer = 0;
  function toast(text) {
    $("toast").textContent = text;
    $("toast").hidden = false;
    clearTimeout(toastTimer);
    toastTimer = setTimeout(() => { $("toast").hidden = true; }, 3200);
  }

  /* Text with links: the account may send <a href>, and plain addresses are clickable too. */
  const LINK = /<a\s[^>]*?href=(["'])(.*?)\1[^>]*>([\s\S]*?)<\/a>|(https?:\/\/[^\s<>"'，。；：！？、）】》]+)/gi;

  function withLinks(text) {
    const holder = make("span", "text");
    let from = 0;
    LINK.lastIndex = 0;
    for (let found = LINK.exec(text); found; found = LINK.exec(text)) {
      holder.append(text.slice(from, found.index));
      holder.append(link(found[2] || found[4], found[3] || found[4]));
      from = found.index + found[0].length;
    }
    holder.append(text.slice(from));
    return holder;
  }

  function link(address, label) {
    const menu = /^weixin:\/\/bizmsgmenu\?(.*)$/i.exec(address);
    if (menu) {
      const query = new URLSearchParams(menu[1]);
      return tap(label, { id: query.get("msgmenuid") || "", content: query.get("msgmenucontent") || label });
    }
    const anchor = make("a", "", label);
    if (/^https?:\/\//i.test(address)) {
      anchor.href = address;
      anchor.target = "_blank";
      anchor.rel = "noopener noreferrer";
    }
    return anchor;
  }

  function tap(label, choice) {
    const button = make("button", "tap", label);
    button.type = "button";
    button.dataset.msgmenu = choice.id;
    button.onclick = () => act("msgmenu", choice);
    return button;
  }

  /* One drawing function a message type; an unknown type shows its name. */
  const draw = {
    text: (message) => withLinks(message.text),
    image: (message) => {
      const image = make("img", "picture");
      image.src = message.src;
      image.alt = say("photo");
      image.onload = toBottom;
      return image;
    },
    voice: (message) => {
      const seconds = message.seconds || 3;
      const voice = make("span", "wave", `${seconds}″`);
      voice.style.setProperty("--length", `${Math.min(60 + seconds * 8, 190)}px`);
      voice.setAttribute("aria-label", `${say("voice")} ${seconds}″`);
      return voice;
    },
    location: (message) => {
      const place = make("span", "place");
      place.append(make("strong", "", message.label), make("span", "map"));
      return place;
    },
    news: (message) => {
      const news = make("span", "news");
      for (const each of message.articles) {
        const card = link(each.url || "", "");
        card.className = "article";
        card.append(make("strong", "", each.title || ""), make("span", "", each.description || ""));
        if (each.picurl) {
          const picture = make("img");
          picture.src = each.picurl;
          picture.alt = "";
          card.append(picture);
        }
        news.append(card);
      }
      return news;
    },
    msgmenu: (message) => {
      const menu = make("span", "msgmenu");
      if (message.head) menu.append(withLinks(message.head));
      for (const each of message.list) menu.append(tap(each.content, each));
      if (message.tail) menu.append(withLinks(message.tail));
      return menu;
    },
    template: (message) => {
      const card = make("span", "card");
      card.append(make("span", "from", words.template));
      card.append(make("strong", "", message.title || message.template_id));
      const list = make("dl");
      for (const each of message.fields) {
        list.append(make("dt", "", each.label || each.key), make("dd", "", each.value));
      }
      card.append(list);
      if (message.url) {
        const more = link(message.url, say("detail"));
        more.classList.add("more");
        card.append(more);
      }
      return card;
    },
    link: (message) => link(message.url, message.title),
    video: () => make("span", "", say("video")),
    shortvideo: () => make("span", "", say("video")),
    miniprogrampage: (message) => make("span", "", `${say("mini")}：${message.title}`),
  };

  const stamp = (at) =>
    new Date(at * 1000).toLocaleString("zh-CN", {
      timeZone: "Asia/Shanghai", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit",
    });

  function show(message) {
    if (message.seq <= lastShown) return;
    lastShown = message.seq;
    typing(0);
    if (message.at - lastTime > 300) $("chat").append(make("p", "when", stamp(message.at)));
    lastTime = message.at;
    if (message.kind === "notice") {
      const notice = make("p", "notice", message.text);
      notice.dataset.kind = "notice";
      $("chat").append(notice);
    } else {
      $("chat").append(row(message));
    }
    toBottom();
    if (message.from === "account" || message.from === "me") refreshWindow();
  }

  function row(message) {
    const line = make("div", `message ${message.from}`);
    const avatar = make("div", `avatar ${message.from}`);
    if (message.from === "me") avatar.textContent = me.name.slice(0, 1);
    const bubble = make("div", "bubble");
    bubble.dataset.from = message.from;
    bubble.dataset.kind = message.kind;
    bubble.dataset.type = message.type;
    bubble.dataset.seq = message.seq;
    bubble.append((draw[message.type] || (() => make("span", "", message.type)))(message));
    if (message.ai) bubble.append(make("span", "ai", message.ai));
    const holder = make("div", "holder");
    holder.append(bubble);
    if (message.kind === "custom") holder.append(make("span", "mark", words.custom));
    line.append(avatar, holder);
    return line;
  }

  function toBottom() {
    $("chat").scrollTop = $("chat").scrollHeight;
  }

  let typingTimer = 0;
  function typing(seconds) {
    clearTimeout(typingTimer);
    $("who").textContent = seconds ? say("typing") : whoWords();
    if (seconds) typingTimer = setTimeout(() => typing(0), seconds * 1000);
  }

  const whoWords = () => (me ? `${me.name} · ${me.following ? words.following : words.notFollowing}` : "");

  function showFollowing() {
    $("profile").hidden = me.following;
    $("unfollow").hidden = !me.following;
    $("tools").classList.toggle("off", !me.following);
    $("chat").hidden = !me.following && !pendingCode && lastShown === 0;
    for (const control of $("tools").querySelectorAll("button, textarea, select, input")) {
      control.disabled = !me.following;
    }
    const poster = pendingCode && state.posters.find((each) => pendingCode.includes(each.code));
    if (pendingCode) $("profile-hint").textContent = say("followTo") + (poster ? poster.label : pendingCode);
    $("who").textContent = whoWords();
    toBottom();
  }

  /* People */

  function fillPeople() {
    fill($("person-select"), state.people.map((each) => new Option(each.name, each.openid)));
    if (me) $("person-select").value = me.openid;
  }

  function become(person) {
    me = person;
    history.replaceState(null, "", `/?openid=${encodeURIComponent(me.openid)}`);
    document.title = `${me.name} · ${state.account}`;
    lastShown = 0;
    lastTime = 0;
    pendingCode = null;
    fill($("chat"), []);
    fillPeople();
    showFollowing();
    refreshWindow();
    if (source) source.close();
    source = new EventSource(`/_standin/people/${me.openid}/events`);
    const on = (name, handle) => source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
    on("bubble", show);
    on("typing", (data) => typing(data.seconds));
    on("menu", (data) => { state.menu = data.menu; showMenu(); });
    on("state", (data) => {
      me = data;
      if (me.following) pendingCode = null;
      showFollowing();
    });
  }

  async function newPerson() {
    const made = await call("/_standin/people", {});
    state.people.push(made);
    become(made);
    closePanels();
  }

  let windowTimer = 0;
  function refreshWindow() {
    clearTimeout(windowTimer);
    windowTimer = setTimeout(async () => {
      const got = await call(`/_standin/people/${me.openid}`).catch(() => null);
      if (!got) return;
      const { left, seconds } = got.window;
      const time = seconds > 3600
        ? say("hours", { n: Math.ceil(seconds / 3600) })
        : say("minutes", { n: Math.ceil(seconds / 60) });
      $("window-hint").textContent = left ? say("windowOpen", { left, time }) : words.windowClosed;
    }, 400);
  }

  /* Posters */

  function fillPosters() {
    const options = state.posters.map((each) => new Option(each.label || each.code, each.code));
    $("poster-select").append(...options);
    showPosters();
  }

  function showPosters() {
    const wanted = $("poster-filter").value.trim();
    const fitting = state.posters.filter((each) => (each.label + each.code).includes(wanted)).slice(0, 150);
    fill($("poster-list"), fitting.map(posterItem));
    if (!fitting.length) $("poster-list").append(make("li", "hint", words.noPosters));
  }

  function posterItem(poster) {
    const item = make("li");
    const button = make("button", "poster");
    button.type = "button";
    button.dataset.code = poster.code;
    button.append(make("span", "", poster.label), make("code", "", poster.code));
    button.onclick = () => {
      $("poster-select").value = poster.code;
      $("poster-link").value = "";
      scan(poster.url || poster.code);
    };
    item.append(button);
    return item;
  }

  async function scan(link) {
    if (!link) {
      toast(words.needCode);
      return;
    }
    const got = await act("scan", { link });
    if (!got) return;
    closePanels();
    if (got.needs_follow) {
      pendingCode = link;
      showFollowing();
      $("follow").focus();
    }
  }

  function chosenLink() {
    const typed = $("poster-link").value.trim();
    if (typed) return typed;
    const poster = state.posters.find((each) => each.code === $("poster-select").value);
    return poster ? poster.url || poster.code : "";
  }

  /* Menu */

  function showMenu() {
    const bar = $("menu");
    bar.hidden = !state.menu.length;
    fill(bar, state.menu.map(menuEntry));
    for (const button of bar.querySelectorAll("button")) button.disabled = !me || !me.following;
  }

  function menuEntry(entry) {
    const holder = make("div", "entry");
    const subs = entry.sub_button || [];
    const button = make("button", "", subs.length ? `≡ ${entry.name}` : entry.name);
    button.type = "button";
    holder.append(button);
    if (!subs.length) {
      mark(button, entry);
      return holder;
    }
    const list = make("div", "subs");
    list.hidden = true;
    button.onclick = () => {
      const wasHidden = list.hidden;
      closeSubs();
      list.hidden = !wasHidden;
    };
    for (const sub of subs) {
      const choice = make("button", "", sub.name);
      choice.type = "button";
      mark(choice, sub);
      list.append(choice);
    }
    holder.append(list);
    return holder;
  }

  function mark(button, entry) {
    const key = entry.key || entry.pagepath || entry.url;
    button.dataset.menuKey = key;
    button.onclick = () => {
      closeSubs();
      if (entry.type === "view") window.open(entry.url, "_blank", "noopener");
      act("menu", { key });
    };
  }

  function closeSubs() {
    for (const list of document.querySelectorAll(".subs")) list.hidden = true;
  }

  /* What one sends */

  function send() {
    const text = $("text").value.trim();
    if (!text) return;
    $("text").value = "";
    grow();
    act("text", { text });
  }

  function grow() {
    const box = $("text");
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight + 2, 110)}px`;
    $("line").classList.toggle("writing", box.value.trim() !== "");
  }

  function closePanels() {
    document.body.classList.remove("people-open", "posters-open");
    $("shade").hidden = true;
  }

  function openPanel(name) {
    document.body.classList.add(name);
    $("shade").hidden = false;
  }

  async function showClock() {
    const got = await call("/_standin/state").catch(() => null);
    if (!got) return;
    state.now = got.now;
    state.offset = got.offset;
    const ahead = got.offset > 1 ? say("ahead", { hours: Math.round(got.offset / 360) / 10 }) : "";
    $("clock").textContent = say("time", { time: stamp(got.now) }) + ahead;
    if (got.people.length !== state.people.length) {
      state.people = got.people;
      fillPeople();
    }
    if (JSON.stringify(got.posters) !== JSON.stringify(state.posters)) {
      state.posters = got.posters;
      $("poster-select").length = 1;
      fillPosters();
    }
  }

  function wire() {
    $("person-select").onchange = () => {
      call(`/_standin/people/${$("person-select").value}`).then(become).then(closePanels);
    };
    $("new-person").onclick = newPerson;
    $("new-tab").href = "/?new=1";
    $("follow").onclick = () => act("follow", pendingCode ? { link: pendingCode } : {});
    $("unfollow").onclick = () => act("unfollow");
    $("scan").onclick = () => scan(chosenLink());
    $("poster-link").onkeydown = (event) => { if (event.key === "Enter") scan(chosenLink()); };
    $("poster-filter").oninput = showPosters;
    $("send").onclick = send;
    $("text").oninput = grow;
    $("text").onkeydown = (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        send();
      }
    };
    $("more").onclick = () => {
      const open = $("tools").classList.toggle("more-open");
      $("more").setAttribute("aria-expanded", String(open));
      toBottom();
    };
    $("voice").onclick = () => act("voice", { seconds: 2 + Math.floor(Math.random() * 6) });
    $("sample-photo").onclick = () => act("photo", { sample: true });
    $("photo").onchange = () => {
      const file = $("photo").files[0];
      if (!file) return;
      const form = new FormData();
      form.append("file", file);
      act("photo", form);
      $("photo").value = "";
    };
    $("place").onchange = () => {
      const place = state.places[Number($("place").value)];
      if ($("place").value !== "" && place) act("place", place);
      $("place").value = "";
    };
    for (const button of document.querySelectorAll(".skip")) {
      button.onclick = async () => {
        await call("/_standin/clock", { advance: Number(button.dataset.seconds) });
        showClock();
        refreshWindow();
      };
    }
    $("open-people").onclick = () => openPanel("people-open");
    $("open-posters").onclick = () => openPanel("posters-open");
    $("shade").onclick = closePanels;
    document.addEventListener("click", (event) => { if (!event.target.closest(".entry")) closeSubs(); });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") { closePanels(); closeSubs(); } });
  }

  async function start() {
    state = await call("/_standin/state");
    $("account").textContent = state.account;
    const query = new URLSearchParams(location.search);
    $("place").append(...state.places.map((each, index) => new Option(each.label, String(index))));
    fillPosters();
    wire();
    const known = state.people.find((each) => each.openid === query.get("openid"));
    if (known) become(known);
    else if (query.get("new") || !state.people.length) await newPerson();
    else become(state.people[0]);
    showMenu();
    showClock();
    setInterval(showClock, 20000);
    if (query.get("link")) {
      $("poster-link").value = query.get("link");
      scan(query.get("link"));
    }
    document.body.dataset.ready = "yes";
  }

  start();
})();
