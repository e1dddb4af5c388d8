"""By which characters what a pattern finds can begin: at nearly every place of a text it need not be tried."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.patterns import PART, regex

__all__ = ["guarded", "openings"]

_MEMBER = regex(r"(\\?.)-(\\?.)|\\?.")
_NEARLY_ANYTHING = frozenset({"."})


@cache
def openings(pattern: str) -> frozenset[str]:
    """Characters that what ``pattern`` finds can begin with, or classes of them, as written between ``[`` and ``]``.

    Raises:
        ValueError: it can begin with nearly anything, or find nothing at all.
    """
    first, empty, _ = _choice(PART.finditer(pattern))
    if empty or first & _NEARLY_ANYTHING:
        raise ValueError(f"{pattern!r} can {'find nothing at all' if empty else 'begin with nearly anything'}")
    return first


@cache
def guarded(pattern: str) -> re.Pattern[str]:
    """A pattern of many alternatives that looks first at one character, whether any of them can begin with it."""
    return regex(lambda: f"(?=[{''.join(sorted(openings(pattern)))}])(?:{pattern})")


def _choice(parts: Iterator[re.Match[str]]) -> tuple[frozenset[str], bool, str | None]:
    """What alternatives can begin with, whether one can be empty, and what closed them."""
    first: frozenset[str] = frozenset()
    empty, at_start, kind = False, True, None
    for part in parts:
        kind = part.lastgroup
        if kind in ("open", "look", "unless"):
            more, none, closed = _choice(parts)
            if at_start and kind == "open":
                first, at_start = first | more, none or closed == "maybe"
        elif kind == "other":
            empty, at_start = empty or at_start, True
        elif kind in ("close", "maybe"):
            break
        elif at_start and kind == "spare":
            first |= _choice(PART.finditer(part["spare"]))[0]
        elif at_start and kind:
            first, at_start = first | _leading(part, kind), False
    return first, empty or at_start, kind


def _leading(part: re.Match[str], kind: str) -> frozenset[str]:
    """What a run of characters, a set or a class can begin with."""
    if kind in ("plain", "escaped"):
        return frozenset({re.escape(part[kind][0])})
    if kind == "set":
        return frozenset(map(re.escape, part[kind]))
    if kind == "members" and not part["not"]:
        return frozenset().union(*map(_members, _MEMBER.finditer(part[kind])))
    return frozenset({part[kind]}) if part[kind] in (r"\d", r"\s") else _NEARLY_ANYTHING


def _members(found: re.Match[str]) -> frozenset[str]:
    low, high = found[1], found[2]
    if low and high:
        return frozenset(re.escape(chr(code)) for code in range(ord(low[-1]), ord(high[-1]) + 1))
    written = found.group()
    return frozenset({written if len(written) == 2 and written[1].isalnum() else re.escape(written[-1])})
