// Saves private notes after a pause and when the box is left. Keeps nothing in the browser, and says what is true.
(() => {
  "use strict";
  if (!window.fetch) return;
  document.querySelectorAll("form[data-note]").forEach((form) => {
    const box = form.querySelector("textarea");
    const [version, status, alarm] = ["version", "status", "alert"].map((name) => form.querySelector(`[data-${name}]`));
    if (!box || box.disabled) return;
    let kept = box.value, receipt = status.textContent; // what the server has, and its word for it
    let refused = null, shown = null; // what it will not take, and what its own page can show
    let unsure = null; // sent without an answer: it may have arrived, so it goes again before anything newer
    let running = false, pressed = false, leaving = false, timer = 0, delay = 1000;
    const write = (line, text) => { if (line.textContent !== text) line.textContent = text; };
    const say = (text, isSaved, loud = "") => {
      status.classList.toggle("is-saved", isSaved);
      write(status, text);
      write(alarm, loud);
    };
    const isSettled = () => box.value === kept || box.value === refused;
    const post = async (text) => {
      const data = new FormData(form);
      data.set("text", text);
      const options = { method: "POST", body: data, headers: { Accept: "application/json" }, redirect: "manual" };
      if (AbortSignal.timeout) options.signal = AbortSignal.timeout(15000);
      const response = await fetch(form.action, options);
      if (response.type === "opaqueredirect") return { message: _("You are signed out here. Copy what you typed, reload this page and sign in.") };
      const code = response.status;
      if (code >= 500 || code === 408 || code === 429) throw 0;
      const words = await response.json();
      if (response.ok && !words.saved_at) throw 0; // not our server
      return { ...words, code };
    };
    const take = (text, answer) => {
      if (answer.saved_at) {
        kept = text;
        version.value = answer.version;
        receipt = answer.version ? _("Saved {time}", { time: answer.saved_at }) : _("Nothing is kept here");
        if (box.value === text) say(receipt, Boolean(answer.version));
        else say(_("Not saved yet"), false); // typed on meanwhile
        return;
      }
      refused = text;
      if (answer.code === 409 || answer.code === 422) shown = text;
      say(_("Not saved"), false, _("Not saved. {why}", { why: answer.message }) + (answer.code === 409 ? " " + _("Press Save to see both.") : ""));
    };
    const save = async () => {
      clearTimeout(timer);
      if (running || (isSettled() && unsure === null)) return;
      running = true;
      const text = unsure ?? box.value;
      let again = 0;
      if (!alarm.textContent) say(_("Saving…"), false);
      try {
        const answer = await post(text);
        unsure = null;
        delay = 1000;
        take(text, answer);
      } catch {
        if (leaving) return;
        unsure = text;
        say(_("Not saved yet"), false, _("Not saved yet – check your connection; we keep trying."));
        again = delay;
        delay = Math.min(delay * 2, 15000);
      }
      running = false;
      if (again || !isSettled()) timer = setTimeout(save, again || (pressed ? 0 : 900));
      else if (pressed) {
        pressed = false;
        if (box.value === kept || box.value === shown) form.requestSubmit();
      }
    };
    box.addEventListener("input", () => {
      pressed = false;
      if (box.value === kept && unsure === null) { say(receipt, Boolean(receipt)); return; }
      if (!alarm.textContent) say(_("Not saved yet"), false);
      clearTimeout(timer);
      timer = setTimeout(save, 900);
    });
    box.addEventListener("blur", save);
    // Saving comes first, so that the form names the right version; while the line is down the page stays.
    form.addEventListener("submit", (event) => {
      if (!running && unsure === null && (box.value === kept || box.value === shown)) { leaving = true; return; }
      event.preventDefault();
      pressed = true;
      refused = null;
      save();
    });
    addEventListener("online", save);
    addEventListener("pageshow", (event) => { if (event.persisted) { leaving = running = pressed = false; save(); } });
    addEventListener("beforeunload", (event) => { if ((box.value !== kept || unsure !== null) && !leaving) event.preventDefault(); });
  });
})();
