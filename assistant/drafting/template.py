"""Writing the data workbook: empty for a new year, or filled from data that is already at hand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assistant.drafting.office import LEVELS, PARTS, OfficeData
from assistant.drafting.sheets import (
    BASIC,
    BASIC_ROWS,
    OWN,
    OWN_COLUMNS,
    POINT_COLUMNS,
    POINTS,
    TABLES,
    last_year_place,
    total_formula,
)
from assistant.errors import BadWorkbook
from assistant.form.drawing import Drawing, drawing
from assistant.text import clean

__all__ = ["write_template", "write_workbook"]

LastYear = Mapping[str, Decimal | None]

_THIN = Side(style="thin", color="808080")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_TOP = Alignment(vertical="top", wrap_text=True)
_HEAD = PatternFill("solid", fgColor="DCE6F1")
_SUM = PatternFill("solid", fgColor="F2F2F2")
_GREY = Font(color="808080", italic=True)
_LABEL_WIDTHS = {"disclosure": (22,), "requests": (10, 14, 56)}
_FIGURE_WIDTH = 12
_POINT_ROWS = 4  # empty rows for each part
_OWN_ROWS = 200  # rows that get a drop-down list


def write_template(path: Path, unit: str, year: int, last_year: LastYear | None, *, overwrite: bool = False) -> None:
    """An empty workbook for ``unit`` and ``year``, last year's figures in grey beside the empty cells.

    Raises:
        BadWorkbook: the file exists and ``overwrite`` is false, or it cannot be written.
    """
    write_workbook(path, OfficeData(unit=unit, year=year, level=_likely_level(unit)), last_year, overwrite=overwrite)


def write_workbook(path: Path, data: OfficeData, last_year: LastYear | None, *, overwrite: bool = False) -> None:
    """The workbook with everything that ``data`` holds; totals are formulas. Raises as ``write_template``."""
    if path.exists() and not overwrite:
        raise BadWorkbook("文件已经存在，没有改动它", where=str(path), help="换一个文件名，或加 --overwrite 覆盖。")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = BASIC
    _basic(sheet, data)
    for table, title in TABLES.items():
        _table(book.create_sheet(title), drawing(table), data, last_year)
    _own(book.create_sheet(OWN), data)
    _points(book.create_sheet(POINTS), data)
    for each in book.worksheets:
        each.page_setup.orientation, each.page_setup.fitToHeight = "landscape", 0
        each.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    try:
        book.save(path)
    except OSError as error:
        raise BadWorkbook(
            f"写不了文件（{error.strerror or error}）",
            where=str(path),
            help="请检查文件夹是否存在，或先关闭已打开的文件。",
        ) from error


def _likely_level(unit: str) -> str:
    """A guess for the drop-down list, for the office to correct."""
    endings = (("省人民政府", 0), ("自治区人民政府", 0), ("市人民政府", 1), ("州人民政府", 1), ("区人民政府", 2),
               ("县人民政府", 2), ("旗人民政府", 2), ("乡人民政府", 3), ("镇人民政府", 3), ("街道办事处", 3))  # fmt: skip
    return LEVELS[next((level for ending, level in endings if unit.endswith(ending)), len(LEVELS) - 1)]


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell that holds something: what a merged range covers is never written to."""
    return cast(Cell, sheet.cell(row, column))


def _text(cell: Cell, text: str) -> None:
    """Text as text: what opens with = + - @ must never become a formula in someone's spreadsheet."""
    cell.value = clean(text)
    cell.data_type = "s"
    cell.quotePrefix = text[:1] in ("=", "+", "-", "@")


def _head(sheet: Worksheet, titles: tuple[str, ...], widths: tuple[int, ...]) -> None:
    for column, (title, width) in enumerate(zip(titles, widths, strict=True), start=1):
        cell = _cell(sheet, 1, column)
        _text(cell, title)
        cell.font, cell.fill, cell.border = Font(bold=True), _HEAD, _FRAME
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
        _text(_cell(sheet, row, 1), item)
        value = _cell(sheet, row, 2)
        value.border = _FRAME
        if item == "年度":
            value.value = data.year
            value.alignment = Alignment(horizontal="left")
        elif item == "落款日期":
            value.number_format = "yyyy-mm-dd"
            value.value = data.signed_on
            value.alignment = Alignment(horizontal="left")
        else:
            _text(value, known[item])
        _text(_cell(sheet, row, 3), hint)
        _cell(sheet, row, 3).font = _GREY
        if item == "级别":
            _choices(sheet, value.coordinate, LEVELS)


