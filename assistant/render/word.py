"""A Word file with each finding as a comment at its place: a copy of a Word report, or the report drawn anew.

A comment stands at the first place that its finding marks, and says what it has in common with others. Numbers that
nothing could check share one comment a paragraph, each with a box to tick. The original file is never written to.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import OpcError
from docx.text.run import Run
from lxml import etree

from assistant.check import Verdict
from assistant.places import ReportItem
from assistant.readers import suffix_of
from assistant.readers.word.docx import DocxPlaces, docx_places
from assistant.render import official
from assistant.render.annotated import Annotated, Note, NotesOfCause
from assistant.render.console import SEVERITY_NAMES, cause_title, decision_text
from assistant.render.word_runs import runs_of, runs_within
from assistant.report import Mark, Report
from assistant.text import clean

__all__ = ["commented"]

_AUTHOR, _INITIALS = "年度报告检查", "检"
_UNCHECKED = "待人工核对 N190 没有可以对照的数"
Runs = tuple[etree._Element, etree._Element]


class _Target(NamedTuple):
    """Where a report's pieces are in a Word document: paragraphs by item of the report, paragraphs of cells by
    metric."""

    items: dict[int, etree._Element]
    cells: dict[str, etree._Element]


def commented(path: Path, report: Report, verdict: Verdict, output: Path) -> None:
    """Write a copy of the report at ``path`` to ``output``, its findings as comments. Raises ``OSError``."""
    page = Annotated(report, verdict)
    copied = _copy_of(path, page) if suffix_of(path) == ".docx" else None
    word, target = copied or _drawn(page)
    for note in page.notes:
        if runs := _runs(note.marks, note.item, target):
            _comment(word, runs, *_told(note, page.cause_of.get(note.finding.fingerprint)))
    for item, group in groupby(page.ticks, key=lambda tick: tick.item):
        ticks = tuple(group)
        if runs := _runs((ticks[0].unchecked.mark,), item, target):
            _comment(word, runs, _UNCHECKED, [f"□ {tick.unchecked.text}　…{tick.unchecked.quote}…" for tick in ticks])
    word.save(str(output))


def _runs(marks: Iterable[Mark], item: int, target: _Target) -> Runs | None:
    """The runs that a comment covers: the words that are marked, else their paragraph, else the start of the report."""
    for mark in marks:
        cell = target.cells.get(mark.metric)
        if cell is not None:
            return _whole(cell)
        element = target.items.get(item)
        if mark.paragraph is not None and element is not None:
            found = runs_within(element, mark.paragraph.text, mark.start, min(mark.end, len(mark.paragraph.text)))
            return found or _whole(element)
    element = target.items.get(item)
    if element is None:
        element = next(iter(target.items.values()), None)
    return None if element is None else _whole(element)


def _whole(paragraph: etree._Element) -> Runs:
    runs = runs_of(paragraph)
    if runs is None:  # a blank cell has no run to hang a comment on
        run = paragraph.makeelement(f"{paragraph.tag[:-1]}r")
        paragraph.append(run)
        runs = (run, run)
    return runs


def _told(note: Note, behind: NotesOfCause | None) -> tuple[str, list[str]]:
    """The heading and the lines of a comment."""
    finding, decided = note.finding, f"　{decision_text(note.decision)}" if note.decision else ""
    lines = [f"{finding.message}{decided}"]
    if behind:
        lines.append(f"{cause_title([each.finding for each in behind.notes])}：{behind.cause.message}")
        lines += [f"改法：{behind.cause.mend}"] if behind.cause.mend else []
    lines += [f"依据：{finding.basis}"] if finding.basis else []
    return f"{SEVERITY_NAMES[finding.severity]} {finding.code} {finding.title}", lines


def _comment(word: WordDocument, runs: Runs, heading: str, lines: Iterable[str]) -> None:
    first, last = (Run(element, word) for element in runs)
    comment = word.add_comment([first, last], author=_AUTHOR, initials=_INITIALS)
    comment.paragraphs[0].add_run(heading).bold = True
    for line in lines:
        comment.add_paragraph(clean(line))


def _copy_of(path: Path, page: Annotated) -> tuple[WordDocument, _Target] | None:
    """The Word file itself, opened for writing into a copy; ``None`` where it is of a kind that cannot be written."""
    places = docx_places(path)
    try:
        word = Document(str(path))
        body = word.element.body
    except (OpcError, BadZipFile, KeyError, ValueError, AttributeError, etree.XMLSyntaxError):
        return None  # such as “strict” files, which can be read but not commented on
    paragraphs, cells = list(body.iter("{*}p")), list(body.iter("{*}tc"))
    lines = {number: paragraphs[place] for number, (_, place) in enumerate(places.lines, start=1)}
    target = _Target({}, {})
    for metric, cell in page.report.cells.items():
        if cell.source in places.cells:
            target.cells[metric] = next(cells[places.cells[cell.source]].iter("{*}p"))
        elif cell.source.line in lines:
            target.cells[metric] = lines[cell.source.line]
    for index, item in enumerate(page.items):
        line = _line(item, page.report, places)
        # A remark on a table as a whole stands at its first figure.
        figures = [m for m in page.metrics_of(item.table) if m in target.cells] if item.table else []
        if line in lines or figures:
            target.items[index] = lines[line] if line in lines else target.cells[figures[0]]
    return word, target


def _line(item: ReportItem, report: Report, places: DocxPlaces) -> int | None:
    """The number of the line that a item of the report was read from."""
    if item.kind == "title":
        return next((n for n, (text, _) in enumerate(places.lines, start=1) if text == report.title), None)
    source = item.paragraph or item.section
    return source.source.line if source else None


def _drawn(page: Annotated) -> tuple[WordDocument, _Target]:
    """The report as a new Word file, in the layout of official documents."""
    report = page.report
    word = official.official_document(clean(report.title or report.file), clean(report.unit))
    target = _Target({}, {})
    for index, item in enumerate(page.items):
        if item.table:
            drawn = official.add_table(word, page.drawing(item.table), page.printed)
            target.cells.update({metric: cell.paragraphs[0]._element for metric, cell in drawn.items()})
            target.items[index] = next(iter(drawn.values())).paragraphs[0]._element
            for metric in page.undrawn(item.table):
                paragraph = official.add_paragraph(word, indent=True)
                official.write(paragraph, f"{metric.place}：{page.printed(metric.id)}")
                target.cells[metric.id] = paragraph._element
            continue
        if item.kind == "title":
            paragraph = official.add_heading(word, clean(report.title), 1)
        elif item.section:
            paragraph = official.add_heading(word, clean(item.section.label), 2)
        else:
            assert item.paragraph
            paragraph = official.add_paragraph(word, indent=item.kind != "closing")
            font = official.SUBHEADING if item.paragraph.heading else ""
            official.write(paragraph, clean(item.paragraph.text), font)
            if item.kind == "closing":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        target.items[index] = paragraph._element
    return word, target
