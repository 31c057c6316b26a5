// Grids of cells: arrows move, Enter opens (links and buttons do it themselves); texts are copied, boxes ticked by a
// button; a pane shows the row that is chosen.
"use strict";
const cellsOf = (row) => [...row.querySelectorAll("a, button, .c")];
const moveIn = (grid, from, down, right) => {
  const rows = [...grid.tBodies[0].rows];
  const row = rows.indexOf(from.closest("tr"));
  const place = from.closest("td, th").cellIndex + right;
  for (let next = row + down; next >= 0 && next < rows.length; next += down || rows.length) {
    const line = [...rows[next].cells];
    for (let column = place; column >= 0 && column < line.length; column += right || line.length) {
      const found = line[column].querySelector("a, button, .c");
      if (found) { found.focus(); return; }
    }
    if (!down) return;
  }
};
document.addEventListener("keydown", (event) => {
  const grid = event.target.closest("table[data-grid]");
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
  if (!grid || !step || !event.target.closest("tbody")) return;
  event.preventDefault();
  moveIn(grid, event.target, step[0], step[1]);
});
const prepare = () => {
  for (const grid of document.querySelectorAll("table[data-grid]")) {
    const cells = cellsOf(grid.tBodies[0]);
    cells.forEach((cell, place) => { cell.tabIndex = place ? -1 : 0; });
    grid.addEventListener("focusin", (event) => {
      if (!cells.includes(event.target)) return;
      cells.forEach((cell) => { cell.tabIndex = cell === event.target ? 0 : -1; });
    });
  }
};
prepare();
document.addEventListener("htmx:load", prepare);
for (const pane of document.querySelectorAll("[data-centre]")) {
  const chosen = pane.querySelector("[aria-current]");
  if (chosen) pane.scrollTop += chosen.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
}
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.lastChild.textContent = inWords("已复制");
  });
}
for (const button of document.querySelectorAll("[data-check-all]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const boxes = [...button.closest("fieldset").querySelectorAll("input[type=checkbox]")];
    const all = boxes.every((box) => box.checked);
    boxes.forEach((box) => { box.checked = !all; });
  });
}
for (const button of document.querySelectorAll("[data-confirm]")) {
  button.addEventListener("click", (event) => {
    if (!window.confirm(button.dataset.confirm)) event.preventDefault();
  });
}
