"""A report set on pages of A4 by hand: characters and ruling lines at places, for OFD files and for pictures of pages.

Simpler than what an office program makes, but the same on every machine, and it needs none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.readers.pages.page import Page, Piece, Segment
from assistant.report import Report
from evals.render.layout import Heading, Plan, story

__all__ = ["HEIGHT", "WIDTH", "typeset"]

WIDTH, HEIGHT = 595.0, 842.0  # points
_LEFT, _TOP = 54.0, 64.0
_TYPE, _SMALL = 14.0, 9.5  # points: prose and tables
_SIZES = {1: 20.0, 2: 15.0, 3: 14.0}  # of headings
_PITCH, _CELL_PITCH = 1.75, 1.35  # type sizes from line to line
_PAD = 4.0  # points between a border and the text
_LABELS = (34.0, 62.0, 118.0)  # widths of table 3's columns of labels


@dataclass
class _Sheet:
    pieces: list[Piece] = field(default_factory=list)
    across: list[Segment] = field(default_factory=list)
    down: list[Segment] = field(default_factory=list)

    def write(self, text: str, x: float, top: float, size: float) -> None:
        for sign in text:
            wide = _width(sign, size)
            if not sign.isspace():
                self.pieces.append(Piece(sign, x, top, x + wide, top + size, size))
            x += wide

    def box(self, left: float, top: float, right: float, bottom: float) -> None:
        self.across += [Segment(top, left, right), Segment(bottom, left, right)]
        self.down += [Segment(left, top, bottom), Segment(right, top, bottom)]


def _width(text: str, size: float) -> float:
    return sum(size * (0.5 if sign.isascii() else 1.0) for sign in text)


def typeset(report: Report) -> list[Page]:
    """All pages; what a page has no room for goes on on the next, tables between two rows."""
    sheets = [_Sheet()]
    y = _TOP
    for item in story(report):
        if isinstance(item, Plan):
            y = _table(item, sheets, y + _TYPE) + _TYPE
            continue
        level = item.level if isinstance(item, Heading) else 0
        size = _SIZES.get(level, _TYPE)
        words = item.text if isinstance(item, Heading) else item
        for number, line in enumerate(_wrapped(words, WIDTH - 2 * _LEFT, size, 0 if level == 1 else 2)):
            if y + size > HEIGHT - _TOP:
                sheets.append(_Sheet())
                y = _TOP
            centred = (WIDTH - 2 * _LEFT - _width(line, size)) / 2 if level == 1 else 0.0
            indent = 2 * size if number == 0 and level != 1 else 0.0
            sheets[-1].write(line, _LEFT + centred + indent, y, size)
            y += _PITCH * size
    return [
        Page(number, WIDTH, HEIGHT, tuple(sheet.pieces), tuple(sheet.across), tuple(sheet.down))
        for number, sheet in enumerate(sheets, start=1)
    ]


def _wrapped(text: str, room: float, size: float, indent: int) -> Iterator[str]:
    line, used = "", indent * size
    for sign in text:
        if line and used + _width(sign, size) > room:
            yield line
            line, used = "", 0.0
        line += sign
        used += _width(sign, size)
    yield line


def _table(plan: Plan, sheets: list[_Sheet], y: float) -> float:
    """Draw a table from ``y`` on; where it ends."""
    xs = _columns(plan)
    heights = _heights(plan, xs)
    first = 0
    while first < len(heights):
        last, bottom = first, y
        while last < len(heights) and bottom + heights[last] <= HEIGHT - _TOP:
            bottom += heights[last]
            last += 1
        if last == first:
            sheets.append(_Sheet())
            y = _TOP
            continue
        _rows(plan, sheets[-1], xs, heights, first, last, y)
        first, y = last, bottom
        if first < len(heights):
            sheets.append(_Sheet())
            y = _TOP
    return y


def _rows(
    plan: Plan, sheet: _Sheet, xs: Sequence[float], heights: Sequence[float], first: int, last: int, y: float
) -> None:
    """The rows from ``first`` to before ``last``; a merged cell that a page breaks is closed on both, its text
    above."""
    ys = [y]
    for height in heights[first:last]:
        ys.append(ys[-1] + height)
    for cell in plan.cells:
        begin, end = max(cell.row, first), min(cell.row + cell.height, last)
        if begin >= end:
            continue
        left, right = xs[cell.column], xs[cell.column + cell.width]
        top, bottom = ys[begin - first], ys[end - first]
        sheet.box(left, top, right, bottom)
        if begin > cell.row:
            continue
        lines = list(_wrapped(cell.text, right - left - 2 * _PAD, _SMALL, 0))
        middle = (top + bottom - (len(lines) - 1) * _CELL_PITCH * _SMALL - _SMALL) / 2
        for number, line in enumerate(lines):
            x = (left + right - _width(line, _SMALL)) / 2
            sheet.write(line, x, middle + number * _CELL_PITCH * _SMALL, _SMALL)


def _columns(plan: Plan) -> list[float]:
    room = WIDTH - 2 * _LEFT
    labels = _LABELS if plan.id == "requests" else ()
    each = (room - sum(labels)) / (plan.columns - len(labels))
    xs = [_LEFT]
    for width in (*labels, *[each] * (plan.columns - len(labels))):
        xs.append(xs[-1] + width)
    return xs


def _heights(plan: Plan, xs: Sequence[float]) -> list[float]:
    """Of each row: as high as its highest cell that is not merged; the last of merged rows takes what these lack."""
    rows = max(cell.row + cell.height for cell in plan.cells)
    heights = [_SMALL + 2 * _PAD] * rows
    for cell in sorted(plan.cells, key=lambda cell: cell.height):
        room = xs[cell.column + cell.width] - xs[cell.column] - 2 * _PAD
        lines = len(list(_wrapped(cell.text, room, _SMALL, 0)))
        wanted = ((lines - 1) * _CELL_PITCH + 1) * _SMALL + 2 * _PAD
        inside = range(cell.row, cell.row + cell.height)
        heights[inside[-1]] += max(0.0, wanted - sum(heights[at] for at in inside))
    return heights
