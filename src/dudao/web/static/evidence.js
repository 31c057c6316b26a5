// 佐证材料: files dropped on the form, what was chosen and what is too large before it is sent, focus after a swap.
"use strict";
(() => {
  const megabyte = 1024 * 1024;
  const describe = (input) => {
    const box = input.closest("[data-files]");
    const list = box && box.querySelector("[data-chosen]");
    if (!list) { return; }
    const files = [...input.files];
    const limit = Number(box.dataset.limit);
    const whole = files.reduce((sum, file) => sum + file.size, 0);
    const line = (text, bad) => {
      const row = document.createElement("li");
      row.textContent = text;
      if (bad) { row.className = "bad"; }
      return row;
    };
    const rows = files.map((file) => {
      const size = file.size < megabyte ? `${Math.ceil(file.size / 1024)} KB` : `${(file.size / megabyte).toFixed(1)} MB`;
      if (file.size === 0) { return line(inWords("{name}：空文件（0 字节），不会保存", { name: file.name }), true); }
      if (file.size > limit) { return line(inWords("{name}：{size}，超过上限 {limit} MB，不会保存", { name: file.name, size, limit: limit / megabyte }), true); }
      return line(`${file.name}　${size}`, false);
    });
    let problem = "";
    if (whole > Number(box.dataset.whole)) {
      problem = inWords("共 {size} MB，超过一次上传的上限 {limit} MB，请分几次上传。",
        { size: (whole / megabyte).toFixed(0), limit: Number(box.dataset.whole) / megabyte });
    } else if (files.length > Number(box.dataset.count)) {
      problem = inWords("共 {n} 个文件，一次最多 {most} 个，请分几次上传。", { n: files.length, most: box.dataset.count });
    }
    input.setCustomValidity(problem);
    if (problem) { rows.push(line(problem, true)); }
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
