"""The writing side of the catalog: documents go in whole, several in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from assistant.library.embedded import Embedded
from assistant.library.rows import CUTTING, Rows

__all__ = ["Change", "Writing"]

Change = Literal["新增", "已更新", "未变化"]

_DOCUMENT = """INSERT INTO documents
    (kind, unit, year, title, edition, file, path, sha256, cutting, source, report, digest)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_PASSAGE = "INSERT INTO passages (document, ordinal, heading, place, article, text, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
_WORDS = "INSERT INTO passage_words (rowid, heading, text) VALUES (?, ?, ?)"


class Writing(Embedded):
    """Writes of the catalog. One process writes at a time (``lock.writing``); others read meanwhile."""

    def held(self, path: str) -> str:
        """The SHA-256 of what is catalogued of a file, or was until another took its place, read by the same program;
        empty when that is nothing."""
        sql = "SELECT sha256 FROM {} WHERE path = ? AND cutting = ?"
        both = f"{sql.format('documents')} UNION ALL {sql.format('replaced')}"
        found = self._rows(both, path, CUTTING, path, CUTTING)
        return str(found[0][0]) if found else ""

    def take_in(self, documents: Sequence[Rows]) -> list[Change]:
        """Catalogue documents; what stood for the same file, or the same unit and year, goes. All of them or none.

        Raises:
            LibraryError: the catalog cannot be written, is damaged, or the disk is full.
        """
        with self._transaction():
            return [self._write(document) for document in documents]

    def remove(self, document: int) -> None:
        """Take a document out, with its figures, passages, words and embeddings."""
        with self._transaction():
            self._delete(document)
            self._db.execute("DELETE FROM embeddings WHERE hash NOT IN (SELECT hash FROM passages)")

    def _write(self, document: Rows) -> Change:
        if self._same_content(document):
            return "未变化"
        replaced = [row[0] for row in self._rows(*_predecessors(document))]
        before = [row for old in replaced for row in self._replaced_by(old) if row[0] != document.path]
        for old in replaced:
            self._delete(old)
        d = document
        inserted = self._db.execute(
            _DOCUMENT,
            (
                d.kind,
                d.unit,
                d.year,
                d.title,
                d.edition,
                d.file,
                d.path,
                d.sha256,
                CUTTING,
                d.source,
                d.report,
                d.digest,
            ),
        ).lastrowid
        self._db.executemany(
            "INSERT OR REPLACE INTO replaced VALUES (?, ?, ?, ?)", ((*row, inserted) for row in before)
        )
        self._db.execute("DELETE FROM replaced WHERE path = ?", (d.path,))
        self._db.executemany(
            "INSERT INTO figures VALUES (?, ?, ?, ?, ?, ?)", ((inserted, *figure) for figure in d.figures)
        )
        for ordinal, (passage, words) in enumerate(zip(d.passages, d.words, strict=True)):
            row = self._db.execute(_PASSAGE, (inserted, ordinal, *passage)).lastrowid
            self._db.execute(_WORDS, (row, *words))
        return "已更新" if replaced else "新增"

    def _replaced_by(self, document: int) -> list[tuple[str, str, int]]:
        """(path, SHA-256, cutting) of a document and of all whose place it took."""
        columns = "SELECT path, sha256, cutting FROM"
        return self._rows(
            f"{columns} documents WHERE id = ? UNION ALL {columns} replaced WHERE document = ?", document, document
        )

    def _same_content(self, document: Rows) -> bool:
        """Whether this very content is catalogued already, if under another name of the file."""
        sql = "SELECT count(*) FROM documents WHERE sha256 = ? AND cutting = ? AND kind = ? AND unit = ? AND year IS ?"
        d = document
        return bool(self._number(sql, d.sha256, CUTTING, d.kind, d.unit, d.year))

    def _delete(self, document: int) -> None:
        self._db.execute(
            "DELETE FROM passage_words WHERE rowid IN (SELECT id FROM passages WHERE document = ?)", (document,)
        )
        self._db.execute("DELETE FROM documents WHERE id = ?", (document,))


def _predecessors(document: Rows) -> tuple[str, *tuple[object, ...]]:
    """The statement, with its values, that finds what ``document`` takes the place of."""
    same_file = "SELECT id FROM documents WHERE path = ? UNION SELECT id FROM documents WHERE kind = ?"
    d = document
    if d.kind == "report":
        return f"{same_file} AND unit = ? AND unit <> '' AND year = ?", d.path, d.kind, d.unit, d.year
    return f"{same_file} AND title = ?", d.path, d.kind, d.title
