"""A report with its findings at their places: what the web page and the Word copy are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from assistant.check import Cause, Decision, Finding, Unchecked, Verdict
from assistant.form import EDITIONS, Metric, all_metrics
from assistant.form.drawing import Drawing, drawing
from assistant.places import Places, ReportItem
from assistant.report import Mark, Paragraph, Report, TableRead
from assistant.text import clean

__all__ = ["Annotated", "MarkedText", "Note", "NotesOfCause", "Tick"]


@dataclass(frozen=True, slots=True)
class Note:
    """One finding with its number in the list, the item of the report it stands in (-1: the whole), and its marks."""

    number: int
    finding: Finding
    item: int
    marks: tuple[Mark, ...]
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Tick:
    """One number that a person has to check, with its number in that list and the item of the report it stands in."""

    number: int
    unchecked: Unchecked
    item: int


class NotesOfCause(NamedTuple):
    """The notes of one cause."""

    cause: Cause
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A stretch of a paragraph that the same findings point at; ``ends`` are those whose words end here. ``tick`` is
    the number that it is a part of, if nothing could check that."""

    text: str
    notes: tuple[Note, ...] = ()
    ends: tuple[Note, ...] = ()
    tick: Tick | None = None


class Annotated:
    """A report, its items in reading order, and the notes on each of them."""

    def __init__(self, report: Report, verdict: Verdict) -> None:
        self.report = report
        self.verdict = verdict
        self._places = Places(report)

    @property
    def items(self) -> tuple[ReportItem, ...]:
        return self._places.items

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """Every finding, in the order of the verdict's causes, numbered from 1."""
        return tuple(
            Note(
                number,
                finding,
                self._places.of(finding.marks, finding.where)[0],
                tuple(mark for mark in finding.marks if self._is_printed(mark)),
                self.verdict.decisions.get(finding.fingerprint),
            )
            for number, finding in enumerate((f for _, group in self.verdict.by_cause for f in group), start=1)
        )

    @cached_property
    def causes(self) -> tuple[NotesOfCause, ...]:
        """The notes by their cause, in the order of the verdict."""
        by_print = {note.finding.fingerprint: note for note in self.notes}
        return tuple(
            NotesOfCause(cause, tuple(by_print[each] for each in cause.findings)) for cause in self.verdict.causes
        )

    @cached_property
    def cause_of(self) -> dict[str, NotesOfCause]:
        """What is behind a finding and others, by its fingerprint; nothing for a finding that stands alone."""
        return {each: told for told in self.causes if len(told.notes) > 1 for each in told.cause.findings}

    @cached_property
    def ticks(self) -> tuple[Tick, ...]:
        """Every number that nothing could check, in the order of the report, numbered from 1."""
        return tuple(
            Tick(number, unchecked, self._places.of((unchecked.mark,), unchecked.where)[0])
            for number, unchecked in enumerate(self.verdict.unchecked, start=1)
        )

    def notes_on(self, item: int) -> tuple[Note, ...]:
        """The notes on a item as a whole: those that point at no words or cells; -1 for those on the whole report."""
        return tuple(note for note in self.notes if note.item == item and not note.marks)

    def marked_text(self, paragraph: Paragraph) -> tuple[MarkedText, ...]:
        """A paragraph cut where findings and unchecked numbers begin and end."""
        place = id(paragraph)
        return tuple(_cut(paragraph.text, self._by_paragraph.get(place, ()), self._ticks_by_paragraph.get(place, ())))

    def at_cell(self, metric: str) -> tuple[Note, ...]:
        return self._by_metric.get(metric, ())

    def printed(self, metric: str) -> str:
        """What the report prints in a cell; nothing where it has no such cell."""
        cell = self.report.cells.get(metric)
        return clean(cell.raw) if cell else ""

    def metrics_of(self, table: TableRead) -> tuple[str, ...]:
        """The metrics of a table that the report has cells for."""
        known = all_metrics()
        return tuple(metric for metric in self.report.cells if known[metric].table.id == table.id)

    def drawing(self, table: TableRead) -> Drawing:
        """The table as the report has it: a report of 2021 that prints 其他处理 in one row has table 3 of 2019."""
        edition = self.report.edition if self.report.edition in EDITIONS else "2021"
        if table.id == "requests" and "otherwise_handled" in table.rows:
            edition = "2019"
        return drawing(table.id, edition)

    def undrawn(self, table: TableRead) -> tuple[Metric, ...]:
        """Cells that the drawing has no place for, as in tables of mixed editions."""
        drawn = {cell.metric for cell in self.drawing(table).cells}
        known = (all_metrics()[metric] for metric in dict.fromkeys((*self.report.cells, *self._by_metric)))
        return tuple(metric for metric in known if metric.table.id == table.id and metric.id not in drawn)

    def _is_printed(self, mark: Mark) -> bool:
        """Whether a mark points at something that is printed: a cell, or at least one character."""
        characters = range(mark.start, min(mark.end, len(mark.paragraph.text))) if mark.paragraph else ()
        return self._places.of_mark(mark) is not None and bool(mark.metric or characters)

    @cached_property
    def _by_paragraph(self) -> dict[int, tuple[tuple[Mark, Note], ...]]:
        found: dict[int, tuple[tuple[Mark, Note], ...]] = {}
        for note in self.notes:
            for mark in note.marks:
                if mark.paragraph is not None:
                    found[id(mark.paragraph)] = (*found.get(id(mark.paragraph), ()), (mark, note))
        return found

    @cached_property
    def _ticks_by_paragraph(self) -> dict[int, tuple[Tick, ...]]:
        found: dict[int, tuple[Tick, ...]] = {}
        for tick in self.ticks:
            place = id(tick.unchecked.mark.paragraph)
            found[place] = (*found.get(place, ()), tick)
        return found

    @cached_property
    def _by_metric(self) -> dict[str, tuple[Note, ...]]:
        found: dict[str, tuple[Note, ...]] = {}
        for note in self.notes:
            for mark in note.marks:
                if mark.metric:
                    found[mark.metric] = (*found.get(mark.metric, ()), note)
        return found


def _cut(text: str, marked: Iterable[tuple[Mark, Note]], ticks: Sequence[Tick]) -> Iterator[MarkedText]:
    # Marks are a rule's word for it: one that runs over the end of its paragraph is cut there.
    spans = [(max(0, m.start), min(len(text), m.end), note) for m, note in marked]
    ticked = [(tick.unchecked.mark.start, tick.unchecked.mark.end, tick) for tick in ticks]
    places = [(start, end) for start, end, _ in (*spans, *ticked)]
    edges = sorted({0, len(text), *(edge for place in places for edge in place if edge <= len(text))})
    for start, end in pairwise(edges):
        inside = tuple(note for first, last, note in spans if first <= start and end <= last)
        ends = tuple(note for _, last, note in spans if last == end and note in inside)
        tick = next((tick for first, last, tick in ticked if first <= start and end <= last), None)
        yield MarkedText(text[start:end], inside, ends, tick)
