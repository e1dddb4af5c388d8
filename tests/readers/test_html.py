"""Web pages: three common styles, figures with blanks and notes, encodings, furniture, hostile pages."""

from __future__ import annotations

import codecs
import socket
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from html import escape
from itertools import groupby
from pathlib import Path

import pytest
from dossiers import report
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assistant.errors import UnreadableReport
from assistant.form import EDITION_2021, EDITIONS, GROUPS
from assistant.readers.assemble import assemble
from assistant.readers.blocks import Document, Grid, TextBlock
from assistant.readers.form_tables.labels import is_figure
from assistant.readers.web.html import parse_html, read_html
from assistant.report import Report, TableRead
from assistant.settings import settings

Span = tuple[str, int, int]
"""Text of a cell, and how many rows and columns it spans."""


def _rows(made: Report, table: TableRead) -> Iterator[list[Span]]:
    """The rows of one of the form's tables as a page draws them."""
    form = EDITIONS[made.edition].table(table.id)
    columns = form.blocks[0].columns
    if table.id == "disclosure":
        for block in form.blocks:
            wide = 4 - len(block.columns)
            yield [(block.heading, 1, 4)]
            yield [("信息内容", 1, 1), *_last_wide([column.label for column in block.columns], wide)]
            for row in block.rows:
                raws = [made.cells[f"disclosure.{row.id}.{column.id}"].raw for column in block.columns]
                yield [(row.label, 1, 1), *_last_wide(raws, wide)]
    elif table.id == "requests":
        yield [("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3), ("申请人情况", 1, 7)]
        yield [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)]
        yield [(column.label, 1, 1) for column in columns[1:6]]
        yield from _request_rows(made, table)
    else:
        cases = [(column.label, 1, 1) for column in columns]
        yield [("行政复议", 1, 5), ("行政诉讼", 1, 10)]
        yield [*((text, 2, 1) for text, _, _ in cases), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)]
        yield [*cases, *cases]
        yield [(made.cells[metric.id].raw, 1, 1) for metric in EDITION_2021.metrics_of("review")]


def _last_wide(texts: list[str], wide: int) -> list[Span]:
    return [*((text, 1, 1) for text in texts[:-1]), (texts[-1], 1, wide)]


def _request_rows(made: Report, table: TableRead) -> Iterator[list[Span]]:
    outcomes = [row for row in table.rows if row not in ("received", "carried_in", "carried_out")]
    opened: set[str] = set()
    for row, label in table.rows.items():
        labels: list[Span] = [("三、本年度办理结果", len(outcomes), 1)] if row == outcomes[0] else []
        group = next((group for group in GROUPS if row.startswith(f"{group.id}.")), None)
        if group and group.id not in opened:
            opened.add(group.id)
            labels.append((group.label, sum(other.startswith(f"{group.id}.") for other in table.rows), 1))
        labels.append((label, 1, 1 if group else 2 if row in outcomes else 3))
        figures = [
            made.cells[f"requests.{row}.{column.id}"].raw for column in EDITION_2021.table("requests").blocks[0].columns
        ]
        yield [*labels, *((raw, 1, 1) for raw in figures)]


def _table(made: Report, table: TableRead, cell: Callable[[str], str], attributes: str = "") -> str:
    rows = "\n".join(
        "<tr>" + "".join(f"<td{_spans(down, right)}>{cell(text)}</td>" for text, down, right in row) + "</tr>"
        for row in _rows(made, table)
    )
    return f"<table {attributes}>{rows}</table>"


