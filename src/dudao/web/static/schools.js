// 学校数据: files dropped on the upload form, a page that comes again when its job has ended, more lines of a what-if.
"use strict";
(() => {
  const megabyte = 1024 * 1024;
  const describe = (input) => {
    const box = input.closest("[data-files]");
    const list = box && box.querySelector("[data-chosen]");
    if (!list) { return; }
    const limit = Number(box.dataset.limit);
    const rows = [...input.files].map((file) => {
      const row = document.createElement("li");
      const size = file.size < megabyte ? `${Math.ceil(file.size / 1024)} KB` : `${(file.size / megabyte).toFixed(1)} MB`;
      let problem = "";
      if (file.size === 0) { problem = inWords("空文件（0 字节），不能导入"); }
      if (file.size > limit) { problem = inWords("{size}，超过上限 {limit} MB", { size, limit: limit / megabyte }); }
      row.textContent = problem ? `${file.name}：${problem}` : `${file.name}　${size}`;
      if (problem) { row.className = "bad"; }
      input.setCustomValidity(problem);
      return row;
    });
    list.replaceChildren(...rows);
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-files] input[type=file]")) { describe(event.target); }
  });
  const over = (event) => event.target.closest && event.target.closest("[data-files]");
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      const box = over(event);
      if (box) { event.preventDefault(); box.classList.add("over"); }
    });
  }
  document.addEventListener("dragleave", (event) => { const box = over(event); if (box) { box.classList.remove("over"); } });
  document.addEventListener("drop", (event) => {
    const box = over(event);
    if (!box) { return; }
    event.preventDefault();
    box.classList.remove("over");
    const input = box.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    describe(input);
  });
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
