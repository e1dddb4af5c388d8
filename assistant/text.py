"""Small operations on text that several rooms need: cleaning what comes in, folding what is compared."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

from assistant.patterns import regex

__all__ = ["clean", "enumerator", "fold", "name_of", "printable"]

# Zero-width, bidi and tag characters can hide or reorder text; control characters can drive a terminal; what is no
# character at all cannot be written to XML or UTF-8.
_HIDDEN = regex(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f"
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
_ANSI = regex(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_ENUMERATOR = regex(r"^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．，,]|[（(]?\d{1,2}[）)、.．](?!\d))\s*")
# 一 and ⼀ look alike: pages made from PDF files have radicals in the place of characters, which nothing would find.
_RADICAL = regex("[\u2f00-\u2fd5]")
_RADICALS = {ord(sign): unicodedata.normalize("NFKC", sign) for sign in map(chr, range(0x2F00, 0x2FD6))}
_PUNCTUATION = regex(r"[\s\W_]+")


def clean(text: str) -> str:
    """Text without escape sequences, hidden characters and control characters, its radicals as characters; line breaks and
    tabs stay."""
    plain = _HIDDEN.sub("", _ANSI.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return plain.translate(_RADICALS) if _RADICAL.search(plain) else plain


def printable(text: str) -> str:
    """``clean`` on one line, for a terminal or a log."""
    return " ".join(clean(text).split())


def name_of(path: Path) -> str:
    """A file's name on one line; bytes of it that are no text are written out, since nothing could write them as
    text."""
    return " ".join(clean(path.name.encode("utf-8", "backslashreplace").decode()).splitlines())


def enumerator(text: str) -> str:
    """The leading number of a heading or label as written, e.g. ``一、`` or ``（三）``; empty when there is none."""
    found = _ENUMERATOR.match(text)
    return found.group().strip() if found else ""


@lru_cache(maxsize=8192)  # a report has few labels, and the same ones are folded for every cell
def fold(text: str) -> str:
    """What is left to compare of a label: width folded, leading number, blanks and punctuation dropped."""
    wide = unicodedata.normalize("NFKC", text)
    return _PUNCTUATION.sub("", _ENUMERATOR.sub("", wide))
