"""Tables that were pasted as text, one cell a line: runs of labels and figures become grids again.

A row is its labels and the figures that follow them. A blank cell may leave a line with a no-break space; where it left
none, the row comes out short, and it is not guessed which cell is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise

from assistant.form import EDITIONS
from assistant.readers.blocks import Block, Grid, GridCell, TextBlock
from assistant.readers.form_tables.labels import (
    column_of,
    group_labels,
    is_figure,
    nearly_a_row,
    row_of,
    rows_known,
    table_words,
)
from assistant.readers.sections import heading_number, section_of
from assistant.report import Source
from assistant.text import fold

__all__ = ["regrid"]

_FEWEST_FIGURES = 4
_MOST_SLIPS = 2  # labels in a row that are not known; more lines than that are prose between two tables
_LONGEST_LABEL = 80  # the form's longest has 40 characters: a line far longer is prose, not worth folding
_MOST_PIECES = 4
_HEADER_WORDS = (
    "信息内容",
    "申请人情况",
    "法人或其他组织",
    "行政诉讼",
    "行政复议",
    "本列数据的勾稽关系为第一项加第二项之和等于第三项加第四项之和",
)


@cache
def _words() -> frozenset[str]:
    tables = [table for edition in EDITIONS.values() for table in edition.tables]
    headings = [block.heading for table in tables for block in table.blocks if block.heading]
    return frozenset().union(
        *(table_words(table) for table in tables), group_labels(), _HEADER_WORDS, map(fold, headings)
    )


def regrid(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with every run of lines that are cells of one of the form's tables put together as a grid."""
    blocks = list(_unbroken(blocks))
    number = sum(isinstance(block, Grid) for block in blocks)
    for stacked, run in groupby(zip(_cells(blocks), blocks, strict=True), key=lambda item: item[0]):
        members = [block for _, block in run]
        texts = [block for block in members if isinstance(block, TextBlock)]
        if stacked and sum(is_figure(block.text) for block in texts) >= _FEWEST_FIGURES:
            for rows in _tables(texts):
                number += 1
                yield _grid(rows, number)
        else:
            yield from (block for block in members if isinstance(block, Grid) or block.text)


def _unbroken(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with cells that were broken over lines put together: 社会公 and 益组织 are one word of the form."""
    at = 0
    while at < len(blocks):
        first, count = blocks[at], 1
        if isinstance(first, TextBlock) and _piece(first) and fold(first.text) not in _words():
            text = first.text
            for number, other in enumerate(blocks[at + 1 : at + _MOST_PIECES], start=2):
                if not (isinstance(other, TextBlock) and _piece(other)):
                    break
                text += other.text
                if fold(text) in _words():
                    first, count = TextBlock(text, first.source), number
                    break
        yield first
        at += count


def _piece(block: TextBlock) -> bool:
    return 0 < len(block.text) <= _LONGEST_LABEL and not block.level and not is_figure(block.text)


def _cells(blocks: Sequence[Block]) -> list[bool]:
    """Which blocks are cells: words of the form, figures, and a line or two between these, labels with slips."""
    cells = [_is_cell(block) for block in blocks]
    known = [place for place, cell in enumerate(cells) if cell]
    for before, after in pairwise(known):
        between = blocks[before + 1 : after]
        if len(between) <= _MOST_SLIPS and all(_may_be_label(block) for block in between):
            cells[before + 1 : after] = [True] * len(between)
    return cells


def _may_be_label(block: Block) -> bool:
    if not isinstance(block, TextBlock) or block.level or len(block.text) > _LONGEST_LABEL:
        return False
    if section_of(block.text) or (heading_number(block.text) and not nearly_a_row(block.text, rows_known("requests"))):
        return False
    return not block.text.endswith(("。", "；", "："))


def _is_cell(block: Block) -> bool:
    if not isinstance(block, TextBlock) or block.level:
        return False
    return is_figure(block.text) or (len(block.text) <= _LONGEST_LABEL and fold(block.text) in _words())


def _tables(texts: Sequence[TextBlock]) -> Iterator[list[list[TextBlock]]]:
    """Rows of cells, table by table: a row of another table than the one before begins a new grid."""
    current = ""
    rows: list[list[TextBlock]] = []
    for labels, figures in _rows(texts):
        table = _table_of(labels)
        if table and current and table != current:
            yield rows
            rows = []
        current = table or current
        header, own = _split(labels, current)
        rows += [row for row in (header, [*own, *figures]) if row]
    if rows:
        yield rows


def _rows(texts: Sequence[TextBlock]) -> Iterator[tuple[list[TextBlock], list[TextBlock]]]:
    labels: list[TextBlock] = []
    figures: list[TextBlock] = []
    for text in texts:
        if is_figure(text.text):
            figures.append(text)
            continue
        if figures:
            yield labels, figures
            labels, figures = [], []
        labels.append(text)
    if labels or figures:
        yield labels, figures


def _table_of(labels: Sequence[TextBlock]) -> str:
    """The table that the last label is a row of; table 4 has columns alone."""
    if labels and row_of(labels[-1].text, rows_known("disclosure")):
        return "disclosure"
    if labels and row_of(labels[-1].text, rows_known("requests")) and not _of_review(labels):
        return "requests"
    return "review" if _of_review(labels) else ""


def _of_review(labels: Sequence[TextBlock]) -> bool:
    columns = EDITIONS["2021"].table("review").blocks[0].columns
    return sum(column_of(label.text, columns) is not None for label in labels) >= len(columns)


def _split(labels: list[TextBlock], table: str) -> tuple[list[TextBlock], list[TextBlock]]:
    """The header cells among the labels in front of a row, and the row's own labels."""
    if table == "review":
        return labels, []
    if len(labels) < 2 or (table == "requests" and fold(labels[-2].text) in group_labels()):
        header = labels[:-2] if fold(labels[-2].text if len(labels) > 1 else "") in group_labels() else labels[:-1]
        return header, labels[len(header) :]
    return labels[:-1], labels[-1:]


def _grid(rows: Sequence[Sequence[TextBlock]], number: int) -> Grid:
    return Grid(
        tuple(
            tuple(
                GridCell(cell.text, Source(line=cell.source.line, table=number, row=place, column=column))
                for column, cell in enumerate(row, start=1)
            )
            for place, row in enumerate(rows, start=1)
        ),
        Source(line=rows[0][0].source.line, table=number),
    )
