"""The JSON of DESIGN: stable keys, numbers as strings of decimals."""

from __future__ import annotations

import json
import sys
from typing import Any

from assistant.check import Verdict
from assistant.report import Report
from assistant.rules import Rule

__all__ = ["dumps", "read_json", "rule_json", "verdict_json"]


def read_json(report: Report) -> dict[str, Any]:
    """What was understood of a report."""
    return {
        "file": report.file,
        "unit": report.unit,
        "year": report.year,
        "edition": report.edition,
        "title": report.title,
        "sections": [{"number": s.number, "title": s.title, "text": s.text} for s in report.sections],
        "figures": {metric: None if cell.value is None else f"{cell.value:f}" for metric, cell in report.cells.items()},
        "warnings": [f"{warning.source}：{warning.message}" for warning in report.warnings],
    }


def verdict_json(report: Report, verdict: Verdict) -> dict[str, Any]:
    """Findings, what was skipped, and how many there are of each severity."""
    return {
        "file": report.file,
        "unit": report.unit,
        "year": report.year,
        "findings": [finding.model_dump() for finding in verdict.findings],
        "skipped": [skipped.model_dump() for skipped in verdict.skipped],
        "counts": verdict.counts,
    }


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
