// Makes pages a little kinder; everything works without it.
(function () {
  "use strict";

  document.querySelectorAll("form[method=post]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "1";
      // after this turn, or the button would not be part of what is sent
      window.setTimeout(function () {
        form.querySelectorAll("button").forEach(function (button) { button.disabled = true; });
      }, 0);
    });
  });

  // coming back by the browser's button, a form can be sent again
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[method=post]").forEach(function (form) {
      delete form.dataset.sent;
      form.querySelectorAll("button").forEach(function (button) { button.disabled = false; });
    });
  });

  // what is written is kept on the server, whatever becomes of this machine or the session
  document.querySelectorAll("form[data-draft]").forEach(function (form) {
    const saved = form.querySelector("[data-saved]") || form.appendChild(document.createElement("p"));
    if (saved.tagName === "P") {
      saved.className = "soft small saved";
      saved.setAttribute("role", "status");
    }
    function body() {
      const fields = new URLSearchParams();
      new FormData(form).forEach(function (value, name) {
        if (typeof value === "string") { fields.append(name, value); }
      });
      fields.set("quiet", "yes");
      return fields;
    }
    let timer = 0;
    let last = body().toString();
    function save() {
      const words = body();
      if (form.dataset.sent || words.toString() === last) { return; }
      fetch(form.dataset.draft, { method: "POST", body: words, redirect: "error" }).then(function (answer) {
        if (answer.headers.get("X-Draft")) {
          saved.textContent = "草稿已存。登录已经过期，请重新登录再发。";
          return;
        }
        if (!answer.ok) { throw new Error(); }
        last = words.toString();
        saved.textContent = "草稿已存";
      }).catch(function () { saved.textContent = "草稿没有存上，请先复制下来。"; });
    }
    form.addEventListener("input", function () {
      window.clearTimeout(timer);
      timer = window.setTimeout(save, 1500);
    });
    window.addEventListener("pagehide", function () {
      if (!form.dataset.sent && body().toString() !== last) { navigator.sendBeacon(form.dataset.draft, body()); }
    });
  });

  document.querySelectorAll("textarea[data-limit]").forEach(function (area) {
    const help = document.getElementById(area.id + "-help");
    if (!help) { return; }
    const words = help.textContent;
    const limit = Number(area.dataset.limit);
    area.addEventListener("input", function () {
      const left = limit - Array.from(area.value.trim()).length;
      if (left < 0) {
        help.textContent = "多了 " + -left + " 个字，请缩短一些。";
      } else if (left <= 100) {
        help.textContent = "还能写 " + left + " 个字。";
      } else {
        help.textContent = words;
      }
    });
  });

  // an open page asks now and then whether what it shows has changed
  const pulsing = document.querySelector("[data-pulse]");
  const headers = { "X-By-Itself": "1" };

  async function renew() {
    const answer = await fetch(window.location.href, { headers: headers });
    if (!answer.ok || answer.redirected) { return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("live");
    if (!fresh) { return; }
    const at = pulsing.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    pulsing.innerHTML = fresh.innerHTML;
    pulsing.dataset.mark = fresh.dataset.mark;
    document.getElementById("live-said").textContent = "列表有变化，已经更新。";
    const again = at && Array.from(pulsing.querySelectorAll("a")).find(function (one) { return one.getAttribute("href") === at; });
    if (again) { again.focus(); }
  }

  async function ask() {
    if (document.hidden) { return; }
    const news = document.getElementById("news");
    const answer = await fetch(pulsing.dataset.pulse, { headers: headers });
    if (answer.redirected) { return; }
    const said = answer.ok ? await answer.json() : { mark: "", others: "" };
    const others = document.getElementById("others");
    if (others && others.textContent !== said.others) { others.textContent = said.others; }
    if (said.mark === pulsing.dataset.mark) { return; }
    if (news) { news.hidden = false; } else if (answer.ok) { await renew(); }
  }

  if (pulsing) {
    // a net that is down is no news
    window.setInterval(function () { ask().catch(function () {}); }, 10000);
  }
})();
