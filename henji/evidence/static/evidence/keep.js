// Keeping papers: sends the names of the files chosen, so that the fields below can be filled in from them,
// and shows how far an upload is.
(function () {
  "use strict";

  document.addEventListener("change", function (event) {
    var form = event.target.form;
    if (event.target.type !== "file" || !form || !form.hasAttribute("data-guess")) {
      return;
    }
    var values = new FormData(form);
    var size = 0;
    values.delete(event.target.name);
    Array.prototype.forEach.call(event.target.files, function (file) {
      values.append("name", file.name);
      size += file.size;
    });
    values.append("size", String(size));
    window.htmx.ajax("POST", form.getAttribute("data-guess"), { target: "#fields", swap: "innerHTML", values: values });
  });

  function barOf(event) {
    return event.target.matches && event.target.matches("form[data-guess]") ? event.target.querySelector("[data-upload]") : null;
  }

  document.addEventListener("htmx:xhr:progress", function (event) {
    var bar = barOf(event);
    if (bar && event.detail.lengthComputable) {
      bar.hidden = false;
      bar.querySelector("progress").value = event.detail.loaded / event.detail.total;
    }
  });

  document.addEventListener("htmx:afterRequest", function (event) {
    var bar = barOf(event);
    if (bar) {
      bar.hidden = true;
    }
  });
})();
