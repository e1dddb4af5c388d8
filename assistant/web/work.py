"""Work in processes of its own, a few at a time: what was uploaded may be hostile, and what takes long can be stopped.

A process serves one task after the other; it is started with the first one, replaced when it dies, is killed or has
served its number. This process only waits for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import Queue
from typing import Any, Literal, Protocol

from assistant.batch.workers import follow_the_parent
from assistant.errors import AssistantError, LibraryError
from assistant.interrupts import kept_from_children
from assistant.settings import settings

__all__ = ["Busy", "Cancelled", "State", "Task", "Tell", "Workers"]


class Tell(Protocol):
    """What a task says of itself on its way: what it does at the moment; with ``words``, a piece of its result that is
    certain and may be shown before the rest."""

    def __call__(self, text: str, /, *, words: bool = False) -> None: ...


State = Literal["queued", "running", "done", "failed", "cancelled"]

_MOST_WAITING = 64  # tasks of one kind: who comes later is told to come back
_SERVES = 50  # tasks, then a process makes way for a new one: what libraries keep does not pile up
_LOOKS_EVERY = 0.1  # seconds, for a task that was cancelled


class Busy(AssistantError):
    """More is waiting than will be done soon."""


class Cancelled(AssistantError):
    """A person stopped it."""


@dataclass(eq=False)
class Task:
    """Something that is being done. ``stage`` is what it does at the moment, ``said`` the pieces of its result that
    are certain, ``version`` grows with all that it tells, ``future`` has the result or the error."""

    function: Callable[[Any, Tell], Any]
    argument: Any
    state: State = "queued"
    stage: str = "排队等候"
    said: list[str] = field(default_factory=list)
    version: int = 0
    future: Future[Any] = field(default_factory=Future)
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def over(self) -> bool:
        return self.state not in ("queued", "running")

    @property
    def error(self) -> AssistantError | None:
        """What it failed with."""
        failed = self.future.exception() if self.future.done() and not self.future.cancelled() else None
        return failed if isinstance(failed, AssistantError) else None

    def cancel(self) -> None:
        """Stop it, also while it is at work; one that is over stays as it is."""
        self.stop.set()

    def tell(self, text: str, /, *, words: bool = False) -> None:
        if words:
            self.said.append(text)
        else:
            self.stage = text
        self.version += 1

    def _end(self, state: State, result: Any = None, error: BaseException | None = None) -> None:
        # The future first: what is done with the result is done before anybody is told that it is there.
        if error is not None:
            self.future.set_exception(error)
        else:
            self.future.set_result(result)
        self.state, self.stage = state, {"done": "已完成", "failed": "没有完成", "cancelled": "已取消"}[state]


class Workers:
    """So many processes for one kind of work; tasks are taken in the order in which they come."""

    def __init__(self, processes: int) -> None:
        self._tasks: Queue[Task | None] = Queue()
        self._closed = threading.Event()
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(processes)]
        self._started = False

    def submit(self, function: Callable[[Any, Tell], Any], argument: Any) -> Task:
        """``function(argument, tell)`` in a process; both are sent there, so they must be picklable.

        Raises:
            Busy: too much is waiting already.
        """
        if self._closed.is_set() or self._tasks.qsize() >= _MOST_WAITING:
            raise Busy("排队的太多，这一项没有接", help="请等一会儿再试。")
        if not self._started:
            self._started = True
            for thread in self._threads:
                thread.start()
        task = Task(function, argument)
        self._tasks.put(task)
        return task

    def close(self) -> None:
        """End the processes at once, whatever they do."""
        self._closed.set()
        for _ in self._threads:
            self._tasks.put(None)
        if self._started:
            for thread in self._threads:
                thread.join()

    def _serve(self) -> None:
        process: _Process | None = None
        while (task := self._tasks.get()) is not None:
            if task.stop.is_set() or self._closed.is_set():
                task._end("cancelled", error=_cancelled())
                continue
            if process is None or process.used_up:
                if process:
                    process.end()
                process = _Process()
            task.state = "running"
            task.tell("开始")
            if not process.do(task, self._closed):
                process.end()
                process = None
        if process:
            process.end()


class _Process:
    """One process and the line to it."""

    def __init__(self) -> None:
        context = get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_served, args=(theirs,), daemon=True)
        with kept_from_children():
            self._process.start()
        theirs.close()
        self._served = 0

    @property
    def used_up(self) -> bool:
        return self._served >= _SERVES or not self._process.is_alive()

    def do(self, task: Task, closed: threading.Event) -> bool:
        """Do a task; whether the process can do another."""
        self._served += 1
        until = time.monotonic() + settings().report_seconds
        try:
            self._line.send((task.function, task.argument))
            while not (task.stop.is_set() or closed.is_set()):
                if self._line.poll(_LOOKS_EVERY):
                    kind, value = self._line.recv()
                    if kind in ("stage", "words"):
                        task.tell(value, words=kind == "words")
                    else:
                        task._end(
                            "done" if kind == "done" else "failed", *((value,) if kind == "done" else (None, value))
                        )
                        return True
                elif time.monotonic() > until:
                    task._end("failed", error=_lost())
                    return False
        except (EOFError, OSError):
            task._end("failed", error=_lost())
            return False
        task._end("cancelled", error=_cancelled())
        return False

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._line.close()


def _served(line: Connection) -> None:
    """In the process: one task after the other, until the line is cut."""
    follow_the_parent()

    def tell(text: str, /, *, words: bool = False) -> None:
        line.send(("words" if words else "stage", text))

    with suppress(EOFError):
        while True:
            function, argument = line.recv()
            try:
                answer = ("done", function(argument, tell))
            except AssistantError as error:
                answer = ("failed", error)
            except Exception as error:
                answer = ("failed", _broken(error))
            line.send(answer)


def _broken(error: Exception) -> AssistantError:
    from sqlite3 import Error as StorageError

    if isinstance(error, StorageError):
        return LibraryError("资料库读写出错", help="请检查磁盘空间；用 assistant library verify 看是否完好。")
    return AssistantError(f"程序出错：{type(error).__name__}: {error}", help="请换一个文件再试，并把这句话报告给我们。")


def _lost() -> AssistantError:
    return AssistantError(
        f"处理它的进程意外结束（可能是内存不足），或者{settings().report_seconds:g}秒没有结果",
        help="请单独再试一次；文件很大的，先确认它是一份年度报告。",
    )


def _cancelled() -> Cancelled:
    return Cancelled("已取消", help="没有留下任何改动，可以重新开始。")
