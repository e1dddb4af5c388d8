"""How checking many reports grows with their number: the rate on one and two processes, memory, what comparing them
costs.

Reports are generated, two years of each unit; whole processes are measured, their start included.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.batch.cache import cache_folder
from assistant.check import RULES
from assistant.figures.dossier import Dossier
from assistant.figures.report_set import ReportSet, beside, sketch, words_of
from assistant.readers import read

__all__ = ["generated", "growth"]

SIZES = (100, 1_000, 10_000)
YEARS = 2
_COMPARED = 1_000  # reports in the set whose comparison is timed by itself
# The child tells the peak of the largest of its processes, and the processor time of all of them.
_CHILD = """import json,resource,subprocess,sys
code=subprocess.run(sys.argv[1:],stdout=-3,stderr=-3).returncode
told=resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code,told.ru_maxrss,told.ru_utime+told.ru_stime]))"""


def growth(work: Path, sizes: tuple[int, ...] = SIZES) -> Iterator[tuple[str, dict[str, Any]]]:
    """(name, figures) as they are measured; needs POSIX."""
    for size in sizes:
        folder = generated(work, size)
        for jobs in (1, 2):
            yield f"check.fleet.{size}.jobs{jobs}", _measured(folder, size, jobs, work / "found.jsonl")
    yield "check.fleet.compare", _comparing(generated(work, _COMPARED))


def generated(work: Path, size: int) -> Path:
    """A folder of so many reports; what is there is used again."""
    folder = work / f"generated-{size}"
    if not folder.exists():
        options = ["--units", str(size // YEARS), "--years", str(YEARS), "-o", str(folder)]
        root = Path(__file__).parent.parent
        subprocess.run([sys.executable, "-m", "evals.generate", *options], check=True, capture_output=True, cwd=root)
    return folder


def _measured(folder: Path, size: int, jobs: int, output: Path) -> dict[str, Any]:
    command = [
        "check",
        str(folder),
        "--no-library",
        "--format",
        "jsonl",
        "-o",
        str(output),
        "--jobs",
        str(jobs),
        "--overwrite",
    ]
    shutil.rmtree(cache_folder(output), ignore_errors=True)  # all is read and checked
    start = time.perf_counter()
    made = subprocess.run(
        [sys.executable, "-c", _CHILD, sys.executable, "-m", "assistant", *command],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": "0"},
    )  # fmt: skip
    seconds = time.perf_counter() - start
    code, peak, processor = json.loads(made.stdout)
    if code == 2:
        raise RuntimeError(f"check has failed on {folder}")
    return {
        "a_second": round(size / seconds),
        "processor_ms_each": round(1000 * processor / size, 1),
        "peak_mib": round(peak / 1024),
    }


def _comparing(folder: Path) -> dict[str, Any]:
    """What a report costs to compare with a set, and what all other checks of it cost, in one warm process:
    milliseconds."""
    reports = [read(path) for path in sorted(folder.rglob("*.txt"))]
    start = time.process_time()
    told = [words_of(each) for each in reports]
    sketches = [sketch(each) for each in reports]
    together = ReportSet(sketches)
    others = [
        beside(report, together.around(mine), lambda at: told[at.report][at.paragraph])
        for report, mine in zip(reports, sketches, strict=True)
    ]
    dossiers = [Dossier(report, others=each) for report, each in zip(reports, others, strict=True)]
    for dossier in dossiers:
        list(RULES["R104"].hits(dossier))
    compared = time.process_time() - start
    start = time.process_time()
    for dossier in dossiers:
        for code, rule in RULES.items():
            if code != "R104" and not rule.missing(dossier):
                list(rule.hits(dossier))
    rest = time.process_time() - start
    return {
        "r104_ms_each": round(1000 * compared / len(reports), 2),
        "rest_ms_each": round(1000 * rest / len(reports), 2),
    }
