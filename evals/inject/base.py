"""A report that faults are put into, and what one fault is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from assistant.figures.dossier import Dossier
from assistant.report import Paragraph, Report

__all__ = ["Fault", "Number", "Sample", "agrees", "replaced", "value_of"]

_NUMERAL = re.compile(r"(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<scale>[万亿]?)(?P<over>[余多]?)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the prose that can be checked. ``relation``: value, last (last year's), yoy, change, share, whole,
    part, again. ``readings`` are the sums of metrics that a reader may take it for; ``limit`` where parts may fall
    short of their whole."""

    paragraph: Paragraph
    start: int
    end: int
    relation: str
    readings: tuple[tuple[str, ...], ...] = ()
    limit: bool = False

    @property
    def text(self) -> str:
        return self.paragraph.text[self.start : self.end]


@dataclass(frozen=True, eq=False)  # by identity: what was said of it before is remembered
class Sample:
    """A report as it is before the fault; ``half`` is real or generated."""

    half: str
    dossier: Dossier
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Fault:
    """One report with one fault. A finding tells it when it is new and marks one of ``metrics`` or the place in
    ``paragraph``, or has one of ``codes``. ``before`` is the place as it was; ``figures_only`` when no word was
    changed; ``impossible`` is why nobody could tell."""

    kind: str
    report: Report
    told: str
    metrics: frozenset[str] = frozenset()
    before: tuple[Paragraph, int, int] | None = None
    after: tuple[Paragraph, int, int] | None = None
    codes: tuple[str, ...] = ()
    figures_only: bool = False
    impossible: str = field(default="", compare=False)


def replaced(report: Report, old: Paragraph, new: Paragraph | None) -> Report:
    """The report with one paragraph, known by identity, in place of another; ``None`` leaves it out."""

    def swapped(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
        return tuple(new if each is old and new else each for each in paragraphs if each is not old or new)

    return report.model_copy(
        update={
            "preamble": swapped(report.preamble),
            "closing": swapped(report.closing),
            "sections": tuple(
                section.model_copy(update={"paragraphs": swapped(section.paragraphs)})
                if any(each is old for each in section.paragraphs)
                else section
                for section in report.sections
            ),
        }
    )


def value_of(dossier: Dossier, reading: Sequence[str], suffix: str = "") -> Decimal | None:
    """The sum of a reading in 件 or, for fees, 元."""
    values = [dossier.book.value(metric + suffix) for metric in reading]
    if any(value is None for value in values):
        return None
    total = sum((value for value in values if value is not None), Decimal(0))
    return total * 10000 if reading[0] == "disclosure.fees.amount" else total


def agrees(text: str, value: Decimal) -> bool:
    """Whether ``text`` is a right way to write a value: exactly, rounded to 万, or 余 more than a round number."""
    found = _NUMERAL.match(text)
    if found is None:
        return False
    digits = found["digits"].replace(",", "")
    scale = {"": 1, "万": 10**4, "亿": 10**8}[found["scale"]]
    written = Decimal(digits) * scale
    step = Decimal(1).scaleb(-len(digits.partition(".")[2])) * scale
    if found["over"]:
        while written and written % (step * 10) == 0:
            step *= 10
        return written <= value < written + step
    return written == value or (step > 1 and (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step == written)
