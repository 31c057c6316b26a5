// Passwords can be shown; a link to hand on is selected with one click; the code of an invitation is sent on.
"use strict";
for (const field of document.querySelectorAll("input[type=password]")) {
  const box = document.createElement("span");
  box.className = "pass";
  field.before(box);
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = inWords("显示");
  button.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-label", inWords("显示密码"));
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.textContent = shown ? inWords("隐藏") : inWords("显示");
    button.setAttribute("aria-pressed", String(shown));
  });
  box.append(field, button);
}
for (const field of document.querySelectorAll("input[data-from-address]")) {
  const code = location.hash.slice(1);
  if (code) {
    history.replaceState(null, "", location.pathname);
    field.value = code;
    field.form.requestSubmit();
  }
}
for (const field of document.querySelectorAll("input[data-select]")) {
  field.addEventListener("focus", () => field.select());
}
