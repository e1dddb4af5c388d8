"""Reports put aside on the disk while a set of them is checked, in a folder that only this user can open.

A file is one line with the words by which its paragraphs are compared, then the report itself. What a run leaves that
was killed is taken away by the next one: reports may not be public yet.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from zlib import compress, decompress

from assistant.figures.report_set import Words, words_of
from assistant.report import Report

__all__ = ["load_report", "load_words", "spool_folder", "spool_report"]

_PREFIX, _LOCK = "assistant-aside-", "in-use"


@contextmanager
def spool_folder() -> Iterator[Path]:
    """A folder that is gone afterwards; those of killed runs go first."""
    from filelock import FileLock  # one report by itself is never put aside

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
            if not _ours(left.parent):
                continue  # a lock in it may be a link to a file of ours, which locking would empty
            with FileLock(left, timeout=0):
                shutil.rmtree(left.parent, ignore_errors=True)
            shutil.rmtree(left.parent, ignore_errors=True)  # the lock itself, where what is open cannot be removed


def _ours(folder: Path) -> bool:
    """Whether it is a folder, no link to one, that this user made."""
    status = folder.lstat()
    return stat.S_ISDIR(status.st_mode) and (not hasattr(os, "getuid") or status.st_uid == os.getuid())


def spool_report(report: Report, path: Path, *, words: bool = False) -> str:
    """Write the report, as JSON: read again in half the time that a pickle takes. ``words`` puts those of its
    paragraphs before it. Its digest is told: the same in every run."""
    content = report.model_dump_json().encode()
    opening = json.dumps(words_of(report) if words else [], ensure_ascii=False).encode()
    path.write_bytes(opening + b"\n" + compress(content, level=1))
    return blake2b(content, digest_size=16).hexdigest()


@lru_cache(maxsize=4)  # last year's report is often the one that was checked just before
def load_report(path: Path) -> Report:
    """A report that was put aside."""
    return Report.model_validate_json(decompress(path.read_bytes().partition(b"\n")[2]))


@lru_cache(maxsize=256)  # a report that many copied is asked for again and again
def load_words(path: Path) -> list[Words]:
    """The words of the paragraphs of a report that was put aside with them."""
    with path.open("rb") as file:
        return [Words(*each) for each in json.loads(file.readline())]
