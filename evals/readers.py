"""How much of a report survives being published: every rendering read back, compared with what was written.

Scores of each format: ``cells`` (right out of all; a blank that became 0 is wrong, so is a cell too many), ``warned``
(wrong cells that a warning points at; 1 when none is wrong), ``sections``, ``prose`` (likeness of their text) and
``identity`` (unit, year, edition). The corpus and, where they are beside the checkout, the published reports. Formats
without a reader, and those that this machine cannot write, are told as skipped. A scan takes a minute a report:
one report, or all with ``python -m evals.readers --all``; names of formats limit the run to these.
"""

from __future__ import annotations

import importlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from rapidfuzz import fuzz

from assistant.errors import AssistantError
from assistant.readers import READERS, read
from assistant.readers.assemble import assemble
from assistant.readers.blocks import Document
from assistant.report import Cell, ReadingWarning, Report
from assistant.resources import folder
from evals.renderings import RENDERINGS, Rendering, write

PUBLISHED = Path(__file__).parent.parent.parent / "shared" / "reports"
SLOW = {"scan": 1, "png": 2, "jpg": 2}  # how many reports a run takes of formats that need a minute for each
_MODULES = {".docx": "docx", ".html": "html", ".htm": "html", ".pdf": "pdf", ".xlsx": "xlsx"}

Read = Callable[[Path], Report]


@dataclass(frozen=True)
class Outcome:
    """One report in one format: counts of cells, and shares of the rest. ``refused`` is why nothing was read."""

    file: str
    cells: int
    wrong: tuple[str, ...]
    unwarned: tuple[str, ...]
    sections: float
    prose: float
    identity: float
    refused: str = ""


def run(names: Sequence[str] = (), slow: dict[str, int] | None = None) -> tuple[dict[str, float], list[str]]:
    """Scores by name, and the misses and skipped formats as text."""
    scores: dict[str, float] = {}
    misses: list[str] = []
    limits = SLOW if slow is None else slow
    reports = [read(path) for path in sources()]
    with tempfile.TemporaryDirectory() as work:
        for rendering in RENDERINGS.values():
            if names and rendering.name not in names:
                continue
            reader = _reader(rendering)
            if reader is None or rendering.missing():
                misses.append(f"{rendering.name}：跳过，{rendering.missing() or '还没有读取器'}")
                continue
            outcomes = list(_outcomes(rendering, reader, reports[: limits.get(rendering.name)], Path(work)))
            scores |= _scores(rendering, outcomes)
            misses += _misses(rendering.name, outcomes)
    return scores, misses


def sources() -> list[Path]:
    """The published reports first: they are what readers meet. Their samples in the corpus would be read twice."""
    published = sorted(PUBLISHED.glob("*.txt")) if PUBLISHED.is_dir() else []
    names = {path.stem for path in published}
    return published + [path for path in sorted((folder("corpus") / "reports").glob("*.md")) if path.stem not in names]


def _reader(rendering: Rendering) -> Read | None:
    """The way to read a format: through ``READERS``, else by its module, as long as that is not wired yet."""
    if rendering.suffix in READERS:
        return read
    name = _MODULES.get(rendering.suffix, "")
    try:
        of_format: Callable[[Path], Document] = getattr(
            importlib.import_module(f"assistant.readers.{name}"), f"read_{name}"
        )
    except (ImportError, AttributeError):
        return None
    return lambda path: assemble(of_format(path), path.name)


def _outcomes(rendering: Rendering, reader: Read, reports: Sequence[Report], work: Path) -> Iterator[Outcome]:
    for report in reports:
        path = write(rendering.name, report, work)
        try:
            yield compared(rendering.shows(report), reader(path))
        except Exception as error:  # a crash is a miss like a refusal, and must not hide the other formats
            everything = tuple(rendering.shows(report).cells)
            why = error.what if isinstance(error, AssistantError) else f"程序出错：{error!r}"
            yield Outcome(report.file, len(everything), everything, (), 0, 0, 0, why)


