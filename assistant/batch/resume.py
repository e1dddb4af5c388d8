"""What was finished before a stop: a line for each report, so that the next run need not check it again.

A line holds its key: a digest of all that the verdict and the document depend on, this program and its options among
it. A report that has changed, or whose last year's report has, or of which the set tells something else, has another
key and is checked anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TextIO

from assistant.check import Checked, Verdict, outside_files
from assistant.errors import AssistantError
from assistant.files import own_file, refusals_told
from assistant.report import Report

__all__ = ["Journal", "open_journal", "verdict_key"]

# Decisions change from run to run, and marks point into words that are not kept.
_NOT_KEPT: Any = {"decisions": True, "unchecked": {"__all__": {"mark"}}}
_KEPT = {"file", "unit", "year", "edition", "title", "warnings", "published"}
_PACKAGE = Path(__file__).parent.parent


class Journal:
    """CheckResult reports by key, without their words and the findings' places; each is on the disk as soon as it is
    kept. The file is made when there is something to keep. ``documents`` are what is made of the reports, in the order
    of the files; none where all go to one file."""

    def __init__(self, path: Path, finished: dict[str, str], documents: Sequence[Path] = ()) -> None:
        self._path = path
        self._finished = finished
        self._documents = documents
        self._stream: TextIO | None = None

    def document(self, number: int) -> Path | None:
        """What is made of the file of this number."""
        return self._documents[number] if self._documents else None

    def find(self, key: str, number: int, path: Path) -> Checked | None:
        """The result that was kept under ``key``; ``None`` where there is none, none that can be understood, or its
        document is gone."""
        document = self.document(number)
        if document and not document.is_file():
            return None
        try:
            kept = json.loads(self._finished[key])
            # Their own mappings: the read-only views that stand for none cannot be sent to another process.
            report = Report.model_validate({**kept["report"], "cells": {}})
            verdict = Verdict.model_validate({**kept["verdict"], "decisions": {}})
            return Checked(path, report, verdict, document=document)
        except (KeyError, TypeError, ValueError):  # pydantic's and json's own errors are ValueErrors
            return None

    def keep(self, key: str, number: int, checked: Checked) -> None:
        """Add a result, whose document, where there is one to be made, has been made.

        Raises:
            AssistantError: the file cannot be written.
        """
        document = self.document(number)
        if not (checked.report and checked.verdict) or (document and not document.is_file()):
            return
        kept = {
            "report": checked.report.model_dump(mode="json", include=_KEPT),
            "verdict": checked.verdict.model_dump(mode="json", exclude=_NOT_KEPT),
        }
        with refusals_told(self._path):
            if self._stream is None:
                kept_on = os.O_APPEND if self._finished else os.O_TRUNC
                self._stream = os.fdopen(own_file(self._path, os.O_WRONLY | kept_on), "a", encoding="utf-8")
                self._stream.write("\n")  # the line before may have been cut off
            self._stream.write(f"{key} {json.dumps(kept, ensure_ascii=False)}\n")
            self._stream.flush()

    def close(self, *, ended: bool) -> None:
        """Close the file; when the work has come to its end it is gone."""
        if self._stream:
            self._stream.close()
        if ended:
            self._path.unlink(missing_ok=True)


@contextmanager
def open_journal(
    output: Path | None, files: Sequence[Path], *, documents: Sequence[Path] = (), resume: bool, reviewed: bool = False
) -> Iterator[Journal | None]:
    """The journal of a run over several files, beside the file or the folder of ``documents`` that it goes to. ``None``
    for other runs, and for documents that hold people's decisions (``reviewed``): those may have changed.

    Raises:
        AssistantError: ``resume`` of a run that has no journal.
    """
    if output is None or len(files) < 2 or (documents and reviewed):
        if resume:
            raise AssistantError(
                "只有多份报告写入文件的检查可以接着做",
                where="--resume",
                help="请用 --format jsonl -o 文件，或 --format html -o 文件夹；网页和 Word 不能同时用 --review。",
            )
        yield None
        return
    path, ended = output.with_name(f"{output.name}.journal"), False
    journal = Journal(path, _read(path) if resume else {}, documents)
    try:
        yield journal
        ended = True
    finally:
        journal.close(ended=ended)


def verdict_key(
    dependencies: object, select: Sequence[str], ignore: Sequence[str], path: Path, document: Path | None
) -> str:
    """The key of a verdict that depends on ``dependencies``, and of the document that is made of it and of the file."""
    made = (document.name, _content_digest(path)) if document else ()
    return blake2b(
        repr((_program_digest(), dependencies, tuple(select), tuple(ignore), made)).encode(), digest_size=16
    ).hexdigest()


def _content_digest(path: Path) -> bytes:
    """A digest of a file's content; empty for one that has gone since it was read."""
    try:
        return blake2b(path.read_bytes(), digest_size=16).digest()
    except OSError:
        return b""


@cache
def _program_digest() -> str:
    """A digest of this program and of rules from outside: their versions alone would not tell what was changed
    since."""
    digest = blake2b(digest_size=16)
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix in (".py", ".toml", ".html", ".css", ".js"):
            digest.update(path.relative_to(_PACKAGE).as_posix().encode() + path.read_bytes())
    for path in outside_files():
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> dict[str, str]:
    """Key → the rest of its line; a line that was cut off is found out when it is asked for."""
    if not path.is_file():
        return {}
    with refusals_told(path):
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    return {key: rest for key, _, rest in (line.partition(" ") for line in lines) if rest}
