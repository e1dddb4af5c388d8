"""The three tables of the data workbook, as in the form."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from assistant.drafting.office import OfficeData
from assistant.drafting.sheets import address_of, last_year_place, last_year_title, total_formula
from assistant.drafting.template_look import CENTRE, FRAME, GREY, HEAD, RED, SUM, cell_at
from assistant.form import APPLICANTS
from assistant.form.drawing import Drawing
from assistant.render.spreadsheet import put_text

__all__ = ["LastYear", "write_table"]

LastYear = Mapping[str, Decimal | None]

_LABEL_WIDTHS = {"disclosure": (22,), "requests": (10, 14, 56)}
_FIGURE_WIDTH = 12


def write_table(sheet: Worksheet, plan: Drawing, data: OfficeData, last_year: LastYear | None) -> None:
    """One table laid out as the form: totals as formulas, input checks, ``last_year`` in grey beside or below it."""
    counts = _numbers(sheet, "whole", "这里只填不小于0的整数；没有数据请留空，不要写“无”“约”")
    amounts = _numbers(sheet, "decimal", "这里只填不小于0的金额，单位万元；没有数据请留空")
    for drawn in plan.cells:
        cell = cell_at(sheet, drawn.row + 1, drawn.column + 1)
        cell.alignment = CENTRE
        if drawn.metric:
            _figure(cell, drawn.metric, data)
            (amounts if drawn.metric.endswith(".amount") else counts).add(cell.coordinate)
        else:
            put_text(cell, drawn.text)
            cell.fill = HEAD
        _frame(sheet, drawn.row + 1, drawn.column + 1, drawn.height, drawn.width)
    if plan.table.id == "requests":
        _warn_of_imbalance(sheet, last_year is not None)
    if last_year is not None:
        _last_year(sheet, plan, data, last_year)
    labels = _LABEL_WIDTHS.get(plan.table.id, ())
    for n in range(plan.columns):
        sheet.column_dimensions[get_column_letter(n + 1)].width = labels[n] if n < len(labels) else _FIGURE_WIDTH
    sheet.freeze_panes = cell_at(sheet, plan.header_rows + 1, 1)


def _numbers(sheet: Worksheet, kind: Literal["whole", "decimal"], told: str) -> DataValidation:
    rule = DataValidation(type=kind, operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    rule.error, rule.errorTitle = told, "不是数字"
    sheet.add_data_validation(rule)
    return rule


def _warn_of_imbalance(sheet: Worksheet, beside: bool) -> None:
    """Red where a column's 收 and 办 do not balance, or 上年结转 is not what last year's report carried over."""

    def at(row: str, column: str) -> str:
        return address_of(f"requests.{row}.{column}").partition("!")[2]

    def red(cell: str, formula: str) -> None:
        sheet.conditional_formatting.add(
            cell, Rule(type="expression", formula=[formula], dxf=DifferentialStyle(fill=RED))
        )

    for column in (each.id for each in APPLICANTS):
        new, carried, done, left = (at(row, column) for row in ("received", "carried_in", "concluded", "carried_out"))
        red(left, f"AND(COUNT({new},{carried},{left})>0,N({new})+N({carried})<>N({done})+N({left}))")
        if beside:
            _, row, place = last_year_place(f"requests.carried_out.{column}")
            before = f"{get_column_letter(place)}{row}"
            red(carried, f"AND(ISNUMBER({before}),ISNUMBER({carried}),{before}<>{carried})")


def _frame(sheet: Worksheet, row: int, column: int, height: int, width: int) -> None:
    for down in range(height):
        for right in range(width):
            cell_at(sheet, row + down, column + right).border = FRAME
    if height > 1 or width > 1:
        sheet.merge_cells(start_row=row, start_column=column, end_row=row + height - 1, end_column=column + width - 1)


def _figure(cell: Cell, metric: str, data: OfficeData) -> None:
    formula = total_formula(metric)
    if formula:
        cell.value, cell.fill = formula, SUM
        return
    entry = data.cells.get(metric)
    cell.value = entry.value if entry else None


def _last_year(sheet: Worksheet, plan: Drawing, data: OfficeData, last_year: LastYear) -> None:
    metrics = [cell.metric for cell in plan.cells if cell.metric]
    places = {metric: last_year_place(metric) for metric in metrics}
    title = cell_at(sheet, *last_year_title(plan.table.id))
    put_text(title, f"上年数字：{data.unit}{data.year - 1}年（灰色，只供核对，不必改）")
    title.font = GREY
    for metric, (_, row, column) in places.items():
        cell = cell_at(sheet, row, column)
        cell.value, cell.font, cell.alignment = last_year.get(metric), GREY, CENTRE
