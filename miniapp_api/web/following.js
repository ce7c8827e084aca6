"use strict";
/* A report that was opened, and what one does with it: say more, answer, rate, ask for recusal or protection, take it
   back. */
(function () {
  const T = window.TEXTS;
  const { state, id, doing, say, paragraph, button, askAsReader, picking, settled, drawPhotos } = window.APP;
  const more = { photos: [], list: "more-photos", note: "more-note", ask: askAsReader, number: "" };
  function empty() {
    more.photos.forEach((one) => URL.revokeObjectURL(one.url));
    more.photos = [];
    id("more-form").reset();
    drawPhotos(more);
  }
  function draw(report) {
    state.shown = report.number;
    if (more.number !== report.number) empty();
    more.number = report.number;
    id("report-status").textContent = report.status_text;
    id("report-number").textContent = report.number;
    id("report-place").textContent = report.region.path.slice(1).join("");
    id("report-area").textContent = report.area.name;
    id("more-form").hidden = !report.may.includes("messages");
    id("rating-form").hidden = !report.may.includes("rating");
    id("recusal").hidden = !report.may.includes("recusal-requests");
    id("protection").hidden = !report.may.includes("protection-requests");
    id("withdraw").hidden = !report.may.includes("withdrawal");
    drawQuestion(report.question);
    id("messages").replaceChildren(...report.messages.map(drawMessage));
  }
  /* What staff would like to know: one of the answers offered, or words. */
  function drawQuestion(question) {
    state.question = question;
    id("question-form").hidden = !question;
    if (!question) return;
    id("question-text").textContent = question.text;
    const choices = question.options.map((option) => {
      const label = document.createElement("label");
      label.className = "choice";
      const box = document.createElement("input");
      Object.assign(box, { type: "radio", name: "option", value: option });
      label.append(box, " " + option);
      return label;
    });
    id("question-options").replaceChildren(id("question-text"), ...choices);
  }
  function drawMessage(said) {
    const item = document.createElement("li");
    item.className = said.from;
    const when = new Date(said.at).toLocaleString("zh-CN", { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" });
    item.append(paragraph("hint", T.speakers[said.from] + " · " + when), paragraph("text", said.text));
    said.attachments.forEach((attachment) => drawAttachment(item, attachment));
    return item;
  }
  /* In its place at once, however late the content comes; what did not come is asked for again by a tap. */
  function drawAttachment(item, attachment) {
    const part = document.createElement("div");
    item.append(part);
    const load = async () => {
      part.replaceChildren();
      try { part.replaceChildren(shown(await file(attachment, ""), attachment)); } catch (refused) {
        part.replaceChildren(paragraph("hint", refused.isNetwork ? T.notFetched : refused.message), button(T.again, load));
      }
    };
    load();
  }
  /* quiet: what it says, it says in its place, and "sent" stays to be read */
  const file = (attachment, more) => askAsReader("GET", "/attachments/" + attachment + more, { blob: true, quiet: true });
  function shown(content, attachment) {
    if (content.type === "audio/amr") return voice(content, attachment);
    const made = document.createElement(content.type.startsWith("image/") ? "img" : "audio");
    made.src = URL.createObjectURL(content);
    if (made.localName === "img") made.alt = T.attachment; else sounding(made);
    return made;
  }
  function sounding(audio) {
    audio.controls = true;
    audio.setAttribute("aria-label", T.attachment);
  }
  /* A voice sent in the chat: no browser plays it as it is. */
  function voice(content, attachment) {
    const part = document.createElement("div");
    const play = button(T.hear, async () => {
      play.disabled = true;
      play.textContent = T.fetching;
      try {
        const sound = document.createElement("audio");
        sounding(sound);
        sound.src = URL.createObjectURL(await file(attachment, "/sound"));
        part.replaceChildren(sound);
        sound.focus();
        await sound.play().catch(() => null);
      } catch (refused) {
        const link = document.createElement("a");
        Object.assign(link, { href: URL.createObjectURL(content), download: T.attachment + ".amr", textContent: T.download });
        link.className = "button";
        part.replaceChildren(paragraph("hint", refused.isNetwork ? T.notFetched : refused.message), play, " ", link);
        play.disabled = false;
        play.textContent = T.hear;
      }
    });
    part.append(play);
    return part;
  }
  doing(id("more-form"), async () => {
    const number = state.shown;
    await settled();
    /* another report was opened, or the phone cleared, meanwhile */
    if (number !== state.shown) return;
    if (more.photos.some((one) => !one.id)) { say(T.notSent, id("more-photos")); return; }
    const json = { text: id("more").value, attachments: more.photos.map((one) => one.id) };
    draw(await askAsReader("POST", "/reports/" + number + "/messages", { json, once: true }));
    empty();
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
  picking(id("more-photo"), more);
  document.addEventListener("forgotten", empty);
  window.DRAW = draw;
})();
