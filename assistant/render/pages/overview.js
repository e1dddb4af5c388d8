"use strict";
const filters = document.querySelector(".filters");
const body = document.querySelector(".files > tbody");
const rows = [...body.rows];
const heads = [...document.querySelectorAll(".files > thead th")];
const status = document.querySelector(".status");

function show() {
  const { words, code, severity } = filters.elements;
  const wanted = words.value.trim();
  let shown = 0;
  for (const row of rows) {
    const fits =
      (!wanted || row.textContent.includes(wanted)) &&
      (!code.value || row.dataset.codes.split(" ").includes(code.value)) &&
      (!severity.value || row.dataset.found.split(" ").includes(severity.value));
    row.classList.toggle("off", !fits);
    shown += fits;
  }
  status.textContent = `显示 ${shown} 份，共 ${rows.length} 份`;
}

function sort(column) {
  const head = heads[column];
  // The first press puts most first where numbers are counted, and names in their order.
  const numbers = column > 1 && column < heads.length - 1;
  const falling = head.ariaSort ? head.ariaSort === "ascending" : numbers;
  for (const other of heads) other.ariaSort = null;
  head.ariaSort = falling ? "descending" : "ascending";
  const text = (row) => row.cells[column].textContent;
  const order = numbers
    ? (one, other) => Number(text(one)) - Number(text(other))
    : (one, other) => text(one).localeCompare(text(other), "zh");
  rows.sort((one, other) => (falling ? order(other, one) : order(one, other)));
  body.append(...rows);
}

heads.forEach((head, column) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = head.textContent;
  button.addEventListener("click", () => sort(column));
  head.replaceChildren(button);
});
filters.hidden = false;
filters.addEventListener("input", show);
filters.addEventListener("submit", (event) => event.preventDefault());
show();
