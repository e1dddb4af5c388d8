"""Table 2: four or five small tables below each other, each with a header of its own and another in each edition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from assistant.form import EDITIONS, Block, Column, Row
from assistant.lexicon import phrase
from assistant.readers.blocks import Grid, GridCell
from assistant.readers.form_tables.labels import columns_like, is_figure, row_of, rows_known, value_of
from assistant.readers.form_tables.table_reading import Header, TableReading, has_figure, short_by, usual_length
from assistant.text import fold

__all__ = ["disclosure_goes_on", "read_disclosure"]

_IN_FRONT, _BEHIND = 0, -1


def read_disclosure(grid: Grid, reading: TableReading) -> None:
    """Add the cells of ``grid`` to ``reading``."""
    headers = [_header(row) for row in grid.rows]
    reading.editions |= {header.edition for header in headers if header}
    usual = of_header = usual_length(grid.rows)
    for row, header in zip(grid.rows, headers, strict=True):
        reading.item = next((cell.text.strip() for cell in row if _is("article_twenty", cell)), reading.item)
        if header:
            reading.header, reading.unread_header = header, ""
            of_header = len(row) - _names_at(row) if header.columns else of_header
            reading.columns = reading.columns or _out_of_order(header)
            continue
        match = _labelled(row)
        if match is None:
            reading.note_unplaced(row, rows_known("disclosure"))
            reading.unread_header = _titles(row) or reading.unread_header
            continue
        label_at, form_row = match
        reading.labels[form_row.id] = row[label_at].text.strip()
        titles = reading.header.cells if reading.header else ()
        reading.heads[form_row.id] = (reading.item, *(cell.text.strip() for cell in titles if cell.text.strip()))
        columns = _columns_of(form_row, reading)
        values = _under_header(row, label_at, reading.header, columns)
        # 收费 of 2019 has two columns where others have three; 第二十条第（八）项 may stand in the header's row alone.
        missing = short_by(row, min(usual, label_at + of_header))
        if missing and not all(cell.text.strip() for cell in values):
            reading.refuse_short(row, missing)
            continue
        reading.store(f"disclosure.{form_row.id}", columns, values, row)
        if reading.unread_header:
            what = f"表头“{reading.unread_header}”没有读懂，“{form_row.label}”一行按格式中各列的次序读取，请核对"
            reading.warn(what, row[0].source)


def _is(what: Literal["article_twenty", "no_column"], cell: GridCell) -> bool:
    """Whether a cell of a header stands beside the names of its columns: the item of Article 20, or 信息内容, too."""
    return bool(phrase("numbering", what).match(fold(cell.text)))


def _names_at(row: Sequence[GridCell]) -> int:
    """Where the names of the columns begin in a header, behind the item and what is blank."""
    return next((at for at, cell in enumerate(row) if cell.text.strip() and not _is("article_twenty", cell)), 0)


def _out_of_order(header: Header) -> tuple[str, ...]:
    """The columns of a header that changed places."""
    blocks = EDITIONS[header.edition].table("disclosure").blocks
    own = next(block.columns for block in blocks if set(header.columns) <= set(block.columns))
    right = tuple(column for column in own if column in header.columns)
    return () if right == header.columns else tuple(column.id for column in header.columns)


def disclosure_goes_on(grid: Grid, reading: TableReading) -> bool:
    """Whether a grid that says too little to be recognised is more of table 2: headers, or rows not yet read."""
    bodies = [row for row in grid.rows if not _header(row)]
    matches = [(row, _labelled(row)) for row in bodies]
    rows = [(row, match) for row, match in matches if match or has_figure(row)]
    if not rows:
        return len(bodies) < len(grid.rows)
    return all(
        match and match[1].id not in reading.labels and all(is_figure(cell.text) for cell in row[match[0] + 1 :])
        for row, match in rows
    )


def _labelled(row: Sequence[GridCell]) -> tuple[int, Row] | None:
    """The last cell of ``row`` that names a row of the form, with that row."""
    for index in range(len(row) - 1, -1, -1):
        text = row[index].text
        if text.strip() and not is_figure(text):
            match = row_of(text, rows_known("disclosure"))
            if match:
                return index, match
    return None


def _header(row: Sequence[GridCell]) -> Header | None:
    """The edition and columns that a header row names, left to right; ``None`` for any other row."""
    places = [at for at, cell in enumerate(row) if cell.text.strip() and not _is("no_column", cell)]
    texts = [row[at].text for at in places]
    if any(map(is_figure, texts[1:])):
        return None
    best: tuple[int, Header] | None = None
    for edition_id, edition in EDITIONS.items():
        for block in edition.table("disclosure").blocks:
            named = columns_like(texts, block.columns)
            first = len(named) > 1 and named[0] is None and places[0] == _names_at(row)
            if first and not row_of(texts[0], block.rows):
                named = columns_like(texts[1:], block.columns)  # 信息内容 with a slip in it
            columns = tuple(column for column in named if column)
            if not columns or len(columns) < len(named) or len(set(columns)) < len(columns):
                continue
            exact = sum(fold(text) == fold(column.label) for text in texts for column in columns)
            if best is None or exact > best[0]:
                best = (exact, Header(edition_id, columns, row, tuple(places[-len(columns) :])))
    return best[1] if best else None


def _titles(row: Sequence[GridCell]) -> str:
    """What a row says that is meant as a header: it has no figures, and some cell names a column or the first one."""
    if has_figure(row):
        return ""
    blocks = [block for edition in EDITIONS.values() for block in edition.table("disclosure").blocks]
    named = any(
        _is("no_column", cell) or columns_like([cell.text], block.columns)[0] for cell in row for block in blocks
    )
    texts = [cell.text.strip() for cell in row if cell.text.strip() and not _is("article_twenty", cell)]
    return "、".join(texts) if named else ""


def _columns_of(row: Row, reading: TableReading) -> tuple[Column, ...]:
    """The columns of the header above a row; the form's, where that header is another block's or was not understood."""
    blocks = {edition: _block_of(row, edition) for edition in EDITIONS}
    if reading.header:
        above = {column.id for column in reading.header.columns}
        if any(block and above <= {column.id for column in block.columns} for block in blocks.values()):
            return reading.header.columns
    block = blocks["2019"] if reading.editions == {"2019"} else blocks["2021"]
    return block.columns if block else ()


def _block_of(row: Row, edition: str) -> Block | None:
    blocks = EDITIONS[edition].table("disclosure").blocks
    return next((block for block in blocks if any(other.id == row.id for other in block.rows)), None)


def _under_header(
    row: Sequence[GridCell], label_at: int, header: Header | None, columns: tuple[Column, ...]
) -> Sequence[GridCell]:
    """The cells of a row below the header cells of its columns; those behind its label where rows drop cells.

    Figures beyond the columns are given too, and blanks that leave it open whose the figures are, so that they are
    noticed.
    """
    rest, width = row[label_at + 1 :], len(columns)
    if header and columns == header.columns and len(row) == len(header.cells):
        below = [row[at] for at in header.places]
        if _figures(below) == _figures(rest):
            return below
    written = [cell for cell in rest if cell.text.strip()]
    if len(written) == width:
        return written  # a full row needs no header
    # Blanks in front may be covered by a merged label, those behind by a merged figure.
    left = _without_fill(rest, width, _BEHIND, _IN_FRONT)
    right = _without_fill(rest, width, _IN_FRONT, _BEHIND)
    return left if [cell.text.strip() for cell in left] == [cell.text.strip() for cell in right] else rest


def _figures(cells: Sequence[GridCell]) -> list[str]:
    return [cell.text for cell in cells if value_of(cell.text) is not None]


def _without_fill(cells: Sequence[GridCell], width: int, *ends: int) -> Sequence[GridCell]:
    """``cells`` without as many that hold no figure as are more than ``width``, from one end and then from the other;
    words are dropped from behind alone."""
    kept = list(cells)
    for end in ends:
        while len(kept) > width and _is_fill(kept[end], end):
            kept.pop(end)
    return kept


def _is_fill(cell: GridCell, end: int) -> bool:
    return value_of(cell.text) is None if end == _BEHIND else not cell.text.strip()
