"""What a rule is made of: the dossier it looks at, the hits it yields, the findings that the engine makes of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from assistant.figures.claims import Claim, mark_of
from assistant.figures.dossier import NEEDS, Dossier
from assistant.form import Metric
from assistant.language.polarity import Polarity, Topic, statements
from assistant.language.prose import Prose
from assistant.lexicon import phrase
from assistant.report import Mark, Paragraph, Report
from assistant.text import fold

__all__ = [
    "ENTERED",
    "Finding",
    "Hit",
    "Rule",
    "Severity",
    "finding_of",
    "fingerprint_of",
    "hit_at",
    "hit_in",
    "hit_of",
    "hit_on",
    "mark_in",
    "matches_in",
    "rule",
]

Severity = Literal["error", "warning", "info"]


class Hit(NamedTuple):
    """What a rule yields. ``where`` names the cell or sentence as people would; ``anchor`` is the stable part of it
    that the fingerprint is made of (default: ``where``). ``severity`` overrides the rule's own. ``marks`` are the very
    cells and words, for output that shows the report itself; ``rests_on`` are metrics that it may be about beside them."""

    where: str
    message: str
    expected: str = ""
    actual: str = ""
    quote: str = ""
    severity: Severity | None = None
    anchor: str = ""
    marks: tuple[Mark, ...] = ()
    rests_on: frozenset[str] = frozenset()


class Finding(BaseModel):
    """A hit with what the engine stamps on it: code, severity, title, basis, fingerprint, and the id of its cause."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    severity: Severity
    title: str
    where: str
    quote: str
    message: str
    expected: str
    actual: str
    basis: str
    fingerprint: str
    cause: str = ""
    marks: tuple[Mark, ...] = Field((), exclude=True, repr=False)


class Rule(NamedTuple):
    """A check of the catalogue. Its docstring is its published page. ``outside`` is the module of another package that
    it is from, ``lacks`` what keeps it from ever running, ``gains`` what a dossier need not have, but part of the
    check does."""

    code: str
    title: str
    severity: Severity
    basis: str
    needs: tuple[str, ...]
    hits: Callable[[Dossier], Iterator[Hit]]
    gains: tuple[str, ...] = ()
    outside: str = ""
    lacks: str = ""

    @property
    def page(self) -> str:
        return (self.hits.__doc__ or "").strip()

    @property
    def needs_others(self) -> bool:
        """Whether it holds a report against the others of its set."""
        return not {"others", "parts"}.isdisjoint(self.needs)

    def missing(self, dossier: Dossier) -> tuple[str, ...]:
        """Names of what this rule needs and the dossier does not have."""
        if self.lacks:
            return (self.lacks,)
        return tuple(NEEDS[need][0] for need in self.needs if need in dossier.lacking)

    def partly_missing(self, dossier: Dossier) -> tuple[str, ...]:
        """Names of what part of this rule needs and the dossier does not have."""
        return tuple(NEEDS[need][0] for need in self.gains if need in dossier.lacking)


ENTERED: dict[str, Rule] = {}
"""Rules as their modules enter them; ``catalogue.RULES`` is for those who look for one."""


def rule(
    code: str,
    title: str,
    *,
    severity: Severity,
    basis: str = "",
    needs: tuple[str, ...] = (),
    gains: tuple[str, ...] = (),
) -> Callable[[Callable[[Dossier], Iterator[Hit]]], Callable[[Dossier], Iterator[Hit]]]:
    """Enter a generator of hits into the catalogue under ``code``.

    Raises:
        ValueError: another rule has the code already.
    """

    def enter(hits: Callable[[Dossier], Iterator[Hit]]) -> Callable[[Dossier], Iterator[Hit]]:
        if code in ENTERED:
            raise ValueError(f"检查编号 {code} 已由 {ENTERED[code].hits.__module__} 使用")
        ENTERED[code] = Rule(code, title, severity, basis, needs, hits, gains)
        return hits

    return enter


