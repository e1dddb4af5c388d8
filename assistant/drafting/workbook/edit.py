"""A data workbook as it can be shown and changed cell by cell, without a spreadsheet program: the workbook stays the
store, and what its owner did to it besides stays in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from assistant.drafting.office import PARTS
from assistant.drafting.workbook.formulas import NotANumber, figure_at
from assistant.drafting.workbook.layout import (
    BASIC,
    BASIC_ROWS,
    OWN,
    OWN_COLUMNS,
    PLAN_KINDS,
    PLANS,
    POINT_PARTS,
    POINTS,
    TABLES,
    THIS_YEAR,
    last_year_place,
    place_of_metric,
    text_at,
    total_formula,
)
from assistant.drafting.workbook.read import opened
from assistant.errors import BadWorkbook
from assistant.files import writing
from assistant.form.drawing import drawing
from assistant.language.numerals import number
from assistant.patterns import regex
from assistant.render.spreadsheet import put_text

__all__ = ["Changes", "Contents", "PlanRow", "addends_of", "contents", "edited"]

_PLAIN = regex(r"\d{1,12}(?:\.\d{1,6})?")
_MOST_LINES = 300


class PlanRow(NamedTuple):
    """What last year's report listed, and what became of it; ``row`` is its row in the sheet."""

    row: int
    kind: str
    text: str
    progress: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a workbook holds, as text: ``cells`` and ``last_year`` by metric id, ``own`` a row each (as
    ``OWN_COLUMNS``), ``notes`` by part, a line each."""

    basic: Mapping[str, str]
    cells: Mapping[str, str]
    last_year: Mapping[str, str]
    own: Sequence[tuple[str, ...]]
    notes: Mapping[str, str]
    plans: Sequence[PlanRow]

    @property
    def unit(self) -> str:
        return self.basic.get("单位", "")

    @property
    def year(self) -> str:
        return self.basic.get("年度", "")


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be written: only what is named is touched, ``own`` as a whole. ``progress`` is by row."""

    basic: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    own: Sequence[Sequence[str]] | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    progress: Mapping[int, str] = field(default_factory=dict)


def contents(path: Path) -> Contents:
    """What a workbook holds.

    Raises:
        BadWorkbook: the file is no data workbook.
    """
    book = opened(path)
    cells = {metric: _shown(book, metric) for metric in _metrics()}
    before = {}
    for metric in _metrics():
        name, row, column = last_year_place(metric)
        if text := text_at(book[name], row, column):
            before[metric] = text
    own = [
        tuple(text_at(book[OWN], row, column) for column in range(1, len(OWN_COLUMNS) + 1)) for row in _rows(book[OWN])
    ]
    basic = {text_at(book[BASIC], row, 1): text_at(book[BASIC], row, 2) for row in _rows(book[BASIC])}
    return Contents(
        basic={item: basic.get(item, "").removesuffix(" 00:00:00") for item, _ in BASIC_ROWS},
        cells={metric: text for metric, text in cells.items() if text},
        last_year=before,
        own=[row for row in own if any(row)],
        notes=_notes(book),
        plans=[
            PlanRow(row, text_at(book[PLANS], row, 1), text_at(book[PLANS], row, 2), text_at(book[PLANS], row, 3))
            for row in _rows(book[PLANS])
            if text_at(book[PLANS], row, 1) in PLAN_KINDS and text_at(book[PLANS], row, 1) not in THIS_YEAR
        ],
    )


def addends_of(metric: str) -> tuple[str, ...]:
    """The figures that a total of the tables adds up; none for one that people enter."""
    if not total_formula(metric):
        return ()
    family, _, column = metric.rpartition(".")
    if column == "total":
        others = [one for one in _metrics() if one.rpartition(".")[0] == family and one != metric]
        return tuple(others)
    rows = [row.id for row in drawing("requests").table.rows if row.mark.startswith("三（") and row.id != "concluded"]
    return tuple(f"requests.{row}.{column}" for row in rows)


