"""The prose of a report: its paragraphs, each with the section it stands in and how people point at it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.language.sentences import sentences
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
        return next((s for offset, s in sentences(self.text) if offset <= place < offset + len(s)), self.text).strip()


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
