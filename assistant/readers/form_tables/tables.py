"""Grids → cells of the form's three tables. Rows are found by their labels, never by counting lines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from assistant.form import EDITION_2021, EDITIONS, Column
from assistant.readers.blocks import Grid, GridCell
from assistant.readers.form_tables.disclosure_table import disclosure_goes_on, read_disclosure
from assistant.readers.form_tables.labels import (
    column_of,
    group_labels,
    is_figure,
    place_rows,
    rows_known,
    table_words,
    value_of,
)
from assistant.readers.form_tables.table_reading import TableReading, has_figure, short_by, usual_length
from assistant.text import fold

__all__ = ["finish", "goes_on", "read_grid", "recognise"]


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


def goes_on(grid: Grid, reading: TableReading) -> bool:
    """Whether a grid that says too little to be recognised is the rest of the table above it: a table broken over a
    page, or its header drawn as a table of its own."""
    if reading.table == "disclosure":
        return disclosure_goes_on(grid, reading)
    if reading.table == "review":
        return not reading.strips and bool(_strip_rows(grid, _cases()))
    rows = [row for row in grid.rows if sum(is_figure(cell.text) for cell in row) >= len(_applicants())]
    return bool(rows) and None not in place_rows(_labels(rows), rows_known("requests")[reading.next_row :])


def read_grid(grid: Grid, reading: TableReading) -> None:
    """Add the cells of ``grid`` to ``reading``."""
    if reading.table == "review":
        _read_strip(grid, reading)
    elif reading.table == "requests":
        _read_requests(grid, reading)
    else:
        read_disclosure(grid, reading)


def finish(reading: TableReading) -> None:
    """All grids are read: what only the whole table tells. Table 4 has its figures in one row, perhaps far below its
    header."""
    if reading.table != "review":
        return
    filled = [row for row in reading.strips if has_figure(row)]
    different = list({tuple(cell.text for cell in row): row for row in filled}.values())
    if len(different) > 1:
        reading.warn(f"表四有{len(different)}行数字，取第一行", different[1][0].source)
    if not reading.strips:
        reading.warn("表四没有读到一行15格的数字", reading.source, unread=True)
        return
    for metric, value in zip(EDITION_2021.metrics_of("review"), (filled or reading.strips)[0], strict=True):
        reading.keep(metric.id, value)


def _read_requests(grid: Grid, reading: TableReading) -> None:
    columns = _applicants()
    known = rows_known("requests")
    reading.columns = reading.columns or _header_order(grid, columns)
    # A header's 总计 is a column, not the row （七）总计.
    data = [row for row in grid.rows if len({c.id for cell in row if (c := column_of(cell.text, columns))}) < 2]
    labels = _labels(data)
    placed = place_rows(labels, known[reading.next_row :])
    if reading.next_row and not any(placed):
        placed = place_rows(labels, known)  # drawn a second time, as pages do whose header stays in sight
    positions = _header_positions(grid, columns) or _right_columns(
        [(row, match[0]) for row, match in zip(data, placed, strict=True) if match], len(columns)
    )
    usual = usual_length([row for row, match in zip(data, placed, strict=True) if match])
    for row, match in zip(data, placed, strict=True):
        if match is None:
            reading.note_unplaced(row, known)
            continue
        label_at, form_row = match
        reading.next_row = max(reading.next_row, known.index(form_row) + 1)
        reading.labels.setdefault(form_row.id, row[label_at].text.strip())
        if row[label_at].confidence < 1 and fold(row[label_at].text) != fold(form_row.label):
            what = f"行标签识别为“{row[label_at].text.strip()}”，当作“{form_row.label}”，请核对原件"
            reading.warn(what, row[label_at].source)
        values = _values(row, label_at, len(columns), positions)
        if short_by(row, usual) and not _full_behind(row, label_at, len(columns)):
            reading.refuse_short(row, short_by(row, usual))
            continue
        reading.store(f"requests.{form_row.id}", columns, values, row)


def _full_behind(row: Sequence[GridCell], label_at: int, width: int) -> bool:
    """Whether a row has all its figures right behind its label, so that nothing but fill is missing."""
    texts = [cell.text.strip() for cell in row[label_at + 1 :]]
    while texts and not texts[-1]:
        texts.pop()
    return len(texts) == width and bool(texts[0])


def _applicants() -> tuple[Column, ...]:
    return EDITION_2021.table("requests").blocks[0].columns


def _labels(rows: Sequence[Sequence[GridCell]]) -> list[list[str]]:
    """The texts of each row that may be its label: a group in front of another label is not."""
    return [
        [
            "" if is_figure(text) or _heads_a_group(text, texts[place + 1 :]) else text
            for place, text in enumerate(texts)
        ]
        for texts in ([cell.text for cell in row] for row in rows)
    ]


def _heads_a_group(text: str, behind: Sequence[str]) -> bool:
    return fold(text) in group_labels() and any(not is_figure(other) and fold(other) != fold(text) for other in behind)


def _header_order(grid: Grid, columns: tuple[Column, ...]) -> tuple[str, ...]:
    """The columns in the order in which one row of the header names them; nothing where no row names most of them."""
    for row in grid.rows:
        named = dict.fromkeys(column.id for cell in row if (column := column_of(cell.text, columns)))
        if len(named) * 2 > len(columns):
            return tuple(named)
    return ()


def _header_positions(grid: Grid, columns: tuple[Column, ...]) -> list[int] | None:
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


def _right_columns(rows: Sequence[tuple[Sequence[GridCell], int]], width: int) -> list[int] | None:
    """The last ``width`` columns, when all rows are of one length and have no figure between their label and these.

    That is a body without its header. Rows that drop merged cells have their figures right behind the label instead.
    """
    if len({len(row) for row, _ in rows}) != 1:
        return None
    first = len(rows[0][0]) - width
    between = [row[label_at + 1 : max(first, 0)] for row, label_at in rows]
    if any(label_at >= first for _, label_at in rows) or any(has_figure(cells) for cells in between):
        return None
    return list(range(first, first + width))


def _values(row: Sequence[GridCell], label_at: int, width: int, positions: list[int] | None) -> Sequence[GridCell]:
    if positions and positions[0] > label_at:
        picked = [row[index] for index in positions]
        written = [cell for cell in row[label_at + 1 :] if cell.text.strip()]
        # A header whose merged cells are drawn unevenly points beside its figures; a full row needs no header.
        return written if len(written) == width else picked
    rest = list(row[label_at + 1 :])
    while len(rest) > width and value_of(rest[-1].text) is None:
        rest.pop()
    return rest[-width:] if len(rest) > width else rest


def _read_strip(grid: Grid, reading: TableReading) -> None:
    reading.strips += _strip_rows(grid, _cases())
    for row in grid.rows:
        for cell in row:
            if cell.text.strip() and not is_figure(cell.text):
                reading.labels.setdefault(fold(cell.text), cell.text.strip())


def _cases() -> int:
    return len(EDITION_2021.metrics_of("review"))


def _strip_rows(grid: Grid, width: int) -> list[Sequence[GridCell]]:
    """Rows of figures: ``width`` cells, mostly figures; a label in front of them shifts nothing. A row without any
    words is one that was left blank."""
    found: list[Sequence[GridCell]] = []
    for row in grid.rows:
        cells = list(row)
        while len(cells) > width and not is_figure(cells[0].text):
            cells.pop(0)
        words = sum(not is_figure(cell.text) for cell in cells)
        if len(cells) >= width and words <= 2 and (not words or has_figure(cells)):
            found.append(cells[:width])
    return found
