"""Figures of worksheet cells: numbers, numbers kept as text, and arithmetic that no program has computed yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal, DivisionByZero, InvalidOperation
from typing import NamedTuple

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from assistant.language.numerals import parse
from assistant.lexicon import phrase
from assistant.patterns import regex
from assistant.report import is_left_blank
from assistant.text import printable

__all__ = ["Cached", "NotANumber", "Reading", "figure_at", "number_in"]

Cached = Callable[[str, str], object]
"""(sheet, address) → what the program that saved the workbook last computed there; ``None`` where nothing is kept."""

_LARGEST = Decimal(10) ** 10  # no office counts to ten thousand million, nor charges that in 万元: a slip of the hand
_PLACES = 6  # what is left of a float's noise; money in 万元 has at most four
_DEEPEST = 8  # sums of sums of sums; more than this is a circle
_MOST_CELLS = 5000  # that one range may cover; the data workbook needs some ten
_SHOWN = 40
_QUOTED = regex(r'"[^"]*"|\\.|\[[^\]]*\]')  # words and colours inside a number format


class NotANumber(ValueError):
    """A cell that should hold a figure does not. ``at`` is the cell at fault: of a sum, the one that spoils it."""

    def __init__(self, message: str, at: str) -> None:
        super().__init__(message)
        self.at = at


class Reading(NamedTuple):
    """The figure of a cell. ``unit`` is what stands with it in the cell (705件, 85%) or its format (percent);
    ``written`` an approximate one as it was written (14万余)."""

    value: Decimal | None
    unit: str = ""
    written: str = ""


class _BeyondArithmetic(ValueError):
    """A formula that does more than reckon with cells and numbers."""


def number_in(sheet: Worksheet, address: str, cached: Cached | None = None) -> Decimal | None:
    """The figure alone at ``address``, as ``figure_at``.

    Raises:
        NotANumber: as ``figure_at``; a share or an approximate figure, which are no counts.
    """
    read = figure_at(sheet, address, cached)
    if read.unit == "%":
        raise NotANumber("是百分数，这里要填件数或金额；如只是格式不对，请把单元格格式改为“常规”", address)
    if read.written:
        raise NotANumber(f"不是数字：“{read.written}”只是约数", address)
    return read.value


def figure_at(sheet: Worksheet, address: str, cached: Cached | None = None, _depth: int = 0) -> Reading:
    """The figure at ``address``; a value of ``None`` for a blank, “/” or 无, and for a sum of nothing but blanks.

    What people see is what is read: 0.85 in a percent format is 85 %. A formula that reckons with cells of the workbook
    is computed anew; of any other the value that was saved with it is taken.

    Raises:
        NotANumber: text, a date, an error value, a formula with no value, or a circle of formulas.
    """
    cell = sheet[address]
    if isinstance(cell, MergedCell):
        raise NotANumber("与旁边的格合并了，不知道数字属于哪一格，请取消合并", address)
    value = cell.value
    if isinstance(value, str) and value.startswith("=") and cell.data_type == "f":
        read = Reading(_computed(sheet, cell, cached, _depth))
    else:
        read = _constant(cell, value)
    if isinstance(value, str) and cell.data_type != "f":
        return read
    return _as_shown(cell, read) if read.value is not None and "%" in _QUOTED.sub("", cell.number_format) else read


def _as_shown(cell: Cell, read: Reading) -> Reading:
    """A percentage is kept as a fraction, and shown a hundredfold."""
    assert read.value is not None
    return Reading(_bounded(read.value * 100, cell), "%")


def _constant(cell: Cell, value: object) -> Reading:
    if value is None:
        return Reading(None)
    if isinstance(value, bool) or cell.data_type == "e":
        raise NotANumber(f"不是数字：“{value}”", cell.coordinate)
    if isinstance(value, date | time):
        raise NotANumber(f"是日期或时间，不是数字：“{value}”", cell.coordinate)
    if isinstance(value, int | float | Decimal):
        return Reading(_rounded(value, cell))
    return _text(cell, printable(str(value)).strip())


def _text(cell: Cell, text: str) -> Reading:
    if is_left_blank(text):
        return Reading(None)
    found = phrase("workbook", "written").fullmatch(text)
    numeral = parse(found["number"].strip()) if found else None
    if found is None or numeral is None or (found["unit"] or "").endswith(("右", "年", "月", "日")):  # 20左右, 2024年
        raise NotANumber(f"不是数字：“{text[:_SHOWN]}”", cell.coordinate)
    unit = (found["unit"] or "").replace("％", "%")
    about, more = found["about"] or "", found["more"] or ""
    written = f"{about}{found['number'].strip()}{more}" if about or more else ""
    return Reading(_bounded(numeral.value, cell), unit, written)


def _rounded(value: float | Decimal, cell: Cell) -> Decimal:
    return _bounded(Decimal(str(round(value, _PLACES) if isinstance(value, float) else value)), cell)


def _bounded(value: Decimal, cell: Cell) -> Decimal:
    if not value.is_finite() or abs(value) >= _LARGEST:
        raise NotANumber(f"数字太大，请核对：{value}", cell.coordinate)
    whole = value == value.to_integral_value()
    return value.quantize(Decimal(1)) if whole else value.normalize()


def _computed(sheet: Worksheet, cell: Cell, cached: Cached | None, depth: int) -> Decimal | None:
    if depth >= _DEEPEST:
        raise NotANumber("公式绕成了圈", cell.coordinate)
    try:
        value = _Formula(sheet, str(cell.value), cached, depth).value()
    except _BeyondArithmetic:
        saved = cached(sheet.title, cell.coordinate) if cached else None
        if isinstance(saved, int | float | Decimal) and not isinstance(saved, bool):
            return _rounded(saved, cell)
        shown = printable(str(cell.value))[:_SHOWN]
        message = f"公式“{shown}”没有随文件保存的结果，请在 Excel 或 WPS 中打开、保存后再试，或改填数字"
        raise NotANumber(message, cell.coordinate) from None
    except (DivisionByZero, InvalidOperation):
        raise NotANumber("公式除以了零", cell.coordinate) from None
    return None if value is None else _bounded(round(value, _PLACES), cell)


class _Formula:
    """A formula of + − × ÷, brackets, SUM and references, read from left to right: ``value`` is what it comes to."""

    def __init__(self, sheet: Worksheet, formula: str, cached: Cached | None, depth: int) -> None:
        self.sheet, self.cached, self.depth = sheet, cached, depth
        self.tokens = [token for token in Tokenizer(formula).items if token.type != Token.WSPACE]
        self.at = 0

    def value(self) -> Decimal | None:
        found = self._sum()
        if self.at < len(self.tokens):
            raise _BeyondArithmetic
        return found

    def _sum(self) -> Decimal | None:
        left = self._product()
        while sign := self._operator("+", "-"):
            right = self._product()
            if left is not None or right is not None:  # nothing but blanks is blank
                left = (left or Decimal(0)) + (right or Decimal(0)) * (1 if sign == "+" else -1)
        return left

    def _product(self) -> Decimal | None:
        left = self._factor()
        while sign := self._operator("*", "/"):
            right = self._factor() or Decimal(0)
            left = (left or Decimal(0)) * right if sign == "*" else (left or Decimal(0)) / right
        return left

    def _factor(self) -> Decimal | None:
        token = self._next()
        if token.type == Token.OP_PRE:
            value = self._factor()
            return -value if token.value == "-" and value is not None else value
        if token.type == Token.PAREN and token.subtype == Token.OPEN:
            value = self._sum()
            self._close()
        elif token.type == Token.FUNC and token.value.upper() == "SUM(":
            value = self._total()
        elif token.type == Token.OPERAND and token.subtype == Token.NUMBER:
            value = Decimal(token.value)
        elif token.type == Token.OPERAND and token.subtype == Token.RANGE:
            found = self._cells(token.value)
            if len(found) != 1:
                raise _BeyondArithmetic
            value = found[0]
        else:
            raise _BeyondArithmetic
        if self.at < len(self.tokens) and self.tokens[self.at].type == Token.OP_POST:
            self.at += 1
            value = None if value is None else value / 100
        return value

    def _total(self) -> Decimal | None:
        found: list[Decimal | None] = []
        while True:
            token = self._next()
            if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                found += self._cells(token.value)
            elif token.type == Token.OPERAND and token.subtype == Token.NUMBER:
                found.append(Decimal(token.value))
            elif token.type == Token.FUNC and token.subtype == Token.CLOSE:
                break
            elif token.type != Token.SEP:
                raise _BeyondArithmetic
        numbers = [value for value in found if value is not None]
        return sum(numbers, Decimal(0)) if numbers else None

    def _cells(self, reference: str) -> list[Decimal | None]:
        name, _, area = reference.rpartition("!")
        name = name.strip("'").replace("''", "'")
        book = self.sheet.parent
        if name and (book is None or name not in book.sheetnames):
            raise _BeyondArithmetic  # another file's, or a name that is none of a sheet
        sheet = book[name] if name and book is not None else self.sheet
        try:
            left, top, right, bottom = range_boundaries(area.replace("$", ""))
        except ValueError:
            raise _BeyondArithmetic from None
        if not (left and top and right and bottom) or (right - left + 1) * (bottom - top + 1) > _MOST_CELLS:
            raise _BeyondArithmetic
        columns = [get_column_letter(column) for column in range(left, right + 1)]
        places = [f"{column}{row}" for row in range(top, bottom + 1) for column in columns]
        return [self._figure(sheet, place) for place in places]

    def _figure(self, sheet: Worksheet, place: str) -> Decimal | None:
        if isinstance(sheet[place], MergedCell):
            return None  # a range may run over merged cells: what they hold stands in the first
        try:
            read = figure_at(sheet, place, self.cached, self.depth + 1)
        except NotANumber as fault:
            at = fault.at if "!" in fault.at or sheet is self.sheet else f"{sheet.title}!{fault.at}"
            raise NotANumber(str(fault), at) from None
        if read.value is None:
            return None
        return read.value / 100 if read.unit == "%" else read.value

    def _operator(self, *signs: str) -> str:
        if self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token.type == Token.OP_IN and token.value in signs:
                self.at += 1
                return str(token.value)
        return ""

    def _close(self) -> None:
        token = self._next()
        if token.type != Token.PAREN or token.subtype != Token.CLOSE:
            raise _BeyondArithmetic

    def _next(self) -> Token:
        if self.at >= len(self.tokens):
            raise _BeyondArithmetic
        self.at += 1
        token: Token = self.tokens[self.at - 1]
        return token
