"""What was finished before a stop: a line for each report, so that the next run need not check it again.

A line holds its key: a digest of all that the verdict depends on. A report that has changed, or whose last year's report
has, or of which the set tells something else, has another key and is checked anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from assistant.check import Checked, Verdict
from assistant.errors import AssistantError
from assistant.render.output import writing
from assistant.report import Report

__all__ = ["Journal", "journal_beside"]

_KEPT = {"file", "unit", "year", "edition", "title", "warnings", "published"}


class Journal:
    """Finished reports by key, without their words and the findings' places; each is on the disk as soon as it is
    kept. The file is made when there is something to keep."""

    def __init__(self, path: Path, finished: dict[str, str]) -> None:
        self._path = path
        self._finished = finished
        self._stream: TextIO | None = None

    def find(self, key: str, path: Path) -> Checked | None:
        """The result that was kept under ``key``; ``None`` where there is none, or none that can be understood."""
        try:
            told = json.loads(self._finished[key])
            return Checked(path, Report.model_validate(told["report"]), Verdict.model_validate(told["verdict"]))
        except (KeyError, TypeError, ValueError):  # pydantic's and json's own errors are ValueErrors
            return None

    def keep(self, key: str, checked: Checked) -> None:
        """Add a result.

        Raises:
            AssistantError: the file cannot be written.
        """
        if not (checked.report and checked.verdict):
            return
        told = {
            "report": checked.report.model_dump(mode="json", include=_KEPT),
            "verdict": checked.verdict.model_dump(mode="json", exclude={"decisions"}),
        }
        with writing(self._path):
            if self._stream is None:
                self._stream = self._path.open("a" if self._finished else "w", encoding="utf-8")
                self._stream.write("\n")  # the line before may have been cut off
            self._stream.write(f"{key} {json.dumps(told, ensure_ascii=False)}\n")
            self._stream.flush()

    def close(self, *, ended: bool) -> None:
        """Close the file; when the work has come to its end it is gone."""
        if self._stream:
            self._stream.close()
        if ended:
            self._path.unlink(missing_ok=True)


@contextmanager
def journal_beside(output: Path | None, files: int, *, whole: bool, resume: bool) -> Iterator[Journal | None]:
    """The journal of a run over several files that goes to one file: beside that file. ``None`` for other runs.

    Raises:
        AssistantError: ``resume`` of a run that has no journal.
    """
    if output is None or whole or files < 2:
        if resume:
            raise AssistantError(
                "只有多份报告写入一个文件的检查可以接着做", where="--resume", help="请用 --format jsonl -o 文件。"
            )
        yield None
        return
    path, ended = output.with_name(f"{output.name}.journal"), False
    journal = Journal(path, _read(path) if resume else {})
    try:
        yield journal
        ended = True
    finally:
        journal.close(ended=ended)


def _read(path: Path) -> dict[str, str]:
    """Key → the rest of its line; a line that was cut off is found out when it is asked for."""
    if not path.is_file():
        return {}
    with writing(path):
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    return {key: told for key, _, told in (line.partition(" ") for line in lines) if told}
