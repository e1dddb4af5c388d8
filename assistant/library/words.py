"""Chinese text as words for the full-text index, and a question as a safe FTS5 query."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from assistant.lexicon import entry
from assistant.patterns import regex

__all__ = ["content_words", "fts_query", "indexed_words", "words"]

_WORD = regex(r"\w+")
_EITHER_WAY = regex(r"(\p{Han})[不没]\1")  # 收没收, 算不算: the verb alone
_HOW_MANY = regex(r"^(?:几|多少)")  # 几场, 多少天: the answer has a number there instead


@cache
def _empty() -> frozenset[str]:
    return frozenset(entry("questions", "empty").words)


def words(text: str, *, guess: bool = True) -> list[str]:
    """The words of a text in rjieba's search mode (long words give their parts too); no punctuation.

    ``guess`` takes what its dictionary has not for words too, where that is likely; else such text is cut into
    characters.
    """
    import rjieba  # loads its dictionary: a question about a figure need not

    folded = _EITHER_WAY.sub(r"\1", unicodedata.normalize("NFKC", text).lower())
    return [word for word in rjieba.cut_for_search(folded, guess) if _WORD.fullmatch(word)]


def indexed_words(text: str) -> str:
    """A text as the full-text index keeps it: its words, joined by blanks."""
    return " ".join(words(text))


def content_words(text: str) -> list[str]:
    """The words of a question that tell what is asked, each once, in order."""
    empty = _empty()
    return [word for word in dict.fromkeys(words(text)) if word not in empty and not _HOW_MANY.match(word)]


def fts_query(asked: Iterable[str]) -> str:
    """An FTS5 expression that matches any of the words; every word quoted, so that none is an operator."""
    return " OR ".join('"' + word.replace('"', '""') + '"' for word in asked)
