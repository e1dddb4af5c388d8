"""Phrases of the form in a text (``form.phrases``), and what words say together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant.lexicon.compile import phrases_by_opening
from assistant.lexicon.report_words import Phrase

__all__ = ["Reading", "Token", "Words", "tokens_in"]

Reading = tuple[str, ...]
"""Metric ids that are added up."""


@dataclass(frozen=True, slots=True)
class Token:
    """A phrase found in a clause, with its place in it."""

    phrase: Phrase
    start: int
    end: int

    @property
    def kind(self) -> str:
        return self.phrase.kind

    @property
    def says(self) -> str:
        return self.phrase.readings[0]


@dataclass(frozen=True, slots=True)
class Words:
    """What the words around a number say: readings (likeliest first), which rows they are of, and the object."""

    readings: tuple[Reading, ...] = ()
    rows: tuple[str, ...] = ()
    object: str = ""
    kind: str = ""


@lru_cache(maxsize=4096)  # the same words are looked at as head, as tail and as sentence
def tokens_in(text: str) -> tuple[Token, ...]:
    """Phrases of the form in ``text``, left to right, without overlaps."""
    known = phrases_by_opening()
    found: list[Token] = []
    end = 0
    for start, character in enumerate(text):
        for phrase, pattern in known.get(character, ()) if start >= end else ():
            if matched := pattern.match(text, start):
                end = matched.end()
                found.append(Token(phrase, start, end))
                break
    return tuple(found)
