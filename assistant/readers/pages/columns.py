"""Tables without ruling lines: columns are where figures stand below each other, rows where they stand beside labels.

Only what fits the form is taken: as many columns as the table has, each with paper between it and the next. Anything
else is left as lines of text, with a warning where it looks like a table. Figures are never moved to make them fit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz import fuzz

from assistant.readers.form_tables.recognition import recognise
from assistant.readers.pages.lines import Line, joined
from assistant.readers.pages.page import Page, Piece
from assistant.readers.pages.runs import (
    HEADER,
    Printed,
    form_words,
    headings,
    is_row,
    looks_like_a_table,
    runs,
    trimmed,
)
from assistant.readers.pages.tables import PageRow, PageTable, grid_of, row_labels
from assistant.report import ReadingWarning, Source
from assistant.text import fold

__all__ = ["unruled_tables"]

_MOST_LINES = 8  # between two rows: the longest label of the form takes some five
_ALIKE = 70  # of 100: a label that is less like any of the form is none of its rows
_PITCH = 1.45  # type sizes from one line to the next in a cell; rows are further apart
_COLUMNS = {"disclosure": (1, 2, 3), "requests": (7,), "review": (15,)}


@dataclass
class UnruledRow:
    """A row of the table: its own label, which may go on in other lines, what stands left of it, and its figures; or
    the titles of a header."""

    label: list[Line] = field(default_factory=list)
    beside: list[Line] = field(default_factory=list)
    figures: list[Line] = field(default_factory=list)
    rests: list[Line] = field(default_factory=list)  # digits in the next line, of numbers too long for their cell
    titles: list[Line] = field(default_factory=list)

    @property
    def name(self) -> str:
        return _text_of(self.label)


def unruled_tables(page: Page, pieces: Sequence[Piece]) -> tuple[list[PageTable], list[Piece], list[ReadingWarning]]:
    """The form's tables among ``pieces`` of ``page``, the pieces that belong to none, and what was doubtful. In a
    picture none is taken: outside of ruled cells single digits are overlooked."""
    written = all(piece.confidence == 1 for piece in pieces)
    tables: list[PageTable] = []
    rest: list[Piece] = []
    warnings: list[ReadingWarning] = []
    for run in runs(page, pieces):
        body, tail = trimmed(run)
        doubts: list[ReadingWarning] = []
        made = _table(page.number, body, doubts) if written else None
        # In a picture, rows that could not be placed are no prose either: every figure in them would be a claim.
        unread = not made and not written and looks_like_a_table(body)
        rest += [piece for line in (tail if made or unread else run) for piece in line.pieces]
        if made:
            tables.append(made)
        elif looks_like_a_table(body):
            what = "有一处像是没有边框的表格，各格的位置不能确定，没有采用；请改用带边框的表格或 Word 版本"
            doubts = [ReadingWarning(message=what, source=Source(page=page.number), kind="unread")]
        warnings += doubts
    return tables, rest, warnings


def _table(number: int, run: Sequence[Printed], doubts: list[ReadingWarning]) -> PageTable | None:
    count = max((len(line.figures) for line in run), default=0)
    if count not in {at for counts in _COLUMNS.values() for at in counts}:
        return None
    full = [line.figures for line in run if len(line.figures) == count]
    columns = [(min(word.x0 for word in down), max(word.x1 for word in down)) for down in zip(*full, strict=True)]
    labels = [line.words[-len(line.figures) - 1].x1 for line in run if 0 < len(line.figures) < len(line.words)]
    if any(before[1] >= after[0] for before, after in pairwise([(0.0, max(labels, default=0.0)), *columns])):
        return None
    start = (max(labels, default=columns[0][0]) + columns[0][0]) / 2
    edges = [start, *((before[1] + after[0]) / 2 for before, after in pairwise(columns))]
    rows = _rows_of(run, edges)
    grid = _grid(rows, columns, edges)
    wide = max((max(cells, default=0) for cells in grid), default=0) + 1
    laid = tuple(PageRow(number, cells) for cells in grid)
    made = PageTable(run[0].words[0].top, tuple(map(float, range(wide + 1))), laid, ruled=False)
    table = "review" if count in _COLUMNS["review"] else recognise(grid_of(made, 0))
    if table is None or count not in _COLUMNS[table]:
        return None
    if table == "requests":
        doubts += [_gap(number, row, count) for row in rows if is_row(row.name) and len(row.figures) < count]
    return made


def _gap(number: int, row: UnruledRow, count: int) -> ReadingWarning:
    what = (
        f"没有边框的表格中“{row.name}”一行应有{count}个数字，只有{len(row.figures)}个，空白的格按位置推断，请核对原件"
    )
    return ReadingWarning(message=what, source=Source(page=number))


def _grid(
    rows: Sequence[UnruledRow], columns: Sequence[tuple[float, float]], edges: Sequence[float]
) -> list[dict[int, tuple[str, float]]]:
    """Cells by column, those of labels first. Table 4 has no labels, its rows are doubts by their fifteen figures."""
    labels = 0 if len(columns) in _COLUMNS["review"] else max(len(row.beside) for row in rows) + 1
    titled = len(columns)
    grid = []
    for row in rows:
        texts: dict[int, str] = {}
        if labels:
            texts = {labels - len(row.beside) + at - 1: word.text for at, word in enumerate(row.beside)}
            texts |= {labels - 1: _title(row.label) if row.titles else row.name} if row.label else {}
        titles = _titles(row.titles, edges)
        if len(columns) in _COLUMNS["disclosure"]:
            titled = len(titles) or titled
        placed = titles or _placed(row.figures, columns, titled)
        for rest in row.rests:  # where a number broke cannot be doubts from two numbers: none is taken
            column = min(placed, key=lambda n: abs(columns[n][0] + columns[n][1] - rest.x0 - rest.x1))
            placed[column] += f" {rest.text}"
        grid.append(
            {column: (text, 1.0) for column, text in (texts | {labels + n: t for n, t in placed.items()}).items()}
        )
    return grid


def _titles(words: Sequence[Line], edges: Sequence[float]) -> dict[int, str]:
    """What a header says by column. Those of table 2 are fewer than the columns, or wider: there they are counted."""
    stacks: dict[int, list[Line]] = defaultdict(list)
    if len(edges) not in _COLUMNS["disclosure"]:
        for word in words:
            stacks[max(0, _column_at(word, edges))].append(word)
        return {column: _title(stack) for column, stack in stacks.items()}
    end = 0.0
    for word in sorted(words, key=lambda word: word.x0):
        if fold(word.text) in headings():
            continue
        column = len(stacks) - 1 if stacks and word.x0 < end else len(stacks)
        end = max(word.x1, end) if column in stacks else word.x1
        stacks[column].append(word)
    return {column: _title(sorted(stack, key=lambda word: word.top)) for column, stack in stacks.items()}


def _title(words: Sequence[Line]) -> str:
    """The lowest words in a column of a header that are one of the form's: above them stand those of wider cells."""
    tails = [_text_of(words[-count:]) for count in range(1, len(words) + 1)]
    return next((tail for tail in tails if fold(tail) in form_words()), tails[-1])


