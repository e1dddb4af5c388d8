"""What is left of a checked file when many are summed up: a row."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from assistant.check import RULES, SEVERITIES, Cause, Checked, Severity, Unchecked
from assistant.render.console import count_summary
from assistant.report import Mark
from assistant.text import name_of

__all__ = ["Frequency", "SummaryRow", "frequencies", "link_from", "summary_row", "worst_rows"]


class SummaryRow(NamedTuple):
    """One file: what stands of what was found, by severity and by check, and the document made of it; or the error that
    kept it from being checked. ``gravest`` is the gravest that each check found, which may be less than it can find.
    ``causes`` (of several findings) and ``unchecked`` are there only where they were asked for."""

    file: str
    page: Path | None
    unit: str
    year: int | None
    counts: Mapping[str, int]
    codes: Mapping[str, int]
    gravest: Mapping[str, Severity]
    result: str
    failed: bool
    causes: tuple[Cause, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()

    def fails(self, threshold: Severity) -> bool:
        """Whether any finding that stands is at or above ``threshold``."""
        return any(self.counts[severity] for severity in SEVERITIES[: SEVERITIES.index(threshold) + 1])


class Frequency(NamedTuple):
    """A check: the gravest that it found, in how many reports it found something, and how often in all."""

    code: str
    title: str
    severity: Severity
    reports: int
    findings: int


def summary_row(item: Checked, page: Path | None = None, *, lists: bool = False) -> SummaryRow:
    """The row of a checked file, whose document is ``page``; with its causes and what was not checked, if ``lists``."""
    verdict = item.verdict
    listed = verdict if lists else None
    return SummaryRow(
        name_of(item.path),
        page,
        item.report.unit if item.report else "",
        item.report.year if item.report else None,
        verdict.counts if verdict else dict.fromkeys(SEVERITIES, 0),
        dict(sorted(Counter(finding.code for finding in verdict.standing).items())) if verdict else {},
        _gravest((finding.code, finding.severity) for finding in verdict.standing) if verdict else {},
        count_summary(verdict) if verdict else str(item.error),
        verdict is None,
        tuple(cause for cause in listed.causes if len(cause.findings) > 1) if listed else (),
        tuple(replace(each, mark=Mark()) for each in listed.unchecked) if listed else (),
    )


def link_from(place: Path, document: Path) -> str:
    """How a page at ``place`` links to a document: so that both can be moved together."""
    try:
        return quote(Path(os.path.relpath(document, place.parent)).as_posix())
    except ValueError:  # on another drive of Windows
        return document.resolve().as_uri()


def _gravest(found: Iterable[tuple[str, Severity]]) -> dict[str, Severity]:
    gravest: dict[str, Severity] = {}
    for code, severity in found:
        gravest[code] = min(severity, gravest.get(code, severity), key=SEVERITIES.index)
    return gravest


def frequencies(rows: Iterable[SummaryRow]) -> list[Frequency]:
    """The checks that found something: those of most reports first."""
    rows = list(rows)
    reports, findings = Counter[str](), Counter[str]()
    gravest = _gravest(each for row in rows for each in row.gravest.items())
    for row in rows:
        reports.update(row.codes.keys())
        findings.update(row.codes)
    told = (Frequency(code, RULES[code].title, gravest[code], reports[code], findings[code]) for code in reports)
    return sorted(told, key=lambda each: (-each.reports, -each.findings, each.code))


def worst_rows(rows: Iterable[SummaryRow], most: int) -> Iterator[SummaryRow]:
    """The reports with most errors, then most warnings."""
    graded = (row for row in rows if row.counts["error"] or row.counts["warning"])
    yield from sorted(graded, key=lambda row: (-row.counts["error"], -row.counts["warning"]))[:most]
