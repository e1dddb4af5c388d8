"""What faults are put into: the published reports with their labels, and generated reports that know what they
state."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from assistant.figures.dossier import Dossier
from assistant.readers import read
from assistant.report import Paragraph, Report
from evals.claims import HERE, REPORTS
from evals.generate.reports import Made, generate
from evals.inject.base import Number, Sample

__all__ = ["generated", "numbers_of", "real"]


def real() -> Iterator[Sample]:
    """The published reports; none where they are not beside the checkout. Only numbers that are right and can be
    checked."""
    labels = [json.loads(line) for line in (HERE / "claims_real.jsonl").read_text(encoding="utf-8").splitlines()]
    for path in sorted(REPORTS.glob("*.txt")):
        report = _read(path)
        unit, _, year = path.stem.partition("_")
        earlier = REPORTS / f"{unit}_{int(year) - 1}.txt"
        mine = [label for label in labels if label["file"] == path.name]
        numbers = tuple(_labelled(report, path.read_text(encoding="utf-8"), label) for label in mine if _usable(label))
        yield Sample("real", Dossier(report, _read(earlier) if earlier.exists() else None), numbers)


@cache
def _read(path: Path) -> Report:
    return read(path)


def _usable(label: dict[str, Any]) -> bool:
    """Not what the label itself gives up: names that are counted, the same fact told in words far apart."""
    return bool(label["checkable"] and label["agrees"] and not label.get("missed")) and label["relation"] != "none"


def _labelled(report: Report, text: str, label: dict[str, Any]) -> Number:
    position = label["position"]
    line, start = text.count("\n", 0, position) + 1, text.rfind("\n", 0, position) + 1
    indent = len(text[start:]) - len(text[start:].lstrip())
    paragraph = next(each for each in _paragraphs(report) if each.source.line == line)
    at = position - start - indent
    readings = tuple(tuple(reading) for reading in label["says"])
    limit = bool(label.get("bound")) and label["relation"] in ("whole", "part")
    return Number(paragraph, at, at + len(label["value"]), label["relation"], readings, limit)


def _paragraphs(report: Report) -> Iterator[Paragraph]:
    yield from report.preamble
    for section in report.sections:
        yield from section.paragraphs


def generated(units: int, seed: int) -> Iterator[Sample]:
    """The second of two years' reports of each unit."""
    for made in generate(units, 2, seed):
        if made.previous:
            yield Sample("generated", Dossier(made.report, made.previous), tuple(numbers_of(made)))


def numbers_of(made: Made) -> Iterator[Number]:
    """The numbers that a generated report states."""
    for each in made.stated:
        section = made.report.section(each.section)
        assert section is not None
        yield Number(section.paragraphs[each.paragraph], each.start, each.end, each.said.relation, each.said.readings)
