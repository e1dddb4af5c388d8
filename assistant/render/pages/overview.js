"use strict";
const AT_ONCE = 500; // rows: a browser takes seconds to lay out a table of ten thousand
const filters = document.querySelector(".filters");
const body = document.querySelector(".files > tbody");
const rows = [...body.rows];
const heads = [...document.querySelectorAll(".files > thead th")];
const status = document.querySelector(".status");
const more = document.querySelector(".more");
const { compare } = new Intl.Collator("zh");
const texts = new Map(rows.map((row) => [row, [...row.cells].map((cell) => cell.textContent)]));
let most = AT_ONCE;

function show() {
  const { words, code, severity } = filters.elements;
  const wanted = words.value.trim();
  const fitting = rows.filter(
    (row) =>
      (!wanted || texts.get(row).some((text) => text.includes(wanted))) &&
      (!code.value || row.dataset.codes.split(" ").includes(code.value)) &&
      (!severity.value || row.dataset.found.split(" ").includes(severity.value)),
  );
  body.replaceChildren(...fitting.slice(0, most));
  more.hidden = fitting.length <= most;
  const listed = more.hidden ? "" : `，列出前 ${most} 份`;
  status.textContent = `显示 ${fitting.length} 份，共 ${rows.length} 份${listed}`;
}

function sort(column) {
  const head = heads[column];
  // The first press puts most first where numbers are counted, and names in their order.
  const numbers = column > 1 && column < heads.length - 1;
  const falling = head.ariaSort ? head.ariaSort === "ascending" : numbers;
  for (const other of heads) other.ariaSort = null;
  head.ariaSort = falling ? "descending" : "ascending";
  const text = (row) => texts.get(row)[column];
  const order = numbers
    ? (one, other) => Number(text(one)) - Number(text(other))
    : (one, other) => compare(text(one), text(other));
  rows.sort((one, other) => (falling ? order(other, one) : order(one, other)));
  show();
}

function showUpTo(count) {
  most = count;
  show();
}

heads.forEach((head, column) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = head.textContent;
  button.addEventListener("click", () => sort(column));
  head.replaceChildren(button);
});
filters.hidden = false;
filters.addEventListener("input", () => showUpTo(AT_ONCE));
filters.addEventListener("submit", (event) => event.preventDefault());
more.addEventListener("click", () => showUpTo(most + AT_ONCE));
window.addEventListener("beforeprint", () => showUpTo(Infinity));
show();
