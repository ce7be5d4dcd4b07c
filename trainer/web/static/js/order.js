// Adds “Earlier” and “Later” buttons to lines that are to be put in order. Choosing a place works without them.
(() => {
  "use strict";
  document.querySelectorAll("[data-order]").forEach((question) => {
    const list = question.querySelector(".order-lines");
    const spoken = question.querySelector("[data-moved]");
    const lines = () => [...list.children];
    const select = (line) => line.querySelector("select");

    const placed = () => lines().filter((line) => select(line).value);
    // A saved answer is shown in its own order.
    if (placed().length === lines().length) {
      lines().sort((a, b) => select(a).selectedIndex - select(b).selectedIndex).forEach((line) => list.append(line));
    }
    const number = () => lines().forEach((line, index) => { select(line).selectedIndex = index + 1; });
    const move = (line, step, button) => {
      const other = step < 0 ? line.previousElementSibling : line.nextElementSibling;
      if (other) {
        if (step < 0) other.before(line); else other.after(line);
      }
      number();
      button.focus();
      spoken.textContent = _("{line}: place {place} of {count}", { line: line.dataset.line, place: lines().indexOf(line) + 1, count: lines().length });
      select(line).dispatchEvent(new Event("change", { bubbles: true }));
    };
    lines().forEach((line) => {
      const movers = document.createElement("div");
      movers.className = "movers";
      [[_("Earlier"), -1], [_("Later"), 1]].forEach(([word, step]) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "secondary";
        button.textContent = word;
        button.setAttribute("aria-label", word + ": " + line.dataset.line);
        button.addEventListener("click", () => move(line, step, button));
        movers.append(button);
      });
      line.append(movers);
    });
    // Two lines cannot stand at one place: the other one takes the place that became free.
    list.addEventListener("change", (event) => {
      const changed = event.target;
      if (!changed.matches("select") || !changed.value) return;
      const taken = lines().map(select).find((one) => one !== changed && one.selectedIndex === changed.selectedIndex);
      if (!taken) return;
      const used = new Set(lines().map((line) => select(line).selectedIndex));
      const free = lines().map((_, index) => index + 1).find((place) => !used.has(place));
      taken.selectedIndex = free || 0;
    }, true);
  });
})();
