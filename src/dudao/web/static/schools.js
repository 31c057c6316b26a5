// 学校数据: a page that comes again when its job has ended, more lines of a what-if.
"use strict";
(() => {
  // the part that asked is gone when its last answer arrives, so the event comes from the page itself
  document.addEventListener("job-finished", () => {
    if (document.querySelector("[data-reload-on]")) { window.location.reload(); }
  });
  const more = document.querySelector("[data-more-lines]");
  if (more) {
    more.hidden = false;
    more.addEventListener("click", () => {
      const body = more.closest("form").querySelector("tbody");
      const line = body.lastElementChild.cloneNode(true);
      const number = body.children.length + 1;
      for (const field of line.querySelectorAll("input, select")) {
        if (field.tagName === "INPUT") { field.value = ""; }
        field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+/, String(number)));
      }
      body.append(line);
      line.querySelector("input").focus();
    });
  }
})();
