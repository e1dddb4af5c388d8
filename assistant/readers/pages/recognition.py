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
from functools import lru_cache, partial
from typing import Any

import cv2
import numpy as np

from assistant.patterns import regex
from assistant.readers.pages.lines import healed
from assistant.readers.pages.page import DPI, Page, Piece, Segment
from assistant.readers.pages.picture import (
    Cell,
    Picture,
    bands,
    cell_ink,
    drawn_tight,
    evenly_lit,
    flattened,
    halves,
    rules,
    softened,
    squared,
    straightened,
    turned_by,
    without_dust,
    without_light_ink,
    without_stains,
)
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
_FIGURE = regex(r"[0-9.,，%/／—－-]+")
# What a digit is also taken for: no cell of the form's tables has letters of any alphabet.
_ALIKE = {"0": "OoΟ〇○", "1": "Il"}
_LOW, _HIGH = 0.7, 1.35  # of the usual height of a digit: what is lower or higher is none, or more than one
_HAN = regex(r"\p{Han}")
_SAMPLE, _LEAST_SAMPLE = 12, 3  # lines of print by which it is told how a page lies
_LEGIBLE, _BETTER = 0.6, 0.15  # a page that lies right has some 0.9, one on its side or its head 0.1 to 0.4
_RULES_KEPT = 0.85  # of the length of all lines: with less, the table itself is drawn in light ink
_DOUBT = 0.5  # the confidence of a cell with ink that is not what was recognised


class TooSlow(Exception):
    """The time for recognition is up."""


class TooMuch(Exception):
    """More is printed on the page than on any page of a report."""


def recognised(picture: Picture, number: int, until: float, most: int) -> list[Page]:
    """The pages that a grey picture at ``DPI`` shows, mostly one, two where they lie beside each other: text with its
    confidence, and ruling lines, in points. A picture that lies on its side or upside down is turned.

    ``until`` is the reading of ``time.monotonic`` to stop at, ``most`` how many lines of print are recognised.

    Raises:
        TooSlow: not done by then.
        TooMuch: there are more than ``most``.
    """
    pages = _upright(picture, until)
    return [_page(_prepared(half), number, until, most) for half in halves(pages)]


def _prepared(picture: Picture) -> Picture:
    """The picture as the models know pages: white paper, soft print, at right angles, without edges and dust."""
    paper = softened(evenly_lit(without_stains(picture)))
    return without_dust(flattened(squared(straightened(paper))))


def _page(picture: Picture, number: int, until: float, most: int) -> Page:
    stained, picture = picture, without_light_ink(picture)
    horizontal, vertical = ([_in_points(segment) for segment in lines] for lines in _rules(picture, stained))
    tables = ruled_tables(horizontal, vertical)
    outside = list(_boxes_outside(picture, tables, until))
    cells = list(_cells_in(picture, stained, tables, outside))
    boxes = [*(box for cell in cells for box in cell.boxes), *outside]
    if len(boxes) > most:
        raise TooMuch
    height, width = picture.shape
    pieces = _pieces(picture, boxes, until)
    _give_memory_back()
    return Page(number, width * _POINTS, height * _POINTS, _doubted(pieces, cells), tuple(horizontal), tuple(vertical))


def _upright(picture: Picture, until: float) -> Picture:
    """The picture turned so that its words can be read: of the four ways, the one in which a sample reads best. The way
    it lies is kept where it reads well."""
    best, found = picture, _legibility(picture, until)
    for quarter in (2, 1, 3) if found < _LEGIBLE else ():
        turned = turned_by(picture, quarter)
        score = _legibility(turned, until)
        if score > found + _BETTER:
            best, found = turned, score
    return best


def _legibility(picture: Picture, until: float) -> float:
    """How surely a sample of the lines of print is recognised as words; 1 where there is too little to tell."""
    strips = bands(picture, _BAND)
    if not strips:
        return 1.0
    top, bottom = max(strips, key=lambda strip: int(np.count_nonzero(picture[strip[0] : strip[1]] < 128)))
    _in_time(until)
    strip = picture[top:bottom]
    lines = sorted(_detected(strip), key=lambda box: box[0] - box[2])[:_SAMPLE]
    boxes = [drawn_tight(strip, *box) for box in lines]
    read = [piece for piece in _pieces(strip, boxes, until) if len(piece.text) > 1]
    if len(boxes) < _LEAST_SAMPLE:
        return 1.0
    return sum(piece.confidence for piece in read if _HAN.search(piece.text)) / len(boxes)


