// 报告核验: one finding open at a time beside its place in the text; keys; parts of the text fetched where they are needed.
"use strict";
(() => {
  const desk = () => document.querySelector(".ck[data-report]");
  const cards = () => [...document.querySelectorAll(".fds .fd")];
  const open = () => document.querySelector(".fds .fd[data-open]");
  const say = () => {
    const place = document.getElementById("at");
    const all = cards();
    if (place && all.length) { place.textContent = `${all.indexOf(open()) + 1} / ${all.length}`; }
  };
  const marksOf = (place) => [...document.querySelectorAll(`.paper .m[data-e="${place}"]`)];
  const pane = () => document.querySelector(".pw");
  const centre = (node) => {
    const fold = node.closest("details.fold");
    if (fold) { fold.open = true; }
    const box = pane();
    const at = node.getBoundingClientRect();
    const frame = box.getBoundingClientRect();
    if (box.scrollHeight > box.clientHeight) { box.scrollTop += at.top - frame.top - frame.height / 3; } else { node.scrollIntoView({ block: "center" }); }
  };
  // A part of the text that is not there yet is fetched into its place first.
  const withPart = (number, then) => {
    const part = document.getElementById(`leaf-${number}`);
    if (!part || !part.classList.contains("wait")) { then(); return; }
    const from = desk();
    const version = from.dataset.version ? `&version=${from.dataset.version}` : "";
    window.htmx.ajax("GET", `${from.dataset.report}parts/${number}/?show=${from.dataset.show}${version}`, { target: part, swap: "outerHTML" }).then(then);
  };
  const show = (card, scroll) => {
    const place = card.dataset.place;
    document.querySelectorAll(".paper .m.sel").forEach((mark) => mark.classList.remove("sel"));
    const mark = () => {
      const found = marksOf(place);
      found.forEach((each) => each.classList.add("sel"));
      if (found.length && scroll) { centre(found[0]); }
    };
    if (marksOf(place).length) { mark(); } else { withPart(card.dataset.leaf, mark); }
    const address = new URL(window.location.href);
    address.searchParams.set("finding", card.dataset.asked);
    address.searchParams.delete("part");
    address.hash = "";
    window.history.replaceState(window.history.state, "", address);
    say();
  };
  const close = (card) => {
    card.removeAttribute("data-open");
    card.classList.remove("sel");
    const body = card.querySelector(".fb");
    if (body) { body.remove(); }
    const head = card.querySelector(".fh");
    if (head) { head.setAttribute("aria-expanded", "false"); }
  };
  const unfold = (card) => { if (card) { card.querySelector(".fh").click(); } };
  const step = (by) => {
    const all = cards();
    if (!all.length) { return; }
    const at = all.indexOf(open());
    unfold(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length]);
  };
  let fromText = false;
  document.addEventListener("click", (event) => {
    const target = event.target.closest("a.m, [data-go], [data-at], [data-step], [data-block], [data-reason]");
    if (!target) { return; }
    if (target.dataset.step) { step(Number(target.dataset.step)); return; }
    if (target.dataset.reason) {
      const field = target.closest("form").querySelector("textarea");
      field.value = target.dataset.reason;
      field.focus();
      return;
    }
    if (target.dataset.block) {
      const part = document.getElementById(`leaf-${target.dataset.leaf}`);
      if (!part) { return; }
      event.preventDefault();
      withPart(target.dataset.leaf, () => { const block = document.getElementById(target.dataset.block); if (block) { centre(block); } });
      return;
    }
    if (target.dataset.at) {
      if (!document.getElementById(`leaf-${target.dataset.leaf}`)) { return; }
      event.preventDefault();
      withPart(target.dataset.leaf, () => {
        const wanted = Number(target.dataset.at);
        const block = [...document.querySelectorAll(".paper [data-p]")].filter((each) => Number(each.dataset.p) <= wanted).pop();
        if (!block) { return; }
        centre(block);
        block.classList.add("flash");
        window.setTimeout(() => block.classList.remove("flash"), 1600);
      });
      return;
    }
    if (target.dataset.go) {
      event.preventDefault();
      show(target.closest(".fd"), true);
      return;
    }
    const card = document.getElementById(target.dataset.e);
    event.preventDefault();
    if (!card) { window.location.assign(`${desk().dataset.report}?finding=${target.dataset.e.replace(/^f/, "")}&only=all&show=${desk().dataset.show}`); return; }
    fromText = true;
    if (card.hasAttribute("data-open")) { show(card, false); } else { unfold(card); }
    card.scrollIntoView({ block: "nearest" });
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    const card = event.detail.target && document.getElementById(event.detail.target.id);
    if (!card || !card.classList.contains("fd") || !card.hasAttribute("data-open")) { return; }
    cards().forEach((each) => { if (each !== card && each.hasAttribute("data-open")) { close(each); } });
    const posted = event.detail.requestConfig && event.detail.requestConfig.verb === "post";
    if (posted) {
      const handled = card.dataset.handled;
      marksOf(card.dataset.place).forEach((mark) => mark.classList.toggle("d", handled === "dismissed"));
      card.querySelector(".fh").focus({ preventScroll: true });
    }
    show(card, !fromText && !posted);
    fromText = false;
    card.scrollIntoView({ block: "nearest" });
  });
  // A refusal stands in the card that it answers; what was typed there stays.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.requestConfig && event.detail.requestConfig.elt;
    const card = form && form.closest && form.closest(".fd");
    if (card && [403, 409, 422].includes(event.detail.xhr.status)) {
      event.detail.shouldSwap = false;
      const place = card.querySelector(".refused");
      if (place) { place.innerHTML = event.detail.xhr.responseText; }
    }
  });
  document.addEventListener("keydown", (event) => {
    if (!desk() || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.target.closest("input, select, textarea, [contenteditable]")) { return; }
    const key = event.key.toLowerCase();
    if (key === "n" || key === "p") { event.preventDefault(); step(key === "n" ? 1 : -1); return; }
    const card = open();
    if (!card || (key !== "a" && key !== "d")) { return; }
    const button = card.querySelector(`[data-key=${key === "a" ? "accept" : "dismiss"}]`);
    if (!button) { return; }
    event.preventDefault();
    button.click();
    if (key === "d") { const field = button.parentElement.querySelector("textarea"); if (field && button.parentElement.open) { field.focus(); } }
  });
  document.addEventListener("submit", (event) => {
    const button = event.target.querySelector("[data-busy]");
    if (button) { button.setAttribute("aria-disabled", "true"); button.textContent = button.dataset.busy; }
  });
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      const box = event.target.closest && event.target.closest("[data-drop]");
      if (!box) { return; }
      event.preventDefault();
      box.classList.toggle("over", name === "dragenter" || name === "dragover");
      if (name === "drop") { box.querySelector("input[type=file]").files = event.dataTransfer.files; }
    });
  }
  const follow = () => {
    const box = pane();
    const lines = [...document.querySelectorAll(".ol [data-block]")];
    if (!box || !lines.length) { return; }
    box.addEventListener("scroll", () => {
      const top = box.getBoundingClientRect().top + 80;
      let now = null;
      lines.forEach((line) => { const block = document.getElementById(line.dataset.block); if (block && block.getBoundingClientRect().top <= top) { now = line; } });
      lines.forEach((line) => {
        line.parentElement.classList.toggle("on", line === now);
        if (line === now) { line.setAttribute("aria-current", "location"); } else { line.removeAttribute("aria-current"); }
      });
    }, { passive: true });
  };
  document.addEventListener("DOMContentLoaded", () => {
    follow();
    const card = open();
    if (card) { show(card, !window.location.hash); card.scrollIntoView({ block: "nearest" }); } else { say(); }
  });
})();
