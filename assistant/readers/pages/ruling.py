"""Ruling lines → tables: which cells they enclose, which of those are merged, and what text stands in each."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.errors import UnreadableReport
from assistant.readers.pages.page import Segment

__all__ = ["RuledTable", "joined_positions", "merged", "ruled_tables"]

_TOUCH = 4.0  # points between two lines that are meant to meet
_ONE_LINE = 5.0  # lines closer than this are one: no cell is narrower than half a character
_MOST_LINES = 1_000  # of one direction on a page, borders drawn cell by cell joined: the form has some 30
_WALL = 0.5  # share of a cell's side that must be drawn for it to be a wall


@dataclass(frozen=True)
class RuledTable:
    """A table as ruled. ``region[row][column]`` is the (row, column) of the upper left cell it is merged into."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    region: tuple[tuple[tuple[int, int], ...], ...]

    @cached_property
    def _members(self) -> dict[tuple[int, int], list[tuple[int, int]]]:
        members: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for r, row in enumerate(self.region):
            for c, home in enumerate(row):
                members[home].append((r, c))
        return dict(members)

    @property
    def cells(self) -> list[tuple[int, int]]:
        """The upper left cell of each region, row by row."""
        return sorted(self._members)

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The upper left cell of the region that a point lies in; ``None`` outside the table."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return None
        row = min(bisect_right(self.ys, y) - 1, len(self.ys) - 2)
        column = min(bisect_right(self.xs, x) - 1, len(self.xs) - 2)
        return self.region[row][column]

    def box(self, cell: tuple[int, int]) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the region whose upper left cell this is."""
        rows, columns = zip(*self._members[cell], strict=True)
        return self.xs[min(columns)], self.ys[min(rows)], self.xs[max(columns) + 1], self.ys[max(rows) + 1]


def ruled_tables(horizontal: Sequence[Segment], vertical: Sequence[Segment]) -> list[RuledTable]:
    """The tables that lines draw, from top to bottom. A frame around one cell is none: it only borders a text.

    Raises:
        UnreadableReport: far more lines than the tables of a report have.
    """
    across, down = merged(horizontal), merged(vertical)
    if max(len(across), len(down)) > _MOST_LINES:
        raise UnreadableReport(
            f"一页上有{max(len(across), len(down))}条表格线，不像一份年度报告",
            help="请改用 Word、网页版本，或重新导出后再试。",
        )
    tables = []
    for rows, columns in _connected(across, down):
        table = _table(rows, columns)
        if len(table.cells) > 1:
            tables.append(table)
    return sorted(tables, key=lambda table: table.ys[0])


def merged(segments: Iterable[Segment]) -> list[Segment]:
    """Segments on one line as one segment: borders are drawn cell by cell, or as dashes."""
    lines: list[list[Segment]] = []
    for segment in sorted(segments):
        if lines and segment.at - lines[-1][-1].at <= 1.0:
            lines[-1].append(segment)
        else:
            lines.append([segment])
    return [run for line in lines for run in _runs(line)]


def _runs(line: list[Segment]) -> list[Segment]:
    at = sum(segment.at for segment in line) / len(line)
    runs: list[Segment] = []
    for segment in sorted(line, key=lambda segment: segment.start):
        if runs and segment.start - runs[-1].end <= _TOUCH:
            runs[-1] = Segment(at, runs[-1].start, max(runs[-1].end, segment.end))
        else:
            runs.append(Segment(at, segment.start, segment.end))
    return runs


def _connected(horizontal: list[Segment], vertical: list[Segment]) -> list[tuple[list[Segment], list[Segment]]]:
    """Lines that cross or touch, together: each group is a table, or a frame."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, row in enumerate(horizontal):
        for j, column in enumerate(vertical, start=len(horizontal)):
            meets = row.start - _TOUCH <= column.at <= row.end + _TOUCH
            if meets and column.start - _TOUCH <= row.at <= column.end + _TOUCH:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Segment], list[Segment]]] = defaultdict(lambda: ([], []))
    for index, segment in enumerate([*horizontal, *vertical]):
        groups[root(index)][index >= len(horizontal)].append(segment)
    return [group for group in groups.values() if group[0] and group[1]]


def joined_positions(positions: Iterable[float], apart: float = _ONE_LINE) -> tuple[float, ...]:
    """Positions with those that are meant to be one joined in their middle."""
    groups: list[list[float]] = []
    for position in sorted(positions):
        if groups and position - groups[-1][0] <= apart:
            groups[-1].append(position)
        else:
            groups.append([position])
    return tuple(sum(group) / len(group) for group in groups)


def _table(rows: list[Segment], columns: list[Segment]) -> RuledTable:
    # The ends of the lines close a table that a page break or an open border left open.
    x_ends = (min(line.start for line in rows), max(line.end for line in rows))
    y_ends = (min(line.start for line in columns), max(line.end for line in columns))
    xs = joined_positions([line.at for line in columns] + list(x_ends))
    ys = joined_positions([line.at for line in rows] + list(y_ends))
    height, width = len(ys) - 1, len(xs) - 1
    home = {(r, c): (r, c) for r in range(height) for c in range(width)}

    def root(cell: tuple[int, int]) -> tuple[int, int]:
        while home[cell] != cell:
            cell = home[cell]
        return cell

    def unite(one: tuple[int, int], other: tuple[int, int]) -> None:
        first, second = sorted((root(one), root(other)))
        home[second] = first

    for c in range(width - 1):
        drawn = [line for line in columns if abs(line.at - xs[c + 1]) <= _ONE_LINE]
        for r in range(height):
            if not _walled(drawn, ys[r], ys[r + 1]):
                unite((r, c), (r, c + 1))
    for r in range(height - 1):
        drawn = [line for line in rows if abs(line.at - ys[r + 1]) <= _ONE_LINE]
        for c in range(width):
            if not _walled(drawn, xs[c], xs[c + 1]):
                unite((r, c), (r + 1, c))
    return RuledTable(xs, ys, tuple(tuple(root((r, c)) for c in range(width)) for r in range(height)))


def _walled(lines: Sequence[Segment], start: float, end: float) -> bool:
    covered = sum(max(0.0, min(line.end, end) - max(line.start, start)) for line in lines)
    return covered >= _WALL * (end - start)
