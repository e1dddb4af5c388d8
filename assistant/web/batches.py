"""Many reports at once, as an office gets them from those below it: put in one by one, checked together, so that what
they tell of each other is found too. Results wait on the disk until somebody opens one."""

from __future__ import annotations

import os
import pickle
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.check import RULES, Checked, Finding
from assistant.errors import AssistantError, UnknownName
from assistant.figures.unit_comparison import Measured
from assistant.web.held import Held, Job
from assistant.web.work import Task, Tell, Workers

if TYPE_CHECKING:
    from assistant.render.summary_rows import SummaryRow

__all__ = ["Batch", "BatchJob", "BatchRow", "Batches", "check_batch"]

MOST_FILES = 1000  # of one batch: a province has some hundred counties


@dataclass(frozen=True, slots=True)
class BatchJob:
    """What a process checks: all files in a folder, last year's from the library, results into another folder."""

    files: tuple[Path, ...]
    library: Path
    results: Path


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One report: its summary, what it measures for comparison, how many numbers nobody could check, and what was found
    by holding it against the others."""

    number: int
    summary: SummaryRow
    level: str
    measures: tuple[Measured, ...]
    unchecked: int
    across: tuple[Finding, ...] = ()


def check_batch(job: BatchJob, tell: Tell) -> list[BatchRow]:
    """Check all, in a process of its own; a bad file is a row with its error.

    Raises:
        UnreadableReport: none of them can be looked into.
        LibraryError: the library is damaged or locked.
    """
    from assistant.batch.check_files import check_files, report_files
    from assistant.figures.unit_comparison import measured
    from assistant.language.organs import level_of
    from assistant.render.summary_rows import summary_row

    job.results.mkdir(mode=0o700, parents=True)
    steps, rows, files = 0, [], report_files(job.files)

    def step() -> None:
        nonlocal steps
        steps += 1
        read = steps <= len(files)
        tell(f"{'读取' if read else '检查'} {steps if read else steps - len(files)}/{len(files)}")

    for number, item in enumerate(check_files(files, library=job.library, on_step=step)):
        if item.error:
            for file in job.files:  # nobody knows our folders
                item.error.where = item.error.where.replace(f"{file.parent}{os.sep}", "")
        if item.report:
            (job.results / str(number)).write_bytes(pickle.dumps(item))
        unit = item.report.unit if item.report else ""
        rows.append(
            BatchRow(
                number,
                summary_row(item, lists=True),
                level_of(unit) if unit else "",
                measured(item.report) if item.report else (),
                len(item.verdict.unchecked) if item.verdict else 0,
                tuple(one for one in item.verdict.standing if RULES[one.code].needs_others) if item.verdict else (),
            )
        )
    return rows


@dataclass(eq=False)
class Batch(Job):
    """One batch: files while they come in, then rows. ``opened`` are the checks that rows were opened as."""

    id: str
    folder: Path
    files: list[Path] = field(default_factory=list)
    task: Task | None = None
    opened: dict[int, str] = field(default_factory=dict)

    @property
    def rows(self) -> list[BatchRow]:
        return list(self.task.future.result()) if self.task and self.task.state == "done" else []

    @property
    def mark(self) -> str:
        """Changes with everything that a page shows."""
        return f"{len(self.files)}.{self.task.version if self.task else 0}.{self.at_work}"

    def result(self, number: int) -> Checked:
        """One of the results.

        Raises:
            UnknownName: there is no such row, or its file could not be checked.
        """
        path = self.folder / "results" / str(number)
        if not path.is_file():
            raise UnknownName("这一份没有检查结果", where=str(number), help="没有查成的，原因在表里。")
        kept = pickle.loads(path.read_bytes())  # written by a process of ours into a folder of ours
        assert isinstance(kept, Checked)
        return kept


class Batches(Held[Batch]):
    """All of them."""

    most, missing = 5, ("没有这一批", "服务重新启动过的，请重新上传。")

    def __init__(self, folder: Path, library: Path, workers: Workers) -> None:
        super().__init__()
        self._folder, self._library, self._workers = folder, library, workers

    def begin(self) -> Batch:
        number = secrets.token_hex(6)
        return self.keep(Batch(number, self._folder / number))

    def place(self, made: Batch) -> Path:
        """A folder for one more file of a batch.

        Raises:
            AssistantError: it is being checked already, or has too many.
        """
        with self._lock:
            if made.task is not None:
                raise AssistantError("这一批已经开始检查，不能再加", help="请另开一批。")
            if len(made.files) >= MOST_FILES:
                raise AssistantError(f"一批最多{MOST_FILES}份", help="请分成几批。")
            return made.folder / f"{len(made.files)}-{secrets.token_hex(3)}"

    def start(self, made: Batch) -> None:
        """Check what was put in.

        Raises:
            AssistantError: it is being checked already, or nothing was put in.
        """
        with self._lock:
            if made.task is not None:
                raise AssistantError("这一批已经开始检查", help="请看它的进度。")
            if not made.files:
                raise AssistantError("还没有文件", help="请先上传报告。")
            job = BatchJob(tuple(made.files), self._library, made.folder / "results")
            made.task = self._workers.submit(check_batch, job)
