"""Generated reports some of which have a fault: at a stated rate, the same ones for the same seed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random
from typing import NamedTuple

from assistant.figures.dossier import Dossier
from assistant.report import Paragraph, Report
from evals.generate.reports import Made
from evals.inject.base import Fault, Sample, replaced
from evals.inject.cells import cell_faults, moved_cases
from evals.inject.numbers import number_faults
from evals.inject.samples import numbers_of
from evals.inject.texts import text_faults

__all__ = ["COPIED", "Faulty", "with_faults"]

COPIED = "copied_from_unit"
_KINDS = (cell_faults, moved_cases, number_faults, text_faults)
_SHORTEST_COPY = 60  # characters: what is shorter is no copy to anybody


class Faulty(NamedTuple):
    """A report as it is published: ``kind`` and ``told`` are empty where nothing is wrong with it."""

    report: Report
    kind: str = ""
    told: str = ""


def with_faults(reports: Iterable[Made], rate: float, seed: int) -> Iterator[Faulty]:
    """The reports, about a share ``rate`` of them with one fault each; the next year's follows the report as it was.

    The kind is drawn first, then the place: cells are many and would be all that is drawn. Besides the faults of one
    report there is the paragraph that was copied from another unit's.
    """
    other: Made | None = None
    for made in reports:
        random = Random(f"fault {seed} {made.unit.index} {made.report.year}")
        fault = _fault(made, other, random) if random.random() < rate else None
        yield fault or Faulty(made.report)
        if other is None or made.unit.index != other.unit.index:
            other = made


def _fault(made: Made, other: Made | None, random: Random) -> Faulty | None:
    sample = Sample("generated", Dossier(made.report, made.previous), tuple(numbers_of(made)))
    by_kind: dict[str, list[Fault]] = {}
    for faults in random.sample(_KINDS, 2):
        for fault in faults(sample):
            if not fault.impossible:
                by_kind.setdefault(fault.kind, []).append(fault)
    kinds = sorted(by_kind) + ([COPIED] if other and other.unit.index != made.unit.index else [])
    if not kinds:
        return None
    kind = random.choice(kinds)
    if kind == COPIED and other:
        return _copied(made, other, random)
    fault = random.choice(by_kind[kind])
    return Faulty(fault.report, fault.kind, fault.told)


def _copied(made: Made, other: Made, random: Random) -> Faulty | None:
    """A paragraph of section one or five of another unit's report in place of one's own."""
    mine, theirs = (
        [
            paragraph
            for section in each.report.sections
            if section.id in ("overview", "problems")
            for paragraph in section.paragraphs
            if not paragraph.heading and len(paragraph.text) >= _SHORTEST_COPY
        ]
        for each in (made, other)
    )
    if not mine or not theirs:
        return None
    old, new = random.choice(mine), random.choice(theirs)
    report = replaced(made.report, old, Paragraph(text=new.text))
    return Faulty(report, COPIED, f"{other.unit.name}：{new.text[:40]}")
