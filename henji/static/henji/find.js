// The search box: what is found stands beneath it while one types; arrows choose, Enter opens, Escape closes.
(function () {
  "use strict";

  var box = document.getElementById("find");
  var list = document.getElementById("found");
  if (!box || !list) {
    return;
  }

  function options() {
    return Array.prototype.slice.call(list.querySelectorAll("[role=option]"));
  }

  function chosen() {
    return list.querySelector("[aria-selected=true]");
  }

  function choose(option) {
    options().forEach(function (each) {
      each.setAttribute("aria-selected", String(each === option));
    });
    if (option) {
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      box.removeAttribute("aria-activedescendant");
    }
  }

  function show(open) {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) {
      choose(null);
    }
  }

  function move(step) {
    var all = options();
    var place = all.indexOf(chosen()) + step;
    if (place < -1) {
      place = all.length - 1;
    }
    choose(place >= 0 && place < all.length ? all[place] : null);
  }

  box.addEventListener("keydown", function (event) {
    if (event.isComposing) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (options().length) {
        event.preventDefault();
        show(true);
        move(event.key === "ArrowDown" ? 1 : -1);
      }
    } else if (event.key === "Enter" && !list.hidden && chosen()) {
      event.preventDefault();
      chosen().click();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show(false);
    }
  });

  list.addEventListener("htmx:afterSwap", function () {
    choose(null);
    show(options().length > 0 && document.activeElement === box);
  });
  box.addEventListener("focus", function () {
    show(options().length > 0);
  });
  document.addEventListener("click", function (event) {
    if (event.target !== box && !list.contains(event.target)) {
      show(false);
    }
  });
  box.closest("form").addEventListener("focusout", function (event) {
    if (!event.currentTarget.contains(event.relatedTarget)) {
      show(false);
    }
  });
})();
