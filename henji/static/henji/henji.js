// What pages need besides htmx: "/" to search, theme, dialogs, first error, revealing masked values.
(function () {
  "use strict";

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }

  function isTyping(target) {
    return target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
  }

  // "/" goes to the search box.
  document.addEventListener("keydown", function (event) {
    var box = document.getElementById("find");
    if (event.key === "/" && box && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });

  // A refused form: the first field that needs a hand gets the focus.
  function focusFirstError(root) {
    var field = root.querySelector("[aria-invalid=true]") || root.querySelector(".refused");
    if (field) {
      field.focus();
    }
  }

  function switchTheme() {
    var root = document.documentElement;
    var theme = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
    root.setAttribute("data-bs-theme", theme);
    try {
      window.localStorage.setItem("henji.theme", theme);
    } catch (error) {
      // not kept; it holds for this page
    }
  }

  function open(dialog) {
    dialog.showModal();
    var field = dialog.querySelector("[autofocus], input:not([type=hidden]), textarea");
    if (field) {
      field.focus();
    }
  }

  // data-confirm="words" on a form: asks before it is sent.
  function askFirst(form, submitter) {
    var dialog = document.getElementById("ask");
    dialog.querySelector("[data-words]").textContent = form.getAttribute("data-confirm");
    dialog.onclose = function () {
      if (dialog.returnValue === "yes") {
        form.setAttribute("data-confirmed", "");
        form.requestSubmit(submitter);
      }
    };
    dialog.returnValue = "";
    open(dialog);
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.hasAttribute("data-confirm") && !form.hasAttribute("data-confirmed")) {
      event.preventDefault();
      event.stopPropagation();
      askFirst(form, event.submitter);
    }
  }, true);

  // data-once on a form that answers with a file: the page stays, so a second click must not send it again.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.hasAttribute("data-once")) {
      return;
    }
    if (form.hasAttribute("data-sent")) {
      event.preventDefault();
      return;
    }
    var link = document.querySelector("[data-posts][data-opens='" + form.closest("dialog").id + "']");
    if (link) {
      form.action = link.getAttribute("data-posts"); // the list as it stands now
    }
    form.setAttribute("data-sent", "");
    window.setTimeout(function () {
      form.removeAttribute("data-sent");
      form.reset();
      form.closest("dialog").close();
    }, 1000);
  });

  // data-reveal="address": asks why, then puts the value in the place of its mask.
  function askWhy(button) {
    var dialog = document.getElementById("reveal");
    var form = dialog.querySelector("form");
    var place = button.closest(".masked").querySelector("[data-value]");
    dialog.querySelector("[data-what]").textContent = button.getAttribute("data-what");
    dialog.querySelector("[data-failed]").hidden = true;
    form.reset();
    form.onsubmit = function (event) {
      event.preventDefault();
      window.fetch(button.getAttribute("data-reveal"), {
        method: "POST",
        body: new FormData(form),
        credentials: "same-origin",
        headers: { "HX-Request": "true" },
      }).then(function (response) {
        if (!response.ok || response.redirected) {
          throw new Error(String(response.status));
        }
        return response.text();
      }).then(function (value) {
        place.textContent = value;
        button.hidden = true;
        dialog.close();
      }).catch(function () {
        dialog.querySelector("[data-failed]").hidden = false;
      });
    };
    open(dialog);
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button, summary, a[data-opens]");
    all("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) {
        menu.open = false;
      }
    });
    if (!button) {
      return;
    }
    if (button.hasAttribute("data-theme-switch")) {
      switchTheme();
    } else if (button.hasAttribute("data-opens")) {
      event.preventDefault(); // a link leads there too, where scripts are off
      open(document.getElementById(button.getAttribute("data-opens")));
    } else if (button.hasAttribute("data-closes")) {
      button.closest("dialog").close();
    } else if (button.hasAttribute("data-reveal")) {
      askWhy(button);
    } else if (button.hasAttribute("data-places")) {
      var isOpen = button.closest(".places").toggleAttribute("data-open");
      button.setAttribute("aria-expanded", String(isOpen));
    } else if (button.hasAttribute("data-print")) {
      window.print();
    }
  });

  document.addEventListener("keydown", function (event) {
    var menu = event.key === "Escape" && document.querySelector("details.menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  document.addEventListener("DOMContentLoaded", function () {
    focusFirstError(document);
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    focusFirstError(event.target);
  });
})();
