"""What the library holds: a document as catalogued, its passages, and its figures as printed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

__all__ = ["CatalogEntry", "Kind", "NewPassage", "Passage", "PrintedFigure", "ReadDocument", "content_hash"]

Kind = Literal["report", "regulation"]


def content_hash(content: str | bytes) -> str:
    """The SHA-256 of a text or a file's bytes, in hex."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """One document of the library, without its text. ``unit`` of a regulation is empty, ``year`` ``None``."""

    id: int
    kind: Kind
    unit: str
    year: int | None
    title: str
    edition: str
    file: str
    path: str
    figures: int
    passages: int

    @property
    def name(self) -> str:
        """As a sentence names it: 咸安区人民政府2024年报告, 《…条例》."""
        if self.kind == "regulation":
            return f"《{self.title}》"
        return f"{self.unit or self.file}{f'{self.year}年' if self.year else ''}报告"


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """One cell as catalogued: its number (``None`` when blank), what is printed, and where."""

    metric: str
    value: Decimal | None
    raw: str
    place: str
    line: str


@dataclass(frozen=True, slots=True)
class NewPassage:
    """A passage before it is catalogued. ``article`` is the number of a regulation's article."""

    heading: str
    place: str
    text: str
    article: int | None = None

    @property
    def indexed(self) -> str:
        """What is embedded and hashed: the heading path travels with the words."""
        return f"{self.heading}\n{self.text}"

    @property
    def hash(self) -> str:
        return content_hash(self.indexed)


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage of a catalogued document: some 100 to 500 characters, or one article of a regulation."""

    id: int
    document: int
    kind: Kind
    unit: str
    year: int | None
    title: str
    heading: str
    place: str
    article: int | None
    text: str
    hash: str


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A file read and cut, ready for the catalog. ``report`` is the Report as JSON, ``None`` for a regulation."""

    kind: Kind
    unit: str
    year: int | None
    title: str
    edition: str
    file: str
    path: str
    sha256: str
    source: str
    report: str | None
    figures: tuple[PrintedFigure, ...]
    passages: tuple[NewPassage, ...]
    warnings: tuple[str, ...] = ()
