// What all pages share: calls, faults told in words, progress.

const told = document.getElementById("told");

export function tell(error) {
  const parts = [error.where && `${error.where}：`, error.what || String(error.message || error), error.help].filter(Boolean);
  told.replaceChildren(...parts.map((text, n) => Object.assign(document.createElement(n ? "span" : "strong"), { textContent: text })));
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: "知道了" });
  close.addEventListener("click", hush);
  told.append(close);
  told.classList.add("shown");
}

export function hush() {
  told.classList.remove("shown");
  told.replaceChildren();
}

export function say(text) {
  const note = Object.assign(document.createElement("div"), { className: "toast", textContent: text });
  note.setAttribute("role", "status");
  document.body.append(note);
  setTimeout(() => note.remove(), 2500);
}

// Into the clipboard, and whether it is there; a browser that keeps it to itself may still copy what is selected.
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const box = Object.assign(document.createElement("textarea"), { value: text, className: "vh" });
    document.body.append(box);
    box.select();
    const well = document.execCommand("copy");
    box.remove();
    return well;
  }
}

const LOST = { what: "连不上服务", help: "请看打开年报助手的那个窗口（运行 assistant serve 的）还在不在；还在的，等几秒会自己接上；关掉了就再打开一次，用新的网页。" };

export async function call(method, address, body) {
  const form = body instanceof FormData;
  let answer;
  try {
    answer = await fetch(address, {
      method,
      headers: { Accept: "application/json", ...(body && !form ? { "Content-Type": "application/json" } : {}) },
      body: form ? body : body ? JSON.stringify(body) : undefined,
    });
  } catch {
    throw LOST;
  }
  const text = await answer.text();
  let value = null;
  try {
    value = text ? JSON.parse(text) : null;
  } catch {
    throw LOST;
  }
  if (!answer.ok) throw value && value.what ? value : LOST;
  return value;
}

export async function trying(work) {
  hush();
  try {
    return await work();
  } catch (error) {
    tell(error);
    return undefined;
  }
}

// The file and its limit: what the server would refuse is said before it is sent.
export const MOST = 50 * 1024 * 1024;

export function fits(file) {
  if (file.size <= MOST) return true;
  tell({ where: file.name, what: `文件过大（${Math.ceil(file.size / 1048576)} MB，上限 50 MB）`, help: "请确认这是一份年度报告；图片很多的，压缩图片后再试。" });
  return false;
}

// A page of this server, or what it says is the matter.
export async function fetched(address) {
  let answer;
  try {
    answer = await fetch(address, { headers: { Accept: "application/json, text/html;q=0.9" } });
    if (answer.ok) return new DOMParser().parseFromString(await answer.text(), "text/html");
    answer = await answer.json();
  } catch {
    throw LOST;
  }
  throw answer.what ? answer : LOST;
}

// Replace a part of the page by its newest state, keeping where people are. One renewal after the other: an answer that
// was overtaken on its way would put back what is gone. What bears the same data-``kept`` stays.
let renewal = Promise.resolve();

export function refreshed(selectors, kept = "") {
  const made = renewal.catch(() => {}).then(async () => {
    const next = await fetched(location.href);
    for (const selector of selectors) {
      const now = document.querySelector(selector), then = next.querySelector(selector);
      if (!now || !then) continue;
      now.replaceWith(document.adoptNode(then));
      for (const old of kept ? now.querySelectorAll(`[data-${kept}]`) : []) then.querySelector(`[data-${kept}="${old.dataset[kept]}"]`)?.replaceWith(old);
    }
  });
  renewal = made;
  return made;
}

// Files dropped anywhere on the page are taken by its form.
export function dropping(form, take) {
  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (event.dataTransfer.files.length) take(event.dataTransfer.files, event.target);
  });
}

// What a server tells of work. A browser keeps few connections to one server: tabs that nobody looks at give theirs up.
// ``address`` gives none as long as there is nothing to follow; what comes back is called when there may be.
// A new connection is told how things stand: one is made where the last was cut, and where what it told could not be shown.
const AGAIN_AFTER = 2000; // milliseconds

export function following(address, told) {
  let source = null, lost = 0;
  const rest = () => {
    source?.close();
    source = null;
  };
  const look = () => {
    if (document.hidden) return rest();
    if (source || !address()) return;
    const opened = new EventSource(address());
    opened.addEventListener("message", async (event) => {
      try {
        await told(JSON.parse(event.data));
        if (lost > 1) hush();
        lost = 0;
      } catch (error) {
        again(opened, error);
      }
    });
    opened.addEventListener("error", () => again(opened, LOST));
    source = opened;
  };
  const again = (opened, error) => {
    if (source !== opened) return;
    if (++lost > 1) tell(error); // what comes back at once is not worth a word
    rest();
    setTimeout(look, AGAIN_AFTER);
  };
  document.addEventListener("visibilitychange", look);
  look();
  return look;
}
