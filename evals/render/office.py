"""Renderings as Word and Excel files: the official form filled in. Written the same, byte for byte, every time."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from itertools import product
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assistant.form.drawing import Drawn
from assistant.report import Report
from evals.render.layout import Heading, Plan, story

__all__ = ["docx", "xlsx"]

_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_FONT = "宋体"
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_TEXT_WIDTH = 8960  # twentieths of a point between the margins: 15.8 cm
# Parts of the text width: the label columns of tables 2 and 3 need most of it.
_WIDTHS = {"disclosure": (34, 22), "requests": (8, 14, 30, 8), "review": (1,)}


def docx(report: Report, path: Path) -> None:
    """The form as a Word file: headings are bold paragraphs, as in the official template, cells really merged."""
    word = Document()
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.6)
    for item in story(report):
        if isinstance(item, Plan):
            word.element.body.insert(len(word.element.body) - 1, parse_xml(_word_table(item)))
        elif isinstance(item, Heading):
            paragraph = word.add_paragraph()
            paragraph.paragraph_format.space_before = Pt(12)
            if item.level == 1:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _write(paragraph, item.text, Pt(18 if item.level == 1 else 14)).bold = True
        else:
            paragraph = word.add_paragraph()
            paragraph.paragraph_format.first_line_indent = Pt(24)
            _write(paragraph, item, Pt(12))
    word.save(str(path))
    freeze(path)


def _write(paragraph: Paragraph, text: str, size: Pt) -> Run:
    run = paragraph.add_run(text)
    run.font.size = size
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    return run


def _word_table(plan: Plan) -> str:
    """A table as Word keeps it: a row has a cell for each merged one that reaches into it, told by gridSpan and
    vMerge."""
    widths = _word_widths(plan)
    merged = {(row, cell.column): cell for cell in plan.cells for row in range(cell.row, cell.row + cell.height)}
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = []
    for row in range(len(plan.rows())):
        cells = [merged[row, column] for column in range(plan.columns) if (row, column) in merged]
        inside = "".join(_word_cell(cell, row, sum(widths[cell.column : cell.column + cell.width])) for cell in cells)
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{inside}</w:tr>")
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _word_cell(drawn: Drawn, row: int, width: int) -> str:
    span = f'<w:gridSpan w:val="{drawn.width}"/>' if drawn.width > 1 else ""
    merge = ('<w:vMerge w:val="restart"/>' if row == drawn.row else "<w:vMerge/>") if drawn.height > 1 else ""
    layout = (
        f'<w:pPr><w:spacing w:before="20" w:after="20"/><w:jc w:val="{"center" if drawn.metric else "left"}"/></w:pPr>'
    )
    # The official form holds blank cells open with a full-width space; a cell that is merged upwards has none.
    text = escape(drawn.text or "\u3000") if row == drawn.row else ""
    fonts = f'<w:rPr><w:rFonts w:eastAsia="{_FONT}"/><w:sz w:val="18"/></w:rPr>'
    run = f'<w:r>{fonts}<w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}</w:tcPr><w:p>{layout}{run}</w:p></w:tc>'


def _word_widths(plan: Plan) -> list[int]:
    """Widths of the columns in twentieths of a point."""
    shares = _WIDTHS[plan.id]
    shares = (*shares, *[shares[-1]] * (plan.columns - len(shares)))
    return [_TEXT_WIDTH * share // sum(shares) for share in shares]


def xlsx(report: Report, path: Path) -> None:
    """One sheet laid out like the form: prose in the first column, numbers as numbers, blank cells without a value."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "年度报告"
    top = 1
    for item in story(report):
        if isinstance(item, Plan):
            top = _sheet_table(sheet, item, top) + 1
        else:
            sheet.cell(top, 1, item.text if isinstance(item, Heading) else item).data_type = "s"
            top += 1
    book.save(path)
    freeze(path)


def _sheet_table(sheet: Worksheet, plan: Plan, top: int) -> int:
    height = len(plan.rows())
    for place in product(range(top, top + height), range(1, plan.columns + 1)):
        sheet.cell(*place).border = _BOX  # blank cells are there, with their borders
    for drawn in plan.cells:
        row, column = top + drawn.row, 1 + drawn.column
        if drawn.metric and _PLAIN_NUMBER.fullmatch(drawn.text):
            number = Decimal(drawn.text)
            sheet.cell(row, column, int(number) if "." not in drawn.text else number)
        elif drawn.text:
            sheet.cell(row, column, drawn.text).data_type = "s"
        if drawn.height > 1 or drawn.width > 1:
            last = f"{get_column_letter(column + drawn.width - 1)}{row + drawn.height - 1}"
            sheet.merge_cells(f"{get_column_letter(column)}{row}:{last}")
    return top + height


def freeze(path: Path) -> None:
    """Rewrite a zip-based file with fixed times, so that the same report is the same bytes."""
    with zipfile.ZipFile(path) as packed:
        members = [(name, packed.read(name)) for name in packed.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members:
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2020-01-01T00:00:00Z", data)
            packed.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
