"""Headings of the six parts, as offices number, print and list them."""

from __future__ import annotations

from pathlib import Path

import pytest
from dossiers import printed, report
from word_files import paragraph, raw_docx, report_of, run

from assistant.form import SECTIONS
from assistant.readers import report_from_text

MADE = report()
TEXT = printed(MADE)
PARTS = [section.id for section in SECTIONS]
HEADINGS = [(section.number, section.title) for section in SECTIONS]


def written(form: str, place: int, number: str, title: str) -> str:
    """A heading in the way that ``form`` says."""
    return form.format(
        n=place, wide="１２３４５６"[place - 1], again="一二三一二三"[place - 1], number=number, title=title,
        spread=" ".join(title),
    )  # fmt: skip


def headed(form: str, behind: str = "\n") -> str:
    """The report with every heading written anew; ``behind`` stands between a heading and its text."""
    text = TEXT
    for place, (number, title) in enumerate(HEADINGS, start=1):
        text = text.replace(f"\n{number}、{title}\n", f"\n{written(form, place, number, title)}{behind}")
    return text


def listed(form: str, above: str = "", text: str = TEXT) -> str:
    """The report with a table of contents between its title and its preamble."""
    entries = "".join(f"{written(form, place, *heading)}\n" for place, heading in enumerate(HEADINGS, start=1))
    return text.replace("\n", f"\n{above}{entries}", 1)


SAME_WORDS: dict[str, str] = {
    "1、": headed("{n}、{title}"),
    "1.": headed("{n}.{title}"),
    "full-width digits": headed("{wide}．{title}"),
    "（一）": headed("（{number}）{title}"),
    "(1)": headed("({n}){title}"),
    "1 and a blank": headed("{n} {title}"),
    "第一部分": headed("第{number}部分 {title}"),
    "第1部分": headed("第{n}部分：{title}"),
    "第一章": headed("第{number}章　{title}"),
    "no numbers": headed("{title}"),
    "bold": headed("**{number}、{title}**"),
    "bold in a heading": headed("## **{number}、{title}**"),
    "in brackets": headed("【{number}、{title}】"),
    "a colon behind": headed("{number}、{title}："),
    "spread": headed("　　{number}、{spread}"),
    "numbers that start again": headed("{again}、{title}"),
    "the same number for all": headed("一、{title}"),
    "text behind the heading": headed("{number}、{title}", behind=""),
    "text behind the heading and a stop": headed("{number}、{title}", behind="。"),
    "text behind the heading and blanks": headed("{number}、{title}", behind="　　"),
    "text behind a bare heading and a colon": headed("{title}", behind="："),
    "one heading with its text": TEXT.replace("五、存在的主要问题及改进情况\n", "五、存在的主要问题及改进情况："),
    "contents": listed("{number}、{title}"),
    "contents under their title": listed("{number}、{title}", "目　录\n"),
    "contents with pages": listed("{number}、{title}……………{n}", "目录\n"),
    "contents with dots": listed("{number}、{title}........ {n}"),
    "contents with bracketed pages": listed("{number}、{title}（{n}）"),
    "contents numbered 1、 as the parts are": listed("{n}、{title}", text=headed("{n}、{title}")),
    "contents with sub-headings": listed("{number}、{title}\n（一）主动公开\n（二）依申请公开"),
}


@pytest.mark.parametrize("text", SAME_WORDS.values(), ids=SAME_WORDS)
def test_the_parts_and_their_words_are_found(text: str) -> None:
    read = report_from_text(text)
    assert [(part.id, part.text) for part in read.sections] == [(part.id, part.text) for part in MADE.sections]
    assert [part.text for part in read.preamble] == [part.text for part in MADE.preamble]
    assert {table.id: table.section for table in read.tables} == {table.id: table.section for table in MADE.tables}
    assert (read.title, len(read.cells), read.warnings) == (MADE.title, 200, ())


