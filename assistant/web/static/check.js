// The page of one report: the report on the left, what was found on the right, and what people decide.
import { call, copied, fits, following, refreshed, say, trying } from "./page.js";

const root = () => document.getElementById("work");
const id = root().dataset.id;
const api = `/api/checks/${id}`;
const NAME = "assistant-name", OPEN_ONLY = "assistant-open-only";
let at = -1; // the card that is looked at
let cells = null; // metric → where it is

const $ = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];
const cards = () => all("#causes .card").filter((card) => card.offsetParent);
const calmly = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

function into(element) {
  element?.scrollIntoView({ block: "center", behavior: calmly() });
}

function light(elements) {
  for (const lit of all(".lit, .here")) lit.classList.remove("lit", "here");
  for (const element of elements) {
    element?.classList.add("lit");
    element?.closest("main p, main h2, main h3")?.classList.add("here");
  }
}

// The words or the cell that a number in the text stands behind.
function marked(ref) {
  const cell = ref.closest("td");
  if (cell) return cell;
  let before = ref.previousSibling;
  while (before?.classList?.contains("ref")) before = before.previousSibling;
  return before?.nodeName === "MARK" ? before : ref;
}

// From what was found to its place in the report.
function place(card) {
  const numbers = [...card.querySelectorAll(".findings > li")].map((item) => item.id.slice(1));
  const refs = all("main.report a.ref").filter((ref) => numbers.includes(ref.hash.slice(2)));
  light(refs.map(marked));
  into(refs[0]);
}

function look(card, { go = true, focus = true } = {}) {
  for (const other of all(".card.current")) other.classList.remove("current");
  if (!card) return;
  card.classList.add("current");
  at = cards().indexOf(card);
  card.scrollIntoView({ block: "nearest", behavior: calmly() });
  if (focus) card.focus({ preventScroll: true });
  if (go) place(card);
}

function step(by) {
  const shown = cards();
  if (shown.length) look(shown[Math.min(shown.length - 1, Math.max(0, at + by))]);
}

function nextOpen() {
  const shown = cards();
  const later = [...shown.slice(at + 1), ...shown.slice(0, at + 1)];
  const found = later.find((card) => !card.dataset.state);
  if (found) look(found);
  return Boolean(found);
}

function tab(name) {
  for (const button of all("[role=tab]")) {
    const wanted = button.id === `tab-${name}`;
    button.setAttribute("aria-selected", wanted);
    button.tabIndex = wanted ? 0 : -1;
    document.getElementById(button.getAttribute("aria-controls")).hidden = !wanted;
  }
}

function filter() {
  const box = $("#openonly");
  if (!box) return;
  for (const card of all("#causes .card")) card.hidden = box.checked && Boolean(card.dataset.state);
  sessionStorage.setItem(OPEN_ONLY, box.checked ? "1" : "");
}

// Everything again as the server has it now; the page stays where it was.
async function renew() {
  const tabName = $("[role=tab][aria-selected=true]")?.id.slice(4);
  const prints = cards()[at]?.dataset.prints;
  const read = $("main.report")?.scrollTop ?? 0, listed = $("#findings")?.scrollTop ?? 0, top = scrollY;
  await refreshed(["#work", "#tools"]);
  document.title = `${$("#bar h1")?.textContent ?? ""} · 年报助手`;
  dress();
  if (tabName) tab(tabName);
  if ($("main.report")) $("main.report").scrollTop = read;
  if ($("#findings")) $("#findings").scrollTop = listed;
  scrollTo({ top, behavior: "instant" });
  const same = cards().find((card) => card.dataset.prints === prints);
  if (same) look(same, { go: false, focus: false });
}

function dress() {
  const box = $("#openonly");
  if (box) box.checked = sessionStorage.getItem(OPEN_ONLY) === "1";
  filter();
  const byHand = new Set(root().dataset.byhand.split(" ")), doubtful = new Set(root().dataset.doubtful.split(" "));
  for (const cell of all("main.report td[data-metric]")) {
    cell.tabIndex = -1;
    if (doubtful.has(cell.dataset.metric)) {
      cell.classList.add("doubtful");
      cell.title = "识别的把握不大，请对照原件；点一下更正";
    }
    if (byHand.has(cell.dataset.metric)) {
      cell.classList.add("byhand");
      cell.title = "人工更正的数，不是文件里读到的；点一下可以恢复";
    }
    cell.title = cell.title || "点一下，更正识别";
  }
  // One cell of each table is reached by Tab, the others by the arrow keys.
  for (const table of all("main.report table")) {
    const first = table.querySelector("td[data-metric]");
    if (first) first.tabIndex = 0;
  }
}

