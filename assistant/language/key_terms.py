"""Names and terms that a text has with one character wrong: 中华人民共合国, 区攻府, 法律法归.

Likeness finds them, no list of slips: a stretch of the term's length that differs from it in one character. What is a word
of the dictionary instead is another term (行政复核 is no slip of 行政复议). A *fixed* name has no such neighbours but at its
ends: 中国特设社会主义 is a slip, though 特设 is a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from assistant.lexicon.data import load

__all__ = ["Slip", "Term", "near_misses", "terms"]

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


@cache
def terms() -> tuple[Term, ...]:
    """The names and terms of the trade that are looked for in every report."""
    return tuple(
        Term(entry["words"], frozenset(entry["but"]), entry.get("fixed", False)) for entry in load("slips")["term"]
    )


def near_misses(text: str, known: Sequence[Term]) -> Iterator[Slip]:
    """Each place where ``text`` has a term of at least four characters with exactly one of them wrong.

    One look at each pair of characters: of a term with one wrong character the first two or the last two are there.
    """
    index = _index(tuple(known))
    for place in range(len(text) - 1):
        for term, offset in index.get(text[place : place + 2], ()):
            start = place - offset
            end = start + len(term.words)
            if start >= 0 and end <= len(text):
                wrong = _one_wrong(text, start, term.words)
                if wrong >= 0 and (offset == 0 or wrong < 2) and _is_slip(text, start, end, start + wrong, term):
                    yield Slip(start, end, term)


@cache
def _index(known: tuple[Term, ...]) -> dict[str, list[tuple[Term, int]]]:
    """Terms by their first two and by their last two characters, with how far those stand behind the term's start."""
    found: dict[str, list[tuple[Term, int]]] = {}
    for term in known:
        if len(term.words) >= _SHORTEST:
            for offset in (0, len(term.words) - 2):
                found.setdefault(term.words[offset : offset + 2], []).append((term, offset))
    return found


def _one_wrong(text: str, start: int, words: str) -> int:
    """Which character of the term is another in the text; −1 when none is, or more than one."""
    wrong = -1
    for at, character in enumerate(words):
        if text[start + at] != character:
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
    """Whether the character is part of a word of the dictionary: with one of the term (自律法规, 政策解答), or as the sentence
    is cut (政府网累计 is no slip of 政府网站)."""
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
