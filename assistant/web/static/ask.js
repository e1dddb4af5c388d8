// Questions and answers; a figure opens its cell beside them.
import { call, copied, fetched, following, refreshed, say, tell, trying } from "./page.js";
import { lightUp } from "./source.js";

const desk = document.getElementById("desk");
const form = document.getElementById("ask");
const box = form.elements.question;
const panel = document.getElementById("source");
let opener = null;

const id = () => desk.dataset.id;

// What was answered stays as it is looked at: opened, with its chart.
async function renew() {
  await refreshed(["#turns", "#tools"], "turn");
  document.querySelector("#turns .turn:last-of-type")?.scrollIntoView({ block: "nearest" });
}

async function ask(question) {
  const made = await trying(() => call("POST", id() ? `/api/talks/${id()}` : "/api/talks", { question }));
  if (!made) return written(box.value || question);
  if (!id()) {
    desk.dataset.id = made.id;
    history.replaceState(null, "", `/ask/${made.id}`);
  }
  await renew().catch(tell);
  follow();
}

const follow = following(() => id() && `/api/talks/${id()}/events`, (now) => {
  const said = document.getElementById("said");
  if (now.version === document.getElementById("turns").dataset.version) return;
  if (!now.at_work || !said) return renew();
  said.textContent = now.said.join("");
  document.getElementById("stage").textContent = now.stage;
});

function written(text) {
  box.value = text;
  grow();
}

function grow() {
  box.rows = Math.min(6, box.value.split("\n").length + Math.floor(box.value.length / 60));
}

async function show(link) {
  const source = await trying(() => fetched(`${link.getAttribute("href")}?part=true`));
  if (!source) return;
  document.getElementById("panel").replaceChildren(...source.body.childNodes);
  panel.hidden = false;
  desk.classList.add("split");
  opener = link;
  lightUp(panel, link.dataset.quote);
  panel.focus({ preventScroll: true });
}

function shut() {
  panel.hidden = true;
  desk.classList.remove("split");
  opener?.focus();
}

document.addEventListener("click", (event) => {
  const target = event.target;
  const asked = target.closest("[data-ask]");
  if (asked) return void ask(asked.dataset.ask);
  const link = target.closest("a.figure, a.cite");
  if (link && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    return void show(link);
  }
  if (target.closest("[data-shut]")) return shut();
  if (target.id === "cancel") return void trying(() => call("POST", `/api/talks/${id()}/cancel`));
  const copying = target.closest("[data-copy]");
  if (copying) {
    const answer = copying.closest(".answer");
    const sources = [...answer.querySelectorAll(".cites li")].map((item, n) => `${n + 1}. ${item.querySelector("a").textContent}：${item.querySelector(".quote").textContent}`);
    const text = [answer.querySelector(".words").innerText, ...(sources.length ? ["出处：", ...sources] : [])].join("\n");
    return void copied(text).then((well) => say(well ? "已复制，带出处" : "浏览器不让复制，请手动选中"));
  }
  const chart = target.closest("[data-chart]");
  if (chart) return void draw(chart);
});

async function draw(button) {
  const query = button.dataset.chart;
  const there = button.closest(".answer").querySelector("figure");
  if (there) return there.remove();
  const told = await trying(() => call("GET", `/api/trend?${query}`));
  if (!told) return;
  const lines = Array.isArray(told) ? told : [told];
  const figure = document.createElement("figure");
  const picture = Object.assign(document.createElement("img"), { src: `/api/trend.svg?${query}`, alt: `${lines.map((line) => `${line.unit}${line.label}`).join("、")}历年的图` });
  const years = lines[0].points.map((point) => point.year);
  const table = document.createElement("table");
  table.className = "ticks";
  const head = table.createTHead().insertRow(), body = table.createTBody();
  for (const text of ["", ...years]) head.append(Object.assign(document.createElement("th"), { textContent: text, scope: "col" }));
  for (const line of lines) {
    const row = body.insertRow();
    row.append(Object.assign(document.createElement("th"), { textContent: `${line.unit}　${line.label}`, scope: "row" }));
    for (const point of line.points) row.insertCell().textContent = point.value ?? "（空白）";
  }
  const links = document.createElement("figcaption");
  for (const [label, form] of [["存为图（SVG）", "svg"], ["存为图（PNG）", "png"]]) {
    links.append(Object.assign(document.createElement("a"), { textContent: label, href: `/api/trend.${form}?${query}`, download: `历年.${form}` }), " ");
  }
  figure.append(picture, table, links);
  button.closest(".acts").before(figure);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = box.value.trim();
  if (!question) return;
  written(""); // at once: the next one may be begun before the server has said that it has this one
  ask(question);
});
box.addEventListener("input", grow);
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden) shut();
});
document.querySelector("#turns .turn:last-of-type")?.scrollIntoView({ block: "end" });
