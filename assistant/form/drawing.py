"""The three tables as drawn: every label and figure with its place and the rows and columns it spans.

One drawing for the workbook, Word, Markdown and the web page; made from the form's data, not from 175 hand-written
cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from math import lcm

from assistant.form import EDITIONS, GROUPS, Block, Row, Table

__all__ = ["Drawing", "Drawn", "draw", "drawing"]

_RESULTS_LABEL = "三、本年度办理结果"
_LABEL_COLUMNS = 3  # of table 3: 三、本年度办理结果 | （三）不予公开 | 1.属于国家秘密


@dataclass(frozen=True, slots=True)
class Drawn:
    """One cell, merged or not, at its upper left corner; rows and columns count from 0. ``metric`` is empty for
    labels."""

    row: int
    column: int
    text: str
    height: int = 1
    width: int = 1
    metric: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole table. ``header_rows`` is how many rows at its top only name columns."""

    table: Table
    rows: int
    columns: int
    header_rows: int
    cells: tuple[Drawn, ...]

    def by_row(self) -> tuple[tuple[Drawn, ...], ...]:
        """The cells that begin in each row, from left to right."""
        placed = sorted(self.cells, key=lambda cell: cell.column)
        return tuple(tuple(cell for cell in placed if cell.row == row) for row in range(self.rows))

    def is_row_label(self, cell: Drawn) -> bool:
        """Labels of single rows in table 3 stand at the left, as in the form; all others are centred."""
        label = cell.column < _LABEL_COLUMNS and not cell.metric
        return self.table.id == "requests" and cell.row >= self.header_rows and label and cell.height == 1


@cache
def drawing(table_id: str, edition: str = "2021") -> Drawing:
    """The drawing of one table of an edition of the form: ``disclosure``, ``requests`` or ``review``."""
    return draw(EDITIONS[edition].table(table_id))


def draw(table: Table) -> Drawing:
    """The drawing of a table that need not be an edition's: one with rows left out, or with other labels."""
    cells = tuple({"disclosure": _disclosure, "requests": _requests, "review": _review}[table.id](table))
    rows = max(cell.row + cell.height for cell in cells)
    columns = max(cell.column + cell.width for cell in cells)
    first_figure = min((cell.row for cell in cells if cell.metric), default=rows)
    return Drawing(table, rows, columns, first_figure, cells)


def _disclosure(table: Table) -> Iterator[Drawn]:
    width = lcm(*(len(block.columns) for block in table.blocks))
    top = 0
    for block in table.blocks:
        each = width // len(block.columns)  # a single column spans all that others have
        yield Drawn(top, 0, block.heading, width=1 + width)
        yield Drawn(top + 1, 0, "信息内容")
        for n, column in enumerate(block.columns):
            yield Drawn(top + 1, 1 + n * each, column.label, width=each)
        for down, row in enumerate(block.rows, start=2):
            yield Drawn(top + down, 0, row.label)
            for n, column in enumerate(block.columns):
                yield Drawn(top + down, 1 + n * each, "", width=each, metric=f"{table.prefix}{row.id}.{column.id}")
        top += 2 + len(block.rows)


def _requests(table: Table) -> Iterator[Drawn]:
    block = table.blocks[0]
    first = _LABEL_COLUMNS
    last = first + len(block.columns) - 1
    yield Drawn(0, 0, table.caption, height=3, width=first)
    yield Drawn(0, first, "申请人情况", width=len(block.columns))
    yield Drawn(1, first, block.columns[0].label, height=2)
    yield Drawn(1, first + 1, "法人或其他组织", width=last - first - 1)
    yield Drawn(1, last, block.columns[-1].label, height=2)
    for n, column in enumerate(block.columns[1:-1], start=1):
        yield Drawn(2, first + n, column.label)
    yield from _request_labels(block)
    for down, row in enumerate(block.rows, start=3):
        for n, column in enumerate(block.columns):
            yield Drawn(down, first + n, "", metric=f"{table.prefix}{row.id}.{column.id}")


def _request_labels(block: Block) -> Iterator[Drawn]:
    results = [down for down, row in enumerate(block.rows, start=3) if row.mark.startswith("三")]
    if results:
        yield Drawn(results[0], 0, _RESULTS_LABEL, height=results[-1] - results[0] + 1)
    group_labels = {group.id: group.label for group in GROUPS}
    numbered = enumerate(block.rows, start=3)
    for group, members in groupby(numbered, key=lambda item: item[1].group):
        rows: list[tuple[int, Row]] = list(members)
        if group:
            yield Drawn(rows[0][0], 1, group_labels[group], height=len(rows))
        for down, row in rows:
            column = 2 if group else 1 if down in results else 0
            yield Drawn(down, column, row.label, width=_LABEL_COLUMNS - column)


def _review(table: Table) -> Iterator[Drawn]:
    block = table.blocks[0]
    each = len(block.columns)
    review, *lawsuits = block.rows
    yield Drawn(0, 0, review.label, width=each)
    yield Drawn(0, each, "行政诉讼", width=each * len(lawsuits))
    for n, row in enumerate(lawsuits, start=1):
        yield Drawn(1, n * each, row.label, width=each)
    for n, row in enumerate(block.rows):
        for m, column in enumerate(block.columns):
            header = Drawn(1, m, column.label, height=2) if n == 0 else Drawn(2, n * each + m, column.label)
            yield header
            yield Drawn(3, n * each + m, "", metric=f"{table.prefix}{row.id}.{column.id}")
