"""Every page, looked at as people do who need it large, narrow, dark, by keyboard or read aloud."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from browser import Browser, chromium
from dossiers import printed, report
from server import Server, served
from small_report import report as small

# Text and what is behind it: the ratio of their luminances, as WCAG 2 reckons it. What is transparent shows what is below.
CONTRAST = """
(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, n) => sum + c * [0.2126, 0.7152, 0.0722][n], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const faults = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !element.offsetParent || element.closest(":disabled, .vh, option, .skip")) continue;
    const [one, other] = [light(channels(getComputedStyle(element).color)), light(behind(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < 4.5) faults.push(`${ratio.toFixed(2)} ${element.className} ${walker.currentNode.textContent.trim().slice(0, 20)}`);
  }
  return [...new Set(faults)];
})()
"""
NAMELESS = """
[...document.querySelectorAll("button, a[href], input, textarea, select, [role=tab], summary, meter:not([aria-hidden]), progress, img")]
  .filter((e) => e.offsetParent && !(e.textContent.trim() || e.getAttribute("aria-label") || e.title || e.labels?.length || e.alt !== undefined && e.tagName === "IMG"))
  .map((e) => e.outerHTML.slice(0, 120))
"""
PAGES = (
    "/",
    "/check",
    "/check#tab-unchecked",
    "/check#tab-passed",
    "/check/sheet",
    "/check/brief",
    "/ask",
    "/library",
    "/batch",
    "/batch/rows",
    "/batch/rows/slips",
    "/write",
    "/write/one",
    "/help",
    "/login",
    "/nothing",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("serve"), ASSISTANT_EMBEDDINGS="none") as made:
        yield made


@pytest.fixture(scope="module")
def addresses(server: Server) -> dict[str, str]:
    """Every kind of page with something on it."""
    client = server.client()
    client.post(
        "/api/library", files=[("file", (f"甲区{year}.txt", small(year).encode())) for year in (2022, 2023, 2024)]
    )
    wrong = printed(
        report(figures={"requests.received.total": 25}, add={"other": "另发手册1950册，公开信息12条,解读4件。"})
    ).encode()
    check = client.post("/api/checks", files={"file": ("有错.txt", wrong)}).json()["id"]
    talk = client.post("/api/talks", json={"question": "甲区2024年网友申请多少件"}).json()["id"]
    batch = client.post("/api/batches").json()["id"]
    for name in ("一.txt", "二.txt"):
        client.post(f"/api/batches/{batch}/files", files={"file": (name, wrong)})
    client.post(f"/api/batches/{batch}/start")
    while (
        client.get(f"/api/batches/{batch}").json()["at_work"]
        or client.get(f"/api/checks/{check}").json()["state"] != "done"
    ):
        time.sleep(0.1)
    writing = client.post("/api/writings", data={"unit": "江州市甲区人民政府", "year": 2025}).json()["id"]
    found = {f"{number}": number for number in PAGES}
    for name in PAGES:
        found[name] = (
            name.replace("/check", f"/check/{check}")
            .replace("/batch/rows", f"/batch/{batch}")
            .replace("/one", f"/{writing}")
        )
    return {**found, "/ask": f"/ask/{talk}"}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("chromium")) as opened:
        opened.open(server.entrance)
        yield opened


def look(browser: Browser, address: str, width: int, *, dark: bool = False) -> None:
    scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    browser.devtools("Emulation.setEmulatedMedia", media="", features=scheme)
    browser.devtools("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
    page, _, tab = address.partition("#")
    browser.open("about:blank")
    browser.open(page)
    if tab:
        browser.click(f"#{tab}")
    assert address.endswith("/nothing") or browser.ask(
        "document.querySelector('.told') !== null && !document.title.startsWith('程序出错') && !document.title.startsWith('没有')"
    )


@pytest.mark.parametrize("name", PAGES)
def test_words_stand_out_and_everything_has_a_name(
    name: str, browser: Browser, server: Server, addresses: dict[str, str]
) -> None:
    for dark in (False, True):
        look(browser, f"{server.address}{addresses[name]}", 1280, dark=dark)
        assert browser.ask(CONTRAST.strip()) == [], "dark" if dark else "light"
    assert browser.ask(NAMELESS.strip()) == []
    assert browser.ask("document.documentElement.lang") == "zh-CN" and browser.ask(
        "document.querySelectorAll('h1').length"
    ) >= (name != "/ask")
    assert (
        browser.ask("document.title").endswith("年报助手")
        and browser.ask("document.querySelectorAll('main').length") == 1
    )


@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_out_of_a_narrow_or_enlarged_page(
    name: str, browser: Browser, server: Server, addresses: dict[str, str]
) -> None:
    for width in (420, 640):  # 640: a window of 1280 at 200 %
        look(browser, f"{server.address}{addresses[name]}", width)
        assert browser.ask("document.documentElement.scrollWidth - innerWidth") <= 0, width


def test_the_first_thing_that_the_keyboard_meets_leads_to_the_matter(
    browser: Browser, server: Server, addresses: dict[str, str]
) -> None:
    look(browser, f"{server.address}{addresses['/check']}", 1280)
    browser.press("body", "\ue004")
    assert browser.ask("document.activeElement.className") == "skip"
    seen: list[Any] = []
    for _ in range(12):
        browser.ask("document.activeElement.dispatchEvent(new Event('x'))")
        seen.append(browser.ask("getComputedStyle(document.activeElement).outlineStyle"))
        browser.devtools("Input.dispatchKeyEvent", type="keyDown", key="Tab", code="Tab", windowsVirtualKeyCode=9)
    assert "none" not in seen, "where the focus is, is always seen"
