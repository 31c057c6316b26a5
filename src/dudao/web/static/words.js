// What scripts say, in the language of the page: texts stand in Chinese; shell/script_words.html brings other words.
"use strict";
window.inWords = (text, values = {}) => {
  const all = document.getElementById("script-words");
  const own = all && [...all.content.children].find((each) => each.dataset.of === text);
  return (own ? own.textContent : text).replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
};
