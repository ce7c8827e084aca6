"use strict";
/* A survey: its questions drawn from data, answered once. */
(function () {
  const T = window.TEXTS;
  const { ask, askAsPerson, kept } = window.API;
  const { id, say, show, doing } = window.APP;
  const HIGHEST = 5;
  let survey = null;
  let behind = "";
  function draw(question) {
    const words = question.label + (question.is_required ? T.mustAnswer : "");
    if (question.kind === "text") {
      const label = document.createElement("label");
      label.htmlFor = question.key;
      label.textContent = words;
      const area = document.createElement("textarea");
      Object.assign(area, { id: question.key, rows: 3, maxLength: 500 });
      return [label, area];
    }
    const group = document.createElement("fieldset");
    const legend = document.createElement("legend");
    legend.textContent = words;
    legend.id = question.key;
    const scores = Array.from({ length: HIGHEST }, (_, at) => String(at + 1));
    const options = question.kind === "scale" ? scores : question.options;
    group.append(legend, ...options.map((option) => {
      const label = document.createElement("label");
      label.className = "choice";
      const box = document.createElement("input");
      Object.assign(box, { type: question.kind === "several" ? "checkbox" : "radio", name: question.key, value: option });
      label.append(box, " " + (question.kind === "scale" ? T.score(option) : option));
      return label;
    }));
    return [group];
  }
  function answers() {
    const made = {};
    survey.questions.forEach((question) => {
      const chosen = Array.from(document.getElementsByName(question.key)).filter((box) => box.checked).map((box) => box.value);
      if (question.kind === "text") made[question.key] = id(question.key).value.trim();
      else if (question.kind === "several") made[question.key] = chosen;
      else if (chosen.length) made[question.key] = question.kind === "scale" ? Number(chosen[0]) : chosen[0];
    });
    return made;
  }
  /* what was ticked and not sent is still there when the page is opened again */
  const keep = () => kept.set("answers", { code: survey.code, given: answers() });
  function restore() {
    const found = kept.get("answers");
    if (!found || found.code !== survey.code) return;
    survey.questions.forEach(({ key, kind }) => {
      const given = [].concat(found.given[key] === undefined ? [] : found.given[key]).map(String);
      if (kind === "text") id(key).value = given[0] || "";
      else document.getElementsByName(key).forEach((box) => { box.checked = given.includes(box.value); });
    });
  }
  id("survey-form").addEventListener("input", keep);
  doing(id("survey-form"), async () => {
    const given = answers();
    const empty = survey.questions.find((one) => one.is_required && (!given[one.key] || !String(given[one.key]).length));
    if (empty) { say(T.answerFirst + empty.label, document.getElementsByName(empty.key)[0] || id(empty.key)); return; }
    const done = await askAsPerson("POST", "/surveys/" + survey.code + "/answers", { json: { answers: given }, once: true });
    kept.drop("answers");
    id("survey-form").hidden = true;
    id("survey-done").textContent = done.message;
    id("survey-done").hidden = false;
    id("survey-title").focus();
  });
  window.SURVEY = async function (code) {
    if (survey && (survey.code === code || behind === code)) { show("survey"); return; }
    survey = await ask("GET", "/surveys/" + code, { token: "" });
    behind = code;
    id("survey-title").textContent = survey.title;
    id("survey-text").textContent = survey.text;
    id("survey-questions").replaceChildren(...survey.questions.flatMap(draw));
    restore();
    id("survey-form").hidden = false;
    id("survey-done").hidden = true;
    show("survey");
  };
})();
