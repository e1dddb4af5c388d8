"""Reports put aside while a set of them is checked: on the disk, in a folder that only this user can open. One report
by itself has no folder and stays in memory.

A file has a line that seals the rest, one with what the set keeps of the report, one with the words by which its
paragraphs are compared, then the report itself. What a run leaves that was killed is taken away by the next one:
reports may not be public yet.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from zlib import compress, decompress

from assistant.figures.report_set import Sketch, Trace, Words, words_of
from assistant.report import Report

__all__ = [
    "Aside",
    "atomically",
    "is_own_folder",
    "load_reading",
    "load_report",
    "load_words",
    "sealed",
    "spool_by_content",
    "spool_folder",
    "spool_report",
    "unsealed",
]

Aside = Path | Report
"""A report put aside: where, or itself."""

_PREFIX, _LOCK = "assistant-aside-", "in-use"


@contextmanager
def spool_folder() -> Iterator[Path]:
    """A folder that is gone afterwards; those of killed runs go first."""
    from filelock import FileLock

    _sweep()
    while True:
        with TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as made:
            folder, lock = Path(made), FileLock(Path(made, _LOCK))
            number = folder.stat().st_ino
            # Another run may take it for one that was left, before it is locked.
            with suppress(FileNotFoundError):
                lock.acquire()
            try:
                if lock.is_locked and folder.stat().st_ino == number:
                    yield folder
                    return
            finally:
                lock.release()


def _sweep() -> None:
    """Remove the folders of this user that nobody holds; those being made have no lock yet."""
    from filelock import FileLock, Timeout

    for left in Path(gettempdir()).glob(f"{_PREFIX}*/{_LOCK}"):
        with suppress(Timeout, OSError):
            if not is_own_folder(left.parent):
                continue  # a lock in it may be a link to a file of ours, which locking would empty
            with FileLock(left, timeout=0):
                shutil.rmtree(left.parent, ignore_errors=True)
            shutil.rmtree(left.parent, ignore_errors=True)  # the lock itself, where what is open cannot be removed


def is_own_folder(folder: Path) -> bool:
    """Whether it is a folder, no link to one, that this user made."""
    status = folder.lstat()
    return stat.S_ISDIR(status.st_mode) and (not hasattr(os, "getuid") or status.st_uid == os.getuid())


def sealed(content: bytes) -> bytes:
    """``content`` behind a line by which ``unsealed`` tells whether it is whole."""
    return _checksum(content) + b"\n" + content


def unsealed(content: bytes) -> bytes:
    """What was ``sealed``.

    Raises:
        ValueError: it is damaged.
    """
    seal, _, rest = content.partition(b"\n")
    if seal != _checksum(rest):
        raise ValueError("damaged")
    return rest


def _checksum(content: bytes) -> bytes:
    return blake2b(content, digest_size=16).hexdigest().encode()


def atomically(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; several processes may write the same."""
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    aside.write_bytes(content)
    aside.replace(path)


def spool_report(report: Report, path: Path, *, kept: Sketch | None = None) -> str:
    """Write the report, as JSON: read again in half the time that a pickle takes; before it what a set has ``kept`` of
    it, and the words of its paragraphs. Its digest is told: the same in every run."""
    content = report.model_dump_json().encode()
    digest = blake2b(content, digest_size=16).hexdigest()
    opening = [digest, report.unit, report.year, _as_json(kept)] if kept else []
    words = words_of(report) if kept else []
    lines = [json.dumps(each, ensure_ascii=False).encode() for each in (opening, words)]
    atomically(path, sealed(b"\n".join([*lines, compress(content, level=1)])))
    return digest


def spool_by_content(report: Report, folder: Path | None) -> tuple[Aside, str]:
    """Write the report into ``folder``, under a name that no other report has; where it is, and its digest, which is
    empty where nothing was written."""
    if folder is None:
        return report, ""
    path = folder / "new.previous"
    digest = spool_report(report, path)
    return path.replace(folder / f"{digest}.previous"), digest


def load_reading(path: Path) -> tuple[str, str, int | None, Sketch]:
    """Digest, unit, year and sketch of a report that was put aside with what a set keeps of it.

    Raises:
        OSError: there is none.
        TypeError, ValueError, ArithmeticError: it is damaged.
    """
    digest, unit, year, kept = json.loads(unsealed(path.read_bytes()).partition(b"\n")[0])
    name, of_year, totals, paragraphs = kept
    numbers = {metric: value if value is None else Decimal(value) for metric, value in totals.items()}
    traces = tuple(Trace(bytes.fromhex(each), bytes.fromhex(bands)) for each, bands in paragraphs)
    return digest, unit, year, Sketch(name, of_year, numbers, traces)


def _as_json(kept: Sketch) -> list[object]:
    numbers = {metric: value if value is None else str(value) for metric, value in kept.totals.items()}
    return [kept.unit, kept.year, numbers, [(each.digest.hex(), each.bands.hex()) for each in kept.paragraphs]]


@lru_cache(maxsize=4)  # last year's report is often the one that was checked just before
def _loaded(path: Path) -> Report:
    return Report.model_validate_json(decompress(path.read_bytes().split(b"\n", 3)[3]))


def load_report(aside: Aside) -> Report:
    """A report that was put aside."""
    return aside if isinstance(aside, Report) else _loaded(aside)


@lru_cache(maxsize=256)  # a report that many copied is asked for again and again
def load_words(path: Path) -> list[Words]:
    """The words of the paragraphs of a report that was put aside with them."""
    return [Words(*each) for each in json.loads(path.read_bytes().split(b"\n", 3)[2])]
