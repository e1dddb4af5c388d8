"""Everything that one server holds."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from assistant.web.batches import Batches
from assistant.web.checks import Checks
from assistant.web.filing import Filing
from assistant.web.talks import Talks
from assistant.web.work import Workers
from assistant.web.writings import Writings

__all__ = ["Site"]

_MOST_PROCESSES = 4  # that check at once: each takes some 150 MB


@dataclass
class Site:
    """The library, the temporary folder, what is being checked and asked, and the processes that do it: checks, single
    questions and the library's own work do not wait for each other."""

    library: Path
    folder: Path
    checking: Workers = field(default_factory=lambda: Workers(min(_MOST_PROCESSES, os.cpu_count() or 1)))
    asking: Workers = field(default_factory=lambda: Workers(1))
    filing: Workers = field(default_factory=lambda: Workers(1))

    def __post_init__(self) -> None:
        self.checks = Checks(self.folder / "checks", self.library, self.checking)
        self.batches = Batches(self.folder / "batches", self.library, self.filing)
        self.writings = Writings(self.folder / "writings", self.library, self.checking)
        self.talks = Talks(self.library, self.asking)
        self.filings = Filing(self.library, self.filing)

    def close(self) -> None:
        """End all work; what was uploaded goes with the folder."""
        for workers in (self.checking, self.asking, self.filing):
            workers.close()