async function decide(card, decision) {
  const prints = card.dataset.prints.split(" ");
  const taken = card.dataset.state === decision;
  let said = { reason: "", by: localStorage.getItem(NAME) ?? "" };
  if (!taken && decision === "dismissed") {
    said = await ask(card);
    if (!said) return;
    localStorage.setItem(NAME, said.by);
  }
  const done = [];
  if (!taken && decision === "confirmed") {
    const mend = card.querySelector(".mendtext")?.textContent ?? card.querySelector("h3").lastChild.textContent.trim();
    done.push((await copied(mend)) ? "已记下，改法已复制" : "已记下");
  }
  await trying(async () => {
    await call("PUT", `${api}/decisions`, { findings: prints, decision: taken ? null : decision, ...said });
    await renew();
    if (!taken && !nextOpen()) done.push("都处理过了");
    if (done.length) say(done.join("；"));
  });
}

function ask(card) {
  const dialog = $("#dismiss"), form = dialog.querySelector("form");
  $("#dismiss-what").textContent = card.querySelector("h3").textContent;
  form.elements.by.value = localStorage.getItem(NAME) ?? "";
  form.elements.reason.value = "";
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const { reason, by } = form.elements;
      resolve(dialog.returnValue === "ok" && reason.value.trim() && by.value.trim() ? { reason: reason.value.trim(), by: by.value.trim() } : null);
    }, { once: true });
    dialog.returnValue = "";
    dialog.showModal();
    form.elements.reason.focus();
  });
}

async function correct(cell) {
  const dialog = $("#correct"), input = dialog.querySelector("input");
  cells ??= await trying(() => call("GET", "/api/cells"));
  const metric = cell.dataset.metric;
  const printed = [...cell.childNodes].filter((node) => !node.classList?.contains("ref")).map((node) => node.textContent).join("").trim();
  $("#correct-where").textContent = cells?.[metric] ?? metric;
  $("#correct-read").textContent = printed || "空白";
  input.value = printed;
  dialog.dataset.metric = metric;
  dialog.returnValue = "";
  dialog.showModal();
  input.select();
}

function send(metric, text) {
  return trying(async () => {
    await call("PUT", `${api}/cells`, { metric, text });
    follow();
    await renew();
  });
}

document.addEventListener("click", (event) => {
  const target = event.target;
  const there = target.closest("[data-cell]");
  if (there) {
    event.preventDefault();
    const cell = all("main.report td[data-metric]").find((one) => one.dataset.metric === there.dataset.cell);
    light([cell]);
    return into(cell);
  }
  const link = target.closest("a.ref, a.goto, a.unchecked");
  if (link && link.hash) {
    event.preventDefault();
    const kind = link.hash[1], aim = document.getElementById(link.hash.slice(1));
    if (kind === "f") {
      tab("causes");
      const card = aim?.closest(".card");
      if (card) {
        card.hidden = false;
        look(card, { go: false });
        light([marked(link)]);
        into(card);
      }
    } else if (kind === "u") {
      tab("unchecked");
      light([aim]);
      into(aim);
      aim?.querySelector("input")?.focus({ preventScroll: true });
    } else if (kind === "q") {
      light([aim]);
      into(aim);
    } else {
      look(link.closest(".card"), { focus: false });
    }
    return;
  }
  const choice = target.closest(".choice");
  if (choice) return void decide(choice.closest(".card"), choice.dataset.choice);
  const chosen = target.closest("[role=tab]");
  if (chosen) return void tab(chosen.id.slice(4));
  const lend = target.closest("[data-lend]");
  if (lend) {
    return void trying(async () => {
      await call("PUT", `${api}/previous`, { use: lend.dataset.lend === "yes" });
      follow();
      await renew();
    });
  }
  if (target.id === "cancel") return void trying(() => call("POST", `${api}/cancel`));
  if (target.id === "remove") {
    return void trying(async () => {
      await call("DELETE", api);
      location.assign("/");
    });
  }
  if (target.closest("[data-close]")) return void target.closest("dialog").close("cancel");
  if (target.id === "restore") {
    const dialog = target.closest("dialog");
    dialog.close("cancel");
    return void send(dialog.dataset.metric, null);
  }
  const cell = target.closest("main.report td[data-metric]");
  if (cell && !getSelection().toString()) return void correct(cell);
  const card = target.closest(".card");
  if (card && !target.closest("button, a, input, summary") && !getSelection().toString()) look(card, { focus: false });
  const menu = $("details.menu[open]");
  if (menu && !target.closest("details.menu")) menu.open = false;
});

