"""Pages → blocks: tables, and lines joined into paragraphs; page numbers and running heads are left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from statistics import median

from assistant.form import EDITION_2021
from assistant.patterns import regex
from assistant.readers.blocks import Block, Document, TextBlock
from assistant.readers.form_tables.recognition import recognise
from assistant.readers.pages.columns import unruled_tables
from assistant.readers.pages.lines import Line, in_lines, joined
from assistant.readers.pages.page import Page, Piece
from assistant.readers.pages.reading_order import Part, parts
from assistant.readers.pages.ruling import ruled_tables
from assistant.readers.pages.struck import without_struck
from assistant.readers.pages.tables import PageTable, continued, grid_of, page_table
from assistant.readers.sections import heading_number, section_of
from assistant.report import LEAST_CONFIDENCE, ReadingWarning, Source

__all__ = ["document_of"]

_PAGE_NUMBER = regex(
    r"[-—–－_~·.\s]*(?:第\s*)?[\d一二三四五六七八九十]{1,4}(?:\s*页)?[-—–－_~·.\s]*"
    r"(?:[/／|，,共]\s*共?\s*\d{1,4}\s*页?)?[-—–\s]*|(?:Page|P)\.?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
_LATIN_WORD = regex(r"[!-~]+")
_EDGE = 0.12  # of a page's height: where heads and feet stand
_OTHER_SIZE = 0.15  # of the type size: a line that differs by more is set in another
# How few and how many columns the form's tables are drawn with, over all editions. Table 3 has seven of figures and up
# to three of labels; table 4 may have one in front.
_FORM_COLUMNS = {"disclosure": (2, 7), "requests": (8, 10), "review": (15, 16)}
_SHOWN = 20  # characters
_TABLE = "表"  # stands for a table among the pieces around it
_FIGURES, _ROWS = 4, 2  # so many figures in a row, and so many such rows: a table of figures
_INDENT, _SHORT = 0.8, 3.0  # in type sizes: a first line's indent; a last line's distance from the margin


@dataclass(frozen=True, slots=True)
class _Measure:
    """The type area of a document: margins of what is not in columns, type size, and the gap between lines."""

    left: float
    right: float
    size: float
    gap: float


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with its page and its ordinal there."""

    line: Line
    page: int
    ordinal: int
    margins: tuple[float, float] | None


# In reading order: a line with the margins of its column, none where it stands across the page; a table.
_Laid = tuple[Line, tuple[float, float] | None] | PageTable
_PageContents = tuple[list[_Laid], list[ReadingWarning]]


def document_of(pages: Sequence[Page], warnings: Sequence[ReadingWarning] = ()) -> Document:
    """What stands on ``pages``, in reading order. Lines that were recognised with little confidence are told after
    ``warnings``; cells are told by who reads the table."""
    written = without_struck(pages)
    pages = [page for page, _ in written]
    laid = [_page_contents(page) for page in pages]
    items, untaken = _fitting(_items(pages, laid))
    table_doubts = [warning for _, doubts in laid for warning in doubts]
    doubtful = [item for item in items if isinstance(item, _Placed) and item.line.confidence < LEAST_CONFIDENCE]
    unsure = [
        ReadingWarning(message=f"识别为“{placed.line.text}”，把握不大，请核对原件", source=_source(placed))
        for placed in doubtful
    ]
    crossed_out = [
        ReadingWarning(
            message=f"第{page.number}页有划了删除线的文字没有删去，按已删去读取，如“{words[:_SHOWN]}”",
            source=Source(page=page.number),
            kind="draft",
        )
        for page, words in written
        if words
    ]
    return Document(tuple(_blocks(items)), warnings=(*warnings, *crossed_out, *table_doubts, *untaken, *unsure))


