"""Which report is last year's, for each of the reports that are checked together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from assistant.batch.spool import put_aside
from assistant.batch.tasks import Taken
from assistant.check import Origin
from assistant.errors import LibraryError, UnreadableReport
from assistant.language.organs import same_unit
from assistant.report import Report
from assistant.text import fold

__all__ = ["Find", "finding_last_year"]


class Before(NamedTuple):
    """Last year's report: where it was put aside, ``None`` where there is none; where it is from; its digest."""

    aside: Path | None
    origin: Origin
    digest: str


Find = Callable[[Taken], Before]


@contextmanager
def finding_last_year(
    given: Report | None, taken: Iterable[Taken], library: Path | None, folder: Path
) -> Iterator[Find]:
    """How last year's report of each report is found: the one ``given``, else one of those ``taken``, else the library's.
    What is not aside yet is put into ``folder``.

    Of several reports the one ``given`` is last year's of its own unit. A single one takes it whatever its unit, which may
    have been renamed; the verdict then names both."""
    together: dict[tuple[str, int], list[Taken]] = {}
    reports = list(taken)
    for each in reports:
        if each.sketch and each.unit and each.year is not None:
            together.setdefault((fold(each.unit), each.year), []).append(each)
    digest = put_aside(given, folder / "given") if given else ""
    with _library_of(library) as in_library:

        def find(report: Taken) -> Before:
            meant = given if given and (len(reports) == 1 or _may_be_of(given.unit, report.unit)) else None
            if meant and (meant.year is None or report.year is None or meant.year == report.year - 1):
                return Before(folder / "given", "given", digest)
            # Two files of one unit and year: nobody can tell which of them was published.
            beside = together.get((fold(report.unit), report.year - 1), []) if report.year is not None else []
            if len(beside) == 1:
                return Before(beside[0].aside, "files", beside[0].digest)
            if meant:
                raise _of_another_year(meant, report)
            held, aside = in_library(report), report.aside.with_suffix(".previous")
            return Before(aside, "library", put_aside(held, aside)) if held else Before(None, "library", "")

        yield find


@contextmanager
def _library_of(root: Path | None) -> Iterator[Callable[[Taken], Report | None]]:
    if root is None or not root.is_dir():  # where no folder is there is no library, and nothing to load for it
        yield lambda _: None
        return
    from assistant.library.store import last_years

    try:
        with last_years(root) as find:
            yield lambda report: find(report.unit, report.year) if report.year is not None else None
    except LibraryError as error:
        error.help += "不用资料库中的上年报告，可加 --no-library。"
        raise


def _may_be_of(unit: str, other: str) -> bool:
    """Whether two reports may be one unit's; a name that was not found speaks against nothing."""
    return not unit or not other or same_unit(unit, other)


def _of_another_year(given: Report, report: Taken) -> UnreadableReport:
    assert report.year is not None
    return UnreadableReport(
        f"给出的上年报告是{given.year}年度，本报告是{report.year}年度",
        where=given.file,
        help=f"--previous 应为{report.year - 1}年度的报告。",
    )
