"""A report as it would be laid out on paper: headings, paragraphs and the three tables with their merged cells.

Both editions, and the mixed ones (form of 2021 with a single row 其他处理): rows and labels are those that the report has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from assistant.form import EDITIONS, GROUPS, Block, Edition, Row, Table
from assistant.form.drawing import Drawn
from assistant.readers.labels import rows_known
from assistant.report import Report

__all__ = ["Heading", "Item", "Plan", "story"]

_LABEL_COLUMNS = 3  # of table 3: 三、本年度办理结果 | （三）不予公开 | 1.属于国家秘密


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1 is the title, 2 one of the six sections, 3 a sub-heading."""

    text: str
    level: int


@dataclass(frozen=True)
class Plan:
    """One table: every label and figure at its upper left corner, with the rows and columns it spans."""

    id: str
    columns: int
    header_rows: int
    cells: tuple[Drawn, ...]

    def rows(self) -> list[list[Drawn | None]]:
        """The full grid; ``None`` is a place that a merged cell covers."""
        height = max(cell.row + cell.height for cell in self.cells)
        grid: list[list[Drawn | None]] = [[None] * self.columns for _ in range(height)]
        for cell in self.cells:
            grid[cell.row][cell.column] = cell
        return grid


Item = Heading | Plan | str


def story(report: Report) -> Iterator[Item]:
    """Everything that is printed, from the title to the signature. A table stands right under its section's heading."""
    if report.title:
        yield Heading(report.title, 1)
    yield from (paragraph.text for paragraph in report.preamble)
    printed = {section.id for section in report.sections}
    yield from (_plan(report, table.id) for table in report.tables if table.section not in printed)
    for section in report.sections:
        yield Heading(f"{section.number}、{section.title}" if section.number else section.title, 2)
        yield from (_plan(report, table.id) for table in report.tables if table.section == section.id)
        for paragraph in section.paragraphs:
            yield Heading(paragraph.text, 3) if paragraph.heading else paragraph.text
    yield from (paragraph.text for paragraph in report.closing)


def _plan(report: Report, table_id: str) -> Plan:
    edition = EDITIONS["2019" if report.edition == "2019" else "2021"]
    if table_id == "review":
        cells = tuple(_review(report, edition.table("review")))
    elif table_id == "requests":
        cells = tuple(_requests(report, edition.table("requests")))
    else:
        cells = tuple(_disclosure(report, edition))
    figures = [cell.row for cell in cells if cell.metric]
    columns = max(cell.column + cell.width for cell in cells)
    return Plan(table_id, columns, min(figures, default=0), cells)


def _raw(report: Report, metric: str) -> str:
    return report.cells[metric].raw if metric in report.cells else ""


def _printed(report: Report, table_id: str) -> dict[str, str]:
    table = report.table(table_id)
    return dict(table.rows) if table else {}


def _disclosure(report: Report, edition: Edition) -> Iterator[Drawn]:
    table, labels = edition.table("disclosure"), _printed(report, "disclosure")
    width = max(len(block.columns) for block in table.blocks)
    top = 0
    for block in table.blocks:
        rows = [row for row in block.rows if row.id in labels]
        if not rows:
            continue
        yield Drawn(top, 0, block.heading, width=1 + width)
        yield Drawn(top + 1, 0, "信息内容")
        yield from _spread(top + 1, width, [(column.label, "") for column in block.columns])
        for down, row in enumerate(rows, start=top + 2):
            yield Drawn(down, 0, labels[row.id])
            metrics = [f"disclosure.{row.id}.{column.id}" for column in block.columns]
            yield from _spread(down, width, [(_raw(report, metric), metric) for metric in metrics])
        top += 2 + len(rows)


def _spread(row: int, width: int, texts: list[tuple[str, str]]) -> Iterator[Drawn]:
    """Texts over ``width`` columns after the label; the last takes what is left over."""
    each = width // len(texts)
    for n, (text, metric) in enumerate(texts):
        rest = width - n * each if n == len(texts) - 1 else each
        yield Drawn(row, 1 + n * each, text, width=rest, metric=metric)


def _requests(report: Report, table: Table) -> Iterator[Drawn]:
    columns = table.blocks[0].columns
    first, last = _LABEL_COLUMNS, _LABEL_COLUMNS + len(columns) - 1
    yield Drawn(0, 0, table.caption, height=3, width=first)
    yield Drawn(0, first, "申请人情况", width=len(columns))
    yield Drawn(1, first, columns[0].label, height=2)
    yield Drawn(1, first + 1, "法人或其他组织", width=last - first - 1)
    yield Drawn(1, last, columns[-1].label, height=2)
    for n, column in enumerate(columns[1:-1], start=1):
        yield Drawn(2, first + n, column.label)
    labels = _printed(report, "requests")
    rows = [row for row in rows_known("requests") if row.id in labels]
    yield from _request_labels(rows, labels)
    for down, row in enumerate(rows, start=3):
        for n, column in enumerate(columns):
            metric = f"requests.{row.id}.{column.id}"
            yield Drawn(down, first + n, _raw(report, metric), metric=metric)


def _request_labels(rows: list[Row], labels: dict[str, str]) -> Iterator[Drawn]:
    numbered = list(enumerate(rows, start=3))
    results = [down for down, row in numbered if row.mark.startswith("三")]
    if results:
        yield Drawn(results[0], 0, "三、本年度办理结果", height=results[-1] - results[0] + 1)
    groups = {group.id: group.label for group in GROUPS}
    for group, members in groupby(numbered, key=lambda item: item[1].group):
        rows_of_group = list(members)
        if group:
            yield Drawn(rows_of_group[0][0], 1, groups[group], height=len(rows_of_group))
        for down, row in rows_of_group:
            column = 2 if group else 1 if down in results else 0
            yield Drawn(down, column, labels[row.id], width=_LABEL_COLUMNS - column)


def _review(report: Report, table: Table) -> Iterator[Drawn]:
    block: Block = table.blocks[0]
    each = len(block.columns)
    review, *lawsuits = block.rows
    yield Drawn(0, 0, review.label, width=each)
    yield Drawn(0, each, "行政诉讼", width=each * len(lawsuits))
    for n, row in enumerate(lawsuits, start=1):
        yield Drawn(1, n * each, row.label, width=each)
    for n, row in enumerate(block.rows):
        for m, column in enumerate(block.columns):
            yield Drawn(1, m, column.label, height=2) if n == 0 else Drawn(2, n * each + m, column.label)
            metric = f"{row.id}.{column.id}"
            yield Drawn(3, n * each + m, _raw(report, metric), metric=metric)