def _items(pages: Sequence[Page], laid: Sequence[_PageContents]) -> list[_Placed | PageTable]:
    """Lines and tables in reading order, tables that a page break split put together."""
    furniture = _furniture(pages, [[item[0] for item in on if not isinstance(item, PageTable)] for on, _ in laid])
    items: list[_Placed | PageTable] = []
    for page, (contents, _) in zip(pages, laid, strict=True):
        ordinals = count(1)
        ordered = [
            item if isinstance(item, PageTable) else _Placed(item[0], page.number, next(ordinals), item[1])
            for item in contents
            if isinstance(item, PageTable) or (page.number, item[0]) not in furniture
        ]
        last = items[-1] if items else None
        if ordered and isinstance(last, PageTable) and isinstance(ordered[0], PageTable):
            whole = continued(last, ordered[0])
            if whole:
                items[-1] = whole
                ordered.pop(0)
        items += ordered
    return items


def _fitting(items: Sequence[_Placed | PageTable]) -> tuple[list[_Placed | PageTable], list[ReadingWarning]]:
    """Items without the tables of pictures whose columns cannot be the form's, which are told of: a crease or a stamp
    was taken for a line, or one was overlooked, and figures would stand in wrong columns, or be read as prose."""
    kept: list[_Placed | PageTable] = []
    told: list[ReadingWarning] = []
    for item in items:
        misfit = _misfit(item) if isinstance(item, PageTable) else ""
        if isinstance(item, PageTable) and misfit:
            message = f"{misfit}，整张表没有采用，表里的数字没有读取；请对照原件，或改用带文字的版本"
            told.append(ReadingWarning(message=message, source=Source(page=item.rows[0].page), kind="unread"))
        else:
            kept.append(item)
    return kept, told


def _misfit(table: PageTable) -> str:
    """Why the columns of a recognised table are not those of the form; empty where they are, where it is another table,
    and where it was written."""
    if all(sure == 1 for row in table.rows for _, sure in row.cells.values()):
        return ""
    grid, columns = grid_of(table, 0), len(table.xs) - 1
    name = recognise(grid)
    if name is not None:
        least, most = _FORM_COLUMNS[name]
        number = EDITION_2021.table(name).number
        return "" if least <= columns <= most else f"表{number}识别出{columns}列，与格式不符"
    rows = [row for row in grid.rows if sum(cell.text.strip().isdigit() for cell in row) >= _FIGURES]
    return "有一张数字表的行列名称识别不清" if len(rows) >= _ROWS else ""


def _page_contents(page: Page) -> _PageContents:
    """A page's lines and tables in reading order, and what is doubtful about them."""
    tables: dict[Piece, PageTable] = {}
    rest = page.pieces
    size = median(piece.size for piece in rest) if rest else 0.0
    for ruled in ruled_tables(page.horizontal, page.vertical):
        inside = tuple(piece for piece in rest if ruled.cell_at(*piece.centre))
        rest = tuple(piece for piece in rest if not ruled.cell_at(*piece.centre))
        if inside:
            place = Piece(_TABLE, ruled.xs[0], ruled.ys[0], ruled.xs[-1], ruled.ys[-1], size)
            tables[place] = page_table(page, ruled, inside)
    found = parts([*rest, *tables])
    if not any(part.margins for part in found):
        found = [Part([*rest, *tables])]
    laid: list[_Laid] = []
    warnings: list[ReadingWarning] = []
    for part in found:
        unruled, others, doubts = unruled_tables(page, [piece for piece in part.pieces if piece not in tables])
        own = (tables[piece] for piece in part.pieces if piece in tables)
        lines = ((line, part.margins) for line in in_lines(others))
        laid += sorted([*lines, *own, *unruled], key=_top)
        warnings += doubts
    return laid, warnings


def _top(item: _Laid) -> float:
    return item.top if isinstance(item, PageTable) else item[0].top


