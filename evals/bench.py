"""How fast and how large: whole processes, cold, as a user starts them, and rates of one warm process.
``python -m evals.bench``; ``python -m evals.bench fleet library`` for many reports at once and kept, with their growth;
``embedding`` and ``askers`` for taking in while it is asked.

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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.figures.dossier import Dossier
from assistant.readers import read
from assistant.resources import folder
from evals import bench_library
from evals.bench_fleet import growth
from evals.bench_readers import rates
from evals.readers import PUBLISHED, sources
from evals.render.paper import can_print
from evals.renderings import write

RUNS = 7
_ALONE = [sys.executable, "-c", "import typer, rich.console"]
RESULT = Path(__file__).parent / "bench.json"
# Bytecode is written, as it is for users; who edits here may have told Python not to.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
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
        subprocess.run(command, env=_ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        times.append(time.perf_counter() - start)
    counted = times[1:]
    return Measured(statistics.median(counted), min(counted), max(counted), _peak(command))


def _peak(command: list[str]) -> float | None:
    if os.name == "nt":
        return None
    code = f"import subprocess;subprocess.run({command!r},stdout=-3,stderr=-3);{_PEAK}"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    return int(told) / (1024 if platform.system() == "Linux" else 1024 * 1024)


def ratio(arguments: list[str], library: Path) -> float:
    """The processor time of a command, as a multiple of what Python takes with typer and rich alone: a measure of what
    the program itself loads and does that a slower or busier machine leaves as it is. The two are started in turn."""
    ours = [sys.executable, "-m", "assistant", "--library", str(library / "none"), *arguments]
    pairs = [(_processor(ours), _processor(_ALONE)) for _ in range(RUNS + 1)][1:]
    return statistics.median(one / other for one, other in pairs)


def _processor(command: list[str]) -> float:
    """Seconds of processor time, the system's for it included."""
    code = (
        f"import resource,subprocess;subprocess.run({command!r},stdout=-3,stderr=-3);"
        "used=resource.getrusage(resource.RUSAGE_CHILDREN);print(used.ru_utime+used.ru_stime)"
    )
    told = subprocess.run([sys.executable, "-c", code], env=_ENVIRONMENT, capture_output=True, text=True, check=True)
    return float(told.stdout)


def checks_a_second(path: Path) -> float:
    """Reports checked, after reading, by one warm process in a second."""
    from assistant.check import check

    report, count = read(path), 50
    check(Dossier(report))
    start = time.perf_counter()
    for _ in range(count):
        check(Dossier(report))
    return count / (time.perf_counter() - start)


def _a_pdf(work: Path) -> Path | None:
    """The published report of five pages, else one of ours as LibreOffice prints it; ``None`` without that."""
    real = PUBLISHED / "淮安市洪泽区人民政府_2024.pdf"
    if real.exists():
        return real
    return None if can_print() else write("pdf", read(sources()[0]), work)


def commands(work: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Whole commands as a user starts them, and rates of one warm process."""
    corpus = folder("corpus")
    report, data = corpus / "reports" / "咸安区人民政府_2024.md", corpus / "data" / "清源区_2025.xlsx"
    library, out = work / "library", work / "draft.docx"
    shipped = (corpus / "reports", corpus / "regulation")
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "assistant", "--library", str(library), "ingest", *map(str, shipped)],
        check=True, capture_output=True,
    )  # fmt: skip
    yield "ingest", {"seconds": round(time.perf_counter() - start, 2)}
    calls = {
        "help": ["--help"],
        "check": ["check", str(report)],
        "ask.figure": ["ask", "咸安区2024年新收了多少件政府信息公开申请？"],
        "ask.passage": ["ask", "答复政府信息公开申请的期限是多久？"],
        "draft": ["draft", "--data", str(data), "-o", str(out), "--overwrite"],
    }
    if paper := _a_pdf(work):
        calls["read.pdf"] = ["read", str(paper)]
    for name in ("help", "check") if os.name != "nt" else ():  # which does not tell the time of a child
        yield f"{name}.ratio", {"times": round(ratio(calls[name], library), 2)}
    for name, arguments in calls.items():
        m = whole_process(arguments, library)
        yield name, {"seconds": round(m.seconds, 3), "peak_mib": m.peak_mib and round(m.peak_mib)}
    for name, rate in rates().items():
        yield f"read.{name}", {"a_second": round(rate)}
    yield "check_warm", {"a_second": round(checks_a_second(report))}


def _of_library(measure: Callable[[], bench_library.Figures]) -> Callable[[Path], Iterator[tuple[str, dict[str, Any]]]]:
    return lambda _: iter(measure().items())


PARTS: dict[str, Callable[[Path], Iterator[tuple[str, dict[str, Any]]]]] = {
    "commands": commands,
    "fleet": growth,
    "library": _of_library(bench_library.growth),
    "embedding": _of_library(bench_library.embedding),
    "askers": _of_library(bench_library.askers),
}


def main(arguments: Sequence[str]) -> int:
    """Measure the named parts, ``commands`` where none is named; 2 for an unknown name."""
    names = [name for name in arguments if not name.startswith("-")] or ["commands"]
    if unknown := [name for name in names if name not in PARTS]:
        print(f"没有性能测试“{unknown[0]}”；可选：{'、'.join(PARTS)}", file=sys.stderr)
        return 2
    kept: dict[str, Any] = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
        for part in names:
            for name, figures in PARTS[part](Path(work)):
                print(f"{name:<28}", "  ".join(f"{what} {value}" for what, value in figures.items()), flush=True)
                kept[name] = figures
    if "--write" in arguments:
        RESULT.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
