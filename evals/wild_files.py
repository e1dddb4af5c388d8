"""Files as they come: every cell of a folder of saved pages with their figures beside them, told apart as right, told
as not read, and wrong in silence.

``name.json`` is the truth of ``name.txt``, ``prefix_truth.json`` that of the files that open with ``prefix_`` and of
pages. A cell is right when its value is the truth's (or when the file prints “/” for a nought); told, when it has no
value and a warning of the reading speaks of it or of its table; everything else is wrong in silence. Of files without
any truth unit, year, kind and warnings are shown. ``python -m evals.wild_files ../shared/files``.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.form import all_metrics
from assistant.readers import read
from assistant.report import Report

_BLANK = ("/", "／", "-", "—", "无")


def truths(folder: Path) -> Iterator[tuple[Path, dict[str, Any] | None]]:
    """Each file of the folder with what it says, ``None`` where nobody wrote that down."""
    shared = {path.stem.removesuffix("truth"): path for path in folder.glob("*_truth.json")}
    for path in sorted(folder.iterdir()):
        if path.suffix == ".json":
            continue
        own = path.with_suffix(".json")
        of_kind = next((truth for prefix, truth in shared.items() if path.stem.startswith(prefix)), None)
        if not own.exists() and path.suffix == ".html":
            of_kind = next(iter(shared.values()), None)
        found = own if own.exists() else of_kind
        yield path, json.loads(found.read_text(encoding="utf-8")) if found else None


def outcomes(report: Report, figures: dict[str, str | None]) -> Iterator[tuple[str, str]]:
    """Every metric of the truth or of the reading, with ``right``, ``told`` or ``silent``."""
    for metric in dict.fromkeys([*figures, *report.cells]):
        cell = report.cells.get(metric)
        value = figures.get(metric)
        wanted = None if value is None else Decimal(value)
        if cell and metric in figures and (cell.value == wanted or (not wanted and cell.raw in _BLANK)):
            yield metric, "right"
        elif (cell is None or cell.value is None) and _told(report, metric):
            yield metric, "told"
        else:
            yield metric, "silent"


def _told(report: Report, metric: str) -> bool:
    known = all_metrics()[metric]
    table = next((table for table in report.tables if table.id == known.table.id), None)
    for warning in report.warnings:
        if getattr(warning, "kind", "unread") not in ("unread", "picture"):
            continue
        if getattr(warning, "table", "") == known.table.id or f"表{known.table.number}" in warning.message:
            return True
        if table and warning.source.table is not None and warning.source.table >= (table.source.table or 0):
            return True
    return False


def main(folder: Path) -> None:
    total: Counter[str] = Counter()
    for path, truth in truths(folder):
        try:
            report = read(path)
        except AssistantError as error:
            print(f"{path.name:<34} 没有读出：{error.what}")
            if truth:
                total["told"] += len(truth["figures"])
            continue
        kind = getattr(report, "kind", "")
        warnings = " | ".join(warning.message for warning in report.warnings)
        if truth is None:
            sections = [f"{section.number}{section.title[:12]}" for section in report.sections]
            print(f"{path.name:<34} {report.unit} {report.year} {kind} “{report.title}” {sections} {warnings}")
            continue
        found = list(outcomes(report, truth["figures"]))
        counts = Counter(how for _, how in found)
        total += counts
        same = (report.year == truth["year"], report.edition == truth["edition"])
        silent = [metric for metric, how in found if how == "silent"][:3]
        print(
            f"{path.name:<34} 对{counts['right']} 说明没有读到{counts['told']} 无声出错{counts['silent']}"
            f" 年度格式{same} {silent} {warnings[:300]}"
        )
    print(f"合计：对{total['right']}，说明没有读到{total['told']}，无声出错{total['silent']}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
