"""Where figures come from: the sheet to tick, and the comments in Word."""

from __future__ import annotations

import sys
from decimal import Decimal

import docx as word
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook

from assistant.__main__ import main
from assistant.drafting import draft, read_workbook, write_docx, write_provenance, write_workbook
from assistant.drafting.provenance import source_cells
from assistant.drafting.saving import PROVENANCE_FORMATS, save, save_provenance, writable
from assistant.drafting.slots import Use, fill_all
from assistant.errors import AssistantError
from assistant.figures.book import Book
from assistant.readers import read


@pytest.fixture
def finished(qingyuan, qingyuan_2024):
    return draft(qingyuan, previous=qingyuan_2024)


def rows_of(path) -> list[tuple[str, ...]]:
    return list(load_workbook(path).active.iter_rows(values_only=True))


def test_every_figure_of_the_text_has_a_row(tmp_path, finished):
    write_provenance(finished, tmp_path / "来源.xlsx")
    header, *rows = rows_of(tmp_path / "来源.xlsx")
    assert header == ("序号", "所在部分", "正文（所指数字在［］内）", "数字", "来源", "单元格", "已核对")
    uses = [use for told in finished.parts for use in told.uses]
    assert len(uses) > 20
    assert [(row[3], row[4]) for row in rows] == [(use.text, use.source) for use in uses]
    for number, row in enumerate(rows, start=1):
        assert row[0] == str(number)
        assert f"［{row[3]}］" in row[2]
        assert row[5], f"no cell for {row[4]}"
        assert not row[6], "ticks are for people"
    prose = "".join(text for told in finished.parts for text in told.paragraphs)
    assert all(row[2].replace("［", "").replace("］", "") in prose for row in rows)
    heights = load_workbook(tmp_path / "来源.xlsx").active.row_dimensions
    longest = max(range(len(rows)), key=lambda n: len(rows[n][2]))
    assert heights[longest + 2].height > heights[1].height, "a long sentence is seen whole"


def test_a_figure_stands_where_it_is_said_to(finished):
    for told in finished.parts:
        for use in told.uses:
            assert told.paragraphs[use.paragraph][use.start :].startswith(use.text)


def test_equal_figures_are_told_apart():
    book = Book({"review.total": Decimal(3), "review.upheld": Decimal(3)})
    texts, uses = fill_all(["复议{{review.total}}。", "受理3件后维持{{ review.upheld }}、共{{review.total}}。"], book)
    assert texts == ("复议3件。", "受理3件后维持3件、共3件。")
    assert [(use.paragraph, use.start) for use in uses] == [(0, 2), (1, 7), (1, 11)]


@pytest.mark.parametrize(
    ("slot", "cells"),
    [
        ("requests.received.total", "表三!J4"),
        ("requests.received.total.last_year", ""),
        ("requests.received.total.yoy", "表三!J4"),
        ("requests.workload.total", "表三!J4、J5"),
        ("requests.unavailable.total", "表三!J16、J17、J18"),
        ("requests.granted.total.share", "表三!J6、J27"),
        ("litigation.upheld", "表四!F4、K4"),
        ("own.1", "其他数据!B2"),
    ],
)
def test_the_cells_behind_a_figure(office, slot, cells):
    data = office(seed=3)
    given = {metric: entry.value for metric, entry in data.cells.items()}
    source = "其他数据!B2（财务台账）" if slot == "own.1" else Book(given, given)[slot].source
    assert source_cells(Use("", slot, source, 0, 0), draft(data)) == cells


def test_texts_stay_texts_in_the_sheet(tmp_path, office):
    hostile = (
        '=HYPERLINK("http://example.com","点这里")举办培训12场。',
        "+甲|cmd举办讲座13场。",
        "@SUM(甲)组织活动14场。",
    )
    write_provenance(draft(office(points={"监督保障": hostile})), tmp_path / "来源.xlsx")
    sheet = load_workbook(tmp_path / "来源.xlsx").active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    opening = [cell for cell in cells if str(cell.value)[0] in "=+-@"]
    assert len(opening) == len(hostile)
    assert all(cell.quotePrefix for cell in opening)


