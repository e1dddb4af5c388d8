"""A summary of many checked files, for a spreadsheet or a browser: units × checks, how often each, and every file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from assistant.check import SEVERITIES
from assistant.files import writable, writing
from assistant.logs import step
from assistant.render.console import SEVERITY_NAMES
from assistant.render.documents import refuse_inputs, same_files
from assistant.render.spreadsheet import put_text
from assistant.render.summary_rows import SummaryRow, frequencies

__all__ = ["SUMMARIES", "summary_place", "write_summary"]

SUMMARIES = (".xlsx", ".html")
_MOST_LINES = 1_000_000  # a sheet holds some more, with its heading
_Values = Sequence[str | int | None]


def summary_place(path: Path, files: Iterable[Path], *, overwrite: bool) -> None:
    """Raise before any work is done when a summary of ``files`` cannot be written to ``path``.

    Raises:
        AssistantError: an unknown format, no such folder, one of the files, or a file is there already and
            ``overwrite`` is false.
    """
    refuse_inputs(path, same_files(files))
    writable(path, SUMMARIES, overwrite=overwrite)


def write_summary(rows: Sequence[SummaryRow], path: Path) -> None:
    """Write the summary in the format of ``path``'s suffix, one of ``SUMMARIES``.

    Raises:
        AssistantError: the file cannot be written.
    """
    with writing(path) as aside, step("render", path):
        if path.suffix.lower() == ".html":
            from assistant.render.overview import overview_page

            aside.write_text(overview_page(rows, path), encoding="utf-8")
        else:
            _save_workbook(rows, aside)


def _save_workbook(rows: Sequence[SummaryRow], path: Path) -> None:
    """Units × checks, how often each check found something, what is behind several findings, the numbers to be checked
    by a person, failures; names from reports and files stay text, never a formula."""
    made = Workbook(write_only=True)  # rows go to the disk as they are added
    found = frequencies(rows)
    codes = sorted(each.code for each in found)
    names = [SEVERITY_NAMES[severity] for severity in SEVERITIES]
    sheets: dict[str, tuple[_Values, Iterable[_Values]]] = {
        "单位与检查": (
            ("单位", "年度", "文件", *names, *codes),
            ((*_who(row), *_counts(row), *(row.codes.get(code) for code in codes)) for row in rows if not row.failed),
        ),
        "常见问题": (
            ("编号", "检查", "级别", "报告数", "处数"),
            ((e.code, e.title, SEVERITY_NAMES[e.severity], e.reports, e.findings) for e in found),
        ),
        "同一问题": (
            ("单位", "年度", "文件", "问题", "改法", "处数"),
            ((*_who(row), each.message, each.mend, len(each.findings)) for row in rows for each in row.causes),
        ),
        "待人工核对": (
            ("单位", "年度", "文件", "位置", "数字", "原文", "已核对"),
            islice(
                ((*_who(row), each.where, each.text, each.quote, "□") for row in rows for each in row.unchecked),
                _MOST_LINES,
            ),
        ),
        "没有检查成": (("文件", "原因"), ((row.file, row.result) for row in rows if row.failed)),
    }
    for title, (headings, values) in sheets.items():
        sheet = made.create_sheet(title)
        sheet.freeze_panes = "D2" if headings[0] == "单位" else "A2"
        for line in (headings, *values):
            sheet.append([_cell(sheet, value) for value in line])
    made.save(path)


def _cell(sheet: Worksheet, value: str | int | None) -> Cell | int | None:
    if not isinstance(value, str):
        return value
    made = WriteOnlyCell(sheet)
    put_text(made, value)
    return made


def _who(row: SummaryRow) -> _Values:
    return row.unit, row.year, row.file


def _counts(row: SummaryRow) -> _Values:
    return [row.counts[severity] for severity in SEVERITIES]
