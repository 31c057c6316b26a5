// What pages do beyond links and forms: search key, and focus after a swap.
"use strict";
document.addEventListener("keydown", (event) => {
  const search = document.getElementById("search");
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && search) {
    event.preventDefault();
    search.focus();
  }
});
