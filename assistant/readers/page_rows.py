"""Printed lines → rows of a table without ruling lines: labels that take several lines, broken numbers, headers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from assistant.readers.lines import Line, joined
from assistant.readers.page_runs import HEADER, Printed, headings, is_row
from assistant.readers.page_tables import row_labels
from assistant.text import fold

__all__ = ["Row", "column_at", "rows_of", "text_of"]

_MOST_LINES = 8  # between two rows: the longest label of the form takes some five
_ALIKE = 70  # of 100: a label that is less like any of the form is none of its rows
_PITCH = 1.45  # type sizes from one line to the next in a cell; rows are further apart


@dataclass
class Row:
    """A row of the table: its own label, which may go on in other lines, what stands left of it, and its figures; or
    the titles of a header."""

    label: list[Line] = field(default_factory=list)
    beside: list[Line] = field(default_factory=list)
    figures: list[Line] = field(default_factory=list)
    rests: list[Line] = field(default_factory=list)  # digits in the next line, of numbers too long for their cell
    titles: list[Line] = field(default_factory=list)

    @property
    def name(self) -> str:
        return text_of(self.label)


def rows_of(run: Sequence[Printed], edges: Sequence[float]) -> list[Row]:
    """Rows from top to bottom: headers, rows with figures, and rows whose cells are all blank. ``edges`` are the left
    edges of the columns of figures."""
    rows: list[Row] = []
    named: Row | None = None
    loose: list[Line] = []  # words since the last named row that may belong to its label, or to that of the next
    for line in run:
        left = [word for word in line.words if word not in line.figures and column_at(word, edges) < 0]
        if line.figures or (len(left) == len(line.words) and is_row(left[-1].text)):
            row = Row(left[-1:], left[:-1], line.figures)
            _share(loose, named, row)
            rows.append(row)
            named, loose = row, []
            continue
        if fold(line.words[0].text) == HEADER:
            left = line.words[:1]
        titles = [word for word in line.words if word not in left]
        known = [word for word in left if fold(word.text) in headings() | {HEADER}]
        loose += [word for word in left if word not in known]
        if (titles or known) and (not rows or rows[-1] is named):
            rows.append(Row())
        if titles or known:
            rows[-1].titles += titles
            rows[-1].label += known
    _share(loose, named, Row())
    return _whole(rows)


def _whole(rows: Sequence[Row]) -> list[Row]:
    """Rows with those put to the row above that are only the rest of it: numbers too long for their cell are broken."""
    whole: list[Row] = []
    for row in rows:
        above = whole[-1] if whole else Row()
        both = [*above.label, *row.label]
        goes_on = _likeness(both) > max(_likeness(above.label), _likeness(row.label))
        fewer = len(row.figures) < len(above.figures)
        nameless = not row.label or (fewer and _likeness(row.label) < _ALIKE)
        if (goes_on or nameless or (fewer and _close(above, row))) and 0 < len(row.figures) <= len(above.figures):
            above.label = both if goes_on else above.label
            above.beside += row.beside if goes_on else [*row.beside, *row.label]
            above.rests += row.figures
        else:
            whole.append(row)
    return whole


def _close(above: Row, row: Row) -> bool:
    """Whether the figures of two rows stand like two lines of one cell."""
    if not row.figures:
        return False
    last = (above.rests or above.figures)[-1]
    return row.figures[0].bottom - last.bottom < _PITCH * last.size


def column_at(word: Line, edges: Sequence[float]) -> int:
    """Index of the column of figures that a word stands in; -1 left of them all."""
    return bisect_right(edges, (word.x0 + word.x1) / 2) - 1


def _share(loose: Sequence[Line], above: Row | None, below: Row) -> None:
    """Give lines between two rows to the labels that they complete; a label may stand level with its figures, or
    around their height. What completes none of them is kept beside the upper one."""
    owners = [*(above.label if above else ()), *below.label]
    rightmost = max(loose, key=lambda word: word.x1, default=None)
    near = [w for w in loose if any(w.x0 < other.x1 and other.x0 < w.x1 for other in (*owners, rightmost) if other)]
    near = near if len(near) <= _MOST_LINES else []
    upper = above.label if above else []
    first, last = max(
        ((k, m) for k in range(len(near) + 1 if above else 1) for m in range(k, len(near) + 1)),
        key=lambda cut: _likeness([*upper, *near[: cut[0]]]) + _likeness([*near[cut[1] :], *below.label]),
    )
    taken = near[:first] + near[last:]
    upper += near[:first]
    below.label[:0] = near[last:]
    (above or below).beside += [word for word in loose if word not in taken]


def _likeness(words: Sequence[Line]) -> float:
    name = fold(text_of(words))
    return max(fuzz.ratio(name, label) for label in row_labels()) if name else 0.0


def text_of(words: Sequence[Line]) -> str:
    """Words of one cell, line by line."""
    text = ""
    for word in sorted(words, key=lambda word: (word.top, word.x0)):
        text = joined(text, word.text)
    return text
