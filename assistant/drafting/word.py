"""A draft as a Word file in the layout of official documents, each figure under a mark by which it is found again
(``refresh``); on request with a comment on its source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from docx.document import Document as WordDocument
from docx.shared import RGBColor
from docx.text.run import Run

from assistant.drafting.manuscript import Manuscript, figure_text
from assistant.drafting.provenance import source_cells
from assistant.drafting.publish import Kind, PrintedBlock, printed_blocks
from assistant.drafting.refresh.marks import key_of, mark
from assistant.drafting.slots import Use, gather
from assistant.form.drawing import drawing
from assistant.render.official import (
    HEADING,
    add_heading,
    add_paragraph,
    add_signature,
    add_table,
    official_document,
    write,
)

__all__ = ["write_docx"]

_AUTHOR, _INITIALS = "数字来源", "源"
_RED = RGBColor(0xC0, 0, 0)
_TITLE_CHARACTERS = 20  # of 22 pt, in one line of the page


def write_docx(draft: Manuscript, path: Path, *, comments: bool = False) -> None:
    """Write the report to ``path``, over what is there; ``saving.save`` looks after that. Raises ``OSError``."""
    word = official_document(draft.title, draft.data.unit)
    material, marks = gather(draft.data, None), count(1)
    for block in printed_blocks(draft):
        if block.uses:
            for use, run in _with_figures(word, block):
                mark(run, key_of(use.slot, material), next(marks))
                if comments:
                    word.add_comment(run, _comment(use, draft), _AUTHOR, _INITIALS)
        else:
            _WRITERS[block.kind](word, block)
        if block.table:
            add_table(word, drawing(block.table), lambda metric: figure_text(draft.cells.get(metric)))
    word.save(str(path))


def _with_figures(word: WordDocument, block: PrintedBlock) -> Iterator[tuple[Use, Run]]:
    """A paragraph in which each figure has a run of its own."""
    paragraph = add_paragraph(word, indent=True)
    end = 0
    for use in block.uses:
        write(paragraph, block.text[end : use.start])
        yield use, write(paragraph, use.text)
        end = use.start + len(use.text)
    write(paragraph, block.text[end:])


def _comment(use: Use, draft: Manuscript) -> str:
    """Where a figure comes from, in the words of who filled in the workbook."""
    places = source_cells(use, draft)
    return f"来源：{use.source}" + (f"\n数据表的单元格：{places}" if places and places not in use.source else "")


def _warning(word: WordDocument, block: PrintedBlock) -> None:
    write(add_paragraph(word), block.text, HEADING, colour=_RED)


def _title(word: WordDocument, block: PrintedBlock) -> None:
    width = sum(0.5 if sign.isascii() else 1 for sign in block.text)
    add_heading(word, "\n".join(block.lines) if width > _TITLE_CHARACTERS else block.text, 1)


def _section(word: WordDocument, block: PrintedBlock) -> None:
    add_heading(word, block.text, 2, above_table=block.table)


def _heading(word: WordDocument, block: PrintedBlock) -> None:
    add_heading(word, block.text, 3)


def _paragraph(word: WordDocument, block: PrintedBlock) -> None:
    write(add_paragraph(word, indent=True), block.text)


def _signature(word: WordDocument, block: PrintedBlock) -> None:
    add_paragraph(word).paragraph_format.keep_with_next = True
    add_signature(word, *block.lines)


_WRITERS: dict[Kind, Callable[[WordDocument, PrintedBlock], None]] = {
    "warning": _warning,
    "title": _title,
    "section": _section,
    "heading": _heading,
    "paragraph": _paragraph,
    "unit": _signature,
    "date": lambda _word, _block: None,  # stands with the unit
}
