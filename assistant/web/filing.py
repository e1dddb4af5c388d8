"""Taking what was uploaded into the library, one batch at a time: the library has one writer."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from starlette.datastructures import UploadFile

from assistant.errors import AssistantError
from assistant.web.held import Job
from assistant.web.uploads import stored
from assistant.web.work import Task, Tell, Workers

__all__ = ["FILES", "Filing", "TakenIn", "take_in"]

FILES = "files"  # of the library's folder: what was uploaded lies there for good, to be read again


@dataclass(frozen=True, slots=True)
class _Intake:
    library: Path
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of one file."""

    file: str
    line: str
    failed: bool


def take_in(intake: _Intake, tell: Tell) -> list[TakenIn]:
    """File what was uploaded, with what ships where the library is new, as ``assistant ingest`` does; what could not be
    read is not kept.

    Raises:
        LibraryError: another process is writing this library, or it cannot be written.
    """
    from assistant.library import Library
    from assistant.library.ingest import Outcome, ingest, initial_files
    from assistant.resources import folder

    began = time.monotonic()
    seen = 0

    def document(outcome: Outcome) -> None:
        nonlocal seen
        seen += 1
        tell(f"编入目录 {seen}　{outcome.path.name}")

    def vectors(done: int, total: int) -> None:
        nonlocal began
        if done == 0:
            began = time.monotonic()
        left = (time.monotonic() - began) * (total - done) / done if done else 0
        more = f"，约还要{_duration(left)}" if left > 1 else ""
        tell(f"已经可以提问；正在建立语义索引 {done}/{total}{more}")

    with Library(intake.library, create=True) as library:
        files = [*initial_files(library, folder("corpus") / "regulation"), *intake.files]
        outcomes = ingest(files, library, on_document=document, on_vectors=vectors)
    ours = set(intake.files)
    for outcome in outcomes:
        if outcome.error and outcome.path in ours:
            shutil.rmtree(outcome.path.parent, ignore_errors=True)
    return [
        TakenIn(each.path.name, each.line.replace(str(each.path), each.path.name), bool(each.error))
        for each in outcomes
        if each.path in ours
    ]


def _duration(seconds: float) -> str:
    return f"{seconds / 60:.0f}分钟" if seconds >= 90 else f"{seconds:.0f}秒"


@dataclass(eq=False)
class Filing(Job):
    """The intake that is under way, or was last; one at a time, as the library has one writer."""

    library: Path
    workers: Workers
    id: str = "library"
    task: Task | None = None
    version: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def mark(self) -> str:
        return f"{self.version}.{self.task.version if self.task else 0}.{self.at_work}"

    @property
    def taken(self) -> list[TakenIn]:
        done = self.task is not None and self.task.state == "done"
        return list(self.task.future.result()) if self.task and done else []

    def begin(self, uploads: Sequence[UploadFile]) -> Task:
        """Put what was uploaded into the library's folder and have it read.

        Raises:
            AssistantError: another batch is being read.
        """
        with self.lock:
            if self.at_work:
                raise AssistantError("正在导入，还不能加", where=str(self.library), help="请等这一批编完目录再加。")
            files = []
            for upload in uploads:
                mark = f"{time.time_ns():x}"
                files.append(stored(upload, self.library / FILES / mark))
            self.task = self.workers.submit(take_in, _Intake(self.library, tuple(files)))
            self.version += 1
            return self.task
