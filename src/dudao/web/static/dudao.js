// What pages do beyond links and forms: search key, and focus after a swap.
"use strict";
document.addEventListener("keydown", (event) => {
  const search = document.getElementById("search");
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const key = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
  if (search && (key || (event.key === "/" && !typing && !event.isComposing))) {
    event.preventDefault();
    search.focus();
  }
});
