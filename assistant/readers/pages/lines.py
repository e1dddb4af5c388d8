"""Pieces of text at places → lines, and the words of several lines as one text, without the gaps that layout put in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.patterns import regex
from assistant.readers.pages.page import Piece

__all__ = ["Line", "healed", "in_lines", "in_rows", "joined", "text_in_cell"]

_CHINESE_BLANK = regex(r"(?<=[^!-~])\s+|\s+(?=[^!-~])")
_LATIN = regex(r"[!-~]")
_LETTER = regex(r"[A-Za-z]")
_PADDING = 11.0  # points that Word and LibreOffice leave free beside a cell's text, both sides together
_SLACK = 3.0  # points: what is left in a full line may be a little more than a digit is wide
_PITCH = 2.4  # of the height of print: from one line to the next of the same number
# Of the type size: a note's number is smaller, and its foot stands higher. Of digits of two typefaces on one line the
# feet may differ a little; of what is hardly smaller the foot must stand much higher.
_NOTES = ((0.75, 0.15), (0.9, 0.3))
_GAP = 0.2  # of the type size: a wider gap between two Latin characters is a blank


class Line(NamedTuple):
    """One line of print. ``confidence`` is that of its least certain piece."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    confidence: float


def healed(text: str) -> str:
    """Text without the blanks between, before and after Chinese characters: “本 年 度” is spread to fill its line."""
    return _CHINESE_BLANK.sub("", text.strip())


def in_lines(pieces: Sequence[Piece]) -> list[Line]:
    """Pieces that stand beside each other as one line, from top to bottom."""
    return [_line(row) for row in in_rows(pieces)]


def in_rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that stand beside each other, from left to right; rows from top to bottom."""
    rows: list[list[Piece]] = []
    bottom = top = 0.0
    for piece in sorted(pieces, key=lambda piece: piece.centre[1]):
        shared = min(bottom, piece.bottom) - max(top, piece.top)
        if rows and shared >= 0.5 * min(bottom - top, piece.bottom - piece.top):
            rows[-1].append(piece)
        else:
            rows.append([piece])
            top, bottom = piece.top, piece.bottom
    return [sorted(row, key=lambda piece: piece.x0) for row in rows]


def _line(row: Sequence[Piece]) -> Line:
    text, full, note = row[0].text, row[0], False
    for before, piece in pairwise(row):
        raised = (note or text[-1].isdigit()) and _is_raised(piece, full)
        if raised != note:
            text += "（" if raised else "）"  # a note's number behind a figure is no digit of it: 35¹ is not 351
        gap = piece.x0 - before.x1 > _GAP * piece.size
        text += " " * (gap and _latin_between(text, piece.text)) + piece.text
        note, full = raised, full if raised else piece
    return Line(
        text=f"{text}）" if note else text,
        x0=row[0].x0,
        top=min(piece.top for piece in row),
        x1=max(piece.x1 for piece in row),
        bottom=max(piece.bottom for piece in row),
        size=sorted(piece.size for piece in row)[len(row) // 2],
        confidence=min(piece.confidence for piece in row),
    )


def _is_raised(piece: Piece, full: Piece) -> bool:
    """Whether a piece is smaller than the one in full size before it, and ends above it. What was recognised has its
    size from its ink: a 1 beside a 0 may be lower."""
    if not piece.confidence == full.confidence == 1:
        return False
    size, above = piece.size / max(full.size, 1e-6), (full.bottom - piece.bottom) / max(full.size, 1e-6)
    return any(size < smaller and above > higher for smaller, higher in _NOTES)


def _latin_between(before: str, after: str) -> bool:
    return bool(_LATIN.match(before[-1]) and _LATIN.match(after[0]))


def joined(text: str, following: str) -> str:
    """Two lines of one paragraph: a blank only between two Latin words."""
    if text and following and _LETTER.match(text[-1]) and _LETTER.match(following[0]):
        return f"{text} {following}"
    return text + following


def text_in_cell(pieces: Sequence[Piece], left: float, right: float) -> str:
    """What a cell between ``left`` and ``right`` says.

    A number goes on in the next line only where the first line is full: two numbers that happen to share a cell,
    because a border is missing, must not become one.
    """
    first, *others = in_lines(pieces)
    text, before = first.text, first
    for line in others:
        width = before.x1 - before.x0
        full = right - left - _PADDING - width < width / len(before.text) + _SLACK
        numbers = text[-1].isdigit() and line.text[0].isdigit()
        broken = full and line.bottom - before.bottom < _PITCH * line.size
        text = f"{text} {line.text}" if numbers and not broken else joined(text, line.text)
        before = line
    return text
