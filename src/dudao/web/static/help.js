// Help beside the page: the question mark opens it in a drawer. Without script it is a link to the same page.
"use strict";
(() => {
  const drawer = document.getElementById("help-drawer");
  const opener = document.getElementById("help-open");
  if (!drawer || !opener || !window.htmx || !drawer.showModal) { return; }
  const body = document.getElementById("help-body");
  const page = document.getElementById("help-page");
  const pin = document.getElementById("help-pin");
  const pinned = () => pin.getAttribute("aria-pressed") === "true";
  const show = () => {
    if (drawer.open) { drawer.close(); }
    if (pinned()) { drawer.show(); } else { drawer.showModal(); }
    document.body.classList.toggle("help-beside", pinned());
  };
  const load = async (address) => {
    const [path, mark] = address.split("#");
    body.textContent = "";
    await window.htmx.ajax("GET", path, { target: "#help-body", swap: "innerHTML" }).catch(() => undefined);
    const name = document.getElementById("help-name");
    if (!name) { window.location.assign(address); return; }
    page.href = address;
    if (!drawer.open) { show(); }
    const place = mark && body.querySelector(`[id="${CSS.escape(decodeURIComponent(mark))}"]`);
    drawer.scrollTop = 0;
    if (place) { place.scrollIntoView(); }
    name.focus({ preventScroll: true });
  };
  const plain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  opener.setAttribute("aria-haspopup", "dialog");
  opener.addEventListener("click", (event) => {
    if (!plain(event)) { return; }
    event.preventDefault();
    if (drawer.open) { drawer.close(); } else { load(opener.getAttribute("href")); }
  });
  drawer.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (event.target === drawer) { drawer.close(); return; }  // beside the drawer
    if (!link || link === page || !plain(event)) { return; }
    const address = link.getAttribute("href");
    if (address.startsWith("#")) {
      event.preventDefault();
      const place = body.querySelector(`[id="${CSS.escape(decodeURIComponent(address.slice(1)))}"]`);
      if (place) { place.scrollIntoView(); }
    } else if (link.pathname.startsWith("/help/") && !link.hasAttribute("download")) {
      event.preventDefault();
      load(address);
    }
  });
  pin.addEventListener("click", () => {
    pin.setAttribute("aria-pressed", String(!pinned()));
    show();
    pin.focus();
  });
  document.getElementById("help-close").addEventListener("click", () => drawer.close());
  document.addEventListener("keydown", (event) => {  // a modal one closes by itself
    if (event.key === "Escape" && drawer.open && pinned() && !document.querySelector("dialog:modal")) { drawer.close(); }
  });
  drawer.addEventListener("close", () => {
    if (drawer.open) { return; }  // shown again at once, the other way
    document.body.classList.remove("help-beside");
    opener.focus();
  });
})();
