"""Pictures of pages: made straight, their ruling lines found, and the lines of print inside a cell.

Needs OpenCV, which comes with the ``[ocr]`` extra: imported only by ``recognition``. Pictures are grey, black is 0.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from assistant.readers.pages.page import Segment

__all__ = ["Picture", "bands", "drawn_tight", "lines_in", "rules", "straightened"]

Picture = NDArray[np.uint8]

_RULE = 58  # pixels at 200 dpi: longer than any stroke of body type, shorter than any side of a cell but the lowest
_SHORT_RULE = 20  # pixels: no row is lower, no column narrower
_MOST_SKEW = 3.0  # degrees: a page that lies more askew has to be scanned anew
_SPECK = 6  # pixels: no character but a dash is lower, and no dash is as short
_LEAST_INK = 10  # pixels: less is dust
_DUST = 3  # pixels in one spot
_BORDER = 4  # pixels that a ruling line reaches into the cells beside it
_NOTHING = 3  # pixels between two lines of print
_GULF = 100  # pixels of blank paper between what belongs to two bands
_LINE = 15  # pixels: a cut needs some paper on both sides


def _ink(picture: Picture) -> Picture:
    """White where the page is printed on, black elsewhere; shaded cells are paper, for the threshold is local."""
    return np.asarray(
        cv2.adaptiveThreshold(picture, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, 25), np.uint8
    )


def straightened(picture: Picture) -> Picture:
    """The page turned until its lines of print and its rules lie level."""
    height, width = picture.shape
    ink = cv2.resize(_ink(picture), (width // 4, height // 4), interpolation=cv2.INTER_AREA)
    coarse = max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.01, 0.25), key=lambda angle: _levelness(ink, angle))
    angle = max(np.arange(coarse - 0.2, coarse + 0.21, 0.05), key=lambda angle: _levelness(ink, angle))
    return picture if abs(angle) < 0.1 else _turned(picture, float(angle), paper=255)


def _levelness(ink: cv2.typing.MatLike, angle: float) -> float:
    """How sharply printed rows and blank rows differ when the page is turned by ``angle`` degrees."""
    rows = _turned(ink, angle, paper=0).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())


def _turned(picture: cv2.typing.MatLike, angle: float, paper: int) -> Picture:
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=float(paper))
    return np.asarray(turned, np.uint8)


def rules(picture: Picture) -> tuple[list[Segment], list[Segment]]:
    """Horizontal and vertical ruling lines, in pixels.

    A line as short as a stroke of type counts only where it joins two lines of the other direction: it is the side
    of a low row. Strokes of type leave some paper above or below.
    """
    ink = _ink(picture)
    across, down = _runs(ink, _RULE, 1), _runs(ink, 1, _RULE)
    low = [line for line in _runs(ink, 1, _SHORT_RULE) if line.end - line.start < _RULE]
    narrow = [line for line in _runs(ink, _SHORT_RULE, 1) if line.end - line.start < _RULE]
    turned = np.ascontiguousarray(ink.T)
    return (
        across + [line for line in narrow if _joins(turned, line, down)],
        down + [line for line in low if _joins(ink, line, across)],
    )


def _joins(ink: Picture, side: Segment, rules: list[Segment]) -> bool:
    """Whether ink goes on along ``side``, a vertical line, from the rule it begins at to the one it ends at."""
    met = [rule.at for rule in rules if rule.start - _BORDER <= side.at <= rule.end + _BORDER]
    above = [at for at in met if abs(at - side.start) <= _BORDER]
    below = [at for at in met if abs(at - side.end) <= _BORDER]
    if not above or not below:
        return False
    x = int(side.at)
    strip = ink[round(max(above)) : round(min(below)), max(0, x - 1) : x + 2].max(axis=1)
    return bool(strip.size - np.count_nonzero(strip) <= 1)


def _runs(ink: Picture, wide: int, high: int) -> list[Segment]:
    """Unbroken lines at least as long as the larger of the two."""
    along = np.ones((min(high, 3), min(wide, 3)), np.uint8)
    mended = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, along)  # a speck of paper in a thin line does not break it
    opened = cv2.morphologyEx(mended, cv2.MORPH_OPEN, np.ones((high, wide), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(opened)
    if wide > high:
        return [Segment(float(y + h / 2), float(x), float(x + w)) for x, y, w, h, _ in stats[1:]]
    return [Segment(float(x + w / 2), float(y), float(y + h)) for x, y, w, h, _ in stats[1:]]


def lines_in(picture: Picture, left: float, top: float, right: float, bottom: float) -> list[tuple[int, int, int, int]]:
    """Boxes of the lines of print inside a ruled cell, as left, top, right, bottom; none in a blank one."""
    x, y = int(left), int(top)
    ink = _without_edges(_ink(picture[y : int(bottom), x : int(right)]))
    rows = np.flatnonzero(ink.sum(axis=1))
    boxes = []
    for run in np.split(rows, np.flatnonzero(np.diff(rows) > _NOTHING) + 1) if rows.size else []:
        band = ink[run[0] : run[-1] + 1]
        columns = np.flatnonzero(band.sum(axis=0))
        large = run.size > _SPECK or columns[-1] - columns[0] >= 2 * _SPECK
        if large and np.count_nonzero(band) >= _LEAST_INK:
            boxes.append((x + int(columns[0]), y + int(run[0]), x + int(columns[-1]) + 1, y + int(run[-1]) + 1))
    return boxes


def bands(picture: Picture, highest: int) -> list[tuple[int, int]]:
    """Top and bottom of strips across the page that are printed on, each at most ``highest`` pixels, cut where there
    is least ink; wide blanks belong to none."""
    ink = np.count_nonzero(_ink(picture), axis=1)
    around = np.convolve(ink, np.ones(_LINE), "same")
    rows = np.flatnonzero(ink)
    found = []
    for run in np.split(rows, np.flatnonzero(np.diff(rows) > _GULF) + 1) if rows.size else []:
        top, bottom = int(run[0]), int(run[-1]) + 1
        while bottom - top > highest:
            cut = top + highest // 2 + int(np.argmin(around[top + highest // 2 : top + highest]))
            found.append((top, cut))
            top = cut
        found.append((top, bottom))
    return found


def drawn_tight(picture: Picture, left: float, top: float, right: float, bottom: float) -> tuple[int, int, int, int]:
    """A box around the ink in a box; the same box where there is none."""
    x, y = max(0, int(left)), max(0, int(top))
    ink = _ink(picture[y : int(bottom) + 1, x : int(right) + 1])
    rows, columns = np.flatnonzero(ink.sum(axis=1)), np.flatnonzero(ink.sum(axis=0))
    if not rows.size:
        return x, y, int(right) + 1, int(bottom) + 1
    return x + int(columns[0]), y + int(rows[0]), x + int(columns[-1]) + 1, y + int(rows[-1]) + 1


def _without_edges(ink: Picture) -> Picture:
    """Ink without dust and without what lies along the cell's border: remains of the ruling lines."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    height, width = ink.shape
    kept = ink.copy()
    for index in range(1, count):
        left, top, wide, high, area = stats[index]
        beside = min(left, width - left - wide) <= _BORDER and (wide <= 2 * _BORDER or high > 0.8 * height)
        along = min(top, height - top - high) <= _BORDER and (high <= 2 * _BORDER or wide > 0.8 * width)
        if beside or along or area < _DUST:
            kept[labels == index] = 0
    return kept