def fingerprint_of(*parts: str) -> str:
    """A short name that the same parts always get."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]


def finding_of(made_by: Rule, hit: Hit) -> Finding:
    """The finding of a hit. Its fingerprint has no numbers of paragraphs, pages and headings, so that it survives edits
    elsewhere; ``check`` tells findings apart that are otherwise the same."""
    place = phrase("cited", "place_in_file").sub("", hit.anchor) or fold(
        phrase("cited", "place_in_file").sub("", hit.where)
    )
    return Finding(
        code=made_by.code,
        severity=hit.severity or made_by.severity,
        title=made_by.title,
        where=hit.where,
        quote=hit.quote,
        message=hit.message,
        expected=hit.expected,
        actual=hit.actual,
        basis=made_by.basis,
        fingerprint=fingerprint_of(made_by.code, place, "".join(hit.quote.split()), hit.actual),
        marks=hit.marks,
    )


def hit_in(
    metric: Metric,
    message: str,
    expected: str,
    actual: str,
    *,
    anchor: str | None = None,
    severity: Severity | None = None,
) -> Hit:
    """A hit on a cell of a table; its anchor is the metric, unless one is given."""
    marks = (Mark(metric.id),)
    return Hit(metric.place, message, expected, actual, "", severity, metric.id if anchor is None else anchor, marks)


def hit_of(
    claim: Claim,
    message: str,
    expected: str,
    actual: str,
    *,
    anchor: str = "",
    severity: Severity | None = None,
    marks: Iterable[Mark] | None = None,
) -> Hit:
    """A hit on the number of a claim, or on ``marks`` where it is not the only one; its sentence is quoted."""
    places = (mark_of(claim),) if marks is None else tuple(marks)
    about = frozenset(metric for reading in claim.readings for metric in reading)
    return Hit(claim.spot.where, message, expected, actual, claim.spot.sentence, severity, anchor, places, about)


def hit_on(
    words: re.Match[str], paragraph: Prose, message: str, expected: str, actual: str = "", anchor: str = ""
) -> Hit:
    """A hit on the words of a match; the sentence around them is quoted."""
    return hit_at(words.start(), words.end(), paragraph, message, expected, actual or words.group(), anchor)


def hit_at(start: int, end: int, paragraph: Prose, message: str, expected: str, actual: str, anchor: str = "") -> Hit:
    """A hit on ``text[start:end]`` of a paragraph; the sentence around it is quoted."""
    quote, marks = paragraph.sentence_at(start), (mark_in(paragraph, start, end),)
    return Hit(paragraph.where, message, expected, actual, quote, anchor=anchor, marks=marks)


def mark_in(paragraph: Prose, start: int = 0, end: int | None = None) -> Mark:
    """A place in a paragraph: ``text[start:end]``, the whole of it unless told otherwise."""
    return Mark("", paragraph.paragraph, start, len(paragraph.text) if end is None else end)


def statements_in(report: Report, topic: Topic) -> Iterator[tuple[str, Mark, str, Polarity]]:
    """What the prose of the sections says of a matter: where it stands, its mark, the words, and whether it happened."""
    for where, paragraph in _of_sections(report):
        for found in statements(paragraph.text, topic, report.year):
            words = paragraph.text[found.start : found.end].strip()
            yield where, Mark("", paragraph, found.start, found.end), words, found.polarity


def matches_in(
    report: Report, words: re.Pattern[str] | Callable[[str], Iterable[re.Match[str]]]
) -> Iterator[tuple[str, Mark, re.Match[str]]]:
    """Each match in the prose of the sections: where it stands, its mark and the words."""
    find = words if callable(words) else words.finditer
    for where, paragraph in _of_sections(report):
        for found in find(paragraph.text):
            yield where, Mark("", paragraph, *found.span()), found


def _of_sections(report: Report) -> Iterator[tuple[str, Paragraph]]:
    for section in report.sections:
        yield from zip(section.places, section.paragraphs, strict=True)
