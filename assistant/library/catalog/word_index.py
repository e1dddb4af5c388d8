"""Finding passages by their words: BM25 over the full-text index, or passage by passage where that is damaged."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

from assistant.errors import LibraryError
from assistant.library.catalog.connection import Connection
from assistant.library.catalog.schema import WORD_INDEX
from assistant.library.words import fts_query, indexed_words

__all__ = ["WordIndex", "of_documents"]

_PAGE = 2000  # passages read at once
_SLOW = "全文索引已损坏，改为逐段查找，比平时慢；请运行 assistant library rebuild 重建。"
_HOLDS = "instr(lower(heading || char(10) || text), ?)"  # words are in lower case
_INSERT = "INSERT INTO passage_words (rowid, heading, text) VALUES (?, ?, ?)"


class WordIndex:
    """``fault`` says in Chinese that a question met a damaged index; empty while it is whole.

    How often words occur is kept until the file changes: counting reads every place of a word, and one question is
    looked at several times.
    """

    def __init__(self, connection: Connection) -> None:
        self.fault = ""
        self._connection = connection
        self._counts: dict[str, int] = {}
        self._counted_at = (0, 0)

    def add(self, rows: Iterable[tuple[int, str, str]]) -> None:
        """Passages by id, with the indexed words of heading and text; inside a transaction."""
        self._connection.execute_each(_INSERT, rows)

    def rebuild(self) -> None:
        """The index anew, from the passages.

        Raises:
            LibraryError: the passages are damaged, or the disk is full.
        """
        with self._connection.transaction():
            self._connection.drop_tables("passage_words*")
            self._connection.drop_tables("word_counts")
            for statement in WORD_INDEX.split(";\n"):
                self._connection.execute(statement)
            after = 0
            sql = "SELECT id, heading, text FROM passages WHERE id > ? ORDER BY id LIMIT ?"
            while page := self._connection.rows(sql, after, _PAGE):
                after = page[-1][0]
                self.add((row, indexed_words(heading), indexed_words(text)) for row, heading, text in page)
        self._connection.compact()

    def matching(
        self,
        asked: Sequence[str],
        limit: int,
        documents: Collection[int] | None = None,
        required: Sequence[str] = (),
    ) -> list[int]:
        """Ids of the passages in which any of the words stands, best by BM25 first; a hit in a heading counts double.

        Only those of ``documents``, and only those in which one of ``required`` stands: to read the index is cheap, to
        score a passage takes a microsecond.
        """
        within, values = "", [fts_query(asked)]
        # Unary plus: SQLite would otherwise search the whole index again for each passage.
        if documents is not None:
            within += f" AND +rowid IN (SELECT id FROM passages WHERE {of_documents(documents)})"
        if required:
            within += " AND +rowid IN (SELECT rowid FROM passage_words WHERE passage_words MATCH ?)"
            values.append(fts_query(required))
        sql = f"SELECT rowid FROM passage_words WHERE passage_words MATCH ?{within}"
        try:
            rows = self._connection.rows(f"{sql} ORDER BY bm25(passage_words, 2.0, 1.0) LIMIT {int(limit)}", *values)
        except LibraryError:
            return self._scanned(asked, limit, documents)
        return [row[0] for row in rows]

    def counts(self, asked: Collection[str]) -> tuple[int, Mapping[str, int]]:
        """How many passages there are, and in how many of them each word stands; words that stand in none are left
        out."""
        if (state := self._connection.state) != self._counted_at:
            self._counted_at, self._counts, self.fault = state, {}, ""
        if missing := [word for word in asked if word not in self._counts]:
            self._counts |= dict.fromkeys(missing, 0) | self._counted(missing)
        return self._connection.number("SELECT count(*) FROM passages"), {
            word: self._counts[word] for word in asked if self._counts[word]
        }

    def _counted(self, asked: Sequence[str]) -> dict[str, int]:
        marks = ",".join("?" * len(asked))
        try:
            return dict(self._connection.rows(f"SELECT term, doc FROM word_counts WHERE term IN ({marks})", *asked))
        except LibraryError:
            sums = ", ".join(f"total({_HOLDS} > 0)" for _ in asked)
            (counts,) = self._connection.rows(f"SELECT {sums} FROM passages", *asked)
            self.fault = _SLOW
            return dict(zip(asked, map(int, counts), strict=True))

    def _scanned(self, asked: Sequence[str], limit: int, documents: Collection[int] | None) -> list[int]:
        """Without the index: the passages that have most of the words, by their rarity."""
        passages, counts = self.counts(asked)
        rarity = [math.log((passages + 1) / (counts.get(word, 0) + 0.5)) for word in asked]
        score = " + ".join(f"{weight} * ({_HOLDS} > 0)" for weight in rarity)
        within = "" if documents is None else f" WHERE {of_documents(documents)}"
        sql = f"SELECT id FROM (SELECT id, {score} AS score FROM passages{within}) WHERE score > 0"
        rows = self._connection.rows(f"{sql} ORDER BY score DESC, id LIMIT {int(limit)}", *asked)
        self.fault = _SLOW
        return [row[0] for row in rows]


def of_documents(documents: Iterable[int]) -> str:
    """The condition on passages that they are of these documents; numbers alone, so that nothing needs quoting."""
    return f"document IN ({','.join(str(int(document)) for document in documents)})"
