"""One bar on stderr for work on many files; nothing where that is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assistant.render.console import console

__all__ = ["counting"]


@contextmanager
def counting(what: str, total: int) -> Iterator[Callable[[], None]]:
    """A bar of ``total`` steps; what is given is to be called for each."""
    out = console(stderr=True)
    if not out.is_terminal or total < 2:
        yield lambda: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # What is printed to a terminal goes above the bar; what goes to a file is left alone.
    with Progress(*columns, console=out, transient=True, redirect_stdout=sys.stdout.isatty()) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)
