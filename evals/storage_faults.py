"""Is anything lost? A library that is killed while it is written, whose disk is full, whose indexes are gone, that two
processes write at once. ``python -m evals.storage_faults --kills 50``; the tests run it in short.

After every fault the catalog is verified as it lies there; after the next ingest all of it, and every document's digest
is compared with those of an ingest that nothing happened to: lost and duplicated are counted.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from assistant.library import Library
from assistant.library.ingest import ingest
from assistant.library.verify import verify
from assistant.resources import folder as shipped
from evals.generate.reports import generate
from evals.renderings import write

__all__ = ["Counted", "Place", "disk_full", "kills", "prepared", "two_writers", "vectors_gone", "words_gone"]

SEED = 7
_PAGE_BYTES = 4096


@dataclass(slots=True)
class Counted:
    """What faults did to a library. All but ``faults`` and ``finished`` must be zero."""

    faults: int = 0  # times that something was done to it
    finished: int = 0  # ingests that came to their end
    lost: int = 0  # documents
    duplicated: int = 0
    unsound: list[str] = field(default_factory=list)  # what ``verify`` said
    unclear: list[str] = field(default_factory=list)  # ends without an error that a user can act on

    @property
    def clean(self) -> bool:
        return not (self.lost or self.duplicated or self.unsound or self.unclear)


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
    """SIGKILL at moments drawn evenly over the time that one whole ingest takes; a finished library is begun anew."""
    counted, moments = Counted(), random.Random(seed)
    whole = _seconds_of(_started(place))
    _finish(place, counted)
    shutil.rmtree(place.library)
    while counted.faults < times:
        running = _started(place)
        try:
            running.wait(moments.uniform(0.2, whole))
            ended = True
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
            counted.faults += 1
            ended = False
        _look(place, counted, vectors=ended)
        if ended:
            _finish(place, counted)
            shutil.rmtree(place.library)
    _finish(place, counted)
    return counted


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
    with Library(place.library) as library:
        counted.unsound += [fault.what for fault in verify(library, vectors=vectors)]
    counted.duplicated += (_digests(place.library) - place.wanted).total()


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
    parser.add_argument("--kills", type=int, default=50, help="在随机时刻强制结束导入的次数")
    parser.add_argument("--reports", type=int, default=60, help="报告份数")
    parser.add_argument("--small-disk", type=Path, help="一个空间很小的文件夹（如 2MB 的 tmpfs），用来试磁盘写满")
    chosen = parser.parse_args()
    found: dict[str, Counted] = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
        place = prepared(Path(work), chosen.reports)
        trials: dict[str, Callable[[Place], Counted]] = {
            "two_writers": two_writers, "vectors_gone": vectors_gone, "words_gone": words_gone,
        }  # fmt: skip
        if chosen.small_disk:
            trials["disk_full"] = partial(disk_full, folder=chosen.small_disk)
        trials["killed"] = partial(kills, times=chosen.kills)
        for name, trial in trials.items():
            found[name] = trial(Place(place.reports, Path(work, name), place.wanted))
            print(name, json.dumps(asdict(found[name]), ensure_ascii=False), flush=True)
    return 0 if all(each.clean for each in found.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
