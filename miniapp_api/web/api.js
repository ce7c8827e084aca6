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
    clear() {
      unanswered = {};
      try { localStorage.clear(); sessionStorage.clear(); } catch (e) { /* nothing there */ }
    }
  };
  /* Keys of what was sent and not answered, also after the page was closed and opened again. */
  let unanswered = kept.get("unanswered") || {};
  function keyOf(what) {
    if (!unanswered[what]) {
      unanswered[what] = randomKey();
      kept.set("unanswered", unanswered);
    }
    return unanswered[what];
  }
  function answered(what) {
    delete unanswered[what];
    if (Object.keys(unanswered).length) kept.set("unanswered", unanswered); else kept.drop("unanswered");
  }
  const pause = (time) => new Promise((done) => setTimeout(done, time));
  class Refused extends Error {
    constructor(problem, status) {
      const first = problem.errors && problem.errors[0];
      super(first ? first.message : problem.title || T.other);
      this.type = problem.type;
      this.status = status;
      this.field = first ? first.field : "";
      this.isNetwork = problem.type === "network";
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
  /* `once`: pressed twice, or again after a lost answer, it carries the same key and is done once. `quiet`: nobody is
     waiting for it. */
  async function ask(method, path, options) {
    const given = Object.assign({}, options);
    const what = given.once ? fingerprint(path + JSON.stringify(given.json || "")) : "";
    if (what) given.key = keyOf(what);
    const headers = {};
    const token = given.token === undefined ? kept.get("token") : given.token;
    if (token) headers.Authorization = "Bearer " + token;
    if (given.key) headers["Idempotency-Key"] = given.key;
    if (given.json) headers["Content-Type"] = "application/json";
    const body = given.json ? JSON.stringify(given.json) : given.form;
    const read = async (answer) => {
      if (given.blob && answer.ok) return answer.blob();
      const words = await answer.text();
      /* what stands before the server may refuse in its own words */
      try { return JSON.parse(words); } catch (e) { if (answer.status < 400 || answer.status >= 500) throw e; return {}; }
    };
    const asked = { method, headers, body, cache: "no-store" };
    const [answer, said] = await insist(path, asked, { read, isSafe: method !== "POST" || Boolean(given.key), quiet: given.quiet });
    if (what && answer.status < 500) answered(what);
    if (!answer.ok) throw new Refused(said, answer.status);
    return said;
  }
  /* A network that drops, also in the middle of an answer, is tried again, where asking twice does nothing twice. */
  async function insist(path, asked, how) {
    const tries = how.isSafe ? WAITS : [];
    const tell = (what) => { if (!how.quiet) document.dispatchEvent(new CustomEvent(what)); };
    for (let count = 0; ; count += 1) {
      const stop = new AbortController();
      const patience = asked.body instanceof FormData ? 4 * PATIENCE : PATIENCE;
      const clock = setTimeout(() => stop.abort(), patience);
      try {
        const answer = await fetch("/api/v1" + path, Object.assign({ signal: stop.signal }, asked));
        const said = await how.read(answer);
        if (count) tell("answered");
        return [answer, said];
      } catch (e) {
        if (count >= tries.length) throw new Refused({ title: T.noNetwork, type: "network" });
        tell("retrying");
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
    await ask("POST", "/sessions/renewal", { key: randomKey(), quiet: true }).then(hold).catch(() => null);
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
