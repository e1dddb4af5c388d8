"""Labels of rows and columns, matched by meaning: exact after folding, else by likeness, monotone down the rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache

from rapidfuzz import fuzz

from assistant.figures.numerals import parse
from assistant.form import EDITIONS, GROUPS, OTHERWISE_HANDLED_SINGLE, Column, Row, Table
from assistant.report import Cell, Source
from assistant.text import fold

__all__ = ["column_of", "group_labels", "is_figure", "parse_cell", "row_of", "rows_known"]

# Below this two labels differ in more than a slip: 予以公开 and 不予公开 are 75 alike.
_ALIKE = 84
_BLANK = {"", "/", "／", "-", "—", "－", "——", "--", "无", "\\"}
_CELL = re.compile(
    r"(?P<number>[-－]?[0-9０-９][0-9０-９,，.．]*(?:\s*[万亿](?!元))?)\s*(?P<note>(?:[（(\u4e00-\u9fff].*)?)",
    re.DOTALL,
)


def parse_cell(text: str, source: Source) -> Cell:
    """The figure of a table cell. Blank, “/”, “—” and 无 give ``None``; words after the number are its note.

    >>> parse_cell("22（其中修订16件）", Source()).value
    Decimal('22')
    """
    raw = text.strip()
    found = _CELL.fullmatch(raw)
    numeral = parse(found["number"].strip()) if found else None
    if numeral is None or found is None:
        return Cell(raw=raw, value=None, source=source)
    return Cell(raw=raw, value=_plain(numeral.value), note=found["note"], source=source)


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure or one of the ways to leave it out."""
    raw = text.strip()
    return raw in _BLANK or (
        _CELL.fullmatch(raw) is not None and raw[0] in "-－0123456789０１２３４５６７８９" and not _looks_numbered(raw)
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


@cache
def _keys(row: Row) -> tuple[str, ...]:
    return tuple(fold(label) for label in (row.label, *row.aliases))


def row_of(label: str, rows: Sequence[Row]) -> Row | None:
    """The first of ``rows`` that carries this label, exactly or, failing that, the one most like it."""
    key = fold(label)
    if not key:
        return None
    for row in rows:
        if key in _keys(row):
            return row
    scored = [(max(fuzz.ratio(key, known) for known in _keys(row)), -index, row) for index, row in enumerate(rows)]
    best = max(scored, default=None, key=lambda item: item[:2])
    return best[2] if best and best[0] >= _ALIKE else None


def column_of(label: str, columns: Iterable[Column]) -> Column | None:
    """The column that carries this label."""
    key = fold(label)
    return next(
        (column for column in columns if key and key in {fold(name) for name in (column.label, *column.aliases)}), None
    )


def table_words(table: Table) -> frozenset[str]:
    """Folded labels by which a grid is recognised as this table."""
    labels = [row.label for row in table.rows] + [c.label for block in table.blocks for c in block.columns]
    return frozenset(fold(label) for label in labels)
