"""Tables of a Word file as grids: merged cells, rows cut short, and rows that do not line up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from assistant.readers.blocks import Grid, GridCell
from assistant.readers.office_xml import attribute, child, kind
from assistant.readers.word.text import cell_text, content
from assistant.report import Source

__all__ = ["Placed", "TooManyCells", "as_grid", "cell_sources", "place_cells"]

_WIDEST = 63  # columns; Word itself allows no more


class TooManyCells(ValueError):
    """The table has more rows, columns or cells than are allowed; the message says which."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One cell as it stands in the file. ``covered`` cells continue the one above or to the left of them."""

    element: etree._Element | None
    width: int
    covered: bool


def place_cells(table: etree._Element, most_rows: int, most_cells: int) -> list[list[Placed]]:
    """The cells of a table row by row, each with the columns that it spans.

    Raises:
        TooManyCells: before more is read than allowed.
    """
    rows: list[list[Placed]] = []
    open_above: set[int] = set()  # columns in which a vertical merge can go on
    count = 0
    for row in content(table):
        properties = child(row, "trPr")
        if kind(row) != "tr" or child(properties, "del") is not None:
            continue
        cells = list(_cells(row, properties, open_above))
        count += sum(cell.width for cell in cells)
        if len(rows) >= most_rows:
            raise TooManyCells(f"超过{most_rows}行")
        if sum(cell.width for cell in cells) > _WIDEST:
            raise TooManyCells(f"超过{_WIDEST}列")
        if count > most_cells:
            raise TooManyCells(f"超过{most_cells}格")
        rows.append(cells)
        open_above = _still_open(cells)
    return rows


def _cells(row: etree._Element, properties: etree._Element | None, open_above: set[int]) -> Iterator[Placed]:
    before, after = (_count(child(properties, name), 0) for name in ("gridBefore", "gridAfter"))
    if before:
        yield Placed(None, before, True)
    column = before
    for element in content(row):
        if kind(element) != "tc":
            continue
        own = child(element, "tcPr")
        width = _count(child(own, "gridSpan"), 1)
        goes_on = _merge(own, "vMerge") == "continue" and column in open_above
        gone = child(own, "cellDel") is not None or _merge(own, "hMerge") == "continue"
        yield Placed(element, width, goes_on or gone)
        column += width
    if after:
        yield Placed(None, after, True)


def _count(element: etree._Element | None, otherwise: int) -> int:
    value = attribute(element) or ""
    # A span of 10⁹ is cut to one more than is allowed, and refused with the row.
    return min(int(value[:9]), _WIDEST + 1) if value.isascii() and value.isdigit() and int(value[:9]) else otherwise


def _merge(properties: etree._Element | None, name: str) -> str:
    merge = child(properties, name)
    return "" if merge is None else attribute(merge) or "continue"


def _still_open(cells: list[Placed]) -> set[int]:
    columns: set[int] = set()
    column = 0
    for cell in cells:
        if cell.element is not None and _merge(child(cell.element, "tcPr"), "vMerge"):
            columns.add(column)
        column += cell.width
    return columns


def as_grid(rows: list[list[Placed]], table: int, *, nested: bool) -> tuple[Grid | None, list[etree._Element]]:
    """The grid of placed cells and the text boxes in them; no grid of a table without cells.

    A grid is rectangular, merged text at its upper left, where the rows line up. Where no row uses every column, or
    rows differ in width, the columns of the file are no columns of the form: only the cells that are drawn are given
    then.
    """
    widths = {sum(cell.width for cell in row) for row in rows}
    aligned = len(widths) == 1 and max(len(row) for row in rows) in widths
    boxes: list[etree._Element] = []
    lines: list[tuple[GridCell, ...]] = []
    for number, row in enumerate(rows, start=1):
        line: list[GridCell] = []
        column = 1
        for cell in row:
            text = ""
            if cell.element is not None and not cell.covered:
                text, found = cell_text(cell.element, nested=nested)
                boxes += found
            if aligned:
                places = range(column, column + cell.width)
                line += [
                    GridCell(
                        text if at == column else "",
                        _at(table, number, at),
                        covered=cell.covered or at > column,
                    )
                    for at in places
                ]
            elif not cell.covered:
                line.append(GridCell(text, _at(table, number, column)))
            column += cell.width
        if line:
            lines.append(tuple(line))
    return (Grid(tuple(lines), Source(table=table)) if lines else None), boxes


def cell_sources(table: int, rows: list[list[Placed]]) -> Iterator[tuple[Source, etree._Element]]:
    """The source that ``as_grid`` gives each drawn cell, and the cell itself."""
    for number, row in enumerate(rows, start=1):
        column = 1
        for cell in row:
            if cell.element is not None and not cell.covered:
                yield _at(table, number, column), cell.element
            column += cell.width


def _at(table: int, row: int, column: int) -> Source:
    return Source(table=table, row=row, column=column)
