"""Pictures of pages → text and ruling lines, by RapidOCR, whose models come in its wheel. Needs the ``[ocr]`` extra.

Cells are cut out along the ruling lines and recognised one by one: a detector of text lines overlooks single digits,
and joins what stands in neighbouring cells. Only what stands outside of tables is looked for with the detector.
"""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import cv2

from assistant.readers.pages.lines import healed
from assistant.readers.pages.page import DPI, Page, Piece, Segment
from assistant.readers.pages.picture import Picture, bands, drawn_tight, lines_in, rules, straightened
from assistant.readers.pages.ruling import RuledTable, ruled_tables
from assistant.text import clean

__all__ = ["TooMuch", "TooSlow", "recognised"]

_POINTS = 72 / DPI
_UNREADABLE = "□"  # something is printed there, but nothing was recognised: not the same as a blank cell
_MARGIN = 6  # pixels of paper around what is recognised: the models were trained on lines with some
_SHRUNK = 0.5  # for the detector: body type is found at 100 dpi as well as at 200, in a tenth of the time
# The detector takes memory by area: a page at once takes 250 MB, a band of a third of it some 100.
_BAND = 800  # pixels
_EDGE = 32  # pixels of paper around a band: print at the very edge is overlooked
_LARGEST = 2_500  # pixels: a strip of paper that is wider, as it is shrunk, is none of A3 either
_WIDEST = 64  # times its height: a line across the page has some 45; what is longer is squeezed, it is no line of print
_BATCH = 48  # widths of a character that are recognised together: more take memory, fewer take time

_Box = tuple[int, int, int, int]


class TooSlow(Exception):
    """The time for recognition is up."""


class TooMuch(Exception):
    """More is printed on the page than on any page of a report."""


def recognised(picture: Picture, number: int, until: float, most: int) -> Page:
    """The page that a grey picture at ``DPI`` shows: text with its confidence, and ruling lines, in points.

    ``until`` is the reading of ``time.monotonic`` to stop at, ``most`` how many lines of print are recognised.

    Raises:
        TooSlow: not done by then.
        TooMuch: there are more than ``most``.
    """
    picture = straightened(picture)
    horizontal, vertical = ([_in_points(segment) for segment in lines] for lines in rules(picture))
    tables = ruled_tables(horizontal, vertical)
    boxes = [*_boxes_in(picture, tables), *_boxes_outside(picture, tables, until)]
    if len(boxes) > most:
        raise TooMuch
    height, width = picture.shape
    pieces = _pieces(picture, boxes, until)
    _give_memory_back()
    return Page(number, width * _POINTS, height * _POINTS, pieces, tuple(horizontal), tuple(vertical))


def _give_memory_back() -> None:
    """Between pages: glibc keeps what the models have freed in pieces, and grows with every page (to 600 MB in
    five)."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # other libraries of C have none, and no need of it
        if trim:
            trim(0)


def _in_points(segment: Segment) -> Segment:
    return Segment(*(value * _POINTS for value in segment))


def _boxes_in(picture: Picture, tables: Sequence[RuledTable]) -> Iterator[_Box]:
    for table in tables:
        for cell in table.cells:
            yield from lines_in(picture, *(edge / _POINTS for edge in table.box(cell)))


def _boxes_outside(picture: Picture, tables: Sequence[RuledTable], until: float) -> Iterator[_Box]:
    """Lines of print that the detector sees where no table is, drawn tight around their ink."""
    rest = picture.copy()
    for table in tables:
        left, top, right, bottom = (
            round(edge / _POINTS) for edge in (table.xs[0], table.ys[0], table.xs[-1], table.ys[-1])
        )
        rest[max(0, top - 4) : bottom + 4, max(0, left - 4) : right + 4] = 255
    for top, bottom in bands(rest, _BAND):
        _in_time(until)
        for x0, above, x1, below in _detected(rest[top:bottom]):
            yield drawn_tight(rest, x0, top + above, x1, top + below)


def _detected(band: Picture) -> Iterator[tuple[float, float, float, float]]:
    """Where the detector sees lines of print, as left, top, right, bottom."""
    framed = cv2.copyMakeBorder(band, _EDGE, _EDGE, _EDGE, _EDGE, cv2.BORDER_CONSTANT, value=(255.0,))
    height, width = framed.shape[:2]
    size = (round(min(_SHRUNK * width, _LARGEST)), round(_SHRUNK * height))
    small = cv2.resize(framed, size, interpolation=cv2.INTER_AREA)
    found = _engine()(cv2.cvtColor(small, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=False)
    grown = (width / size[0], height / size[1])
    for corners in found.boxes if found.boxes is not None else ():
        yield (*(corners.min(axis=0) * grown - _EDGE), *(corners.max(axis=0) * grown - _EDGE))


def _pieces(picture: Picture, boxes: Sequence[_Box], until: float) -> tuple[Piece, ...]:
    pieces = []
    for batch in _batches(boxes):
        _in_time(until)
        found = _engine().recognize_txt([_crop(picture, box) for box in batch])
        for box, text, score in zip(batch, found.txts, found.scores, strict=True):
            left, top, right, bottom = (edge * _POINTS for edge in box)
            words = healed(clean(text))
            # Never 1: that is what written text has.
            confidence = min(float(score), 0.999) if words else 0.0
            pieces.append(Piece(words or _UNREADABLE, left, top, right, bottom, bottom - top, confidence))
    return tuple(pieces)


def _shape(box: _Box) -> float:
    """Width by height of what is cut out."""
    left, top, right, bottom = box
    return (right - left + 2 * _MARGIN) / (bottom - top + 2 * _MARGIN)


def _batches(boxes: Sequence[_Box]) -> Iterator[list[_Box]]:
    """Boxes of like shapes together: a batch is as wide as its widest."""
    batch: list[_Box] = []
    for box in sorted(boxes, key=_shape):
        if batch and max(1.0, _shape(box)) * (len(batch) + 1) > _BATCH:
            yield batch
            batch = []
        batch.append(box)
    if batch:
        yield batch


def _crop(picture: Picture, box: _Box) -> cv2.typing.MatLike:
    left, top, right, bottom = box
    crop: cv2.typing.MatLike = cv2.copyMakeBorder(
        picture[top:bottom, left:right],
        _MARGIN,
        _MARGIN,
        _MARGIN,
        _MARGIN,
        cv2.BORDER_CONSTANT,
        value=(255.0,),
    )
    height, width = crop.shape[:2]
    if width > _WIDEST * height:
        crop = cv2.resize(crop, (_WIDEST * height, height), interpolation=cv2.INTER_AREA)
    return cv2.cvtColor(crop, cv2.COLOR_GRAY2BGR)


def _in_time(until: float) -> None:
    if time.monotonic() > until:
        raise TooSlow


@lru_cache(maxsize=1)
def _engine() -> Any:
    """RapidOCR with the models of its wheel; nothing is downloaded."""
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            # As it is given: the detector would make a low band larger, and a long one higher.
            "Global.max_side_len": 10_000,
            "Global.use_vertical_padding": False,
            "Det.limit_type": "max",
            "Det.limit_side_len": 10_000,
            # Narrow: most of what is recognised is a digit, and the model takes time by width.
            "Rec.rec_img_shape": [3, 48, 48],
            "Rec.rec_batch_num": _BATCH,
        }
    )
