"""Figures of worksheet cells: numbers, numbers kept as text, and simple sums that no program has computed yet."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assistant.readers.excel.sums import NotASum, Place, sum_of
from assistant.readers.form_tables.labels import is_figure, parse_cell
from assistant.report import Source
from assistant.text import printable

__all__ = ["NotANumber", "number_in"]

_LARGEST = Decimal(10) ** 10  # no office counts to ten thousand million, nor charges that in 万元: a slip of the hand
_PLACES = 6  # what is left of a float's noise; money in 万元 has at most four
_DEEPEST = 8  # sums of sums of sums; more than this is a circle
_SHOWN = 40


class NotANumber(ValueError):
    """A cell that should hold a figure does not. ``at`` is the cell at fault: of a sum, the one that spoils it."""

    def __init__(self, message: str, at: str) -> None:
        super().__init__(message)
        self.at = at


def number_in(sheet: Worksheet, address: str, _depth: int = 0) -> Decimal | None:
    """The figure at ``address``; ``None`` for a blank, “/” or 无, and for a sum of nothing but blanks.

    Raises:
        NotANumber: text, a date, an error value, a formula that is more than a sum, or a circle of sums.
    """
    cell = sheet[address]
    value = cell.value
    if isinstance(value, str) and value.startswith("=") and cell.data_type == "f":
        return _sum(sheet, cell, _depth)
    return _constant(cell)


def _constant(cell: Cell) -> Decimal | None:
    value = cell.value
    if value is None:
        return None
    if isinstance(value, bool) or cell.data_type == "e":
        raise NotANumber(f"不是数字：“{value}”", cell.coordinate)
    if isinstance(value, date | time):
        raise NotANumber(f"是日期或时间，不是数字：“{value}”", cell.coordinate)
    if isinstance(value, int | float | Decimal):
        return _bounded(Decimal(str(round(value, _PLACES) if isinstance(value, float) else value)), cell)
    text = printable(str(value))
    read = parse_cell(text, Source())
    if read.note or (read.value is None and not is_figure(text)):
        raise NotANumber(f"不是数字：“{text[:_SHOWN]}”", cell.coordinate)
    return None if read.value is None else _bounded(read.value, cell)


def _bounded(value: Decimal, cell: Cell) -> Decimal:
    if not value.is_finite() or abs(value) >= _LARGEST:
        raise NotANumber(f"数字太大，请核对：{value}", cell.coordinate)
    whole = value == value.to_integral_value()
    return value.quantize(Decimal(1)) if whole else value.normalize()


def _sum(sheet: Worksheet, cell: Cell, depth: int) -> Decimal | None:
    if depth >= _DEEPEST:
        raise NotANumber("公式绕成了圈", cell.coordinate)

    def value_at(place: Place) -> Decimal | None:
        return number_in(sheet, f"{get_column_letter(place[1])}{place[0]}", depth + 1)

    try:
        value = sum_of(str(cell.value), value_at)
    except NotASum as error:
        shown = printable(error.part or str(cell.value))[:_SHOWN]
        what = "求和公式里有看不懂的部分：“{}”" if error.part else "只能用本表内的求和公式，这里是“{}”，请改填数字"
        raise NotANumber(what.format(shown), cell.coordinate) from None
    return None if value is None else _bounded(value, cell)
