// 佐证材料: folded parts on a narrow screen, focus after a swap.
"use strict";
(() => {
  const fold = () => {
    if (window.matchMedia("(max-width: 720px)").matches) {
      for (const box of document.querySelectorAll("[data-fold]")) { box.open = false; }
    }
  };
  fold();
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail.target;
    if (!target || target.id !== "library") { return; }
    fold();
    const title = document.getElementById("pane-title");
    if (title) { title.focus(); }
  });
})();
