"use strict";
/* Speaking to the API; the token of an anonymous session lives as long as the tab. */
(function () {
  const T = window.TEXTS;
  const kept = {
    get: (name) => { try { return sessionStorage.getItem(name) || ""; } catch (e) { return ""; } },
    set: (name, value) => { try { sessionStorage.setItem(name, value); } catch (e) { /* private browsing */ } },
    drop: (name) => { try { sessionStorage.removeItem(name); } catch (e) { /* private browsing */ } }
  };
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
  async function ask(method, path, options) {
    const given = options || {};
    const headers = {};
    const token = given.token === undefined ? kept.get("token") : given.token;
    if (token) headers.Authorization = "Bearer " + token;
    if (given.key) headers["Idempotency-Key"] = given.key;
    if (given.json) headers["Content-Type"] = "application/json";
    const body = given.json ? JSON.stringify(given.json) : given.form;
    let answer;
    try {
      answer = await fetch("/api/v1" + path, { method, headers, body, cache: "no-store" });
    } catch (e) {
      throw new Refused({ title: T.noNetwork, type: "network" });
    }
    if (given.blob && answer.ok) return answer.blob();
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Refused(said);
    return said;
  }
  async function newSession() {
    kept.set("token", (await ask("POST", "/sessions", { json: {}, token: "" })).token);
  }
  /* As `ask`, with a session made when there is none or it has ended. */
  async function askAsPerson(method, path, options) {
    if (!kept.get("token")) await newSession();
    try {
      return await ask(method, path, options);
    } catch (refused) {
      if (refused.status !== 401) throw refused;
      await newSession();
      return ask(method, path, options);
    }
  }
  window.API = { ask, askAsPerson, kept, randomKey };
})();
