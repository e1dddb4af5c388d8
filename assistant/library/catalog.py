"""The catalog: one SQLite file that holds the truth of the library (documents, figures, passages, embeddings)."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from decimal import Decimal

from assistant.library.documents import CatalogEntry, Kind, Passage, PrintedFigure
from assistant.library.integrity import Integrity
from assistant.library.lexical import Lexical
from assistant.library.rows import unpacked
from assistant.library.writing import Writing

__all__ = ["Catalog"]

_ENTRY = """SELECT d.id, d.kind, d.unit, d.year, d.title, d.edition, d.file, d.path,
    (SELECT count(*) FROM figures f WHERE f.document = d.id),
    (SELECT count(*) FROM passages p WHERE p.document = d.id) FROM documents d"""
_PASSAGE = """SELECT p.id, p.document, d.kind, d.unit, d.year, d.title, p.heading, p.place, p.article, p.text, p.hash
    FROM passages p JOIN documents d ON d.id = p.document"""


class Catalog(Writing, Integrity, Lexical):
    """Reads of the catalog; writes are ``Writing``'s."""

    # -- documents ---------------------------------------------------------------------------------------------------

    def entries(self) -> tuple[CatalogEntry, ...]:
        """All documents: reports by unit and year, then regulations."""
        order = " ORDER BY d.kind DESC, d.unit, d.year, d.id"
        return tuple(CatalogEntry(*row) for row in self._rows(_ENTRY + order))

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
        rows = self._rows(f"{_ENTRY} WHERE {condition}", *values)
        return CatalogEntry(*rows[0]) if rows else None

    def titles(self, kind: Kind) -> list[tuple[int, str, int | None, str]]:
        """(id, unit, year, title) of all documents of a kind: what choosing among many needs, without counting cells."""
        return self._rows("SELECT id, unit, year, title FROM documents WHERE kind = ? ORDER BY id", kind)

    def units(self) -> dict[str, list[int]]:
        """Every unit that has reports, with its years in order."""
        years: dict[str, list[int]] = {}
        sql = "SELECT unit, year FROM documents WHERE kind = 'report' AND unit <> '' ORDER BY unit, year"
        for unit, year in self._rows(sql):
            years.setdefault(unit, []).extend([year] if year else [])
        return years

    def report_json(self, document: int) -> str | None:
        """The Report as JSON; ``None`` for a regulation.

        Raises:
            LibraryError: what is stored is damaged.
        """
        rows = self._rows("SELECT report FROM documents WHERE id = ?", document)
        try:
            return unpacked(rows[0][0]) if rows and rows[0][0] is not None else None
        except (zlib.error, UnicodeDecodeError) as error:
            raise self._damaged(error) from error

    def figures(self, document: int) -> dict[str, PrintedFigure]:
        """The cells of a report by metric id; blank ones with ``value=None``."""
        rows = self._rows("SELECT metric, value, raw, place, line FROM figures WHERE document = ?", document)
        return {row[0]: PrintedFigure(row[0], None if row[1] is None else Decimal(row[1]), *row[2:]) for row in rows}

    def figures_of_year(self, year: int, metrics: Sequence[str]) -> dict[tuple[int, str], dict[str, PrintedFigure]]:
        """Of every report of a year, by (id, unit), the cells asked for: a few cells of thousands of reports."""
        marks = ",".join("?" * len(metrics))
        # The order is forced: documents from their index alone (their rows carry whole reports), then each cell by its key.
        rows = self._rows(
            "SELECT d.id, d.unit, f.metric, f.value, f.raw, f.place, f.line FROM documents d INDEXED BY one_report_a_year"
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
            return [Passage(*row) for row in self._rows(_PASSAGE + " ORDER BY p.document, p.ordinal")]
        marks = ",".join("?" * len(ids))
        found = {row[0]: Passage(*row) for row in self._rows(f"{_PASSAGE} WHERE p.id IN ({marks})", *ids)}
        return [found[one] for one in ids if one in found]

    def passages_of(self, document: int) -> list[Passage]:
        """The passages of one document in its order."""
        rows = self._rows(f"{_PASSAGE} WHERE p.document = ? ORDER BY p.ordinal", document)
        return [Passage(*row) for row in rows]

    def by_hash(self, hashes: Sequence[str]) -> list[Passage]:
        """Passages with the given contents, in that order; one content may stand in several documents."""
        marks = ",".join("?" * len(hashes))
        found: dict[str, list[Passage]] = {}
        for row in self._rows(f"{_PASSAGE} WHERE p.hash IN ({marks}) ORDER BY p.id", *hashes):
            passage = Passage(*row)
            found.setdefault(passage.hash, []).append(passage)
        return [passage for content in hashes for passage in found.get(content, [])]

    def article(self, number: int, document: int | None = None) -> list[Passage]:
        """The passages of an article, of every regulation or of one."""
        within, values = (" AND p.document = ?", (number, document)) if document is not None else ("", (number,))
        rows = self._rows(f"{_PASSAGE} WHERE p.article = ?{within} ORDER BY p.document, p.ordinal", *values)
        return [Passage(*row) for row in rows]
