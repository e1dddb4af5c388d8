"""The catalog: one SQLite file that holds the truth of the library (documents, figures, passages, embeddings)."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Literal

from assistant.library.catalog.connection import Connection
from assistant.library.catalog.rows import READING_VERSION, DocumentRows, unpacked
from assistant.library.catalog.word_index import WordIndex, of_documents
from assistant.library.documents import CatalogEntry, Kind, Passage, PrintedFigure

__all__ = ["Catalog", "Change"]

Change = Literal["新增", "已更新", "未变化"]

_ENTRY = """SELECT d.id, d.kind, d.unit, d.year, d.title, d.edition, d.file, d.path,
    (SELECT count(*) FROM figures f WHERE f.document = d.id),
    (SELECT count(*) FROM passages p WHERE p.document = d.id) FROM documents d"""
_PASSAGE = """SELECT p.id, p.document, d.kind, d.unit, d.year, d.title, p.heading, p.place, p.article, p.text, p.hash
    FROM passages p JOIN documents d ON d.id = p.document"""
_INSERT_DOCUMENT = """INSERT INTO documents
    (kind, unit, year, title, edition, file, path, sha256, cutting, source, report, digest)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_INSERT_PASSAGE = (
    "INSERT INTO passages (document, ordinal, heading, place, article, text, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_FIGURE = "INSERT INTO figures VALUES (?, ?, ?, ?, ?, ?)"
_INSERT_REPLACED = "INSERT OR REPLACE INTO replaced VALUES (?, ?, ?, ?)"
_AT_ONCE = 500  # names in one statement; SQLite takes some 32,000
# Of a content that stands in many documents, its first passage.
_MISSING = """SELECT p.id, p.hash, p.heading || char(10) || p.text FROM passages p
    WHERE NOT EXISTS (SELECT 1 FROM embeddings e WHERE e.hash = p.hash AND e.model = ?)
    AND p.id = (SELECT min(same.id) FROM passages same WHERE same.hash = p.hash)"""


class Catalog:
    """Reads and writes. One process writes at a time (``lock.write_lock``); others read meanwhile.

    ``connection`` is the file itself, ``words`` finds passages by their words.

    Raises:
        LibraryError: the file is no catalog of this program, is newer than it, or is damaged.
    """

    def __init__(self, file: Path) -> None:
        self.connection = Connection(file)
        self.words = WordIndex(self.connection)

    def close(self) -> None:
        self.connection.close()

    # -- documents ---------------------------------------------------------------------------------------------------

    def entries(self) -> tuple[CatalogEntry, ...]:
        """All documents: reports by unit and year, then regulations."""
        order = " ORDER BY d.kind DESC, d.unit, d.year, d.id"
        return tuple(CatalogEntry(*row) for row in self.connection.rows(_ENTRY + order))

    def find(self, unit: str, year: int) -> CatalogEntry | None:
        """The report of a unit, by its full name, for a year."""
        return self._entry("d.kind = 'report' AND d.unit = ? AND d.year = ?", unit, year)

    def of_file(self, path: str) -> CatalogEntry | None:
        """What is catalogued of a file, by its whole path, or of the one that took its place."""
        return self._entry("d.path = ? OR d.id = (SELECT document FROM replaced WHERE path = ?)", path, path)

    def entry(self, document: int) -> CatalogEntry | None:
        """The document with this number."""
        return self._entry("d.id = ?", document)

    def _entry(self, condition: str, *values: object) -> CatalogEntry | None:
        rows = self.connection.rows(f"{_ENTRY} WHERE {condition}", *values)
        return CatalogEntry(*rows[0]) if rows else None

    def titles(self, kind: Kind) -> list[tuple[int, str, int | None, str]]:
        """(id, unit, year, title) of all documents of a kind: what choosing among many needs, without counting
        cells."""
        return self.connection.rows("SELECT id, unit, year, title FROM documents WHERE kind = ? ORDER BY id", kind)

    def units(self) -> dict[str, list[int]]:
        """Every unit that has reports, with its years in order."""
        years: dict[str, list[int]] = {}
        sql = "SELECT unit, year FROM documents WHERE kind = 'report' AND unit <> '' ORDER BY unit, year"
        for unit, year in self.connection.rows(sql):
            years.setdefault(unit, []).extend([year] if year else [])
        return years

    def report_json(self, document: int) -> str | None:
        """The Report as JSON; ``None`` for a regulation.

        Raises:
            LibraryError: what is stored is damaged.
        """
        rows = self.connection.rows("SELECT report FROM documents WHERE id = ?", document)
        try:
            return unpacked(rows[0][0]) if rows and rows[0][0] is not None else None
        except (zlib.error, UnicodeDecodeError) as error:
            raise self.connection.damaged(error) from error

    def figures(self, document: int) -> dict[str, PrintedFigure]:
        """The cells of a report by metric id; blank ones with ``value=None``."""
        rows = self.connection.rows("SELECT metric, value, raw, place, line FROM figures WHERE document = ?", document)
        return {row[0]: PrintedFigure(row[0], None if row[1] is None else Decimal(row[1]), *row[2:]) for row in rows}

    def figures_of_year(self, year: int, metrics: Sequence[str]) -> dict[tuple[int, str], dict[str, PrintedFigure]]:
        """Of every report of a year, by (id, unit), the cells asked for: a few cells of thousands of reports."""
        marks = ",".join("?" * len(metrics))
        # The order is forced: documents from their index alone (their rows carry whole reports), then each cell by its
        # key.
        rows = self.connection.rows(
            "SELECT d.id, d.unit, f.metric, f.value, f.raw, f.place, f.line"
            " FROM documents d INDEXED BY one_report_a_year"
            f" CROSS JOIN figures f ON f.document = d.id AND f.metric IN ({marks})"
            " WHERE d.kind = 'report' AND d.unit <> '' AND d.year = ?",
            *metrics,
            year,
        )
        found: dict[tuple[int, str], dict[str, PrintedFigure]] = {}
        for document, unit, metric, value, *rest in rows:
            cell = PrintedFigure(metric, None if value is None else Decimal(value), *rest)
            found.setdefault((document, unit), {})[metric] = cell
        return found

    # -- passages ----------------------------------------------------------------------------------------------------

    def passages(self, ids: Sequence[int] | None = None) -> list[Passage]:
        """All passages in order, or those with the given ids in the order of ``ids``."""
        if ids is None:
            return [Passage(*row) for row in self.connection.rows(_PASSAGE + " ORDER BY p.document, p.ordinal")]
        marks = ",".join("?" * len(ids))
        found = {row[0]: Passage(*row) for row in self.connection.rows(f"{_PASSAGE} WHERE p.id IN ({marks})", *ids)}
        return [found[one] for one in ids if one in found]

    def passages_of(self, document: int) -> list[Passage]:
        """The passages of one document in its order."""
        rows = self.connection.rows(f"{_PASSAGE} WHERE p.document = ? ORDER BY p.ordinal", document)
        return [Passage(*row) for row in rows]

    def by_hash(self, hashes: Sequence[str]) -> list[Passage]:
        """Passages with the given contents, in that order; one content may stand in several documents."""
        marks = ",".join("?" * len(hashes))
        found: dict[str, list[Passage]] = {}
        for row in self.connection.rows(f"{_PASSAGE} WHERE p.hash IN ({marks}) ORDER BY p.id", *hashes):
            passage = Passage(*row)
            found.setdefault(passage.hash, []).append(passage)
        return [passage for content in hashes for passage in found.get(content, [])]

    def article(self, number: int, document: int | None = None) -> list[Passage]:
        """The passages of an article, of every regulation or of one."""
        within, values = (" AND p.document = ?", (number, document)) if document is not None else ("", (number,))
        rows = self.connection.rows(f"{_PASSAGE} WHERE p.article = ?{within} ORDER BY p.document, p.ordinal", *values)
        return [Passage(*row) for row in rows]

    # -- embeddings: float32, little endian, of length one; those of another model stay: going back to it costs nothing
    # --

    def without_embedding(self, model: str, after: int = 0, most: int = -1) -> list[tuple[int, str, str]]:
        """(passage, hash, heading and text) of what ``model`` has not embedded yet, each content once; the passages
        with an id above ``after``, at most so many."""
        return self.connection.rows(f"{_MISSING} AND p.id > ? ORDER BY p.id LIMIT ?", model, after, most)

    def missing_embeddings(self, model: str) -> int:
        """How many contents ``model`` has not embedded yet."""
        return self.connection.number(f"SELECT count(*) FROM ({_MISSING})", model)

    def keep_embeddings(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors by content hash."""
        with self.connection.transaction():
            self.connection.execute_each(
                "INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?)",
                ((content, model, vector) for content, vector in vectors.items()),
            )

    def forget_embeddings(self, model: str, hashes: Iterable[str]) -> None:
        """Take vectors out: the next ingest computes them again."""
        with self.connection.transaction():
            forget = "DELETE FROM embeddings WHERE model = ? AND hash = ?"
            self.connection.execute_each(forget, ((model, content) for content in hashes))

    def embedded_hashes(self, model: str) -> set[str]:
        """The contents of catalogued passages that ``model`` has embedded, by hash: what its index should hold."""
        sql = (
            "SELECT hash FROM embeddings e WHERE model = ? AND EXISTS (SELECT 1 FROM passages p WHERE p.hash = e.hash)"
        )
        return {row[0] for row in self.connection.rows(sql, model)}

    def embeddings(self, model: str, documents: Iterable[int] | None = None) -> Iterator[dict[str, bytes]]:
        """The vectors of all catalogued passages, or of some documents', by content hash; some thousands at a time."""
        within = "" if documents is None else f" WHERE {of_documents(documents)}"
        sql = f"SELECT hash, vector FROM embeddings WHERE model = ? AND hash IN (SELECT hash FROM passages{within})"
        for page in self.connection.pages(sql, model):
            yield dict(page)

    def embeddings_of(self, model: str, hashes: Collection[str]) -> dict[str, bytes]:
        """The vectors of some contents, those that are there."""
        found: dict[str, bytes] = {}
        names = list(hashes)
        for start in range(0, len(names), _AT_ONCE):
            batch = names[start : start + _AT_ONCE]
            marks = ",".join("?" * len(batch))
            sql = f"SELECT hash, vector FROM embeddings WHERE model = ? AND hash IN ({marks})"
            found.update(self.connection.rows(sql, model, *batch))
        return found

    def embedding_models(self) -> list[str]:
        """The models that passages of this library are embedded by."""
        return [row[0] for row in self.connection.rows("SELECT DISTINCT model FROM embeddings ORDER BY model")]

    def dimensions(self, model: str) -> int | None:
        """How many numbers a vector of ``model`` has; ``None`` when there is none yet."""
        rows = self.connection.rows("SELECT length(vector) / 4 FROM embeddings WHERE model = ? LIMIT 1", model)
        return int(rows[0][0]) if rows else None

    def documents_without_embedding(self, model: str) -> int:
        """In how many documents a passage is not embedded yet."""
        return self.connection.number(
            "SELECT count(DISTINCT p.document) FROM passages p"
            " LEFT JOIN embeddings e ON e.hash = p.hash AND e.model = ? WHERE e.hash IS NULL",
            model,
        )

    # -- writing: documents go in whole, several in one transaction, or not at all -----------------------------------

    def known_hash(self, path: str) -> str:
        """The SHA-256 of what is catalogued of a file, or was until another took its place, read by the same program;
        empty when that is nothing."""
        sql = "SELECT sha256 FROM {} WHERE path = ? AND cutting = ?"
        both = f"{sql.format('documents')} UNION ALL {sql.format('replaced')}"
        found = self.connection.rows(both, path, READING_VERSION, path, READING_VERSION)
        return str(found[0][0]) if found else ""

    def add(self, documents: Sequence[DocumentRows]) -> list[Change]:
        """Catalogue documents; what stood for the same file, or the same unit and year, goes. All of them or none.

        Raises:
            LibraryError: the catalog cannot be written, is damaged, or the disk is full.
        """
        with self.connection.transaction():
            return [self._write(document) for document in documents]

    def remove(self, document: int) -> None:
        """Take a document out, with its figures, passages, words and embeddings."""
        with self.connection.transaction():
            self._delete(document)
            self.connection.execute("DELETE FROM embeddings WHERE hash NOT IN (SELECT hash FROM passages)")

    def _write(self, document: DocumentRows) -> Change:
        if self._same_content(document):
            return "未变化"
        replaced = [row[0] for row in self.connection.rows(*_predecessors(document))]
        before = [row for old in replaced for row in self._replaced_by(old) if row[0] != document.path]
        for old in replaced:
            self._delete(old)
        d = document
        named = (d.kind, d.unit, d.year, d.title, d.edition, d.file, d.path)
        values = (*named, d.sha256, READING_VERSION, d.source, d.report, d.digest)
        inserted = self.connection.execute(_INSERT_DOCUMENT, *values)
        self.connection.execute_each(_INSERT_REPLACED, ((*row, inserted) for row in before))
        self.connection.execute("DELETE FROM replaced WHERE path = ?", d.path)
        self.connection.execute_each(_INSERT_FIGURE, ((inserted, *figure) for figure in d.figures))
        for ordinal, (passage, words) in enumerate(zip(d.passages, d.words, strict=True)):
            self.words.add([(self.connection.execute(_INSERT_PASSAGE, inserted, ordinal, *passage), *words)])
        return "已更新" if replaced else "新增"

    def _replaced_by(self, document: int) -> list[tuple[str, str, int]]:
        """(path, SHA-256, version of the reading) of a document and of all whose place it took."""
        columns = "SELECT path, sha256, cutting FROM"
        return self.connection.rows(
            f"{columns} documents WHERE id = ? UNION ALL {columns} replaced WHERE document = ?", document, document
        )

    def _same_content(self, document: DocumentRows) -> bool:
        """Whether this very content is catalogued already, if under another name of the file."""
        sql = "SELECT count(*) FROM documents WHERE sha256 = ? AND cutting = ? AND kind = ? AND unit = ? AND year IS ?"
        d = document
        return bool(self.connection.number(sql, d.sha256, READING_VERSION, d.kind, d.unit, d.year))

    def _delete(self, document: int) -> None:
        passages = "SELECT id FROM passages WHERE document = ?"
        self.connection.execute(f"DELETE FROM passage_words WHERE rowid IN ({passages})", document)
        self.connection.execute("DELETE FROM documents WHERE id = ?", document)


def _predecessors(document: DocumentRows) -> tuple[str, *tuple[object, ...]]:
    """The statement, with its values, that finds what ``document`` takes the place of."""
    same_file = "SELECT id FROM documents WHERE path = ? UNION SELECT id FROM documents WHERE kind = ?"
    d = document
    if d.kind == "report":
        return f"{same_file} AND unit = ? AND unit <> '' AND year = ?", d.path, d.kind, d.unit, d.year
    return f"{same_file} AND title = ?", d.path, d.kind, d.title
