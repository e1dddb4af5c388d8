"""What was found as a workbook to hand out: one sheet for all, one for each who has to look into it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assistant.check import Finding, Verdict
from assistant.files import writing
from assistant.logs import step
from assistant.patterns import regex
from assistant.render.console import SEVERITY_NAMES, decision_text
from assistant.render.spreadsheet import put_text
from assistant.report import Report

__all__ = ["department_of", "write_findings"]

# Who fills a part of the report in most offices; the workbook is theirs to change.
_OFFICE = "政务公开经办"
_DEPARTMENTS = {
    "二": "法规、许可、处罚、收费科室",
    "三": "依申请公开经办",
    "四": "复议、应诉经办",
}
_TABLES = {"disclosure": "二", "requests": "三", "review": "四", "litigation": "四"}
_PART = regex(r"(?:表)?([一二三四五六])(?:、|\s|·|$)")
_HEADINGS = ("序号", "级别", "编号", "位置", "问题", "应为", "实为", "原文", "改法", "依据", "复核", "经办", "改好了")
_WIDTHS = (6, 7, 8, 26, 46, 14, 14, 40, 40, 30, 20, 24, 9)
_UNCHECKED = ("序号", "位置", "数字", "原文", "已核对", "核对人")
_UNCHECKED_WIDTHS = (6, 30, 14, 60, 9, 12)


def department_of(finding: Finding) -> str:
    """Who would look into a finding: by the table that it marks, else by the part that it stands in."""
    tables = [_TABLES.get(mark.metric.partition(".")[0], "") for mark in finding.marks if mark.metric]
    part = next(filter(None, tables), "")
    found = _PART.match(finding.where)
    return _DEPARTMENTS.get(part or (found[1] if found else ""), _OFFICE)


def write_findings(report: Report, verdict: Verdict, path: Path) -> None:
    """Write the workbook; texts from the report stay text, never a formula.

    Raises:
        AssistantError: the file cannot be written.
    """
    made = Workbook()
    for empty in made.worksheets:
        made.remove(empty)
    lines = list(_lines(verdict))
    head = f"{report.unit}{report.year or ''}年度报告（{report.file}）"
    _sheet(made, "全部问题", _HEADINGS, _WIDTHS, lines, head)
    for name in dict.fromkeys(line[11] for line in lines):
        _sheet(made, name.replace("、", ""), _HEADINGS, _WIDTHS, [line for line in lines if line[11] == name], head)
    numbers = [(str(n), each.where, each.text, each.quote, "□", "") for n, each in enumerate(verdict.unchecked, 1)]
    _sheet(made, "待人工核对的数", _UNCHECKED, _UNCHECKED_WIDTHS, numbers, head)
    with writing(path) as aside, step("render", path):
        made.save(aside)


def _lines(verdict: Verdict) -> Iterable[Sequence[str]]:
    number = 0
    for cause, findings in verdict.by_cause:
        for finding in findings:
            number += 1
            decided = verdict.decisions.get(finding.fingerprint)
            yield (
                str(number), SEVERITY_NAMES[finding.severity], finding.code, finding.where, finding.message,
                finding.expected, finding.actual, finding.quote, cause.mend, finding.basis,
                decision_text(decided) if decided else "", department_of(finding), "□",
            )  # fmt: skip


def _sheet(
    made: Workbook,
    title: str,
    headings: Sequence[str],
    widths: Sequence[int],
    lines: Sequence[Sequence[str]],
    head: str,
) -> None:
    sheet: Worksheet = made.create_sheet(title[:31])
    for row, values in enumerate(((head,), headings, *lines), start=1):
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(row, column)
            if value.isascii() and value.isdigit() and column == 1:
                cell.value = int(value)
            else:
                put_text(cell, value)
            cell.alignment = Alignment(vertical="top", wrap_text=row > 1)
            cell.font = Font(bold=row <= 2)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(headings))}{max(2, len(lines) + 2)}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:2"
