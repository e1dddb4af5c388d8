"""Spreadsheets that we write: text that stays text, and the comparison of two reports."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assistant.comparing import Comparison
from assistant.render.side_by_side import FIGURE_COLUMNS, KINDS, figure_row, name_of
from assistant.text import clean

__all__ = ["put_text", "save_comparison"]

_LONGEST = 32_767  # characters; a spreadsheet refuses to open a cell with more
_FORMULA_STARTS = tuple("=+-@＝＋－＠")  # blanks before one are skipped by programs that read a CSV made of the sheet
_MARKED = PatternFill("solid", fgColor="FFF2CC")
_WRAPPED = Alignment(vertical="top", wrap_text=True)


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Text as text: what opens with = + - @ must never become a formula in someone's spreadsheet."""
    shown = clean(text)[:_LONGEST]
    cell.value = shown
    cell.data_type = "s"
    cell.quotePrefix = shown.lstrip()[:1] in _FORMULA_STARTS


def save_comparison(compared: Comparison, path: Path) -> None:
    """Two reports side by side in two sheets: every figure, every paragraph; what has changed is coloured."""
    old, new = name_of(compared.old), name_of(compared.new)
    book = Workbook()
    figures, texts = book.worksheets[0], book.create_sheet("文字")
    figures.title = "数字"
    _head(figures, (*FIGURE_COLUMNS[:2], old, new, *FIGURE_COLUMNS[4:]), (26, 60, 16, 16, 12, 12))
    for figure in compared.figures:
        where, label, *_, rate = figure_row(figure)
        _row(figures, (where, label, figure.old, figure.new, figure.change, rate), marked=figure.old != figure.new)
    _head(texts, ("章节", "变化", old, new), (26, 10, 70, 70))
    for part in compared.parts:
        for pair in part.pairs:
            _row(texts, (part.title, KINDS[pair.kind], pair.old, pair.new), marked=pair.kind != "same")
    book.save(path)


def _head(sheet: Worksheet, titles: Sequence[str], widths: Sequence[int]) -> None:
    _row(sheet, titles)
    for column, width in enumerate(widths, start=1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _row(sheet: Worksheet, values: Sequence[str | Decimal | None], *, marked: bool = False) -> None:
    """The next row; what is marked has changed."""
    row = sheet.max_row + bool(sheet["A1"].value)
    for column, value in enumerate(values, start=1):
        cell = cast(Cell, sheet.cell(row, column))
        cell.alignment = _WRAPPED
        if marked:
            cell.fill = _MARKED
        if isinstance(value, str):
            put_text(cell, value)
        else:
            cell.value = value
