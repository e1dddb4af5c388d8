"""Workbooks: the office's data workbook, plain sheets laid out like the form, sums, merged cells, and sizes that lie."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from dossiers import report
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from word_files import relations

from assistant.drafting.workbook.read import read_workbook
from assistant.errors import UnreadableReport
from assistant.form import EDITION_2021
from assistant.form.drawing import drawing
from assistant.readers import read
from assistant.readers.assemble import assemble
from assistant.readers.blocks import Grid, TextBlock
from assistant.readers.excel.xlsx import read_xlsx
from assistant.report import Report

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def report_of(path: Path) -> Report:
    return assemble(read_xlsx(path), path.name)


def saved(book: Workbook, path: Path) -> Path:
    book.save(path)
    return path


def grid_of(rows: Iterable[Iterable[object]], path: Path) -> list[list[str]]:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    (grid,) = read_xlsx(saved(book, path)).blocks
    assert isinstance(grid, Grid)
    return [[cell.text for cell in row] for row in grid.rows]


def draw(sheet: Worksheet, made: Report, table: str, top: int) -> int:
    """One table of the form from row ``top`` on; the first row below it."""
    plan = drawing(table)
    for part in plan.cells:
        row, column = top + part.row, part.column + 1
        text = made.cells[part.metric].raw if part.metric else part.text
        number = text.replace(".", "").isdigit() and part.metric
        sheet.cell(row, column, float(text) if number else text)
        if part.height > 1 or part.width > 1:
            sheet.merge_cells(
                start_row=row, start_column=column, end_row=row + part.height - 1, end_column=column + part.width - 1
            )
    return top + plan.rows


def plain_sheet(made: Report, gap: int) -> Workbook:
    """A whole report on one sheet, ``gap`` empty rows before and after each table."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "年报"
    sheet["A1"] = made.title
    sheet.merge_cells("A1:J1")
    row = 3
    for section in made.sections:
        sheet.cell(row, 1, f"{section.number}、{section.title}")
        row += 1
        for part in section.paragraphs:
            sheet.cell(row, 1, part.text)
            row += 1
        if section.id in ("disclosure", "requests", "review"):
            row = draw(sheet, made, section.id, row + gap) + gap
    for part in made.closing:
        sheet.cell(row, 10, part.text)
        row += 1
    return book


def test_the_data_workbook_gives_every_figure_at_its_address(corpus: Path) -> None:
    path = corpus.parent / "data" / "清源区_2025.xlsx"
    office, read = read_workbook(path), report_of(path)
    assert len(read.cells) == 200
    assert {metric: (cell.value, str(cell.source)) for metric, cell in read.cells.items()} == {
        metric: (entry.value, entry.address) for metric, entry in office.cells.items()
    }
    assert (read.unit, read.year, read.warnings) == (office.unit, office.year, ())


def test_last_year_beside_the_tables_is_no_figure_of_this_year(corpus: Path) -> None:
    words = [
        cell.text
        for block in read_xlsx(corpus.parent / "data" / "清源区_2025.xlsx").blocks
        if isinstance(block, Grid)
        for row in block.rows
        for cell in row
    ]
    assert "20318" not in words and not any("上年数字" in word for word in words)


@pytest.mark.parametrize("gap", [0, 1])
def test_a_plain_sheet_laid_out_like_the_form(gap: int, tmp_path: Path) -> None:
    made = report()
    read = report_of(saved(plain_sheet(made, gap), tmp_path / "年报.xlsx"))
    assert {metric: cell.value for metric, cell in read.cells.items()} == {
        metric: cell.value for metric, cell in made.cells.items()
    }
    assert [(s.id, s.title, s.text) for s in read.sections] == [(s.id, s.title, s.text) for s in made.sections]
    assert [part.text for part in read.closing] == [part.text for part in made.closing]
    assert (read.title, read.warnings) == (made.title, ())
    assert [table.section for table in read.tables] == ["disclosure", "requests", "review"]


@pytest.mark.parametrize(("table", "cells"), [("disclosure", 10), ("requests", 175), ("review", 15)])
def test_a_workbook_with_one_table_alone(table: str, cells: int, tmp_path: Path) -> None:
    book, made = Workbook(), report()
    draw(book.worksheets[0], made, table, 1)
    back = read(saved(book, tmp_path / "甲县人民政府2024年.xlsx"))
    assert {metric: cell.value for metric, cell in back.cells.items()} == {
        metric.id: made.value(metric.id) for metric in EDITION_2021.metrics_of(table)
    }
    assert len(back.cells) == cells and (back.unit, back.year) == ("甲县人民政府", 2024)


def test_an_empty_row_inside_a_table_ends_nothing(tmp_path: Path) -> None:
    """Read as two tables, the lower half would have no header, and its blank total would shift the row."""
    made = report(figures={"requests.carried_out.total": None})
    book = Workbook()
    sheet = book.worksheets[0]
    draw(sheet, made, "requests", 1)
    for merge in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merge))
    sheet.move_range("A18:J28", rows=1)
    read = report_of(saved(book, tmp_path / "a.xlsx"))
    assert {metric: cell.value for metric, cell in read.cells.items()} == {
        metric: cell.value for metric, cell in made.cells.items() if metric.startswith("requests.")
    }


def test_an_address_leads_to_the_cell(tmp_path: Path) -> None:
    path = saved(plain_sheet(report(), 0), tmp_path / "年报.xlsx")
    address = str(report_of(path).cells["disclosure.fees.amount"].source)
    sheet, _, coordinate = address.partition("!")
    assert load_workbook(path)[sheet][coordinate].value == 1087.31


