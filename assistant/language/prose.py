"""The prose of a report: its paragraphs, each with the section it stands in and how people point at it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from assistant.language.sentences import sentences
from assistant.report import Paragraph, Report

__all__ = ["Prose", "prose", "section_text"]


# No sentence of a report is as long. What is, is asked for at each of its thousand places: whole, it would take for ever.
_LONGEST, _AROUND = 2000, 200


@lru_cache(maxsize=64)  # rules ask for the sentences of one paragraph again and again
def _sentences_of(text: str) -> tuple[list[int], list[str]]:
    starts, found = [], []
    for start, sentence in sentences(text):
        starts.append(start)
        found.append(sentence)
    return starts, found


class Prose(NamedTuple):
    """One paragraph, the section it stands in (``preamble`` before the first) and how people point at it."""

    where: str
    section: str
    paragraph: Paragraph

    @property
    def text(self) -> str:
        return self.paragraph.text

    def sentence_at(self, place: int) -> str:
        """The sentence around a place; of one that no reader would take in at once, the words around it."""
        starts, found = _sentences_of(self.text)
        index = bisect_right(starts, place) - 1
        sentence = found[index] if index >= 0 and place < starts[index] + len(found[index]) else self.text
        if len(sentence) > _LONGEST:
            sentence = self.text[max(0, place - _AROUND) : place + _AROUND]
        return sentence.strip()


def prose(report: Report, *sections: str) -> Iterator[Prose]:
    """Paragraphs in reading order; of the named sections only, when any are named."""
    if not sections or "preamble" in sections:
        yield from (Prose("导语", "preamble", paragraph) for paragraph in report.preamble)
    for section in report.sections:
        if not sections or section.id in sections:
            title = f"{section.number}、{section.title}" if section.number else section.title
            for paragraph in section.paragraphs:
                line = f"·第{paragraph.source.line}行" if paragraph.source.line else ""
                yield Prose(f"{title}{line}", section.id or "", paragraph)


def section_text(report: Report, section_id: str) -> str | None:
    """The words of a section without blanks; ``None`` when the report has no such section."""
    section = report.section(section_id)
    return re.sub(r"\s+", "", section.text) if section else None
