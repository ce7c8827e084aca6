"use strict";
/* What is published for the place behind the code, a report about one of it, and questions that may help to begin. */
(function () {
  const T = window.TEXTS;
  const { ask } = window.API;
  const { state, id, paragraph, button, failed } = window.APP;
  let cursor = "";
  async function load(quiet) {
    const path = "/regions/" + state.entry.region.code + "/disclosures?limit=5&area=" + encodeURIComponent(state.entry.area.code);
    const page = await ask("GET", path + "&cursor=" + encodeURIComponent(cursor), { token: "", quiet });
    cursor = page.next_cursor || "";
    id("published").hidden = !page.items.length && !id("published-list").children.length;
    id("published-more").hidden = !cursor;
    id("published-list").append(...page.items.map(drawItem));
  }
  function drawItem(item) {
    const row = document.createElement("li");
    const facts = [T.kinds[item.kind], item.region.name, item.date, item.amount === null ? "" : T.money(item.amount)];
    row.append(paragraph("big", item.title), paragraph("hint", facts.filter(Boolean).join(" · ")), paragraph("", item.text));
    if (item.beneficiaries.length) {
      row.append(paragraph("hint", T.forWhom + item.beneficiaries.map((one) => one.name + " " + one.amount).join("，")));
    }
    const report = button(T.reportThis, () => { state.disclosure = { code: item.code, title: item.title }; about(); id("text").focus(); });
    report.setAttribute("aria-label", T.reportThis + "：" + item.title);
    row.append(report);
    return row;
  }
  function about() {
    id("about").hidden = !state.disclosure;
    id("about-title").textContent = state.disclosure ? state.disclosure.title : "";
    document.dispatchEvent(new CustomEvent("changed"));
  }
  function question(words) {
    const row = document.createElement("li");
    row.append(button(words, () => {
      const text = id("text");
      text.value = (text.value ? text.value.trimEnd() + "\n" : "") + words + " ";
      text.focus();
      document.dispatchEvent(new CustomEvent("changed"));
    }));
    return row;
  }
  document.addEventListener("entry", () => {
    cursor = "";
    id("published-list").textContent = "";
    id("question-list").replaceChildren(...state.entry.questions.map(question));
    id("questions").hidden = !state.entry.questions.length;
    about();
    /* whoever came to report is not held up by it */
    load(true).catch(() => null);
  });
  document.addEventListener("forgotten", about);
  const more = () => load().catch((refused) => failed(refused, more));
  id("published-more").addEventListener("click", more);
  id("about-drop").addEventListener("click", () => { state.disclosure = null; about(); id("text").focus(); });
})();
