// Shows the steps of the tour one after another; without it they stand below each other.
"use strict";
(() => {
  const tour = document.querySelector("[data-tour]");
  if (!tour) { return; }
  const steps = [...tour.querySelectorAll("li")];
  const way = tour.querySelector(".tour-way");
  const [back, next] = way.querySelectorAll("button");
  const onward = next.textContent;
  let at = 0;
  const show = (step) => {
    at = step;
    steps.forEach((each, number) => { each.hidden = number !== at; });
    tour.querySelector("[data-place]").textContent = `${at + 1} / ${steps.length}`;
    back.hidden = at === 0;
    next.textContent = at === steps.length - 1 ? next.dataset.last : onward;
  };
  way.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-way]");
    if (!pressed) { return; }
    const step = at + Number(pressed.dataset.way);
    if (step === steps.length) { tour.querySelector("form").requestSubmit(tour.querySelector("form button")); return; }
    show(step);
    steps[at].focus();
  });
  tour.classList.add("one");
  way.hidden = false;
  show(0);
})();
