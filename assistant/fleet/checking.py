"""Checking files in two passes: all are read and put aside, then each is checked with what the set tells of it.

Memory holds a sketch of each report and a few reports, however many they are; the reports themselves wait on the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from assistant.check import Checked, selected
from assistant.errors import UnreadableReport
from assistant.fleet.files import report_files
from assistant.fleet.journal import Journal
from assistant.fleet.last_year import Before, Find, finding_last_year
from assistant.fleet.pool import Workers
from assistant.fleet.work import Examined, Reading, Taken, examine, lost_in_checking, lost_in_reading, take
from assistant.readers import read
from assistant.report import Report
from assistant.rules import RULES
from assistant.rules.report_set import ReportSet

__all__ = ["check_files"]

Step = Callable[[], None]


def check_files(
    paths: Iterable[Path],
    previous: Path | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    *,
    library: Path | None = None,
    jobs: int = 1,
    whole: bool = True,
    on_step: Step = lambda: None,
    journal: Journal | None = None,
) -> Iterator[Checked]:
    """Check files, and all readable files of folders; results come in the order of the files, as they are ready, the
    same whatever the number of processes (``jobs``).

    Last year's report is ``previous``; where there is none, the one among the files themselves, else the one that the
    library at ``library`` holds. The verdict says which. ``whole=False`` leaves the reports' words and the findings'
    places out, which only documents need. ``on_step`` hears twice of every file: when it is read, when it is checked.
    What ``journal`` has is not checked again, what it lacks is added; it keeps no words (``whole=False``).

    Raises:
        UnreadableReport: last year's report cannot be read.
        UnknownName: ``select`` or ``ignore`` names no check.
        LibraryError: the library is damaged or locked; as the results come.
    """
    selected(select, ignore)
    given = read(previous) if previous else None
    files = report_files(paths)
    wanted = _Wanted(tuple(select), tuple(ignore), whole, journal)
    return _results(files, given, wanted, library, jobs, on_step)


class _Wanted(NamedTuple):
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    whole: bool
    journal: Journal | None

    def key(self, each: Taken, before: Before, others: ReportSet) -> str:
        """A digest of all that the verdict on a report depends on."""
        told = (
            sorted(RULES),
            self.select,
            self.ignore,
            each.digest,
            before.digest,
            before.origin,
            others.told(),
        )
        return blake2b(repr(told).encode(), digest_size=16).hexdigest()


def _results(
    files: Sequence[Path],
    given: Report | None,
    wanted: _Wanted,
    library: Path | None,
    jobs: int,
    on_step: Step,
) -> Iterator[Checked]:
    with TemporaryDirectory(prefix="assistant-", ignore_cleanup_errors=True) as folder, Workers(jobs) as workers:
        readings = (Reading(path, Path(folder, str(number))) for number, path in enumerate(files))
        taken: list[Taken] = []
        for each in workers.in_order(take, readings, lost_in_reading):
            taken.append(each)
            on_step()
        together = ReportSet(each.sketch for each in taken if each.sketch)
        with finding_last_year(given, taken, library, Path(folder)) as find:
            prepared = (_prepared(each, together, find, wanted) for each in taken)
            for key, checked in workers.in_order(examine, prepared, lost_in_checking):
                if wanted.journal and key:
                    wanted.journal.keep(key, checked)
                yield checked
                on_step()


def _prepared(each: Taken, together: ReportSet, find: Find, wanted: _Wanted) -> Examined:
    """What checking one of the reports needs; for a file that was not read, its error."""
    if each.sketch is None:
        return Examined(each.path, each.aside, known=Checked(each.path, error=each.error))
    try:
        before = find(each)
    except UnreadableReport as error:
        return Examined(each.path, each.aside, known=Checked(each.path, error=error))
    others = together.around(each.sketch)
    key = wanted.key(each, before, others)
    return Examined(
        each.path, each.aside, key, before.aside, before.origin, others, wanted.select, wanted.ignore, wanted.whole,
        wanted.journal.find(key, each.path) if wanted.journal else None,
    )  # fmt: skip