def test_merged_cells_show_their_upper_left(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["甲", 1, 2], ["乙", 3, 4]):
        sheet.append(row)
    path = saved(book, tmp_path / "a.xlsx")
    # openpyxl empties what it merges; other programs leave the old figure under the merged cell.
    _rewrite(path, "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="B1:C2"/></mergeCells>')
    (grid,) = read_xlsx(path).blocks
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row] for row in grid.rows] == [["甲", "1"], ["乙", ""]]


def _rewrite(path: Path, old: str, new: str) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(old.encode(), new.encode()) if "sheet1.xml" in name else data)


def test_values_as_people_see_them(tmp_path: Path) -> None:
    row = ["甲", 12, 1087.31, 0.1 + 0.2, 12345678901, "1,950", True, date(2026, 2, 10), " 无 ", None, -3]
    assert grid_of([row], tmp_path / "a.xlsx") == [
        ["甲", "12", "1087.31", "0.3", "12345678901", "1,950", "1", "2026-02-10", "无", "", "-3"]
    ]


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("=SUM(B1:D1)", "6"),
        ("=B1+C1+D1", "6"),
        ("=SUM($B$1:$D$1)+10", "16"),
        ("=SUM(B1:C1,D1)", "6"),
        ("=SUM(F1:G1)", ""),
        ("=B1*2", "=B1*2（公式没有计算结果）"),
        ("=SUM(A1:D1)", "=SUM(A1:D1)（公式没有计算结果）"),
        ("=SUM(B1:E1)", "=SUM(B1:E1)（公式没有计算结果）"),
        ("=表二!B3", "=表二!B3（公式没有计算结果）"),
    ],
)
def test_sums_that_no_program_has_computed(formula: str, shown: str, tmp_path: Path) -> None:
    """A sum over a word or over itself is no figure: better none than a wrong one."""
    (row,) = grid_of([["甲", 1, 2, 3, formula]], tmp_path / "a.xlsx")
    assert (row[4] if len(row) > 4 else "") == shown


def test_a_computed_value_is_taken_as_it_is(tmp_path: Path) -> None:
    path = saved(plain_sheet(report(), 0), tmp_path / "a.xlsx")
    _rewrite(path, "<v>1087.31</v>", "<f>WEBSERVICE(A1)</f><v>1087.31</v>")
    assert report_of(path).value("disclosure.fees.amount") == Decimal("1087.31")


def test_a_formula_without_a_value_is_a_warning_at_its_place(tmp_path: Path) -> None:
    path = saved(plain_sheet(report(), 0), tmp_path / "a.xlsx")
    _rewrite(path, "<v>1087.31</v>", "<f>VLOOKUP(A1,B:C,2)</f><v></v>")
    read = report_of(path)
    assert read.value("disclosure.fees.amount") is None
    assert [str(warning.source) for warning in read.warnings] == [str(read.cells["disclosure.fees.amount"].source)]


def test_two_numbers_in_a_cell_stay_two(tmp_path: Path) -> None:
    assert grid_of([["结果\n维持", "12\n3"]], tmp_path / "a.xlsx") == [["结果维持", "12 3"]]


def test_hidden_sheets_are_not_read(tmp_path: Path) -> None:
    book = plain_sheet(report(), 0)
    book.create_sheet("底稿").append(["甲", "99999"])
    book["底稿"].sheet_state = "hidden"
    blocks = read_xlsx(saved(book, tmp_path / "a.xlsx")).blocks
    assert blocks and not any(block.source.address.startswith("底稿") for block in blocks)


def test_lines_in_one_cell_are_paragraphs(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["B2"] = "一、总体情况\n全年平稳。"
    assert [
        (block.text, str(block.source))
        for block in read_xlsx(saved(book, tmp_path / "a.xlsx")).blocks
        if isinstance(block, TextBlock)
    ] == [("一、总体情况", "Sheet!B2"), ("全年平稳。", "Sheet!B2")]


def raw_xlsx(path: Path, sheet: str) -> Path:
    workbook = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="表三" r:id="r0"/></sheets></workbook>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", relations("xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", workbook)
        archive.writestr("xl/_rels/workbook.xml.rels", relations("sheet.xml", "worksheet"))
        archive.writestr("xl/sheet.xml", f'<worksheet xmlns="{_MAIN}">{sheet}</worksheet>')
    return path


def test_what_a_sheet_claims_of_its_size_does_not_matter(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>5</v></c></row>'
    sheet = f'<dimension ref="A1:XFD1048576"/><sheetData>{far}</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert read_xlsx(raw_xlsx(tmp_path / "a.xlsx", sheet)).blocks == ()  # it lies beneath a merged cell
    (block,) = read_xlsx(raw_xlsx(tmp_path / "a.xlsx", f"<sheetData>{far}</sheetData>")).blocks
    assert str(block.source) == "表三!XFD1048576"


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        ("<sheetData>" + "<row><c><v>1</v></c><c><v>2</v></c></row>" * 2100 + "</sheetData>", "内容过多"),
        ("<sheetData>" + ("<row>" + "<c><v>1</v></c>" * 50 + "</row>") * 2001 + "</sheetData>", "单元格过多"),
        ("<sheetData>", "不完整或已损坏"),
    ],
    ids=["rows", "cells", "broken"],
)
def test_too_much_or_broken_says_so(sheet: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport, match=told) as caught:
        read_xlsx(raw_xlsx(tmp_path / "a.xlsx", sheet))
    assert caught.value.where.endswith("a.xlsx") and caught.value.help
