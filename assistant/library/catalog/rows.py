"""A document as rows of the catalog: made where it is read, in one of many processes, written where the catalog is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import compress, crc32, decompress
from zlib import error as zlib_error

from assistant.library.documents import Kind, ReadDocument
from assistant.library.words import indexed_words

__all__ = [
    "READING_VERSION", "DocumentRows", "FigureRow", "PassageRow", "digest_of", "figure_marks", "mark_of", "packed",
    "packed_rows", "rows_of", "unpacked", "unpacked_rows",
]  # fmt: skip

# Grows when reading or cutting changes what a file becomes: unchanged files are then read anew.
READING_VERSION = 3

FigureRow = tuple[str, str | None, str, str, str]  # metric, value, raw, place, line
PassageRow = tuple[str, str, int | None, str, str]  # heading, place, article, text, hash


class DocumentRows(NamedTuple):
    """Strings and numbers alone: a tenth of the time that a ``ReadDocument`` takes from one process to another.

    ``source`` and ``report`` are packed; ``words`` has the indexed words of each passage's heading and text.
    """

    kind: Kind
    unit: str
    year: int | None
    title: str
    edition: str
    file: str
    path: str
    sha256: str
    source: bytes
    report: bytes | None
    digest: str
    figures: tuple[FigureRow, ...]
    passages: tuple[PassageRow, ...]
    words: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]


def rows_of(document: ReadDocument) -> DocumentRows:
    """The rows that stand for a document, its words cut for the full-text index."""
    d = document
    figures = tuple((f.metric, None if f.value is None else str(f.value), f.raw, f.place, f.line) for f in d.figures)
    passages = tuple((p.heading, p.place, p.article, p.text, p.hash) for p in d.passages)
    return DocumentRows(
        kind=d.kind,
        unit=d.unit,
        year=d.year,
        title=d.title,
        edition=d.edition,
        file=d.file,
        path=d.path,
        sha256=d.sha256,
        source=packed(d.source),
        report=None if d.report is None else packed(d.report),
        digest=digest_of((d.kind, d.unit, d.year, d.title, d.edition, d.sha256, d.source, d.report), figures, passages),
        figures=figures,
        passages=passages,
        words=tuple((_indexed(p.heading), _indexed(p.text)) for p in d.passages),
        warnings=d.warnings,
    )


def digest_of(named: Sequence[object], figures: Iterable[FigureRow], passages: Iterable[PassageRow]) -> str:
    """A digest of what the catalog holds of a document, in hex. ``named`` is its kind, unit, year, title, edition,
    SHA-256, source and report; figures come in the order of their ids, passages in theirs."""
    stored = json.dumps([*named, sorted(figures), list(passages)], ensure_ascii=False)
    return hashlib.blake2b(stored.encode(), digest_size=16).hexdigest()


def mark_of(*values: object) -> int:
    """A number that stands for the values of a row. No change of one byte goes unnoticed; it is no proof against
    somebody who wants to deceive."""
    return crc32("\x1f".join(map(str, values)).encode())


def figure_marks(unit: str, year: int | None, figures: Iterable[FigureRow]) -> list[int]:
    """The marks of a report's figures: one that is another report's has another."""
    return [mark_of(unit, year, *figure) for figure in figures]


def packed_rows(document: DocumentRows) -> bytes:
    """All of a document in one piece, for one that waits beside another; ``unpacked_rows`` gives it back."""
    d = document
    texts = unpacked(d.source), None if d.report is None else unpacked(d.report)
    named = (d.kind, d.unit, d.year, d.title, d.edition, d.file, d.path, d.sha256, *texts, d.digest)
    return packed(json.dumps([named, d.figures, d.passages, d.warnings], ensure_ascii=False))


def unpacked_rows(stored: bytes) -> DocumentRows:
    """The document that ``packed_rows`` was given.

    Raises:
        ValueError: it is damaged.
    """
    try:
        named, figures, passages, warnings = json.loads(unpacked(stored))
        kind, unit, year, title, edition, file, path, sha256, source, report, digest = named
        figures, passages = tuple(map(tuple, figures)), tuple(map(tuple, passages))
        sound = digest == digest_of((kind, unit, year, title, edition, sha256, source, report), figures, passages)
    except (zlib_error, TypeError, ValueError) as error:
        raise ValueError("damaged") from error
    if not sound:
        raise ValueError("damaged")
    words = tuple((_indexed(heading), _indexed(text)) for heading, _, _, text, _ in passages)
    packs = packed(source), None if report is None else packed(report)
    return DocumentRows(
        kind, unit, year, title, edition, file, path, sha256, *packs, digest, figures, passages, words, tuple(warnings)
    )


def packed(text: str) -> bytes:
    """A report as JSON is a seventh of its size when packed; the catalog is mostly that."""
    return compress(text.encode(), level=1)


def unpacked(stored: bytes) -> str:
    """The text again.

    Raises:
        zlib.error: the bytes are not what ``packed`` made.
    """
    return decompress(stored).decode()


# The same headings stand over several passages, the same sentences in many reports.
_indexed = lru_cache(maxsize=4096)(indexed_words)
