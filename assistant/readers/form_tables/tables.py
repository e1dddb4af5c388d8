"""Grids → cells of the form's three tables. Rows are found by their labels, never by counting lines."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.form import EDITION_2021, EDITIONS, OTHERWISE_HANDLED_SINGLE, Column, Row
from assistant.readers.blocks import Grid, GridCell
from assistant.readers.form_tables.disclosure_table import disclosure_goes_on, read_disclosure
from assistant.readers.form_tables.labels import (
    column_like,
    column_of,
    group_labels,
    is_figure,
    place_rows,
    row_of,
    rows_between,
    rows_known,
    value_of,
)
from assistant.readers.form_tables.table_reading import DOUBT, TableReading, has_figure, short_by, usual_length
from assistant.report import Paragraph
from assistant.text import fold

__all__ = ["finish", "goes_on", "read_grid"]


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


def finish(reading: TableReading, prose: Sequence[Paragraph] = ()) -> None:
    """All grids are read: what only the whole table tells. Table 4 has its figures in one row, perhaps far below its
    header. Lines of a figure alone in the ``prose`` around a table are rows of it, where it lacks rows: their labels
    were too poor to tell them from prose."""
    if reading.table != "review":
        missing = _rows_missing(reading)
        loose = [line for line in prose if value_of(line.text) is not None and is_figure(line.text)]
        if missing and loose:
            reading.odd_rows.append(("、".join(line.text for line in loose), loose[0].source))
        reading.tell_odd_rows(missing)
        return
    filled = [row for row in reading.strips if has_figure(row)]
    different = list({tuple(cell.text for cell in row): row for row in filled}.values())
    if len(different) > 1:
        reading.warn(f"表四有{len(different)}行数字，取第一行", different[1][0].source)
    if not reading.strips:
        reading.warn("表四没有读到一行15格的数字", reading.source, unread=True)
        return
    metrics = reading.columns or tuple(metric.id for metric in EDITION_2021.metrics_of("review"))
    for metric, value in sorted(zip(metrics, (filled or reading.strips)[0], strict=True), key=_in_the_form):
        reading.keep(metric, value)


def _in_the_form(figure: tuple[str, GridCell]) -> int:
    return list(EDITION_2021.metrics).index(figure[0])


def _rows_missing(reading: TableReading) -> list[Row]:
    """The form's rows that were not found in the edition that a table follows."""
    if reading.table == "disclosure":
        edition = "2019" if reading.editions == {"2019"} else "2021"
    else:
        edition = "2019" if OTHERWISE_HANDLED_SINGLE.id in reading.labels else "2021"
    return [row for row in EDITIONS[edition].table(reading.table).rows if row.id not in reading.labels]


def _read_requests(grid: Grid, reading: TableReading) -> None:
    columns = reading.in_print = reading.in_print or _applicants_in_print(grid)
    columns = columns or _applicants()
    known = rows_known("requests")
    reading.columns = reading.columns or _header_order(grid, columns)
    # A header's 总计 is a column, not the row （七）总计.
    data = [row for row in grid.rows if len({c.id for cell in row if (c := column_of(cell.text, columns))}) < 2]
    labels = _labels(data)
    placed = place_rows(labels, known[reading.next_row :])
    if reading.next_row and not any(placed):
        placed = place_rows(labels, known)  # drawn a second time, as pages do whose header stays in sight
    by_order = rows_between(labels, placed, known) if _recognised(grid) else {}
    placed = [by_order.get(number, match) for number, match in enumerate(placed)]
    positions = _header_positions(grid, columns) or _right_columns(
        [(row, match[0]) for row, match in zip(data, placed, strict=True) if match], len(columns)
    )
    usual = usual_length([row for row, match in zip(data, placed, strict=True) if match])
    for number, (row, match) in enumerate(zip(data, placed, strict=True)):
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
        if number in by_order:  # the place alone says which row it is: its figures are as doubtful as its label
            values = [value._replace(confidence=min(value.confidence, DOUBT)) for value in values]
        if short_by(row, usual) and not _full_behind(row, label_at, len(columns)):
            reading.refuse_short(row, short_by(row, usual))
            continue
        reading.store(f"requests.{form_row.id}", columns, values, row)


def _recognised(grid: Grid) -> bool:
    return any(cell.confidence < 1 for row in grid.rows for cell in row)


def _full_behind(row: Sequence[GridCell], label_at: int, width: int) -> bool:
    """Whether a row has all its figures right behind its label, so that nothing but fill is missing."""
    texts = [cell.text.strip() for cell in row[label_at + 1 :]]
    while texts and not texts[-1]:
        texts.pop()
    return len(texts) == width and bool(texts[0])


def _applicants() -> tuple[Column, ...]:
    return EDITION_2021.table("requests").blocks[0].columns