def edited(path: Path, changes: Changes) -> None:
    """Write changes into the workbook at ``path``: a number as a number, anything else as it was typed, for reading to
    name it.

    Raises:
        BadWorkbook: the file is no data workbook, or a place that is named is not there.
        OSError: it cannot be written.
    """
    book = opened(path)
    for item, text in changes.basic.items():
        row = next((row for row in _rows(book[BASIC]) if text_at(book[BASIC], row, 1) == item), None)
        if row is None:
            raise BadWorkbook(f"没有“{item}”这一项", where=BASIC)
        _put(_cell(book[BASIC], row, 2), text)
    for metric, text in changes.cells.items():
        if metric not in _metrics() or total_formula(metric):
            raise BadWorkbook("没有这一格，或者它是程序相加的", where=metric)
        _put(_cell(book[place_of_metric(metric)[0]], *place_of_metric(metric)[1:]), text)
    if changes.own is not None:
        _write_own(book[OWN], changes.own)
    for part, text in changes.notes.items():
        _write_notes(book, part, text)
    for row, text in changes.progress.items():
        if text_at(book[PLANS], row, 1) not in PLAN_KINDS:
            raise BadWorkbook("没有这一行", where=f"{PLANS}!C{row}")
        _put(_cell(book[PLANS], row, 3), text)
    with writing(path) as aside:
        book.save(aside)


def _metrics() -> tuple[str, ...]:
    return tuple(cell.metric for table in TABLES for cell in drawing(table).cells if cell.metric)


def _shown(book: Workbook, metric: str) -> str:
    """A figure as its cell shows it; what is no number as it was typed. Totals are for the page to add up."""
    if total_formula(metric):
        return ""
    name, row, column = place_of_metric(metric)
    try:
        value = figure_at(book[name], f"{get_column_letter(column)}{row}").value
    except NotANumber:
        return text_at(book[name], row, column)
    return "" if value is None else number(value)


def _rows(sheet: Worksheet) -> range:
    return range(2, min(sheet.max_row, _MOST_LINES) + 1)


def _notes(book: Workbook) -> dict[str, str]:
    found: dict[str, list[str]] = {part: [] for part in POINT_PARTS}
    part = ""
    for row in _rows(book[POINTS]):
        part = text_at(book[POINTS], row, 1) or part
        if text := text_at(book[POINTS], row, 2):
            found.setdefault(part, []).append(text)
    for row in _rows(book[PLANS]):
        kind, text = text_at(book[PLANS], row, 1), text_at(book[PLANS], row, 2)
        if kind in THIS_YEAR:
            found.setdefault(THIS_YEAR[kind], []).extend([text] if text else [])
    return {part: "\n".join(lines) for part, lines in found.items()}


def _write_notes(book: Workbook, part: str, text: str) -> None:
    """All notes of a part into its first cell, a line each; its other cells are emptied."""
    kinds = {name: kind for kind, name in THIS_YEAR.items()}
    sheet, name = (book[PLANS], kinds[part]) if part in kinds else (book[POINTS], part)
    if part not in kinds and part not in {*POINT_PARTS, *(one.id for one in PARTS)} and part not in _notes(book):
        raise BadWorkbook(f"没有“{part}”这一部分", where=POINTS)
    own, current = [], ""
    for row in _rows(sheet):
        current = text_at(sheet, row, 1) or current
        own += [row] if current == name else []
    if not own:
        own = [sheet.max_row + 1]
        put_text(_cell(sheet, own[0], 1), name)
    for row in own:
        _put(_cell(sheet, row, 2), text if row == own[0] else "")


def _write_own(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    for row in _rows(sheet):
        for column in range(1, len(OWN_COLUMNS) + 1):
            _cell(sheet, row, column).value = None
    for row, texts in enumerate((texts for texts in rows if any(texts)), start=2):
        for column, text in enumerate(texts[: len(OWN_COLUMNS)], start=1):
            _put(_cell(sheet, row, column), text)


def _put(cell: Cell, text: str) -> None:
    plain = text.strip().replace(",", "").replace("，", "")
    if not plain:
        cell.value = None
    elif _PLAIN.fullmatch(plain):
        value = Decimal(plain)
        cell.value = int(value) if value == value.to_integral_value() else value
    else:
        put_text(cell, text.strip())


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    found = sheet.cell(row, column)
    if not isinstance(found, Cell):
        raise BadWorkbook("这一格与别的格合并了，请取消合并", where=f"{sheet.title}!{get_column_letter(column)}{row}")
    return found
