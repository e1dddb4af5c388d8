"""Does ``check`` keep quiet where nothing is wrong? Published reports, whose faults are known, and sound generated
ones.

Scores, real and generated apart, less is better: ``errors``, and ``warnings`` a report, that are not known to be right.
They are listed by code with an example: on a generated report each is false, or the generator is not sound.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from assistant.check import Finding, check
from assistant.figures.dossier import Dossier
from assistant.readers import read
from assistant.report import Report
from evals.claims import REPORTS
from evals.generate.reports import generate
from evals.renderings import write

UNITS, YEARS, SEED = 100, 2, 3
# What is rightly said of the published reports, by code: each was read beside the report. Anything else is said
# wrongly, or is news that belongs here.
KNOWN = {
    "上海市人民政府办公厅_2019": {
        "N105", "N106", "A102", "A103",  # 258, 265, 33.9 %, 716 ≠ 805
        "F109", "N111", "T305", "T404",  # other names in the preamble, 均获维持 with 3 pending, blank totals
    },
    "咸安区人民政府_2024": {
        "N107",  # 54 against 7 + 32
        # headings, results not told, 100 % with 2 carried out
        "D103", "F102", "F109", "F110", "F114", "N112", "N116", "W109",
    },
    "宿迁市_2023": {
        "F112", "F113", "T308",  # the text beside the checkout ends in the heading of part six
        "F110",
    },
    "宿迁市_2024": {
        "Y103",  # 1.05 % for 1.08 %
        "F110", "F111", "N109", "W107", "W108",  # 备案 is another set, problems that say nothing, 的的, 企事业单
    },
    "淮安市洪泽区人民政府_2023": {
        "T401", "T403",  # 10 + 1 ≠ 0, 5 ≠ 0
        "F105", "F106", "F110", "W108",  # one row 其他处理, 法律行政止公开, 受理渠
    },
    "淮安市洪泽区人民政府_2024": {
        # 17 of the office against 95, 550 → 9487, two thirds of last year's text
        "F105", "F106", "F110", "N101", "R102", "Y104",
    },
}  # fmt: skip


class Said(NamedTuple):
    """One error or warning, and whether it is a known one."""

    file: str
    finding: Finding
    known: bool


def run() -> tuple[dict[str, float], list[str]]:
    """Scores by name, and what was said as text."""
    scores: dict[str, float] = {}
    told: list[str] = []
    for half, verdicts in (("real", _real()), ("generated", _generated())):
        said = list(verdicts)
        if not said:
            continue
        heard = [each for _, found in said for each in found if not each.known]
        scores[f"quiet.{half}.errors"] = sum(each.finding.severity == "error" for each in heard)
        scores[f"quiet.{half}.warnings"] = sum(each.finding.severity == "warning" for each in heard) / len(said)
        told += _by_code(half, heard)
    return scores, told


def _real() -> Iterator[tuple[str, list[Said]]]:
    for path in sorted(REPORTS.glob("*.txt")):
        unit, _, year = path.stem.partition("_")
        earlier = REPORTS / f"{unit}_{int(year) - 1}.txt"
        yield path.stem, _said(read(path), read(earlier) if earlier.exists() else None)


def _generated() -> Iterator[tuple[str, list[Said]]]:
    """Written to files and read again, as an office would hand them in."""
    with tempfile.TemporaryDirectory() as folder:
        previous: Report | None = None
        for made in generate(UNITS, YEARS, SEED):
            report = read(write("pipes", made.report, Path(folder)))
            yield made.report.file, _said(report, previous if made.previous else None)
            previous = report


def _said(report: Report, previous: Report | None) -> list[Said]:
    known = KNOWN.get(Path(report.file).stem, set())
    findings = check(Dossier(report, previous)).findings
    return [Said(report.file, found, found.code in known) for found in findings if found.severity != "info"]


def _by_code(half: str, heard: list[Said]) -> Iterator[str]:
    groups: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for each in heard:
        groups[each.finding.severity, each.finding.code].append(each)
    for (severity, code), group in sorted(groups.items()):
        first = group[0]
        quote = f"「{first.finding.quote[:60]}」" if first.finding.quote else ""
        yield f"quiet.{half} {severity} {code}×{len(group)}，如 {first.file}：{first.finding.message[:120]}{quote}"


if __name__ == "__main__":
    totals, listed = run()
    print(json.dumps(totals, indent=1), *listed, sep="\n")
