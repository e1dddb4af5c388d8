// The first page: a report is dropped or chosen, and the check begins.
import { call, dropping, fits, trying } from "./page.js";

const form = document.getElementById("begin");
const { file, previous } = form.elements;
const go = document.getElementById("go");
const label = form.querySelector("label.main .big");
const chosen = document.getElementById("chosen");
const asked = label.textContent, none = chosen.textContent;

function show() {
  label.textContent = file.files[0]?.name ?? asked;
  chosen.textContent = previous.files[0]?.name ?? none;
  go.disabled = !file.files.length;
}

form.addEventListener("change", show);
dropping(form, (files, place) => {
  // Dropped on the second field it is last year's report.
  (place.closest?.(".row") ? previous : file).files = files;
  show();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (![...file.files, ...previous.files].every(fits)) return;
  const body = new FormData();
  body.append("file", file.files[0]);
  if (previous.files.length) body.append("previous", previous.files[0]);
  go.disabled = true;
  go.textContent = "正在上传…";
  trying(async () => {
    const made = await call("POST", "/api/checks", body);
    location.assign(`/check/${made.id}`);
  }).finally(() => {
    go.textContent = "开始检查";
    show();
  });
});
show();