def _doubted(pieces: Sequence[Piece], cells: Sequence[Cell]) -> tuple[Piece, ...]:
    """Pieces with a low confidence where a figure's cell has ink that what was recognised does not account for: a
    digit is one spot of ink, about as high as the digits around it. A cell that is blank but for such ink is doubtful
    too: a piece without text says so."""
    at = {(piece.x0, piece.top): number for number, piece in enumerate(pieces)}
    made = list(pieces)
    inside = [
        (
            cell,
            [
                at[box[0] * _POINTS, box[1] * _POINTS]
                for box in cell.boxes
                if (box[0] * _POINTS, box[1] * _POINTS) in at
            ],
        )
        for cell in cells
    ]
    heights = sorted(
        spot for cell, numbers in inside for spot in cell.spots if any(pieces[n].text.isdigit() for n in numbers)
    )
    usual = heights[len(heights) // 2] if heights else 0
    for cell, numbers in inside:
        texts = [pieces[number].text for number in numbers]
        if not all(map(_FIGURE.fullmatch, texts)):
            continue
        digits = sum(sign.isdigit() for text in texts for sign in text)
        odd = [spot for spot in cell.spots if digits and not _LOW * usual < spot < _HIGH * usual]
        if not (cell.touched or len(texts) > 1 or (digits and (len(cell.spots) != digits or odd))):
            continue
        for number in numbers:
            made[number] = made[number]._replace(confidence=min(made[number].confidence, _DOUBT))
        if not numbers:
            left, top, right, bottom = (edge * _POINTS for edge in cell.box)
            made.append(Piece("", left, top, right, bottom, bottom - top, _DOUBT))
    return tuple(made)


def _give_memory_back() -> None:
    """Between pages: glibc keeps what the models have freed in pieces, and grows with every page (to 600 MB in
    five)."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # other libraries of C have none, and no need of it
        if trim:
            trim(0)


def _in_points(segment: Segment) -> Segment:
    return Segment(*(value * _POINTS for value in segment))


def _rules(picture: Picture, stained: Picture) -> tuple[list[Segment], list[Segment]]:
    """The ruling lines without those that a stamp makes; with light ink where most of them are drawn in it."""
    dark, all_ink = rules(picture), rules(stained, pale=True)
    lengths = [sum(line.end - line.start for lines in found for line in lines) for found in (dark, all_ink)]
    return dark if lengths[0] >= _RULES_KEPT * lengths[1] else all_ink


def _cells_in(
    picture: Picture, stained: Picture, tables: Sequence[RuledTable], outside: Sequence[_Box]
) -> Iterator[Cell]:
    """The cells of the tables. Print beside a table belongs to it: its lines were not all found, and no cell of it, a
    blank one least of all, is sure."""
    for table in tables:
        top, bottom = table.ys[0] / _POINTS, table.ys[-1] / _POINTS
        torn = any(top < (box[1] + box[3]) / 2 < bottom for box in outside)
        for cell in table.cells:
            ink = cell_ink(picture, stained, *(edge / _POINTS for edge in table.box(cell)))
            yield ink._replace(touched=ink.touched or torn)


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

    engine = RapidOCR(
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
    recogniser = engine._load_rec_model()
    recogniser.postprocess_op = partial(_decoded, recogniser.postprocess_op, _alike(recogniser.postprocess_op))
    return engine


def _alike(decode: Any) -> list[tuple[int, list[int]]]:
    """The classes of the model for 0 and 1, and for what looks the same."""
    return [
        (decode.dict[digit], [decode.dict[sign] for sign in signs if sign in decode.dict])
        for digit, signs in _ALIKE.items()
    ]


def _decoded(decode: Any, alike: list[tuple[int, list[int]]], classes: Picture, *given: Any, **named: Any) -> Any:
    """Texts and scores of a batch. Where nothing but a figure is seen, its zeros are what is 0 or looks like one: the
    model shares its confidence out between them, half for 0 and half for O; likewise its ones. A figure is as sure as
    its least digit."""
    both = classes.copy()
    for digit, others in alike:
        both[:, :, digit] += both[:, :, others].sum(axis=2)
        both[:, :, others] = 0
    lines, words = decode(classes, *given, **named)
    figures, _ = decode(both, *given, **named)
    best, index = both.max(axis=2), both.argmax(axis=2)
    for number, (text, _score) in enumerate(figures):
        if text and _FIGURE.fullmatch(text):
            seen = index[number] > 0
            new = seen & np.concatenate(([True], index[number][1:] != index[number][:-1]))
            lines[number] = (text, float(best[number][new].min()))
    return lines, words