def _furniture(pages: Sequence[Page], lines: Sequence[list[Line]]) -> set[tuple[int, Line]]:
    """Page numbers, and what stands at the same place of half the pages: running heads, a browser's address line."""
    edge = [
        (page, line)
        for page, on_page in zip(pages, lines, strict=True)
        for line in on_page
        if line.bottom < _EDGE * page.height or line.top > (1 - _EDGE) * page.height
    ]
    seen = Counter({key for page, line in edge for key in [(_running(line), page.number)]})
    repeated = Counter(text for text, _ in seen)
    return {
        (page.number, line)
        for page, line in edge
        if _PAGE_NUMBER.fullmatch(line.text) or (repeated[_running(line)] >= max(2, len(pages) / 2))
    }


def _running(line: Line) -> tuple[str, int]:
    """What two running heads have in common: their words but for numbers, and their height, to some 12 points."""
    return re.sub(r"\d+", "#", line.text), round(line.top / 12)


def _blocks(items: Sequence[_Placed | PageTable]) -> Iterator[Block]:
    measure = _measure([item for item in items if isinstance(item, _Placed)])
    paragraph: list[_Placed] = []
    tables = 0
    for item in items:
        if isinstance(item, PageTable):
            yield from _paragraph(paragraph)
            paragraph, tables = [], tables + 1
            yield grid_of(item, tables)
        elif paragraph and not _begins(paragraph[-1], item, measure):
            paragraph.append(item)
        else:
            yield from _paragraph(paragraph)
            paragraph = [item]
    yield from _paragraph(paragraph)


def _paragraph(lines: Sequence[_Placed]) -> Iterator[TextBlock]:
    text = ""
    for placed in lines:
        text = joined(text, placed.line.text)
    if text:
        yield TextBlock(text, _source(lines[0]))


def _source(placed: _Placed) -> Source:
    return Source(page=placed.page, line=placed.ordinal)


def _measure(placed: Sequence[_Placed]) -> _Measure:
    if not placed:
        return _Measure(0, 0, 1, 0)
    lines = [item.line for item in placed if item.margins is None] or [item.line for item in placed]
    begins = Counter(round(line.x0 / 3) for line in lines)
    # The margin is where lines begin again and again, not where one line hangs out or most are indented.
    common = [place for place, count in begins.items() if count >= max(2, 0.1 * len(lines))]
    gaps = [after.line.top - before.line.bottom for before, after in pairwise(placed) if before.page == after.page]
    return _Measure(
        left=3 * min(common) if common else min(line.x0 for line in lines),
        right=sorted(line.x1 for line in lines)[int(0.9 * (len(lines) - 1))],
        size=median(item.line.size for item in placed),
        gap=median(gaps) if gaps else 0,
    )


def _begins(before: _Placed, item: _Placed, measure: _Measure) -> bool:
    """Whether a line begins a new paragraph after ``before``."""
    last, line = before.line, item.line
    (_, right), (left, _) = (placed.margins or (measure.left, measure.right) for placed in (before, item))
    if before.page == item.page and _title(last, measure) and _title(line, measure):
        return abs(last.size - line.size) > _OTHER_SIZE * line.size
    apart = before.page == item.page and line.top - last.bottom > max(1.6 * measure.gap, 0.8 * line.size)
    if last.text.rstrip().endswith("。") and (section_of(line.text) or heading_number(line.text)):
        return True  # a heading behind a line that fills the page: neither space nor a short line tells it apart
    return (
        apart
        or abs(last.size - line.size) > _OTHER_SIZE * line.size
        or line.x0 - left > _INDENT * line.size
        or right - last.x1 > _SHORT * last.size + _first_word(line)
    )


def _first_word(line: Line) -> float:
    """Width of the Latin word or number that a line begins with: too long for the line before, it left that short."""
    found = _LATIN_WORD.match(line.text)
    return 0.55 * line.size * len(found[0]) if found else 0.0


def _title(line: Line, measure: _Measure) -> bool:
    """A centred line in large type: a title often takes two."""
    left, right = line.x0 - measure.left, measure.right - line.x1
    return abs(left - right) < 1.5 * line.size and line.size > 1.15 * measure.size
