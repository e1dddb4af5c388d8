"""The pictures of the manual, made from the real program: ``python docs/pictures.py`` (``make pictures``).

A server of its own with the shipped reports, and Chromium; one report has a slip put into it, so that there is
something to see.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "web")]

from browser import Browser, chromium  # noqa: E402
from server import Server, served  # noqa: E402

PICTURES = Path(__file__).parent / "pictures"
WIDE, HIGH = 1280, 860
UNIT = "江州市清源区人民政府"


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with chromium(folder / "profile") as browser, served(folder) as server:
            command = [sys.executable, "-m", "assistant", "--library", str(server.library), "ingest"]
            subprocess.run([*command, str(ROOT / "corpus" / "reports")], check=True, capture_output=True)
            browser.open(server.entrance)
            taken(browser, "start")
            check(browser, folder)
            ask(browser, server)
            write(browser, server)


def taken(browser: Browser, name: str) -> None:
    time.sleep(0.5)
    browser.shot(PICTURES / f"{name}.png", WIDE, HIGH)
    print(f"已写入 docs/pictures/{name}.png")


def check(browser: Browser, folder: Path) -> None:
    text = (ROOT / "corpus" / "reports" / "清源区_2024.md").read_text(encoding="utf-8")
    report = folder / "清源区2024年报告.md"
    report.write_text(text.replace("| 140 |", "| 141 |", 1), encoding="utf-8")
    browser.press("#file", str(report))
    browser.wait("!document.querySelector('#go').disabled")
    browser.click("#go")
    browser.wait("document.querySelectorAll('#causes .card').length")
    browser.click("#causes .goto")
    taken(browser, "check")


def ask(browser: Browser, server: Server) -> None:
    browser.open(f"{server.address}/ask")
    browser.press("textarea", "清源区哪一年的无法提供最多？占当年办结的多少？")
    browser.click(".askbox button")
    browser.wait("document.querySelector('a.figure')")
    browser.click("a.figure")
    browser.wait("document.querySelector('.panel:not([hidden]) td.lit')")
    taken(browser, "ask")


def write(browser: Browser, server: Server) -> None:
    browser.open(f"{server.address}/write")
    browser.press("#unit", UNIT)
    browser.ask("(document.querySelector('#year').value = '2025', document.querySelector('#blank').requestSubmit(), 1)")
    browser.wait("document.querySelector('[data-metric]')")
    block = "150\\t12\\t0\\t1\\t3\\t2\\n5\\t0\\t0\\t0\\t1\\t0"
    browser.ask(
        "(() => { const place = document.querySelector('[data-metric=\"requests.received.natural_person\"]'); "
        f"const data = new DataTransfer(); data.setData('text', '{block}'); "
        "place.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); "
        "document.querySelector('#requests').scrollIntoView(); return 1; })()"
    )
    taken(browser, "write")


if __name__ == "__main__":
    main()
