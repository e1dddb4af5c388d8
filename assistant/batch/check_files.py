"""Checking files in two passes: all are read and put aside, then each is checked with what the set tells of it.

Memory holds a sketch of each report and a few reports, however many they are; the reports themselves wait on the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from assistant.batch.cache import Cache, spooled_in, verdict_key
from assistant.batch.pairing import LastYearFinder, LastYearReport, last_year_finder
from assistant.batch.tasks import (
    CheckResult,
    CheckTask,
    ReadFile,
    ReadTask,
    crashed_check,
    crashed_read,
    read_and_spool,
    run_check,
)
from assistant.batch.workers import bundle_size, only_unknown, open_workers
from assistant.check import Checked, selected
from assistant.errors import AssistantError, LibraryError, UnreadableReport
from assistant.figures.report_set import Among, Around, Place, ReportSet
from assistant.readers import READERS, read
from assistant.readers.folders import files_in, holds_reports
from assistant.report import Report

__all__ = ["check_files", "report_files"]

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
    cache: Cache | None = None,
) -> Iterator[Checked]:
    """Check files, and all readable files of folders; results come in the order of the files, as they are ready, the
    same whatever the number of processes (``jobs``), and on a Ray ``cluster``, whose address takes their place.

    Last year's report is ``previous``; where there is none, the one among the files themselves, else the one that the
    library at ``library`` holds. The verdict says which. ``whole=False`` leaves the reports' words and the findings'
    places out, which only documents need. ``on_step`` hears twice of every file: when it is read, when it is checked.
    What ``cache`` has is not read and checked again, and comes without its words; what it lacks is added, a verdict
    when the next result is asked for, which is when a document has been made of it.

    Raises:
        UnreadableReport: last year's report cannot be read.
        UnknownName: ``select`` or ``ignore`` names no check.
        LibraryError: the library is damaged or locked; as the results come.
        AssistantError: the cluster cannot be reached, or fails; as the results come.
    """
    selected(select, ignore)
    given = read(previous) if previous else None
    files = report_files(paths)
    options = _Options(tuple(select), tuple(ignore), whole, cache)
    return _results(files, given, options, library, jobs, cluster, on_step)


def report_files(paths: Iterable[Path]) -> list[Path]:
    """The files themselves; of a folder or a zip file, the documents in it and below, by name.

    Raises:
        UnreadableReport: a folder without such a file, or a zip file that cannot be unpacked.
    """
    found: list[Path] = []
    for path in paths:
        if holds_reports(path):
            inside = files_in(path)
            if not inside:
                raise UnreadableReport(
                    "文件夹或压缩包里没有可以读取的报告",
                    where=str(path),
                    help=f"可以读取：{'、'.join(sorted(READERS))}。",
                )
            found += inside
        else:
            found.append(path)
    return found


class _Options(NamedTuple):
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    whole: bool
    cache: Cache | None


def _results(
    files: Sequence[Path],
    given: Report | None,
    options: _Options,
    library: Path | None,
    jobs: int,
    cluster: str | None,
    on_step: Step,
) -> Iterator[Checked]:
    cache, bundle = options.cache, bundle_size(len(files), jobs)
    with spooled_in(cache, len(files)) as folder, open_workers(jobs, cluster, bundle) as workers:
        readings = (_read_task(number, path, len(files) > 1, folder, cache) for number, path in enumerate(files))
        files_read: list[ReadFile] = []
        for each in only_unknown(workers, read_and_spool, readings, crashed_read):
            files_read.append(each)
            on_step()
        read_ones = [each for each in files_read if each.sketch]
        report_set = ReportSet([each.sketch for each in read_ones if each.sketch])
        with last_year_finder(given, files_read, library, folder) as find:
            prepared = (
                _check_task(number, each, read_ones, report_set, find, options)
                for number, each in enumerate(files_read)
            )
            for number, (key, checked) in enumerate(only_unknown(workers, run_check, prepared, crashed_check)):
                yield checked
                if cache and key:
                    cache.keep(key, number, checked)
                on_step()


def _read_task(number: int, path: Path, compared: bool, folder: Path | None, cache: Cache | None) -> ReadTask:
    place = cache.place(path) if cache else None
    known = cache.reading(path, place) if cache and place else None
    return ReadTask(path, place or (folder and folder / str(number)), compared, known)


def _check_task(
    number: int,
    each: ReadFile,
    read_ones: Sequence[ReadFile],
    report_set: ReportSet,
    find: LastYearFinder,
    options: _Options,
) -> CheckTask:
    """What checking one of the reports needs; for a file that was not read, its error."""
    if each.sketch is None:
        return CheckTask(each.path, each.spooled, known=_failed(each, each.error))
    try:
        before = find(each)
    except (UnreadableReport, LibraryError) as error:  # last year's, of this unit alone
        return CheckTask(each.path, each.spooled, known=_failed(each, error))
    around = report_set.around(each.sketch)
    job = CheckTask(
        each.path,
        each.spooled,
        "",
        before.spooled,
        before.origin,
        around,
        {near: aside for near in around.reports if isinstance(aside := read_ones[near].spooled, Path)},
        options.select,
        options.ignore,
        options.whole,
    )
    if options.cache is None:
        return job
    dependencies = _dependencies(each, before, around, read_ones)
    key = verdict_key(dependencies, options.select, options.ignore, each.path, options.cache.document(number))
    kept = options.cache.verdict(key, number, each.path)
    return replace(job, key=key, known=CheckResult("", kept) if kept else None)


def _failed(each: ReadFile, error: AssistantError | None) -> CheckResult:
    return CheckResult("", Checked(each.path, error=error))


def _dependencies(
    each: ReadFile, before: LastYearReport, around: Around, read_ones: Sequence[ReadFile]
) -> tuple[object, ...]:
    """All that the verdict on a report depends on, the same in every run."""

    def occurrences(among: Among) -> tuple[object, ...]:
        return (tuple(map(place, among.same)), among.units, tuple(map(place, among.likely)))

    def place(at: Place) -> tuple[object, ...]:
        return (at.unit, read_ones[at.report].digest, at.paragraph)

    beside = [(digest, occurrences(among)) for digest, among in sorted(around.among.items())]
    return (each.digest, before.digest, before.origin, around.units, around.parts, beside)
