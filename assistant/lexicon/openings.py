"""By which characters what a pattern finds can begin: at nearly every place of a text it need not be tried.

Patterns of the lexicon are written in a part of the language of regular expressions: characters, sets, groups, choices,
repetitions, looks ahead and behind. This reads that part.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.patterns import regex

__all__ = ["guarded", "openings"]

_REPEATED = regex(r"(?P<none>[*?]|\{0?,\d*\}|\{0\})[?+]?|\+[?+]?|\{\d+(?:,\d*)?\}[?+]?")
_SET = regex(r"\[(?P<not>\^?)(?P<of>\]?(?:\\.|[^\]\\])*)\]")
_MEMBER = regex(r"(\\?.)-(\\?.)|\\?.")
_LOOK = regex(r"\(\?<?[=!]")
_OPEN = regex(r"\((?:\?:|\?P<\w+>)?")
_CLASSES = (r"\d", r"\s")
_ANYTHING = "can begin with nearly anything"


@cache
def openings(pattern: str) -> frozenset[str]:
    """Characters that what ``pattern`` finds can begin with, or classes of them, as written between ``[`` and ``]``.

    Raises:
        ValueError: it can begin with nearly anything, or find nothing at all.
    """
    first, empty, _ = _choice(pattern, 0)
    if empty:
        raise ValueError(f"{pattern!r} can find nothing at all")
    return first


@cache
def guarded(pattern: str) -> re.Pattern[str]:
    """A pattern of many alternatives that looks first at one character, whether any of them can begin with it."""
    return regex(lambda: f"(?=[{''.join(sorted(openings(pattern)))}])(?:{pattern})")


def _choice(pattern: str, at: int) -> tuple[frozenset[str], bool, int]:
    """What alternatives can begin with, whether one can be empty, and where they end."""
    first: frozenset[str] = frozenset()
    empty = False
    while True:
        more, none, at = _sequence(pattern, at)
        first, empty = first | more, empty or none
        if pattern[at : at + 1] != "|":
            return first, empty, at
        at += 1


def _sequence(pattern: str, at: int) -> tuple[frozenset[str], bool, int]:
    first: frozenset[str] = frozenset()
    empty = True
    while at < len(pattern) and pattern[at] not in "|)":
        more, none, at, known = _one(pattern, at)
        repeated = _REPEATED.match(pattern, at)
        if repeated:
            none, at = none or bool(repeated["none"]), repeated.end()
        if empty:
            if not known:
                raise ValueError(f"{pattern!r} {_ANYTHING}")
            first, empty = first | more, none
    return first, empty, at


def _one(pattern: str, at: int) -> tuple[frozenset[str], bool, int, bool]:
    """A character, set, class, group or look: what it can begin with, whether it can be empty, where it ends, and
    whether what it begins with is known."""
    if pattern[at] == "[":
        found = _SET.match(pattern, at)
        assert found is not None
        members = frozenset().union(*(_members(each) for each in _MEMBER.finditer(found["of"])))
        return members, False, found.end(), not found["not"]
    if pattern[at] == "(":
        looks = bool(_LOOK.match(pattern, at))
        opening = _LOOK.match(pattern, at) or _OPEN.match(pattern, at)
        assert opening is not None
        if looks:
            return frozenset(), True, _closing(pattern, opening.end()), True
        first, empty, end = _choice(pattern, opening.end())
        return first, empty, end + 1, True
    if pattern[at] in "^$":
        return frozenset(), True, at + 1, True
    if pattern[at] == "\\":
        written = pattern[at : at + 2]
        known = written in _CLASSES or not written[1].isalnum()
        return frozenset({written}), written in (r"\b", r"\B"), at + 2, known
    return frozenset({re.escape(pattern[at])}), False, at + 1, pattern[at] != "."


def _members(found: re.Match[str]) -> frozenset[str]:
    low, high = found[1], found[2]
    if low and high:
        return frozenset(re.escape(chr(code)) for code in range(ord(low[-1]), ord(high[-1]) + 1))
    written = found.group()
    return frozenset({written if len(written) == 2 and written[1].isalnum() else re.escape(written[-1])})


def _closing(pattern: str, at: int) -> int:
    """Behind the bracket that closes the one opened before ``at``."""
    depth, in_set = 1, False
    while depth:
        character = pattern[at]
        if character == "\\":
            at += 1
        elif in_set:
            in_set = character != "]"
        else:
            in_set = character == "["
            depth += (character == "(") - (character == ")")
        at += 1
    return at
