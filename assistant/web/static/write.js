// Writing a report: tables as the form has them, notes, the draft beside them.
import { call, fits, following, refreshed, say, tell, trying } from "./page.js";

const main = document.getElementById("content");
const address = `/api/writings/${main.dataset.id}`;
const kept = document.getElementById("kept");
const cells = new Map([...document.querySelectorAll("[data-metric]")].map((input) => [input.dataset.metric, input]));

// What was typed is gathered and sent a moment after the last key; it is kept when nothing is waiting or on its way.
let waiting = {}, timer = null, sending = Promise.resolve(), underway = 0;

function later(kind, key, value) {
  if (kind === "own") waiting.own = value;
  else (waiting[kind] ??= {})[key] = value;
  kept.textContent = "正在保存…";
  clearTimeout(timer);
  timer = setTimeout(flush, 600);
}

function flush() {
  clearTimeout(timer);
  timer = null;
  const edits = waiting;
  waiting = {};
  if (!Object.keys(edits).length) return sending;
  underway += 1;
  sending = sending.then(async () => {
    try {
      await call("PUT", address, edits).finally(() => { underway -= 1; });
    } catch (error) {
      again(edits);
      kept.textContent = "没有存上";
      return tell(error);
    }
    if (!timer && !underway) kept.textContent = "已存进工作簿";
    await refreshed(["#state"]).catch(tell);
  });
  return sending;
}

// What was refused goes along with what is typed next, which may mend it.
function again(edits) {
  for (const [kind, values] of Object.entries(edits)) waiting[kind] = kind === "own" ? waiting.own ?? values : { ...values, ...waiting[kind] };
}

window.addEventListener("beforeunload", (event) => {
  if (underway || Object.keys(waiting).length) {
    flush();
    event.preventDefault();
  }
});

// Numbers: blank stays blank, and a sum is shown where anything in it is.
const value = (input) => {
  const text = input.value.replace(/[,，\s]/g, "");
  return text === "" ? null : Number(text);
};

function add() {
  const sums = [...cells.values()].filter((input) => input.dataset.sum);
  for (const _ of [0, 1]) { // a row's total adds up what is itself added up in its column
    for (const sum of sums) {
      const parts = sum.dataset.sum.split(" ").map((metric) => cells.get(metric)).filter(Boolean).map(value);
      const known = parts.filter((part) => part !== null);
      sum.value = known.length && known.every(Number.isFinite) ? String(known.reduce((a, b) => a + b, 0)) : "";
    }
  }
  balance();
  for (const list of document.querySelectorAll(".jumps")) list.replaceChildren();
  for (const input of cells.values()) {
    const now = value(input), before = Number(input.dataset.before ?? NaN);
    const jump = now !== null && Number.isFinite(before) && Math.abs(now - before) > 50 && (now > before * 3 || now < before / 3);
    input.classList.toggle("jump", jump);
    input.title = jump ? `上年是 ${before}，相差很大，请核对` : "";
    if (jump && !input.readOnly) asked(input, before, now);
    input.classList.toggle("bad", now !== null && !Number.isFinite(now));
  }
}

// A large change asks for a word: it is said in the notes, where the report tells it.
function asked(input, before, now) {
  const line = document.createElement("li"), link = document.createElement("a");
  line.append(`${input.ariaLabel}：上年${before}，今年${now}，相差很大。没有填错的，请`, link, "里写一句原因。");
  Object.assign(link, { textContent: "要点", href: "#notes" });
  input.closest("section").querySelector(".jumps").append(line);
}

function balance() {
  const told = document.querySelector('[data-table="requests"]');
  const wrong = [];
  for (const received of [...cells.keys()].filter((metric) => metric.startsWith("requests.received."))) {
    const column = received.split(".").pop(), of = (row) => value(cells.get(`requests.${row}.${column}`) ?? { value: "" });
    const [new_, carried, done, left] = ["received", "carried_in", "concluded", "carried_out"].map(of);
    if ([new_, carried, left].every((one) => one === null)) continue;
    const apart = (new_ ?? 0) + (carried ?? 0) - (done ?? 0) - (left ?? 0);
    const input = cells.get(`requests.carried_out.${column}`);
    input.classList.toggle("wrong", apart !== 0);
    if (apart) wrong.push(`${input.ariaLabel.match(/（(.+)）/)?.[1] ?? column}：新收加上年结转，比办结加结转下年${apart > 0 ? "多" : "少"}${Math.abs(apart)}件`);
  }
  told.textContent = wrong.join("；");
}

document.addEventListener("input", (event) => {
  const { dataset } = event.target;
  if (dataset.metric) {
    later("cells", dataset.metric, event.target.value);
    add();
  } else if (dataset.note) later("notes", dataset.note, event.target.value);
  else if (dataset.progress) later("progress", dataset.progress, event.target.value);
  else if (dataset.basic) later("basic", dataset.basic, event.target.value);
  else if (event.target.closest(".own")) own();
});

const own = () => later("own", "", [...document.querySelectorAll(".own tbody tr")].map((row) => [...row.querySelectorAll("input")].map((input) => input.value)));

