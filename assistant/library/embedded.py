"""The part of the catalog that keeps embeddings: by content hash and model, so that nothing is computed twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from assistant.library.database import Database

__all__ = ["Embedded"]

_AT_ONCE = 500  # names in one statement; SQLite takes some 32,000
# Of a content that stands in many documents, its first passage.
_MISSING = """SELECT p.id, p.hash, p.heading || char(10) || p.text FROM passages p
    WHERE NOT EXISTS (SELECT 1 FROM embeddings e WHERE e.hash = p.hash AND e.model = ?)
    AND p.id = (SELECT min(same.id) FROM passages same WHERE same.hash = p.hash)"""


class Embedded(Database):
    """Vectors are float32, little endian, of length one. Those of another model stay: going back to it costs nothing."""

    def without_embedding(self, model: str, after: int = 0, most: int = -1) -> list[tuple[int, str, str]]:
        """(passage, hash, heading and text) of what ``model`` has not embedded yet, each content once; the passages with
        an id above ``after``, at most so many."""
        return self._rows(f"{_MISSING} AND p.id > ? ORDER BY p.id LIMIT ?", model, after, most)

    def missing(self, model: str) -> int:
        """How many contents ``model`` has not embedded yet."""
        return self._number(f"SELECT count(*) FROM ({_MISSING})", model)

    def keep_embeddings(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Keep vectors by content hash."""
        with self._transaction():
            self._db.executemany(
                "INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?)",
                ((content, model, vector) for content, vector in vectors.items()),
            )

    def embedded(self, model: str) -> set[str]:
        """The contents of catalogued passages that ``model`` has embedded, by hash: what its index should hold."""
        sql = "SELECT hash FROM embeddings WHERE model = ? AND EXISTS (SELECT 1 FROM passages p WHERE p.hash = embeddings.hash)"
        return {row[0] for row in self._rows(sql, model)}

    def embeddings(self, model: str, documents: Iterable[int] | None = None) -> Iterator[dict[str, bytes]]:
        """The vectors of all catalogued passages, or of some documents', by content hash; some thousands at a time."""
        within = "" if documents is None else f" WHERE document IN ({','.join(str(int(d)) for d in documents)})"
        sql = f"SELECT hash, vector FROM embeddings WHERE model = ? AND hash IN (SELECT hash FROM passages{within})"
        for page in self._pages(sql, model):
            yield dict(page)

    def embeddings_of(self, model: str, hashes: Collection[str]) -> dict[str, bytes]:
        """The vectors of some contents, those that are there."""
        found: dict[str, bytes] = {}
        names = list(hashes)
        for start in range(0, len(names), _AT_ONCE):
            batch = names[start : start + _AT_ONCE]
            marks = ",".join("?" * len(batch))
            sql = f"SELECT hash, vector FROM embeddings WHERE model = ? AND hash IN ({marks})"
            found.update(self._rows(sql, model, *batch))
        return found

    def embedding_models(self) -> list[str]:
        """The models that passages of this library are embedded by."""
        return [row[0] for row in self._rows("SELECT DISTINCT model FROM embeddings ORDER BY model")]

    def dimensions(self, model: str) -> int | None:
        """How many numbers a vector of ``model`` has; ``None`` when there is none yet."""
        rows = self._rows("SELECT length(vector) / 4 FROM embeddings WHERE model = ? LIMIT 1", model)
        return int(rows[0][0]) if rows else None

    def documents_without_embedding(self, model: str) -> int:
        """In how many documents a passage is not embedded yet."""
        return self._number(
            "SELECT count(DISTINCT p.document) FROM passages p"
            " LEFT JOIN embeddings e ON e.hash = p.hash AND e.model = ? WHERE e.hash IS NULL",
            model,
        )
