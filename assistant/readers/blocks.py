"""What every format is first turned into: paragraphs and grids, in document order."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from assistant.report import ReadingWarning, Source

__all__ = ["Block", "Document", "Grid", "GridCell", "TextBlock"]


class TextBlock(NamedTuple):
    """One paragraph or heading. ``level`` is the heading level the format itself states (0: it states none)."""

    text: str
    source: Source
    level: int = 0


class GridCell(NamedTuple):
    """One cell as drawn. ``confidence`` is 1 for text that was written, less for text that was recognised. ``covered``
    is a place that a merged cell reaches over: nothing is drawn there, so it is no blank figure."""

    text: str
    source: Source
    confidence: float = 1.0
    covered: bool = False


class Grid(NamedTuple):
    """A table as drawn. Rows may differ in length: many texts drop the merged cells to the left."""

    rows: tuple[tuple[GridCell, ...], ...]
    source: Source

    @property
    def rectangular(self) -> bool:
        return len({len(row) for row in self.rows}) == 1


Block = TextBlock | Grid


class Document(NamedTuple):
    """A file as blocks. ``published`` is the date the page itself tells; ``warnings`` what the reader could not make
    out; ``pictures`` how many blocks stand before each picture among them."""

    blocks: tuple[Block, ...]
    published: date | None = None
    warnings: tuple[ReadingWarning, ...] = ()
    pictures: tuple[int, ...] = ()
