"""A sheet's cells as prose and grids: which rows are headings and sentences, where a table begins and ends."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.errors import UnreadableReport
from assistant.readers.blocks import Block, Grid, GridCell, TextBlock
from assistant.readers.excel.sheet import Sheet, address_of
from assistant.readers.form_tables.labels import row_of, rows_known
from assistant.readers.form_tables.recognition import recognise
from assistant.readers.identity import is_title
from assistant.readers.office_xml import join_lines
from assistant.readers.sections import is_subheading, section_of
from assistant.report import Source
from assistant.settings import settings

__all__ = ["sheet_blocks"]

_LAST_YEAR = "上年数字"  # in the data workbook last year's figures stand beside or below this year's, for comparison
_WIDEST = 60  # columns of one table; the widest of the form has 15
_TALLEST_MERGE = 100  # rows; 三、本年度办理结果 spans 22
_LONGEST_LABEL = 60  # characters; the longest label of the form has 40
_SENTENCE_END = ("。", "；", "：", ";", ":", "？", "！")


def sheet_blocks(sheet: Sheet, name: str, where: str) -> Iterator[Block]:
    """Prose and grids of one sheet. An empty row ends a grid, unless what follows is the same table of the form."""
    _drop_last_year(sheet)
    open_grid: Grid | None = None
    for block in _pieces(sheet, name, where):
        if isinstance(block, Grid):
            if open_grid and _same_table(open_grid, block):
                open_grid = Grid(open_grid.rows + block.rows, open_grid.source)
                continue
            if open_grid:
                yield open_grid
            open_grid = block
            continue
        if open_grid:
            yield open_grid
        open_grid = None
        yield block
    if open_grid:
        yield open_grid


def _same_table(one: Grid, other: Grid) -> bool:
    return recognise(one) is not None and recognise(one) == recognise(other)


def _drop_last_year(sheet: Sheet) -> None:
    """Forget last year's figures: the columns from that word on, or the rows below it where it opens a row."""
    marks = [place for place, text in sheet.texts.items() if text.startswith(_LAST_YEAR)]
    if marks:
        row, column = min(marks)
        beside = column > 1
        gone = [at for at in sheet.texts if (at[1] >= column if beside else at[0] >= row)]
        for place in gone:
            del sheet.texts[place]


def _rows(sheet: Sheet) -> Iterator[tuple[int, dict[int, str], bool]]:
    """(row, texts by column, whether a table ends with it), with the rows without text that belong to a table."""
    rows: dict[int, dict[int, str]] = {}
    for (row, column), text in sorted(sheet.texts.items()):
        rows.setdefault(row, {})[column] = text
    covered = {
        row
        for merge in sheet.merges
        if merge.top in rows and merge.bottom - merge.top < _TALLEST_MERGE
        for row in range(merge.top + 1, merge.bottom + 1)
    }
    within = {*rows, *covered}
    # A drawn row without text below a table is the empty line of figures of table 4 in a form not yet filled in.
    below = {row + 1 for row in within if row + 1 in sheet.drawn} - within
    for row in sorted(within | below):
        yield row, rows.get(row, {}), row in below


def _pieces(sheet: Sheet, name: str, where: str) -> Iterator[Block]:
    pending: dict[int, dict[int, str]] = {}
    paragraphs = 0
    for row, texts, last in _rows(sheet):
        if len(pending) > settings().max_table_rows or paragraphs > settings().max_paragraphs:
            raise UnreadableReport(
                f"工作表“{name}”的内容过多（表格超过{settings().max_table_rows}行，或文字超过{settings().max_paragraphs}段）",
                where=where,
                help="请确认这是一份年度报告；确需读取时调高 ASSISTANT_MAX_TABLE_ROWS、ASSISTANT_MAX_PARAGRAPHS。",
            )
        prose = _prose(texts)
        if pending and (prose or row - 1 not in pending):
            yield from _grid(pending, name)
            pending = {}
        if prose:
            paragraphs += len(prose)
            column = next(iter(texts))
            source = Source(row=row, column=column, address=_address(name, row, column))
            yield from (TextBlock(line, source) for line in prose)
            continue
        pending[row] = texts
        if last:
            yield from _grid(pending, name)
            pending = {}
    yield from _grid(pending, name)


def _prose(texts: dict[int, str]) -> list[str]:
    """The lines of a row that is no row of a table: one cell with a title, a heading or a sentence."""
    if len(texts) != 1:
        return []
    (text,) = texts.values()
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if any(row_of(text, rows_known(table)) for table in ("requests", "disclosure")):
        return []
    reads = is_title(text) or section_of(text) or is_subheading(text) or text.endswith(_SENTENCE_END)
    return lines if reads or len(lines) > 1 or len(text) > _LONGEST_LABEL else []


def _grid(rows: dict[int, dict[int, str]], name: str) -> Iterator[Block]:
    """The table in these rows; rows with one cell each are lines of text (a signature, a date) unless the form has
    them."""
    columns = [column for texts in rows.values() for column in texts]
    if not columns:
        return
    left, right = min(columns), max(columns)
    lines = tuple(
        # Cells far apart are no table: only those with text are kept, not the thousands between them.
        tuple(
            GridCell(
                join_lines(texts.get(column, "").split("\n")),
                Source(row=row, column=column, address=_address(name, row, column)),
            )
            for column in (range(left, right + 1) if right - left < _WIDEST else texts)
        )
        for row, texts in rows.items()
    )
    first = next(iter(rows))
    grid = Grid(
        tuple(line for line in lines if line), Source(row=first, column=left, address=_address(name, first, left))
    )
    if all(len(texts) <= 1 for texts in rows.values()) and recognise(grid) is None:
        yield from (TextBlock(cell.text, cell.source) for line in lines for cell in line if cell.text)
    else:
        yield grid


def _address(name: str, row: int, column: int) -> str:
    return f"{name}!{address_of((row, column))}"