document.addEventListener("submit", (event) => {
  const dialog = event.target.closest("#correct");
  if (dialog && event.submitter?.value === "ok") send(dialog.dataset.metric, dialog.querySelector("input").value);
});

document.addEventListener("change", (event) => {
  const target = event.target;
  if (target.id === "openonly") filter();
  if (target.dataset.key) {
    target.closest("tr").classList.toggle("done", target.checked);
    trying(() => call("PUT", `${api}/ticks`, { key: target.dataset.key, ticked: target.checked }));
  }
  if (target.id === "again" && target.files.length && fits(target.files[0])) {
    const body = new FormData();
    body.append("file", target.files[0]);
    trying(async () => {
      await call("POST", `${api}/again`, body);
      follow();
      await renew();
    });
  }
});

const MOVES = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

function move(cell, [down, right]) {
  // By where cells are seen: rows and columns are merged in every table.
  const from = cell.getBoundingClientRect();
  const x = from.left + from.width / 2, y = from.top + from.height / 2;
  let best = null, least = Infinity;
  for (const other of cell.closest("table").querySelectorAll("td[data-metric]")) {
    const there = other.getBoundingClientRect();
    const dx = there.left + there.width / 2 - x, dy = there.top + there.height / 2 - y;
    const along = down ? dy * down : dx * right, aside = Math.abs(down ? dx : dy);
    if (along > 2 && along + 4 * aside < least) [best, least] = [other, along + 4 * aside];
  }
  if (best) {
    cell.tabIndex = -1;
    best.tabIndex = 0;
    best.focus();
  }
}

// The page of a check, when it is opened.
document.addEventListener("toggle", (event) => {
  const place = event.target.dataset?.rule && event.target.querySelector("p");
  if (!place || place.textContent || !event.target.open) return;
  trying(async () => {
    const [rule] = await call("GET", `/api/rules?code=${event.target.dataset.rule}`);
    place.textContent = rule.page;
  });
}, true);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, dialog, select")) return;
  const cell = event.target.closest("td[data-metric]");
  if (cell && MOVES[event.key]) {
    event.preventDefault();
    return move(cell, MOVES[event.key]);
  }
  if (cell && event.key === "Enter") {
    event.preventDefault();
    return void correct(cell);
  }
  if (event.target.matches("[role=tab]") && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
    const tabs = all("[role=tab]");
    const other = tabs.at((tabs.indexOf(event.target) + (event.key === "ArrowRight" ? 1 : -1)) % tabs.length);
    tab(other.id.slice(4));
    return other.focus();
  }
  const keys = { j: () => step(1), k: () => step(-1), n: () => nextOpen() || say("都处理过了") };
  if (keys[event.key]) {
    event.preventDefault();
    tab("causes");
    keys[event.key]();
  } else if (event.key === "Enter" && event.target.matches(".card")) {
    place(event.target);
  }
});

// Progress, and what another tab did. The connection comes back by itself.
const follow = following(() => `${api}/events`, (now) => {
  const stage = $("#stage");
  if (now.version === root().dataset.version) return;
  if (now.state === root().dataset.state && stage && (now.state === "running" || now.state === "queued")) stage.textContent = now.stage;
  else return renew();
});

dress();
if (location.hash.startsWith("#f")) look(document.getElementById(location.hash.slice(1))?.closest(".card"));
