"""What was read and checked before, beside the output: a second run, and one that was stopped, cost what has changed.

A file of the cache is called by a digest of all that it depends on: this program, the packages and the limits it reads
with, the content and the name of the file; of a verdict also last year's report, what the set tells, and the options.
Whatever has changed has another name and is made anew. What is damaged is as if it were not there.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import compress, decompress
from zlib import error as Undecompressed

from assistant import __version__
from assistant.batch.spool import atomically, is_own_folder, load_reading, sealed, spool_folder, unsealed
from assistant.batch.tasks import ReadFile
from assistant.check import Checked, Verdict, outside_files
from assistant.errors import AssistantError
from assistant.report import Report
from assistant.settings import settings
from assistant.text import name_of

if TYPE_CHECKING:
    from filelock import BaseFileLock

__all__ = ["Cache", "cache_folder", "open_cache", "verdict_key"]

# Decisions change from run to run, and marks point into words that are not kept.
_NOT_KEPT: Any = {"decisions": True, "unchecked": {"__all__": {"mark"}}}
_KEPT = {"file", "unit", "year", "edition", "title", "warnings", "published"}
_PACKAGE = Path(__file__).parent.parent
_INSTALLED = frozenset({"site-packages", "dist-packages"})
_VERDICT, _LOCK = ".verdict", "in-use"


class Cache:
    """Readings and verdicts in a folder. ``documents`` are what is made of the reports, in the order of the files; none
    where all go to one file. With ``resume`` a document that is there is taken for the one that was made, though a
    person has answered in it since; else it must be as it was written. Without ``verdicts`` only readings are used."""

    def __init__(
        self, folder: Path, documents: Sequence[Path] = (), *, resume: bool = False, verdicts: bool = True
    ) -> None:
        self.folder = folder
        self._documents = documents
        self._resume = resume
        self._verdicts = verdicts
        self._used: set[str] = set()

    def place(self, path: Path) -> Path | None:
        """Where the reading of a file is, or is to go; ``None`` for one that cannot be opened."""
        if not (content := _content_digest(path)):
            return None
        name = _digest("reading", _program_digest(), sorted(settings().limits().items()), name_of(path), content)
        self._used.add(name)
        return self.folder / name

    def reading(self, path: Path, place: Path) -> ReadFile | None:
        """The reading at ``place``; ``None`` where there is none that is whole."""
        try:
            return ReadFile(path, place, *load_reading(place))
        except (OSError, TypeError, ValueError, ArithmeticError):
            return None

    def document(self, number: int) -> Path | None:
        """What is made of the file of this number."""
        return self._documents[number] if self._documents else None

    def verdict(self, key: str, number: int, path: Path) -> Checked | None:
        """The result that was kept under ``key``, without the report's words and the findings' places; ``None`` where
        there is none that is whole, or its document is gone."""
        document = self.document(number)
        if not self._verdicts or (document and not document.is_file()):
            return None
        self._used.add(f"{key}{_VERDICT}")
        try:
            kept = json.loads(decompress(unsealed((self.folder / f"{key}{_VERDICT}").read_bytes())))
            if document and not self._resume and kept["document"] != _content_digest(document):
                return None
            # Their own mappings: the read-only views that stand for none cannot be sent to another process.
            report = Report.model_validate({**kept["report"], "cells": {}})
            verdict = Verdict.model_validate({**kept["verdict"], "decisions": {}})
        except (OSError, KeyError, TypeError, ValueError, Undecompressed):  # pydantic's and json's are ValueErrors
            return None
        return Checked(path, report, verdict, document=document)

    def keep(self, key: str, number: int, checked: Checked) -> None:
        """Keep a result, whose document, where there is one to be made, has been made. A full disk stops no check."""
        document = self.document(number)
        if not (self._verdicts and checked.report and checked.verdict) or (document and not document.is_file()):
            return
        kept = {
            "report": checked.report.model_dump(mode="json", include=_KEPT),
            "verdict": checked.verdict.model_dump(mode="json", exclude=_NOT_KEPT),
            "document": _content_digest(document) if document else "",
        }
        self._used.add(f"{key}{_VERDICT}")
        with suppress(OSError):
            packed = compress(json.dumps(kept, ensure_ascii=False).encode(), level=1)
            atomically(self.folder / f"{key}{_VERDICT}", sealed(packed))

    def prune(self) -> None:
        """Take away what this run did not use, and all that is more than the settings allow."""
        size = 0
        for path in self.folder.iterdir():
            with suppress(OSError):
                size += path.stat().st_size
                if path.name != _LOCK and (path.name not in self._used or size > settings().max_cache_bytes):
                    path.unlink()


def cache_folder(output: Path) -> Path:
    """Where the cache of an output is."""
    return output.with_name(f".{output.name}.cache")


@contextmanager
def open_cache(
    output: Path | None,
    files: Sequence[Path],
    *,
    documents: Sequence[Path] = (),
    resume: bool = False,
    verdicts: bool = True,
) -> Iterator[Cache | None]:
    """The cache of a run over several files, beside the file or the folder that it goes to; ``None`` for other runs,
    where another run holds it, and where none can be made. It is pruned when the block ends well.

    Raises:
        AssistantError: ``resume`` of a run that has no cache.
    """
    if output is None or len(files) < 2:
        if resume:
            raise AssistantError(
                "只有多份报告写入文件的检查可以接着做",
                where="--resume",
                help="请用 --format jsonl -o 文件，或 --format html -o 文件夹。",
            )
        yield None
        return
    from filelock import FileLock

    lock = FileLock(cache_folder(output) / _LOCK, timeout=0)
    if not _held(lock):
        yield None
        return
    kept = Cache(cache_folder(output), documents, resume=resume, verdicts=verdicts)
    try:
        yield kept
        kept.prune()
    finally:
        lock.release()


def _held(lock: BaseFileLock) -> bool:
    """Whether the folder of the cache is there, is ours, and no other run's."""
    from filelock import Timeout

    folder = Path(lock.lock_file).parent
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if is_own_folder(folder):
            lock.acquire()
    except (OSError, NotImplementedError, Timeout):  # a disk that is read only, one without locks, another run
        return False
    return lock.is_locked


