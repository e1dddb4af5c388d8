"""What a sentence changed in the note that it rests on, word by word: what stayed, what went, what came."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

__all__ = ["Piece", "marked", "pieces"]

Kind = Literal["same", "dropped", "added"]
_MARKS: dict[Kind, tuple[str, str]] = {"same": ("", ""), "dropped": ("［删：", "］"), "added": ("［增：", "］")}


class Piece(NamedTuple):
    """A run of words that both have (``same``), only the note (``dropped``) or only the sentence (``added``)."""

    kind: Kind
    text: str


def pieces(note: str, sentence: str) -> tuple[Piece, ...]:
    """The sentence in reading order with what went from the note where it stood; words are compared, not
    characters, for 开通 within 开展 is no change that a person sees."""
    before, after = _words(note), _words(sentence)
    return tuple(_pieces(before, after))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    for what, low, high, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece("same", "".join(after[start:end]))
            continue
        if low < high:
            yield Piece("dropped", "".join(before[low:high]))
        if start < end:
            yield Piece("added", "".join(after[start:end]))


def marked(told: tuple[Piece, ...]) -> str:
    """The pieces on one line for where there is no colour: 制度［删：建了］［增：已建立］。"""
    return "".join(f"{_MARKS[kind][0]}{text}{_MARKS[kind][1]}" for kind, text in told)


def _words(text: str) -> list[str]:
    import rjieba  # loads its dictionary: who shows no changes need not

    return list(rjieba.cut(text))
