"""A draft as a Word file in the layout of official documents."""

from __future__ import annotations

from pathlib import Path

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import RGBColor

from assistant.drafting.manuscript import Drafted, figure_text
from assistant.form import EDITION_2021, SECTIONS
from assistant.form.drawing import drawing
from assistant.render.official import (
    BODY_SIZE,
    HEADING,
    SUBHEADING,
    TITLE,
    TITLE_SIZE,
    add_heading,
    add_paragraph,
    add_table,
    official_document,
    write,
)

__all__ = ["docx"]

_CHINESE = "一二三四五六七八九十"
_RED = RGBColor(0xC0, 0, 0)


def docx(draft: Drafted, path: Path) -> None:
    """Write the report to ``path``, over what is there; ``saving.save`` looks after that. Raises ``OSError``."""
    word = official_document(draft.title, draft.data.unit)
    for text in draft.warnings:
        write(add_paragraph(word), text, HEADING, colour=_RED)
    add_heading(word, draft.title, 1, TITLE, size=TITLE_SIZE)
    write(add_paragraph(word, indent=True), draft.preamble)
    tables = {table.section: table.id for table in EDITION_2021.tables}
    for section in SECTIONS:
        add_heading(word, f"{section.number}、{section.title}", 2, HEADING, above_table=section.id in tables)
        if section.id in tables:
            add_table(word, drawing(tables[section.id]), lambda metric: figure_text(draft.cells.get(metric)))
        _prose(word, section.number, draft)
    _signature(word, draft)
    word.save(str(path))


def _prose(word: WordDocument, section: str, draft: Drafted) -> None:
    parts = [text for text in draft.parts if text.part.number.startswith(section)]
    for n, text in enumerate(parts):
        if text.part.heading:
            add_heading(word, f"（{_CHINESE[n]}）{text.part.heading}", 3, SUBHEADING)
        for paragraph in text.paragraphs:
            write(add_paragraph(word, indent=True), paragraph)


def _signature(word: WordDocument, draft: Drafted) -> None:
    add_paragraph(word)
    for text, characters in ((draft.data.unit, 2), (draft.signed, 4)):
        paragraph = add_paragraph(word)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = BODY_SIZE * characters
        paragraph.paragraph_format.keep_together = True
        write(paragraph, text)
