"""How fast and how large: whole processes, cold, as a user starts them, and rates of one warm process.
``python -m evals.bench``.

Every command is run once to warm the disk cache and then ``RUNS`` times; medians are what to quote. Written to
``evals/bench.json`` with ``--write``. Figures depend on the machine: compare only what was measured in one run.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from assistant.readers import read
from assistant.resources import folder
from assistant.rules import Dossier
from evals.bench_readers import rates
from evals.readers import PUBLISHED, sources
from evals.render.paper import can_print
from evals.renderings import write

RUNS = 7
RESULT = Path(__file__).parent / "bench.json"
# The child reports the peak of its own memory; the resource module is not there on Windows.
_PEAK = "import resource;print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"


@dataclass(frozen=True)
class Measured:
    """Median and range of seconds, and peak memory in MiB where the platform tells it."""

    seconds: float
    lowest: float
    highest: float
    peak_mib: float | None


def whole_process(arguments: list[str], library: Path) -> Measured:
    """One command line, started ``RUNS`` times in a process of its own."""
    command = [sys.executable, "-m", "assistant", "--library", str(library), *arguments]
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        times.append(time.perf_counter() - start)
    counted = times[1:]
    return Measured(statistics.median(counted), min(counted), max(counted), _peak(command))


def _peak(command: list[str]) -> float | None:
    if os.name == "nt":
        return None
    code = f"import subprocess;subprocess.run({command!r},stdout=-3,stderr=-3);{_PEAK}"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    return int(told) / (1024 if platform.system() == "Linux" else 1024 * 1024)


def checks_a_second(path: Path) -> float:
    """Reports checked, after reading, by one warm process in a second."""
    from assistant.check import check

    report, count = read(path), 50
    check(Dossier(report))
    start = time.perf_counter()
    for _ in range(count):
        check(Dossier(report))
    return count / (time.perf_counter() - start)


def folder_a_second(work: Path, units: int = 150, years: int = 2) -> float:
    """Reports of a folder of generated ones that one process reads and checks in a second, its start included."""
    reports = work / "reports"
    generate = ["-m", "evals.generate", "--units", str(units), "--years", str(years), "-o", str(reports)]
    subprocess.run([sys.executable, *generate], check=True, capture_output=True, cwd=Path(__file__).parent.parent)
    command = ["check", str(reports), "--no-library", "--format", "jsonl", "-o", str(work / "found.jsonl")]
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "assistant", *command], check=False, capture_output=True)
    return units * years / (time.perf_counter() - start)


def _a_pdf(work: Path) -> Path | None:
    """The published report of five pages, else one of ours as LibreOffice prints it; ``None`` without that."""
    real = PUBLISHED / "淮安市洪泽区人民政府_2024.pdf"
    if real.exists():
        return real
    return None if can_print() else write("pdf", read(sources()[0]), work)


def main() -> None:
    corpus = folder("corpus")
    report, data = corpus / "reports" / "咸安区人民政府_2024.md", corpus / "data" / "清源区_2025.xlsx"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
        library, out = Path(work) / "library", Path(work) / "draft.docx"
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "assistant", "--library", str(library), "ingest", str(corpus / "reports"), str(corpus / "regulation")],
            check=True, capture_output=True,
        )  # fmt: skip
        ingest = time.perf_counter() - start
        commands = {
            "help": ["--help"],
            "check": ["check", str(report)],
            "ask.figure": ["ask", "咸安区2024年新收了多少件政府信息公开申请？"],
            "ask.passage": ["ask", "答复政府信息公开申请的期限是多久？"],
            "draft": ["draft", "--data", str(data), "-o", str(out), "--overwrite"],
        }
        paper = _a_pdf(Path(work))
        if paper:
            commands["read.pdf"] = ["read", str(paper)]
        together = folder_a_second(Path(work))
        measured = {name: whole_process(arguments, library) for name, arguments in commands.items()}
    a_second = {f"read.{name}": rate for name, rate in rates().items()} | {
        "check_warm": checks_a_second(report),
        "check.folder": together,
    }
    for name, m in measured.items():
        peak = f"{m.peak_mib:6.0f} MiB" if m.peak_mib else ""
        print(f"{name:<14}{m.seconds:6.2f} s（{m.lowest:.2f}–{m.highest:.2f}）{peak}")
    print(f"{'ingest':<14}{ingest:6.2f} s")
    for name, rate in a_second.items():
        print(f"{name:<24}{rate:6.0f} /s")
    if "--write" in sys.argv:
        kept = {
            name: {"seconds": round(m.seconds, 3), "peak_mib": m.peak_mib and round(m.peak_mib)}
            for name, m in measured.items()
        }
        kept |= {name: {"a_second": round(rate)} for name, rate in a_second.items()}
        kept["ingest"] = {"seconds": round(ingest, 2)}
        RESULT.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
