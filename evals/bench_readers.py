"""How many reports one warm process reads in a second, by format. ``python -m evals.bench_readers``.

Processor time, so that other work on the machine counts little; the median of ``ROUNDS``. Formats that are read in a
process of their own (PDF, scans) are not here: they are measured as whole commands in ``evals.bench``.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from assistant.readers import read
from assistant.report import Cell, Report
from evals.readers import sources
from evals.renderings import RENDERINGS, Rendering, write

ROUNDS = 7
_OWN_PROCESS = (".pdf", ".png", ".jpg")


def rates() -> dict[str, float]:
    """Reports a second by name of the rendering, over the corpus and the published reports where these are there."""
    reports = [read(path) for path in sources()]
    formats = [rendering for rendering in RENDERINGS.values() if rendering.suffix not in _OWN_PROCESS]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
        return {rendering.name: _rate(rendering, reports, Path(work)) for rendering in formats}


def _rate(rendering: Rendering, reports: list[Report], work: Path) -> float:
    times = []
    for turn in range(ROUNDS + 1):
        paths = [write(rendering.name, _other_figures(report, turn), work / str(turn)) for report in reports]
        start = time.process_time()
        for path in paths:
            read(path)
        times.append(time.process_time() - start)
    return len(reports) / statistics.median(times[1:])  # the first warms up what is loaded and remembered once


def _other_figures(report: Report, turn: int) -> Report:
    """The report with other numbers in every round: the readers remember what a cell's text means."""
    cells = {metric: _raised(cell, turn) for metric, cell in report.cells.items()}
    return report.model_copy(update={"cells": cells})


def _raised(cell: Cell, by: int) -> Cell:
    if cell.value is None or not cell.raw.isdigit():
        return cell
    return cell.model_copy(update={"raw": str(cell.value + by), "value": cell.value + by})


if __name__ == "__main__":
    for name, rate in rates().items():
        print(f"{name:<20}{rate:6.0f} /s")
