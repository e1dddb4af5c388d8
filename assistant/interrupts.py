"""Ctrl-C: the first press stops the work, those after it do not disturb the stopping, and nothing of it is a traceback.

Handlers belong to the program: who imports the package as a library keeps its own.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager

TYPE_CHECKING = False  # what is imported here is imported before a press is heard: as little as can be
if TYPE_CHECKING:
    import socket
    import threading
    from collections.abc import Iterator

__all__ = ["INTERRUPTED", "again", "heard", "kept_from_children", "while_starting"]

INTERRUPTED = 130  # exit code, as shells have it
_SLOW = 0.5  # seconds after which a person would press again
_WORKER = "--multiprocessing-fork"
_pressed = False


def while_starting() -> None:
    """Until ``heard`` a press ends the program at once: nothing is begun that would have to be put in order."""
    called = os.path.basename(sys.argv[0]).removesuffix(".exe")  # noqa: PTH119 — pathlib is one of the things still to load
    if called in ("-m", "assistant") and _WORKER not in sys.orig_argv and _presses_are_ours():
        signal.signal(signal.SIGINT, _leave)


@contextmanager
def heard() -> Iterator[None]:
    """Inside, a press raises ``KeyboardInterrupt`` once. Where what it stops takes a while to stop, that is said. After
    a press that ended the block the process is about to end: no other is heard."""
    import socket
    import threading

    if threading.current_thread() is not threading.main_thread() or not _presses_are_ours():
        yield
        return
    before = signal.signal(signal.SIGINT, _stop)
    ended = threading.Event()
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    former = signal.set_wakeup_fd(ours.fileno(), warn_on_full_buffer=False)
    threading.Thread(target=_tell_when_slow, args=(theirs, ended), daemon=True).start()
    try:
        yield
    finally:
        ended.set()
        signal.set_wakeup_fd(former)
        ours.close()
        signal.signal(signal.SIGINT, before if signal.getsignal(signal.SIGINT) is _stop else signal.SIG_IGN)


def again() -> None:
    """The work went on after a press: the next one is heard."""
    if signal.getsignal(signal.SIGINT) is _ignore:
        signal.signal(signal.SIGINT, _stop)


@contextmanager
def kept_from_children() -> Iterator[None]:
    """Processes that are started inside never hear a press, not even while they load; this one hears it afterwards."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows, where children ignore it once they are loaded
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _presses_are_ours() -> bool:
    """Not what was started in the background by a shell, nor within a program that answers them itself."""
    return signal.getsignal(signal.SIGINT) in (signal.default_int_handler, _leave)


def _leave(*_: object) -> None:
    print("已中断。", file=sys.stderr, flush=True)
    os._exit(INTERRUPTED)


def _stop(*_: object) -> None:
    global _pressed
    _pressed = True
    signal.signal(signal.SIGINT, _ignore)
    raise KeyboardInterrupt


def _ignore(*_: object) -> None:
    """A handler, unlike SIG_IGN, is not handed on to processes that are started."""


def _tell_when_slow(presses: socket.socket, ended: threading.Event) -> None:
    """Once. The interpreter answers a press between two of its own steps, this thread also while a library is at
    work."""
    with presses:
        while signals := presses.recv(64):
            goes_on = signal.SIGINT not in signals or ended.wait(_SLOW)
            if not goes_on and not (_pressed and signal.getsignal(signal.SIGINT) is _stop):
                print("正在停下：做完手上的一步就停。", file=sys.stderr, flush=True)
                return