def test_a_workbook_keeps_hidden_formulas_as_text(tmp_path, office):
    """A zero-width character before the sign would hide it from a look at the first character."""
    write_workbook(tmp_path / "数据.xlsx", office(points={"监督保障": ("\u200b=1+1 的写法已改正。",)}), None)
    sheet = load_workbook(tmp_path / "数据.xlsx")["工作要点"]
    cell = next(cell for cell in sheet["B"] if cell.value and "写法" in cell.value)
    assert (cell.value[0], cell.data_type, cell.quotePrefix) == ("=", "s", True)


def test_comments_stand_on_the_figures(tmp_path, finished):
    write_docx(finished, tmp_path / "报告.docx", comments=True)
    document = word.Document(str(tmp_path / "报告.docx"))
    comments = {str(comment.comment_id): comment.text for comment in document.comments}
    uses = [use for told in finished.parts for use in told.uses]
    assert len(comments) == len(uses)
    covered = {}
    for mark in document.element.body.iter(qn("w:commentRangeStart")):
        covered[mark.get(qn("w:id"))] = "".join(part.text for part in mark.getnext().iter(qn("w:t")))
    assert sorted(covered.values()) == sorted(use.text for use in uses)
    for key, text in covered.items():
        assert any(use.text == text and f"来源：{use.source}" in comments[key] for use in uses)
    received = next(text for text in comments.values() if text.startswith("来源：表三 一·总计\n"))
    assert "数据表的单元格：表三!J4" in received
    assert not any("requests." in text or "槽位" in text for text in comments.values()), "an official's words"
    report = read(tmp_path / "报告.docx")
    told = [p.text for section in report.sections for p in section.paragraphs if not p.heading]
    assert told == [text for part in finished.parts for text in part.paragraphs]


def test_nothing_is_overwritten_unasked(tmp_path, finished):
    path = tmp_path / "来源.xlsx"
    path.write_text("手工核对过")
    with pytest.raises(AssistantError, match="已经存在"):
        save_provenance(finished, path)
    assert path.read_text() == "手工核对过"
    save_provenance(finished, path, overwrite=True)
    assert rows_of(path)


def test_what_cannot_be_written_is_said_before(tmp_path, finished):
    with pytest.raises(AssistantError, match="批注只能写进 Word"):
        save(finished, tmp_path / "报告.html", comments=True)
    with pytest.raises(AssistantError, match="不能写成") as error:
        writable(tmp_path / "来源.csv", formats=PROVENANCE_FORMATS)
    assert ".xlsx" in error.value.help
    with pytest.raises(AssistantError, match="没有这个文件夹"):
        writable(tmp_path / "无" / "来源.xlsx", formats=PROVENANCE_FORMATS)
    assert not list(tmp_path.iterdir())


@pytest.fixture
def run(monkeypatch, tmp_path):
    def call(*arguments) -> int:
        monkeypatch.setattr(sys, "argv", ["assistant", "--library", str(tmp_path / "库"), *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code or 0

    return call


@pytest.mark.parametrize("name", ["报告.docx", "报告.html", "报告.htm", "报告.md"])
def test_from_the_command_line(tmp_path, run, office, name):
    data = tmp_path / "数据.xlsx"
    write_workbook(data, office(seed=4), None)
    arguments = ("draft", "--data", data, "-o", tmp_path / name, "--provenance", tmp_path / "来源.xlsx")
    assert run(*arguments) == 0
    assert read(tmp_path / name).cells["review.total"].value == read_workbook(data).cells["review.total"].value
    assert len(rows_of(tmp_path / "来源.xlsx")) > 5
    assert run(*arguments) == 2, "both files are there already"


def test_the_office_s_own_data_are_never_the_sheet(tmp_path, run, office, capsys):
    data = tmp_path / "数据.xlsx"
    write_workbook(data, office(seed=4), None)
    before = data.read_bytes()
    assert run("draft", "--data", data, "-o", tmp_path / "报告.docx", "--provenance", data, "--overwrite") == 2
    assert "数据工作簿本身" in capsys.readouterr().err
    assert data.read_bytes() == before
    assert not (tmp_path / "报告.docx").exists()
    assert run("draft", "--data", data, "-o", tmp_path / "报告.md", "--comments") == 2
