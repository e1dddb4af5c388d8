"""Tables of pages: text put into ruled cells, and a table that a page break split joined again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from assistant.form import EDITIONS
from assistant.readers.blocks import Grid, GridCell
from assistant.readers.form_tables.labels import is_figure, rows_known
from assistant.readers.pages.lines import in_lines, joined, text_in_cell
from assistant.readers.pages.page import Page, Piece
from assistant.readers.pages.ruling import RuledTable, joined_positions
from assistant.report import Source
from assistant.text import fold

__all__ = ["PageRow", "PageTable", "continued", "grid_of", "page_table", "row_labels"]

_SAME_EDGE = 12.0  # points that the edges of two halves of a table may differ
_SAME_COLUMN = 6.0
_LABEL_SURE = 0.75  # labels are long, and one character that is unsure does not matter
_BLANK, _COVERED = ("", 1.0), ("", 0.5)


@dataclass(frozen=True, slots=True)
class PageRow:
    """Cells of one row by the index of the column they begin in: text and confidence."""

    page: int
    cells: dict[int, tuple[str, float]]


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table as far as it is known: the edges of its columns and its rows, from one page or several. Where it is not
    ``ruled``, the edges only count the columns."""

    top: float
    xs: tuple[float, ...]
    rows: tuple[PageRow, ...]
    ruled: bool = True


def page_table(page: Page, ruled: RuledTable, pieces: Sequence[Piece]) -> PageTable:
    """The table that ``ruled`` draws on ``page``, with those of ``pieces`` that stand in its cells."""
    inside: dict[tuple[int, int], list[Piece]] = defaultdict(list)
    for piece in pieces:
        home = ruled.cell_at(*piece.centre)
        if home:
            inside[home].append(piece)
    rows: list[dict[int, tuple[str, float]]] = [{} for _ in ruled.region]
    for (row, column), members in inside.items():
        left, _, right, _ = ruled.box((row, column))
        confidence = min(line.confidence for line in in_lines(members))
        rows[row][column] = (text_in_cell(members, left, right), confidence)
    if any(piece.confidence < 1 for piece in pieces):
        # A line that was overlooked makes one cell of two: what seems covered by a merged cell may have a figure.
        for row, homes in enumerate(ruled.region):
            for column, home in enumerate(homes):
                if home != (row, column):
                    rows[row][column] = _COVERED
    return PageTable(ruled.ys[0], ruled.xs, tuple(PageRow(page.number, cells) for cells in rows))


def continued(table: PageTable, following: PageTable) -> PageTable | None:
    """Both as one table when ``following``, the first thing on its page, goes on with ``table``; else ``None``."""
    if not (table.ruled and following.ruled):
        return None
    if abs(table.xs[0] - following.xs[0]) > _SAME_EDGE or abs(table.xs[-1] - following.xs[-1]) > _SAME_EDGE:
        return None
    scale = (table.xs[-1] - table.xs[0]) / (following.xs[-1] - following.xs[0])
    moved = tuple(table.xs[0] + (x - following.xs[0]) * scale for x in following.xs)
    xs = joined_positions((*table.xs, *moved), _SAME_COLUMN)
    first, second = _relaid(table.rows, table.xs, xs), _relaid(following.rows, moved, xs)
    if first is None or second is None:
        return None
    if second and _completes(first[-1], second[0]):
        first[-1] = PageRow(first[-1].page, _both(first[-1].cells, second.pop(0).cells))
    return PageTable(table.top, xs, (*first, *second))


def _relaid(rows: Sequence[PageRow], old: Sequence[float], new: Sequence[float]) -> list[PageRow] | None:
    """``rows`` on other column edges; ``None`` when two of their columns would become one."""
    place = [min(range(len(new)), key=lambda index: abs(new[index] - x)) for x in old]
    if len(set(place)) < len(place):
        return None
    relaid = []
    for row in rows:
        cells = {place[column]: cell for column, cell in row.cells.items()}
        if any(sure < 1 for _, sure in cells.values()):  # recognised: as where a line was overlooked on one page
            cells = {column: _COVERED for column in range(len(new) - 1) if column not in place} | cells
        relaid.append(PageRow(row.page, cells))
    return relaid


@cache
def row_labels() -> frozenset[str]:
    """Labels of the rows of all tables and editions, folded."""
    tables = {table.id for edition in EDITIONS.values() for table in edition.tables}
    rows = [row for table in tables for row in rows_known(table)]
    return frozenset(fold(label) for row in rows for label in (row.label, *row.aliases))


def _completes(row: PageRow, rest: PageRow) -> bool:
    """Whether the page broke a row in two: its label is one of the form's only with both halves put together."""
    words = {column: text for column, (text, _) in rest.cells.items() if not is_figure(text)}
    if sum(bool(text) for text, _ in rest.cells.values()) != len(words):
        return False
    return any(
        column in row.cells
        and fold(text) not in row_labels()
        and fold(row.cells[column][0]) not in row_labels()
        and fold(row.cells[column][0] + text) in row_labels()
        for column, text in words.items()
    )


def _both(first: dict[int, tuple[str, float]], rest: dict[int, tuple[str, float]]) -> dict[int, tuple[str, float]]:
    whole = dict(first)
    for column, (text, confidence) in rest.items():
        before, sure = whole.get(column, _BLANK)
        whole[column] = (joined(before, text), min(sure, confidence))
    return whole


def grid_of(table: PageTable, number: int) -> Grid:
    """The table as a rectangular grid: a merged cell's text stands in its upper left cell, the others are blank."""
    rows = tuple(
        tuple(
            _cell(row, column, Source(page=row.page, table=number, row=index, column=column + 1))
            for column in range(len(table.xs) - 1)
        )
        for index, row in enumerate(table.rows, start=1)
    )
    return Grid(rows, Source(page=table.rows[0].page, table=number))


def _cell(row: PageRow, column: int, source: Source) -> GridCell:
    text, confidence = row.cells.get(column, _BLANK)
    # A figure is no surer than the label it stands by: a label misread can put it in another row of the form.
    label = max((at for at, (words, _) in row.cells.items() if not is_figure(words)), default=column)
    known = label < column and fold(row.cells[label][0]) in row_labels()  # word for word: not by chance
    label_confidence = row.cells[label][1] if label < column and not known else 1.0
    return GridCell(text, source, confidence if label_confidence >= _LABEL_SURE else min(confidence, label_confidence))
