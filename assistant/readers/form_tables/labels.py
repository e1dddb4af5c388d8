"""Labels of rows and columns, matched by meaning: exact after folding, else by likeness, monotone down the rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from assistant.form import EDITIONS, GROUPS, OTHERWISE_HANDLED_SINGLE, Column, Row, Table
from assistant.language.numerals import parse, plain
from assistant.lexicon import phrase
from assistant.patterns import regex
from assistant.report import Cell, Source, is_left_blank
from assistant.text import fold

__all__ = [
    "column_like",
    "column_of",
    "columns_like",
    "group_labels",
    "is_figure",
    "nearly_a_row",
    "parse_cell",
    "place_rows",
    "row_of",
    "rows_between",
    "rows_known",
    "table_words",
    "value_of",
]

# Below this two labels differ in more than a slip: 予以公开 and 不予公开 are 75 alike. A long label may lose more.
_ALIKE, _ALIKE_LONG, _LONG = 84, 70, 8
# A header cell is the column it is most like; one character of four may be another. Shorter ones have all columns
# alike.
_ALIKE_COLUMN, _SHORTEST_ALIKE = 75, 4
# A label this much like a row's was meant to be one, although nobody can say which.
_NEARLY = 60
# A label that was badly recognised, where no other row can be: 2.币复中请 between 1.信访举报 and 3.要求提供 is 40 like
# 重复申请, 总训 behind 其他 is 50 like 总计.
_FAINTLY = 40
# Notes behind a number stand in brackets, are a word or two, or the number of a note: “12（其中…）”, “251000元”, “35①”.
# A sentence may open with a year.
_LONGEST_NUMBER, _LONGEST_WORD = 18, 6
# How many answers about labels and cells are kept: reports repeat the form's labels, and most figures are small.
_KEPT = 8192
_BRACKETS = regex(r"(?<=.)[（(\[【][^（()）\[\]【】]*[）)\]】]")
_CELL = regex(
    r"(?P<number>[-－]?[0-9０-９][0-9０-９,，.．]*(?:\s*[万亿](?!元))?)\s*"
    r"(?P<note>(?:[（(\[［〔\u4e00-\u9fff].*|[¹²³⁰-⁹⁽⁾①-⒇❶-❿]+\D*)?)",
    re.DOTALL,
)


def parse_cell(text: str, source: Source, confidence: float = 1.0) -> Cell:
    """The figure of a table cell. Blank, “/”, “—” and 无 give ``None``; words after the number are its note.

    >>> parse_cell("22（其中修订16件）", Source()).value
    Decimal('22')
    """
    raw = text.strip()
    value, note = _figure(raw)
    return Cell(raw=raw, value=value, note=note, source=source, confidence=confidence)


def value_of(text: str) -> Decimal | None:
    """The number alone that ``parse_cell`` finds in a cell."""
    return _figure(text.strip())[0]


@lru_cache(maxsize=_KEPT)
def _figure(raw: str) -> tuple[Decimal | None, str]:
    """The number of a cell and the note behind it."""
    if raw.isascii() and raw.isdigit() and len(raw) <= _LONGEST_NUMBER:  # nearly all cells
        return Decimal(raw), ""
    found = _CELL.fullmatch(raw)
    numeral = parse(found["number"].strip()) if found else None
    if numeral is None or found is None:
        return None, ""
    return plain(numeral.value), found["note"]


@lru_cache(maxsize=_KEPT)
def is_figure(text: str) -> bool:
    """Whether a cell holds a figure or one of the ways to leave it out."""
    raw = text.strip()
    if is_left_blank(raw) or (raw.isdecimal() and len(raw) <= _LONGEST_NUMBER):
        return True
    found = _CELL.fullmatch(raw)
    if found is None or _looks_numbered(raw) or parse(found["number"].strip()) is None:
        return False
    return found["note"].startswith(("（", "(")) or (
        len(found["note"]) <= _LONGEST_WORD and not phrase("calendar", "year").match(raw)
    )


def _looks_numbered(raw: str) -> bool:
    return bool(re.match(r"\d{1,2}\s*[.．、）)]\s*[^\d\s]", raw))


@cache
def rows_known(table_id: str) -> tuple[Row, ...]:
    """Rows of a table over all editions, in the form's order, the single 其他处理 row after its three leaves."""
    rows: dict[str, Row] = {}
    # The edition with the most rows gives the order: table 2 of 2019 has all rows of 2021, with two more between them.
    for edition in sorted(EDITIONS.values(), key=lambda edition: -len(edition.table(table_id).rows)):
        for row in edition.table(table_id).rows:
            rows.setdefault(row.id, row)
    if table_id != "requests":
        return tuple(rows.values())
    ordered = list(EDITIONS["2021"].table("requests").rows)
    position = next(i for i, row in enumerate(ordered) if row.id == "concluded")
    return (*ordered[:position], OTHERWISE_HANDLED_SINGLE, *ordered[position:])


