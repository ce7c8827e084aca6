// Makes pages a little kinder; everything works without it.
(function () {
  "use strict";

  document.querySelectorAll("form[method=post]").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "1";
      // after this turn, or the button would not be part of what is sent
      window.setTimeout(function () {
        form.querySelectorAll("button").forEach(function (button) { button.disabled = true; });
      }, 0);
    });
  });

  // coming back by the browser's button, a form can be sent again
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[method=post]").forEach(function (form) {
      delete form.dataset.sent;
      form.querySelectorAll("button").forEach(function (button) { button.disabled = false; });
    });
  });

  document.querySelectorAll("textarea[data-limit]").forEach(function (area) {
    const help = document.getElementById(area.id + "-help");
    if (!help) { return; }
    const words = help.textContent;
    const limit = Number(area.dataset.limit);
    area.addEventListener("input", function () {
      const left = limit - Array.from(area.value.trim()).length;
      if (left < 0) {
        help.textContent = "多了 " + -left + " 个字，请缩短一些。";
      } else if (left <= 100) {
        help.textContent = "还能写 " + left + " 个字。";
      } else {
        help.textContent = words;
      }
    });
  });
})();
