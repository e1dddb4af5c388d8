"""The overview of many reports in a real browser: it lists some, finds any, sorts all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Browser, chromium

from assistant.render.overview import overview_page
from assistant.render.summary_rows import SummaryRow

LISTED = "document.querySelectorAll('.files > tbody > tr').length"
FIRST = "document.querySelector('.files > tbody > tr').cells[0].textContent"
STATUS = "document.querySelector('.status').textContent"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Browser:
    rows = [
        SummaryRow(
            f"{n:04}.txt",
            "",
            f"第{n}单位",
            2024,
            {"error": n % 700, "warning": 0, "info": 0},
            {"T301": n % 700},
            {"T301": "error"},
            "",
            False,
        )
        for n in range(1200)
    ]
    rows[1150] = SummaryRow("1150.txt", "", "", None, {"error": 0, "warning": 0, "info": 0}, {}, {}, "文件是空的", True)
    path = tmp_path / "汇总.html"
    path.write_text(overview_page(rows, path), encoding="utf-8")
    browser.open(path)
    return browser


def test_a_long_list_is_shown_in_parts(page: Browser) -> None:
    assert page.ask(LISTED) == 500 and page.ask(STATUS) == "显示 1200 份，共 1200 份，列出前 500 份"
    page.click(".more")
    assert page.ask(LISTED) == 1000
    page.click(".more")
    assert page.ask(LISTED) == 1200 and page.ask("document.querySelector('.more').hidden")
    assert page.ask(STATUS) == "显示 1200 份，共 1200 份"


def test_what_is_not_listed_is_found_and_sorted_too(page: Browser) -> None:
    page.press("[name=words]", "第1199单位")
    assert (page.ask(LISTED), page.ask(FIRST)) == (1, "1199.txt")
    page.press("[name=severity]", "没有检查成")
    assert page.ask(LISTED) == 0
    page.press("[name=words]", "\ue003" * 8)  # Backspace
    assert (page.ask(LISTED), page.ask(FIRST)) == (1, "1150.txt")
    page.press("[name=severity]", "全部")
    page.click(".files th:nth-child(4) button")
    assert page.ask(FIRST) == "0699.txt"
    page.click(".files th:nth-child(1) button")
    page.click(".files th:nth-child(1) button")
    assert page.ask(FIRST) == "1199.txt"


def test_all_is_printed(page: Browser) -> None:
    assert page.ask(f"(window.dispatchEvent(new Event('beforeprint')), {LISTED})") == 1200
    assert page.log() == []
