"""Checking files in two passes: all are read and put aside, then each is checked with what the set tells of it.

Memory holds a sketch of each report and a few reports, however many they are; the reports themselves wait on the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from assistant.batch.pairing import Before, Find, finding_last_year
from assistant.batch.resume import Journal, key_of
from assistant.batch.spool import aside_folder
from assistant.batch.tasks import Examined, Reading, Taken, examine, lost_in_checking, lost_in_reading, take
from assistant.batch.workers import bundle_for, open_workers
from assistant.check import Checked, selected
from assistant.errors import UnreadableReport
from assistant.figures.report_set import Among, Around, Place, ReportSet
from assistant.readers import READERS, read
from assistant.readers.folders import files_in
from assistant.report import Report

__all__ = ["check_files", "report_files"]

# Which files are checked.


def report_files(paths: Iterable[Path]) -> list[Path]:
    """The files themselves; of a folder, the documents in it and below, by name.

    Raises:
        UnreadableReport: a folder without such a file.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = files_in(path)
            if not inside:
                raise UnreadableReport(
                    "文件夹里没有可以读取的报告", where=str(path), help=f"可以读取：{'、'.join(sorted(READERS))}。"
                )
            found += inside
        else:
            found.append(path)
    return found


Step = Callable[[], None]


def check_files(
    paths: Iterable[Path],
    previous: Path | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    *,
    library: Path | None = None,
    jobs: int = 1,
    cluster: str | None = None,
    whole: bool = True,
    on_step: Step = lambda: None,
    journal: Journal | None = None,
) -> Iterator[Checked]:
    """Check files, and all readable files of folders; results come in the order of the files, as they are ready, the
    same whatever the number of processes (``jobs``), and on a Ray ``cluster``, whose address takes their place.

    Last year's report is ``previous``; where there is none, the one among the files themselves, else the one that the
    library at ``library`` holds. The verdict says which. ``whole=False`` leaves the reports' words and the findings'
    places out, which only documents need. ``on_step`` hears twice of every file: when it is read, when it is checked.
    What ``journal`` has is not checked again and comes without its words; what it lacks is added when the next result is
    asked for, which is when a document has been made of it.

    Raises:
        UnreadableReport: last year's report cannot be read.
        UnknownName: ``select`` or ``ignore`` names no check.
        LibraryError: the library is damaged or locked; as the results come.
        AssistantError: the cluster cannot be reached, or fails; as the results come.
    """
    selected(select, ignore)
    given = read(previous) if previous else None
    files = report_files(paths)
    wanted = _Wanted(tuple(select), tuple(ignore), whole, journal)
    return _results(files, given, wanted, library, jobs, cluster, on_step)


class _Wanted(NamedTuple):
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    whole: bool
    journal: Journal | None


def _results(
    files: Sequence[Path],
    given: Report | None,
    wanted: _Wanted,
    library: Path | None,
    jobs: int,
    cluster: str | None,
    on_step: Step,
) -> Iterator[Checked]:
    with aside_folder() as folder, open_workers(jobs, cluster, bundle_for(len(files), jobs)) as workers:
        readings = (Reading(path, folder / str(number), len(files) > 1) for number, path in enumerate(files))
        taken: list[Taken] = []
        for each in workers.in_order(take, readings, lost_in_reading):
            taken.append(each)
            on_step()
        read_ones = [each for each in taken if each.sketch]
        together = ReportSet([each.sketch for each in read_ones if each.sketch])
        with finding_last_year(given, taken, library, folder) as find:
            prepared = (_prepared(number, each, read_ones, together, find, wanted) for number, each in enumerate(taken))
            for number, (key, checked) in enumerate(workers.in_order(examine, prepared, lost_in_checking)):
                yield checked
                if wanted.journal and key:
                    wanted.journal.keep(key, number, checked)
                on_step()


def _prepared(
    number: int, each: Taken, read_ones: Sequence[Taken], together: ReportSet, find: Find, wanted: _Wanted
) -> Examined:
    """What checking one of the reports needs; for a file that was not read, its error."""
    if each.sketch is None:
        return Examined(each.path, each.aside, known=Checked(each.path, error=each.error))
    try:
        before = find(each)
    except UnreadableReport as error:
        return Examined(each.path, each.aside, known=Checked(each.path, error=error))
    around = together.around(each.sketch)
    job = Examined(
        each.path, each.aside, "", before.aside, before.origin, around,
        {beside: read_ones[beside].aside for beside in around.reports}, wanted.select, wanted.ignore, wanted.whole,
    )  # fmt: skip
    if wanted.journal is None:
        return job
    told = _told(each, before, around, read_ones)
    key = key_of(told, wanted.select, wanted.ignore, each.path, wanted.journal.document(number))
    return replace(job, key=key, known=wanted.journal.find(key, number, each.path))


def _told(each: Taken, before: Before, around: Around, read_ones: Sequence[Taken]) -> tuple[object, ...]:
    """All that the verdict on a report depends on, the same in every run."""

    def told(among: Among) -> tuple[object, ...]:
        return (tuple(map(place, among.same)), among.units, tuple(map(place, among.likely)))

    def place(at: Place) -> tuple[object, ...]:
        return (at.unit, read_ones[at.report].digest, at.paragraph)

    beside = [(digest, told(among)) for digest, among in sorted(around.among.items())]
    return (each.digest, before.digest, before.origin, around.units, around.parts, beside)
