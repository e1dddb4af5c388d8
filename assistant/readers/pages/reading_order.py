"""Text set in columns beside each other: where the paper between them runs, and in which order its parts are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from statistics import median
from typing import NamedTuple

from assistant.readers.pages.lines import in_lines, in_rows
from assistant.readers.pages.page import Piece
from assistant.readers.sections import heading_number, section_of

__all__ = ["Part", "parts"]

_GUTTER = 1.2  # type sizes of paper between two columns, at least: between two words of a line there is less
_LEAST_ROWS = 3  # of each column: a signature beside a last line has two
_NARROWEST = 8.0  # type sizes: what is narrower is a column of figures
_FULL = 0.6  # of a column that print covers: prose fills its lines, figures and labels of a table do not
_TRIED = 3  # the widest gaps of some rows: what has more is no prose

Row = list[Piece]


class Part(NamedTuple):
    """Pieces that are read one after the other, and the margins of their column; ``None`` for what stands across the
    page."""

    pieces: list[Piece]
    margins: tuple[float, float] | None = None


class _Gap(NamedTuple):
    left: float
    right: float


def parts(pieces: Sequence[Piece]) -> list[Part]:
    """The pieces of a page in the order in which they are read: columns of prose one after the other, what stands
    above, below or between them across the page by itself."""
    rows = in_rows(pieces)
    found: list[Part] = []
    done = 0
    for first, end, gutter in _blocks(rows):
        found.append(Part(_pieces(rows[done:first])))
        for column in _columns(_pieces(rows[first:end]), gutter):
            margins = (min(piece.x0 for piece in column), max(piece.x1 for piece in column))
            found += [Part(part.pieces, part.margins or margins) for part in parts(column)]  # three are one and two
        done = end
    found.append(Part(_pieces(rows[done:])))
    return [part for part in found if part.pieces]


def _blocks(rows: Sequence[Row]) -> Iterator[tuple[int, int, _Gap]]:
    """Rows from the first to before the last that stand in columns, and the paper between these."""
    done = at = 0
    while at < len(rows):
        end, gutters = _as_far_as_parted(rows, at)
        gutter = next((gap for gap in gutters[:_TRIED] if _is_prose(_pieces(rows[at:end]), gap)), None)
        if gutter is None:
            at = max(end, at + 1)
            continue
        first = at
        while first > done and _beside(rows[first - 1], gutter):
            first -= 1  # where the other column begins lower
        while end < len(rows) and _heads_both(rows[end - 1], gutter):
            end -= 1
        yield first, end, gutter
        done = at = end


def _as_far_as_parted(rows: Sequence[Row], first: int) -> tuple[int, list[_Gap]]:
    """How far down paper runs without print between the pieces of the first row, and of the next where that stands
    half a line lower in the other column; and where it runs, the widest first."""
    start = rows[first]
    if first + 1 < len(rows) and rows[first + 1][0].top < start[0].bottom:
        start = sorted([*start, *rows[first + 1]], key=lambda piece: piece.x0)
    gaps, end = _gaps(start)[1:-1], first
    while end < len(rows) and (left := _shared(gaps, _gaps(rows[end]), _GUTTER * rows[end][0].size)):
        gaps, end = left, end + 1
    return end, sorted(gaps, key=lambda gap: gap.left - gap.right)


def _gaps(row: Row) -> list[_Gap]:
    """The paper between the pieces of a row that is wide enough for a gutter, and what is left and right of them."""
    gaps, end, least = [], float("-inf"), _GUTTER * row[0].size
    for piece in row:
        if piece.x0 - end >= least:
            gaps.append(_Gap(end, piece.x0))
        end = max(end, piece.x1)
    return [*gaps, _Gap(end, float("inf"))]


def _shared(gaps: Sequence[_Gap], others: Sequence[_Gap], least: float) -> list[_Gap]:
    """The paper that is in both, from left to right as they are."""
    shared, at = [], 0
    for gap in gaps:
        while at < len(others) and others[at].right < gap.left:
            at += 1
        for other in islice(others, at, None):
            if other.left > gap.right:
                break
            both = _Gap(max(gap.left, other.left), min(gap.right, other.right))
            if both.right - both.left >= least:
                shared.append(both)
    return shared


def _columns(pieces: Sequence[Piece], gutter: _Gap) -> tuple[list[Piece], list[Piece]]:
    return [piece for piece in pieces if piece.x1 <= gutter.left], [piece for piece in pieces if piece.x1 > gutter.left]


def _is_prose(pieces: Sequence[Piece], gutter: _Gap) -> bool:
    return all(map(_filled, _columns(pieces, gutter)))


def _filled(column: Sequence[Piece]) -> bool:
    """Whether there are lines enough that mostly reach from margin to margin."""
    rows = in_rows(column)
    if len(rows) < _LEAST_ROWS:
        return False
    width = max(piece.x1 for piece in column) - min(piece.x0 for piece in column)
    printed = median(sum(piece.x1 - piece.x0 for piece in row) for row in rows)
    return width >= _NARROWEST * median(piece.size for piece in column) and printed >= _FULL * width


def _beside(row: Row, gutter: _Gap) -> bool:
    return all(piece.x1 <= gutter.left or piece.x0 >= gutter.right for piece in row)


def _heads_both(row: Row, gutter: _Gap) -> bool:
    """Whether the last row is a heading on the left, of what stands across the page below."""
    (line, *others) = in_lines(row)
    return not others and line.x1 <= gutter.left and bool(heading_number(line.text) or section_of(line.text))


def _pieces(rows: Sequence[Row]) -> list[Piece]:
    return [piece for row in rows for piece in row]