def _cut(rows: list[list[Span]], how: str) -> list[list[list[Span]]]:
    """The rows of a table as the tables that pages make of it."""
    if how == "header and body apart":
        return [list(part) for _, part in groupby(rows, key=_has_figures)]
    if how == "header in sight and again":
        return [rows[: next(place for place, row in enumerate(rows) if _has_figures(row))], rows]
    if how == "drawn twice":
        return [rows, rows]
    place = {"last row apart": -1, "last two rows apart": -2, "cut in the middle": len(rows) // 2}[how]
    return [rows[:place], rows[place:]]


def _has_figures(row: list[Span]) -> bool:
    return any(is_figure(text) for text, _, _ in row)


CUTS = [
    "header and body apart", "header in sight and again", "drawn twice", "last row apart", "last two rows apart",
    "cut in the middle",
]  # fmt: skip


def cut_page(made: Report, how: str) -> bytes:
    """A page whose script keeps the header in sight, or whose tables were pasted from a file of several pages."""

    def tables(found: TableRead) -> str:
        parts = _cut(list(_rows(made, found)), how)
        return "".join(
            f"<div class=part><table>{''.join(map(_drawn, part))}</table></div>" for part in parts
        )  # a cell that spans more rows than its part has is cut off with it

    body = _body(made, lambda text: f"<p>{escape(text)}</p>", lambda text: f"<h2>{escape(text)}</h2>", tables)
    return f"<html><meta charset=utf-8><body><h1>{escape(made.title)}</h1><div>{body}</div></body></html>".encode()


def _drawn(row: list[Span]) -> str:
    return "<tr>" + "".join(f"<td{_spans(down, right)}>{escape(text)}</td>" for text, down, right in row) + "</tr>"


def _spans(down: int, right: int) -> str:
    return (f" rowspan={down}" if down > 1 else "") + (f' colspan="{right}"' if right > 1 else "")


def _body(
    made: Report, paragraph: Callable[[str], str], heading: Callable[[str], str], table: Callable[[TableRead], str]
) -> str:
    parts = [paragraph(part.text) for part in made.preamble]
    for section in made.sections:
        parts.append(heading(f"{section.number}、{section.title}"))
        parts += [paragraph(part.text) for part in section.paragraphs]
        parts += [table(found) for found in made.tables if found.section == section.id]
    return "\n".join([*parts, *(paragraph(part.text) for part in made.closing)])


def cms_page(made: Report) -> bytes:
    """An old content system: everything in layout tables, tags in capitals, never closed, GB2312 declared and meant."""
    body = _body(
        made,
        lambda text: f"&nbsp;&nbsp;&emsp;{escape(text)}<BR>",
        lambda text: f"<P align=left><STRONG>{escape(text)}</STRONG></P>",
        lambda found: (
            "<DIV align=center>"
            + _table(made, found, lambda text: f"<P align=center>{escape(text) or '&nbsp;'}", "BORDER=1")
            + "</DIV>"
        ),
    )
    page = f"""<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=gb2312"><TITLE>年报_某门户</TITLE>
<SCRIPT>var a="<p>一、总体情况</p>";</SCRIPT><STYLE>td{{color:red}}</STYLE></HEAD><BODY>
<TABLE width=1000><TR><TD colspan=2><TABLE><TR><TD><A href="/">首页</A></TD><TD><A href="/a">政务公开</A></TD></TR></TABLE></TD></TR>
<TR><TD width=200><TABLE><TR><TD><A href="/b">总体情况</A><TR><TD><A href="/c">法定主动公开内容</A></TABLE></TD><TD>
<TABLE><TR><TD>当前位置：<A href="/">首页</A> &gt; <A href="/n">年报</A></TD></TR>
<TR><TD><TABLE border=1><TR><TD>索 引 号</TD><TD>0141/2025-1</TD><TD>发布日期</TD><TD>2025-03-07</TD></TR>
<TR><TD>发布机构</TD><TD>县政府办</TD><TD>文号</TD><TD></TD></TR></TABLE></TD></TR>
<TR><TD class=title align=center>{escape(made.title)}</TD></TR>
<TR><TD>来源：县政府办　浏览次数：12　字号：[ <A href=#>大</A> 中 小 ]</TD></TR>
<TR><TD>{body}</TD></TR><TR><TD>【<A href="javascript:window.print()">打印</A>】【关闭】</TD></TR>
<TR><TD>上一篇：<A href="/1">云川县2023年政府信息公开工作年度报告</A></TD></TR></TABLE></TD></TR>
<TR><TD colspan=2>主办：云川县人民政府办公室<BR>某ICP备00000000号</TD></TR></TABLE></BODY></HTML>"""
    return page.encode("gb18030")


def semantic_page(made: Report) -> bytes:
    """A clean page of today: article, sections, thead and tbody; furniture in elements of its own."""

    def row(cells: list[Span], tag: str) -> str:
        return (
            "<tr>"
            + "".join(f"<{tag}{_spans(down, right)}>{escape(text)}</{tag}>" for text, down, right in cells)
            + "</tr>"
        )

    def table(found: TableRead) -> str:
        first, *others = _rows(made, found)
        return f"<table><thead>{row(first, 'th')}</thead><tbody>{''.join(row(each, 'td') for each in others)}</tbody></table>"

    body = _body(
        made, lambda text: f"<p>{escape(text)}</p>", lambda text: f"<h2><a href='#x'>{escape(text)}</a></h2>", table
    )
    contents = "".join(f"<li><a href='#x'>{escape(f'{part.number}、{part.title}')}</a></li>" for part in made.sections)
    return f"""<!DOCTYPE html><html lang=zh><head><meta charset="utf-8"><meta name="PubDate" content="2025-03-07 09:30">
<meta name="ArticleTitle" content="{escape(made.title)}"><title>{escape(made.title)}_云川县</title></head><body>
<header><h1>云川县人民政府</h1></header><nav><a href="/">首页</a> &gt; <a href="/n">年报</a></nav>
<main><article><header><h1>{escape(made.title)}</h1><p>发布时间：2025-03-08　来源：县政府办</p></header>
<ul>{contents}</ul><div style="display: none">一、总体情况</div><p hidden>草稿</p><div class="content">{body}</div>
<div>分享到：<a href="/w">微信</a> <a href="/q">微博</a></div></article>
<div><h3>相关链接</h3><ul><li><a href="/z">2023年政府信息公开工作年度报告</a></li></ul></div></main>
<footer><p>版权所有：云川县人民政府。未经许可，不得转载本网站的任何内容，违者必究。</p></footer></body></html>""".encode()


def word_page(made: Report) -> bytes:
    """What Word saves as a web page: spans inside words, conditional comments, hard line breaks in the source, GB2312."""

    def runs(text: str) -> str:
        spans = []
        for start in range(0, len(text), 7):
            part, following = text[start : start + 7], text[start + 7 : start + 8]
            spans.append(f"<span lang=ZH-CN\nstyle='font-size:12.0pt;mso-bidi-font-size:11.0pt'>{escape(part)}</span>")
            spans.append(
                "" if part[-1].isascii() and following.isascii() else "\n"
            )  # the source is broken between Chinese
        return "".join(spans)

    def paragraph(text: str) -> str:
        return f"<p class=MsoNormal style='text-indent:24.0pt'>{runs(text)}<span lang=EN-US><o:p></o:p></span></p>"

    def cell(text: str) -> str:
        return f"<p class=MsoNormal align=center>{escape(text) or '<o:p>&nbsp;</o:p>'}</p>"

    def heading(text: str) -> str:
        return f"<h1><a name='_Toc1'></a><![if !supportLists]><span>{escape(text[:2])}</span><![endif]>{runs(text[2:])}</h1>"

    body = _body(made, paragraph, heading, lambda found: _table(made, found, cell, "class=MsoNormalTable"))
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:Pages>3</o:Pages></xml><![endif]--><style><!-- p.MsoNormal {{mso-style-parent:"";}} --></style></head>
<body lang=ZH-CN><div class=WordSection1>{paragraph(made.title)}{body}
<p class=MsoNormal style='mso-hide:all'>隐藏文字</p></div></body></html>""".encode("gb18030")


PAGES = {"cms": cms_page, "semantic": semantic_page, "word": word_page}
SPECS = {"2021": {}, "2021 with a single row": {"single": True}, "2019": {"edition": "2019", "year": 2019}}


def read(page: bytes) -> Report:
    return assemble(parse_html(page, "页面"), "年报.html")


def raws(made: Report) -> dict[str, tuple[str, Decimal | None, str]]:
    return {metric: (cell.raw, cell.value, cell.note) for metric, cell in made.cells.items()}


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, TextBlock)]


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_every_cell_and_every_paragraph_is_read_and_nothing_else(
    page: Callable[[Report], bytes], spec: dict[str, object]
) -> None:
    made = report(**spec)  # type: ignore[arg-type]
    found = read(page(made))
    assert raws(found) == raws(made)
    assert (found.title, found.unit, found.year, found.edition) == (made.title, made.unit, made.year, made.edition)
    assert [part.text for part in found.preamble] == [part.text for part in made.preamble]
    assert [(each.id, each.number, each.title, each.text) for each in found.sections] == [
        (each.id, each.number, each.title, each.text) for each in made.sections
    ]
    assert [part.text for part in found.closing] == [part.text for part in made.closing]
    assert [(each.id, each.section) for each in found.tables] == [(each.id, each.section) for each in made.tables]
    assert found.warnings == ()


@pytest.mark.parametrize("how", CUTS)
@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_a_table_that_the_page_draws_as_several(spec: dict[str, object], how: str) -> None:
    blanks = ["requests.concluded.total", "requests.carried_out.natural_person", "review.total", "review.upheld"]
    blanks += ["disclosure.licensing.decisions", "requests.concluded.natural_person"]
    made = report(**spec, figures=dict.fromkeys(blanks))  # type: ignore[arg-type]
    found = read(cut_page(made, how))
    assert raws(found) == raws(made)
    assert (found.edition, found.warnings) == (made.edition, ())
    assert [(each.id, each.section) for each in found.tables] == [(each.id, each.section) for each in made.tables]
    assert [each.text for each in found.sections] == [each.text for each in made.sections]


def test_a_table_drawn_twice_with_other_figures_keeps_the_first_and_says_so() -> None:
    page = SEMANTIC.replace("</table>", "</table>" + _second_table(), 1)
    found = read(page.encode())
    assert raws(found) == raws(report())
    assert ["行政许可" in warning.message and "不止一次" in warning.message for warning in found.warnings] == [True]


def _second_table() -> str:
    return "<table><tr><td>行政许可</td><td>77</td></tr><tr><td>行政处罚</td><td>340</td></tr></table>"


number = st.integers(0, 10**7)
figure = st.one_of(
    number.map(str),
    number.map(lambda value: f"{value:,}"),
    st.sampled_from(["", "/", "—", "无"]),
    number.map(lambda value: f"{value}（其中修订{value // 2}件）"),
)


@hypothesis_settings(max_examples=60, deadline=None)
@example({"review.upheld": "", "requests.received.total": "22（其中修订16件）"}, "word")
@given(st.dictionaries(st.sampled_from(list(EDITION_2021.metrics)), figure, max_size=200), st.sampled_from(list(PAGES)))
def test_any_figures_blanks_and_notes_are_read_back(figures: dict[str, str], style: str) -> None:
    figures = {"review.total": "7", **figures}
    made = report(figures=figures)
    if all(made.value(metric.id) is None for metric in EDITION_2021.metrics_of("review")):
        return
    assert raws(read(PAGES[style](made))) == raws(made)


SEMANTIC = semantic_page(report()).decode()
OLD_CMS = cms_page(report()).decode("gb18030")
ENCODED: dict[str, bytes] = {
    "UTF-8 with BOM": codecs.BOM_UTF8 + SEMANTIC.encode(),
    "UTF-16": SEMANTIC.encode("utf-16"),
    "declared gb2312, is UTF-8": OLD_CMS.encode(),
    "declared UTF-8, is GB18030": SEMANTIC.encode("gb18030"),
    "declares nothing, is GB18030": SEMANTIC.replace('<meta charset="utf-8">', "").encode("gb18030"),
    "declares nothing, is UTF-8": SEMANTIC.replace('<meta charset="utf-8">', "").encode(),
    "declares Big5 and is it not": SEMANTIC.replace("utf-8", "big5").encode("gb18030"),
    "declares what nobody knows": SEMANTIC.replace("utf-8", "x-none").encode("gb18030"),
    "UTF-8 with a footer in GB18030": SEMANTIC.replace("<footer>", "\0").encode().replace(b"\0", "<footer>页脚由别处嵌入".encode("gb18030")),
    "UTF-8 with a broken byte": SEMANTIC.replace("分享到", "分享\0到").encode().replace(b"\0", b"\xb5\xc4\xb5"),
    "GB18030 with a broken byte": SEMANTIC.replace("分享到", "分享\0到").encode("gb18030").replace(b"\0", b"\xff"),
    "numeric references": SEMANTIC.encode("ascii", "xmlcharrefreplace"),
    "declared Latin-1, is GB18030": SEMANTIC.replace("utf-8", "iso-8859-1").encode("gb18030"),
    "declared UTF-16, is GB18030": SEMANTIC.replace("utf-8", "utf-16").encode("gb18030"),
    "declared UTF-8 in the header of the file, GB18030 in the meta": SEMANTIC.replace("utf-8", "gb18030").encode(),
    "an XML declaration": b'<?xml version="1.0" encoding="gb2312"?>' + SEMANTIC.encode("gb18030"),
    "CRLF": SEMANTIC.replace("\n", "\r\n").encode("gb18030"),
}  # fmt: skip


@pytest.mark.parametrize("page", ENCODED.values(), ids=ENCODED)
def test_encodings_declared_wrongly_declared_and_not_declared(page: bytes) -> None:
    found = read(page)
    assert raws(found) == raws(report())
    assert found.title == report().title and [part.text for part in found.closing] == ["云川县人民政府", "2025年3月5日"]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (cms_page(report()), date(2025, 3, 7)),
        (semantic_page(report()), date(2025, 3, 7)),
        (SEMANTIC.replace("PubDate", "other").encode(), date(2025, 3, 8)),
        (SEMANTIC.replace("PubDate", "PublishDate").encode(), date(2025, 3, 7)),
        (word_page(report()), None),
        ("<p>一、总体情况</p><p>公开日期：2025年1月31日</p>".encode(), date(2025, 1, 31)),
        ("<p>【时间：2025/2/3 10:00】</p><p>一、总体情况</p>".encode(), date(2025, 2, 3)),
        ("<p>发布日期：待定</p><p>统计期限自2024年1月1日起</p>".encode(), None),
    ],
)
def test_the_day_of_publication_is_what_the_page_tells(page: bytes, told: date | None) -> None:
    assert parse_html(page, "").published == told


def grid(table: str) -> list[list[str]]:
    (found,) = (block for block in parse_html(table.encode(), "").blocks if isinstance(block, Grid))
    return [[cell.text for cell in row] for row in found.rows]


@pytest.mark.parametrize(
    ("table", "drawn"),
    [
        ("<tr><td rowspan=2>a<td>b<tr><td>c", [["a", "b"], ["", "c"]]),
        ("<tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e", [["a", "", "b"], ["c", "d", "e"]]),
        ("<tr><td rowspan=2 colspan=2>a<td>b<tr><td>c<tr><td>d<td>e<td>f", [["a", "", "b"], ["", "", "c"], ["d", "e", "f"]]),
        # 0 reaches down to the last row; what is no number is one; columns that nobody begins in are not drawn
        ("<tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d", [["a", "b"], ["", "c"], ["", "d"]]),
        ("<tr><td rowspan=x colspan='-3'>a<td>b<tr><td>c<td>d", [["a", "b"], ["c", "d"]]),
        ("<tr><td colspan=3>a<td>b<tr><td colspan=3>c<td>d", [["a", "b"], ["c", "d"]]),
        ("<tr><td rowspan=1000000000>a<td>b<tr><td>c", [["a", "b"], ["", "c"]]),
        ("<tr><td colspan=1000000000>a<td>b<tr><td>c<td>d", [["a", "b"], ["c", "d"]]),
        ("<tr><td rowspan=99999999999999999999>a<td>b<tr><td>c<td>d", [["a", "b"], ["c", "d"]]),
        # a short row leaves all rows with the cells that they draw; a hidden row and cell are not there, text outside of cells is not in it
        ("<tr><td>a<td>b<tr><td>c", [["a", "b"], ["c"]]),
        ("<tr><td rowspan=3>a<td colspan=2>b<td>1<tr><td>c<td>d<td>2<tr><td colspan=2>e<td>3<tr><td colspan=2>f<td>4", [["a", "b", "1"], ["c", "d", "2"], ["e", "3"], ["f", "4"]]),
        ("<tr><td>a<td>b<tr style='display:none'><td>x<td>x<tr><td>c<td hidden>x<td>d", [["a", "b"], ["c", "d"]]),
        # breaks inside a cell: words are one, figures stay two
        ("<tr><td>本年度<br>办理结果<td>1<br>2<tr><td><p>总<p>计<td>22<br>（其中修订16件）", [["本年度办理结果", "1 2"], ["总计", "22（其中修订16件）"]]),
        ("<tr><td>&nbsp;&emsp;\u3000a<td>&nbsp;<tr><td>\u200bb<td>\n c\n d", [["a", ""], ["b", "c d"]]),
        # a small table in a cell of a larger one is that cell's text
        ("<tr><td>a<td><table><tr><td>1<td>2<tr><td>3<td>4</table><td>b<tr><td>c<td>d<td>e<tr><td>f<td>g<td>h", [["a", "1 2 3 4", "b"], ["c", "d", "e"], ["f", "g", "h"]]),
    ],
)  # fmt: skip
def test_spans_and_cells(table: str, drawn: list[list[str]]) -> None:
    assert grid(f"<table>{table}</table>") == drawn


def test_cells_know_where_they_stand() -> None:
    document = parse_html(cms_page(report()), "")
    tables = [block for block in document.blocks if isinstance(block, Grid)]
    assert [table.source.table for table in tables] == [1, 2, 3]
    assert str(tables[1].rows[3][4].source) == "第2张表表内第4行第5格"
    assert str(document.blocks[0].source) == "正文第1段"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("a<p>b<div>c<span>d</span>e</div>f<br>g", ["a", "b", "cde", "f", "g"]),
        ("<p>本年新收\n    申请24件，Word\n文档\n3 份</p>", ["本年新收申请24件，Word文档3 份"]),
        ("<p>一<!-- 注释 -->二<script>三</script>四<style>五</style><template>六</template></p>", ["一二四"]),
        ("<p>一<span style='DISPLAY : NONE'>二<b>三</b></span>四</p>", ["一四"]),
        ("<span style='display:block'>甲文</span><span style='display:block'>乙文</span>", ["甲文", "乙文"]),
        ("<h1>云川县<br>2024年公告</h1>甲文", ["云川县2024年公告", "甲文"]),
        ("<table><tr><td><p>甲文</p><p>乙文</p></td></tr></table>丙文", ["甲文", "乙文", "丙文"]),
    ],
)
def test_paragraphs(page: str, expected: list[str]) -> None:
    assert texts(parse_html(page.encode(), "")) == expected


def test_levels_of_headings_are_kept() -> None:
    blocks = parse_html("<h2>一、总体情况</h2><p>甲</p><h3>（一）主动公开</h3>".encode(), "").blocks
    assert [block.level for block in blocks if isinstance(block, TextBlock)] == [2, 0, 3]


def test_a_preamble_outside_of_the_element_with_the_sections_is_kept() -> None:
    sections, closing = SEMANTIC.index('<div class="content">'), SEMANTIC.index("<p>云川县人民政府</p>")
    preamble = f"<p>{escape(report().preamble[0].text)}</p>"
    moved = (
        SEMANTIC[:sections]
        + preamble
        + SEMANTIC[sections:closing].replace(preamble, "")
        + "</div>"
        + SEMANTIC[closing:]
    )
    found = read(moved.encode())
    assert [part.text for part in found.preamble] == [report().preamble[0].text]
    assert [part.text for part in found.closing] == ["云川县人民政府", "2025年3月5日"]


CATALOGUE = "<table><tr><td>索引号<td>0141<td>发布日期<td>2025-03-01<tr><td>文号<td><td>发布机构<td>政府办</table>"
CONTENTS = "".join(f"<p><a href='#{part.id}'>{part.number}、{part.title}</a></p>" for part in report().sections)
BESIDE: dict[str, tuple[str, str]] = {
    "a catalogue record": (CATALOGUE, ""),
    "a table of contents": (CONTENTS, ""),
    "links before": ("<ul><li><a href='/x'>总体情况</a><li><a href='/y'>机构职能</a></ul>", ""),
    "source and date": ("<p>2025-03-08 10:21</p><p>信息来源：政府办</p><p>索 引 号：0141</p><p>浏览次数：3</p>", ""),
    "breadcrumbs": ("<div>您所在的位置：<a href='/'>首页</a> &gt; 政务公开</div><div>首页 &gt; 年报</div>", ""),
    "buttons": ("<div>【字号：<a href='#'>大</a> 中 小】</div><div>A+ A-</div>", "<p>[打印本页]　[关闭窗口]</p>"),
    "a link left open": ("<div><a href='/x'>", ""),
    "links behind": ("", "<p>相关链接：</p><p>县教育局公告</p><p>县民政局公告</p>"),
    "what stands at the foot": (
        "",
        "<p>责任编辑：张三</p><p>扫一扫在手机打开</p><p>某公网安备0000号</p><p>地址：某路1号</p>",
    ),
}


@pytest.mark.parametrize(("before", "behind"), BESIDE.values(), ids=BESIDE)
def test_furniture_in_the_same_element_as_the_report(before: str, behind: str) -> None:
    end = SEMANTIC.index("</div>", SEMANTIC.index("2025年3月5日"))
    page = (SEMANTIC[:end] + behind + SEMANTIC[end:]).replace('<div class="content">', f'<div class="content">{before}')
    found = read(page.encode())
    assert raws(found) == raws(report()) and found.title == report().title
    assert [part.text for part in found.preamble] == [part.text for part in report().preamble]
    assert [(part.id, part.text) for part in found.sections] == [(part.id, part.text) for part in report().sections]
    assert [part.text for part in found.closing] == [part.text for part in report().closing]


def test_a_report_that_the_page_holds_twice_is_read_once() -> None:
    start, end = SEMANTIC.index('<div class="content">'), SEMANTIC.index("<div>分享到")
    found = read((SEMANTIC[:end] + SEMANTIC[start:end] + SEMANTIC[end:]).encode())
    assert raws(found) == raws(report()) and found.warnings == ()
    assert len(found.sections) == 6


def test_a_flat_page_of_breaks_and_bare_text() -> None:
    made = report()
    lines = [made.title, "来源：县政府办", *(part.text for part in made.preamble)]
    for section in made.sections:
        lines += [f"{section.number}、{section.title}", *section.text.split("\n")]
    lines += [*(part.text for part in made.closing), "打印 关闭", "版权所有：云川县人民政府", "某ICP备00000000号"]
    found = read(("今天是星期六<br>无障碍　关怀版<br>" + "<br>".join(map(escape, lines))).encode())
    assert [(section.id, section.text) for section in found.sections] == [(s.id, s.text) for s in made.sections]
    assert found.title == made.title and [part.text for part in found.preamble] == [p.text for p in made.preamble]
    assert [part.text for part in found.closing] == [part.text for part in made.closing]


def test_a_heading_in_a_row_of_a_table_is_a_heading() -> None:
    """Some offices draw the whole report as one table."""
    made = report(text={"requests": "", "review": ""})
    page = semantic_page(made).decode()
    for title in ("收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况"):
        number = "三" if title.startswith("收") else "四"
        page = page.replace(
            f"</table>\n<h2><a href='#x'>{number}、{title}</a></h2>\n<table><thead>",
            f"</table>\n<table><tr><td colspan=10>{number}、{title}</td></tr><thead>",
        )
    assert page.count("<h2>") == 4
    found = read(page.encode())
    assert raws(found) == raws(made)
    assert [section.id for section in found.sections] == [section.id for section in made.sections]


@pytest.mark.parametrize("long", [1, 3])
def test_a_long_note_under_a_table_does_not_take_it_apart(long: int) -> None:
    note = "说明：本表数字由各部门填报，县政府办公室汇总，县司法局复核，口径与上年相同。" * 8 * long
    page = SEMANTIC.replace("<tr><td>行政强制", f"<tr><td colspan=4>{note}</td></tr><tr><td>行政强制", 1)
    assert raws(read(page.encode())) == raws(report())


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b" \n ", "没有文字"),
    "only a script": (lambda: "<script>document.write('年报')</script>".encode(), "没有文字"),
    "an MHT archive": (lambda: b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n", "MHT"),
    "a picture called .html": (lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 30, "不是网页"),
    "tables nested 500 deep": (lambda: b"<table><tr><td>" * 500 + b"x", "层嵌套"),
    "50 MB of text": (lambda: "政".encode() * (50 * 1024 * 1024 // 3), "网页过大"),
    "as much text as the bytes allow": (lambda: b"x" * (9 * 1024 * 1024), "个字"),
    "half a million tags": (lambda: b"<p>x" * 300_000, "个标签"),
    "a tag with a million attributes": (lambda: b"<p " + b" ".join(b"a%d=1" % i for i in range(900_000)) + b">", "没有文字"),
    "a table that spans to millions of cells": (lambda: b"<table>" + (b"<tr>" + b"<td colspan=1000>x" * 30) * 300, "格"),
}  # fmt: skip


@pytest.mark.parametrize(("page", "told"), HOSTILE.values(), ids=HOSTILE)
def test_what_cannot_be_a_report_is_refused_with_a_way_out(
    page: Callable[[], bytes], told: str, tmp_path: Path
) -> None:
    path = tmp_path / "年报.html"
    path.write_bytes(page())
    with pytest.raises(UnreadableReport, match=told) as caught:
        read_html(path)
    assert caught.value.where == str(path) and caught.value.help
    assert list(tmp_path.iterdir()) == [path]


def test_deep_but_bearable_nesting_is_read() -> None:
    deep = "<div>" * 300
    assert raws(read(SEMANTIC.replace("<main>", f"<main>{deep}").encode())) == raws(report())


def test_pictures_inside_the_page_cost_nothing() -> None:
    picture = "<img src='data:image/png;base64," + "QUJD" * (12 * 1024 * 1024 // 4) + "'>"
    found = read(SEMANTIC.replace('<div class="content">', f'<div class="content">{picture}').encode())
    assert raws(found) == raws(report())


def test_a_page_saved_with_its_folder_is_read_without_the_folder(tmp_path: Path) -> None:
    """“Save as, complete” in Chrome and Firefox: marks in comments, links into a folder beside the page."""
    folder = tmp_path / "年报_files"
    folder.mkdir()
    (folder / "saved_resource.html").write_text("<p>一、总体情况</p><p>别处的文字。</p>", encoding="utf-8")
    (folder / "style.css").write_bytes(b"\xff\xfe binary")
    head = "<!DOCTYPE html>\n<!-- saved from url=(0050)http://www.example.gov.cn/zwgk/nb/202503/t1.html -->\n"
    links = '<link rel="stylesheet" href="./年报_files/style.css"><script src="./年报_files/a.js.下载"></script>'
    frame = '<iframe src="./年报_files/saved_resource.html"></iframe>'
    page = SEMANTIC.replace("<!DOCTYPE html>", head).replace("<title>", f"{links}<title>")
    path = tmp_path / "年报.html"
    path.write_bytes(page.replace("<footer>", f"{frame}<footer>").encode())
    before = sorted(tmp_path.rglob("*"))
    found = assemble(read_html(path), path.name)
    assert raws(found) == raws(report()) and len(found.sections) == 6
    assert "别处" not in "".join(section.text for section in found.sections)
    assert sorted(tmp_path.rglob("*")) == before


def test_nothing_that_a_page_names_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "秘密.txt"
    secret.write_text("不得读出", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    page = f"""<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://127.0.0.1:9/x.dtd" [
<!ENTITY file SYSTEM "{secret.as_uri()}"><!ENTITY a "{"哈" * 40}"><!ENTITY b "&a;&a;&a;">]>
<html><head><link rel="stylesheet" href="http://127.0.0.1:9/x.css"></head>
<body><p>总体&file;情况&b;</p><iframe src="{secret.as_uri()}"></iframe><img src="http://127.0.0.1:9/"></body></html>"""
    (text,) = (text for text in texts(parse_html(page.encode(), "")) if "总体" in text)
    assert text == "总体&file;情况&b;"


def test_limits_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_MAX_HTML_TAGS", "50")
    settings.cache_clear()
    try:
        with pytest.raises(UnreadableReport, match="超过50个标签") as caught:
            parse_html(SEMANTIC.encode(), "")
        assert "ASSISTANT_MAX_HTML_TAGS" in caught.value.help
    finally:
        monkeypatch.undo()
        settings.cache_clear()


@hypothesis_settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*"<>/&;=\"' 一1", "table", "<tr>", "<td", "</td>", "<td>", "</table>", " rowspan=", "<p>", "<div>", "</div>", "<a href=#>", "</a>", "<h1>", "总体情况", "<title>", "</title>", "<!--", "-->", "<![if x]>"]), max_size=60))  # fmt: skip
def test_any_soup_is_read_or_refused(tags: list[str]) -> None:
    try:
        document = parse_html("".join(tags).encode(), "")
    except UnreadableReport:
        return
    assert all(len(row) > 0 for block in document.blocks if isinstance(block, Grid) for row in block.rows)
    assert all(block.text == block.text.strip() != "" for block in document.blocks if isinstance(block, TextBlock))
    assemble(document, "年报.html")
