"""Many reports at once. One bad file does not end the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.check import Checked, check, selected
from assistant.errors import AssistantError, UnreadableReport
from assistant.readers import IN_FOLDERS, read
from assistant.report import Report
from assistant.rules import Dossier

__all__ = ["check_files", "report_files"]


def check_files(
    paths: Iterable[Path], previous: Path | None = None, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> list[Checked]:
    """Check files, and all readable files of folders.

    Raises:
        UnreadableReport: last year's report cannot be read, or is not of the year before.
        UnknownName: ``select`` or ``ignore`` names no check.
    """
    rules = selected(select, ignore)
    before = read(previous) if previous else None
    checked: list[Checked] = []
    for path in report_files(paths):
        try:
            report = read(path)
            checked.append(Checked(path, report, check(Dossier(report, _fitting(before, report)), rules)))
        except AssistantError as error:
            checked.append(Checked(path, error=error))
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


def _fitting(before: Report | None, report: Report) -> Report | None:
    if before is None:
        return None
    if before.year is not None and report.year is not None and before.year != report.year - 1:
        raise UnreadableReport(
            f"给出的上年报告是{before.year}年度，本报告是{report.year}年度",
            where=before.file,
            help=f"--previous 应为{report.year - 1}年度的报告。",
        )
    return before
