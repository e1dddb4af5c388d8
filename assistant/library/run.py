"""Where work on many files is done: a seam. ``fleet.Workers.in_order`` fits it, over processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

__all__ = ["Run", "in_this_process"]

Job = TypeVar("Job")
Result = TypeVar("Result")


class Run(Protocol):
    """``function`` of each job, in the order of the jobs, which are taken as they are needed; ``lost`` gives the result of
    a job that ends the process it is done in. No result is ``None``. Functions, jobs and results can be sent to other processes."""

    def __call__(
        self, function: Callable[[Job], Result], jobs: Iterable[Job], lost: Callable[[Job], Result], /
    ) -> Iterator[Result]: ...


def in_this_process(
    function: Callable[[Job], Result], jobs: Iterable[Job], _lost: Callable[[Job], Result], /
) -> Iterator[Result]:
    """One job after the other."""
    return map(function, jobs)