@pytest.mark.parametrize(
    ("heading", "number", "title"),
    [
        ("1、总体情况", "1", "总体情况"),
        ("（一）总体情况", "一", "总体情况"),
        ("第1部分　总体情况", "1", "总体情况"),
        ("一、总体情况。", "一", "总体情况"),
    ],
)
def test_numbers_and_titles_are_kept_as_printed(heading: str, number: str, title: str) -> None:
    form = heading.replace("1", "{n}").replace("一", "{number}").replace("总体情况", "{title}")
    first, *_ = report_from_text(headed(form)).sections
    assert (first.number, first.title) == (number, title)


@pytest.mark.parametrize(
    ("part", "title"),
    [
        ("overview", "2024年政府信息公开工作总体情况"),
        ("disclosure", "行政机关主动公开政府信息的情况统计"),
        ("requests", "行政机关收到和处理政府信息公开申请的情况"),
        ("review", "行政复议和行政诉讼情况"),
        ("problems", "政府信息公开工作存在的主要问题及下一步改进措施"),
        ("problems", "存在问题及下一步工作打算"),
        ("problems", "存在不足及改进方向"),
        ("other", "其它需要报告的事项"),
    ],
)
def test_titles_in_other_words(part: str, title: str) -> None:
    read = report_from_text(printed(report(titles={part: title})))
    assert [section.id for section in read.sections] == PARTS


@pytest.mark.parametrize(
    "line",
    [
        "一、本年新收政府信息公开申请数量",
        "一、本年新收政府信息公开申请24件，比上年增加1件。",
        "二、上年结转政府信息公开申请数量",
        "三、本年度办理结果",
        "四、结转下年度继续办理",
        "本报告由一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况等六部分组成。",
        "1、主动公开政府信息情况",
        "（一）收到和处理政府信息公开申请情况",
        "总体情况：良好。",
    ],
)
def test_what_is_no_heading_of_a_part(line: str) -> None:
    read = report_from_text(TEXT.replace("\n（三）政府信息管理\n", f"\n{line}\n（三）政府信息管理\n"))
    assert [section.id for section in read.sections] == PARTS
    assert line in read.sections[0].text.split("\n")


def test_a_list_of_the_parts_that_nothing_repeats_is_the_report() -> None:
    """Six headings without a word under them are an empty report, no table of contents."""
    text = "\n".join([MADE.title, *(f"{number}、{title}" for number, title in HEADINGS)])
    assert [section.id for section in report_from_text(text).sections] == PARTS


def test_a_part_is_not_looked_for_out_of_its_order() -> None:
    """Without a heading of part five, a line in part one that opens with its words is not taken for one."""
    text = TEXT.replace("五、存在的主要问题及改进情况\n", "").replace(
        "\n（三）政府信息管理\n", "\n五、存在的主要问题及改进情况。见后文\n（三）政府信息管理\n"
    )
    assert [section.id for section in report_from_text(text).sections] == [part for part in PARTS if part != "problems"]


def test_a_preamble_that_lists_the_parts_is_no_heading() -> None:
    """Without the heading of part one, a line that names it among the others is not taken for it."""
    line = "一、总体情况，二、主动公开政府信息情况，三、收到和处理政府信息公开申请情况，四至六为其余各部分"
    text = TEXT.replace("\n一、总体情况\n", "\n").replace("\n根据《", f"\n{line}\n根据《", 1)
    read = report_from_text(text)
    assert [section.id for section in read.sections] == PARTS[1:]
    assert read.preamble[0].text == line


def test_a_bold_heading_and_its_text_in_one_paragraph_of_a_word_file(tmp_path: Path) -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>"
    body = paragraph(MADE.title)
    for number, title in HEADINGS:
        body += f"<w:p>{bold.format(f'{number}、{title}')}{run('本年各项工作按期完成。')}</w:p>"
    read = report_of(raw_docx(tmp_path / "年报.docx", body))
    assert [(part.id, part.number, part.title, part.text) for part in read.sections] == [
        (section.id, section.number, section.title, "本年各项工作按期完成。") for section in SECTIONS
    ]