def compared(report: Report, back: Report) -> Outcome:
    """What is left of ``report`` in ``back``."""
    metrics = [*report.cells, *(metric for metric in back.cells if metric not in report.cells)]
    wrong = tuple(metric for metric in metrics if not _same(report.cells.get(metric), back.cells.get(metric)))
    unwarned = tuple(metric for metric in wrong if not _warned(back.cells.get(metric), back.warnings))
    printed = {section.id: section.text for section in report.sections}
    found = {section.id: section.text for section in back.sections}
    alike = [fuzz.ratio(_bare(text), _bare(found.get(name, ""))) / 100 for name, text in printed.items()]
    same = (report.unit == back.unit, report.year == back.year, report.edition == back.edition)
    return Outcome(
        file=report.file,
        cells=len(metrics),
        wrong=wrong,
        unwarned=unwarned,
        sections=len(printed.keys() & found.keys()) / len(printed) if printed else 1.0,
        prose=mean(alike) if alike else 1.0,
        identity=mean(same),
    )


def _bare(text: str) -> str:
    return "".join(text.split())


def _same(cell: Cell | None, back: Cell | None) -> bool:
    return cell is not None and back is not None and (cell.value, cell.note) == (back.value, back.note)


def _warned(cell: Cell | None, warnings: Sequence[ReadingWarning]) -> bool:
    """Whether a warning points at a cell's row; a cell that was not found has no place: any warning may be about it."""
    if cell is None:
        return bool(warnings)
    place = cell.source
    return any(
        warning.source == place
        or (
            (warning.source.page, warning.source.table, warning.source.row) == (place.page, place.table, place.row)
            and place.row is not None
            and warning.source.column in (None, 1, place.column)
        )
        for warning in warnings
    )


def _scores(rendering: Rendering, outcomes: Sequence[Outcome]) -> dict[str, float]:
    wrong = sum(len(outcome.wrong) for outcome in outcomes)
    unwarned = sum(len(outcome.unwarned) for outcome in outcomes)
    cells = sum(outcome.cells for outcome in outcomes)
    scores = {
        "cells": 1 - wrong / cells if cells else 1.0,
        "warned": 1 - unwarned / wrong if wrong else 1.0,
        "sections": mean(outcome.sections for outcome in outcomes),
        "prose": mean(outcome.prose for outcome in outcomes),
        "identity": mean(outcome.identity for outcome in outcomes),
    }
    if not rendering.complete:
        del scores["cells"]  # the format has lost them: only a warning can be asked for
    return {f"readers.{rendering.name}.{name}": value for name, value in scores.items()}


def _misses(name: str, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """One line for each kind of fault, with an example; formats fail alike in all reports."""
    for outcome in outcomes:
        if outcome.refused:
            yield f"{name}·{outcome.file}：没有读出（{outcome.refused}）"
        elif outcome.sections < 1 or outcome.identity < 1:
            yield f"{name}·{outcome.file}：找到部分{outcome.sections:.0%}，单位、年度、格式对{outcome.identity:.0%}"
    faulty = [outcome for outcome in outcomes if outcome.wrong and not outcome.refused]
    if faulty:
        worst = max(faulty, key=lambda outcome: (len(outcome.unwarned), len(outcome.wrong)))
        wrong, silent = (sum(len(o.wrong) for o in faulty), sum(len(o.unwarned) for o in faulty))
        example = "、".join((worst.unwarned or worst.wrong)[:4])
        yield f"{name}：{len(faulty)}份报告错{wrong}格，其中没有提示{silent}格；如 {worst.file} {example}"


if __name__ == "__main__":
    asked = [name for name in sys.argv[1:] if not name.startswith("-")]
    totals, missed = run(asked, {} if "--all" in sys.argv else None)
    print(json.dumps(totals, indent=1, ensure_ascii=False), *missed, sep="\n")
