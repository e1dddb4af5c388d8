"""The part of the catalog that finds passages by their words: BM25 over the full-text index, or passage by passage where
that index is damaged."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from assistant.errors import LibraryError
from assistant.library.database import Database
from assistant.library.words import fts_query

__all__ = ["Lexical"]

_SLOW = "全文索引已损坏，改为逐段查找，比平时慢；请运行 assistant library rebuild 重建。"
_HOLDS = "instr(lower(heading || char(10) || text), ?)"  # words are in lower case


class Lexical(Database):
    """``words_fault`` says in Chinese that a question met a damaged full-text index; empty while it is whole.

    How often words occur is kept until the file changes: counting reads every place of a word, and one question is looked
    at several times.
    """

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.words_fault = ""
        self._counts: dict[str, int] = {}
        self._counted_at = (0, 0)

    def matching(
        self,
        asked: Sequence[str],
        limit: int,
        documents: Collection[int] | None = None,
        among: Sequence[str] = (),
    ) -> list[int]:
        """Ids of the passages in which any of the words stands, best by BM25 first; a hit in a heading counts double.

        Only those of ``documents``, and only those in which one of ``among`` stands: to read the index is cheap, to score a
        passage takes a microsecond.
        """
        within, values = "", [fts_query(asked)]
        # Unary plus: SQLite would otherwise search the whole index again for each passage.
        if documents is not None:
            within += f" AND +rowid IN (SELECT id FROM passages WHERE {_of(documents)})"
        if among:
            within += " AND +rowid IN (SELECT rowid FROM passage_words WHERE passage_words MATCH ?)"
            values.append(fts_query(among))
        sql = f"SELECT rowid FROM passage_words WHERE passage_words MATCH ?{within}"
        try:
            rows = self._rows(f"{sql} ORDER BY bm25(passage_words, 2.0, 1.0) LIMIT {int(limit)}", *values)
        except LibraryError:
            return self._looked_through(asked, limit, documents)
        return [row[0] for row in rows]

    def word_counts(self, asked: Collection[str]) -> tuple[int, Mapping[str, int]]:
        """How many passages there are, and in how many of them each word stands; words that stand in none are left out."""
        state = self._number("PRAGMA data_version"), self._db.total_changes
        if state != self._counted_at:
            self._counted_at, self._counts, self.words_fault = state, {}, ""
        if missing := [word for word in asked if word not in self._counts]:
            self._counts |= dict.fromkeys(missing, 0) | self._counted(missing)
        return self._number("SELECT count(*) FROM passages"), {
            word: self._counts[word] for word in asked if self._counts[word]
        }

    def _counted(self, asked: Sequence[str]) -> dict[str, int]:
        marks = ",".join("?" * len(asked))
        try:
            return dict(self._rows(f"SELECT term, doc FROM word_counts WHERE term IN ({marks})", *asked))
        except LibraryError:
            sums = ", ".join(f"total({_HOLDS} > 0)" for _ in asked)
            (counts,) = self._rows(f"SELECT {sums} FROM passages", *asked)
            self.words_fault = _SLOW
            return dict(zip(asked, map(int, counts), strict=True))

    def _looked_through(self, asked: Sequence[str], limit: int, documents: Collection[int] | None) -> list[int]:
        """Without the index: the passages that have most of the words, by their rarity."""
        passages, counts = self.word_counts(asked)
        rarity = [math.log((passages + 1) / (counts.get(word, 0) + 0.5)) for word in asked]
        score = " + ".join(f"{weight} * ({_HOLDS} > 0)" for weight in rarity)
        within = "" if documents is None else f" WHERE {_of(documents)}"
        sql = f"SELECT id FROM (SELECT id, {score} AS score FROM passages{within}) WHERE score > 0"
        rows = self._rows(f"{sql} ORDER BY score DESC, id LIMIT {int(limit)}", *asked)
        self.words_fault = _SLOW
        return [row[0] for row in rows]


def _of(documents: Collection[int]) -> str:
    return f"document IN ({','.join(str(int(document)) for document in documents)})"
