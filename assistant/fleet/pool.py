"""The same function over many jobs, in this process or in several: results in the order of the jobs, few at a time."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, TypeVar

from assistant.logs import listening, told_in_order

if TYPE_CHECKING:
    from assistant.fleet.cluster import Cluster

__all__ = ["Workers", "open_workers", "processes_for"]

Job = TypeVar("Job")
Result = TypeVar("Result")

_AHEAD = 4  # jobs handed out for each process: enough that none waits, few enough that results do not pile up
_MOST = 61  # Windows waits for no more processes than that
_WORTH_A_PROCESS = 8  # a process takes a second to start, in which it would have checked more files than that


def processes_for(files: int, wanted: int = 0) -> int:
    """How many processes check so many files: as many as are wanted, else one a processor, never more than pay."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(wanted or min(usable, files // _WORTH_A_PROCESS), files, _MOST))


class Workers:
    """Processes that are started when they are first needed and serve until the block ends.

    They are spawned, the same on every system: functions, jobs and results must be picklable.
    """

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def in_order(
        self, function: Callable[[Job], Result], jobs: Iterable[Job], lost: Callable[[Job], Result]
    ) -> Iterator[Result]:
        """``function`` of each job, in the order of ``jobs``; these are taken as they are needed.

        A process that dies (out of memory, killed) is replaced and the jobs handed out are done again, the first of
        them alone; ``lost`` gives the result of a job that kills its process again.
        """
        if listening():
            return told_in_order(self._in_order, function, jobs, lost)
        return self._in_order(function, jobs, lost)

    def _in_order(
        self, function: Callable[[Job], Result], jobs: Iterable[Job], lost: Callable[[Job], Result]
    ) -> Iterator[Result]:
        if self._processes == 1:
            yield from map(function, jobs)
            return
        waiting: deque[tuple[Job, Future[Result] | None]] = deque()
        for job in _and_then_none(jobs):
            if job is not None:
                waiting.append((job, self._handed(function, job)))
            while waiting and (job is None or len(waiting) >= self._processes * _AHEAD):
                first, future = waiting.popleft()
                try:
                    result = future.result() if future else None
                except BrokenProcessPool:
                    result = None
                if result is None:
                    self._stop()
                    result = _alone(function, first, lost)
                    waiting = deque((each, self._handed(function, each)) for each, _ in waiting)
                yield result

    def _handed(self, function: Callable[[Job], Result], job: Job) -> Future[Result] | None:
        """``None`` where the pool has broken already: the job waits for the next one."""
        self._pool = self._pool or _pool(self._processes)
        try:
            return self._pool.submit(function, job)
        except BrokenProcessPool:
            return None

    def _stop(self) -> None:
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = None


def open_workers(jobs: int, cluster: str | None) -> Workers | Cluster:
    """Where work on many files is done: ``jobs`` processes of this machine, or the Ray cluster at an address."""
    if cluster is None:
        return Workers(jobs)
    from assistant.fleet.cluster import Cluster

    return Cluster(cluster)


def _pool(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_follow_the_parent)


def _follow_the_parent() -> None:
    """Interrupts are the parent's to answer; when it is killed its processes would wait for more jobs for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _and_then_none(jobs: Iterable[Job]) -> Iterator[Job | None]:
    yield from jobs
    yield None


def _alone(function: Callable[[Job], Result], job: Job, lost: Callable[[Job], Result]) -> Result:
    with _pool(1) as pool:
        try:
            return pool.submit(function, job).result()
        except BrokenProcessPool:
            return lost(job)
