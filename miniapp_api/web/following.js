"use strict";
/* What one does with a report that was opened: say more, answer, rate, ask for recusal or protection, take it back. */
(function () {
  const T = window.TEXTS;
  const { state, id, doing, say, draw, askAsReader } = window.APP;
  doing(id("more-form"), async () => {
    const text = id("more").value;
    draw(await askAsReader("POST", "/reports/" + state.shown + "/messages", { json: { text }, once: true }));
    id("more-form").reset();
    say(T.sent, null, true);
  });
  doing(id("recusal-form"), async () => {
    const text = id("recusal-text").value.trim();
    if (!text) { say(T.recusalNeeded, id("recusal-text")); return; }
    draw(await askAsReader("POST", "/reports/" + state.shown + "/recusal-requests", { json: { text }, once: true }));
    id("recusal-form").reset();
    id("recusal").open = false;
    say(T.recusalSent, null, true);
  });
  doing(id("protection-form"), async () => {
    const text = id("protection-text").value.trim();
    if (!text) { say(T.protectionNeeded, id("protection-text")); return; }
    draw(await askAsReader("POST", "/reports/" + state.shown + "/protection-requests", { json: { text }, once: true }));
    id("protection-form").reset();
    id("protection").open = false;
    say(T.protectionSent, null, true);
  });
  doing(id("question-form"), async () => {
    const chosen = id("question-form").querySelector("input:checked");
    const text = [chosen ? chosen.value : "", id("question-words").value.trim()].filter(Boolean).join("：");
    if (!text) { say(T.answerNeeded, id("question-words")); return; }
    const json = { question: state.question.id, text };
    draw(await askAsReader("POST", "/reports/" + state.shown + "/answer", { json, once: true }));
    id("question-form").reset();
    say(T.answered, null, true);
  });
  doing(id("rating-form"), async () => {
    const chosen = id("rating-form").querySelector("input:checked");
    if (!chosen) { say(T.ratingNeeded); return; }
    const json = { result: chosen.value, text: id("rating-text").value.trim() };
    draw(await askAsReader("POST", "/reports/" + state.shown + "/rating", { json, once: true }));
    id("rating-form").reset();
    say(T.rated, null, true);
  });
  id("withdraw").addEventListener("click", async () => {
    if (!window.confirm(T.withdrawSure)) return;
    try { draw(await askAsReader("POST", "/reports/" + state.shown + "/withdrawal", { once: true })); } catch (refused) { say(refused.message); }
  });
})();
