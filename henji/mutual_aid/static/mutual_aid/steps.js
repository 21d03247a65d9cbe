// 一步一屏: shows one step of a form at a time. Without it the steps stand one below the other.
(() => {
  const form = document.querySelector("form[data-steps]");
  if (!form) return;
  const steps = [...form.querySelectorAll("[data-step]")];
  const wrong = steps.findIndex((step) => step.querySelector(".field-error"));
  const fields = (step) => [...step.querySelectorAll("input, select, textarea")];

  function show(place, focus) {
    steps.forEach((step, nth) => { step.hidden = nth !== place; });
    if (!focus) return;
    const first = fields(steps[place])[0];
    if (first) first.focus();
    steps[place].scrollIntoView({ block: "start" });
  }

  form.querySelectorAll("[data-next], [data-back]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const at = steps.indexOf(button.closest("[data-step]"));
      const lacking = button.hasAttribute("data-next") && fields(steps[at]).find((field) => field.required && !field.value);
      if (lacking) lacking.focus();
      else show(at + (button.hasAttribute("data-next") ? 1 : -1), true);
    });
  });
  // Enter goes on to the next step, and sends only from the last.
  form.addEventListener("keydown", (event) => {
    const next = event.key === "Enter" && event.target.matches("input, select") && event.target.closest("[data-step]").querySelector("[data-next]");
    if (!next) return;
    event.preventDefault();
    next.click();
  });
  show(Math.max(wrong, 0), wrong >= 0);
})();
