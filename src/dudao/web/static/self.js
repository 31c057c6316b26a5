// 自评填报: what is typed is kept on this machine until the server has it; keys; figures put into the text.
"use strict";
(() => {
  const status = () => document.getElementById("save-status");
  const say = (text) => { const place = status(); if (place) { place.textContent = text; } };
  const note = () => document.getElementById("note");
  const name = (field) => `dudao-draft-${field.dataset.draft}`;
  const version = (field) => field.form && field.form.querySelector("input[name=version]");
  const read = (field) => {
    try { return JSON.parse(window.localStorage.getItem(name(field))); } catch { return null; }
  };
  const keep = (field) => {
    const held = version(field);
    const draft = { text: field.value, version: held ? held.value : "", sent: false };
    try { window.localStorage.setItem(name(field), JSON.stringify(draft)); } catch { /* a full store keeps older drafts */ }
  };
  const drop = (field) => window.localStorage.removeItem(name(field));
  const drafts = () => document.querySelectorAll("[data-draft]:not([readonly])");

  // A draft goes back under the version it was written on: what somebody saved meanwhile is told, not overwritten.
  const restore = () => {
    drafts().forEach((field) => {
      const draft = read(field);
      if (!draft) { return; }
      const talk = document.querySelector(".talk");
      const arrived = draft.sent && talk && talk.textContent.includes(draft.text.trim());
      if (draft.text === field.value || arrived) { drop(field); return; }
      field.value = draft.text;
      const held = version(field);
      if (held && draft.version !== "") { held.value = draft.version; }
      say(inWords("已找回上次未保存的内容"));
      if (held) { field.dispatchEvent(new Event("change", { bubbles: true })); }
    });
  };
  const count = () => {
    const place = document.getElementById("note-length");
    if (place && note()) { place.textContent = note().value.length; }
  };
  document.addEventListener("input", (event) => {
    if (event.target.dataset && event.target.dataset.draft) { keep(event.target); }
    if (event.target.id === "note") { count(); }
  });
  document.addEventListener("submit", (event) => {
    const field = event.target.querySelector("textarea[data-draft]");
    const draft = field && read(field);
    if (draft) { draft.sent = true; window.localStorage.setItem(name(field), JSON.stringify(draft)); }
  });
  const apart = (event) => event.detail.elt.closest(".item-evidence") !== null; // answers for itself
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.requestConfig.verb === "post" && !apart(event)) { say(inWords("正在保存…")); }
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.requestConfig.elt; // detail.elt is another one once the form was swapped away
    if (event.detail.requestConfig.verb !== "post" || form.closest(".item-evidence")) { return; }
    tellAtField(form, event.detail.xhr);
    if (!event.detail.successful) { say(inWords("未保存，文字已暂存本机")); return; }
    if (event.detail.xhr.status === 202) { say(inWords("尚未保存，请确认")); return; }
    const sent = event.detail.requestConfig.parameters;
    if (form.closest(".conflict") || form.closest(".impact")) { taken(sent); }
    if (!form.querySelectorAll) { return; }
    form.querySelectorAll("[data-draft]").forEach((field) => {
      const wrote = sent.get ? sent.get(field.name) : sent[field.name];
      if (wrote === field.value) { drop(field); } else { keep(field); }
    });
  });
  // A value that was refused is told where it was typed, until it is put right.
  const tellAtField = (form, answer) => {
    const field = form.querySelector && form.querySelector("input.in, select.in, textarea.in");
    if (!field || form.closest("#refusal")) { return; }
    const before = form.querySelector(".at-field");
    if (before) { before.remove(); }
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
    if (answer.status !== 422) { return; }
    const told = new DOMParser().parseFromString(answer.responseText, "text/html").querySelector(".box");
    if (!told) { return; }
    const sentence = document.createElement("p");
    sentence.className = "at-field";
    sentence.id = `told-${Date.now()}`;
    sentence.textContent = told.textContent.trim();
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", sentence.id);
    field.after(sentence);
  };
  // What was chosen in a conflict or agreed to is what the field holds from now on.
  const taken = (sent) => {
    const text = sent.get ? sent.get("note") : sent.note;
    if (text !== undefined && text !== null && note()) { note().value = text; drop(note()); count(); return; }
    const value = sent.get ? sent.get("value") || sent.get("points") : sent.value || sent.points;
    document.querySelectorAll("[data-draft]:not(textarea)").forEach((field) => {
      const wrote = sent.get ? sent.get(field.name) : sent[field.name];
      if (field.value === value || field.value === wrote) { drop(field); }
    });
  };
  // A refusal or a question is brought into view: the field it answers may be far below it.
  document.body.addEventListener("htmx:afterSwap", (event) => {
    const place = event.detail.target;
    if (place && place.id === "refusal" && place.querySelector(".box")) { place.scrollIntoView({ block: "nearest" }); }
  });
  document.body.addEventListener("htmx:sendError", () => say(inWords("网络已断开，修改暂存在本机，恢复后自动保存")));
  window.addEventListener("online", () => drafts().forEach((field) => {
    if (read(field) && version(field)) { field.dispatchEvent(new Event("change", { bubbles: true })); }
  }));
  document.addEventListener("click", (event) => {
    const dropped = event.target.closest("[data-drop]");
    if (dropped) {
      if (dropped.dataset.drop === "all" && note()) { drop(note()); }
      document.querySelectorAll("[data-draft]:not(textarea)").forEach(drop);
      if (new URL(dropped.href).pathname === window.location.pathname) { event.preventDefault(); window.location.reload(); }
      return;
    }
    const called = event.target.closest("[data-call]");
    if (called) { put(document.getElementById("comment"), `@${called.dataset.call} `); return; }
    if (event.target.closest("#fact-insert")) { put(note(), document.getElementById("fact-choice").value); }
  });
  const put = (field, text) => {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("keyup", { bubbles: true }));
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) { return; }
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === "s") {
      event.preventDefault();
      const active = document.activeElement;
      if (active && active.form) { active.dispatchEvent(new Event("change", { bubbles: true })); }
      return;
    }
    if (control && event.key === "Enter") {
      const main = document.querySelector("[data-key=submit]");
      if (main) { event.preventDefault(); main.click(); }
      return;
    }
    if (!event.altKey) { return; }
    const wanted = { ArrowUp: "previous", ArrowDown: "next" }[event.key];
    const link = wanted && document.querySelector(`[data-key=${wanted}]`);
    if (link) { event.preventDefault(); link.click(); }
  });
  document.addEventListener("DOMContentLoaded", () => window.setTimeout(restore, 0));
})();
