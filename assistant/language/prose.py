"""The prose of a report: its paragraphs, each with the section it stands in and how people point at it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from assistant.language.sentences import LONGEST_SENTENCE, sentences
from assistant.report import Paragraph, Report, place_names

__all__ = ["Prose", "prose", "section_text"]


class Prose(NamedTuple):
    """One paragraph, the section it stands in (``preamble`` before the first) and how people point at it."""

    where: str
    section: str
    paragraph: Paragraph

    @property
    def text(self) -> str:
        return self.paragraph.text

    def sentence_at(self, place: int) -> str:
        """The sentence around a place; of what is too long for a sentence, the words around it."""
        starts = _starts(self.text)
        at = bisect_right(starts, place) - 1
        begin, end = starts[at], starts[at + 1] if at + 1 < len(starts) else len(self.text)
        if end - begin > LONGEST_SENTENCE:
            begin, end = max(begin, place - _AROUND), min(end, place + _AROUND)
        return self.text[begin:end].strip()


_AROUND = 40


@lru_cache(maxsize=64)  # every hit of a paragraph asks for its sentence
def _starts(text: str) -> tuple[int, ...]:
    return tuple(offset for offset, _ in sentences(text)) or (0,)


def prose(report: Report, *sections: str) -> Iterator[Prose]:
    """Paragraphs in reading order; of the named sections only, when any are named."""
    if not sections or "preamble" in sections:
        for where, paragraph in zip(place_names("导语", report.preamble), report.preamble, strict=True):
            yield Prose(where, "preamble", paragraph)
    for section in report.sections:
        if not sections or section.id in sections:
            for where, paragraph in zip(section.places, section.paragraphs, strict=True):
                yield Prose(where, section.id or "", paragraph)


def section_text(report: Report, section_id: str) -> str | None:
    """The words of a section without blanks; ``None`` when the report has no such section."""
    section = report.section(section_id)
    return re.sub(r"\s+", "", section.text) if section else None
