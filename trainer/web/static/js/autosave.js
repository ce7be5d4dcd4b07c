// Saves an answer when it is chosen. Says "Saved" only after the server has said so; keeps nothing in the browser.
(() => {
  "use strict";
  const form = document.querySelector("form[data-autosave]");
  if (!form || !window.fetch) return;
  const status = form.querySelector("[data-status]");
  const alarm = form.querySelector("[data-alert]");
  let changed = 0, sent = 0, saved = 0, refused = 0; // how many changes there were, and what became of the latest
  let running = false, leaving = false, onwards = null, timer = 0, delay = 1000;

  // A live region is spoken again when it is written again, so the same words are written once.
  const write = (line, text) => { if (line.textContent !== text) line.textContent = text; };
  const say = (text, kind, loud = "") => {
    status.classList.toggle("is-saved", kind === "saved");
    status.classList.toggle("is-late", kind === "late");
    write(status, text);
    write(alarm, loud);
  };
  const isSettled = () => saved === changed || refused === changed;

  const send = async (data) => {
    const options = { method: "POST", body: data, headers: { Accept: "application/json" }, redirect: "manual" };
    if (AbortSignal.timeout) options.signal = AbortSignal.timeout(15000);
    const response = await fetch(form.action, options);
    if (response.type === "opaqueredirect") return { refusal: "You are signed out here. Reload this page, sign in and choose again." };
    const { status: code } = response;
    if (code >= 500 || code === 408 || code === 429) throw new Error("try again");
    const words = await response.json();
    if (response.ok && words.saved_at) return { savedAt: words.saved_at };
    return { refusal: words.message || "Reload this page and choose again." };
  };

  const save = async () => {
    clearTimeout(timer);
    if (running || isSettled()) return;
    running = true;
    const version = sent = changed;
    const data = new FormData(form);
    data.set("go", "save");
    if (!alarm.textContent) say("Saving…");
    let again = 0;
    try {
      const answer = await send(data);
      delay = 1000;
      if (answer.savedAt) saved = version;
      else refused = version;
      if (version === changed) {
        if (answer.savedAt) say("Saved " + answer.savedAt, "saved");
        else say("Not saved", "late", "Not saved. " + answer.refusal);
      }
    } catch {
      if (leaving) return; // the browser ends what is under way when the form itself is sent
      say("Not saved yet", "late", "Not saved yet – check your connection; we keep trying.");
      again = delay;
      delay = Math.min(delay * 2, 15000);
    }
    running = false;
    if (!isSettled()) timer = setTimeout(save, again);
    else if (onwards) form.requestSubmit(onwards);
  };

  form.addEventListener("change", () => { changed += 1; onwards = null; save(); });
  // The form goes at once when it says what was just sent. Otherwise saving comes first: an older answer must not
  // overtake a newer one, and while the line is down the page stays with its answer instead of giving way to an error.
  form.addEventListener("submit", (event) => {
    if (isSettled() || (running && sent === changed && !alarm.textContent)) { leaving = true; return; }
    event.preventDefault();
    onwards = event.submitter;
    save();
  });
  window.addEventListener("online", save);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) { leaving = running = false; onwards = null; save(); } // back from the browser's memory
  });
  window.addEventListener("beforeunload", (event) => { if (saved !== changed && !leaving) event.preventDefault(); });
})();
