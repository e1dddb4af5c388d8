"""The web page of a report: everything at its place, everything escaped, nothing loaded from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from dossiers import dossier, report
from lxml import html

from assistant.check import Checked, Decision, check
from assistant.errors import UnreadableReport
from assistant.figures.dossier import Dossier
from assistant.render.html import report_page
from assistant.render.overview import overview_page
from assistant.render.summary_rows import SummaryRow, frequencies, summary_row
from assistant.report import Report

FAULTY: dict[str, Any] = {
    "figures": {"requests.received.total": 25, "review.total": None},
    "titles": {"requests": "收到申请情况"},
    "add": {"problems": "全年办结申请22件，培训次数待补充。"},
}


def page_of(made: Report) -> html.HtmlElement:
    return html.document_fromstring(report_page(made, check(Dossier(made))))


def text(element: html.HtmlElement) -> str:
    return "".join(element.text_content().split())


def without_numbers(page: html.HtmlElement) -> html.HtmlElement:
    """The page without the numbers of findings, which are no words of the report."""
    for link in page.xpath('//main//*[contains(@class, "ref")]'):
        link.text = ""
    return page


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_every_word_and_figure_of_the_report_is_there(edition: str) -> None:
    made = report(edition=edition, figures={"requests.received.business": "3（含1件补正）"})
    page = without_numbers(page_of(made))
    shown = text(page.xpath("//main")[0])
    for section in made.sections:
        assert "".join(section.title.split()) in shown and "".join(section.text.split()) in shown
    assert len(page.xpath("//main//table")) == 3
    figures = [text(cell) for cell in page.xpath("//main//table//td")]
    assert len(figures) == len(made.cells) and sorted(figures) == sorted(cell.raw for cell in made.cells.values())


def test_the_single_row_of_a_mixed_table_is_drawn() -> None:
    made = report(single=True)
    figures = [text(cell) for cell in page_of(made).xpath("//main//table")[1].xpath(".//td")]
    assert len(figures) == sum(metric.startswith("requests.") for metric in made.cells)


def test_cells_that_the_drawing_has_no_place_for_are_listed() -> None:
    made = report()
    cells = {**made.cells, "disclosure.rules.produced": made.cells["disclosure.licensing.decisions"]}
    assert "本年新制作数量：5120" in text(page_of(made.model_copy(update={"cells": MappingProxyType(cells)})))


def test_findings_stand_at_their_places_and_in_the_list() -> None:
    made = report(**FAULTY)
    verdict = check(Dossier(made))
    page = page_of(made)
    assert len(page.xpath('//ol[@class="findings"]//li[@data-severity]')) == len(verdict.findings)
    for number in range(1, len(verdict.findings) + 1):
        (place,) = page.xpath(f'//main//*[@id="p{number}"]')  # every finding can be jumped to
        (entry,) = page.xpath(f'//li[@id="f{number}"]')
        assert place.get("href") == f"#f{number}" and entry.xpath(f'a[@href="#p{number}"]')
    words = {mark.text for mark in page.xpath("//main//p//mark")}
    assert {"22件", "待补充"} <= words
    assert "25" in {text(mark) for mark in page.xpath("//main//td//mark")}
    assert page.xpath('//main//h3[contains(., "收到申请情况")]/a')


def test_words_that_two_findings_share() -> None:
    made = report(add={"problems": "本单位全年办结申请22件，又办结申请21件，待补充。"})
    page = without_numbers(page_of(made))
    (found,) = [p for p in page.xpath("//main//p") if "又办结" in p.text_content()]
    assert text(found) == made.section("problems").paragraphs[-1].text  # type: ignore[union-attr]
    assert len(found.xpath(".//mark")) >= 3


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style><b>", "{{ 7*7 }}", "&lt;", "javascript:x", "\u202e\u200b"],
)  # fmt: skip
def test_words_of_a_report_never_become_markup(hostile: str) -> None:
    made = report(
        title=f"云川县{hostile}2024年政府信息公开工作年度报告", unit=f"云川县{hostile}", file=f"{hostile}.txt",
        titles={"other": f"其他{hostile}"}, text={"requests": f"{hostile}受理申请99件{hostile}。"},
        figures={"requests.received.total": f"{hostile}25"},
    )  # fmt: skip
    verdict = check(Dossier(made))
    verdict = verdict.model_copy(
        update={"decisions": {verdict.findings[0].fingerprint: Decision(decision="confirmed", reason=hostile, by=hostile)}}
    )  # fmt: skip
    source = report_page(made, verdict)
    page = html.document_fromstring(source)
    assert len(page.xpath("//script")) == 1 and len(page.xpath("//style")) == 1
    assert not page.xpath("//img | //b | //*[@style]") and not page.xpath("//@*[starts-with(name(), 'on')]")
    assert {link[0] for link in page.xpath("//a/@href")} == {"#"}
    assert not set("\u202e\u200b") & set(source) and "49" not in text(page.xpath("//main/h2")[0])


def test_nothing_is_loaded_and_only_our_own_script_runs() -> None:
    source = report_page(report(**FAULTY), check(dossier(FAULTY)))
    page = html.document_fromstring(source)
    assert (
        not page.xpath("//@src | //link | //iframe | //object | //base")
        and "url(" not in source
        and "@import" not in source
    )
    (policy,) = page.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    assert policy.startswith("default-src 'none';") and "unsafe" not in policy and "http" not in policy
    for tag in ("style", "script"):
        inside = re.search(f"<{tag}>(.*?)</{tag}>", source, re.S)
        assert inside
        digest = base64.b64encode(hashlib.sha256(inside[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_a_dismissed_finding_is_shown_as_dismissed() -> None:
    made = report(**FAULTY)
    verdict = check(Dossier(made))
    decision = Decision(decision="dismissed", reason="另有说明", by="王芳")
    page = html.document_fromstring(
        report_page(made, verdict.model_copy(update={"decisions": {verdict.findings[0].fingerprint: decision}}))
    )
    (entry,) = page.xpath('//li[@id="f1"]')
    assert "dismissed" in entry.get("class") and "已排除（另有说明，王芳）" in text(entry)
    assert "已排除1" in text(page.xpath("//header")[0])


def test_the_index_tells_of_every_file() -> None:
    made = report(**FAULTY)
    good = Checked(Path("甲 乙#1.txt"), made, check(Dossier(made)))
    bad = Checked(Path("坏<b>.txt"), error=UnreadableReport("读不了"))
    rows = [summary_row(good, Path("结果/甲 乙#1_检查.html")), summary_row(bad)]
    page = html.document_fromstring(overview_page(rows, Path("结果/index.html")))
    (link,) = page.xpath("//table[contains(@class, 'files')]//a")
    assert link.get("href") == "%E7%94%B2%20%E4%B9%99%231_%E6%A3%80%E6%9F%A5.html"
    assert "坏<b>.txt" in text(page) and "读不了" in text(page)


def test_a_check_is_summed_up_as_gravely_as_it_found_anything() -> None:
    """T301 can find errors; what it found here were warnings and less."""
    counts = {"error": 0, "warning": 1, "info": 0}
    rows = [
        SummaryRow("", "", "", 2024, counts, {"T301": 1}, {"T301": severity}, "", False)
        for severity in ("info", "warning")
    ]
    assert [(one.code, one.severity, one.reports) for one in frequencies(rows)] == [("T301", "warning", 2)]


def test_what_is_behind_several_findings_is_told_above_them() -> None:
    made = report(figures={"requests.granted.natural_person": 10})
    verdict = check(Dossier(made))
    page = page_of(made)
    (cause,) = page.xpath('//li[contains(@class, "cause")]')
    assert "把表三三（一）·自然人10改为9，两处都消" in text(cause)
    assert len(cause.xpath(".//li[@data-severity]")) == 2 == len(verdict.causes[0].findings)
    # The cell to be changed is marked, though the sums that do not agree stand elsewhere.
    assert "10" in {text(mark) for mark in without_numbers(page).xpath("//main//td//mark")}


def test_numbers_that_nothing_could_check_have_a_list_to_tick() -> None:
    made = report(add={"overview": "网站发布信息1950条，回复<留言>389条。"})
    verdict, page = check(Dossier(made)), page_of(made)
    ticks = page.xpath('//section[@id="unchecked"]//li')
    assert len(ticks) == len(verdict.unchecked) >= 2
    for number in range(1, len(ticks) + 1):
        (place,) = page.xpath(f'//main//a[@id="q{number}"]')
        (entry,) = page.xpath(f'//section[@id="unchecked"]//li[@id="u{number}"]')
        assert place.get("href") == f"#u{number}" and entry.xpath(".//input[@type='checkbox']")
        assert place.text == entry.xpath(".//strong")[0].text