def _table(sheet: Worksheet, plan: Drawing, data: OfficeData, last_year: LastYear | None) -> None:
    counts = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    counts.error, counts.errorTitle = "这里只填不小于0的数字；没有数据请留空，不要写“无”“约”", "不是数字"
    sheet.add_data_validation(counts)
    for drawn in plan.cells:
        cell = _cell(sheet, drawn.row + 1, drawn.column + 1)
        cell.alignment = _CENTRE
        if drawn.metric:
            _figure(cell, drawn.metric, data)
            counts.add(cell.coordinate)
        else:
            _text(cell, drawn.text)
            cell.fill = _HEAD
        _frame(sheet, drawn.row + 1, drawn.column + 1, drawn.height, drawn.width)
    if last_year is not None:
        _last_year(sheet, plan, last_year)
    labels = _LABEL_WIDTHS.get(plan.table.id, ())
    for n in range(plan.columns):
        sheet.column_dimensions[get_column_letter(n + 1)].width = labels[n] if n < len(labels) else _FIGURE_WIDTH
    sheet.freeze_panes = _cell(sheet, plan.header_rows + 1, 1)


def _frame(sheet: Worksheet, row: int, column: int, height: int, width: int) -> None:
    for down in range(height):
        for right in range(width):
            _cell(sheet, row + down, column + right).border = _FRAME
    if height > 1 or width > 1:
        sheet.merge_cells(start_row=row, start_column=column, end_row=row + height - 1, end_column=column + width - 1)


def _figure(cell: Cell, metric: str, data: OfficeData) -> None:
    formula = total_formula(metric)
    if formula:
        cell.value, cell.fill = formula, _SUM
        return
    entry = data.cells.get(metric)
    cell.value = entry.value if entry else None


def _last_year(sheet: Worksheet, plan: Drawing, last_year: LastYear) -> None:
    metrics = [cell.metric for cell in plan.cells if cell.metric]
    places = {metric: last_year_place(metric) for metric in metrics}
    top, left = min(row for _, row, _ in places.values()), min(column for _, _, column in places.values())
    title = _cell(sheet, top - 1, left)
    _text(title, "上年数字（灰色，只供核对，不必改）")
    title.font = _GREY
    for metric, (_, row, column) in places.items():
        cell = _cell(sheet, row, column)
        cell.value, cell.font, cell.alignment = last_year.get(metric), _GREY, _CENTRE


def _own(sheet: Worksheet, data: OfficeData) -> None:
    _head(sheet, OWN_COLUMNS, (32, 14, 10, 40, 18))
    hint = _cell(sheet, 1, len(OWN_COLUMNS) + 2)
    _text(hint, "正文要用、三张表里没有的数字都填在这里。信息处理费没有收取也请填 0 元，用于“其他事项”。")
    hint.font = _GREY
    _choices(sheet, f"E2:E{_OWN_ROWS + 1}", tuple(part.id for part in PARTS))
    for row, figure in enumerate(data.own, start=2):
        _text(_cell(sheet, row, 1), figure.name)
        _cell(sheet, row, 2).value = figure.value
        for column, text in enumerate((figure.unit, figure.source, figure.part), start=3):
            _text(_cell(sheet, row, column), text)


def _points(sheet: Worksheet, data: OfficeData) -> None:
    _head(sheet, POINT_COLUMNS, (18, 100))
    row = 2
    for part in PARTS:
        points = data.points_of(part.id)
        for n in range(max(_POINT_ROWS, len(points))):
            _text(_cell(sheet, row, 1), part.id)
            if n < len(points):
                _text(_cell(sheet, row, 2), points[n].text)
            _cell(sheet, row, 2).alignment = _TOP
            row += 1
