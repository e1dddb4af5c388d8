"""The JSON of DESIGN: stable keys, numbers as strings of decimals."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from assistant.language.report_kinds import kind_of

if TYPE_CHECKING:
    from assistant.check import Finding, LastYear, Rule, Unchecked, Verdict
    from assistant.report import Report

__all__ = ["dumps", "read_json", "rule_json", "verdict_json"]


def read_json(report: Report) -> dict[str, Any]:
    """What was understood of a report."""
    return {
        "file": report.file,
        "unit": report.unit,
        "year": report.year,
        "edition": report.edition,
        "kind": kind_of(report).id,
        "title": report.title,
        "sections": [{"number": s.number, "title": s.title, "text": s.text} for s in report.sections],
        "figures": {metric: None if cell.value is None else f"{cell.value:f}" for metric, cell in report.cells.items()},
        "doubtful": list(report.doubtful),
        "warnings": [f"{warning.source}：{warning.message}" for warning in report.warnings],
    }


def verdict_json(report: Report, verdict: Verdict) -> dict[str, Any]:
    """Findings and their causes, the numbers that nothing could be compared with, notes of the reading, what was
    skipped, how many findings stand of each severity and how many were dismissed, and last year's report: where it came
    from is ``given``, ``files`` or ``library``."""
    return {
        "file": report.file,
        "unit": report.unit,
        "year": report.year,
        "previous": _previous_json(verdict.previous) if verdict.previous else None,
        "findings": [_finding_json(finding, verdict) for finding in verdict.findings],
        "causes": [{**cause._asdict(), "findings": list(cause.findings)} for cause in verdict.causes],
        "unchecked": [_unchecked(each) for each in verdict.unchecked],
        **({"read_by_model": [_unchecked(each) for each in verdict.read_by_model]} if verdict.read_by_model else {}),
        "notes": [f"{warning.source}：{warning.message}" for warning in report.warnings],
        "skipped": [skipped.model_dump() for skipped in verdict.skipped],
        "counts": verdict.counts,
        "dismissed": len(verdict.findings) - sum(verdict.counts.values()),
    }


def _unchecked(number: Unchecked) -> dict[str, Any]:
    return {"where": number.where, "text": number.text, "quote": number.quote}


def _previous_json(previous: LastYear) -> dict[str, Any]:
    return {"file": previous.file, "unit": previous.unit, "year": previous.year, "from": previous.origin}


def _finding_json(finding: Finding, verdict: Verdict) -> dict[str, Any]:
    """A finding; ``review`` only where a person has decision_text."""
    decision = verdict.decisions.get(finding.fingerprint)
    if decision is None:
        return finding.model_dump()
    return {**finding.model_dump(), "review": decision.model_dump(include={"decision", "reason", "by"})}


def rule_json(entry: Rule) -> dict[str, Any]:
    return {
        "code": entry.code,
        "title": entry.title,
        "severity": entry.severity,
        "basis": entry.basis,
        "needs": list(entry.needs),
        "page": entry.page,
    }


def dumps(value: Any, *, indent: int | None = 1) -> str:
    """JSON text; plain ASCII where the console cannot print Chinese, so that it stays valid JSON."""
    plain = (sys.stdout.encoding or "ascii").lower().replace("-", "") not in ("utf8", "utf16", "gb18030")
    return json.dumps(value, ensure_ascii=plain, indent=indent)