def _applicants_in_print(grid: Grid) -> tuple[Column, ...]:
    """The columns of table 3 in the order of its header; nothing where that does not name them all.

    自然人 and 总计 stand over two rows of the header, which pages flatten in several ways: they are the first and last.
    """
    first, *_, last = columns = _applicants()
    for row in grid.rows:
        named = dict.fromkeys(column for cell in row if (column := column_of(cell.text, columns)))
        middle = [column for column in named if column not in (first, last)]
        if len(middle) == len(columns) - 2:
            return (first, *middle, last)
    return ()


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
        if any(cell.covered for cell in picked):  # a header whose spans are wrong: what is drawn counts, in its order
            return [cell for cell in row[label_at + 1 :] if not cell.covered]
        written = [cell for cell in row[label_at + 1 :] if cell.text.strip()]
        # A header whose merged cells are drawn unevenly points beside its figures; a full row needs no header.
        return written if len(written) == width else picked
    rest = list(row[label_at + 1 :])
    while len(rest) > width and value_of(rest[-1].text) is None:
        rest.pop()
    return rest[-width:] if len(rest) > width else rest


def _read_strip(grid: Grid, reading: TableReading) -> None:
    rows, odd = _strips(grid, _cases())
    reading.strips += rows
    reading.columns = reading.columns or _cases_in_print(grid)
    for row in odd:
        what = f"表四有一行{len(row)}格，应有{_cases()}格，不能确定各格是哪一项，没有采用"
        reading.warn(what, row[0].source, unread=True)
    for row in grid.rows:
        for cell in row:
            if cell.text.strip() and not is_figure(cell.text):
                reading.labels.setdefault(fold(cell.text), cell.text.strip())
    _tell_uneven_boundaries(grid, reading)


def _tell_uneven_boundaries(grid: Grid, reading: TableReading) -> None:
    """Headers that begin where no figure does: their spans are wrong, and the names and their order tell instead."""
    for row in grid.rows if grid.rectangular else ():
        if has_figure(row):
            uneven = [
                cell
                for header in grid.rows
                for cell, below in zip(header, row, strict=True)
                if below.covered and cell.text.strip() and not is_figure(cell.text)
            ]
            for cell in uneven:
                what = f"表四表头“{cell.text.strip()}”的起点与下面的数字对不齐，各格按列名的次序读取，请核对"
                reading.warn(what, cell.source)
            return


def _cases() -> int:
    return len(EDITION_2021.metrics_of("review"))


def _cases_in_print(grid: Grid) -> tuple[str, ...]:
    """The metrics of table 4 in the order in which its header names them; nothing where it does not name them all.

    The five results stand three times, for each kind of case; row by row this is the order of the kinds.
    """
    block = EDITION_2021.table("review").blocks[0]
    texts = [cell.text for row in grid.rows for cell in row if cell.text.strip() and not is_figure(cell.text)]
    results = [column.id for text in texts if (column := column_like(text, block.columns))]
    kinds = list(dict.fromkeys(row.id for text in texts if (row := row_of(text, block.rows))))
    width, count = len(block.columns), _cases()
    if len(kinds) < len(block.rows) or len(results) < count or len(results) % count:
        return ()
    groups = [results[at : at + width] for at in range(0, count, width)]
    if any(len(set(group)) < width for group in groups):
        return ()
    return tuple(f"{kind}.{result}" for kind, group in zip(kinds, groups, strict=True) for result in group)


def _strip_rows(grid: Grid, width: int) -> list[Sequence[GridCell]]:
    return _strips(grid, width)[0]


def _strips(grid: Grid, width: int) -> tuple[list[Sequence[GridCell]], list[Sequence[GridCell]]]:
    """Rows of figures: ``width`` cells, mostly figures; a label in front of them shifts nothing. A row without any
    words is one that was left blank. Then those rows of figures that have more or fewer cells."""
    found: list[Sequence[GridCell]] = []
    odd: list[Sequence[GridCell]] = []
    for row in grid.rows:
        cells = _drawn(row, width)
        words = sum(not is_figure(cell.text) for cell in cells)
        if words > 2 or (words and not has_figure(cells)):
            continue
        if len(cells) == width:
            found.append(cells)
        elif has_figure(cells):
            odd.append(cells)
    return found, odd


def _drawn(row: Sequence[GridCell], width: int) -> Sequence[GridCell]:
    """The cells of a row that may be its figures: without what merged cells cover, words in front and fill."""
    cells = [cell for cell in row if not cell.covered]
    if len(cells) < width <= len(row):
        cells = list(row)
    while len(cells) > width and not is_figure(cells[0].text):
        cells.pop(0)
    written = [cell for cell in cells if cell.text.strip()]
    if len(cells) > width == len(written):
        return written
    for end in (-1, 0):
        while len(cells) > width and not cells[end].text.strip():
            cells.pop(end)
    return cells