@cache
def group_labels() -> frozenset[str]:
    """Folded labels that stand in the label columns of table 3 without figures of their own."""
    return frozenset({fold(group.label) for group in GROUPS} | {"本年度办理结果"})


_OTHERWISE_LEAVES = frozenset(
    row.id for row in EDITIONS["2021"].table("requests").rows if row.id.startswith(f"{OTHERWISE_HANDLED_SINGLE.id}.")
)


@cache
def _keys(row: Row) -> tuple[str, ...]:
    return tuple(fold(label) for label in (row.label, *row.aliases))


@lru_cache(maxsize=_KEPT)
def _likenesses(label: str, rows: tuple[Row, ...]) -> Mapping[int, float]:
    """Which of ``rows`` a printed label may be, and how like it is: 100 when equal after folding."""
    key = fold(label)
    if not key:
        return {}
    # 规范性文件（行政机关制定发布的……）: a note of the office's own is no part of the label.
    for printed in (key, fold(_BRACKETS.sub("", label))):
        exact = {index: 100.0 for index, row in enumerate(rows) if printed and printed in _keys(row)}
        if exact:
            return exact
    least = _ALIKE if len(key) < _LONG else _ALIKE_LONG
    alike = {
        index: max(fuzz.ratio(key, known, score_cutoff=least) for known in _keys(row)) for index, row in enumerate(rows)
    }
    return {index: score for index, score in alike.items() if score}


def row_of(label: str, rows: tuple[Row, ...]) -> Row | None:
    """The first of ``rows`` that is most like this label; ``None`` when none is like it at all."""
    found = _likenesses(label, rows)
    return rows[max(found, key=lambda index: (found[index], -index))] if found else None


def place_rows(labels: Sequence[Sequence[str]], rows: tuple[Row, ...]) -> list[tuple[int, Row] | None]:
    """For each printed row, given by the texts that may be its label, the label's index and the form's row it is.

    The order of the form is kept, so that one slip never shifts the rows behind it: of all ways to place the printed
    rows top to bottom, the one with the greatest likeness in all is taken. Rows that fit nowhere are ``None``.
    """
    count, width = len(labels), len(rows)
    scores = [_row_scores(texts, rows) for texts in labels]
    best = [[0.0] * (width + 1)]  # by printed row and row of the form: the likeness of all that is from there on
    for found in reversed(scores):
        below, here = best[-1], best[-1].copy()
        for column, (score, _) in found.items():
            taken = score + below[column + 1]
            while column >= 0 and here[column] < taken:  # it only grows to the left: once it is more, it stays more
                here[column] = taken
                column -= 1
        best.append(here)
    best.reverse()
    placed: list[tuple[int, Row] | None] = [None] * count
    line = column = 0
    while line < count and column < width:
        score, index = scores[line].get(column, (0.0, 0))
        if score and best[line][column] == score + best[line + 1][column + 1]:
            placed[line] = (index, rows[column])
            line, column = line + 1, column + 1
        elif best[line][column] == best[line][column + 1]:
            column += 1
        else:
            line += 1
    return placed


