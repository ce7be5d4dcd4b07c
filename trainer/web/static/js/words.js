// What the scripts say: in English as it stands in them, or in the page's own language.
const _ = (() => {
  "use strict";
  const words = JSON.parse(document.body.dataset.words || "{}");
  return (text, values = {}) => Object.entries(values).reduce((line, [name, value]) => line.replace(`{${name}}`, () => value), words[text] || text);
})();
