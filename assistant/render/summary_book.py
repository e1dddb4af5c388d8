"""The summary of many checked files as a workbook: units × checks, how often each check found something, failures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from assistant.check import SEVERITIES
from assistant.render.console import SEVERITY_NAMES
from assistant.render.rows import Row, frequencies
from assistant.render.spreadsheet import put_text

__all__ = ["save_summary"]

Values = Sequence[str | int | None]


def save_summary(rows: Sequence[Row], path: Path) -> None:
    """Write the workbook; names from reports and files stay text, never a formula."""
    made = Workbook(write_only=True)  # rows go to the disk as they are added
    found = frequencies(rows)
    codes = sorted(each.code for each in found)
    names = [SEVERITY_NAMES[severity] for severity in SEVERITIES]
    sheets: dict[str, tuple[Values, Iterable[Values]]] = {
        "单位与检查": (
            ("单位", "年度", "文件", *names, *codes),
            ((*_who(row), *_counts(row), *(row.codes.get(code) for code in codes)) for row in rows if not row.failed),
        ),
        "常见问题": (
            ("编号", "检查", "级别", "报告数", "处数"),
            ((e.code, e.title, SEVERITY_NAMES[e.severity], e.reports, e.findings) for e in found),
        ),
        "没有检查成": (("文件", "原因"), ((row.file, row.result) for row in rows if row.failed)),
    }
    for title, (headings, values) in sheets.items():
        sheet = made.create_sheet(title)
        sheet.freeze_panes = "D2" if title == "单位与检查" else "A2"
        for line in (headings, *values):
            sheet.append([_cell(sheet, value) for value in line])
    made.save(path)


def _cell(sheet: Worksheet, value: str | int | None) -> Cell | int | None:
    if not isinstance(value, str):
        return value
    made = WriteOnlyCell(sheet)
    put_text(made, value)
    return made


def _who(row: Row) -> Values:
    return row.unit, row.year, row.file


def _counts(row: Row) -> Values:
    return [row.counts[severity] for severity in SEVERITIES]
