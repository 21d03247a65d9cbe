// 本人卡页: counts the seconds down, and asks for a new code when they are over.
(function () {
  "use strict";
  var code = document.querySelector("[data-seconds]");
  var again = document.querySelector("[data-again]");
  if (!code) return;
  var left = code.querySelector("[data-left]");
  var ends = Date.now() + Number(code.getAttribute("data-seconds")) * 1000;

  function refresh() {
    window.location.reload();
  }

  function tick() {
    var seconds = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
    left.textContent = String(seconds);
    if (seconds === 0) {
      code.classList.add("is-ended");
      if (document.visibilityState === "visible" && navigator.onLine) refresh();
    }
  }

  again.addEventListener("click", refresh);
  window.setInterval(tick, 1000);
})();
