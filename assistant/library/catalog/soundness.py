"""What the catalog can tell of its own soundness: pages, references, words, vectors, and documents as they were
written.

``as_written`` takes two milliseconds a document, and is asked of every one that an answer rests on. The others look at
everything: seconds for thousands of reports.
"""

from __future__ import annotations

import zlib
from collections import Counter
from decimal import Decimal

from assistant.errors import LibraryError
from assistant.library.catalog.connection import Connection
from assistant.library.catalog.rows import digest_of, figure_marks, mark_of, unpacked
from assistant.library.documents import content_hash
from assistant.readers.form_tables.labels import value_of

__all__ = [
    "agrees", "as_written", "count_anew", "mark_all", "page_damages", "spoilt_embeddings", "stray_rows",
    "tally_is_right", "word_index_fault",
]  # fmt: skip

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
    for (digest,) in connection.rows("SELECT digest FROM documents WHERE id = ?", document):
        try:
            return bool(digest == _digest_now(connection, document))
        except (zlib.error, TypeError, ValueError):  # packed texts that are none, columns of another type
            return False
    return True  # it is not there: nothing is told of it


def _digest_now(connection: Connection, document: int) -> str:
    """The digest of what is there now of a document; empty where a passage is not what its hash says."""
    columns = "kind, unit, year, title, edition, sha256, source, report"
    *named, source, report = connection.rows(f"SELECT {columns} FROM documents WHERE id = ?", document)[0]
    figures = connection.rows("SELECT metric, value, raw, place, line FROM figures WHERE document = ?", document)
    passages = connection.rows(
        "SELECT heading, place, article, text, hash FROM passages WHERE document = ? ORDER BY ordinal", document
    )
    texts = unpacked(source), None if report is None else unpacked(report)
    hashed = all(content_hash(f"{heading}\n{text}") == kept for heading, _, _, text, kept in passages)
    return digest_of((*named, *texts), figures, passages) if hashed else ""


def agrees(value: Decimal | None, raw: str) -> bool:
    """Whether the number of a cell is the one that is printed in it; a cell that is not trusted has none."""
    return value is None or value_of(raw) == value


def _counted(connection: Connection) -> tuple[int, int]:
    """How many documents there are, and what their marks add up to: what the table ``tally`` should say."""
    named = connection.rows("SELECT id, kind, unit, year, title, digest FROM documents INDEXED BY documents_named")
    return len(named), sum(mark_of(*row) for row in named)


def tally_is_right(connection: Connection) -> bool:
    """Whether all documents that were catalogued are there, under the names and years that they were given."""
    try:
        return connection.rows("SELECT documents, marks FROM tally") == [_counted(connection)]
    except TypeError:
        return False


def mark_all(connection: Connection) -> None:
    """For a catalog of an older program, in a transaction: a digest for documents that have none, marks for the figures
    of all that are as they were written, and the tally. What is damaged by then gets none, and is refused when it is
    opened."""
    for document, digest, unit, year in connection.rows("SELECT id, digest, unit, year FROM documents"):
        if not digest:
            now = _digest_now(connection, document)
            connection.execute("UPDATE documents SET digest = ? WHERE id = ?", now, document)
        if not digest or as_written(connection, document):
            figures = connection.rows(
                "SELECT metric, value, raw, place, line FROM figures WHERE document = ?", document
            )
            marks = figure_marks(unit, year, figures)
            each = ((mark, document, figure[0]) for mark, figure in zip(marks, figures, strict=True))
            connection.execute_each("UPDATE figures SET mark = ? WHERE document = ? AND metric = ?", each)
            connection.execute("UPDATE documents SET marks = ? WHERE id = ?", sum(marks), document)
    count_anew(connection)


def count_anew(connection: Connection) -> None:
    """The tally as the documents are that are there, in a transaction."""
    connection.execute("UPDATE tally SET documents = ?, marks = ?", *_counted(connection))


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
