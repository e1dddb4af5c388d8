// Many files are sent one by one, then checked together.
import { call, dropping, fits, trying } from "./page.js";

const form = document.getElementById("begin");
const inputs = [document.getElementById("files"), document.getElementById("folder")];
const go = document.getElementById("go"), chosen = document.getElementById("chosen"), sending = document.getElementById("sending"), sent = document.getElementById("sent");
let files = [];

function choose(some) {
  // What systems and Word leave beside documents is no report.
  files = [...some].filter((file) => !/^(\.|~\$)/.test(file.name));
  chosen.textContent = files.length ? `已选${files.length}份` : "";
  go.disabled = !files.length;
}

for (const input of inputs) input.addEventListener("change", () => choose(input.files));
dropping(form, choose);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!files.every(fits)) return;
  go.disabled = true;
  sending.hidden = false;
  trying(async () => {
    const made = await call("POST", "/api/batches");
    for (const [n, file] of files.entries()) {
      sending.querySelector("span").textContent = `正在上传 ${n + 1}/${files.length}　${file.name}`;
      const body = new FormData();
      body.append("file", file);
      await call("POST", `/api/batches/${made.id}/files`, body);
      sent.value = (n + 1) / files.length;
    }
    await call("POST", `/api/batches/${made.id}/start`);
    location.assign(`/batch/${made.id}`);
  }).finally(() => {
    go.disabled = false;
    sending.hidden = true;
  });
});
