"""By which characters what a pattern finds can begin: at nearly every place of a text it need not be tried."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from re import _constants as code  # type: ignore[attr-defined]  # how a pattern was understood is told nowhere else
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from assistant.lexicon.report_words import PHRASES, Phrase

__all__ = ["guarded", "openings", "phrases_by_opening"]

_REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)
_LOOKING = (code.AT, code.ASSERT, code.ASSERT_NOT)  # takes no character
_CLASSES = {code.CATEGORY_DIGIT: r"\d", code.CATEGORY_SPACE: r"\s"}


def guarded(words: str) -> re.Pattern[str]:
    """A pattern of many alternatives that looks first at one character, whether any of them can begin with it."""
    return re.compile(f"(?=[{''.join(sorted(openings(words)))}])(?:{words})")


@cache
def phrases_by_opening() -> Mapping[str, tuple[tuple[Phrase, re.Pattern[str]], ...]]:
    """Character → the phrases that can begin with it, in the order in which they are tried."""
    found: dict[str, tuple[tuple[Phrase, re.Pattern[str]], ...]] = {}
    for phrase in PHRASES:
        pattern = re.compile(phrase.words)
        for character in openings(phrase.words):
            found[character] = (*found.get(character, ()), (phrase, pattern))
    return found


def openings(words: str) -> frozenset[str]:
    """Characters that what a pattern finds can begin with, or classes of them, as written between ``[`` and ``]``.

    Raises:
        ValueError: it can begin with nearly anything, or find nothing at all.
    """
    first, empty = _first(_parser.parse(words))
    if empty:
        raise ValueError(f"{words!r} can find nothing at all")
    return frozenset(first)


def _first(parts: Iterable[tuple[Any, Any]]) -> tuple[set[str], bool]:
    """Characters that come first in a sequence, and whether all of it can be empty."""
    first: set[str] = set()
    for operator, told in parts:
        if operator in _LOOKING:
            continue
        more, empty = _first_of(operator, told)
        first |= more
        if not empty:
            return first, False
    return first, True


def _first_of(operator: Any, told: Any) -> tuple[set[str], bool]:
    if operator is code.LITERAL:
        return {re.escape(chr(told))}, False
    if operator is code.RANGE:
        return {re.escape(chr(character)) for character in range(told[0], told[1] + 1)}, False
    if operator is code.CATEGORY and told in _CLASSES:
        return {_CLASSES[told]}, False
    if operator is code.SUBPATTERN:
        return _first(told[3])
    if operator in _REPEATS:
        least, _, repeated = told
        first, empty = _first(repeated)
        return first, empty or least == 0
    if operator in (code.BRANCH, code.IN):
        ways = [_first(way) for way in told[1]] if operator is code.BRANCH else [_first_of(*each) for each in told]
        return set().union(*(first for first, _ in ways)), any(empty for _, empty in ways)
    raise ValueError(f"what begins with {operator} {told} can begin with nearly anything")
