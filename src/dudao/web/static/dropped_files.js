// Files chosen or dropped on a form: what they are and what is too large is told before anything is sent.
"use strict";
(() => {
  const megabyte = 1024 * 1024;
  const sized = (bytes) => bytes < megabyte ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / megabyte).toFixed(1)} MB`;
  const wrong = (file, limit) => {
    if (file.size === 0) { return inWords("{name}：空文件（0 字节），不会保存", { name: file.name }); }
    if (file.size > limit) {
      return inWords("{name}：{size}，超过上限 {limit} MB，不会保存", { name: file.name, size: sized(file.size), limit: limit / megabyte });
    }
    return "";
  };
  const together = (files, box) => {
    const whole = files.reduce((sum, file) => sum + file.size, 0);
    if (whole > Number(box.dataset.whole)) {
      return inWords("共 {size} MB，超过一次上传的上限 {limit} MB，请分几次上传。",
        { size: (whole / megabyte).toFixed(0), limit: Number(box.dataset.whole) / megabyte });
    }
    if (files.length > Number(box.dataset.count)) {
      return inWords("共 {n} 个文件，一次最多 {most} 个，请分几次上传。", { n: files.length, most: box.dataset.count });
    }
    return "";
  };
  const line = (text, bad) => {
    const row = document.createElement("li");
    row.textContent = text;
    if (bad) { row.className = "bad"; }
    return row;
  };
  const describe = (input) => {
    const box = input.closest("[data-files]");
    const list = box && box.querySelector("[data-chosen]");
    if (!list) { return; }
    const files = [...input.files];
    const problems = files.map((file) => wrong(file, Number(box.dataset.limit)));
    const rows = files.map((file, at) => line(problems[at] || `${file.name}　${sized(file.size)}`, problems[at]));
    // Of several files the others are taken; a form for one file has nothing to send without it.
    const alone = input.multiple ? "" : problems.find(Boolean) || "";
    const whole = alone ? "" : together(files, box);
    if (whole) { rows.push(line(whole, true)); }
    input.setCustomValidity(alone || whole);
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
})();
