"""Made-up offices with their notes, in full sentences and as people jot them down, their figures of two years and last
year's words; a JSON file each. For judging what is drafted, and for measuring what the library brings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assistant.drafting.office import Entry, OfficeData, OwnFigure, Point
from assistant.drafting.workbook.layout import address_of
from assistant.form import EDITION_2021
from assistant.readers import report_from_text
from assistant.report import Cell, Report
from evals.workbooks import Handed

__all__ = ["office", "offices"]

_HERE = Path(__file__).parent


def offices(notes: str = "points") -> Iterator[Handed]:
    """Every office of this folder; ``notes`` are ``points`` (sentences) or ``jotted``."""
    for path in sorted(_HERE.glob("*.json")):
        yield office(json.loads(path.read_text(encoding="utf-8")), notes)


def office(told: Mapping[str, Any], notes: str = "points") -> Handed:
    """What an office hands in, and last year's report with its figures."""
    cells = _cells(told["cells"])
    own = tuple(
        OwnFigure(name=name, value=Decimal(str(value)), unit=unit, source="台账", part=part, address=f"其他数据!B{n}")
        for n, (name, value, unit, part) in enumerate(told["own"], start=2)
    )
    data = OfficeData(
        unit=told["unit"],
        year=told["year"],
        level=told["level"],
        signed_on=date.fromisoformat(told["signed_on"]),
        phone=told.get("phone", ""),
        website=told.get("website", ""),
        cells=MappingProxyType({m: Entry(value=value, address=address_of(m)) for m, value in cells.items()}),
        own=own,
        points=MappingProxyType(
            {
                part: tuple(Point(text=text, address=f"工作要点!B{n}") for n, text in enumerate(texts, start=2))
                for part, texts in told[notes].items()
            }
        ),
    )
    return Handed(data, _last_year(told), told.get("previous", ""))


def _last_year(told: Mapping[str, Any]) -> Report | None:
    if "previous" not in told:
        return None
    report = report_from_text(told["previous"], f"{told['unit']}_{told['year'] - 1}.md")
    cells = {metric: Cell(raw=f"{value:f}", value=value) for metric, value in _cells(told["last_cells"]).items()}
    return report.model_copy(update={"cells": MappingProxyType(cells)})


def _cells(told: Mapping[str, float]) -> dict[str, Decimal]:
    """All cells of the form: nought where nothing is told, the totals of table three added up."""
    cells = dict.fromkeys(EDITION_2021.metrics, Decimal(0))
    cells |= {metric: Decimal(str(value)) for metric, value in told.items()}
    for row in EDITION_2021.table("requests").rows:
        columns = (metric for metric in told if metric.rpartition(".")[0] == f"requests.{row.id}")
        cells[f"requests.{row.id}.total"] = sum((cells[metric] for metric in columns), Decimal(0))
    return cells
