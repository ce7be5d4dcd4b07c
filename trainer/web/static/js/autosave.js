// Saves an answer when it is chosen. Says "Saved" only after the server has said so; keeps nothing in the browser.
(() => {
  "use strict";
  const form = document.querySelector("form[data-autosave]");
  if (!form || !window.fetch) return;
  const status = form.querySelector("[data-status]");
  let changed = 0, saved = 0, running = false, delay = 1000;

  const say = (text, late) => {
    status.textContent = text;
    status.classList.toggle("is-late", Boolean(late));
  };

  const save = async () => {
    if (running || saved === changed) return;
    running = true;
    const version = changed;
    const data = new FormData(form);
    data.set("go", "save");
    if (!status.classList.contains("is-late")) say("Saving …");
    try {
      const response = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" }, redirect: "manual" });
      const isJson = (response.headers.get("content-type") || "").includes("json");
      if (response.ok && isJson) {
        const receipt = await response.json();
        saved = version;
        delay = 1000;
        if (saved === changed) say("Saved " + receipt.saved_at);
      } else if (response.status >= 400 && response.status < 500 && isJson) {
        saved = version;
        say("Not saved. " + (await response.json()).message, true);
      } else {
        throw new Error("not acknowledged");
      }
    } catch {
      say("Not saved yet. Check your connection; this page keeps trying.", true);
      setTimeout(save, delay);
      delay = Math.min(delay * 2, 15000);
    }
    running = false;
    if (saved !== changed && delay === 1000) save();
  };

  form.addEventListener("change", () => { changed += 1; save(); });
  window.addEventListener("online", save);
  window.addEventListener("beforeunload", (event) => { if (saved !== changed && !leaving) event.preventDefault(); });
  let leaving = false;
  form.addEventListener("submit", () => { leaving = true; });
})();
