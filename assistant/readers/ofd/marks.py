"""What stands on an OFD page: characters and straight lines, in points from the upper left corner.

An object has a boundary on the page, in millimetres, and a matrix of its own inside it; a character's place is its
baseline, and the steps to the next ones are listed.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from itertools import islice, pairwise

from lxml import etree

from assistant.errors import UnreadableReport
from assistant.readers.office_xml import attribute, child, kind
from assistant.readers.pages.page import Page, Piece, Segment
from assistant.settings import settings
from assistant.text import clean

__all__ = ["Marks", "box_of"]

_POINTS = 72 / 25.4
_THIN = 3.0 / _POINTS  # millimetres: a filled box as thin as this is a line
_LEVEL = 0.5 / _POINTS  # millimetres that the ends of a level line may differ
_SKEW = 0.05  # text turned by more than this, but not by 90°, belongs to a watermark
_ASCENT, _DESCENT = 0.88, 0.12  # of the type size, above and below the baseline
_GAP = 1.1  # type sizes: a longer step leaves room beside the character
_PAPER = 242  # of 255: a lighter colour is paper
_STEP = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TAKES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}  # numbers behind each step of a path

_Matrix = tuple[float, float, float, float, float, float]
_PLAIN: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def box_of(text: str) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of “x y width height”. Raises ``ValueError``."""
    x, y, width, height = (_number(part) for part in text.split())
    return x, y, x + width, y + height


def _number(text: str) -> float:
    value = float(text)
    if not abs(value) < 1e6:  # not a number, or without end: no page is a kilometre wide
        raise ValueError(text)
    return value


class Marks:
    """Takes the objects of layers, at most ``most`` marks of them, until ``time.thread_time`` is ``until``: a page or a
    template may be named again and again. ``pictured`` is the area of the largest picture."""

    def __init__(self, most: int, until: float, where: str) -> None:
        self._most, self._until, self._where = most, until, where
        self.pieces: list[Piece] = []
        self.pictured = 0.0
        self._strokes: list[tuple[float, float, float, float]] = []

    @property
    def count(self) -> int:
        return len(self.pieces) + len(self._strokes)

    def take(self, layer: etree._Element) -> None:
        """
        Raises:
            UnreadableReport: more marks than any report has, or no time left.
            ValueError: an object's place is no number.
        """
        for element in layer.iter(etree.Element):
            if time.thread_time() > self._until:
                raise UnreadableReport(
                    f"OFD 过于复杂，{settings().pdf_seconds:g}秒内没有读完",
                    where=self._where,
                    help="请只保留年度报告的页面；确需读取时另存为 PDF，或调高 ASSISTANT_PDF_SECONDS。",
                )
            name = kind(element)
            if name not in _READ or attribute(element, "Visible") == "false" or attribute(element, "Alpha") == "0":
                continue
            left, top, right, bottom = box_of(attribute(element, "Boundary") or "0 0 0 0")
            if name == "TextObject":
                self._take_text(element, left, top)
            elif name == "PathObject":
                self._take_path(element, left, top)
            else:
                self.pictured = max(self.pictured, (right - left) * (bottom - top))
            if self.count > self._most:
                raise UnreadableReport(
                    f"OFD 中的文字和线条超过{self._most}个，不像一份年度报告",
                    where=self._where,
                    help="请确认这是一份年度报告；确需读取时另存为 PDF。",
                )

    def page(self, number: int, paper: tuple[float, float, float, float]) -> Page:
        """The page whose paper is this box, in millimetres."""
        left, top, right, bottom = paper
        across, down = [], []
        for x0, y0, x1, y1 in self._strokes:
            ends = [(x0 - left) * _POINTS, (y0 - top) * _POINTS, (x1 - left) * _POINTS, (y1 - top) * _POINTS]
            if x1 - x0 >= y1 - y0:
                across.append(Segment((ends[1] + ends[3]) / 2, ends[0], ends[2]))
            else:
                down.append(Segment((ends[0] + ends[2]) / 2, ends[1], ends[3]))
        moved = [
            piece._replace(
                x0=(piece.x0 - left) * _POINTS,
                top=(piece.top - top) * _POINTS,
                x1=(piece.x1 - left) * _POINTS,
                bottom=(piece.bottom - top) * _POINTS,
                size=piece.size * _POINTS,
            )
            for piece in self.pieces
        ]
        return Page(
            number, (right - left) * _POINTS, (bottom - top) * _POINTS, tuple(moved), tuple(across), tuple(down)
        )

    def _take_text(self, element: etree._Element, left: float, top: float) -> None:
        matrix = _matrix(element)
        a, b, c, d, e, f = matrix
        largest = max(abs(part) for part in matrix[:4]) or 1.0
        if (abs(a) > _SKEW * largest and abs(b) > _SKEW * largest) or _is_paper(child(element, "FillColor")):
            return
        size = _number(attribute(element, "Size") or "0")
        printed = size * (abs(d) or abs(c))
        x = y = 0.0
        for code in element.iter("{*}TextCode"):
            text = code.text or ""
            x, y = _number(attribute(code, "X") or str(x)), _number(attribute(code, "Y") or str(y))
            along, down = (_steps(attribute(code, name) or "", len(text)) for name in ("DeltaX", "DeltaY"))
            upright = (
                attribute(code, "DeltaX") is None and attribute(code, "DeltaY") is not None
            )  # set from top to bottom
            at_x, at_y = x, y
            for sign in text:
                width = size * (0.5 if sign.isascii() else 1.0)
                step = next(along, 0.0 if upright else width)
                if not sign.isspace() and (shown := clean(sign)):
                    page_x, page_y = left + a * at_x + c * at_y + e, top + b * at_x + d * at_y + f
                    # No font is opened: how wide a character is shows in the step to the next, unless that is a gap.
                    x1 = page_x + abs(a or c) * (step if 0 < step <= _GAP * size else width)
                    box = (page_x, page_y - _ASCENT * printed, x1, page_y + _DESCENT * printed)
                    self.pieces.append(Piece(shown, *box, printed))
                at_x, at_y = at_x + step, at_y + next(down, 0.0)

    def _take_path(self, element: etree._Element, left: float, top: float) -> None:
        a, b, c, d, e, f = _matrix(element)
        stroked = attribute(element, "Stroke") != "false" and not _is_paper(child(element, "StrokeColor"))
        filled = attribute(element, "Fill") == "true" and not _is_paper(child(element, "FillColor"))
        data = child(element, "AbbreviatedData")
        for points in _subpaths("" if data is None else data.text or ""):
            placed = [(left + a * x + c * y + e, top + b * x + d * y + f) for x, y in points]
            x0, y0 = min(x for x, _ in placed), min(y for _, y in placed)
            x1, y1 = max(x for x, _ in placed), max(y for _, y in placed)
            if min(x1 - x0, y1 - y0) <= _THIN and (stroked or filled):
                if max(x1 - x0, y1 - y0) > min(x1 - x0, y1 - y0):
                    self._strokes.append((x0, y0, x1, y1))
            elif stroked:
                for (ax, ay), (bx, by) in pairwise(placed):
                    if abs(ax - bx) <= _LEVEL or abs(ay - by) <= _LEVEL:
                        self._strokes.append((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))


