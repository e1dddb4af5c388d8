"""What the catalog can tell of its own soundness: pages, references, words, vectors, and documents as they were written."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from assistant.errors import LibraryError
from assistant.library.catalog.connection import WORDS, Database
from assistant.library.catalog.rows import FigureRow, PassageRow
from assistant.library.words import indexed_words

__all__ = ["Integrity", "Written"]

_PAGE = 2000  # rows read at once
_LENGTH_WITHIN = 1e-3  # of a vector from one; float32 rounds at 1e-7, a flipped bit is seldom that small


class Written(NamedTuple):
    """What is stored of a document. ``named`` is its kind, unit, year, title, edition and SHA-256."""

    digest: str
    named: tuple[object, ...]
    source: bytes
    report: bytes | None
    figures: list[FigureRow]
    passages: list[PassageRow]


class Integrity(Database):
    """Looks at everything: seconds for thousands of reports."""

    def damages(self) -> list[str]:
        """What SQLite finds wrong with pages and indexes, in its words; the full-text index has its own ``fault_of_words``."""
        tables = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name NOT GLOB 'passage_words_*'"
        )
        return [
            str(row[0])
            for (table,) in self._rows(tables)
            for row in self._rows(f"PRAGMA integrity_check('{table}')")
            if row[0] != "ok"
        ]

    def strays(self) -> dict[str, int]:
        """How many rows of a table belong to a document that is not there."""
        return Counter(str(row[0]) for row in self._rows("PRAGMA foreign_key_check"))

    def written(self, document: int) -> Written:
        """Raises:
        LibraryError: a page that it is on is damaged.
        """
        named = "digest, kind, unit, year, title, edition, sha256, source, report"
        digest, *rest, source, report = self._rows(f"SELECT {named} FROM documents WHERE id = ?", document)[0]
        figures = self._rows("SELECT metric, value, raw, place, line FROM figures WHERE document = ?", document)
        passages = self._rows(
            "SELECT heading, place, article, text, hash FROM passages WHERE document = ? ORDER BY ordinal", document
        )
        return Written(digest, tuple(rest), source, report, figures, passages)

    def fault_of_words(self) -> str:
        """What is wrong with the full-text index, in Chinese; empty when nothing is."""
        missing = "SELECT id FROM passages EXCEPT SELECT id FROM passage_words_docsize"
        beyond = "SELECT id FROM passage_words_docsize EXCEPT SELECT id FROM passages"
        try:
            if wrong := self._number(f"SELECT count(*) FROM ({missing})"):
                return f"缺{wrong}段文字"
            if wrong := self._number(f"SELECT count(*) FROM ({beyond})"):
                return f"多出{wrong}段没有的文字"
            self._rows("SELECT term, doc FROM word_counts LIMIT 1")
            with self._transaction():
                self._db.execute("INSERT INTO passage_words (passage_words) VALUES ('integrity-check')")
            # Pages that no other table has: of this index, or left of the one before it by a rebuilding that was killed.
            if self._rows("PRAGMA quick_check(1)") != [("ok",)] and not self.damages():
                return "有损坏的页面"
        except LibraryError:
            return "已损坏"
        return ""

    def rebuild_words(self) -> None:
        """The full-text index anew, from the passages.

        Raises:
            LibraryError: the passages are damaged, or the disk is full.
        """
        with self._transaction():
            self._forget_tables("passage_words*")
            self._forget_tables("word_counts")
            for statement in WORDS.split(";\n"):
                self._db.execute(statement)
            after = 0
            while page := self._rows(
                "SELECT id, heading, text FROM passages WHERE id > ? ORDER BY id LIMIT ?", after, _PAGE
            ):
                after = page[-1][0]
                self._db.executemany(
                    "INSERT INTO passage_words (rowid, heading, text) VALUES (?, ?, ?)",
                    ((row, indexed_words(heading), indexed_words(text)) for row, heading, text in page),
                )
        self._give_back()

    def spoilt_embeddings(self, model: str) -> list[str]:
        """The hashes of stored vectors that are none: another size than the others, or not of length one."""
        import numpy as np

        spoilt, after = list[str](), ""
        sizes = self._rows(
            "SELECT length(vector) FROM embeddings WHERE model = ? GROUP BY 1 ORDER BY count(*) DESC", model
        )
        sql = "SELECT hash, vector FROM embeddings WHERE model = ? AND hash > ? ORDER BY hash LIMIT ?"
        while page := self._rows(sql, model, after, _PAGE):
            after = page[-1][0]
            whole = [(content, vector) for content, vector in page if len(vector) == sizes[0][0]]
            spoilt += [content for content, vector in page if len(vector) != sizes[0][0]]
            matrix = np.frombuffer(b"".join(vector for _, vector in whole), dtype="<f4").reshape(len(whole), -1)
            off = np.abs(np.linalg.norm(matrix.astype(np.float64), axis=1) - 1)
            spoilt += [
                content for (content, _), distance in zip(whole, off, strict=True) if not distance < _LENGTH_WITHIN
            ]
        return spoilt

    def forget_embeddings(self, model: str, hashes: list[str]) -> None:
        """Take vectors out: the next ingest computes them again."""
        with self._transaction():
            self._db.executemany(
                "DELETE FROM embeddings WHERE model = ? AND hash = ?", ((model, one) for one in hashes)
            )
