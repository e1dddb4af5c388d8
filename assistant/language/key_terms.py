"""Names and terms that a text has with one character wrong: 中华人民共合国, 区攻府, 法律法归.

Likeness finds them, no list of slips: a stretch of the term's length that differs from it in one character. What is a
word of the dictionary instead is another term (行政复核 is no slip of 行政复议). A *fixed* name has no such neighbours
but at its
ends: 中国特设社会主义 is a slip, though 特设 is a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from assistant.lexicon.data import load

__all__ = ["Index", "Slip", "Term", "index_of", "key_terms", "near_misses"]

# Characters that are words by themselves: 财政均公开 is no slip of 政务公开.
_WORDS = frozenset(load("doubled")["words_by_themselves"])
_SHORTEST = 4  # a shorter term shares half of itself with too many others
_LONGEST_WORD = 4
_AROUND = 6  # characters beside a term that decide how it is cut into words
_END = 2  # characters at either end of a fixed name that may as well belong to what stands beside it


class Term(NamedTuple):
    """A name or term; ``but`` are variants that are right, ``fixed`` that nothing like it is ever meant instead."""

    words: str
    but: frozenset[str] = frozenset()
    fixed: bool = False


class Slip(NamedTuple):
    """Where a text has a term with one character wrong."""

    start: int
    end: int
    term: Term


class Index(NamedTuple):
    """Terms by their first two and by their last two characters, each with how far those stand behind the term's
    start; and a pattern of all such pairs."""

    terms: dict[str, list[tuple[Term, int]]]
    pairs: re.Pattern[str]


@cache
def key_terms() -> Index:
    """The names and terms of the trade that are looked for in every report."""
    return index_of(
        Term(entry["words"], frozenset(entry["but"]), entry.get("fixed", False)) for entry in load("slips")["term"]
    )


def index_of(known: Iterable[Term]) -> Index:
    """What ``near_misses`` looks for; terms of less than four characters are left out."""
    found: dict[str, list[tuple[Term, int]]] = {}
    behind: dict[str, str] = {}
    for term in known:
        if len(term.words) >= _SHORTEST:
            for offset in (0, len(term.words) - 2):
                pair = term.words[offset : offset + 2]
                first, second = pair[0], pair[1]
                found.setdefault(pair, []).append((term, offset))
                behind[first] = behind.get(first, "") + second
    opening = re.escape("".join(behind))  # names of units are other people's words
    pairs = "|".join(f"{re.escape(first)}[{re.escape(seconds)}]" for first, seconds in behind.items())
    return Index(found, re.compile(f"(?=[{opening}])(?=({pairs}))" if pairs else "(?!)"))


def near_misses(text: str, known: Index) -> Iterator[Slip]:
    """Each place where ``text`` has a term with exactly one character wrong.

    Of such a term the first two or the last two characters are there; most places have neither.
    """
    for pair in known.pairs.finditer(text):
        for term, offset in known.terms[pair[1]]:
            start = pair.start() - offset
            if start < 0 or text.startswith(term.words, start):
                continue
            end = start + len(term.words)
            if not _may_be(text, start, end, term.words, offset):
                continue
            wrong = _one_wrong(text[start:end], term.words)
            if wrong >= 0 and (offset == 0 or wrong < 2) and _is_slip(text, start, end, start + wrong, term):
                yield Slip(start, end, term)


def _may_be(text: str, start: int, end: int, words: str, offset: int) -> bool:
    """Whether two more characters do not rule a place out: nearly all places are."""
    if end > len(text):
        return False
    if offset:
        return text[start] == words[0] or text[start + 1] == words[1]
    return text[end - 1] == words[-1] or text[start + 2] == words[2]


def _one_wrong(written: str, words: str) -> int:
    """Which character of the term is another in what is written; −1 when none is, or more than one."""
    wrong = -1
    for at, (mine, right) in enumerate(zip(written, words, strict=True)):
        if mine != right:
            if wrong >= 0:
                return -1
            wrong = at
    return wrong


def _is_slip(text: str, start: int, end: int, at: int, term: Term) -> bool:
    if not "\u4e00" <= text[at] <= "\u9fff" or text[start:end] in term.but:
        return False
    if term.fixed and start + _END <= at < end - _END:
        return True
    return text[at] not in _WORDS and not _in_a_word(text, start, end, at)


def _in_a_word(text: str, start: int, end: int, at: int) -> bool:
    """Whether the character is part of a word of the dictionary: with one of the term (自律法规, 政策解答), or as the
    sentence is cut (政府网累计 is no slip of 政府网站)."""
    import rjieba  # loads its dictionary: most reports have nothing to ask it

    for first in range(max(0, at - _LONGEST_WORD + 1), at + 1):
        for last in range(max(first + 2, at + 1), min(len(text), first + _LONGEST_WORD) + 1):
            shared = min(last, end) - max(first, start)
            if shared >= 2 and rjieba.has_word(text[first:last]):
                return True
    place = max(0, start - _AROUND)
    for word in rjieba.cut(text[place : end + _AROUND], hmm=False):
        if place <= at < place + len(word):
            return len(word) > 1
        place += len(word)
    return False
