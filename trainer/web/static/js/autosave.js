// Saves an answer when it is given. Says "Saved" only after the server has said so. While the line is down, the ids of
// chosen options wait in a small outbox of this browser; what was written never does, and signing out empties it.
(() => {
  "use strict";
  const BOX = "alongside-outbox";
  const whose = document.body.dataset.owner || "";
  const store = {
    read() {
      try {
        const found = JSON.parse(localStorage.getItem(BOX) || "null");
        if (found && found.owner === whose && whose) return found.answers;
        if (whose) localStorage.removeItem(BOX); // somebody else's; where nobody is signed in it waits
      } catch { /* a browser without storage has no outbox */ }
      return {};
    },
    write(answers) {
      try {
        if (Object.keys(answers).length && whose) localStorage.setItem(BOX, JSON.stringify({ owner: whose, answers }));
        else localStorage.removeItem(BOX);
      } catch { /* as above */ }
    },
  };
  const waiting = store.read();
  document.addEventListener("submit", (event) => { if (event.target.matches("[data-leaves]")) store.write({}); });

  const post = async (url, data) => {
    const options = { method: "POST", body: data, headers: { Accept: "application/json" }, redirect: "manual" };
    if (AbortSignal.timeout) options.signal = AbortSignal.timeout(15000);
    const response = await fetch(url, options);
    if (response.type === "opaqueredirect") return { isAway: true, refusal: _("You are signed out here. Copy what you wrote, if anything; reload this page and sign in. What you chose is kept.") };
    const { status: code } = response;
    if (code >= 500 || code === 408 || code === 429) throw new Error("try again");
    const words = await response.json();
    if (response.ok && words.saved_at) return { savedAt: words.saved_at };
    return { refusal: words.message || _("Reload this page and choose again.") };
  };

  const form = document.querySelector("form[data-autosave]");
  const here = form && new URL(form.action, location.href).pathname;

  // Answers of other questions that were given while the line was down. The server keeps what came last.
  const deliver = async () => {
    const token = document.querySelector("input[name=csrf_token]");
    if (!token || !window.fetch) return;
    for (const [url, pairs] of Object.entries(store.read())) {
      if (url === here) continue;
      const data = new FormData();
      pairs.forEach(([name, value]) => data.append(name, value));
      data.set("csrf_token", token.value);
      data.set("go", "save");
      try { if ((await post(url, data)).isAway) return; } catch { return; }
      const rest = store.read();
      delete rest[url];
      store.write(rest);
    }
  };
  if (Object.keys(waiting).length) deliver();
  window.addEventListener("online", deliver);
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

  // Only ids of options go into the outbox: what somebody wrote is nobody else's to find on a shared computer.
  const isWritten = (name) => form.querySelector(`textarea[name="${name}"], input[type="text"][name="${name}"]`) !== null;
  const keep = () => {
    const pairs = [...new FormData(form)].filter(([name, value]) => name !== "csrf_token" && name !== "go" && value && !isWritten(name));
    const answers = store.read();
    if (pairs.some(([name]) => name !== "confidence")) answers[here] = pairs;
    else delete answers[here];
    store.write(answers);
  };
  const acknowledge = () => {
    const answers = store.read();
    delete answers[here];
    store.write(answers);
  };

  const save = async () => {
    clearTimeout(timer);
    if (running || isSettled()) return;
    running = true;
    const version = sent = changed;
    const data = new FormData(form);
    data.set("go", "save");
    if (!alarm.textContent) say(_("Saving…"));
    let again = 0;
    try {
      const answer = await post(form.action, data);
      delay = 1000;
      if (answer.savedAt) saved = version;
      else refused = version;
      if (version === changed) {
        if (answer.isAway) keep(); else acknowledge();
        if (answer.savedAt) say(_("Saved {time}", { time: answer.savedAt }), "saved");
        else say(_("Not saved"), "late", _("Not saved. {why}", { why: answer.refusal }));
      }
    } catch {
      if (leaving) return; // the browser ends what is under way when the form itself is sent
      keep();
      say(_("Not saved yet"), "late", _("Not saved yet – check your connection; we keep trying."));
      again = delay;
      delay = Math.min(delay * 2, 15000);
    }
    running = false;
    if (!isSettled()) timer = setTimeout(save, again);
    else if (onwards) form.requestSubmit(onwards);
  };

  const note = () => { changed += 1; onwards = null; };
  const hasAnswer = () => new FormData(form).getAll("choice").some((value) => value.trim());
  form.addEventListener("change", (event) => {
    if (event.target.matches("textarea, input[type=text]")) return;
    note();
    if (hasAnswer()) { save(); return; }
    // Nothing to send: how sure one is goes with an answer, and taking the last tick away deletes none.
    refused = changed;
    say(event.target.name === "confidence" ? _("Not saved yet: choose an answer too") : _("Nothing is chosen; an answer saved before stays"));
  });
  // What is written is saved after a pause, and when the box is left.
  form.addEventListener("input", (event) => {
    if (!event.target.matches("textarea, input[type=text]")) return;
    note();
    clearTimeout(timer);
    if (!event.target.value.trim()) { refused = changed; say(_("Not saved yet")); return; }
    timer = setTimeout(save, 900);
  });
  form.addEventListener("focusout", save);
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
  window.addEventListener("beforeunload", (event) => { if (saved !== changed && refused !== changed && !leaving) event.preventDefault(); });

  // The page was closed while the line was down: what waited is chosen again and saved.
  if (waiting[here]) {
    const wanted = waiting[here];
    const has = (name, value) => wanted.some(([one, other]) => one === name && other === value);
    form.querySelectorAll("input[type=radio], input[type=checkbox]").forEach((box) => { box.checked = has(box.name, box.value); });
    form.querySelectorAll("select").forEach((list) => {
      const option = [...list.options].find((one) => one.value && has(list.name, one.value));
      if (option) list.value = option.value;
    });
    note();
    save();
  }
})();
