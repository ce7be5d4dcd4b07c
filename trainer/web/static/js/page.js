// Small comforts; every page works without them.
(() => {
  "use strict";
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();

  // A double click sends a form once; the server would not mind, but the page looks calmer.
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || event.defaultPrevented) return;
    if (button.getAttribute("aria-disabled") === "true") { event.preventDefault(); return; }
    button.setAttribute("aria-disabled", "true");
    setTimeout(() => button.removeAttribute("aria-disabled"), 3000);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("[aria-disabled]").forEach((one) => one.removeAttribute("aria-disabled")));

  document.querySelectorAll("[data-password]").forEach((box) => {
    const input = box.querySelector("input");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "secondary";
    button.textContent = _("Show");
    button.setAttribute("aria-label", _("Show password"));
    button.addEventListener("click", () => {
      const isHidden = input.type === "password";
      input.type = isHidden ? "text" : "password";
      button.textContent = isHidden ? _("Hide") : _("Show");
      button.setAttribute("aria-label", isHidden ? _("Hide password") : _("Show password"));
    });
    box.append(button);
  });
})();
