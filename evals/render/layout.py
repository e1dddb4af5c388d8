"""A report as it would be laid out on paper: headings, paragraphs and the three tables with their merged cells.

Both editions, and the mixed ones (form of 2021 with a single row 其他处理): rows and labels are those that the report
has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.form import EDITIONS, Block, Row
from assistant.form.drawing import Drawn, draw
from assistant.readers.form_tables.labels import rows_known
from assistant.report import Report

__all__ = ["Heading", "Item", "Plan", "story"]


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
        yield Heading(section.label, 2)
        yield from (_plan(report, table.id) for table in report.tables if table.section == section.id)
        for paragraph in section.paragraphs:
            yield Heading(paragraph.text, 3) if paragraph.heading else paragraph.text
    yield from (paragraph.text for paragraph in report.closing)


def _plan(report: Report, table_id: str) -> Plan:
    """The form's own drawing, of the rows that the report prints, with its labels and what stands in its cells."""
    form = EDITIONS["2019" if report.edition == "2019" else "2021"].table(table_id)
    printed = report.table(table_id)
    labels = dict(printed.rows) if printed and table_id != "review" else {row.id: row.label for row in form.rows}
    blocks = (block._replace(rows=tuple(_labelled(block, labels, table_id))) for block in form.blocks)
    drawn = draw(form._replace(blocks=tuple(block for block in blocks if block.rows)))
    cells = tuple(replace(cell, text=_raw(report, cell.metric)) if cell.metric else cell for cell in drawn.cells)
    return Plan(table_id, drawn.columns, drawn.header_rows, cells)


def _labelled(block: Block, labels: dict[str, str], table_id: str) -> Iterator[Row]:
    rows = rows_known(table_id) if table_id == "requests" else block.rows
    yield from (replace(row, label=labels[row.id]) for row in rows if row.id in labels)


def _raw(report: Report, metric: str) -> str:
    return report.cells[metric].raw if metric in report.cells else ""
