"""Many reports at once. One bad file does not end the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.check import Checked, Origin, check, selected
from assistant.errors import AssistantError, LibraryError, UnreadableReport
from assistant.readers import IN_FOLDERS, read
from assistant.report import Report
from assistant.rules import Dossier
from assistant.rules.report_set import ReportSet
from assistant.text import fold

__all__ = ["check_files", "report_files"]

Find = Callable[[Report], tuple[Report | None, Origin]]


def check_files(
    paths: Iterable[Path],
    previous: Path | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    *,
    library: Path | None = None,
) -> list[Checked]:
    """Check files, and all readable files of folders.

    Last year's report is ``previous``; where there is none, the one among the files themselves, else the one that the
    library at ``library`` holds. The verdict says which.

    Raises:
        UnreadableReport: last year's report cannot be read.
        UnknownName: ``select`` or ``ignore`` names no check.
        LibraryError: the library is damaged or locked.
    """
    rules = selected(select, ignore)
    given = read(previous) if previous else None
    opened = [(path, _opened(path)) for path in report_files(paths)]
    reports = [report for _, report in opened if isinstance(report, Report)]
    together = ReportSet(reports)
    checked: list[Checked] = []
    with _finding_last_year(given, reports, library) as find:
        for path, report in opened:
            if isinstance(report, AssistantError):
                checked.append(Checked(path, error=report))
                continue
            try:
                before, origin = find(report)
            except UnreadableReport as error:
                checked.append(Checked(path, error=error))
                continue
            checked.append(Checked(path, report, check(Dossier(report, before, together), rules, previous_from=origin)))
    return checked


def report_files(paths: Iterable[Path]) -> list[Path]:
    """The files themselves; of a folder, every file in it and below that a reader is there for, by name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(
                file
                for file in path.rglob("*")
                # ~$ files are what Word leaves beside a document that is open.
                if file.suffix.lower() in IN_FOLDERS and file.is_file() and not file.name.startswith((".", "~$"))
            )
            if not inside:
                raise UnreadableReport(
                    "文件夹里没有可以读取的报告", where=str(path), help=f"可以读取：{'、'.join(sorted(IN_FOLDERS))}。"
                )
            found += inside
        else:
            found.append(path)
    return found


def _opened(path: Path) -> Report | AssistantError:
    try:
        return read(path)
    except AssistantError as error:
        return error


@contextmanager
def _finding_last_year(given: Report | None, reports: Sequence[Report], library: Path | None) -> Iterator[Find]:
    """How last year's report of each report is found, and where it is from."""
    together: dict[tuple[str, int], list[Report]] = {}
    for report in reports:
        if report.unit and report.year is not None:
            together.setdefault((fold(report.unit), report.year), []).append(report)
    with _library_of(library) as in_library:

        def find(report: Report) -> tuple[Report | None, Origin]:
            if given and (given.year is None or report.year is None or given.year == report.year - 1):
                return given, "given"
            # Two files of one unit and year: nobody can tell which of them was published.
            beside = together.get((fold(report.unit), report.year - 1), []) if report.year is not None else []
            if len(beside) == 1:
                return beside[0], "files"
            if given:
                raise _of_another_year(given, report)
            return in_library(report), "library"

        yield find


@contextmanager
def _library_of(root: Path | None) -> Iterator[Callable[[Report], Report | None]]:
    if root is None:
        yield lambda _: None
        return
    from assistant.library.past import last_years  # SQLite is not loaded by who checks without a library

    try:
        with last_years(root) as find:
            yield lambda report: find(report.unit, report.year) if report.year is not None else None
    except LibraryError as error:
        error.help += "不用资料库中的上年报告，可加 --no-library。"
        raise


def _of_another_year(given: Report, report: Report) -> UnreadableReport:
    assert report.year is not None
    return UnreadableReport(
        f"给出的上年报告是{given.year}年度，本报告是{report.year}年度",
        where=given.file,
        help=f"--previous 应为{report.year - 1}年度的报告。",
    )
