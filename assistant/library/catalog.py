"""The catalog: one SQLite file that holds the truth of the library (documents, figures, passages, embeddings)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from assistant.library.documents import CatalogEntry, Kind, Passage, PrintedFigure, ReadDocument
from assistant.library.embedded import Embedded

__all__ = ["CUTTING", "Catalog"]

# Grows when reading or cutting changes what a file becomes: unchanged files are then read anew.
CUTTING = 2
_ENTRY = """SELECT d.id, d.kind, d.unit, d.year, d.title, d.edition, d.file, d.path,
    (SELECT count(*) FROM figures f WHERE f.document = d.id),
    (SELECT count(*) FROM passages p WHERE p.document = d.id) FROM documents d"""
_PASSAGE = """SELECT p.id, p.document, d.kind, d.unit, d.year, d.title, p.heading, p.place, p.article, p.text, p.hash
    FROM passages p JOIN documents d ON d.id = p.document"""


class Catalog(Embedded):
    """Reads and writes of the catalog; every document is written in one transaction."""

    # -- documents ---------------------------------------------------------------------------------------------------

    def entries(self) -> tuple[CatalogEntry, ...]:
        """All documents: reports by unit and year, then regulations."""
        order = " ORDER BY d.kind DESC, d.unit, d.year, d.id"
        return tuple(CatalogEntry(*row) for row in self._db.execute(_ENTRY + order))

    def find(self, unit: str, year: int) -> CatalogEntry | None:
        """The report of a unit, by its full name, for a year."""
        row = self._db.execute(
            f"{_ENTRY} WHERE d.kind = 'report' AND d.unit = ? AND d.year = ?", (unit, year)
        ).fetchone()
        return CatalogEntry(*row) if row else None

    def titles(self, kind: Kind) -> list[tuple[int, str, int | None, str]]:
        """(id, unit, year, title) of all documents of a kind: what choosing among many needs, without counting cells."""
        return self._db.execute(
            "SELECT id, unit, year, title FROM documents WHERE kind = ? ORDER BY id", (kind,)
        ).fetchall()

    def units(self) -> dict[str, list[int]]:
        """Every unit that has reports, with its years in order."""
        years: dict[str, list[int]] = {}
        sql = "SELECT unit, year FROM documents WHERE kind = 'report' AND unit <> '' ORDER BY unit, year"
        for unit, year in self._db.execute(sql):
            years.setdefault(unit, []).extend([year] if year else [])
        return years

    def same_content(self, document: ReadDocument) -> bool:
        """Whether this very content is catalogued already, read by the same program."""
        return bool(
            self._number(
                "SELECT count(*) FROM documents WHERE sha256 = ? AND cutting = ? AND unit = ? AND year IS ?",
                document.sha256,
                CUTTING,
                document.unit,
                document.year,
            )
        )

    def write(self, document: ReadDocument) -> bool:
        """Catalogue a document; what stood for the same file, or the same unit and year, goes. True when it replaced."""
        from assistant.library.words import indexed_words

        indexed = [(indexed_words(passage.heading), indexed_words(passage.text)) for passage in document.passages]
        with self._transaction():
            replaced = [row[0] for row in self._db.execute(*_predecessors(document))]
            for old in replaced:
                self._delete(old)
            inserted = self._db.execute(
                "INSERT INTO documents (kind, unit, year, title, edition, file, path, sha256, cutting, source, report)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (document.kind, document.unit, document.year, document.title, document.edition, document.file,
                 document.path, document.sha256, CUTTING, document.source, document.report),
            ).lastrowid  # fmt: skip
            self._db.executemany(
                "INSERT INTO figures VALUES (?, ?, ?, ?, ?, ?)",
                ((inserted, f.metric, None if f.value is None else str(f.value), f.raw, f.place, f.line)
                 for f in document.figures),
            )  # fmt: skip
            for ordinal, (passage, (heading, text)) in enumerate(zip(document.passages, indexed, strict=True)):
                row = self._db.execute(
                    "INSERT INTO passages (document, ordinal, heading, place, article, text, hash)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (inserted, ordinal, passage.heading, passage.place, passage.article, passage.text, passage.hash),
                ).lastrowid
                self._db.execute(
                    "INSERT INTO passage_words (rowid, heading, text) VALUES (?, ?, ?)", (row, heading, text)
                )
        return bool(replaced)

    def remove(self, document: int) -> None:
        """Take a document out, with its figures, passages, words and embeddings."""
        with self._transaction():
            self._delete(document)
            self._db.execute("DELETE FROM embeddings WHERE hash NOT IN (SELECT hash FROM passages)")

    def _delete(self, document: int) -> None:
        self._db.execute(
            "DELETE FROM passage_words WHERE rowid IN (SELECT id FROM passages WHERE document = ?)", (document,)
        )
        self._db.execute("DELETE FROM documents WHERE id = ?", (document,))

    def report_json(self, document: int) -> str | None:
        row = self._db.execute("SELECT report FROM documents WHERE id = ?", (document,)).fetchone()
        return row[0] if row else None

    def figures(self, document: int) -> dict[str, PrintedFigure]:
        """The cells of a report by metric id; blank ones with ``value=None``."""
        rows = self._db.execute("SELECT metric, value, raw, place, line FROM figures WHERE document = ?", (document,))
        return {row[0]: PrintedFigure(row[0], None if row[1] is None else Decimal(row[1]), *row[2:]) for row in rows}

    def figures_of_year(self, year: int, metrics: Sequence[str]) -> dict[tuple[int, str], dict[str, PrintedFigure]]:
        """Of every report of a year, by (id, unit), the cells asked for: a few cells of thousands of reports."""
        marks = ",".join("?" * len(metrics))
        # The order is forced: documents from their index alone (their rows carry whole reports), then each cell by its key.
        rows = self._db.execute(
            "SELECT d.id, d.unit, f.metric, f.value, f.raw, f.place, f.line FROM documents d INDEXED BY one_report_a_year"
            f" CROSS JOIN figures f ON f.document = d.id AND f.metric IN ({marks})"
            " WHERE d.kind = 'report' AND d.unit <> '' AND d.year = ?",
            (*metrics, year),
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
            return [Passage(*row) for row in self._db.execute(_PASSAGE + " ORDER BY p.document, p.ordinal")]
        marks = ",".join("?" * len(ids))
        found = {row[0]: Passage(*row) for row in self._db.execute(f"{_PASSAGE} WHERE p.id IN ({marks})", tuple(ids))}
        return [found[one] for one in ids if one in found]

    def passages_of(self, document: int) -> list[Passage]:
        """The passages of one document in its order."""
        rows = self._db.execute(f"{_PASSAGE} WHERE p.document = ? ORDER BY p.ordinal", (document,))
        return [Passage(*row) for row in rows]

    def by_hash(self, hashes: Sequence[str]) -> list[Passage]:
        """Passages with the given contents, in that order; one content may stand in several documents."""
        marks = ",".join("?" * len(hashes))
        found: dict[str, list[Passage]] = {}
        for row in self._db.execute(f"{_PASSAGE} WHERE p.hash IN ({marks}) ORDER BY p.id", tuple(hashes)):
            passage = Passage(*row)
            found.setdefault(passage.hash, []).append(passage)
        return [passage for content in hashes for passage in found.get(content, [])]

    def article(self, number: int, document: int | None = None) -> list[Passage]:
        """The passages of an article, of every regulation or of one."""
        within, values = (" AND p.document = ?", (number, document)) if document is not None else ("", (number,))
        rows = self._db.execute(f"{_PASSAGE} WHERE p.article = ?{within} ORDER BY p.document, p.ordinal", values)
        return [Passage(*row) for row in rows]

    def matching(self, query: str, limit: int, documents: Iterable[int] | None = None) -> list[int]:
        """Ids of the passages that match an FTS5 expression, best by BM25 first; a hit in a heading counts double."""
        within, values = "", [query]
        if documents is not None:
            wanted = [str(int(document)) for document in documents]
            within = f" AND rowid IN (SELECT id FROM passages WHERE document IN ({','.join(wanted)}))"
        sql = f"SELECT rowid FROM passage_words WHERE passage_words MATCH ?{within} ORDER BY bm25(passage_words, 2.0, 1.0)"
        return [row[0] for row in self._db.execute(f"{sql} LIMIT {int(limit)}", values)]

    def word_counts(self, asked: Sequence[str]) -> tuple[int, Mapping[str, int]]:
        """How many passages there are, and in how many of them each word stands."""
        marks = ",".join("?" * len(asked))
        rows = self._db.execute(f"SELECT term, doc FROM word_counts WHERE term IN ({marks})", tuple(asked))
        return self._number("SELECT count(*) FROM passages"), dict(rows.fetchall())


def _predecessors(document: ReadDocument) -> tuple[str, tuple[object, ...]]:
    """The statement that finds what ``document`` takes the place of."""
    if document.kind == "report":
        known = "unit = ? AND unit <> '' AND year = ?"
        return f"SELECT id FROM documents WHERE path = ? OR kind = 'report' AND ({known})", (
            document.path,
            document.unit,
            document.year,
        )
    return "SELECT id FROM documents WHERE path = ? OR kind = 'regulation' AND title = ?", (
        document.path,
        document.title,
    )
