"""A bound on how long something outside may keep us: an endpoint that sends a byte now and then never times out."""

from __future__ import annotations

import contextvars
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from typing import TypeVar

__all__ = ["pieces_within", "within"]

T = TypeVar("T")


def within(seconds: float, call: Callable[[], T]) -> T:
    """What ``call`` gives. Raises as ``pieces_within``."""
    (given,) = pieces_within(seconds, lambda: [call()])
    return given


def pieces_within(seconds: float, call: Callable[[], Iterable[T]]) -> Iterator[T]:
    """The pieces that ``call`` gives as they come in, from a thread of its own; who waits here can be interrupted.

    Raises:
        TimeoutError: they have not come to an end by then. The thread is left to itself, and ends with the process.
        BaseException: whatever ``call`` raised.
    """
    came: SimpleQueue[tuple[bool, T | BaseException | None]] = SimpleQueue()
    unwanted, until = threading.Event(), time.monotonic() + seconds

    def run() -> None:
        try:
            for piece in call():
                came.put((True, piece))
                if unwanted.is_set():
                    return
            came.put((False, None))
        except BaseException as error:
            came.put((False, error))

    threading.Thread(target=contextvars.copy_context().run, args=(run,), daemon=True).start()
    try:
        while True:
            try:
                there, piece = came.get(timeout=max(0.0, until - time.monotonic()))
            except Empty:
                raise TimeoutError("it has no end") from None
            if there:
                yield piece  # type: ignore[misc]  # what is there is a piece
            elif piece is not None:
                raise piece  # type: ignore[misc]  # and what is not, the error
            else:
                return
    finally:
        unwanted.set()
