// Tells five minutes ahead that the sign-in ends, lets a click extend it, and says so when it is over.
"use strict";
(() => {
  const dialog = document.getElementById("session-ends");
  if (!dialog) { return; }
  const AHEAD = 300;
  const idle = Number(dialog.dataset.idle);
  const text = dialog.querySelector("[data-text]");
  const button = dialog.querySelector("button");
  const again = dialog.querySelector("a");
  const now = () => Date.now() / 1000;
  // Other windows of the same browser share the session: whatever they did last counts here too.
  const shared = (name, mine) => {
    try { return Math.max(mine, Number(window.localStorage.getItem(`dudao-session-${name}`)) || 0); } catch { return mine; }
  };
  const share = (name, value) => {
    try { window.localStorage.setItem(`dudao-session-${name}`, String(value)); } catch { /* this window still knows */ }
  };
  let used = now();
  let over = now() + Number(dialog.dataset.left);
  share("used", used);
  share("over", over);
  const touched = () => { used = now(); share("used", used); };
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr.status >= 200 && event.detail.xhr.status < 400) { touched(); }
  });
  const left = () => Math.min(shared("used", used) + idle, shared("over", over)) - now();
  const close = () => { if (dialog.open) { dialog.close(); } };
  const tick = () => {
    const rest = left();
    if (rest > AHEAD) { close(); return; }
    const ended = rest <= 0;
    text.textContent = ended ? dialog.dataset.ended
      : dialog.dataset.soon.replace("{n}", String(Math.max(1, Math.ceil(rest / 60))));
    button.hidden = ended;
    again.hidden = !ended;
    if (!dialog.open) { dialog.showModal(); (ended ? again : button).focus(); }
  };
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
      const answer = await fetch(dialog.dataset.extend, { method: "POST", headers: { "X-CSRFToken": token, "HX-Request": "true" } });
      if (answer.status === 204) {
        touched();
        over = now() + Number(answer.headers.get("X-Session-Left"));
        share("over", over);
        close();
      } else { text.textContent = dialog.dataset.ended; button.hidden = true; again.hidden = false; }
    } catch { text.textContent = dialog.dataset.offline; }
    button.disabled = false;
  });
  window.setInterval(tick, 1000);
})();
