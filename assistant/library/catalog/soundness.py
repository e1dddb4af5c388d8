"""What the catalog can tell of its own soundness: pages, references, words, vectors, and documents as they were
written.

Each looks at everything: seconds for thousands of reports.
"""

from __future__ import annotations

import zlib
from collections import Counter

from assistant.errors import LibraryError
from assistant.library.catalog.connection import Connection
from assistant.library.catalog.rows import digest_of, unpacked
from assistant.library.documents import content_hash

__all__ = ["as_written", "page_damages", "spoilt_embeddings", "stray_rows", "word_index_fault"]

_PAGE = 2000  # rows read at once
_LENGTH_WITHIN = 1e-3  # of a vector from one; float32 rounds at 1e-7, a flipped bit is seldom that small


def page_damages(connection: Connection) -> list[str]:
    """What SQLite finds wrong with pages and indexes, in its words; the full-text index has its own
    ``word_index_fault``."""
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name NOT GLOB 'passage_words_*'"
    return [
        str(row[0])
        for (table,) in connection.rows(tables)
        for row in connection.rows(f"PRAGMA integrity_check('{table}')")
        if row[0] != "ok"
    ]


def stray_rows(connection: Connection) -> dict[str, int]:
    """How many rows of a table belong to a document that is not there."""
    return Counter(str(row[0]) for row in connection.rows("PRAGMA foreign_key_check"))


def as_written(connection: Connection, document: int) -> bool:
    """Whether a document is still what was catalogued of its file: each passage by its hash, all of it by its digest.

    Raises:
        LibraryError: a page that it is on is damaged.
    """
    columns = "digest, kind, unit, year, title, edition, sha256, source, report"
    digest, *named, source, report = connection.rows(f"SELECT {columns} FROM documents WHERE id = ?", document)[0]
    if not digest:
        return True  # of an older program, which kept none; the next ingest adds it
    figures = connection.rows("SELECT metric, value, raw, place, line FROM figures WHERE document = ?", document)
    passages = connection.rows(
        "SELECT heading, place, article, text, hash FROM passages WHERE document = ? ORDER BY ordinal", document
    )
    try:
        texts = unpacked(source), None if report is None else unpacked(report)
    except (zlib.error, UnicodeDecodeError):
        return False
    hashed = all(content_hash(f"{heading}\n{text}") == kept for heading, _, _, text, kept in passages)
    return hashed and bool(digest == digest_of((*named, *texts), figures, passages))


def word_index_fault(connection: Connection) -> str:
    """What is wrong with the full-text index, in Chinese; empty when nothing is."""
    missing = "SELECT id FROM passages EXCEPT SELECT id FROM passage_words_docsize"
    beyond = "SELECT id FROM passage_words_docsize EXCEPT SELECT id FROM passages"
    try:
        if wrong := connection.number(f"SELECT count(*) FROM ({missing})"):
            return f"缺{wrong}段文字"
        if wrong := connection.number(f"SELECT count(*) FROM ({beyond})"):
            return f"多出{wrong}段没有的文字"
        connection.rows("SELECT term, doc FROM word_counts LIMIT 1")
        with connection.transaction():
            connection.execute("INSERT INTO passage_words (passage_words) VALUES ('integrity-check')")
        # Pages that no other table has: of this index, or left of the one before it by a rebuilding that was killed.
        if connection.rows("PRAGMA quick_check(1)") != [("ok",)] and not page_damages(connection):
            return "有损坏的页面"
    except LibraryError:
        return "已损坏"
    return ""


def spoilt_embeddings(connection: Connection, model: str) -> list[str]:
    """The hashes of stored vectors that are none: another size than the others, or not of length one."""
    import numpy as np

    spoilt, after = list[str](), ""
    sizes = connection.rows(
        "SELECT length(vector) FROM embeddings WHERE model = ? GROUP BY 1 ORDER BY count(*) DESC", model
    )
    sql = "SELECT hash, vector FROM embeddings WHERE model = ? AND hash > ? ORDER BY hash LIMIT ?"
    while page := connection.rows(sql, model, after, _PAGE):
        after = page[-1][0]
        whole = [(content, vector) for content, vector in page if len(vector) == sizes[0][0]]
        spoilt += [content for content, vector in page if len(vector) != sizes[0][0]]
        matrix = np.frombuffer(b"".join(vector for _, vector in whole), dtype="<f4").reshape(len(whole), -1)
        off = np.abs(np.linalg.norm(matrix.astype(np.float64), axis=1) - 1)
        spoilt += [content for (content, _), distance in zip(whole, off, strict=True) if not distance < _LENGTH_WITHIN]
    return spoilt
