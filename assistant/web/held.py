"""What a server holds by id while it runs, so that a refresh or a second tab loses nothing."""

from __future__ import annotations

import shutil
import threading
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import Generic, TypeVar

from assistant.errors import AssistantError, UnknownName
from assistant.web.work import Task

__all__ = ["Held", "Job"]


class Job:
    """Something that people come back to by its ``id``; ``task`` is what is being done for it."""

    id: str
    task: Task | None

    @property
    def mark(self) -> str:
        """Changes with everything that a page shows. Who shows it takes the mark first: a page that bears a newer one
        than what it shows would never be renewed."""
        raise NotImplementedError

    @property
    def at_work(self) -> bool:
        return self.task is not None and not self.task.over

    @property
    def failure(self) -> AssistantError | None:
        return self.task.error if self.task else None

    def stop(self) -> None:
        """Give up what is being done for it, if anything is."""
        if self.task:
            self.task.cancel()


J = TypeVar("J", bound=Job)


class Held(Generic[J]):
    """All jobs of one kind, at most ``most``: the oldest that is not at work makes room. ``missing`` says that there is
    none (what, help)."""

    most = 50
    missing = ("没有这一份", "服务重新启动过的，请重新开始。")

    def __init__(self) -> None:
        self._held: OrderedDict[str, J] = OrderedDict()
        self._lock = threading.RLock()

    def __iter__(self) -> Iterator[J]:
        """The newest first."""
        with self._lock:
            return iter(list(reversed(self._held.values())))

    def find(self, number: str) -> J:
        """
        Raises:
            UnknownName: none has this id.
        """
        with self._lock:
            found = self._held.get(number)
        if found is None:
            raise UnknownName(self.missing[0], where=number, help=self.missing[1])
        return found

    def keep(self, made: J) -> J:
        """Hold ``made``, and let go of the oldest where there are too many."""
        with self._lock:
            self._held[made.id] = made
            idle = [each for each in self._held.values() if not each.at_work and each is not made]
            for old in idle[: max(0, len(self._held) - self.most)]:
                self.forget(old)
        return made

    def forget(self, old: J) -> None:
        """Stop what is done for it, and let go of it and of its folder."""
        with self._lock:
            self._held.pop(old.id, None)
        old.stop()
        folder = getattr(old, "folder", None)
        if isinstance(folder, Path):
            shutil.rmtree(folder, ignore_errors=True)
