"""The catalog: one SQLite file that holds the truth of the library (documents, figures, passages, embeddings)."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Literal

from assistant.errors import LibraryError
from assistant.library.catalog.connection import Connection
from assistant.library.catalog.rows import (
    READING_VERSION,
    DocumentRows,
    FigureRow,
    figure_marks,
    mark_of,
    packed_rows,
    unpacked,
    unpacked_rows,
)
from assistant.library.catalog.soundness import agrees, as_written, count_anew, mark_all, tally_is_right
from assistant.library.catalog.word_index import WordIndex, of_documents
from assistant.library.documents import CatalogEntry, Kind, Passage, PrintedFigure, SetAside

__all__ = ["Catalog", "Change"]

Change = Literal["新增", "已更新", "未变化", "未采用"]

_ENTRY = """SELECT d.id, d.kind, d.unit, d.year, d.title, d.edition, d.file, d.path,
    (SELECT count(*) FROM figures f WHERE f.document = d.id),
    (SELECT count(*) FROM passages p WHERE p.document = d.id) FROM documents d"""
_PASSAGE = """SELECT p.id, p.document, d.kind, d.unit, d.year, d.title, p.heading, p.place, p.article, p.text, p.hash
    FROM passages p JOIN documents d ON d.id = p.document"""
_INSERT_DOCUMENT = """INSERT INTO documents
    (kind, unit, year, title, edition, file, path, sha256, cutting, source, report, digest, marks)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_INSERT_PASSAGE = (
    "INSERT INTO passages (document, ordinal, heading, place, article, text, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_FIGURE = "INSERT INTO figures VALUES (?, ?, ?, ?, ?, ?, ?)"
_INSERT_SET_ASIDE = "INSERT OR REPLACE INTO set_aside VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
# The document that stands where one that was set aside would: of a report by unit and year, of a regulation by title.
_STANDS = """a.kind = d.kind AND ((d.kind = 'report' AND d.unit = a.unit AND d.unit <> '' AND d.year = a.year)
    OR (d.kind = 'regulation' AND d.title = a.title))"""
_MEND = (
    "请用 assistant library verify 核对，用 assistant library rebuild 修复（原文件还在的，重新读取）；"
    "资料库中其他资料不受影响。"
)
_AT_ONCE = 500  # names in one statement; SQLite takes some 32,000
# Of a content that stands in many documents, its first passage.
_MISSING = """SELECT p.id, p.hash, p.heading || char(10) || p.text FROM passages p
    WHERE NOT EXISTS (SELECT 1 FROM embeddings e WHERE e.hash = p.hash AND e.model = ?)
    AND p.id = (SELECT min(same.id) FROM passages same WHERE same.hash = p.hash)"""


class Catalog:
    """Reads and writes. One process writes at a time (``lock.write_lock``); others read meanwhile.

    ``connection`` is the file itself, ``words`` finds passages by their words. What is told of a document's contents is
    what was written of it, or an error: each is held against its digest once, until the file changes.

    Raises:
        LibraryError: the file is no catalog of this program, is newer than it, or is damaged.
    """

    def __init__(self, file: Path) -> None:
        self.connection = Connection(file, mark_all)
        self.words = WordIndex(self.connection)
        self._proven: set[int | None] = set()  # documents; None stands for the tally of all
        self._proven_at: tuple[tuple[int, int], ...] = ()

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
        """What is catalogued of a file, by its whole path, or of the one that stands in its place."""
        stands = f"SELECT d.id FROM set_aside a JOIN documents d ON {_STANDS} WHERE a.path = ?"
        return self._entry(f"d.path = ? OR d.id = ({stands})", path, path)

    def set_aside(self, path: str = "") -> tuple[SetAside, ...]:
        """The files that answers do not rest on, since another one of the same unit and year stands; all, or that of a
        path."""
        columns = "d.id, d.kind, d.unit, d.year, d.title, a.file, a.path, d.file, d.path, a.chosen"
        only, values = (" WHERE a.path = ?", (path,)) if path else ("", ())
        sql = f"SELECT {columns} FROM set_aside a JOIN documents d ON {_STANDS}{only} ORDER BY d.unit, d.year, a.path"
        return tuple(SetAside(*row) for row in self.connection.rows(sql, *values))

    def cells_that_differ(self, aside: SetAside) -> int:
        """In how many cells a file that was set aside says another number than the one that stands."""
        other = {metric: value for metric, value, *_ in self._kept(aside.path).figures}
        own = {metric: value for metric, value, *_ in self._figure_rows(aside.document)}
        return sum(other.get(metric) != own.get(metric) for metric in {*other, *own})

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

    def prove(self, document: int) -> None:
        """Hold a document against its digest: once, until the catalog's files change.

        Raises:
            LibraryError: it is not what was written of it.
        """
        if self._known(document):
            return
        if not as_written(self.connection, document):
            raise self._unsound(document, "内容与导入时记下的摘要不符")
        self._proven.add(document)

    def prove_all_there(self) -> None:
        """Hold the list of documents against the tally: before anything is said of all of them.

        Raises:
            LibraryError: some are missing, or their names or years were changed.
        """
        if self._known(None):
            return
        if not tally_is_right(self.connection):
            raise LibraryError("资料的目录已损坏，说不准有哪些单位和年度", where=str(self.connection.file), help=_MEND)
        self._proven.add(None)

    def _known(self, document: int | None) -> bool:
        if (stamp := self.connection.stamp) != self._proven_at:
            self._proven_at, self._proven = stamp, set()
        return document in self._proven

    def _unsound(self, document: int, what: str) -> LibraryError:
        return LibraryError(f"编号{document}的资料{what}，没有采用", where=str(self.connection.file), help=_MEND)

    def report_json(self, document: int) -> str | None:
        """The Report as JSON; ``None`` for a regulation.

        Raises:
            LibraryError: what is stored is damaged.
        """
        self.prove(document)
        rows = self.connection.rows("SELECT report FROM documents WHERE id = ?", document)
        try:
            return unpacked(rows[0][0]) if rows and rows[0][0] is not None else None
        except (zlib.error, UnicodeDecodeError) as error:
            raise self.connection.damaged(error) from error

    def figures(self, document: int) -> dict[str, PrintedFigure]:
        """The cells of a report by metric id; blank ones with ``value=None``.

        Raises:
            LibraryError: what is stored is damaged.
        """
        return {row[0]: self._printed(document, *row) for row in self._figure_rows(document)}

    def _figure_rows(self, document: int) -> list[FigureRow]:
        """Held against the sum of their marks, which needs no more than these rows."""
        columns = "metric, value, raw, place, line"
        figures = self.connection.rows(f"SELECT {columns} FROM figures WHERE document = ?", document)
        for unit, year, marks in self.connection.rows("SELECT unit, year, marks FROM documents WHERE id = ?", document):
            if marks != sum(figure_marks(unit, year, figures)):
                raise self._unsound(document, "数字与导入时不符")
        return figures

    def _printed(self, document: int, metric: str, value: str | None, raw: str, place: str, line: str) -> PrintedFigure:
        number = None if value is None else Decimal(value)
        if not agrees(number, raw):
            raise self._unsound(document, f"有一格（{place}）的数字与原文不一致")
        return PrintedFigure(metric, number, raw, place, line)

    def figures_of_year(
        self, year: int, metrics: Sequence[str], units: Collection[str] = ()
    ) -> dict[tuple[int, str], dict[str, PrintedFigure]]:
        """Of every report of a year, or of those of some units, by (id, unit), the cells asked for: a few cells of
        thousands of reports.

        Raises:
            LibraryError: a cell is damaged; or, of every report, one is missing.
        """
        if not units:
            self.prove_all_there()
        marks = ",".join("?" * len(metrics))
        # The order is forced: documents from their index alone (their rows carry whole reports), then each cell by its
        # key.
        rows = self.connection.rows(
            "SELECT d.id, d.unit, f.mark, f.metric, f.value, f.raw, f.place, f.line"
            " FROM documents d INDEXED BY one_report_a_year"
            f" CROSS JOIN figures f ON f.document = d.id AND f.metric IN ({marks})"
            " WHERE d.kind = 'report' AND d.unit <> '' AND d.year = ?",
            *metrics,
            year,
        )
        found: dict[tuple[int, str], dict[str, PrintedFigure]] = {}
        for document, unit, mark, *cell in rows:
            if units and unit not in units:
                continue
            if mark != mark_of(unit, year, *cell):  # the digest would tell too, in a hundred times the time
                raise self._unsound(document, "有一格与导入时不符")
            found.setdefault((document, unit), {})[cell[0]] = self._printed(document, *cell)
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
        """The passages of one document in its order.

        Raises:
            LibraryError: what is stored of it is damaged.
        """
        self.prove(document)
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
        found = [Passage(*row) for row in rows]
        for one in {passage.document for passage in found}:
            self.prove(one)
        return found

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

    # -- mending

    def unsound(self) -> list[int]:
        """The documents that are not what was written of them."""
        found = []
        for (document,) in self.connection.rows("SELECT id FROM documents ORDER BY id"):
            try:
                self.prove(document)
            except LibraryError:
                found.append(document)
        return found

    def order_anew(self) -> None:
        """All indexes anew from the tables.

        Raises:
            LibraryError: a table is damaged.
        """
        with self.connection.transaction():
            for table in ("documents", "passages", "set_aside"):
                self.connection.execute(f"REINDEX {table}")

    def replace(self, document: int, by: DocumentRows) -> None:
        """The same file, read again, takes the place of a document that is damaged."""
        with self.connection.transaction():
            self._delete(document)
            self._write(by)

    def count_anew(self) -> None:
        """The tally as the documents are that are there: when each of them was proven."""
        with self.connection.transaction():
            count_anew(self.connection)

    # -- writing: documents go in whole, several in one transaction, or not at all -----------------------------------

    def known_hash(self, path: str) -> str:
        """The SHA-256 of what is catalogued of a file, or set aside, read by the same program; empty when that is
        nothing."""
        sql = "SELECT sha256 FROM {} WHERE path = ? AND cutting = ?"
        both = f"{sql.format('documents')} UNION ALL {sql.format('set_aside')}"
        found = self.connection.rows(both, path, READING_VERSION, path, READING_VERSION)
        return str(found[0][0]) if found else ""

    def add(self, documents: Sequence[DocumentRows]) -> list[Change]:
        """Catalogue documents; what stood for the same file goes. One of a unit and year that another file stands for
        is set aside: nothing takes the place of another file by itself. All of them or none.

        Raises:
            LibraryError: the catalog cannot be written, is damaged, or the disk is full.
        """
        with self.connection.transaction():
            return [self._write(document) for document in documents]

    def remove(self, document: int) -> None:
        """Take a document out, with its figures, passages, words and embeddings. Where files were set aside for it, the
        first of them stands from now on."""
        with self.connection.transaction():
            self._leave_place(document)
            self.connection.execute("DELETE FROM embeddings WHERE hash NOT IN (SELECT hash FROM passages)")

    def prefer(self, aside: SetAside) -> None:
        """A file that was set aside stands from now on; the one that stood is set aside.

        Raises:
            LibraryError: either of them is damaged.
        """
        self.prove(aside.document)
        with self.connection.transaction():
            other, before = self._kept(aside.path), self._rows(aside.document)
            self._delete(aside.document)
            self.connection.execute("DELETE FROM set_aside WHERE path = ?", aside.path)
            self._insert(other)
            self._put_aside(before)
            d = other
            named = " AND unit = ? AND year = ?" if d.kind == "report" else " AND title = ?"
            values = (d.unit, d.year) if d.kind == "report" else (d.title,)
            self.connection.execute(f"UPDATE set_aside SET chosen = 1 WHERE kind = ?{named}", d.kind, *values)

    def _write(self, document: DocumentRows) -> Change:
        if self._same_content(document):
            return "未变化"
        own = self.connection.rows("SELECT id FROM documents WHERE path = ?", document.path)
        stands = self._stands_for(document)
        if stands and stands not in own:
            for (old,) in own:
                self._leave_place(old)
            self._put_aside(document)
            return "未采用"
        for (old,) in own:
            if (old,) == stands:
                self._delete(old)
            else:
                self._leave_place(old)  # it was read as another unit's or year's before
        self.connection.execute("DELETE FROM set_aside WHERE path = ?", document.path)
        self._insert(document)
        return "已更新" if own else "新增"

    def _insert(self, document: DocumentRows) -> None:
        d = document
        named = (d.kind, d.unit, d.year, d.title, d.edition, d.file, d.path)
        marks = figure_marks(d.unit, d.year, d.figures)
        values = (*named, d.sha256, READING_VERSION, d.source, d.report, d.digest, sum(marks))
        inserted = self.connection.execute(_INSERT_DOCUMENT, *values)
        figures = ((inserted, *figure, mark) for figure, mark in zip(d.figures, marks, strict=True))
        self.connection.execute_each(_INSERT_FIGURE, figures)
        for ordinal, (passage, words) in enumerate(zip(d.passages, d.words, strict=True)):
            self.words.add([(self.connection.execute(_INSERT_PASSAGE, inserted, ordinal, *passage), *words)])
        self._count(inserted, 1)

    def _put_aside(self, document: DocumentRows) -> None:
        d = document
        named = (d.path, d.kind, d.unit, d.year, d.title, d.file, d.sha256, READING_VERSION)
        self.connection.execute(_INSERT_SET_ASIDE, *named, 0, packed_rows(d))

    def _stands_for(self, document: DocumentRows) -> tuple[int] | None:
        """The document that stands for the unit and year of this one, or the title of this regulation."""
        d = document
        this = "SELECT ? AS kind, ? AS unit, ? AS year, ? AS title"
        sql = f"SELECT d.id FROM ({this}) a JOIN documents d ON {_STANDS}"
        rows = self.connection.rows(sql, d.kind, d.unit, d.year, d.title)
        return (rows[0][0],) if rows else None

    def _leave_place(self, document: int) -> None:
        """Delete a document; the first that was set aside for it stands from now on."""
        sql = f"SELECT a.path FROM documents d JOIN set_aside a ON {_STANDS} WHERE d.id = ? ORDER BY a.rowid LIMIT 1"
        waiting = self.connection.rows(sql, document)
        self._delete(document)
        for (path,) in waiting:
            next_one = self._kept(path)
            self.connection.execute("DELETE FROM set_aside WHERE path = ?", path)
            self._insert(next_one)

    def _kept(self, path: str) -> DocumentRows:
        """A document that was set aside, whole."""
        rows = self.connection.rows("SELECT rows FROM set_aside WHERE path = ?", path)
        try:
            return unpacked_rows(rows[0][0])
        except ValueError as error:
            raise LibraryError(
                f"没有采用的文件“{path}”的内容已损坏", where=str(self.connection.file), help=_MEND
            ) from error

    def _rows(self, document: int) -> DocumentRows:
        columns = "kind, unit, year, title, edition, file, path, sha256, source, report, digest"
        named = self.connection.rows(f"SELECT {columns} FROM documents WHERE id = ?", document)[0]
        figures = self.connection.rows(
            "SELECT metric, value, raw, place, line FROM figures WHERE document = ?", document
        )
        passages = self.connection.rows(
            "SELECT heading, place, article, text, hash FROM passages WHERE document = ? ORDER BY ordinal", document
        )
        return DocumentRows._make((*named, tuple(figures), tuple(passages), (), ()))

    def _count(self, document: int, times: int) -> None:
        """Bring the tally up to date: with ``times`` 1 of a document that came, with -1 of one that goes."""
        rows = self.connection.rows("SELECT id, kind, unit, year, title, digest FROM documents WHERE id = ?", document)
        changed = [times * len(rows), times * sum(mark_of(*row) for row in rows)]
        self.connection.execute("UPDATE tally SET documents = documents + ?, marks = marks + ?", *changed)

    def _same_content(self, document: DocumentRows) -> bool:
        """Whether this very content is catalogued already, if under another name of the file."""
        sql = "SELECT digest FROM documents WHERE sha256 = ? AND cutting = ? AND kind = ? AND unit = ? AND year IS ?"
        d = document
        return (d.digest,) in self.connection.rows(sql, d.sha256, READING_VERSION, d.kind, d.unit, d.year)

    def _delete(self, document: int) -> None:
        self._count(document, -1)
        passages = "SELECT id FROM passages WHERE document = ?"
        self.connection.execute(f"DELETE FROM passage_words WHERE rowid IN ({passages})", document)
        self.connection.execute("DELETE FROM documents WHERE id = ?", document)
