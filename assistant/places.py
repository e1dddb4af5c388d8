"""A report in the order in which it is read, and where in it a finding stands.

Checking sorts findings by it; the web page and the Word copy show each finding at its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from assistant.patterns import regex
from assistant.report import Mark, Paragraph, Report, Section, TableRead

__all__ = ["Places", "ReportItem"]

Kind = Literal["title", "preamble", "heading", "paragraph", "table", "closing"]
_NAMED: dict[str, Kind] = {"题名": "title", "导语": "preamble", "落款": "closing"}
_TABLE_NUMBERS = {"二": "disclosure", "三": "requests", "四": "review"}
_TABLE = regex(r"表([二三四])")


class ReportItem(NamedTuple):
    """One piece of a report: its title, a heading, a paragraph or a table."""

    kind: Kind
    paragraph: Paragraph | None = None
    section: Section | None = None
    table: TableRead | None = None


class Places:
    """Where things stand in one report."""

    def __init__(self, report: Report) -> None:
        self._report = report

    @cached_property
    def items(self) -> tuple[ReportItem, ...]:
        """The report in reading order. A table stands where its line says; else right below its heading."""
        return tuple(_items(self._report))

    def of(self, marks: Iterable[Mark], where: str) -> tuple[int, int]:
        """(index of the item, offset in it) of the first mark that stands in the report, else of what ``where`` names;
        (-1, 0) for what concerns the report as a whole."""
        located = (place for mark in marks if (place := self.of_mark(mark)) is not None)
        return next(located, (self._named(where), 0))

    def of_mark(self, mark: Mark) -> tuple[int, int] | None:
        """(index of the item, offset in it) of a mark; ``None`` for what is not in the report."""
        if mark.metric:
            index = self._tables.get(mark.metric.partition(".")[0].replace("litigation", "review"))
            return None if index is None else (index, self._cells.get(mark.metric, 0))
        index = self._paragraphs.get(id(mark.paragraph))
        return None if index is None else (index, mark.start)

    def _named(self, where: str) -> int:
        table = _TABLE.match(where)
        if table:
            return self._tables.get(_TABLE_NUMBERS[table[1]], -1)
        kind = _NAMED.get(where.partition("·")[0])
        if kind:
            return next((n for n, item in enumerate(self.items) if item.kind == kind), -1)
        labels = ((n, item.section.label) for n, item in enumerate(self.items) if item.section)
        return next((n for n, label in labels if where.startswith(label)), -1)

    @cached_property
    def _paragraphs(self) -> dict[int, int]:
        # By identity: two paragraphs of a report may well be equal.
        return {id(item.paragraph): index for index, item in enumerate(self.items) if item.paragraph}

    @cached_property
    def _tables(self) -> dict[str, int]:
        return {item.table.id: index for index, item in enumerate(self.items) if item.table}

    @cached_property
    def _cells(self) -> dict[str, int]:
        return {metric: index for index, metric in enumerate(self._report.cells)}


def _items(report: Report) -> Iterator[ReportItem]:
    if report.title:
        yield ReportItem("title")
    yield from (ReportItem("preamble", paragraph) for paragraph in report.preamble)
    homes = {table.id: _home(table, report) for table in report.tables}
    yield from (ReportItem("table", table=table) for table in report.tables if homes[table.id] is None)
    for index, section in enumerate(report.sections):
        yield ReportItem("heading", section=section)
        waiting = [table for table in report.tables if homes[table.id] == index]
        for paragraph in section.paragraphs:
            for table in [table for table in waiting if _before(table, paragraph)]:
                waiting.remove(table)
                yield ReportItem("table", table=table)
            yield ReportItem("paragraph", paragraph)
        yield from (ReportItem("table", table=table) for table in waiting)
    yield from (ReportItem("closing", paragraph) for paragraph in report.closing)


def _home(table: TableRead, report: Report) -> int | None:
    """Index of the section that a table stands in."""
    line = table.source.line
    if line is not None:
        above = [n for n, section in enumerate(report.sections) if section.source.line and section.source.line < line]
        return above[-1] if above else None
    return next((n for n, section in enumerate(report.sections) if section.id == table.section), None)


def _before(table: TableRead, paragraph: Paragraph) -> bool:
    return table.source.line is None or paragraph.source.line is None or table.source.line < paragraph.source.line
