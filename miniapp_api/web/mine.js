"use strict";
/* What was filed from this phone, and what is held about its owner. */
(function () {
  const T = window.TEXTS;
  const { ask, kept } = window.API;
  const { state, id, failed, button, openReport } = window.APP;
  window.MINE = async function mine() {
    const isKnown = Boolean(kept.get("token"));
    drawMine([], [T.fetching]);
    id("mine-none").hidden = true;
    try {
      const asked = (path) => ask("GET", path, { quiet: true });
      const [list, about] = isKnown ? await Promise.all([asked("/reports?limit=50"), asked("/me")]) : [{ items: [] }, null];
      if (isKnown === Boolean(kept.get("token"))) drawMine(list.items, about ? about.held : [T.nothingHeld]);
    } catch (refused) {
      if (id("view-mine").hidden) return;
      if (refused.status === 401) { kept.drop("token"); drawMine([], [T.nothingHeld]); return; }
      drawMine([], []);
      id("mine-none").hidden = true;
      failed(refused, mine);
    }
  };
  function drawMine(reports, held) {
    id("mine-none").hidden = Boolean(reports.length);
    id("mine").replaceChildren(...reports.map((report) => {
      const row = document.createElement("li");
      const words = [report.region.name, report.area.name, report.status_text];
      const open = () => { state.reader = ""; openReport(report.number).catch((refused) => failed(refused, open)); };
      row.append(button(new Date(report.submitted_at).toLocaleDateString("zh-CN") + " " + words.join(" · "), open));
      return row;
    }));
    id("held").replaceChildren(...held.map((words) => {
      const row = document.createElement("li");
      row.textContent = words;
      return row;
    }));
  }
})();