// Return goes down; a block that was copied in a spreadsheet lands cell by cell, sums left out.
const beside = (input, down, right) => {
  const grid = input.closest("table"), row = Number(input.dataset.row) + down, column = Number(input.dataset.column) + right;
  return grid.querySelector(`[data-row="${row}"][data-column="${column}"]`);
};

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.dataset?.metric) return;
  event.preventDefault();
  for (let down = event.shiftKey ? -1 : 1; ; down += event.shiftKey ? -1 : 1) {
    const next = beside(event.target, down, 0);
    if (!next) return;
    if (!next.readOnly) return void next.focus();
  }
});

document.addEventListener("paste", (event) => {
  const input = event.target, text = event.clipboardData?.getData("text") ?? "";
  if (!input.dataset?.metric || !/[\t\n]/.test(text.replace(/\n$/, ""))) return;
  event.preventDefault();
  let outside = 0;
  const rows = text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  rows.forEach((line, down) => line.forEach((each, right) => {
    const place = beside(input, down, right);
    if (!place) outside += each.trim() ? 1 : 0;
    else if (!place.readOnly) {
      place.value = each.trim();
      later("cells", place.dataset.metric, place.value);
    }
  }));
  add();
  say(outside ? `有${outside}个数在表外，没有粘贴` : `粘贴了${rows.length}行`);
});

document.getElementById("more").addEventListener("click", () => {
  const body = document.querySelector(".own tbody"), names = [...document.querySelectorAll(".own th")].map((head) => head.textContent);
  const row = body.insertRow();
  names.forEach((name, at) => {
    const input = Object.assign(document.createElement("input"), { ariaLabel: name });
    if (at === 4) input.setAttribute("list", "parts");
    row.insertCell().append(input);
  });
  row.querySelector("input").focus();
});

// Drafting, and new figures into a report that people have edited.
// What came of it is looked at: a fault where it is told, or the draft's findings.
const shown = () => document.querySelector("#state .fault, #found")?.scrollIntoView({ block: "start" });
const parts = () => refreshed(["#state", "#results", ".tools", ".toc", ...[...document.querySelectorAll(".told-text")].map((part) => `#${part.id}`)]).then(tools).then(shown);
const begin = (path, body) => trying(async () => {
  await flush();
  if (Object.keys(waiting).length) return; // what could not be kept was told
  await call("POST", `${address}/${path}`, body);
  await refreshed(["#state"]);
  document.getElementById("state").scrollIntoView({ block: "nearest" });
});

function tools() {
  document.getElementById("draft").addEventListener("click", () => begin("draft"));
  const report = document.getElementById("report");
  report.addEventListener("change", () => {
    const [file] = report.files;
    if (!file || !fits(file)) return;
    const body = new FormData();
    body.append("report", file);
    begin("refresh", body).finally(() => { report.value = ""; });
  });
}

document.addEventListener("click", (event) => {
  if (event.target.matches(".noughts")) {
    const blank = [...document.querySelectorAll(`#${event.target.dataset.grid} input`)].filter((input) => !input.readOnly && !input.value.trim());
    for (const input of blank) later("cells", input.dataset.metric, (input.value = "0"));
    add();
    say(`填了${blank.length}格`);
  }
  if (event.target.matches(".take")) take(event.target);
  if (event.target.id === "cancel") trying(() => call("POST", `${address}/cancel`));
  if (event.target.id === "force") begin("draft?force=true");
  const link = event.target.closest('a[href^="#cell-"]');
  if (link) {
    event.preventDefault();
    const input = document.getElementById(link.hash.slice(1))?.querySelector("input");
    input?.scrollIntoView({ block: "center" });
    input?.focus({ preventScroll: true });
    input?.closest("td").classList.add("lit");
    setTimeout(() => input?.closest("td").classList.remove("lit"), 4000);
  }
});

// A model's wording that only a person can judge becomes the office's own note; the next draft prints it.
const bare = (text) => text.trim().replace(/[。；]$/, "");

function take(button) {
  const { part, old, new: wording } = button.dataset;
  const box = [...document.querySelectorAll("textarea[data-note]")].find((each) => each.dataset.note === part);
  const lines = box.value.split("\n");
  const at = lines.findIndex((line) => bare(line) === bare(old));
  if (at < 0) return say("要点已经改过，没有找到原来的那一条；请把这句话抄到要点里");
  lines[at] = wording;
  box.value = lines.join("\n");
  later("notes", part, box.value);
  button.closest("li").replaceChildren(`${wording}（已写进要点，再按“起草”）`);
}

document.addEventListener("change", (event) => {
  const { slot } = event.target.dataset ?? {};
  if (!slot) return;
  const body = new FormData();
  body.append("slot", slot);
  body.append("done", String(event.target.checked));
  trying(() => call("POST", `${address}/tick`, body));
});

tools();
add();
// #state is renewed by what is saved, too: what was shown of the draft is kept apart from it.
let seen = document.getElementById("state").dataset.version;
following(() => `${address}/events`, async (now) => {
  const stage = document.getElementById("stage");
  if (now.version === seen) return;
  if (now.at_work && stage) stage.textContent = now.stage;
  else await (now.at_work ? refreshed(["#state"]) : parts());
  seen = now.version;
});
