"""A summary of many checked files, for a spreadsheet or a browser: units × checks, how often each, and every file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assistant.check import SEVERITIES
from assistant.files import writable, writing
from assistant.logs import step
from assistant.render.console import SEVERITY_NAMES
from assistant.render.documents import refuse_inputs, same_files
from assistant.render.spreadsheet import put_text
from assistant.render.summary_rows import SummaryRow, frequencies, link_from

__all__ = ["SUMMARIES", "summary_place", "write_summary"]

SUMMARIES = (".xlsx", ".html")
_MOST_LINES = 1_000_000  # a sheet holds some more, with its heading
_MOST_LINKS = 60_000  # a sheet opens with some more
_WIDTHS = {"单位": 26, "文件": 32, "检查": 34, "问题": 64, "改法": 48, "位置": 24, "原文": 64, "原因": 80}
_NARROW = 8
_LINKED = Font(color="0563C1", underline="single")


class _Link(NamedTuple):
    text: str
    target: str


_Value = str | int | _Link | None
_Values = Sequence[_Value]


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
            _save_workbook(rows, aside, path)


def _save_workbook(rows: Sequence[SummaryRow], path: Path, place: Path) -> None:
    """Units × checks, how often each check found something, what is behind several findings, the numbers to be checked
    by a person, failures; names from reports and files stay text, never a formula. Files of which a document was made
    lead to it, as seen from ``place``, where the workbook is to lie."""
    made = Workbook(write_only=True)  # rows go to the disk as they are added
    found = frequencies(rows)
    codes = sorted(each.code for each in found)
    names = [SEVERITY_NAMES[severity] for severity in SEVERITIES]
    linked = ((_who(row, place if n < _MOST_LINKS else None), row) for n, row in enumerate(rows))
    sheets: dict[str, tuple[_Values, Iterable[_Values]]] = {
        "单位与检查": (
            ("单位", "年度", "文件", *names, *codes),
            ((*who, *_counts(row), *map(row.codes.get, codes)) for who, row in linked if not row.failed),
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
        for n, heading in enumerate(headings, start=1):
            sheet.column_dimensions[get_column_letter(n)].width = _WIDTHS.get(str(heading), _NARROW)
        for line in (headings, *values):
            sheet.append([_cell(sheet, value) for value in line])
    made.save(path)


def _cell(sheet: Worksheet, value: _Value) -> Cell | int | None:
    if value is None or isinstance(value, int):
        return value
    made = WriteOnlyCell(sheet)
    if isinstance(value, _Link):
        made.hyperlink, made.font = value.target, _LINKED
        value = value.text
    put_text(made, value)
    return made


def _who(row: SummaryRow, place: Path | None = None) -> _Values:
    return row.unit, row.year, _Link(row.file, link_from(place, row.page)) if place and row.page else row.file


def _counts(row: SummaryRow) -> _Values:
    return [row.counts[severity] for severity in SEVERITIES]
