"""Is anything lost, is anything wrong? A library that is killed while it is written, whose disk is full, whose indexes
are gone, that two processes write at once, of which one byte is another; a check of many reports that is killed.
``python -m evals.storage_faults --kills 60 --bytes 200``; the tests run it in short.

After every fault the catalog is verified as it lies there; after the next ingest all of it, and every document's digest
is compared with those of an ingest that nothing happened to: lost and duplicated are counted.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import asdict, dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import ParamSpec, TypeVar

from assistant.asking import answer
from assistant.asking.result import Answer
from assistant.batch.cache import cache_folder
from assistant.errors import AssistantError
from assistant.library import Library
from assistant.library.ingest import ingest
from assistant.library.verify import verify
from assistant.resources import folder as shipped
from evals.generate.reports import generate
from evals.renderings import write

__all__ = [
    "Counted", "Place", "changed_bytes", "check_kills", "disk_full", "kills", "prepared", "two_writers", "vectors_gone",
    "words_gone",
]  # fmt: skip

P = ParamSpec("P")
T = TypeVar("T")

SEED = 7
_PAGE_BYTES = 4096
# Where cells stand that are asked for: behind a name come the value and what is printed, before it the record's head.
_CELLS, _BEFORE, _BEHIND = re.compile(rb"requests\.(?:received|granted)\.total"), 12, 8
# Of all reports: those of one are compared with the catalog's own vectors, and never meet the index.
_OF_ALL = ("办理政府信息公开申请有哪些做法？", "政府信息公开平台建设有哪些进展？", "不予公开的情形有哪些？")
_TRIES = 5  # to meet one that is running
_PATIENCE_SECONDS = 120.0  # for five questions to a damaged library


@dataclass(slots=True)
class Counted:
    """What faults did to a library. ``lost`` and what stands after it must be nothing."""

    faults: int = 0  # times that something was done to it
    unkilled: int = 0  # that came to their end before their moment, and were begun again
    answered: int = 0  # questions to what was damaged
    refused: int = 0
    finished: int = 0  # ingests that came to their end
    lost: int = 0  # documents
    duplicated: int = 0
    unsound: list[str] = field(default_factory=list)  # what ``verify`` said
    wrong: list[str] = field(default_factory=list)  # figures
    unclear: list[str] = field(default_factory=list)  # ends without an error that a user can act on

    @property
    def clean(self) -> bool:
        return not (self.lost or self.duplicated or self.unsound or self.wrong or self.unclear)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reports are, where the library is to be, and the digests that the catalog should come to hold."""

    reports: Path
    library: Path
    wanted: Counter[str]


