"""Where everything stands in the data workbook; writing and reading it follow these places."""

from __future__ import annotations

from functools import cache

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assistant.drafting.office import OPENING, PARTS
from assistant.form.drawing import Drawn, drawing
from assistant.text import clean

__all__ = [
    "BASIC",
    "BASIC_ROWS",
    "EXPORT",
    "GUIDE",
    "OWN",
    "OWN_COLUMNS",
    "PLANS",
    "PLAN_COLUMNS",
    "PLAN_KINDS",
    "POINTS",
    "POINT_COLUMNS",
    "POINT_PARTS",
    "SHEETS",
    "TABLES",
    "THIS_YEAR",
    "address_of",
    "last_year_place",
    "last_year_title",
    "place_of_metric",
    "text_at",
    "total_formula",
    "without_slots",
]

BASIC, OWN, POINTS, PLANS = "基本信息", "其他数据", "工作要点", "问题与改进"
GUIDE = "填表说明"  # for people; nothing of it is read
EXPORT = "统计导出"  # where an export of the statistics system is pasted; a workbook may be without it
TABLES = {"disclosure": "表二", "requests": "表三", "review": "表四"}
SHEETS = (BASIC, *TABLES.values(), OWN, POINTS, PLANS)

BASIC_ROWS = (
    ("单位", "全称，与题名、落款一致，如：某市某区人民政府"),
    ("年度", "报告的年度，四位数字"),
    ("级别", "从下拉列表选择"),
    ("落款日期", "如 2026-02-10；部门不晚于1月31日，政府不晚于3月31日"),
    ("联系电话", "可不填"),
    ("公开网址", "可不填"),
)
OWN_COLUMNS = ("名称", "数值", "单位", "来源", "用于哪一节")
POINT_COLUMNS = ("部分", "要点（一行一条，用完整的句子）", "这一部分写什么")

# What a row of 问题与改进 tells, and the part of the report that this year's belong to.
THIS_YEAR = {"本年问题": "问题", "本年改进": "改进"}
PLAN_KINDS = ("上年问题", "上年改进", *THIS_YEAR)
PLAN_COLUMNS = ("类别", "内容（一行一条，用完整的句子）", "上年所列的，本年进展和结果（用完整的句子）")
POINT_PARTS = (*(part.id for part in PARTS if part.id not in THIS_YEAR.values()), OPENING.id)

_GAP = 1  # empty columns between this year's figures and last year's
_STRIP_BELOW = 3  # table 4 is too wide for a second copy beside it: last year's line stands this far below


@cache
def _metric_cells() -> dict[str, tuple[str, Drawn]]:
    return {cell.metric: (table, cell) for table in TABLES for cell in drawing(table).cells if cell.metric}


def place_of_metric(metric: str) -> tuple[str, int, int]:
    """(sheet, row, column) of a figure; rows and columns count from 1, as in a spreadsheet."""
    table, cell = _metric_cells()[metric]
    return TABLES[table], cell.row + 1, cell.column + 1


def address_of(metric: str) -> str:
    """A figure's address as people write it: 表三!H12. Empty for a figure that has no cell (subtotals)."""
    if metric not in _metric_cells():
        return ""
    sheet, row, column = place_of_metric(metric)
    return f"{sheet}!{get_column_letter(column)}{row}"


def last_year_place(metric: str) -> tuple[str, int, int]:
    """(sheet, row, column) where last year's figure stands, for comparison only."""
    table, _ = _metric_cells()[metric]
    sheet, row, column = place_of_metric(metric)
    if table == "review":
        return sheet, row + _STRIP_BELOW, column
    figures = [cell for cell in drawing(table).cells if cell.metric]
    return sheet, row, column - min(cell.column for cell in figures) + drawing(table).columns + _GAP


def last_year_title(table: str) -> tuple[int, int]:
    """(row, column) of the line above last year's figures that says whose they are."""
    places = [last_year_place(cell.metric) for cell in drawing(table).cells if cell.metric]
    return min(row for _, row, _ in places) - 1, min(column for _, _, column in places)


def total_formula(metric: str) -> str:
    """The formula of a figure that is the sum of others (总计, （七）总计); empty for one that people enter."""
    table, cell = _metric_cells()[metric]
    letter, row = get_column_letter(cell.column + 1), cell.row + 1
    family, _, column = metric.rpartition(".")
    if column == "total":
        width = len(drawing(table).table.blocks[0].columns) - 1
        first, last = get_column_letter(cell.column + 1 - width), get_column_letter(cell.column)
        return f"=SUM({first}{row}:{last}{row})"
    if family == "requests.concluded":
        outcomes = [form_row for form_row in drawing(table).table.rows if form_row.mark.startswith("三（")]
        top = row - len(outcomes) + 1  # the row itself, （七）总计, is the last of them
        return f"=SUM({letter}{top}:{letter}{row - 1})"
    return ""


def text_at(sheet: Worksheet, row: int, column: int) -> str:
    """A cell as text, whatever it holds; a formula in a text sheet is text to us."""
    value = sheet.cell(row, column).value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else without_slots(str(value))


def without_slots(text: str) -> str:
    """Words of an office as they may stand in a draft: curly slots are ours, who types them means text."""
    return clean(text).replace("{{", "｛｛").replace("}}", "｝｝").strip()
