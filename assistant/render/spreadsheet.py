"""Text in the cells of spreadsheets that we write, which must stay text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.text import clean

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

__all__ = ["put_text"]

_LONGEST = 32_767  # characters; a spreadsheet refuses to open a cell with more
_FORMULA_STARTS = tuple("=+-@＝＋－＠")  # blanks before one are skipped by programs that read a CSV made of the sheet


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Text as text: what opens with = + - @ must never become a formula in someone's spreadsheet."""
    shown = clean(text)[:_LONGEST]
    cell.value = shown
    cell.data_type = "s"
    cell.quotePrefix = shown.lstrip()[:1] in _FORMULA_STARTS
