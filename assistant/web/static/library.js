// The library: adding, removing, verifying.
import { call, dropping, fits, following, refreshed, say, tell, trying } from "./page.js";

const form = document.getElementById("add");
const files = form.elements.file;

const renew = () => refreshed(["#filing", "#held", ".tools"]);

function add(chosen) {
  const all = [...chosen];
  if (!all.length || !all.every(fits)) return;
  const body = new FormData();
  for (const file of all) body.append("file", file);
  trying(async () => {
    await call("POST", "/api/library?wait=false", body);
    await renew();
  }).finally(() => form.reset());
}

form.addEventListener("submit", (event) => event.preventDefault());
files.addEventListener("change", () => add(files.files));
dropping(form, add);

document.addEventListener("click", (event) => {
  const target = event.target;
  if (target.id === "cancel") return void trying(() => call("POST", "/api/library/cancel"));
  const chosen = target.closest("[data-prefer]");
  if (chosen) {
    return void trying(async () => {
      await call("PUT", "/api/library/preferred", { file: chosen.dataset.prefer });
      await renew();
      say("已改用这一份");
    });
  }
  const gone = target.closest("[data-remove]");
  if (gone) {
    const dialog = document.getElementById("sure");
    document.getElementById("sure-what").textContent = gone.dataset.name;
    dialog.returnValue = "";
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "ok") return;
      trying(async () => {
        await call("DELETE", `/api/library/${gone.dataset.remove}`);
        await renew();
        say("已删去");
      });
    }, { once: true });
    return dialog.showModal();
  }
  if (target.id === "verify") {
    const place = document.getElementById("verified");
    place.textContent = "正在核对…";
    target.disabled = true;
    trying(() => call("POST", "/api/library/verify")).then((faults) => {
      target.disabled = false;
      place.textContent = "";
      if (!faults) return;
      if (!faults.length) place.append(Object.assign(document.createElement("p"), { className: "good", textContent: "资料库完好。" }));
      for (const fault of faults) place.append(Object.assign(document.createElement("p"), { className: "notice", textContent: `${fault.what}。${fault.help}` }));
      if (faults.length) place.append(Object.assign(document.createElement("button"), { type: "button", id: "rebuild", textContent: "修复" }));
    });
  }
  if (target.id === "rebuild") {
    const place = document.getElementById("verified");
    place.textContent = "正在修复…";
    trying(() => call("POST", "/api/library/rebuild")).then(async (lines) => {
      place.replaceChildren(...(lines ?? []).map((line) => Object.assign(document.createElement("p"), { textContent: line })));
      await renew().catch(tell);
    });
  }
});

following(() => "/api/library/events", (now) => {
  const stage = document.getElementById("stage");
  if (now.version === document.getElementById("filing").dataset.version) return;
  if (now.at_work && stage) stage.textContent = now.stage;
  else return renew();
});
