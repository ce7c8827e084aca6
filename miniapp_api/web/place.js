"use strict";
/* Where it happened: picked by name from the county down to the group, or taken from the phone. */
(function () {
  const T = window.TEXTS;
  const { ask } = window.API;
  const { state, id } = window.APP;
  let degrees = null;
  let label = "";
  /* What comes late, for a place that is not chosen any more, is not shown. */
  let turn = 0;
  const NEXT = { county: "township", township: "village", village: "group" };
  async function below(code, level) {
    const mine = turn;
    const page = await ask("GET", "/regions/" + code + "/children", { token: "" }).catch(() => null);
    if (mine !== turn) return [];
    if (!page) { id("where-note").textContent = T.noPlaces; return []; }
    if (page.items.length) id("where-levels").append(...row(page.items, level));
    return page.items;
  }
  function row(items, level) {
    const caption = document.createElement("label");
    const select = document.createElement("select");
    select.id = "where-" + level;
    caption.htmlFor = select.id;
    caption.textContent = T.levels[level];
    select.append(new Option(T.pickNone, ""), ...items.map((item) => new Option(item.name, item.code)));
    select.onchange = () => {
      turn += 1;
      while (select.nextSibling) select.nextSibling.remove();
      if (select.value && NEXT[level]) below(select.value, NEXT[level]);
      told();
    };
    return [caption, select];
  }
  function told() {
    const chosen = Array.from(id("where-levels").querySelectorAll("select"), (one) => one.value ? one.selectedOptions[0].text : "");
    label = chosen.join("");
    keep();
    if (label) id("where-note").textContent = T.picked(label);
  }
  function keep() {
    state.location = label || degrees ? Object.assign({ label }, degrees) : null;
    document.dispatchEvent(new CustomEvent("changed"));
  }
  function here() {
    id("where-note").textContent = T.locating;
    const failed = () => { id("where-note").textContent = T.notLocated; };
    if (!navigator.geolocation) { failed(); return; }
    navigator.geolocation.getCurrentPosition((found) => {
      degrees = { latitude: found.coords.latitude, longitude: found.coords.longitude };
      id("where-note").textContent = T.located;
      keep();
    }, failed, { timeout: 20000, maximumAge: 60000 });
  }
  /* The code's own place is chosen already: what lies below it is the next question. */
  async function open() {
    if (!id("where").open || !state.entry || id("where-levels").children.length) return;
    const code = state.entry.region.code;
    const steps = [["county", 6], ["township", 9], ["village", 12], ["group", 15]];
    let above = code.slice(0, 4) + "00000000";
    for (const [level, length] of steps) {
      const items = await below(above, level);
      const own = items.find((item) => item.code === code.slice(0, length).padEnd(12, "0"));
      if (!own) break;
      id("where-" + level).value = own.code;
      above = own.code;
    }
  }
  id("where").addEventListener("toggle", open);
  id("where-here").addEventListener("click", here);
  document.addEventListener("forgotten", () => {
    turn += 1;
    degrees = null;
    label = "";
    id("where").open = false;
    id("where-levels").textContent = "";
    id("where-note").textContent = "";
  });
})();
