"""A draft in reading order, and as Markdown: the notation that ``readers`` read, so that what is written is read
back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.drafting.manuscript import Manuscript, figure_text
from assistant.drafting.slots import Use
from assistant.form import EDITION_2021, SECTIONS
from assistant.form.drawing import Drawn, drawing
from assistant.patterns import regex

__all__ = ["Kind", "PrintedBlock", "cell_text", "markdown", "printed_blocks"]

_NUMERALS = "一二三四五六七八九十"
# What opens a Markdown heading, quotation or table is text when an office writes it.
_OPENING = regex(r"^(#{1,6}\s|>)")
_WIDE = str.maketrans({"|": "｜"})

Kind = Literal["warning", "title", "paragraph", "section", "heading", "unit", "date"]


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """One block of a report: what every format writes, in the same order.

    ``table`` is the form's table that stands below the heading of a section; ``uses`` are the figures of a paragraph;
    ``lines`` are a title cut where it may break when one line is too short for it, or the unit that signs and the date.
    """

    kind: Kind
    text: str
    table: str = ""
    uses: tuple[Use, ...] = ()
    lines: tuple[str, ...] = ()


def printed_blocks(draft: Manuscript) -> Iterator[PrintedBlock]:
    """Warnings of a forced draft, title, preamble, six sections with the three tables, signature and date."""
    yield from (PrintedBlock("warning", text) for text in draft.warnings)
    yield PrintedBlock("title", draft.title, lines=_lines(draft))
    yield PrintedBlock("paragraph", draft.preamble)
    tables = {table.section: table.id for table in EDITION_2021.tables}
    for section in SECTIONS:
        yield PrintedBlock("section", section.label, tables.get(section.id, ""))
        parts = [text for text in draft.parts if text.part.number.startswith(section.number)]
        heads = 0
        for text in parts:
            if text.part.heading:
                yield PrintedBlock("heading", f"（{_NUMERALS[heads]}）{text.part.heading}")
                heads += 1
            for m, paragraph in enumerate(text.paragraphs):
                yield PrintedBlock("paragraph", paragraph, uses=tuple(use for use in text.uses if use.paragraph == m))
    yield PrintedBlock("unit", draft.data.unit, lines=(draft.data.unit, draft.signed))
    yield PrintedBlock("date", draft.signed)


def _lines(draft: Manuscript) -> tuple[str, ...]:
    """A title breaks after the name of the unit, never inside a word."""
    unit = draft.data.unit
    rest = draft.title.removeprefix(unit)
    return (unit, rest) if rest and rest != draft.title else (draft.title,)


def cell_text(drawn: Drawn, draft: Manuscript) -> str:
    """What one cell of a table prints: its label, or its figure."""
    return figure_text(draft.cells.get(drawn.metric)) if drawn.metric else drawn.text


def markdown(draft: Manuscript) -> str:
    """The report as Markdown."""
    return "\n\n".join(_blocks(draft)) + "\n"


_MARKS: dict[Kind, str] = {"warning": "> ", "title": "# ", "section": "## ", "heading": "### "}


def _blocks(draft: Manuscript) -> Iterator[str]:
    for block in printed_blocks(draft):
        yield f"{_MARKS.get(block.kind, '')}{_line(block.text)}"
        if block.table:
            yield _table(block.table, draft)


def _line(text: str) -> str:
    text = " ".join(text.translate(_WIDE).split("\n"))
    return _OPENING.sub(lambda found: found[1].replace("#", "＃").replace(">", "＞"), text)


def _table(table_id: str, draft: Manuscript) -> str:
    """One table; a merged cell's text stands at its upper left, the cells it covers are left blank."""
    plan = drawing(table_id)
    grid = [["" for _ in range(plan.columns)] for _ in range(plan.rows)]
    for drawn in plan.cells:
        grid[drawn.row][drawn.column] = cell_text(drawn, draft)
    lines = [f"| {' | '.join(row)} |" for row in grid]
    return "\n".join([lines[0], f"|{' --- |' * plan.columns}", *lines[1:]])
