"""How the data workbook looks: frames, fills, fonts."""

from __future__ import annotations

from typing import cast

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["CENTRE", "FRAME", "GREY", "HEAD", "RED", "SUM", "TOP", "cell_at"]

_THIN = Side(style="thin", color="808080")
FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
TOP = Alignment(vertical="top", wrap_text=True)
HEAD = PatternFill("solid", fgColor="DCE6F1")
SUM = PatternFill("solid", fgColor="F2F2F2")
RED = PatternFill("solid", bgColor="F8CBAD")
GREY = Font(color="808080", italic=True)


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell that holds something: what a merged range covers is never written to."""
    return cast(Cell, sheet.cell(row, column))
