"""Figures of worksheet cells: numbers, numbers kept as text, and simple sums that no program has computed yet."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from assistant.readers.form_tables.labels import is_figure, parse_cell
from assistant.report import Source
from assistant.text import printable

__all__ = ["NotANumber", "number_in"]

_LARGEST = Decimal(10) ** 10  # no office counts to ten thousand million, nor charges that in 万元: a slip of the hand
_PLACES = 6  # what is left of a float's noise; money in 万元 has at most four
_REFERENCE = r"\$?[A-Z]{1,3}\$?\d{1,5}"
_TERM = rf"(?:SUM\([^()]*\)|{_REFERENCE}|\d+(?:\.\d+)?)"
_FORMULA = re.compile(rf"=\s*\+?\s*{_TERM}(?:\s*\+\s*{_TERM})*\s*")
_PART = re.compile(rf"SUM\((?P<list>[^()]*)\)|(?P<cell>{_REFERENCE})|(?P<number>\d+(?:\.\d+)?)")
_RANGE = re.compile(rf"(?P<first>{_REFERENCE})(?::(?P<last>{_REFERENCE}))?")
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
    formula = str(cell.value).upper()
    if depth >= _DEEPEST:
        raise NotANumber("公式绕成了圈", cell.coordinate)
    if not _FORMULA.fullmatch(formula):
        shown = printable(str(cell.value))[:_SHOWN]
        raise NotANumber(f"只能用本表内的求和公式，这里是“{shown}”，请改填数字", cell.coordinate)
    found: list[Decimal | None] = []
    for part in _PART.finditer(formula):
        if part["number"]:
            found.append(Decimal(part["number"]))
        elif part["cell"]:
            found.append(number_in(sheet, part["cell"].replace("$", ""), depth + 1))
        else:
            found += _listed(sheet, part["list"], cell, depth)
    numbers = [value for value in found if value is not None]
    return _bounded(sum(numbers, Decimal(0)), cell) if numbers else None


def _listed(sheet: Worksheet, arguments: str, cell: Cell, depth: int) -> list[Decimal | None]:
    values: list[Decimal | None] = []
    for argument in arguments.split(","):
        found = _RANGE.fullmatch(argument.strip())
        if not found:
            raise NotANumber(f"求和公式里有看不懂的部分：“{printable(argument)[:_SHOWN]}”", cell.coordinate)
        first, last = found["first"].replace("$", ""), (found["last"] or found["first"]).replace("$", "")
        for row in sheet[f"{first}:{last}"]:
            values += [number_in(sheet, part.coordinate, depth + 1) for part in row]
    return values
