"use strict";
/* The privacy guide, as the server tells it for the county behind the code. */
(function () {
  const T = window.TEXTS;
  const { ask } = window.API;
  const { state, id, paragraph } = window.APP;
  function section(title, lines) {
    const head = document.createElement("h2");
    head.textContent = title;
    return [head, ...lines.map((line) => paragraph("text", line))];
  }
  window.PRIVACY = async function () {
    const region = state.entry ? state.entry.region.code : "";
    const guide = await ask("GET", "/privacy-guide?region=" + encodeURIComponent(region), { token: "" });
    const parts = guide.sections.flatMap((part) => section(part.title, part.lines));
    if (guide.more) parts.push(...section(T.more, [guide.more]));
    parts.push(...section(T.whoToAsk, guide.operator ? [guide.operator, guide.contact] : [T.askThePoster]));
    id("privacy-text").replaceChildren(...parts);
  };
})();