def prepared(work: Path, reports: int) -> Place:
    """So many generated reports in a folder, and what they become."""
    folder = work / "reports"
    for made in generate(max(1, reports // 2), 2, SEED):
        write("pipes", made.report, folder)
    with Library(work / "reference", create=True) as library:
        ingest([folder, shipped("corpus") / "regulation"], library, vectors=False)
    return Place(folder, work / "library", _digests(work / "reference"))


def kills(place: Place, times: int, seed: int = SEED) -> Counted:
    """SIGKILL at moments spread over the whole of an ingest that nothing happens to; each on a library begun anew,
    which the next ingest must bring to its end."""
    counted = Counted()

    def begun() -> subprocess.Popen[bytes]:
        shutil.rmtree(place.library, ignore_errors=True)
        return _started(place)

    whole = _seconds_of(begun())
    _finish(place, counted)
    for _ in _killed(begun, whole, times, seed, counted):
        _look(place, counted, vectors=False)
        _finish(place, counted)
    return counted


def check_kills(place: Place, times: int, seed: int = SEED) -> Counted:
    """The same of a check of all reports by two processes: the file that was there is there, or the new one whole; and
    the run that takes it up gives what one without a fault gives."""
    counted, out = Counted(), place.library.with_suffix(".jsonl")
    out.parent.mkdir(parents=True, exist_ok=True)
    command = [
        *_COMMAND,
        "check",
        str(place.reports),
        "--format",
        "jsonl",
        "-o",
        str(out),
        "--jobs",
        "2",
        "--overwrite",
    ]
    cache, old = cache_folder(out), b"old\n"

    def started(*more: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([*command, *more], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def begun() -> subprocess.Popen[bytes]:
        shutil.rmtree(cache, ignore_errors=True)
        out.write_bytes(old)
        return started()

    whole = _seconds_of(begun())
    wanted = out.read_bytes()
    for _ in _killed(begun, whole, times, seed, counted):
        if out.read_bytes() not in (old, wanted):
            counted.unsound.append("the output is neither the old file nor the new one")
        again = started("--resume") if cache.exists() else started()
        told = again.communicate()[0].decode(errors="replace")
        if again.returncode not in (0, 1) or "Traceback" in told:
            counted.unclear.append(told[-400:])
        counted.finished += 1
        counted.lost += len({*wanted.splitlines()} - {*out.read_bytes().splitlines()})
        counted.duplicated += len(out.read_bytes().splitlines()) - len({*out.read_bytes().splitlines()})
    return counted


def _killed(
    begun: Callable[[], subprocess.Popen[bytes]], whole: float, times: int, seed: int, counted: Counted
) -> Iterator[float]:
    """Kills what is begun, once in each part of its time, in any order; the shares of it at which it was running still.
    One that ends before its moment tells how long the next will take, and is begun again."""
    drawn = random.Random(seed)
    shares = [(number + drawn.random()) / times for number in range(times)]
    drawn.shuffle(shares)
    for share in shares:
        for _ in range(_TRIES):
            start = time.monotonic()
            if not _ended_before(begun(), share * whole):
                counted.faults += 1
                yield share
                break
            whole = min(whole, time.monotonic() - start)
            counted.unkilled += 1


def _ended_before(running: subprocess.Popen[bytes], moment: float) -> bool:
    """Whether it came to its end by then; else it is killed."""
    try:
        running.communicate(timeout=moment)
    except subprocess.TimeoutExpired:
        running.kill()
        running.communicate()
        return False
    return True


def changed_bytes(place: Place, times: int, where: str = "catalog", seed: int = SEED) -> Counted:
    """One byte of the catalog, of the ``cells`` in it that are asked for, or of the index of ``vectors``, changed at
    random; and five questions asked: each is answered as before, or refused. No figure may be another one."""
    counted, drawn = Counted(), random.Random(seed)
    _finish(place, counted)
    with closing(sqlite3.connect(place.library / "catalog.sqlite3")) as catalog:
        catalog.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    truth = _apart(_truth_of, place.library, where)
    vectors = [file for file in (place.library / "vectors").rglob("*") if file.is_file() and file.stat().st_size]
    files = vectors if where == "vectors" else [place.library / "catalog.sqlite3"]
    for _ in range(times):
        spoilt = place.library.with_name("spoilt")
        shutil.rmtree(spoilt, ignore_errors=True)
        shutil.copytree(place.library, spoilt)
        file = drawn.choices(files, [each.stat().st_size for each in files])[0].relative_to(place.library)
        _change_one_byte(spoilt / file, drawn, near=_CELLS if where == "cells" else None)
        counted.faults += 1
        _ask_all(spoilt, truth, counted)
    return counted


@dataclass(frozen=True, slots=True)
class _Truth:
    """What the library says while it is whole: the figures of each answer, and every text that may be quoted."""

    questions: tuple[str, ...]
    figures: tuple[set[tuple[str, str]], ...]
    texts: str


def _truth_of(library: Path, where: str) -> _Truth:
    with Library(library) as opened:
        units = list(opened.units().items())
        unit, years = next((unit, years) for unit, years in units if len(years) > 1)
        other = next(name for name, _ in units if name != unit)
        questions: tuple[str, ...] = (
            f"{unit}{years[-1]}年新收了多少件政府信息公开申请？",
            f"{unit}{years[-1]}年新收申请比上年增加多少件？",
            f"{years[-1]}年哪个单位新收申请最多？",
            f"{other}{years[-1]}年予以公开多少件？",
            f"{unit}{years[-1]}年主动公开方面做了哪些工作？",
        )
        questions = (*questions[: -len(_OF_ALL)], *_OF_ALL) if where == "vectors" else questions
        figures = tuple(_figures_of(answer(question, opened)) for question in questions)
        return _Truth(questions, figures, "\n".join(_plain(passage.text) for passage in opened.catalog.passages()))


def _apart(function: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """What a function gives in a process of its own. The engines of vectors start threads, which are not there in what
    is forked afterwards: it would wait for them for ever."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as process:
        return process.submit(function, *given, **named).result()


def _figures_of(given: Answer) -> set[tuple[str, str]]:
    stated = {(figure.text, str(figure.value)) for figure in given.figures}
    return stated | {(citation.where, citation.quote) for citation in given.citations if given.route == "figures"}


def _plain(text: str) -> str:
    return "".join(text.split())


def _change_one_byte(file: Path, drawn: random.Random, near: re.Pattern[bytes] | None) -> None:
    if near:  # of a whole catalog hardly one byte in a thousand is of a cell that is asked for
        found = drawn.choice(list(near.finditer(file.read_bytes())))
        place = drawn.randrange(found.start() - _BEFORE, found.end() + _BEHIND)
    else:
        place = drawn.randrange(file.stat().st_size)
    with file.open("r+b") as stream:
        stream.seek(place)
        (before,) = stream.read(1)
        stream.seek(place)
        stream.write(bytes([before ^ drawn.randrange(1, 256)]))


def _ask_all(library: Path, truth: _Truth, counted: Counted) -> None:
    """In a process of its own: what is damaged may end it."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    asking = context.Process(target=_asked, args=(library, truth, theirs))
    asking.start()
    theirs.close()
    try:
        told: list[tuple[str, str]] = ours.recv() if ours.poll(_PATIENCE_SECONDS) else [("unclear", "no end")]
    except EOFError:
        told = [("unclear", "the process died")]
    asking.kill()
    asking.join()
    for what, said in told:
        match what:
            case "answered":
                counted.answered += 1
            case "refused":
                counted.refused += 1
            case "wrong":
                counted.wrong.append(said)
            case _:
                counted.unclear.append(said)


def _asked(library: Path, truth: _Truth, told_to: Connection) -> None:
    told: list[tuple[str, str]] = []
    for question, figures in zip(truth.questions, truth.figures, strict=True):
        try:
            with Library(library) as opened:
                given = answer(question, opened)
        except AssistantError as error:
            told.append(("refused" if error.help else "unclear", str(error)))
        except Exception as error:
            told.append(("unclear", f"{type(error).__name__}: {error}"))
        else:
            told.append(_judged(given, figures, truth.texts))
    told_to.send(told)


def _judged(given: Answer, figures: set[tuple[str, str]], texts: str) -> tuple[str, str]:
    if given.abstained:
        return "refused", given.answer
    wrong = _figures_of(given) - figures
    if given.route == "passages":
        quotes = (line for citation in given.citations for line in citation.quote.split("\n"))
        wrong |= {("quote", line) for line in quotes if _plain(line).strip("…") not in texts}
    return ("wrong", f"{given.question}: {sorted(wrong)}") if wrong else ("answered", "")


def disk_full(place: Place, folder: Path) -> Counted:
    """An ingest into ``folder``, which has too little room (a small tmpfs); then the room is there."""
    counted = Counted(faults=1)
    full = Place(place.reports, folder / "library", place.wanted)
    running = _started(full)
    told = running.communicate()[0].decode(errors="replace")
    if running.returncode == 0 or "怎么办" not in told or "Traceback" in told:
        counted.unclear.append(told[-400:])
    if Library.exists(full.library):
        _look(full, counted, vectors=False)
        shutil.copytree(full.library, place.library)
    _finish(place, counted)
    return counted


def vectors_gone(place: Place) -> Counted:
    """The index of vectors deleted, then one page of it overwritten."""
    return _spoilt(place, _delete_vectors, _spoil_vectors)


def words_gone(place: Place) -> Counted:
    """The index of words deleted, then one page of it overwritten."""
    return _spoilt(place, _delete_words, _spoil_words)


def _spoilt(place: Place, *spoils: Callable[[Path], None]) -> Counted:
    """What can be rebuilt is spoilt; a question is answered all the same, ``verify`` sees it and rebuilding mends
    it."""
    counted = Counted()
    _finish(place, counted)
    for spoil in spoils:
        spoil(place.library)
        counted.faults += 1
        asked = _assistant(place.library, "ask", "办理政府信息公开申请有哪些做法？", "--json")
        if asked.returncode or not json.loads(asked.stdout)["answer"]:
            counted.unclear.append(asked.stderr.decode(errors="replace")[-400:])
        if _assistant(place.library, "library", "verify").returncode != 1:
            counted.unsound.append("verify does not see it")
        if _assistant(place.library, "library", "rebuild").returncode:
            counted.unclear.append("rebuild fails")
        _look(place, counted, vectors=True)
    return counted


def two_writers(place: Place) -> Counted:
    """Two ingests of the same reports at once: the second waits, or says who writes."""
    counted = Counted(faults=1)
    both = [_started(place), _started(place)]
    for running in both:
        told = running.communicate()[0].decode(errors="replace")
        if running.returncode and not ("进程号" in told and "怎么办" in told):
            counted.unclear.append(told[-400:])
    if all(running.returncode for running in both):
        counted.unclear.append("neither came to its end")
    _finish(place, counted)
    return counted


def _started(place: Place) -> subprocess.Popen[bytes]:
    command = [*_COMMAND, "--library", str(place.library), "ingest", str(place.reports), "--jobs", "2"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


_COMMAND = (sys.executable, "-m", "assistant")


def _assistant(library: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*_COMMAND, "--library", str(library), *arguments], capture_output=True, check=False)


def _seconds_of(running: subprocess.Popen[bytes]) -> float:
    start = time.monotonic()
    running.communicate()
    return time.monotonic() - start


def _finish(place: Place, counted: Counted) -> None:
    """One ingest that nothing happens to; then everything must be there, once."""
    running = _started(place)
    told = running.communicate()[0].decode(errors="replace")
    if running.returncode:
        counted.unclear.append(told[-400:])
        return
    counted.finished += 1
    _look(place, counted, vectors=True)
    held = _digests(place.library)
    counted.lost += (place.wanted - held).total()
    counted.duplicated += (held - place.wanted).total()


def _look(place: Place, counted: Counted, *, vectors: bool) -> None:
    """What is there must be sound, if it is not all."""
    if not Library.exists(place.library):
        return
    counted.unsound += _apart(_faults, place.library, vectors)
    counted.duplicated += (_digests(place.library) - place.wanted).total()


def _faults(library: Path, vectors: bool) -> list[str]:
    with Library(library) as opened:
        return [fault.what for fault in verify(opened, vectors=vectors)]


def _digests(library: Path) -> Counter[str]:
    with closing(sqlite3.connect(f"file:{library / 'catalog.sqlite3'}?mode=ro", uri=True)) as catalog:
        return Counter(row[0] for row in catalog.execute("SELECT digest FROM documents"))


def _delete_vectors(library: Path) -> None:
    shutil.rmtree(library / "vectors")


def _spoil_vectors(library: Path) -> None:
    for file in (library / "vectors").rglob("*.sqlite3"):
        _overwrite(file, 2)


def _delete_words(library: Path) -> None:
    with closing(sqlite3.connect(library / "catalog.sqlite3")) as catalog:
        catalog.execute("DROP TABLE passage_words")


def _spoil_words(library: Path) -> None:
    file = library / "catalog.sqlite3"
    with closing(sqlite3.connect(file)) as catalog:
        catalog.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ((page,),) = catalog.execute("SELECT rootpage FROM sqlite_master WHERE name = 'passage_words_data'")
    _overwrite(file, page)


def _overwrite(file: Path, page: int) -> None:
    with file.open("r+b") as stream:
        stream.seek((page - 1) * _PAGE_BYTES)
        stream.write(b"\xff" * _PAGE_BYTES)


def main() -> int:
    """All faults, each on a library of its own; what came of it as JSON. 0 when nothing was lost."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.storage_faults", description="资料库在中断、磁盘满等情形下是否有损失"
    )
    parser.add_argument("--kills", type=int, default=60, help="在随机时刻强制结束导入、检查的次数")
    parser.add_argument("--bytes", type=int, default=200, help="随机改动一个字节的次数，目录库和向量索引各这么多次")
    parser.add_argument("--reports", type=int, default=60, help="报告份数")
    parser.add_argument("--small-disk", type=Path, help="一个空间很小的文件夹（如 2MB 的 tmpfs），用来试磁盘写满")
    parser.add_argument("--only", nargs="*", help="只试这几项")
    chosen = parser.parse_args()
    found: dict[str, Counted] = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
        place = prepared(Path(work), chosen.reports)
        trials: dict[str, Callable[[Place], Counted]] = {
            "two_writers": two_writers, "vectors_gone": vectors_gone, "words_gone": words_gone,
            "changed_catalog": partial(changed_bytes, times=chosen.bytes),
            "changed_cells": partial(changed_bytes, times=chosen.bytes, where="cells"),
            "changed_vectors": partial(changed_bytes, times=chosen.bytes, where="vectors"),
            "check_killed": partial(check_kills, times=chosen.kills), "killed": partial(kills, times=chosen.kills),
        }  # fmt: skip
        if chosen.small_disk:
            trials["disk_full"] = partial(disk_full, folder=chosen.small_disk)
        for name, trial in trials.items():
            if chosen.only and name not in chosen.only:
                continue
            found[name] = trial(Place(place.reports, Path(work, name, "library"), place.wanted))
            print(name, json.dumps(asdict(found[name]), ensure_ascii=False), flush=True)
    return 0 if all(each.clean for each in found.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
