"""A page as marks at places: pieces of text and ruling lines, in points from the upper left corner.

A PDF's characters and a scan's recognised lines are both such pieces, so one layout serves both.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["DPI", "Page", "Piece", "Segment"]

DPI = 200  # of the pictures of pages that are recognised


class Piece(NamedTuple):
    """A character or a recognised line. ``confidence`` is below 1 only for what was recognised from a picture."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    confidence: float = 1.0

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


class Segment(NamedTuple):
    """A ruling line: a horizontal one lies at y = ``at``, a vertical one at x = ``at``."""

    at: float
    start: float
    end: float


class Page(NamedTuple):
    """``number`` counts from 1."""

    number: int
    width: float
    height: float
    pieces: tuple[Piece, ...]
    horizontal: tuple[Segment, ...]
    vertical: tuple[Segment, ...]
