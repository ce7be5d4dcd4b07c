// In an author's preview: reload when a file of the tree was saved.
(() => {
  "use strict";
  const strip = document.querySelector("[data-preview]");
  if (!strip || !window.fetch) return;
  setInterval(async () => {
    try {
      const answer = await (await fetch("/preview/stamp")).json();
      if (answer.stamp !== strip.dataset.preview) location.reload();
    } catch { /* the preview was stopped, or is compiling */ }
  }, 1000);
})();
