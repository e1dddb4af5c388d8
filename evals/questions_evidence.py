"""Evidence of a question about text: the words that answer it, and whether what was found holds them.

A label names a document by its file, and in it the words (texts of our own) or line and sentence (published reports,
whose words stay out of this repository): ``{"file": "清源区_2023", "text": "…"}``, ``{"file": "宿迁市_2024", "line":
62, "sentence": 1}``. A list of labels in the place of one means that any of them will do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["FIRST", "SHARED", "Evidence", "Excerpt", "Retrieve", "evidence_of", "holds", "recall", "reciprocal_rank"]

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "reports"
FIRST = 5  # how many passages count as found: what a reader, or a prompt, takes in
_GRAM = 4  # characters; four Chinese characters in a row are rarely the same by chance
_ENOUGH = 0.7  # of the shorter text: a chunk that cuts the sentence in the middle does not hold it
_SENTENCE_END = re.compile(r"(?<=[。！？；])")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a document (``document``: the file's name without suffix): a passage found, or a label's words."""

    document: str
    text: str


Evidence = tuple[tuple[Excerpt, ...], ...]
"""What must be found, each as alternatives."""
Retrieve = Callable[[str], Sequence[Excerpt]]
"""A question → excerpts, best first."""


def evidence_of(case: dict[str, Any]) -> Evidence:
    """The labels of a case as words."""
    labels = (label if isinstance(label, list) else [label] for label in case.get("passages", ()))
    return tuple(tuple(_excerpt(one) for one in alternatives) for alternatives in labels)


def _excerpt(label: dict[str, Any]) -> Excerpt:
    words = label["text"] if "text" in label else _published(label["file"], label["line"], label["sentence"])
    return Excerpt(label["file"], words)


@cache
def _published(file: str, line: int, sentence: int) -> str:
    lines = (SHARED / f"{file}.txt").read_text(encoding="utf-8").split("\n")
    return [part for part in _SENTENCE_END.split(lines[line - 1]) if part.strip()][sentence - 1]


def holds(found: Excerpt, wanted: Excerpt) -> bool:
    """Whether one holds the other's words; spaces, punctuation and width do not count."""
    if found.document != wanted.document:
        return False
    a, b = _grams(found.text), _grams(wanted.text)
    return bool(a and b) and len(a & b) >= _ENOUGH * min(len(a), len(b))


@cache
def _grams(text: str) -> frozenset[str]:
    plain = re.sub(r"\W+", "", unicodedata.normalize("NFKC", text))
    return frozenset(plain[start : start + _GRAM] for start in range(len(plain) - _GRAM + 1))


def recall(found: Sequence[Excerpt], evidence: Evidence) -> float:
    """The share of the evidence that the first five hold."""
    held = [any(holds(one, wanted) for one in found[:FIRST] for wanted in alternatives) for alternatives in evidence]
    return sum(held) / len(held)


def reciprocal_rank(found: Sequence[Excerpt], evidence: Evidence) -> float:
    """1 / the place of the first of five that holds any evidence; 0 when none does."""
    wanted = [one for alternatives in evidence for one in alternatives]
    for rank, one in enumerate(found[:FIRST], start=1):
        if any(holds(one, words) for words in wanted):
            return 1 / rank
    return 0.0
