// Saves private notes after a pause and when the box is left. Keeps nothing in the browser, and says what is true.
(() => {
  "use strict";
  if (!window.fetch) return;
  document.querySelectorAll("form[data-note]").forEach((form) => {
    const box = form.querySelector("textarea");
    const version = form.querySelector("[data-version]");
    const status = form.querySelector("[data-status]");
    const alarm = form.querySelector("[data-alert]");
    if (!box || box.disabled) return;
    let kept = box.value, receipt = status.textContent, running = false, leaving = false, refused = null, timer = 0, delay = 1000;
    const write = (line, text) => { if (line.textContent !== text) line.textContent = text; };
    const say = (text, isSaved, loud = "") => {
      status.classList.toggle("is-saved", isSaved);
      write(status, text);
      write(alarm, loud);
    };
    const save = async () => {
      clearTimeout(timer);
      if (running || box.value === kept || box.value === refused) return;
      running = true;
      const text = box.value;
      let again = 0;
      if (!alarm.textContent) say("Saving…", false);
      try {
        const options = { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "manual" };
        if (AbortSignal.timeout) options.signal = AbortSignal.timeout(15000);
        const response = await fetch(form.action, options);
        if (response.type === "opaqueredirect") throw new Error("signed out");
        const words = await response.json();
        if (response.ok) {
          kept = text;
          version.value = words.version;
          delay = 1000;
          receipt = words.version ? "Saved " + words.saved_at : "Nothing is kept here";
          say(receipt, Boolean(words.version));
        } else if (response.status === 409 || response.status === 422) {
          refused = text;
          say("Not saved", false, words.message + " Press Save to see both.");
          if (response.status === 422) write(alarm, words.message);
        } else throw new Error("try again");
      } catch {
        if (leaving) return;
        say("Not saved yet", false, "Not saved yet – check your connection; we keep trying. What you typed is still in the box.");
        again = delay;
        delay = Math.min(delay * 2, 15000);
      }
      running = false;
      if (box.value !== kept && box.value !== refused) timer = setTimeout(save, again || 900);
    };
    box.addEventListener("input", () => {
      if (box.value === kept) { say(receipt, Boolean(receipt)); return; }
      if (!alarm.textContent) say("Not saved yet", false);
      clearTimeout(timer);
      timer = setTimeout(save, 900);
    });
    box.addEventListener("blur", save);
    form.addEventListener("submit", () => { leaving = true; });
    window.addEventListener("online", save);
    window.addEventListener("beforeunload", (event) => { if (box.value !== kept && !leaving) event.preventDefault(); });
  });
})();
