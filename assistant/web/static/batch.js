// The table of many reports: sorted, filtered; progress until it is there.
import { call, following, refreshed, trying } from "./page.js";

const root = () => document.getElementById("batch");
const api = `/api/batches/${root().dataset.id}`;

function value(cell) {
  const text = cell?.dataset.value ?? cell?.textContent.trim() ?? "";
  return text === "" || Number.isNaN(Number(text)) ? text : Number(text);
}

function sort(heading) {
  const table = heading.closest("table"), body = table.tBodies[0], at = heading.cellIndex;
  // Figures: the largest first. Names: in the order of the dictionary.
  const rows = [...body.rows], numbers = rows.every((row) => typeof value(row.cells[at]) === "number" || value(row.cells[at]) === "");
  const down = heading.getAttribute("aria-sort") ? heading.getAttribute("aria-sort") !== "descending" : numbers;
  for (const other of heading.parentElement.cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", down ? "descending" : "ascending");
  rows.sort((one, other) => {
    const [a, b] = [value(one.cells[at]), value(other.cells[at])];
    if (a === "" || b === "") return (a === "") - (b === "");
    return (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh")) * (down ? -1 : 1);
  });
  body.append(...rows);
}

function filter() {
  const words = document.getElementById("filter")?.value.trim() ?? "", bad = document.getElementById("bad")?.checked;
  for (const row of document.querySelectorAll("#reports tbody tr")) {
    row.hidden = !row.textContent.includes(words) || (bad && row.dataset.errors === "0");
  }
}

document.addEventListener("click", (event) => {
  const heading = event.target.closest(".sortable th button");
  if (heading) sort(heading.closest("th"));
  if (event.target.id === "cancel") trying(() => call("POST", `${api}/cancel`));
});
document.addEventListener("input", filter);

following(() => `${api}/events`, (now) => {
  const stage = document.getElementById("stage");
  if (now.version === root().dataset.version) return;
  if (now.at_work && stage) stage.textContent = now.stage;
  else return refreshed(["#batch", "#tools"]);
});
