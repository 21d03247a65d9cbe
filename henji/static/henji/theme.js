// Light or dark, settled before the first paint: as last chosen here, else as the system says.
(function () {
  "use strict";
  var root = document.documentElement;
  var system = window.matchMedia("(prefers-color-scheme: dark)");

  function kept() {
    try {
      return window.localStorage.getItem("henji.theme");
    } catch (error) {
      return null; // storage may be forbidden
    }
  }

  function settle() {
    var theme = kept() || (system.matches ? "dark" : "light");
    root.setAttribute("data-bs-theme", theme);
  }

  root.classList.add("js");
  settle();
  if (system.addEventListener) {
    system.addEventListener("change", settle);
  }
})();
