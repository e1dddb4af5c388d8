"""A draft as Markdown: the same notation that ``readers`` read, so that what is written is read back the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.drafting.manuscript import Drafted, figure_text
from assistant.form import EDITION_2021, SECTIONS
from assistant.form.drawing import drawing

__all__ = ["markdown"]

_CHINESE = "一二三四五六七八九十"
# What opens a Markdown heading, quotation or table is text when an office writes it.
_OPENING = re.compile(r"^(#{1,6}\s|>)")
_WIDE = str.maketrans({"|": "｜"})


def markdown(draft: Drafted) -> str:
    """The report as Markdown: title, preamble, six sections with the three tables, signature and date."""
    return "\n\n".join(_blocks(draft)) + "\n"


def _blocks(draft: Drafted) -> Iterator[str]:
    if draft.warnings:
        yield "\n".join(f"> {_line(text)}" for text in draft.warnings)
    yield f"# {draft.title}"
    yield _line(draft.preamble)
    tables = {table.section: table.id for table in EDITION_2021.tables}
    for section in SECTIONS:
        yield f"## {section.number}、{section.title}"
        if section.id in tables:
            yield table_markdown(tables[section.id], draft)
        yield from _prose(section.number, draft)
    yield draft.data.unit
    yield draft.signed


def _prose(section: str, draft: Drafted) -> Iterator[str]:
    parts = [text for text in draft.parts if text.part.number.startswith(section)]
    for n, text in enumerate(parts):
        if text.part.heading:
            yield f"### （{_CHINESE[n]}）{text.part.heading}"
        yield from (_line(paragraph) for paragraph in text.paragraphs)


def _line(text: str) -> str:
    text = " ".join(text.translate(_WIDE).split("\n"))
    return _OPENING.sub(lambda found: found[1].replace("#", "＃").replace(">", "＞"), text)


def table_markdown(table_id: str, draft: Drafted) -> str:
    """One table; a merged cell's text stands at its upper left, the cells it covers are left blank."""
    plan = drawing(table_id)
    grid = [["" for _ in range(plan.columns)] for _ in range(plan.rows)]
    for drawn in plan.cells:
        grid[drawn.row][drawn.column] = figure_text(draft.cells.get(drawn.metric)) if drawn.metric else drawn.text
    lines = [f"| {' | '.join(row)} |" for row in grid]
    return "\n".join([lines[0], f"|{' --- |' * plan.columns}", *lines[1:]])
