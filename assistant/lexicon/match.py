"""Words of the lexicon in a text: at each place the longest that begins there, so that no order of entries matters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from assistant.lexicon.openings import openings
from assistant.lexicon.schema import Entry, entries
from assistant.patterns import regex

__all__ = ["Match", "Matcher", "Reading", "Side", "Token", "Words", "matcher", "tokens_in"]

Side = Literal["reports", "questions"]
Reading = tuple[str, ...]
"""Metric ids that are added up."""


class _Beginning(NamedTuple):
    """What can begin with one character."""

    lengths: tuple[int, ...]
    plain: dict[str, Entry]
    patterns: tuple[tuple[re.Pattern[str], Entry, bool], ...]


class Match(NamedTuple):
    """``text[start:end]`` is said in the words of ``entry``."""

    entry: Entry
    start: int
    end: int


class Token(NamedTuple):
    """An entry found in a clause, with its place in it."""

    entry: Entry
    start: int
    end: int

    @property
    def kind(self) -> str:
        return self.entry.kind

    @property
    def says(self) -> str:
        return self.entry.means[0]


class Words(NamedTuple):
    """What the words around a number say: readings (likeliest first), which rows they are of, and the object."""

    readings: tuple[Reading, ...] = ()
    rows: tuple[str, ...] = ()
    object: str = ""
    kind: str = ""


class Matcher:
    """Finds the entries of one file. Patterns are compiled when a text first has a character that they begin with.

    In questions people say what reports say, and more: of two as long, how people ask counts.
    """

    def __init__(self, known: Iterable[Entry], side: Side) -> None:
        self._plain: dict[str, dict[str, Entry]] = {}
        self._patterns: dict[str, list[tuple[str, Entry, bool]]] = {}
        self._ready: dict[str, _Beginning] = {}
        known = tuple(known)
        if side == "questions":
            for each in known:
                self._enter(each, each.asked, each.asked_pattern, asked=True)
        for each in known:
            self._enter(each, each.words, each.pattern, asked=False)

    def _enter(self, entry: Entry, words: Iterable[str], patterns: Iterable[str], *, asked: bool) -> None:
        for word in words:
            self._plain.setdefault(word[0], {}).setdefault(word, entry)
        for pattern in patterns:
            for first in openings(pattern):
                self._patterns.setdefault(first, []).append((pattern, entry, asked))

    def longest(self, text: str, start: int) -> Match | None:
        """The longest that begins at ``start``."""
        character = text[start]
        known = self._ready.get(character)
        if known is None:
            known = self._ready[character] = self._beginning_with(character)
        best, end = None, start
        for length in known.lengths:
            word = text[start : start + length]
            if entry := known.plain.get(word):
                best, end = entry, start + len(word)
                break
        for pattern, entry, first in known.patterns:
            found = pattern.match(text, start)
            if found and (found.end() > end or (first and best and found.end() == end)):
                best, end = entry, found.end()
        return Match(best, start, end) if best else None

    def all(self, text: str) -> Iterator[Match]:
        """Left to right, without overlaps."""
        start = 0
        while start < len(text):
            found = self.longest(text, start)
            if found:
                yield found
            start = found.end if found else start + 1

    def _beginning_with(self, character: str) -> _Beginning:
        plain = self._plain.get(character, {})
        patterns = list(self._patterns.get(re.escape(character), ()))
        if character.isdecimal():
            patterns += self._patterns.get(r"\d", ())
        if character.isspace():
            patterns += self._patterns.get(r"\s", ())
        return _Beginning(
            tuple(sorted({len(word) for word in plain}, reverse=True)),
            plain,
            tuple((regex(pattern), entry, asked) for pattern, entry, asked in patterns),
        )


@cache
def matcher(name: str, side: Side = "reports") -> Matcher:
    """The matcher of a file of entries."""
    return Matcher(entries(name), side)


@lru_cache(maxsize=4096)  # the same words are looked at as head, as tail and as sentence
def tokens_in(text: str) -> tuple[Token, ...]:
    """Words of the form's figures in ``text``, left to right, without overlaps."""
    return tuple(Token(*found) for found in matcher("metrics").all(text))
