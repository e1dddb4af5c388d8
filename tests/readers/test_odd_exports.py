"""Files as programs and systems write them that nobody thinks of: every cell right, or told with a way out. Each of these
was read as blank, or as another figure, without a word."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from assistant.errors import UnreadableReport
from assistant.readers import read, read_document
from assistant.readers.blocks import Grid
from assistant.readers.text import parse_text
from assistant.report import Report
from assistant.resources import folder
from evals.renderings import write

_CELL = re.compile(r"(<td[^>]*>\s*(?:<p>)?)\s*([\d.]+)\s*((?:</p>)?\s*</td>)")
_RUN = re.compile(r"(<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>[\d.]+</w:t></w:r>)", re.DOTALL)


_STYLES = (
    '<w:style w:type="character" w:styleId="Gone"><w:basedOn w:val="Line"/></w:style>'
    '<w:style w:type="character" w:styleId="Line"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Note"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
)


@pytest.fixture(scope="module")
def sample() -> Report:
    return read(folder("corpus") / "reports" / "清源区_2024.md")


def _same(path: Path, sample: Report) -> Report:
    back = read(path)
    assert {metric: cell.value for metric, cell in back.cells.items()} == {
        metric: cell.value for metric, cell in sample.cells.items()
    }
    return back


@pytest.mark.parametrize(
    "cell",
    [
        r'\1<input type="text" readonly value="\2">\3',
        r'\1<input value="\2"/><input type="hidden" value="9">\3',
        r"\1<textarea>\2</textarea>\3",
        r"\1<select><option>7<option selected>\2<option>8</select>\3",
        r"\1<del>99</del><ins>\2</ins>\3",
        r"\1<s>99</s>\2\3",
        r'\1<span style="text-decoration: line-through red">99</span>\2\3',
        r"\1\2<sup>1</sup>\3",
    ],
)
def test_cells_of_a_page_that_a_system_or_an_editor_wrote(cell: str, sample: Report, tmp_path: Path) -> None:
    page = write("html_page", sample, tmp_path).read_text(encoding="utf-8")
    path = tmp_path / "清源区_2024.html"
    path.write_text(_CELL.sub(cell, page), encoding="utf-8")
    _same(path, sample)


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [
        (".x1 {text-decoration:line-through}", r'\1<span class="x1">99</span>\2\3'),
        ("td.x1, p.x1 {color:red; TEXT-DECORATION: Line-Through}", r'\1<i class="y x1">9<b>9</b></i>\2\3'),
        ("@media screen {.x1{text-decoration-line:line-through}}", r"\1<b class=X1>99<sup>1</sup></b>\2\3"),
    ],
)
def test_words_that_a_pages_style_sheet_crosses_out(sheet: str, cell: str, sample: Report, tmp_path: Path) -> None:
    page = write("html_page", sample, tmp_path).read_text(encoding="utf-8")
    path = tmp_path / "清源区_2024.html"
    path.write_text(_CELL.sub(cell, page).replace("</head>", f"<style>{sheet}</style></head>"), encoding="utf-8")
    _same(path, sample)


def test_a_cell_of_a_page_that_is_crossed_out_is_blank_and_keeps_its_place(tmp_path: Path) -> None:
    path = tmp_path / "页.html"
    path.write_text(
        "<style>.x1{text-decoration:line-through}</style><p>甲区年度报告</p><table><tr><td>规章<td class=x1>7<td>8"
        '<tr><td>文件<td style="text-decoration: line-through"><input value=5>6<td>9</table>',
        encoding="utf-8",
    )
    grid = next(block for block in read_document(path).blocks if isinstance(block, Grid))
    assert [[cell.text for cell in row] for row in grid.rows] == [["规章", "", "8"], ["文件", "", "9"]]


def test_fields_outside_of_tables_and_choices_not_made_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "页.html"
    path.write_text(
        "<form><input value=请输入关键词><textarea>留言</textarea><select><option>全部</select></form><p>甲区年度报告</p>"
        "<table><tr><td>规章<td><select><option>7<option>8</select><td><input type=submit value=提交></table>",
        encoding="utf-8",
    )
    text = str(read_document(path))
    assert "甲区年度报告" in text and not re.search("关键词|留言|全部|[78]'|提交", text)


@pytest.mark.parametrize(
    ("run", "told"),
    [
        (r'\1<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>', ""),
        (r"<w:r><w:rPr><w:strike/></w:rPr><w:t>99</w:t></w:r>\1", "删除线"),
        (r'<w:r><w:rPr><w:dstrike w:val="true"/></w:rPr><w:t>99</w:t></w:r>\1', "删除线"),
        (r'<w:r><w:rPr><w:rStyle w:val="Gone"/></w:rPr><w:t>99</w:t></w:r>\1', "删除线"),
        (r'\1<w:r><w:rPr><w:rStyle w:val="Note"/></w:rPr><w:t>1</w:t></w:r>', ""),
    ],
)
def test_notes_and_crossed_out_figures_of_a_word_file(run: str, told: str, sample: Report, tmp_path: Path) -> None:
    made, path = write("docx", sample, tmp_path), tmp_path / "清源区_2024.docx"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode() if name.endswith(".xml") else ""
            if name == "word/document.xml":
                part = _RUN.sub(run, part)
            elif name == "word/styles.xml":
                part = part.replace("</w:styles>", f"{_STYLES}</w:styles>")
            new.writestr(name, part or old.read(name))
    back = _same(path, sample)
    assert any(told in warning.message for warning in back.warnings) is bool(told)


def _noted(cell: Cell) -> object:
    return CellRichText(str(cell.value), TextBlock(InlineFont(vertAlign="superscript"), "1"))


def _crossed_out(cell: Cell) -> object:
    return CellRichText(TextBlock(InlineFont(strike=True), "99"), str(cell.value))


def _crossed_out_by_its_style(cell: Cell) -> object:
    """The cell's type is crossed out, and what was typed behind it is not."""
    cell.font = Font(strike=True)
    return CellRichText("99", TextBlock(InlineFont(strike=False), str(cell.value)))