@contextmanager
def spooled_in(cache: Cache | None, number: int) -> Iterator[Path | None]:
    """Where a number of reports are put while they are checked: into the cache, else into a folder that is gone
    afterwards; ``None`` for one by itself."""
    if cache or number == 1:
        yield cache.folder if cache else None
        return
    with spool_folder() as folder:
        yield folder


def verdict_key(
    dependencies: object, select: Sequence[str], ignore: Sequence[str], path: Path, document: Path | None
) -> str:
    """The key of a verdict that depends on ``dependencies``, and of the document that is made of it and of the file."""
    made = (document.name, _content_digest(path)) if document else ()
    return _digest(_program_digest(), dependencies, tuple(select), tuple(ignore), made)


def _digest(*parts: object) -> str:
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def _content_digest(path: Path) -> str:
    """A digest of a file's content; empty for one that cannot be read, or is too large to be."""
    try:
        if not path.is_file() or path.stat().st_size > settings().max_file_bytes:
            return ""
        return blake2b(path.read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return ""


@cache
def _program_digest() -> str:
    """A digest of this program, of rules from outside and of the packages that are installed: their versions alone
    would not tell what was changed since."""
    digest = blake2b(f"{__version__} {sys.version}".encode(), digest_size=16)
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix in (".py", ".toml", ".html", ".css", ".js"):
            digest.update(path.relative_to(_PACKAGE).as_posix().encode() + path.read_bytes())
    if getattr(sys, "frozen", False):  # the bundle's modules are in its program
        digest.update(Path(sys.executable).read_bytes())
    for path in outside_files():
        digest.update(path.name.encode() + path.read_bytes())
    # A name tells the version; to ask importlib.metadata for it would take as long as to check three reports.
    # What a package keeps inside itself and puts on the path when it is loaded (ray) is no other installation.
    folders = (folder for folder in map(Path, sys.path) if not _INSTALLED.intersection(folder.parent.parts))
    packages = {package.name for folder in folders for package in folder.glob("*.dist-info")}
    digest.update(repr(sorted(packages)).encode())
    return digest.hexdigest()
