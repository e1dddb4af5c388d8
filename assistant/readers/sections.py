"""Finding the six parts of a report by the words of their headings, with or without numbers."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz, process

from assistant.form import SECTIONS, SectionTitle
from assistant.text import enumerator, fold

__all__ = ["heading_number", "is_subheading", "section_of", "split_number", "without_number"]

_LONGEST_HEADING = 45
_SENTENCE = re.compile(r"[。！？!?]|[，,；;].{12,}")
_NUMBER = re.compile(
    r"^\s*(?:第\s*([一二三四五六七八九十]|\d)\s*(?:部分|章|节)\s*[、：:]?|([一二三四五六七八九十]{1,3})\s*[、.．，,])\s*"
)
# How items of a part are numbered, and the parts themselves in some reports.
_LOOSE_NUMBER = re.compile(r"^\s*[（(]?([一二三四五六七八九十]{1,3}|\d{1,2})(?:[）)]|\s*[、.．，,]|\s)\s*(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d{2}\s*年度?")
_SUBHEADING = re.compile(r"^\s*[（(][一二三四五六七八九十]{1,3}[）)]")
# A bare line must be nearly a title to be taken for one; a numbered one may stray further.
_ALIKE_NUMBERED, _ALIKE_BARE = 66, 86


@cache
def _titles() -> dict[str, SectionTitle]:
    return {fold(title): section for section in SECTIONS for title in (section.title, *section.aliases)}


def heading_number(text: str) -> str:
    """The Chinese number a top-level heading opens with (一, 二 …), as written; empty when it has none."""
    found = _NUMBER.match(text)
    return found[1] or found[2] if found else ""


def split_number(text: str) -> tuple[str, str]:
    """Number and title of a heading numbered in any way: 1、 1. （一） (1) 01; no number when there is none."""
    found = _LOOSE_NUMBER.match(text)
    return (found[1], text[found.end() :].strip()) if found else ("", text)


def without_number(text: str) -> str:
    """A heading without its number and without a full stop behind it."""
    return _NUMBER.sub("", text).strip().rstrip("。：:")


def is_subheading(text: str, level: int = 0) -> bool:
    """A short line （一）… or one the format marks as a lower heading."""
    return (
        len(text) <= _LONGEST_HEADING and not _SENTENCE.search(text) and (level >= 3 or bool(_SUBHEADING.match(text)))
    )


def section_of(text: str, level: int = 0) -> SectionTitle | None:
    """The form's section that a line is the heading of; ``None`` for prose, sub-headings and table rows."""
    if heading_number(text) or level:
        text = text.rstrip("。：: ")  # a full stop behind a numbered heading does not make it a sentence
    if len(text) > _LONGEST_HEADING or _SENTENCE.search(_NUMBER.sub("", text)) or _SUBHEADING.match(text):
        return None
    key = fold(_YEAR.sub("", _NUMBER.sub("", text)))
    if not key or (enumerator(text) and not heading_number(text)):
        return None
    numbered = bool(heading_number(text)) or level in (1, 2)
    least = _ALIKE_NUMBERED if numbered else _ALIKE_BARE
    found = process.extractOne(key, _titles().keys(), scorer=fuzz.ratio, score_cutoff=least)
    return _titles()[found[0]] if found else None
