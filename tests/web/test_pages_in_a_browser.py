"""The page in a real browser: a report dropped, decided on, set right, checked again; two tabs, a refresh, a stop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from browser import Browser, chromium
from dossiers import printed, report
from server import Server, served

from assistant.readers import read

ADDED = {"other": "本年另发放手册1950册。公开信息12条,解读4件。"}  # a number by itself, and a comma that is none
WRONG = {"requests.received.total": 25}
CARDS = "[...document.querySelectorAll('#causes .card')].filter(e => e.offsetParent)"
COUNTS = "document.querySelector('.counts').textContent"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("serve")) as made:
        browser.open(made.entrance)
        yield made


@pytest.fixture
def page(server: Server, browser: Browser, tmp_path: Path) -> Browser:
    """A report with one wrong total, checked."""
    path = tmp_path / "年报.txt"
    path.write_text(printed(report(figures=WRONG, add=ADDED)), encoding="utf-8")
    begin(browser, server, path)
    browser.wait(f"{CARDS}.length")
    yield browser
    assert [line for line in browser.log() if "favicon" not in line] == [], (
        "nothing the policy refuses, no fault in a script"
    )


def begin(browser: Browser, server: Server, file: Path) -> None:
    browser.open(f"{server.address}/")
    browser.press("#file", str(file))
    browser.wait("!document.querySelector('#go').disabled")
    browser.click("#go")
    browser.wait("location.pathname.startsWith('/check/')")


def shown(browser: Browser) -> list[str]:
    return list(browser.ask(f"{CARDS}.map(card => card.dataset.state)"))


def result(server: Server, browser: Browser) -> dict[str, Any]:
    number = str(browser.ask("document.querySelector('#work').dataset.id"))
    told: dict[str, Any] = server.client().get(f"/api/checks/{number}").json()
    return told


def test_what_was_found_stands_beside_the_report_and_leads_to_its_place(page: Browser) -> None:
    assert "错误" in page.ask(COUNTS) and page.ask("document.querySelector('main.report h2').textContent")
    page.click("#causes .card .goto")
    assert page.wait("document.querySelector('main.report .lit') !== null")
    assert page.ask(
        "[...document.querySelectorAll('main.report td.lit')].some(cell => cell.textContent.startsWith('25'))"
    )
    page.ask("document.querySelector('main.report a.ref').click()")
    assert page.wait("document.querySelector('.card.current') !== null")


def test_keys_go_from_one_to_the_next(page: Browser) -> None:
    cards = len(shown(page))
    assert cards >= 2, "a cause and the length of a part, or the like"
    current = f"{CARDS}.findIndex(card => card.classList.contains('current'))"
    for key, expected in (("j", 0), ("j", 1), ("k", 0), ("n", 1)):
        page.press("body", key)
        assert page.wait(f"{current} === {expected}"), key


def test_a_decision_is_kept_and_asks_for_reason_and_name(page: Browser, server: Server) -> None:
    before = result(server, page)["counts"]["error"]
    page.click("#causes .card [data-choice=dismissed]")
    assert page.wait("document.querySelector('#dismiss').open")
    page.press("#dismiss textarea", "另有说明")
    page.press("#dismiss input[name=by]", "王芳")
    page.click("#dismiss button.primary")
    page.wait(f"{CARDS}.some(card => card.dataset.state === 'dismissed')")
    told = result(server, page)
    assert told["counts"]["error"] < before
    kept = (server.library / "review.toml").read_text(encoding="utf-8")
    assert 'decision = "排除"' in kept and "另有说明" in kept and "王芳" in kept
    page.open(page.ask("location.href"))  # a refresh loses nothing
    assert "dismissed" in shown(page) and page.ask("document.querySelector('.card .decision').textContent")
    page.ask(
        f"{CARDS}.find(card => card.dataset.state === 'dismissed').querySelector('[data-choice=dismissed]').click()"
    )
    page.wait(f"!{CARDS}.some(card => card.dataset.state === 'dismissed')")
    assert result(server, page)["counts"]["error"] == before


def test_a_mend_goes_into_the_clipboard(page: Browser) -> None:
    card = "document.querySelector('#causes .card:has(.mendtext)')"
    mend = page.ask(f"{card}.querySelector('.mendtext').textContent")
    page.click("#causes .card:has(.mendtext) [data-choice=confirmed]")
    assert "已复制" in page.wait("document.querySelector('.toast')?.textContent")
    page.click("#causes .card:has(.mendtext) [data-choice=dismissed]")
    page.press("#dismiss textarea", "\ue009v\ue000")  # pasted where something can be typed
    assert page.ask("document.querySelector('#dismiss textarea').value") == mend
    page.click("#dismiss [data-close]")
    page.click("#causes .card:has(.mendtext) [data-choice=confirmed]")
    assert page.wait(f"{card}.dataset.state === ''")


def test_to_put_off_is_kept_too_and_the_next_open_one_is_looked_at(page: Browser) -> None:
    page.click("#causes .card [data-choice=postponed]")
    page.wait(f"{CARDS}.some(card => card.dataset.state === 'postponed')")
    page.click("#openonly")
    assert "postponed" not in shown(page)
    page.click("#openonly")
    page.ask(
        f"{CARDS}.find(card => card.dataset.state === 'postponed').querySelector('[data-choice=postponed]').click()"
    )
    page.wait(f"!{CARDS}.some(card => card.dataset.state === 'postponed')")


def test_a_misread_cell_is_set_right_and_all_is_checked_again(page: Browser, server: Server) -> None:
    was = page.ask("document.querySelector('td[data-metric=\"requests.received.total\"] mark').textContent")
    page.ask("document.querySelector('td[data-metric=\"requests.received.total\"]').click()")
    assert page.wait("document.querySelector('#correct').open") and page.wait(
        "document.querySelector('#correct-where').textContent.startsWith('表三')"
    )
    sound = read_sound()
    page.ask(f"document.querySelector('#correct input').value = '{sound}'")
    page.click("#correct button.primary")
    page.wait("document.querySelector('td.byhand') !== null")
    told = page.wait("document.querySelector('.compared') && document.querySelector('.compared').textContent")
    assert "改好 0" not in told and "新出现 0" in told
    assert result(server, page)["counts"]["error"] == 0
    assert any("人工更正" in note for note in result(server, page)["result"]["notes"])
    page.ask("document.querySelector('td.byhand').click()")
    page.wait("document.querySelector('#correct').open")
    page.click("#restore")
    page.wait("document.querySelector('td.byhand') === null && document.querySelector('.progress') === null")
    assert page.ask("document.querySelector('td[data-metric=\"requests.received.total\"] mark').textContent") == was


def read_sound() -> str:
    return report().cells["requests.received.total"].raw


def test_what_is_no_figure_is_refused_in_words(page: Browser) -> None:
    page.ask("document.querySelector('td[data-metric=\"requests.received.total\"]').click()")
    page.wait("document.querySelector('#correct').open")
    page.ask("document.querySelector('#correct input').value = '很多'")
    page.click("#correct button.primary")
    said = page.wait("document.querySelector('#told.shown') && document.querySelector('#told').textContent")
    assert "表三" in said and "很多" in said and "照原件" in said
    page.log()  # the browser notes that the answer was a 404


def test_the_mended_file_is_compared_with_the_one_before(page: Browser, server: Server, tmp_path: Path) -> None:
    mended = tmp_path / "改过.txt"
    mended.write_text(printed(report(add=ADDED)), encoding="utf-8")
    page.press("#again", str(mended))
    told = page.wait("document.querySelector('.compared') && document.querySelector('.compared').textContent")
    gone = page.ask("document.querySelectorAll('details.gone li').length")
    assert f"改好 {gone}" in told and gone >= 2 and "新出现 0" in told
    assert result(server, page)["compared"]["gone"] == gone and result(server, page)["rounds"] == 2


def test_numbers_that_nothing_could_check_are_ticked_off(page: Browser) -> None:
    page.click("#tab-unchecked")
    box = "[...document.querySelectorAll('.ticks tr')].find(row => row.textContent.includes('1950册')).querySelector('input')"
    page.ask(f"{box}.click()")
    page.wait("document.querySelector('#work').dataset.version !== ''")
    page.wait(f"{box}.checked")
    page.open(page.ask("location.href"))
    page.wait(f"document.querySelector('.ticks') && {box}.checked")


def test_a_second_tab_sees_what_the_first_decides(page: Browser) -> None:
    first, address = page.here(), page.ask("location.href")
    page.tab()
    page.open(address)
    page.click("#causes .card [data-choice=postponed]")
    page.wait(f"{CARDS}.some(card => card.dataset.state === 'postponed')")
    page.switch(first)
    assert page.wait(f"{CARDS}.some(card => card.dataset.state === 'postponed')")


def test_out_comes_a_word_file_with_comments_a_page_a_workbook_a_sheet(
    page: Browser, server: Server, tmp_path: Path
) -> None:
    links = list(page.ask("[...document.querySelectorAll('.menu a')].map(a => a.getAttribute('href'))"))
    word = next(link for link in links if link.endswith("/word"))
    answer = server.client().get(word)
    assert "filename" in answer.headers["content-disposition"]
    path = tmp_path / "批注.docx"
    path.write_bytes(answer.content)
    with ZipFile(path) as parts:
        assert "183" not in parts.namelist() and "word/comments.xml" in parts.namelist()
        assert "T303" in parts.read("word/comments.xml").decode()
    assert read(path).cells["requests.received.total"].raw == "25"
    assert "<html" in server.client().get(next(link for link in links if link.endswith("/html"))).text
    book = tmp_path / "清单.xlsx"
    book.write_bytes(server.client().get(next(link for link in links if link.endswith("/xlsx"))).content)
    from openpyxl import load_workbook

    sheets = load_workbook(book).sheetnames
    assert sheets[0] == "全部问题" and "依申请公开经办" in sheets and sheets[-1] == "待人工核对的数"
    page.open(f"{server.address}{next(link for link in links if link.endswith('/sheet'))}")
    assert "核对人" in page.ask("document.querySelector('.sign').textContent")
    assert page.ask("document.querySelectorAll('.checklist tbody tr').length") >= 3
    assert not list(server.temporary.rglob("output*"))


def test_a_file_that_cannot_be_read_says_so_on_its_page(browser: Browser, server: Server, tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text("关于召开会议的通知", encoding="utf-8")
    begin(browser, server, path)
    told = browser.wait("document.querySelector('.fault') && document.querySelector('.fault').textContent")
    assert "通知.txt" in told and "看起来不是" in told and str(server.temporary) not in told
    browser.click("#remove")
    browser.wait("location.pathname === '/'")
    assert "通知.txt" not in browser.ask("document.body.textContent")


def test_what_agrees_can_be_opened_with_both_values(page: Browser) -> None:
    page.click("#tab-passed")
    assert page.ask("document.querySelectorAll('#passed .same tr').length") >= 30
    page.ask("document.querySelectorAll('#passed > details').forEach(each => { each.open = true })")
    page.click("#passed [data-cell]")
    assert page.wait("document.querySelector('main.report td.lit') !== null")
    page.ask("(document.querySelector('[data-rule]').open = true)")
    assert "依据" in page.wait("document.querySelector('[data-rule] p').textContent")


def test_one_page_tells_whoever_answers_for_it_how_it_stands(page: Browser, server: Server) -> None:
    number = page.ask("document.querySelector('#work').dataset.id")
    page.open(f"{server.address}/check/{number}/brief")
    told = page.ask("document.querySelector('main').textContent")
    assert "改好以前不宜公布" in told and "新收申请" in told and "25件" in told
    assert "依申请公开经办" in told and "负责人：" in told and "个，已核对0个" in told