_READ = frozenset({"TextObject", "PathObject", "ImageObject", "CompositeObject"})


def _matrix(element: etree._Element) -> _Matrix:
    parts = [_number(part) for part in (attribute(element, "CTM") or "").split()]
    if not parts:
        return _PLAIN
    a, b, c, d, e, f = parts
    return a, b, c, d, e, f


def _is_paper(colour: etree._Element | None) -> bool:
    """Whether a colour is stated and cannot be seen on paper; other spaces of colour than RGB and grey can."""
    if colour is None:
        return False
    if attribute(colour, "Alpha") == "0":
        return True
    parts = (attribute(colour, "Value") or "").split()
    return len(parts) in (1, 3) and all(part.isdigit() and int(part) > _PAPER for part in parts)


def _steps(text: str, most: int) -> Iterator[float]:
    """The steps between characters; “g 3 5.2” is 5.2 three times."""

    def listed() -> Iterator[float]:
        parts = iter(text.split())
        for part in parts:
            if part == "g":
                times, step = int(next(parts, "0")), _number(next(parts, "0"))
                yield from (step for _ in range(min(times, most)))
            else:
                yield _number(part)

    return islice(listed(), most)


def _subpaths(data: str) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path; of a curve only its end counts."""
    points: list[tuple[float, float]] = []
    parts = _STEP.findall(data)
    at = 0
    while at < len(parts):
        step, takes = parts[at], _TAKES.get(parts[at])
        if takes is None or at + takes >= len(parts) + (takes == 0):
            break  # no path goes on like this: what stands before it was drawn
        numbers = [_number(part) for part in parts[at + 1 : at + 1 + takes]]
        at += 1 + takes
        if step == "C":
            points += points[:1]
            continue
        if step in "SM":
            if len(points) > 1:
                yield points
            points = []
        points.append((numbers[-2], numbers[-1]))
    if len(points) > 1:
        yield points
