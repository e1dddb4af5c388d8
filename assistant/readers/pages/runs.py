"""Where on a page a table without ruling lines may stand: lines between headings and prose, cut into words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from assistant.form import EDITIONS, GROUPS
from assistant.readers.form_tables.labels import group_labels, is_figure, table_words
from assistant.readers.pages.lines import Line, in_lines, in_rows
from assistant.readers.pages.page import Page, Piece
from assistant.readers.pages.tables import row_labels
from assistant.readers.sections import is_subheading, section_of
from assistant.text import fold

__all__ = ["HEADER", "Printed", "form_words", "headings", "is_row", "looks_like_a_table", "runs", "trimmed"]

HEADER = "信息内容"
_APART = 0.5  # of the type size: a wider gap is between two columns
_PROSE = 0.75  # of the width of the text: a line that is longer belongs to a paragraph
_MOST_WORDS = 40  # of a line: table 4 has fifteen figures
_EDGE = 0.09  # of a page's height: what stands there alone is a running head or a page number
_WIDE = str.maketrans("()", "（）")


@dataclass(frozen=True, slots=True)
class Printed:
    """One line of a page: its pieces, its words from left to right, and the figures that end it."""

    pieces: list[Piece]
    words: list[Line]
    figures: list[Line]


def runs(page: Page, pieces: Sequence[Piece]) -> Iterator[list[Printed]]:
    """Lines from top to bottom, parted where a heading or prose stands."""
    width = max((piece.x1 for piece in pieces), default=0) - min((piece.x0 for piece in pieces), default=0)
    run: list[Printed] = []
    for row in in_rows(pieces):
        words = list(_words(row))
        line = Printed(row, words, _figures(words))
        at_edge = words[0].top < _EDGE * page.height or words[0].bottom > (1 - _EDGE) * page.height
        alone = len(words) == 1
        if len(words) > _MOST_WORDS or (alone and at_edge) or any(_is_prose(word, width, alone) for word in words):
            yield run
            yield [line]
            run = []
        else:
            run.append(line)
    yield run


def trimmed(run: list[Printed]) -> tuple[list[Printed], list[Printed]]:
    """A run up to its last row, with the lines that its label goes on in, and what follows."""
    last = max((at for at, line in enumerate(run) if line.figures or is_row(line.words[-1].text)), default=-1)
    left = min((line.figures[0].x0 for line in run if line.figures), default=0.0)
    end = next((at for at in range(last + 1, len(run)) if run[at].words[-1].x1 > left), len(run))
    return run[:end], run[end:]


def _figures(words: Sequence[Line]) -> list[Line]:
    """The figures that end a line; none where words follow them."""
    first = next((at for at, word in enumerate(words) if is_figure(word.text)), len(words))
    figures = list(words[first:])
    return figures if all(is_figure(word.text) for word in figures) else []


def _words(row: Sequence[Piece]) -> Iterator[Line]:
    word = [row[0]]
    for before, piece in pairwise(row):
        if piece.x0 - before.x1 > _APART * piece.size:
            yield in_lines(word)[0]
            word = []
        word.append(piece)
    yield in_lines(word)[0]


def _is_prose(word: Line, width: float, alone: bool) -> bool:
    long = word.x1 - word.x0 > _PROSE * width
    return long or (alone and (word.text.endswith("。") or section_of(word.text) is not None or _subheading(word.text)))


def _subheading(text: str) -> bool:
    """Whether a text is a sub-heading, and not a label, or the first half of one:
    （二）部分公开（区分处理的，只计这一情."""
    return is_subheading(text) and not any(label.startswith(fold(text)) for label in row_labels() | group_labels())


@cache
def form_words() -> frozenset[str]:
    """All labels and titles of the form's tables, folded."""
    tables = [table for edition in EDITIONS.values() for table in edition.tables]
    return headings().union({HEADER}, group_labels(), row_labels(), *map(table_words, tables))


@cache
def headings() -> frozenset[str]:
    tables = [table for edition in EDITIONS.values() for table in edition.tables]
    return frozenset(fold(block.heading) for table in tables for block in table.blocks if block.heading)


def is_row(text: str) -> bool:
    """Whether a text is the label of a row, and not the first half of a group's: （六）其他 is no 3.其他."""
    begun = any(group.label.startswith(text.translate(_WIDE)) for group in GROUPS)
    return fold(text) in row_labels() - group_labels() and not begun


def looks_like_a_table(run: Sequence[Printed]) -> bool:
    """Whether there is a row of the form with a figure, or several figures in a line: what prose never has."""
    named = (line for line in run if line.figures and any(is_row(word.text) for word in line.words))
    return any(named) or any(len(line.figures) > 2 for line in run)
