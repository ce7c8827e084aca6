"use strict";
/* Speaking to the API. What the page keeps on the phone is here: a token, a draft, and until when. */
(function () {
  const T = window.TEXTS;
  const DAY = 86400000;
  const RENEW_WITHIN = 6 * 3600000;
  const WAITS = [1000, 3000];
  const PATIENCE = 30000;
  const kept = {
    get(name) {
      try {
        const found = JSON.parse(localStorage.getItem("m." + name) || "null");
        if (found && found.until > Date.now()) return found.value;
        localStorage.removeItem("m." + name);
      } catch (e) { /* private browsing, or not ours */ }
      return "";
    },
    until(name) {
      try { return JSON.parse(localStorage.getItem("m." + name)).until; } catch (e) { return 0; }
    },
    set(name, value, time) {
      try { localStorage.setItem("m." + name, JSON.stringify({ value, until: Date.now() + (time || DAY) })); } catch (e) { /* full */ }
    },
    drop(name) { try { localStorage.removeItem("m." + name); } catch (e) { /* nothing there */ } },
    clear() { try { localStorage.clear(); sessionStorage.clear(); } catch (e) { /* nothing there */ } }
  };
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  class Refused extends Error {
    constructor(problem) {
      const first = problem.errors && problem.errors[0];
      super(first ? first.message : problem.title || T.other);
      this.type = problem.type;
      this.status = problem.status;
    }
  }
  function randomKey() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  /* Enough to tell words from other words; nothing can be read out of it. */
  function fingerprint(words) {
    let hash = 5381;
    for (let at = 0; at < words.length; at += 1) hash = (hash * 33 ^ words.charCodeAt(at)) >>> 0;
    return hash + "-" + words.length;
  }
  const unanswered = {};
  /* `once`: pressed twice, or again after a lost answer, it carries the same key and is done once. */
  async function ask(method, path, options) {
    const given = Object.assign({}, options);
    const what = given.once ? fingerprint(path + JSON.stringify(given.json || "")) : "";
    if (what) given.key = unanswered[what] = unanswered[what] || randomKey();
    const headers = {};
    const token = given.token === undefined ? kept.get("token") : given.token;
    if (token) headers.Authorization = "Bearer " + token;
    if (given.key) headers["Idempotency-Key"] = given.key;
    if (given.json) headers["Content-Type"] = "application/json";
    const body = given.json ? JSON.stringify(given.json) : given.form;
    const answer = await insist(method, path, { method, headers, body, cache: "no-store" }, Boolean(given.key));
    if (given.blob && answer.ok) return answer.blob();
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Refused(said);
    if (what) delete unanswered[what];
    return said;
  }
  /* A network that drops is tried again, where asking twice does nothing twice. */
  async function insist(method, path, asked, hasKey) {
    const tries = method === "GET" || hasKey ? WAITS : [];
    for (let count = 0; ; count += 1) {
      const stop = new AbortController();
      const patience = asked.body instanceof FormData ? 4 * PATIENCE : PATIENCE;
      const clock = setTimeout(() => stop.abort(), patience);
      try {
        return await fetch("/api/v1" + path, Object.assign({ signal: stop.signal }, asked));
      } catch (e) {
        if (count >= tries.length) throw new Refused({ title: T.noNetwork, type: "network" });
        document.dispatchEvent(new CustomEvent("retrying"));
        await pause(tries[count]);
      } finally { clearTimeout(clock); }
    }
  }
  function hold(session) { kept.set("token", session.token, session.expires_in * 1000); }
  let opening = null;
  function newSession() {
    opening = opening || ask("POST", "/sessions", { json: {}, token: "", key: randomKey() }).then(hold).finally(() => { opening = null; });
    return opening;
  }
  async function renewed() {
    if (kept.until("token") - Date.now() > RENEW_WITHIN) return;
    await ask("POST", "/sessions/renewal", { key: randomKey() }).then(hold).catch(() => null);
  }
  /* As `ask`, with a session made when there is none or it has ended. */
  async function askAsPerson(method, path, options) {
    if (kept.get("token")) await renewed(); else await newSession();
    try {
      return await ask(method, path, options);
    } catch (refused) {
      if (refused.status !== 401) throw refused;
      await newSession();
      return ask(method, path, options);
    }
  }
  window.API = { ask, askAsPerson, kept, randomKey, fingerprint };
})();
