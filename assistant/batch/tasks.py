"""What one process does with one report: read it and put it aside, later check it. All of it can be sent elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from assistant.batch.spool import fetched, put_aside, words_at
from assistant.check import Checked, Origin, Rule, check, selected
from assistant.errors import AssistantError, UnreadableReport
from assistant.figures.dossier import Dossier
from assistant.figures.report_set import Around, Sketch, beside, sketch
from assistant.logs import step
from assistant.readers import read

__all__ = [
    "Examined",
    "Finished",
    "Reading",
    "Taken",
    "examine",
    "lost_in_checking",
    "lost_in_reading",
    "take",
]


@dataclass(frozen=True, slots=True)
class Reading:
    """A file to read, and where to put the report that was read. ``compared`` asks for what the set compares."""

    path: Path
    aside: Path
    compared: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was read: what the set keeps of it, or the error that kept it from being read."""

    path: Path
    aside: Path
    digest: str = ""
    unit: str = ""
    year: int | None = None
    sketch: Sketch | None = None
    error: AssistantError | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """A report to check: where it and last year's were put aside, what the set tells of it, and where the reports that this
    speaks of were put (``asides``). ``whole`` asks for the report's words and the findings' places too, which only documents
    need. What is ``known`` already is only passed on; ``key`` is a digest of all the rest."""

    path: Path
    aside: Path
    key: str = ""
    previous: Path | None = None
    origin: Origin = "given"
    around: Around | None = None
    asides: Mapping[int, Path] = field(default_factory=dict)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    whole: bool = True
    known: Checked | None = None


class Finished(NamedTuple):
    """A result, and the key of all that it depends on: empty where it is not to be kept."""

    key: str
    checked: Checked


def take(job: Reading) -> Taken:
    """Read a file; the report itself goes to the disk."""
    try:
        report = read(job.path)
    except AssistantError as error:
        return Taken(job.path, job.aside, error=error)
    digest = put_aside(report, job.aside, words=job.compared)
    return Taken(job.path, job.aside, digest, report.unit, report.year, sketch(report, paragraphs=job.compared))


def examine(job: Examined) -> Finished:
    """Check a report that was put aside."""
    if job.known:
        return Finished("", job.known)
    assert job.around is not None
    previous = fetched(job.previous) if job.previous else None
    report = fetched(job.aside)
    rules = _rules(job.select, job.ignore)
    with step("rules", job.path) as told:
        others = beside(report, job.around, lambda place: words_at(job.asides[place.report])[place.paragraph])
        verdict = check(Dossier(report, previous, others), rules, previous_from=job.origin)
        told["findings"] = len(verdict.findings)
    # The read-only view that a verdict has of no decisions cannot be sent to another process.
    checked = Checked(job.path, report, verdict.model_copy(update={"decisions": {}}))
    return Finished(job.key, checked if job.whole else _light(checked))


def lost_in_reading(job: Reading) -> Taken:
    return Taken(job.path, job.aside, error=_lost(job.path))


def lost_in_checking(job: Examined) -> Finished:
    return Finished("", Checked(job.path, error=_lost(job.path)))


@lru_cache(maxsize=1)
def _rules(select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[Rule, ...]:
    return selected(select, ignore)


def _light(checked: Checked) -> Checked:
    """Without the report's words and the findings' places in them: a tenth of the size."""
    assert checked.report and checked.verdict
    nothing: dict[str, object] = {"preamble": (), "sections": (), "closing": (), "cells": {}, "tables": ()}
    findings = tuple(finding.model_copy(update={"marks": ()}) for finding in checked.verdict.findings)
    return replace(
        checked,
        report=checked.report.model_copy(update=nothing),
        verdict=checked.verdict.model_copy(update={"findings": findings}),
    )


def _lost(path: Path) -> UnreadableReport:
    return UnreadableReport(
        "处理这份报告的进程意外结束（可能是内存不足）", where=str(path), help="请单独检查这份报告，或用 --jobs 1 再试。"
    )