def rows_between(
    labels: Sequence[Sequence[str]], placed: Sequence[tuple[int, Row] | None], rows: tuple[Row, ...]
) -> dict[int, tuple[int, Row]]:
    """The printed rows that fit nowhere by their label, but by their order: those between two that were placed, as many
    as the form has there, each faintly like its row. By their number: the label's index and the form's row."""
    found = {row.id for match in placed if match for row in (match[1],)}
    leaves = any(row_id in found for row_id in _OTHERWISE_LEAVES)
    form = [
        row for row in rows if (row.id != OTHERWISE_HANDLED_SINGLE.id if leaves else row.id not in _OTHERWISE_LEAVES)
    ]
    at = [number for number, match in enumerate(placed) if match and match[1] in form]
    by_order: dict[int, tuple[int, Row]] = {}
    for above, below in pairwise(at):
        first, last = (form.index(match[1]) for number in (above, below) if (match := placed[number]))
        lines = [number for number in range(above + 1, below) if any(labels[number])]
        if len(lines) != last - first - 1:
            continue
        gap = {line: _faintly(labels[line], row) for line, row in zip(lines, form[first + 1 : last], strict=True)}
        if None not in gap.values():
            by_order |= {line: match for line, match in gap.items() if match}
    return by_order


def _faintly(texts: Sequence[str], row: Row) -> tuple[int, Row] | None:
    scores = [max(fuzz.ratio(fold(text), known) for known in _keys(row)) for text in texts]
    best = max(range(len(texts)), key=scores.__getitem__)
    return (best, row) if scores[best] >= _FAINTLY else None


def _row_scores(texts: Sequence[str], rows: tuple[Row, ...]) -> dict[int, tuple[float, int]]:
    """By index of the form's row: the greatest likeness of any of ``texts``, and which it is; the last of equals."""
    scores: dict[int, tuple[float, int]] = {}
    for index, text in enumerate(texts):
        for row, score in _likenesses(text, rows).items():
            scores[row] = max(scores.get(row, (0.0, 0)), (score, index))
    return scores


@cache
def _column_keys(column: Column) -> frozenset[str]:
    return frozenset(fold(name) for name in (column.label, *column.aliases))


@lru_cache(maxsize=_KEPT)
def column_of(label: str, columns: tuple[Column, ...]) -> Column | None:
    """The column that carries this label."""
    key = fold(label)
    return next((column for column in columns if key and key in _column_keys(column)), None)


@lru_cache(maxsize=_KEPT)
def column_like(label: str, columns: tuple[Column, ...]) -> Column | None:
    """The column that carries this label, or the one that a header with a slip in it is most like; none of equals."""
    exact, key = column_of(label, columns), fold(label)
    if exact or len(key) < _SHORTEST_ALIKE:
        return exact
    scores = {column: max(fuzz.ratio(key, known) for known in _column_keys(column)) for column in columns}
    best = max(scores.values())
    found = [column for column, score in scores.items() if score == best]
    return found[0] if best >= _ALIKE_COLUMN and len(found) == 1 else None


def columns_like(labels: Sequence[str], columns: tuple[Column, ...]) -> list[Column | None]:
    """The column that each header cell carries; where all others are told, the one left need only be faintly like."""
    found = [column_like(label, columns) for label in labels]
    open_columns = [column for column in columns if column not in found]
    if len(found) == len(columns) and found.count(None) == len(open_columns) == 1:
        at = found.index(None)
        key = fold(labels[at])
        if max(fuzz.ratio(key, known) for known in _column_keys(open_columns[0])) >= _FAINTLY:
            found[at] = open_columns[0]
    return found


def nearly_a_row(label: str, rows: Iterable[Row]) -> bool:
    """Whether a label that fits no row is still much like one of them."""
    key = fold(label)
    return any(fuzz.ratio(key, known) >= _NEARLY for row in rows for known in _keys(row))


def table_words(table: Table) -> frozenset[str]:
    """Folded labels by which a grid is recognised as this table."""
    labels = [row.label for row in table.rows] + [c.label for block in table.blocks for c in block.columns]
    return frozenset(fold(label) for label in labels)
