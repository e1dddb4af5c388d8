"""Questions in a real browser: three turns, a lit cell, a lit passage, a chart, a refresh in the middle."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator

import pytest
from browser import Browser, chromium
from server import Server, served
from small_report import report

from evals.loopback import Call, serving

ENTER = "\ue007"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Server]:
    with served(tmp_path_factory.mktemp("serve"), ASSISTANT_EMBEDDINGS="none") as made:
        browser.open(made.entrance)
        files = [
            ("file", (f"甲区{year}.txt", report(year, count).encode()))
            for year, count in ((2022, 8), (2023, 9), (2024, 12))
        ]
        made.client().post("/api/library", files=files)
        yield made


def ask(browser: Browser, question: str, turn: int) -> str:
    browser.press("#question", question)
    browser.press("#question", ENTER)
    return answered(browser, turn)


def answered(browser: Browser, turn: int) -> str:
    return str(
        browser.wait(
            f"!document.querySelector('.pending') && document.querySelectorAll('.answer')[{turn - 1}]?.querySelector('.words').textContent"
        )
    )


def test_three_turns_a_cell_a_passage_a_chart_and_a_refresh(browser: Browser, server: Server) -> None:
    browser.open(f"{server.address}/ask")
    assert "12件" in ask(browser, "甲区2024年新收多少件申请", 1)
    assert "9件" in ask(browser, "那2023年呢", 2)
    browser.open(browser.ask("location.href"))
    assert browser.ask("document.querySelectorAll('.turn').length") == 2, "a refresh loses nothing"
    assert "工作日" in ask(browser, "答复申请的期限是多久", 3)

    browser.click(".turn:nth-of-type(2) a.figure")
    lit = "document.querySelector('.panel td.lit')"
    assert browser.wait(f"{lit} && {lit}.textContent") == "9"
    assert browser.ask(f"{lit}.dataset.metric") == "requests.received.total"
    browser.press("#source", "\ue00c")
    assert browser.wait("document.querySelector('#source').hidden")
    browser.click(".turn:nth-of-type(3) a.cite")
    assert "工作日" in browser.wait(
        "document.querySelector('.panel p.lit') && document.querySelector('.panel p.lit').textContent"
    )
    browser.click("[data-shut]")

    assert "增加" in ask(browser, "甲区近三年新收申请的变化情况", 4)
    browser.click("[data-chart]")
    assert browser.wait("document.querySelector('figure img')?.naturalWidth > 100")
    assert [*browser.ask("[...document.querySelectorAll('figure td')].map(cell => cell.textContent)")] == [
        "8",
        "9",
        "12",
    ]
    assert "9件" in ask(browser, "那2023年呢", 5)
    assert browser.ask("document.querySelectorAll('figure').length") == 1, "a chart stays when one asks on"
    word = server.client().get(browser.ask("document.querySelector('.menu a').getAttribute('href')"))
    assert word.content.startswith(b"PK") and "filename" in word.headers["content-disposition"]
    assert browser.log() == []


def test_a_table_is_shown_as_one_and_its_figures_lead_to_their_cells(browser: Browser, server: Server) -> None:
    browser.open(f"{server.address}/ask")
    ask(browser, "甲区近三年新收多少件申请", 1)
    assert "|" not in ask(browser, "列个表", 2)
    table = "document.querySelectorAll('.answer')[1].querySelector('table')"
    rows = browser.ask(f"[...{table}.rows].map(row => [...row.cells].map(cell => cell.textContent))")
    assert [row[0] for row in rows] == ["年份", "2022年", "2023年", "2024年"] and rows[3][1] == "12件"
    browser.click(".turn:nth-of-type(2) td a.figure")
    assert browser.wait("document.querySelector('.panel td.lit')?.textContent") == "8"


def test_an_answer_that_was_overtaken_and_one_that_was_lost_are_shown_all_the_same(
    browser: Browser, server: Server
) -> None:
    browser.open(f"{server.address}/ask")
    ask(browser, "甲区2022年新收多少件申请", 1)
    browser.ask(_HINDERED)
    browser.ask("(window.late = true)")
    ask(browser, "那2024年呢", 2)
    browser.wait("window.late === 'come'")
    assert "12件" in answered(browser, 2), "what comes late puts nothing back"
    browser.ask("(window.cut = true, setTimeout(() => { window.cut = false; }, 4000))")
    assert "9件" in ask(browser, "那2023年呢", 3)


# Renewals of a page, one that is late and some that do not come: what a busy machine and a bad line do.
_HINDERED = """(() => {
  const through = window.fetch;
  window.fetch = async (address, asked) => {
    const answer = await through(address, asked);
    if (address !== location.href) return answer;
    if (window.cut) throw new TypeError("Failed to fetch");
    if (window.late === true) {
      window.late = "on its way";
      await new Promise((after) => setTimeout(after, 3000));
      setTimeout(() => { window.late = "come"; }, 500);
    }
    return answer;
  };
  return 1;
})()"""


FIRST, SECOND = "答复期限是20个工作日。", "需要延长的要告知申请人。"


def test_sentences_of_a_model_are_shown_one_by_one(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    def reply(call: Call) -> str:
        held = re.search(r'编号="(\w+)">[^<]*20个工作日', call.text)
        sources = [held[1]] if held else []
        written = [{"text": text, "sources": sources} for text in (FIRST, SECOND)]
        return json.dumps({"answerable": True, "sentences": written}, ensure_ascii=False)

    seen = threading.Event()
    with serving(reply, released=seen) as url, served(
        tmp_path_factory.mktemp("model"), ASSISTANT_EMBEDDINGS="none", ASSISTANT_LLM="openai:scripted",
        OPENAI_BASE_URL=url, OPENAI_API_KEY="k",
    ) as server:  # fmt: skip
        browser.open(server.entrance)
        browser.open(f"{server.address}/ask")
        browser.press("#question", "答复申请的期限是多久")
        browser.press("#question", ENTER)
        assert browser.wait("document.querySelector('#said')?.textContent") == FIRST, "before the second is written"
        seen.set()
        assert answered(browser, 1) == FIRST + SECOND


def test_what_was_not_understood_is_asked_again_by_a_button(browser: Browser, server: Server) -> None:
    browser.open(f"{server.address}/ask")
    ask(browser, "甲区2024年网友申请多少件", 1)
    assert "网友" in browser.ask("document.querySelector('.notice').textContent")
    browser.click(".turn [data-ask]")
    assert "12件" in browser.wait(
        "!document.querySelector('.pending') && document.querySelectorAll('.answer')[1]?.textContent"
    )


def test_the_library_is_added_to_and_removed_from_on_its_page(
    browser: Browser, server: Server, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("files") / "甲区2020.txt"
    path.write_text(report(2020, 3), encoding="utf-8")
    browser.open(f"{server.address}/library")
    browser.press("#files", str(path))
    row = "[...document.querySelectorAll('#held tr')].find(row => row.textContent.includes('甲区2020.txt'))"
    assert browser.wait(f"{row} && document.querySelector('.outcomes')?.textContent")
    browser.ask(f"{row}.querySelector('[data-remove]').click()")
    browser.wait("document.querySelector('#sure').open")
    browser.click("#sure button.primary")
    assert browser.wait(f"{row} === undefined")
    browser.click("#verify")
    assert browser.wait("document.querySelector('#verified .good') !== null")
