// Beginning to write: an empty workbook, or one that was filled in before.
import { call, dropping, fits, trying } from "./page.js";

const begin = (body) => trying(async () => {
  const made = await call("POST", "/api/writings", body);
  location.href = made.address;
});

document.getElementById("blank").addEventListener("submit", (event) => {
  event.preventDefault();
  begin(new FormData(event.target));
});

const form = document.getElementById("upload");
const upload = (file) => {
  if (!file || !fits(file)) return;
  const body = new FormData();
  body.append("workbook", file);
  begin(body).finally(() => form.reset());
};
form.addEventListener("submit", (event) => event.preventDefault());
form.elements.workbook.addEventListener("change", (event) => upload(event.target.files[0]));
dropping(form, ([file]) => upload(file));