@pytest.mark.parametrize(("drawn", "told"), [(_noted, 0), (_crossed_out, 1), (_crossed_out_by_its_style, 1)])
def test_notes_and_crossed_out_figures_of_a_workbook(
    drawn: Callable[[Cell], object], told: int, sample: Report, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(BytesIO(write("xlsx", sample, tmp_path).read_bytes()))
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell, Cell) and re.fullmatch(r"[\d.]+", str(cell.value or "")):
                cell.value = drawn(cell)
    path = tmp_path / "清源区_2024.xlsx"
    book.save(path)
    back = _same(path, sample)
    assert sum("删除线" in warning.message for warning in back.warnings) == told


def test_a_cell_that_is_crossed_out_is_blank_and_told(sample: Report, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(BytesIO(write("xlsx", sample, tmp_path).read_bytes()))
    metric, cell = next((metric, cell) for metric, cell in sample.cells.items() if cell.value)
    sheet, address = read(tmp_path / "xlsx" / "清源区_2024.xlsx").cells[metric].source.address.split("!")
    book[sheet][address].font = Font(strike=True)
    path = tmp_path / "清源区_2024.xlsx"
    book.save(path)
    back = read(path)
    assert back.cells[metric].value is None
    (told,) = (warning for warning in back.warnings if "删除线" in warning.message)
    assert told.kind == "draft" and f"{sheet}!{address}的“{cell.raw}”" in told.message


def test_tables_drawn_with_the_characters_for_boxes(sample: Report, tmp_path: Path) -> None:
    text = write("pipes", sample, tmp_path).read_text(encoding="utf-8")
    path = tmp_path / "清源区_2024.txt"
    path.write_text(text.replace("|", "│"), encoding="utf-8")
    _same(path, sample)
    (grid,) = (block for block in parse_text("┌──┬──┐\n│规章│0│\n├──┼──┤\n│ │1│\n└──┴──┘").blocks)
    assert isinstance(grid, Grid) and [[cell.text for cell in row] for row in grid.rows] == [["规章", "0"], ["", "1"]]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("邮件.eml", b"Subject: a\r\n\r\nb", "附件"),
        (
            "报告.doc",
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="p"></pkg:package>',
            ".docx",
        ),
    ],
)
def test_mail_and_packages_in_one_file_say_what_to_do(name: str, content: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableReport) as refused:
        read(tmp_path / name)
    assert told in refused.value.help