def _placed(figures: Sequence[Line], columns: Sequence[tuple[float, float]], titled: int) -> dict[int, str]:
    """Figures by column: one for each title of the header above them, else where they stand. One that stands below
    none of ``columns``, or below two, is not taken for a number of any; nor is one where the header names others."""
    if len(figures) == titled:
        return {n: figure.text for n, figure in enumerate(figures)}
    placed: dict[int, str] = {}
    for figure in figures:
        below = [n for n, (x0, x1) in enumerate(columns) if figure.x0 < x1 and x0 < figure.x1]
        sure = titled == len(columns) and len(below) == 1 and below[0] not in placed
        column = below[0] if below else 0
        placed[column] = figure.text if sure else f"{placed.get(column, '')}{figure.text}？"
    return placed


def _rows_of(run: Sequence[Printed], edges: Sequence[float]) -> list[UnruledRow]:
    """Rows from top to bottom: headers, rows with figures, and rows whose cells are all blank. ``edges`` are the left
    edges of the columns of figures."""
    rows: list[UnruledRow] = []
    named: UnruledRow | None = None
    loose: list[Line] = []  # words since the last named row that may belong to its label, or to that of the next
    for line in run:
        left = [word for word in line.words if word not in line.figures and _column_at(word, edges) < 0]
        if line.figures or (len(left) == len(line.words) and is_row(left[-1].text)):
            row = UnruledRow(left[-1:], left[:-1], line.figures)
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
            rows.append(UnruledRow())
        if titles or known:
            rows[-1].titles += titles
            rows[-1].label += known
    _share(loose, named, UnruledRow())
    return _whole(rows)


def _whole(rows: Sequence[UnruledRow]) -> list[UnruledRow]:
    """Rows with those put to the row above that are only the rest of it: numbers too long for their cell are broken."""
    whole: list[UnruledRow] = []
    for row in rows:
        above = whole[-1] if whole else UnruledRow()
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


def _close(above: UnruledRow, row: UnruledRow) -> bool:
    """Whether the figures of two rows stand like two lines of one cell."""
    if not row.figures:
        return False
    last = (above.rests or above.figures)[-1]
    return row.figures[0].bottom - last.bottom < _PITCH * last.size


def _column_at(word: Line, edges: Sequence[float]) -> int:
    """Index of the column of figures that a word stands in; -1 left of them all."""
    return bisect_right(edges, (word.x0 + word.x1) / 2) - 1


def _share(loose: Sequence[Line], above: UnruledRow | None, below: UnruledRow) -> None:
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
    name = fold(_text_of(words))
    return max(fuzz.ratio(name, label) for label in row_labels()) if name else 0.0


def _text_of(words: Sequence[Line]) -> str:
    """Words of one cell, line by line."""
    text = ""
    for word in sorted(words, key=lambda word: (word.top, word.x0)):
        text = joined(text, word.text)
    return text
