"""The prose of a report for rules that read it: its paragraphs with their place, and hits on words of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.figures.spans import sentences
from assistant.report import Paragraph, Report
from assistant.rules.base import Hit, Mark

__all__ = ["Passage", "passages", "section_text"]


class Passage(NamedTuple):
    """One paragraph, the section it stands in (``preamble`` before the first) and how people point at it."""

    where: str
    section: str
    paragraph: Paragraph

    @property
    def text(self) -> str:
        return self.paragraph.text

    def hit(self, found: re.Match[str], message: str, expected: str, actual: str = "", anchor: str = "") -> Hit:
        """A hit on the words of a match; the sentence around them is quoted."""
        return self.hit_at(found.start(), found.end(), message, expected, actual or found.group(), anchor)

    def hit_at(self, start: int, end: int, message: str, expected: str, actual: str, anchor: str = "") -> Hit:
        """A hit on ``text[start:end]``."""
        mark = Mark("", self.paragraph, start, end)
        return Hit(self.where, message, expected, actual, self.sentence_at(start), anchor=anchor, marks=(mark,))

    def sentence_at(self, place: int) -> str:
        return next((s for offset, s in sentences(self.text) if offset <= place < offset + len(s)), self.text).strip()


def passages(report: Report, *sections: str) -> Iterator[Passage]:
    """Paragraphs in reading order; of the named sections only, when any are named."""
    if not sections or "preamble" in sections:
        yield from (Passage("导语", "preamble", paragraph) for paragraph in report.preamble)
    for section in report.sections:
        if not sections or section.id in sections:
            title = f"{section.number}、{section.title}" if section.number else section.title
            for paragraph in section.paragraphs:
                line = f"·第{paragraph.source.line}行" if paragraph.source.line else ""
                yield Passage(f"{title}{line}", section.id or "", paragraph)


def section_text(report: Report, section_id: str) -> str | None:
    """The words of a section without blanks; ``None`` when the report has no such section."""
    section = report.section(section_id)
    return re.sub(r"\s+", "", section.text) if section else None
