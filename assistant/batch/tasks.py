"""What one process does with one report: read it and put it aside, later check it. All of it can be sent elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from assistant.batch.spool import Aside, load_report, load_words, spool_report
from assistant.check import Checked, Origin, Rule, check, selected
from assistant.errors import AssistantError, UnreadableReport
from assistant.figures.dossier import Dossier
from assistant.figures.report_set import Around, Sketch, beside, sketch
from assistant.logs import step
from assistant.readers import read
from assistant.readers.folders import where_of
from assistant.report import Mark
from assistant.settings import settings

__all__ = [
    "CheckResult",
    "CheckTask",
    "ReadFile",
    "ReadTask",
    "crashed_check",
    "crashed_read",
    "read_and_spool",
    "run_check",
]


class ReadTask(NamedTuple):
    """A file to read, and where to put the report that was read, ``None`` to keep it in memory. ``compared`` asks for
    what the set compares. What is ``known`` already is not read."""

    path: Path
    spooled: Path | None
    compared: bool
    known: ReadFile | None = None


class ReadFile(NamedTuple):
    """A file that was read: the report, what the set keeps of it, or the error that kept it from being read."""

    path: Path
    spooled: Aside | None
    digest: str = ""
    unit: str = ""
    year: int | None = None
    sketch: Sketch | None = None
    error: AssistantError | None = None


@dataclass(frozen=True, slots=True)
class CheckTask:
    """A report to check: where it and last year's were put aside, what the set tells of it, and where the reports that
    this speaks of were put (``neighbours``). ``whole`` asks for the report's words and the findings' places too, which
    only documents need. What is ``known`` already is not checked; ``key`` is a digest of all the rest."""

    path: Path
    spooled: Aside | None
    key: str = ""
    previous: Aside | None = None
    origin: Origin = "given"
    around: Around | None = None
    neighbours: Mapping[int, Path] = field(default_factory=dict)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    whole: bool = True
    known: CheckResult | None = None


class CheckResult(NamedTuple):
    """A result, and the key of all that it depends on: empty where it is not to be kept."""

    key: str
    checked: Checked


def read_and_spool(job: ReadTask) -> ReadFile:
    """Read a file; the report itself goes to the disk, where there is a place for it."""
    try:
        report = read(job.path)
    except AssistantError as error:
        error.where = error.where.replace(str(job.path), where_of(job.path))
        return ReadFile(job.path, job.spooled, error=error)
    kept = sketch(report, paragraphs=job.compared)
    if job.spooled is None:
        return ReadFile(job.path, report, "", report.unit, report.year, kept)
    digest = spool_report(report, job.spooled, kept=kept if job.compared else None)
    return ReadFile(job.path, job.spooled, digest, report.unit, report.year, kept)


def run_check(job: CheckTask) -> CheckResult:
    """Check a report that was put aside."""
    assert job.around is not None and job.spooled is not None
    previous = load_report(job.previous) if job.previous else None
    report = load_report(job.spooled)
    rules = _rules(job.select, job.ignore)
    with step("rules", job.path) as record:
        others = beside(report, job.around, lambda place: load_words(job.neighbours[place.report])[place.paragraph])
        verdict = check(Dossier(report, previous, others), rules, previous_from=job.origin)
        record["findings"] = len(verdict.findings)
    # The read-only view that a verdict has of no decisions cannot be sent to another process.
    checked = Checked(job.path, report, verdict.model_copy(update={"decisions": {}}))
    return CheckResult(job.key, checked if job.whole else _light(checked))


def crashed_read(job: ReadTask) -> ReadFile:
    return ReadFile(job.path, job.spooled, error=_lost(job.path))


def crashed_check(job: CheckTask) -> CheckResult:
    return CheckResult("", Checked(job.path, error=_lost(job.path)))


@lru_cache(maxsize=1)
def _rules(select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[Rule, ...]:
    return selected(select, ignore)


def _light(checked: Checked) -> Checked:
    """Without the report's words and the findings' places in them: a tenth of the size."""
    assert checked.report and checked.verdict
    nothing: dict[str, object] = {"preamble": (), "sections": (), "closing": (), "cells": {}, "tables": ()}
    findings = tuple(finding.model_copy(update={"marks": ()}) for finding in checked.verdict.findings)
    unchecked = tuple(replace(each, mark=Mark()) for each in checked.verdict.unchecked)
    return checked._replace(
        report=checked.report.model_copy(update=nothing),
        verdict=checked.verdict.model_copy(update={"findings": findings, "unchecked": unchecked}),
    )


def _lost(path: Path) -> UnreadableReport:
    return UnreadableReport(
        f"处理这份报告的进程意外结束（可能是内存不足），或者{settings().report_seconds:g}秒没有结果",
        where=where_of(path),
        help="请单独检查这份报告，或用 --jobs 1 再试；需要更久的，调高 ASSISTANT_REPORT_SECONDS。",
    )
