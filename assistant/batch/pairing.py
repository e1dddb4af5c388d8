"""Which report is last year's, for each of the reports that are checked together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from assistant.batch.spool import Aside, spool_by_content
from assistant.batch.tasks import ReadFile
from assistant.check import Origin
from assistant.errors import LibraryError, UnreadableReport
from assistant.language.organs import same_unit
from assistant.report import Report
from assistant.text import fold

__all__ = ["LastYearFinder", "last_year_finder"]


class LastYearReport(NamedTuple):
    """Last year's report: where it was put aside, ``None`` where there is none; where it is from; its digest."""

    spooled: Aside | None
    origin: Origin
    digest: str


LastYearFinder = Callable[[ReadFile], LastYearReport]


@contextmanager
def last_year_finder(
    given: Report | None, files: Iterable[ReadFile], library: Path | None, folder: Path | None
) -> Iterator[LastYearFinder]:
    """How last year's report of each report is found: the one ``given``, else one of those read with it (``files``),
    else the library's. What is not spooled yet is put into ``folder``.

    Of several reports the one ``given`` is last year's of its own unit. A single one takes it whatever its unit, which
    may have been renamed; the verdict then names both."""
    by_unit: dict[tuple[str, int], list[ReadFile]] = {}
    reports = list(files)
    for each in reports:
        if each.sketch and each.unit and each.year is not None:
            by_unit.setdefault((fold(each.unit), each.year), []).append(each)
    aside, digest = spool_by_content(given, folder) if given else (None, "")
    with _library_of(library) as in_library:

        def find(report: ReadFile) -> LastYearReport:
            meant = given if given and (len(reports) == 1 or _may_be_of(given.unit, report.unit)) else None
            if meant and (meant.year is None or report.year is None or meant.year == report.year - 1):
                return LastYearReport(aside, "given", digest)
            # Two files of one unit and year: nobody can tell which of them was published.
            others = by_unit.get((fold(report.unit), report.year - 1), []) if report.year is not None else []
            if len(others) == 1:
                return LastYearReport(others[0].spooled, "files", others[0].digest)
            if meant:
                raise _of_another_year(meant, report)
            held = in_library(report)
            spooled, told = spool_by_content(held, folder) if held else (None, "")
            return LastYearReport(spooled, "library", told)

        yield find


@contextmanager
def _library_of(root: Path | None) -> Iterator[Callable[[ReadFile], Report | None]]:
    if root is None or not root.is_dir():  # where no folder is there is no library, and nothing to load for it
        yield lambda _: None
        return
    from assistant.library.store import last_year_reports

    try:
        with last_year_reports(root) as find:
            yield lambda report: find(report.unit, report.year) if report.year is not None else None
    except LibraryError as error:
        error.help += "不用资料库中的上年报告，可加 --no-library。"
        raise


def _may_be_of(unit: str, other: str) -> bool:
    """Whether two reports may be one unit's; a name that was not found speaks against nothing."""
    return not unit or not other or same_unit(unit, other)


def _of_another_year(previous: Report, report: ReadFile) -> UnreadableReport:
    assert report.year is not None
    return UnreadableReport(
        f"给出的上年报告是{previous.year}年度，本报告是{report.year}年度",
        where=previous.file,
        help=f"--previous 应为{report.year - 1}年度的报告。",
    )
