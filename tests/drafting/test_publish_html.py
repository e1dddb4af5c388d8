"""The page for the office's site: what a browser, a screen reader and our own reader make of it."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from browser import Browser, chromium
from lxml import html as lxml_html

from assistant.drafting import draft, html_page
from assistant.form.drawing import drawing
from assistant.readers import read

HOSTILE = (
    "<script>document.title = 'taken'</script>已在网站公布。",
    '<img src="https://example.com/x.png" onerror="alert(1)">图片已更新。',
    "制度&amp;流程图一并公布，“甲<乙>丙”不变。",
    "</main><h2>七、附加</h2>情况通报。",
)


@pytest.fixture
def page(qingyuan, qingyuan_2024):
    return html_page(draft(qingyuan, previous=qingyuan_2024))


def heads_of(table) -> list[list[str]]:
    """For each figure, in reading order, the texts of the cells that it names as its headers."""
    by_id = {head.get("id"): head.text for head in table.iter("th")}
    return [[by_id[name] for name in figure.get("headers").split()] for figure in table.iter("td")]


def test_every_figure_has_its_headers(page):
    tree = lxml_html.fromstring(page)
    tables = list(tree.iter("table"))
    assert [table.find("caption").text_content()[:2] for table in tables] == ["二、", "三、", "四、"]
    ids = [element.get("id") for element in tree.iter("th")]
    assert len(ids) == len(set(ids))
    for table, name in zip(tables, ("disclosure", "requests", "review"), strict=True):
        assert all(head.get("scope") in ("row", "col") for head in table.iter("th"))
        assert len(heads_of(table)) == len([cell for cell in drawing(name).cells if cell.metric])
    disclosure, requests, review = (heads_of(table) for table in tables)
    assert disclosure[0] == ["第二十条第（一）项", "本年制发件数", "规章"]
    assert disclosure[6] == ["第二十条第（五）项", "本年处理决定数量", "行政许可"], "and not those of the rows above"
    secret = ["自然人", "申请人情况", "三、本年度办理结果", "（三）不予公开", "1.属于国家秘密"]
    assert [*map(sorted, requests)].count(sorted(secret)) == 1
    assert review[9] == ["行政诉讼", "未经复议直接起诉", "总计"]


def test_nothing_is_loaded_and_nothing_runs(page):
    tree = lxml_html.fromstring(page)
    assert tree.get("lang") == "zh-CN"
    tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    assert not [name for element in tree.iter() for name in element.attrib if name in ("src", "href", "style")]
    assert not re.search(r"@import|url\(", page)


def test_what_an_office_types_stays_text(tmp_path, office):
    finished = draft(office(points={"其他事项": HOSTILE}))
    path = tmp_path / "报告.html"
    path.write_text(html_page(finished), encoding="utf-8")
    report = read(path)
    assert len(report.sections) == 6
    assert [p.text for p in report.sections[-1].paragraphs[-len(HOSTILE) :]] == list(HOSTILE)
    assert not list(lxml_html.parse(str(path)).getroot().iter("script", "img"))


def test_a_forced_draft_says_so(office):
    finished = draft(office({"requests.received.total": Decimal(5)}), force=True)
    note = next(lxml_html.fromstring(html_page(finished)).iter("aside"))
    assert [line.text for line in note] == list(finished.warnings)
    assert note.getnext().tag == "h1"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with chromium(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


def test_a_browser_shows_it_as_meant(tmp_path, browser: Browser, office):
    unit = "某某自治州某某哈萨克族蒙古族自治县人力资源和社会保障局"
    path = tmp_path / "报告.html"
    finished = draft(office(unit=unit, level="部门", points={"其他事项": HOSTILE}))
    path.write_text(html_page(finished), encoding="utf-8")
    browser.open(path)
    assert browser.log() == [], "the policy lets the page's own style through"
    assert browser.ask("document.title") == finished.title
    assert browser.ask("getComputedStyle(document.querySelector('td')).borderTopStyle") == "solid"
    lines = browser.ask(
        "[...document.querySelectorAll('h1 span')].map(e => [e.textContent, e.getClientRects().length])"
    )
    assert lines == [[unit, 1], ["2025年政府信息公开工作年度报告", 1]]
    tops = browser.ask("[...document.querySelectorAll('h1 span')].map(e => e.getBoundingClientRect().top)")
    assert tops[0] < tops[1], "a title too long for one line breaks after the unit"
    assert browser.ask("document.documentElement.scrollWidth <= innerWidth")
