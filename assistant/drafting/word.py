"""A draft as a Word file in the layout of official documents; on request each figure with a comment on its source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph

from assistant.drafting.manuscript import Drafted, figure_text
from assistant.drafting.provenance import cells_of
from assistant.drafting.publish import Kind, Piece, pieces
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

_AUTHOR, _INITIALS = "数字来源", "源"
_RED = RGBColor(0xC0, 0, 0)
_TITLE_CHARACTERS = 20  # of 22 pt, in one line of the page


def docx(draft: Drafted, path: Path, *, comments: bool = False) -> None:
    """Write the report to ``path``, over what is there; ``saving.save`` looks after that. Raises ``OSError``."""
    word = official_document(draft.title, draft.data.unit)
    for piece in pieces(draft):
        if comments and piece.uses:
            _commented(word, piece, draft)
        else:
            _WRITERS[piece.kind](word, piece)
        if piece.table:
            add_table(word, drawing(piece.table), lambda metric: figure_text(draft.cells.get(metric)))
    word.save(str(path))


def _commented(word: WordDocument, piece: Piece, draft: Drafted) -> None:
    """A paragraph in which each figure has a run of its own, and on it a comment on where it comes from."""
    paragraph = add_paragraph(word, indent=True)
    end = 0
    for use in piece.uses:
        write(paragraph, piece.text[end : use.start])
        run = write(paragraph, use.text)
        places = cells_of(use, draft)
        told = f"来源：{use.source}" + (f"\n单元格：{places}" if places and places not in use.source else "")
        word.add_comment(run, f"{told}\n槽位：{use.slot}", _AUTHOR, _INITIALS)
        end = use.start + len(use.text)
    write(paragraph, piece.text[end:])


def _warning(word: WordDocument, piece: Piece) -> None:
    write(add_paragraph(word), piece.text, HEADING, colour=_RED)


def _title(word: WordDocument, piece: Piece) -> None:
    width = sum(0.5 if sign.isascii() else 1 for sign in piece.text)
    text = "\n".join(piece.lines) if width > _TITLE_CHARACTERS else piece.text
    add_heading(word, text, 1, TITLE, size=TITLE_SIZE)


def _section(word: WordDocument, piece: Piece) -> None:
    add_heading(word, piece.text, 2, HEADING, above_table=piece.table)


def _heading(word: WordDocument, piece: Piece) -> None:
    add_heading(word, piece.text, 3, SUBHEADING)


def _paragraph(word: WordDocument, piece: Piece) -> None:
    write(add_paragraph(word, indent=True), piece.text)


def _unit(word: WordDocument, piece: Piece) -> None:
    add_paragraph(word).paragraph_format.keep_with_next = True
    _signed(word, piece.text, 2).paragraph_format.keep_with_next = True  # the date never stands alone on a page


def _date(word: WordDocument, piece: Piece) -> None:
    _signed(word, piece.text, 4)


def _signed(word: WordDocument, text: str, characters: int) -> Paragraph:
    paragraph = add_paragraph(word)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.right_indent = BODY_SIZE * characters
    paragraph.paragraph_format.keep_together = True
    write(paragraph, text)
    return paragraph


_WRITERS: dict[Kind, Callable[[WordDocument, Piece], None]] = {
    "warning": _warning, "title": _title, "section": _section, "heading": _heading, "paragraph": _paragraph,
    "unit": _unit, "date": _date,
}  # fmt: skip
