"""What the library holds: a document as catalogued, its passages, and its figures as printed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal

__all__ = [
    "CatalogEntry", "Kind", "NewPassage", "Passage", "PrintedFigure", "ReadDocument", "SetAside", "catalog_path",
    "content_hash",
]  # fmt: skip

Kind = Literal["report", "regulation"]


def content_hash(content: str | bytes) -> str:
    """The SHA-256 of a text or a file's bytes, in hex."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def catalog_path(path: Path) -> str:
    """A file as the catalog names it; bytes of a name that are no text are written out."""
    from assistant.readers.folders import lasting_path

    return lasting_path(path).as_posix().encode("utf-8", "backslashreplace").decode()


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
class SetAside:
    """A file (``file``, ``path``) that no answer rests on, since another one of the same unit and year, or title,
    stands (``document``, ``standing_file``): because it came first or, where ``chosen``, because a person preferred
    it."""

    document: int
    kind: Kind
    unit: str
    year: int | None
    title: str
    file: str
    path: str
    standing_file: str
    standing_path: str
    chosen: bool

    @property
    def line(self) -> str:
        """Which file stands and why, which does not, and how that is changed."""
        of = f"《{self.title}》" if self.kind == "regulation" else f"{self.unit}{self.year}年"
        own, other = self.standing_file, self.file
        if own == other:
            own, other = self.standing_path, self.path
        why = "由 library prefer 指定" if self.chosen else "先导入"
        return (
            f"{of}有不止一份文件：采用的是“{own}”（{why}），没有采用“{other}”。"
            f'要改用后者：assistant library prefer "{self.path}"'
        )


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
