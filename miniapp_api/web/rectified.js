"use strict";
/* What was put right here, and one tap to say whether it was. */
(function () {
  const T = window.TEXTS;
  const { ask } = window.API;
  const { state, id, paragraph, button, failed, bring } = window.APP;
  let cursor = "";
  async function load() {
    const path = "/regions/" + state.entry.region.code + "/rectifications?limit=5&area=" + encodeURIComponent(state.entry.area.code);
    const page = await ask("GET", path + "&cursor=" + encodeURIComponent(cursor), { token: "" });
    cursor = page.next_cursor || "";
    id("rectified-list").append(...page.items.map(drawItem));
    const isEmpty = !id("rectified-list").children.length;
    id("rectified").hidden = isEmpty;
    /* nothing published: what was put right is told in one's own words */
    id("rated").hidden = !isEmpty;
    id("rectified-more").hidden = !cursor;
  }
  function drawItem(item) {
    const row = document.createElement("li");
    const day = new Date(item.published_at).toLocaleDateString("zh-CN");
    row.append(paragraph("big", item.title), paragraph("hint", item.region.name + " · " + day), paragraph("text", item.text));
    const open = () => {
      bring("survey.js").then(() => window.SURVEY(item.code)).then(() => { location.hash = "survey"; }).catch((refused) => failed(refused, open));
    };
    const rate = button(T.rateThis, open);
    rate.setAttribute("aria-label", T.rateThis + "：" + item.title);
    row.append(rate);
    return row;
  }
  window.RECTIFIED = function () {
    cursor = "";
    id("rectified-list").textContent = "";
    return load();
  };
  const more = () => load().catch((refused) => failed(refused, more));
  id("rectified-more").addEventListener("click", more);
})();
