"""Grids → cells of the form's three tables. Rows are found by their labels, never by counting lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from assistant.form import EDITION_2021, EDITIONS, Column, Row, Table
from assistant.readers.blocks import Grid, GridCell
from assistant.readers.labels import (
    column_of,
    group_labels,
    is_figure,
    parse_cell,
    place_rows,
    row_of,
    rows_known,
    table_words,
)
from assistant.report import Cell, ReadingWarning, Source
from assistant.text import fold

__all__ = ["LEAST_CONFIDENCE", "TableReading", "read_grid", "recognise"]

# Below this a recognised cell is wrong often enough that a person must look.
LEAST_CONFIDENCE = 0.9
# What a header row of table 2 says beside its columns: its own name, and the item of Article 20 above it.
_NO_COLUMN = re.compile(r"信息内容$|第二十条第")


@dataclass
class TableReading:
    """What has been read of one table so far; a table split in two grids is read into one of these."""

    table: str
    cells: dict[str, Cell] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)
    warnings: list[ReadingWarning] = field(default_factory=list)
    editions: set[str] = field(default_factory=set)
    next_row: int = 0
    source: Source = field(default_factory=Source)


@cache
def _words() -> dict[str, frozenset[str]]:
    """Folded labels of each table that no other table has, over all editions."""
    by_table = {
        table_id: frozenset().union(*(table_words(edition.table(table_id)) for edition in EDITIONS.values()))
        for table_id in EDITION_2021.table_ids
    }
    return {
        table_id: words.difference(*(other for name, other in by_table.items() if name != table_id))
        for table_id, words in by_table.items()
    }


def recognise(grid: Grid) -> str | None:
    """Which of the three tables a grid is, by the labels that only that table has; ``None`` for any other table."""
    found = {fold(cell.text) for row in grid.rows for cell in row}
    hits = {table_id: len(found & words) for table_id, words in _words().items()}
    best = max(hits, key=lambda table_id: hits[table_id])
    return best if hits[best] >= 2 else None


def read_grid(grid: Grid, reading: TableReading) -> None:
    """Add the cells of ``grid`` to ``reading``."""
    if reading.table == "review":
        _read_strip(grid, reading)
    elif reading.table == "requests":
        _read_requests(grid, reading)
    else:
        _read_disclosure(grid, reading)


def _read_requests(grid: Grid, reading: TableReading) -> None:
    columns = EDITION_2021.table("requests").blocks[0].columns
    positions = _header_positions(grid, columns)
    known = rows_known("requests")
    # A header's 总计 is a column, not the row （七）总计.
    data = [row for row in grid.rows if len({c.id for cell in row if (c := column_of(cell.text, columns))}) < 2]
    labels = [[cell.text if not is_figure(cell.text) else "" for cell in row] for row in data]
    for row, match in zip(data, place_rows(labels, known[reading.next_row :]), strict=True):
        if match is None:
            _note_unplaced(row, reading)
            continue
        label_at, form_row = match
        reading.next_row = known.index(form_row) + 1
        reading.labels[form_row.id] = row[label_at].text.strip()
        if row[label_at].confidence < 1 and fold(row[label_at].text) != fold(form_row.label):
            what = f"行标签识别为“{row[label_at].text.strip()}”，当作“{form_row.label}”，请核对原件"
            reading.warnings.append(ReadingWarning(message=what, source=row[label_at].source))
        values = _values(row, label_at, len(columns), positions)
        _store(reading, f"requests.{form_row.id}", columns, values, row)


def _header_positions(grid: Grid, columns: Sequence[Column]) -> list[int] | None:
    """Index of each column in a rectangular grid, from its header cells; ``None`` where rows drop merged cells."""
    if not grid.rectangular:
        return None
    places: dict[str, int] = {}
    for row in grid.rows:
        if any(is_figure(cell.text) and cell.text.strip() for cell in row):
            break
        for index, cell in enumerate(row):
            column = column_of(cell.text, columns)
            if column:
                places.setdefault(column.id, index)
    if len(places) < len(columns):
        return None
    return [places[column.id] for column in columns]


def _labelled(row: Sequence[GridCell], rows: Sequence[Row]) -> tuple[int, Row] | None:
    """The last cell of ``row`` that names a row of the form, with that row."""
    for index in range(len(row) - 1, -1, -1):
        text = row[index].text
        if text.strip() and not is_figure(text):
            match = row_of(text, rows)
            if match:
                return index, match
    return None


def _values(row: Sequence[GridCell], label_at: int, width: int, positions: list[int] | None) -> Sequence[GridCell]:
    if positions and positions[0] > label_at:
        picked = [row[index] for index in positions]
        written = [cell for cell in row[label_at + 1 :] if cell.text.strip()]
        # A header whose merged cells are drawn unevenly points beside its figures; a full row needs no header.
        return written if len(written) == width else picked
    rest = list(row[label_at + 1 :])
    while len(rest) > width and parse_cell(rest[-1].text, rest[-1].source).value is None:
        rest.pop()
    return rest[-width:] if len(rest) > width else rest


def _store(
    reading: TableReading, prefix: str, columns: Sequence[Column], values: Sequence[GridCell], row: Sequence[GridCell]
) -> None:
    if len(values) < len(columns):
        # Which cell is missing cannot be told: figures in the wrong columns would be worse than none.
        label = next((cell.text.strip() for cell in row if cell.text.strip()), "")
        what = f"“{label}”一行应有{len(columns)}格，只有{len(values)}格，不能确定缺哪一格，没有采用"
        reading.warnings.append(ReadingWarning(message=what, source=row[0].source))
        return
    for column, value in zip(columns, values, strict=False):
        _keep(reading, f"{prefix}.{column.id}", value)


def _keep(reading: TableReading, metric: str, value: GridCell) -> None:
    """Take one cell; what is no figure, or was recognised with little confidence, is told at its place."""
    reading.cells[metric] = parse_cell(value.text, value.source, value.confidence)
    if not is_figure(value.text):
        reading.warnings.append(ReadingWarning(message=f"格内不是数字：“{value.text.strip()}”", source=value.source))
    elif value.confidence < LEAST_CONFIDENCE:
        shown = value.text.strip() or "空白"
        reading.warnings.append(ReadingWarning(message=f"识别为“{shown}”，把握不大，请核对原件", source=value.source))


def _note_unplaced(row: Sequence[GridCell], reading: TableReading) -> None:
    """A row with figures whose label fits nothing is kept by its text: a report must not lose a row in silence."""
    if not any(parse_cell(cell.text, cell.source).value is not None for cell in row):
        return
    label = next(
        (cell.text.strip() for cell in row if cell.text.strip() and not is_figure(cell.text)), "（没有标签的一行）"
    )
    if fold(label) in group_labels():
        return
    reading.unplaced.append(label)
    reading.warnings.append(ReadingWarning(message=f"表格中有一行无法对应格式：“{label}”", source=row[0].source))


def _read_disclosure(grid: Grid, reading: TableReading) -> None:
    columns: Sequence[Column] = ()
    header_row: Sequence[GridCell] = ()
    for row in grid.rows:
        header = _disclosure_header(row)
        if header:
            edition, columns = header
            header_row = row
            reading.editions.add(edition)
            continue
        match = _labelled(row, rows_known("disclosure"))
        if match is None:
            _note_unplaced(row, reading)
            continue
        label_at, form_row = match
        reading.labels[form_row.id] = row[label_at].text.strip()
        expected = columns or _columns_in(EDITION_2021.table("disclosure"), form_row)
        values = _under_header(row, label_at, header_row, expected)
        _store(reading, f"disclosure.{form_row.id}", expected, values, row)


def _under_header(
    row: Sequence[GridCell], label_at: int, header: Sequence[GridCell], columns: Sequence[Column]
) -> Sequence[GridCell]:
    """The cells of a row of table 2 below the header cells of its columns; behind its label where rows drop cells."""
    rest = list(row[label_at + 1 :])
    if len(row) == len(header):
        below = [cell for title, cell in zip(header, row, strict=True) if column_of(title.text, columns)]
        if len(below) == len(columns):
            return below
    while len(rest) > len(columns) and not rest[0].text.strip():
        rest.pop(0)  # covered by a merged label
    return rest[: len(columns)]


def _disclosure_header(row: Sequence[GridCell]) -> tuple[str, Sequence[Column]] | None:
    """The edition and columns that a header row of table 2 names, left to right; ``None`` for any other row."""
    texts = [cell.text for cell in row if cell.text.strip() and not _NO_COLUMN.match(fold(cell.text))]
    best: tuple[int, str, list[Column]] | None = None
    for edition_id, edition in EDITIONS.items():
        for block in edition.table("disclosure").blocks:
            named = [column for text in texts if (column := column_of(text, block.columns))]
            exact = sum(fold(text) == fold(column.label) for text, column in zip(texts, named, strict=False))
            if named and len(named) == len(texts) and (best is None or exact > best[0]):
                best = (exact, edition_id, named)
    return (best[1], best[2]) if best else None


def _columns_in(table: Table, row: Row) -> Sequence[Column]:
    return next((block.columns for block in table.blocks if any(r.id == row.id for r in block.rows)), ())


def _read_strip(grid: Grid, reading: TableReading) -> None:
    metrics = EDITION_2021.metrics_of("review")
    data = _strip_rows(grid, len(metrics))
    if not data:
        short = any(parse_cell(cell.text, cell.source).value is not None for row in grid.rows for cell in row)
        what = f"表四的数字不足{len(metrics)}格" if short else "表四没有数字"
        reading.warnings.append(ReadingWarning(message=what, source=grid.source))
        return
    if len(data) > 1:
        reading.warnings.append(ReadingWarning(message=f"表四有{len(data)}行数字，取第一行", source=data[1][0].source))
    for row in grid.rows:
        for cell in row:
            if cell.text.strip() and not is_figure(cell.text):
                reading.labels.setdefault(fold(cell.text), cell.text.strip())
    for metric, value in zip(metrics, data[0], strict=False):
        _keep(reading, metric.id, value)


def _strip_rows(grid: Grid, width: int) -> list[Sequence[GridCell]]:
    """Rows of figures: ``width`` cells, mostly figures; a label in front of them shifts nothing. Where no row has a
    figure, a row without any words is the one that was left blank."""
    filled: list[Sequence[GridCell]] = []
    blank: list[Sequence[GridCell]] = []
    for row in grid.rows:
        cells = list(row)
        while len(cells) > width and not is_figure(cells[0].text):
            cells.pop(0)
        words = sum(not is_figure(cell.text) for cell in cells)
        if len(cells) < width or words > 2:
            continue
        if any(parse_cell(cell.text, cell.source).value is not None for cell in cells):
            filled.append(cells[:width])
        elif not words:
            blank.append(cells[:width])
    return filled or blank[:1]
