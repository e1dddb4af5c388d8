"""Tables of a page: spans expanded to a rectangle, tables that only lay out the page taken apart again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.errors import UnreadableReport
from assistant.readers.blocks import Grid, GridCell
from assistant.readers.sections import section_of
from assistant.report import Source
from assistant.settings import settings

__all__ = ["HtmlCell", "Item", "Place", "TableItem", "TextItem", "joined", "settle"]

_WIDEST_SPAN = 1000  # what HTML itself allows for colspan
_MOST_WORK = 10  # places covered by merged cells, for each cell that a table may have
_LONG = 200  # the longest label of the form has some 40 characters
_NOWHERE = Source()


@dataclass(slots=True, eq=False)
class Place:
    """An element that can hold paragraphs: where on the page something stands."""

    parent: Place | None
    depth: int = 0
    found: set[str] = field(default_factory=set)
    span: tuple[int, int] = (0, 0)  # index of its first and last item; set when the whole page is known

    def __post_init__(self) -> None:
        self.depth = self.parent.depth + 1 if self.parent else 0

    def upward(self) -> Iterator[Place]:
        """This element and all around it, the page last."""
        place: Place | None = self
        while place:
            yield place
            place = place.parent


@dataclass(frozen=True, slots=True)
class TextItem:
    """A paragraph. ``linked``: nearly all of it is links."""

    text: str
    place: Place
    level: int = 0
    linked: bool = False

    @property
    def size(self) -> int:
        return 0 if self.linked else len(self.text)


@dataclass(frozen=True, slots=True)
class TableItem:
    """A table with its spans expanded: the text of a merged cell at its upper left, ``None`` in places it covers."""

    rows: tuple[tuple[str | None, ...], ...]
    place: Place

    @property
    def size(self) -> int:
        return sum(len(text) for row in self.rows for text in row if text)

    @property
    def filled(self) -> int:
        return sum(bool(text) for row in self.rows for text in row)

    @property
    def bare(self) -> Grid:
        """The table to look at before its number is known: cells without places."""
        return Grid(tuple(tuple(GridCell(text or "", _NOWHERE) for text in row) for row in self.rows), _NOWHERE)

    def grid(self, number: int) -> Grid:
        """The table as the block ``number``-th table."""
        return Grid(
            tuple(
                tuple(
                    GridCell(text or "", Source(table=number, row=row, column=column), covered=text is None)
                    for column, text in enumerate(texts, start=1)
                )
                for row, texts in enumerate(self.rows, start=1)
            ),
            Source(table=number),
        )


Item = TextItem | TableItem


@dataclass(slots=True)
class HtmlCell:
    """One ``td``. ``rowspan`` 0 reaches down to the last row, as HTML has it."""

    rowspan: int
    colspan: int
    items: list[Item] = field(default_factory=list)

    @classmethod
    def spanning(cls, rowspan: str, colspan: str) -> HtmlCell:
        """A cell with the spans that its attributes say; what is no number spans one."""
        # Ten digits are more than any table has; int() refuses thousands of them.
        rows, columns = (int(text) if text.isdecimal() and len(text) < 11 else 1 for text in (rowspan, colspan))
        return cls(rows, min(max(columns, 1), _WIDEST_SPAN))

    @property
    def text(self) -> str:
        parts = []
        for item in self.items:
            parts += [item.text] if isinstance(item, TextItem) else [text for row in item.rows for text in row if text]
        return joined(parts)


def joined(parts: Sequence[str]) -> str:
    """Lines of one cell or paragraph as one. Latin and digits stay apart: 1 over 2 is not 12."""
    whole: list[str] = []
    for part in parts:
        if whole and whole[-1][-1].isascii() and part[0].isascii():
            whole.append(" ")
        whole.append(part)
    return "".join(whole)


def settle(rows: list[list[HtmlCell]], place: Place, where: str) -> list[Item]:
    """What a finished ``table`` is: itself, or, when it only lays out the page, the items in its cells."""
    rows = [row for row in rows if row]
    cells = [cell for row in rows for cell in row]
    if _lays_out(rows, cells):
        return [item for cell in cells for item in cell.items]
    texts = _expanded(rows, where)
    return list(_cut_at_headings(texts, place))


def _lays_out(rows: list[list[HtmlCell]], cells: list[HtmlCell]) -> bool:
    """Whether a table is there for the places of its cells only: one column, tables inside, or an article in a cell."""
    if max((len(row) for row in rows), default=0) < 2:
        return True
    nested = sum(item.filled for cell in cells for item in cell.items if isinstance(item, TableItem))
    own = [cell for cell in cells if cell.items and not any(isinstance(item, TableItem) for item in cell.items)]
    if nested:
        # A form with a small table in one cell stays a form.
        return nested >= len(own)
    sizes = [sum(item.size for item in cell.items) for cell in own]
    # A note under a table is long too, but never nearly all of it.
    return sum(size for size in sizes if size > _LONG) > 0.9 * sum(sizes)


def _expanded(rows: list[list[HtmlCell]], where: str) -> list[list[str | None]]:
    """Rows of equal length. Columns in which no cell begins are not drawn by a browser, and not given here.

    Where the page's own rows end at different columns, its spans are wrong (a table cut in two inside a merged cell):
    no cell is below any other for certain then, and each row gives the cells that it draws.
    """
    placed: list[dict[int, str]] = []
    ends: set[int] = set()
    taken: dict[int, int] = {}  # column → first row in which it is free again
    size, area, limit = 0, 0, settings().max_table_cells
    for number, row in enumerate(rows):
        column, texts = 0, dict[int, str]()
        for cell in row:
            while taken.get(column, 0) > number:
                column += 1
            texts[column] = cell.text
            until = min(number + cell.rowspan, len(rows)) if cell.rowspan else len(rows)
            for covered in range(column, column + cell.colspan):
                taken[covered] = max(until, taken.get(covered, 0))
            column += cell.colspan
            size += cell.colspan
            if size > limit:
                raise _too_large(where, limit)
        placed.append(texts)
        taken = {column: free for column, free in taken.items() if free > number}
        end = max(taken, default=-1) + 1
        ends.add(end)
        area += end
        if area > _MOST_WORK * limit:  # a cell that spans thousands of columns and rows is walked over in each of them
            raise _too_large(where, limit)
    columns = sorted({column for texts in placed for column in texts})
    if len(columns) * len(placed) > limit:
        raise _too_large(where, limit)
    if len(ends) > 1:
        return [list(texts.values()) for texts in placed]
    return [[texts.get(column) for column in columns] for texts in placed]


def _too_large(where: str, limit: int) -> UnreadableReport:
    return UnreadableReport(
        f"网页中有一张表展开后超过{limit}格",
        where=where,
        help="年度报告的表不过几百格，请确认文件；确需读取时调高 ASSISTANT_MAX_TABLE_CELLS。",
    )


def _cut_at_headings(rows: list[list[str | None]], place: Place) -> Iterator[Item]:
    """The table; where an office put headings of sections into rows of their own, those are paragraphs between
    tables."""
    part: list[tuple[str | None, ...]] = []
    for row in rows:
        words = [text for text in row if text]
        if len(words) == 1 and section_of(words[0]):
            if part:
                yield TableItem(tuple(part), place)
            part = []
            yield TextItem(words[0], place)
        else:
            part.append(tuple(row))
    if part:
        yield TableItem(tuple(part), place)
