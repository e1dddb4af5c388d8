"""Writing the data workbook: empty for a new year, or filled from data that is already at hand."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assistant.drafting.office import FOLLOWED_UP, LEVELS, PARTS, OfficeData, likely_level
from assistant.drafting.sheets import (
    BASIC,
    BASIC_ROWS,
    EXPORT,
    OWN,
    OWN_COLUMNS,
    PLAN_COLUMNS,
    PLAN_KINDS,
    PLANS,
    POINT_COLUMNS,
    POINT_PARTS,
    POINTS,
    TABLES,
    THIS_YEAR,
)
from assistant.drafting.template_look import FRAME, GREY, HEAD, TOP, cell_at
from assistant.drafting.template_tables import LastYear, write_table
from assistant.form.drawing import drawing
from assistant.render.output import writable, writing
from assistant.render.spreadsheet import put_text
from assistant.report import Report
from assistant.rules.numbering import IMPROVEMENTS, PROBLEMS
from assistant.rules.plans import items_of

__all__ = ["plans_of", "write_template", "write_workbook"]

Plans = tuple[tuple[str, str], ...]

_POINT_ROWS = 4  # empty rows for each part
_CHARACTERS_A_LINE, _LINE_HEIGHT = 32, 15  # Chinese characters in a column 70 wide; points
_OWN_ROWS = 200  # rows that get a drop-down list


def write_template(
    path: Path, unit: str, year: int, last_year: LastYear | None, *, plans: Plans = (), overwrite: bool = False
) -> None:
    """An empty workbook for ``unit`` and ``year``, last year's figures in grey beside the empty cells.

    ``plans`` are last year's problems and improvements, for the office to say what became of each.

    Raises:
        AssistantError: another format than .xlsx, the file exists and ``overwrite`` is false, or it cannot be written.
    """
    write_workbook(
        path, OfficeData(unit=unit, year=year, level=likely_level(unit)), last_year, plans=plans, overwrite=overwrite
    )


def plans_of(report: Report) -> Plans:
    """The problems and improvements of a report: (上年问题 or 上年改进, what it wrote)."""
    sides = zip(PLAN_KINDS, (PROBLEMS, IMPROVEMENTS), strict=False)
    return tuple((kind, item.text.strip("，；、 \n")) for kind, side in sides for item in items_of(report, side))


def write_workbook(
    path: Path, data: OfficeData, last_year: LastYear | None, *, plans: Plans = (), overwrite: bool = False
) -> None:
    """The workbook with everything that ``data`` holds; totals are formulas. Raises as ``write_template``."""
    writable(path, (".xlsx",), overwrite=overwrite, way_out="换一个文件名，或加 --overwrite 覆盖。")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = BASIC
    _basic(sheet, data)
    for table, title in TABLES.items():
        write_table(book.create_sheet(title), drawing(table), data, last_year)
    _own(book.create_sheet(OWN), data)
    _points(book.create_sheet(POINTS), data)
    _plans(book.create_sheet(PLANS), data, plans)
    _export(book.create_sheet(EXPORT))
    for each in book.worksheets:
        each.page_setup.orientation, each.page_setup.fitToHeight = "landscape", 0
        each.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    with writing(path):
        book.save(path)


def _head(sheet: Worksheet, titles: tuple[str, ...], widths: tuple[int, ...]) -> None:
    for column, (title, width) in enumerate(zip(titles, widths, strict=True), start=1):
        cell = cell_at(sheet, 1, column)
        put_text(cell, title)
        cell.font, cell.fill, cell.border = Font(bold=True), HEAD, FRAME
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _choices(sheet: Worksheet, cells: str, choices: tuple[str, ...]) -> None:
    rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    rule.error, rule.errorTitle = "请从下拉列表选择", "不在列表中"
    sheet.add_data_validation(rule)
    rule.add(cells)


def _basic(sheet: Worksheet, data: OfficeData) -> None:
    _head(sheet, ("项目", "内容", "说明"), (14, 40, 60))
    known = {"单位": data.unit, "级别": data.level, "联系电话": data.phone, "公开网址": data.website}
    for row, (item, hint) in enumerate(BASIC_ROWS, start=2):
        put_text(cell_at(sheet, row, 1), item)
        value = cell_at(sheet, row, 2)
        value.border = FRAME
        if item == "年度":
            value.value = data.year
            value.alignment = Alignment(horizontal="left")
        elif item == "落款日期":
            value.number_format = "yyyy-mm-dd"
            value.value = data.signed_on
            value.alignment = Alignment(horizontal="left")
        else:
            put_text(value, known[item])
        put_text(cell_at(sheet, row, 3), hint)
        cell_at(sheet, row, 3).font = GREY
        if item == "级别":
            _choices(sheet, value.coordinate, LEVELS)


def _own(sheet: Worksheet, data: OfficeData) -> None:
    _head(sheet, OWN_COLUMNS, (32, 14, 10, 40, 18))
    hint = cell_at(sheet, 1, len(OWN_COLUMNS) + 2)
    put_text(hint, "正文要用、三张表里没有的数字都填在这里。信息处理费没有收取也请填 0 元，用于“其他事项”。")
    hint.font = GREY
    _choices(sheet, f"E2:E{_OWN_ROWS + 1}", tuple(part.id for part in PARTS))
    for row, figure in enumerate(data.own, start=2):
        put_text(cell_at(sheet, row, 1), figure.name)
        cell_at(sheet, row, 2).value = figure.value
        for column, text in enumerate((figure.unit, figure.source, figure.part), start=3):
            put_text(cell_at(sheet, row, column), text)


def _points(sheet: Worksheet, data: OfficeData) -> None:
    _head(sheet, POINT_COLUMNS, (18, 100, 60))
    asked = {part.id: part.asks for part in PARTS}
    row = 2
    for part in POINT_PARTS:
        points = data.points_of(part)
        hint = cell_at(sheet, row, len(POINT_COLUMNS))
        put_text(hint, asked[part])
        hint.font, hint.alignment = GREY, TOP
        for n in range(max(_POINT_ROWS, len(points))):
            put_text(cell_at(sheet, row, 1), part)
            if n < len(points):
                put_text(cell_at(sheet, row, 2), points[n].text)
            cell_at(sheet, row, 2).alignment = TOP
            row += 1


def _plans(sheet: Worksheet, data: OfficeData, plans: Plans) -> None:
    """Last year's problems and plans, each with a cell for what became of it; then this year's."""
    _head(sheet, PLAN_COLUMNS, (12, 70, 70))
    told = [("上年改进", "", point.text) for point in data.points_of(FOLLOWED_UP)]
    rows = [(kind, text, "") for kind, text in plans] + told
    for kind, part in THIS_YEAR.items():
        points = [point.text for point in data.points_of(part)]
        rows += [(kind, text, "") for text in (*points, *[""] * (_POINT_ROWS - len(points)))]
    for row, texts in enumerate(rows, start=2):
        # Not every program makes rows as tall as the words in them need.
        lines = max(-(-len(text) // _CHARACTERS_A_LINE) for text in texts)
        sheet.row_dimensions[row].height = _LINE_HEIGHT * max(lines, 2)
        for column, text in enumerate(texts, start=1):
            cell = cell_at(sheet, row, column)
            cell.alignment = TOP
            if text:
                put_text(cell, text)
            if column > 1 and texts[0] not in THIS_YEAR:
                cell.font = GREY if column == len(PLAN_COLUMNS) - 1 else Font()
    _choices(sheet, f"A2:A{len(rows) + _OWN_ROWS}", PLAN_KINDS)


def _export(sheet: Worksheet) -> None:
    """Empty but for a line that says what it is for."""
    hint = cell_at(sheet, 1, 1)
    put_text(hint, "统计系统导出的表二、表三、表四可以连同行列标签整张粘贴在下面；前面各表留空的格按标签取这里的数字。")
    hint.font = GREY
