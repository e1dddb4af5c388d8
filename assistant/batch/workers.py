"""The same function over many jobs, in this process or in several: results in the order of the jobs, few at a time."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from assistant.interrupts import kept_from_children
from assistant.logs import listening, told_in_order
from assistant.settings import settings

if TYPE_CHECKING:  # one report is checked in this process: what starts others is loaded with them
    from concurrent.futures import Future, ProcessPoolExecutor

    from assistant.batch.cluster import Cluster

__all__ = ["Workers", "bundle_size", "follow_the_parent", "only_unknown", "open_workers", "processes_for"]

Job = TypeVar("Job")
Result = TypeVar("Result")

_AHEAD = 4  # bundles handed out for each process: enough that none waits, few enough that results do not pile up
# Handing a report out and taking its result back costs a tenth of checking it, and last year's, which stands beside it,
# is read once where one process has both. Yet the last bundles must not leave all processes but one without work.
_BUNDLE, _BUNDLES_A_PROCESS = 8, 16
_MOST = 61  # Windows waits for no more processes than that
_WORTH_A_PROCESS = 8  # a process takes a second to start, in which it would have checked more files than that


def processes_for(files: int, wanted: int = 0) -> int:
    """How many processes check so many files: as many as are wanted, else one a processor, never more than pay."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(wanted or min(usable, files // _WORTH_A_PROCESS), files, _MOST))


def bundle_size(files: int, processes: int) -> int:
    """How many of so many files are handed out together."""
    return max(1, min(_BUNDLE, files // (processes * _BUNDLES_A_PROCESS)))


class Workers:
    """Processes that are started when they are first needed and serve until the block ends; jobs are handed to them in
    bundles of neighbours.

    They are spawned, the same on every system: functions, jobs and results must be picklable.
    """

    def __init__(self, processes: int, bundle: int = 1) -> None:
        self._processes = processes
        self._bundle = bundle
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind and issubclass(kind, KeyboardInterrupt):
            _end_children()
        self._stop()

    def in_order(
        self, function: Callable[[Job], Result], jobs: Iterable[Job], lost: Callable[[Job], Result]
    ) -> Iterator[Result]:
        """``function`` of each job, in the order of ``jobs``; these are taken as they are needed.

        A process that dies (out of memory, killed) or gives nothing for ``report_seconds`` a job (stopped, stuck) is
        replaced and the jobs handed out are done again, those of the first bundle alone; ``lost`` gives the result of a
        job that its process does not come back from then either.
        """
        if listening():
            return told_in_order(self._in_order, function, jobs, lost)
        return self._in_order(function, jobs, lost)

    def _in_order(
        self, function: Callable[[Job], Result], jobs: Iterable[Job], lost: Callable[[Job], Result]
    ) -> Iterator[Result]:
        if self._processes == 1 or not self._has_pool():
            yield from map(function, jobs)
            return
        from concurrent.futures.process import BrokenProcessPool

        # All that was handed out before the first bundle has come back: a process has it, or has just come free for it.
        seconds = settings().report_seconds
        waiting: deque[tuple[list[Job], Future[list[Result]] | None]] = deque()
        for bundle in _bundles(jobs, self._bundle):
            if bundle:
                waiting.append((bundle, self._handed(function, bundle)))
            while waiting and (not bundle or len(waiting) >= self._processes * _AHEAD):
                first, future = waiting.popleft()
                try:
                    results = future.result(seconds * len(first)) if future else None
                except (BrokenProcessPool, TimeoutError):
                    results = None
                if results is None:
                    _end_children()
                    self._stop()
                    results = [_alone(function, job, lost) for job in first]
                    waiting = deque((each, self._handed(function, each)) for each, _ in waiting)
                yield from results

    def _has_pool(self) -> bool:
        """Whether there is a pool, now at the latest. There is none where processes have no place for the locks that
        they share, as in containers without /dev/shm: then this process does it all."""
        with suppress(OSError, ImportError, NotImplementedError):
            self._pool = self._pool or _pool(self._processes)
        return self._pool is not None

    def _handed(self, function: Callable[[Job], Result], bundle: list[Job]) -> Future[list[Result]] | None:
        """``None`` where the pool has broken already: the bundle waits for the next one."""
        from concurrent.futures.process import BrokenProcessPool

        self._pool = self._pool or _pool(self._processes)
        try:
            with kept_from_children():  # the pool starts its processes as jobs come in
                return self._pool.submit(partial(_each, function), bundle)
        except BrokenProcessPool:
            return None

    def _stop(self) -> None:
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = None


class _Knowable(Protocol):
    @property
    def known(self) -> Any: ...


def only_unknown(
    workers: Workers | Cluster,
    function: Callable[[Any], Result],
    jobs: Iterable[_Knowable],
    lost: Callable[[Any], Result],
) -> Iterator[Result]:
    """As ``in_order``; of jobs whose result is ``known`` it is passed on, and no process is started for them."""
    for known, neighbours in groupby(jobs, key=lambda job: job.known is not None):
        if known:
            yield from (job.known for job in neighbours)
        else:
            yield from workers.in_order(function, neighbours, lost)


def open_workers(jobs: int, cluster: str | None, bundle: int = 1) -> Workers | Cluster:
    """Where work on many files is done: ``jobs`` processes of this machine, or the Ray cluster at an address."""
    if cluster is None:
        return Workers(jobs, bundle)
    from assistant.batch.cluster import Cluster

    return Cluster(cluster)


def _pool(processes: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=follow_the_parent)


def follow_the_parent() -> None:
    """Interrupts are the parent's to answer; when it is killed its processes would wait for more jobs for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)


def _bundles(jobs: Iterable[Job], size: int) -> Iterator[list[Job]]:
    """The jobs in bundles, then an empty one."""
    left = iter(jobs)
    while bundle := list(islice(left, size)):
        yield bundle
    yield []


def _each(function: Callable[[Job], Result], bundle: list[Job]) -> list[Result]:
    return [function(job) for job in bundle]


def _alone(function: Callable[[Job], Result], job: Job, lost: Callable[[Job], Result]) -> Result:
    from concurrent.futures.process import BrokenProcessPool

    with _pool(1) as pool:
        try:
            with kept_from_children():
                future = pool.submit(function, job)
            return future.result(settings().report_seconds)
        except (BrokenProcessPool, TimeoutError):
            _end_children()
            return lost(job)


def _end_children() -> None:
    """At once, stopped ones too. This process alone writes what is to last: nothing is left half done."""
    from multiprocessing import active_children

    for process in active_children():
        process.kill()
