"""Pictures of pages: made straight, their ruling lines found, and the lines of print inside a cell.

Needs OpenCV, which comes with the ``[ocr]`` extra: imported only by ``recognition``. Pictures are grey, black is 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from assistant.readers.pages.page import Segment
from assistant.readers.pages.ruling import merged

__all__ = [
    "Cell",
    "Picture",
    "bands",
    "cell_ink",
    "drawn_tight",
    "evenly_lit",
    "flattened",
    "halves",
    "rules",
    "softened",
    "squared",
    "straightened",
    "turned_by",
    "without_dust",
    "without_light_ink",
    "without_stains",
]

Picture = NDArray[np.uint8]

_CONTRAST, _FAINT = 25, 12  # of 255: how much darker than the paper around it print is, and a pale ruling line
_RULE = 58  # pixels at 200 dpi: longer than any stroke of body type, shorter than any side of a cell but the lowest
_SHORT_RULE = 20  # pixels: no row is lower, no column narrower
_MOST_SKEW = 3.0  # degrees: a page that lies more askew has to be scanned anew
_LONG_RULE, _LEANING = 400, 60  # pixels: ruling lines that tell how the paper lay, and how far one may lean
_FEWEST_RULES = 3  # of one direction: of fewer, one that was drawn by hand would decide
# Pixels: pieces of a bent line that are level still, how far it may leave the level, how thick it may be.
_LEVEL_PIECE, _BENT_AWAY, _BENT_THICK = 17, 170, 12
# Of the surface of bent paper: its degrees across and down, how many points of how many lines it is drawn through, and
# by how many rows it is kept.
_DEGREES, _POINTS_OF_LINE, _MOST_BENT, _SURFACE_ROWS = (5, 2), 100, 60, 65
_BENT, _OFF = 4, 2.5  # pixels: less bent is as good as flat; a line farther off the surface is none of the table's
_SEEN, _NO_PAGE = 2, 80  # pixels: how far a corner of the paper is out of place that matters, and that no paper is
_DARKEST, _WHITE = 60, 235  # of 255: what is darker is no paper in shade, what is lighter needs no more light
_SHADE, _COARSELY = 17, 4  # shadows are wider than this, seen at a quarter of the size; strokes are not
_GREY, _SOFT = 0.4, 0.8  # share of grey to black that scans have at the least; pixels
_SPECK = 6  # pixels: no character but a dash is lower, and no dash is as short
_LEAST_INK = 10  # pixels: less is dust
_DUST = 3  # pixels in one spot
_ADJOINING, _BESIDE = 3, 30  # pixels: a dot of a character from its strokes; a point, or 、, from what it divides
_BORDER = 4  # pixels that a ruling line reaches into the cells beside it
_NOTHING = 3  # pixels between two lines of print
_GULF = 100  # pixels of blank paper between what belongs to two bands
_WIDE, _GUTTER = 1.15, 0.015  # of the height, and of the width: two pages beside each other, and the paper between
_PAGE, _SMALLER = 1654, 1.1  # pixels that A4 is wide at 200 dpi, and how much smaller a page may be as it is
_GUTTER_DUST = 0.002  # of the height: ink in a column of pixels that is still paper
# Of the paper's brightness: how much lighter than print a stamp is at least, and what is so light that it is no ink.
_LIGHTER, _TINT = 0.25, 0.85
_TYPE, _FIGURE, _SOME = 40, 160, 0.05  # pixels: body type is no higher, a figure no wider; how much of it is dark
_STAIN = 30  # pixels: what is smaller is a speck in a stroke of print
_BLACK, _THICK = 100, 12  # what is as dark and as wide as this and lies at the very edge is no print
_PIECE, _BROKEN = 34, 13  # pixels: of a broken line, the shortest piece and the widest gap
_STRAIGHT = 6  # pixels: a ruling line is thinner, even one that leans by as much over the page
_HALF_LINE = 2  # pixels to both sides of its middle
_CROSSED = 0.3  # of its length: where a ruling line crosses others
_ASIDE = 8  # pixels from one piece of a sloping line to the next
_MEET = 6  # pixels between the end of a ruling line and the one it ends at
_LINE = 15  # pixels: a cut needs some paper on both sides


def _ink(picture: Picture, contrast: int = _CONTRAST) -> Picture:
    """White where the page is printed on, black elsewhere; shaded cells are paper, for the threshold is local."""
    return np.asarray(
        cv2.adaptiveThreshold(picture, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 41, contrast), np.uint8
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


def evenly_lit(picture: Picture) -> Picture:
    """The page on white paper, however the light fell on it: the models know print on white. Black areas stay."""
    small = cv2.resize(picture, None, fx=1 / _COARSELY, fy=1 / _COARSELY, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((_SHADE, _SHADE), np.uint8)), _SHADE)
    if float(np.quantile(paper, 0.05)) >= _WHITE:
        return picture
    paper = cv2.blur(np.clip(paper, _DARKEST, 255), (_SHADE, _SHADE))
    light = cv2.resize(paper, picture.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(picture, light, scale=255), np.uint8)


def softened(picture: Picture) -> Picture:
    """A page of black and white with soft edges, as the models know print: its strokes are broken where they are thin.
    Others stay."""
    dark, light = int(np.count_nonzero(picture <= _BLACK)), int(np.count_nonzero(picture >= _WHITE))
    if picture.size - dark - light > _GREY * dark:
        return picture
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), _SOFT), np.uint8)


def squared(picture: Picture) -> Picture:
    """The page with its ruling lines at right angles: photographed paper is narrower where it is farther away, and
    turning does not mend that. As it is where it has too few lines to tell."""
    ink, (height, width) = _ink(picture), picture.shape
    across = _leanings(ink, width / 2)
    down = _leanings(np.ascontiguousarray(ink.T), height / 2)
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    seen = corners.copy()
    for number, (x, y) in enumerate(corners):
        seen[number] += (_leaning_at(down, x) * (y - height / 2), _leaning_at(across, y) * (x - width / 2))
    if not _SEEN < float(np.abs(seen - corners).max()) < _NO_PAGE:
        return picture
    turn = cv2.getPerspectiveTransform(corners, seen)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(picture, turn, (width, height), flags=flags, borderValue=(255.0,)), np.uint8)


def flattened(picture: Picture) -> Picture:
    """The page with its ruling lines straight: paper that was photographed lay in waves, or bent down to the spine of a
    book. As it is where the lines from left to right, of which a table has most, are straight, or too few to tell."""
    level = _flattened_across(picture)
    if level is picture:
        return picture
    return np.ascontiguousarray(_flattened_across(np.ascontiguousarray(level.T)).T)


def _flattened_across(picture: Picture) -> Picture:
    """The page with its ruling lines from left to right straight. How far a point lies below where it belongs is a
    polynomial of its two places: the one whose surface goes best through all lines."""
    height, width = picture.shape
    lines = list(_bent_lines(_ink(picture)))
    for _ in range(2):  # once more without the lines that are none of the table's
        if len(lines) < _FEWEST_RULES:
            return picture
        owner = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
        points, middles = np.concatenate(lines), np.array([line[:, 1].mean() for line in lines])
        terms = _surface(points[:, 0] / width, middles[owner] / height)
        known = np.hstack([terms, np.eye(len(lines))[owner]])  # of each line its own place is to be found, too
        found, *_ = np.linalg.lstsq(known, points[:, 1], rcond=None)
        off = np.abs(points[:, 1] - known @ found)
        lines = [line for number, line in enumerate(lines) if np.median(off[owner == number]) <= _OFF]
    reach = np.array([points[:, 0].min(), points[:, 0].max()]) / width  # nothing is known of what lies beyond
    across, rows = np.clip(np.linspace(0, 1, width), *reach), np.linspace(0, 1, _SURFACE_ROWS)
    coarse = np.array([_surface(across, np.full(width, row)) @ found[: terms.shape[1]] for row in rows], np.float32)
    within = coarse[(rows >= middles.min() / height) & (rows <= middles.max() / height)]
    if not _BENT < float(np.ptp(within, axis=1).max(initial=0)) < _BENT_AWAY:
        return picture
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    bend = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.remap(picture, x, y + bend, cv2.INTER_LINEAR, borderValue=(255.0,)), np.uint8)


def _surface(across: NDArray[np.float64], down: NDArray[np.float64]) -> NDArray[np.float64]:
    """The terms of the polynomial, without the one that would only move the page; places are 0 to 1."""
    x = 2 * across - 1
    return np.stack([x**i * down**j for i in range(1, _DEGREES[0] + 1) for j in range(_DEGREES[1] + 1)], axis=1)


def _bent_lines(ink: Picture) -> Iterator[NDArray[np.float64]]:
    """Points of the longest lines from left to right, straight or bent."""
    opened = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _LEVEL_PIECE), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(opened, np.ones((3, 3), np.uint8)))
    across, high, area = (stats[:, each] for each in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    long = np.flatnonzero((across >= _LONG_RULE) & (high <= _BENT_AWAY) & (area <= _BENT_THICK * across))
    for index in long[np.argsort(-across[long], kind="stable")][:_MOST_BENT]:
        left, top, wide, tall, _ = stats[index]
        rows, columns = np.nonzero(labels[top : top + tall, left : left + wide] == index)
        thick = np.bincount(columns)
        inked = np.flatnonzero(thick)
        some = inked[np.linspace(0, len(inked) - 1, _POINTS_OF_LINE).astype(int)]
        middle = np.bincount(columns, weights=rows)[some] / thick[some]
        yield np.stack([some + float(left), middle + float(top)], axis=1)


def _leanings(ink: Picture, middle: float) -> list[tuple[float, float]]:
    """The long ruling lines across ``ink``: where each passes ``middle``, and by how much it leans."""
    opened = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _PIECE), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(opened, np.ones((3, 3), np.uint8)))
    found = []
    for index, (left, top, wide, high, _) in enumerate(stats[1:], start=1):
        if wide >= _LONG_RULE and high <= _LEANING:
            rows, columns = np.nonzero(labels[top : top + high, left : left + wide] == index)
            lean, at = np.polyfit(columns + left, rows + top, 1)
            found.append((float(at + lean * middle), float(lean)))
    return found


def _leaning_at(lines: list[tuple[float, float]], at: float) -> float:
    """By how much a ruling line leans that passes ``at``: what most pairs of lines say of it."""
    if len(lines) < _FEWEST_RULES:
        return 0.0
    pairs = [(a, b) for a, b in combinations(sorted(lines), 2) if b[0] - a[0] > _LEANING]
    if not pairs:
        return float(np.median([lean for _, lean in lines]))
    change = float(np.median([(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairs]))
    return float(np.median([lean - change * place for place, lean in lines])) + change * at


def without_dust(picture: Picture) -> Picture:
    """The picture without specks that belong to no character: they neither adjoin a stroke nor stand between two as a
    decimal point does."""
    ink = _ink(picture)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    small = (stats[:, cv2.CC_STAT_WIDTH] <= _SPECK) & (stats[:, cv2.CC_STAT_HEIGHT] <= _SPECK)
    large = ~small & (stats[:, cv2.CC_STAT_WIDTH] < _RULE) & (stats[:, cv2.CC_STAT_HEIGHT] < _RULE)
    large[0] = small[0] = False
    print_, specks = large[labels].astype(np.uint8), small[labels]
    adjoining = cv2.dilate(print_, np.ones((2 * _ADJOINING + 1, 2 * _ADJOINING + 1), np.uint8))
    reach = np.ones((2 * _SPECK, _BESIDE), np.uint8)
    left, right = (cv2.dilate(print_, reach, anchor=(end, _SPECK)) for end in (_BESIDE - 1, 0))
    kept = np.unique(labels[specks & ((adjoining > 0) | ((left > 0) & (right > 0)) | _in_pale_lines(picture))])
    dust = np.zeros(count, bool)
    dust[small] = True
    dust[kept] = False
    if not dust.any():
        return picture
    made = picture.copy()
    made[cv2.dilate(dust[labels].astype(np.uint8), np.ones((5, 5), np.uint8)) > 0] = 255
    return made


def _in_pale_lines(picture: Picture) -> NDArray[np.bool_]:
    """Where lines are, pale ones too: beside print these seem to be broken into specks."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(_ink(picture, _FAINT))
    long = (stats[:, cv2.CC_STAT_WIDTH] >= _RULE) | (stats[:, cv2.CC_STAT_HEIGHT] >= _RULE)
    long[0] = False
    return np.asarray(long[labels])


def rules(picture: Picture, *, pale: bool = False) -> tuple[list[Segment], list[Segment]]:
    """Horizontal and vertical ruling lines, in pixels; ``pale`` ones too where they are asked for.

    A line as short as a stroke of type counts only where it joins two lines of the other direction: it is the side
    of a low row. Strokes of type leave some paper above or below.
    """
    ink = _ink(picture, _FAINT if pale else _CONTRAST)
    across, down = _runs(ink, _RULE, 1), _runs(ink, 1, _RULE)
    low = [line for line in _runs(ink, 1, _SHORT_RULE) if line.end - line.start < _RULE]
    narrow = [line for line in _runs(ink, _SHORT_RULE, 1) if line.end - line.start < _RULE]
    turned = np.ascontiguousarray(ink.T)
    across, down = _led_on(ink, across, down), _led_on(turned, down, across)
    across, down = _ending_at(across, down), _ending_at(down, across)
    return (
        across + [line for line in narrow if _joins(turned, line, down)],
        down + [line for line in low if _joins(ink, line, across)],
    )


def _led_on(ink: Picture, lines: list[Segment], others: list[Segment]) -> list[Segment]:
    """The lines, horizontal in ``ink``, those that are broken near their end led on to the line of the other direction
    that they were drawn to: over gaps and pieces too short to be found as lines."""
    return [
        Segment(line.at, _led_to(ink, line.at, line.start, -1, others), _led_to(ink, line.at, line.end, 1, others))
        for line in merged(lines)
    ]


def _led_to(ink: Picture, at: float, end: float, way: int, others: list[Segment]) -> float:
    """Where a line that lies ``at`` and seems to end at ``end`` does end; ``way`` is the sign of its direction."""
    reached = end
    for place in sorted((other.at for other in others if _near(other, at)), key=lambda place: way * place):
        far = way * (place - reached)
        if far > _RULE:
            break
        if far <= _MEET:
            continue
        if not _drawn_on(ink, round(at), round(min(reached, place)), round(max(reached, place))):
            break
        reached = place
    return reached


def _drawn_on(ink: Picture, at: int, first: int, last: int) -> bool:
    """Whether there is a broken line from ``first`` to ``last``: gaps no wider than such a line has, and no print
    beside it, as where it would run through words."""
    line, around = (ink[max(0, at - aside) : at + aside + 1, first:last] for aside in (_HALF_LINE, _STRAIGHT))
    inked = np.flatnonzero(line.any(axis=0))
    if np.diff(inked, prepend=-1, append=last - first).max(initial=0) > _BROKEN:
        return False
    beside = np.count_nonzero(around, axis=0) > np.count_nonzero(line, axis=0)
    return bool(np.count_nonzero(beside) <= _CROSSED * (last - first))


def _near(other: Segment, at: float) -> bool:
    """Whether it passes ``at``, or did so before it was broken."""
    return other.start - _RULE <= at <= other.end + _RULE


def _ending_at(lines: list[Segment], others: list[Segment]) -> list[Segment]:
    """The lines that end at one of the other direction, or where others of their own end: a crease, a stroke of a pen,
    the arc of a stamp end anywhere."""
    whole = merged(lines)
    ends = [end for line in whole for end in (line.start, line.end)]

    def meets(line: Segment, end: float) -> bool:
        crossing = (
            other.start - _MEET <= line.at <= other.end + _MEET and abs(other.at - end) <= _MEET for other in others
        )
        return any(crossing) or sum(abs(other - end) <= _MEET for other in ends) > 2

    kept = [line for line in whole if meets(line, line.start) and meets(line, line.end)]
    loose = [line for line in whole if line not in kept]
    return [line for line in kept if not any(_goes_on(line, other) for other in loose)]


def _goes_on(line: Segment, other: Segment) -> bool:
    """Whether ``other`` is the longer, next piece of a line that slopes: right beside the end of ``line``."""
    beside = 0 < abs(line.at - other.at) <= _ASIDE and other.end - other.start > line.end - line.start
    return beside and other.start <= line.end + _MEET and line.start <= other.end + _MEET


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
    # Pieces longer than strokes of type, with short gaps between them, are one line that was printed or scanned badly.
    if max(wide, high) == _RULE:
        pieces = cv2.morphologyEx(mended, cv2.MORPH_OPEN, np.ones((min(high, _PIECE), min(wide, _PIECE)), np.uint8))
        gaps = np.ones((min(high, _BROKEN), min(wide, _BROKEN)), np.uint8)
        mended = cv2.bitwise_or(mended, cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, gaps))
    opened = cv2.morphologyEx(mended, cv2.MORPH_OPEN, np.ones((high, wide), np.uint8))
    across = wide > high
    mask = np.ascontiguousarray(opened if not across else opened.T)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    return [
        line
        for index, (x, y, w, h, _) in enumerate(stats[1:], start=1)
        for line in _upright_lines(labels[y : y + h, x : x + w] == index, float(x), float(y))
    ]


def _upright_lines(spot: NDArray[np.bool_], left: float, top: float) -> Iterator[Segment]:
    """The line that a spot of ink is, longer than it is wide; where it is several that cross at a small angle, as a
    ruling line and a crease do, each by itself: the column of pixels with most ink, then what is left of the others."""
    high, wide = spot.shape
    if wide <= _STRAIGHT or np.quantile(_extents(spot), 0.95) <= _STRAIGHT:
        yield Segment(left + wide / 2, top, top + high)
        return
    rest = spot.copy()
    for _ in range(wide):
        x = int(rest.sum(axis=0).argmax())
        strip = rest[:, max(0, x - 1) : x + 2].any(axis=1)
        inked = np.flatnonzero(strip)
        if inked.size < _RULE:
            return
        for run in np.split(inked, np.flatnonzero(np.diff(inked) > _NOTHING) + 1):
            if run.size >= _RULE:
                yield Segment(left + x + 0.5, top + float(run[0]), top + float(run[-1]) + 1)
        rest[:, max(0, x - 2) : x + 3] = False


def _extents(spot: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How far the ink of each row reaches from its first to its last pixel."""
    first, last = spot.argmax(axis=1), spot.shape[1] - spot[:, ::-1].argmax(axis=1)
    return np.asarray(np.where(spot.any(axis=1), last - first, 0), np.int64)


class Cell(NamedTuple):
    """The ink in a ruled cell: boxes of its lines of print (left, top, right, bottom), the heights of its spots, and
    whether some of it reaches in from the border."""

    box: tuple[int, int, int, int]
    boxes: list[tuple[int, int, int, int]]
    spots: list[int]
    touched: bool


def cell_ink(picture: Picture, stained: Picture, left: float, top: float, right: float, bottom: float) -> Cell:
    """What stands inside a ruled cell; no lines of print in a blank one. ``stained`` is the picture with its light ink:
    where that is all there is, it may have been a figure."""
    x, y = int(left), int(top)
    ink, spots, touched = _without_edges(_ink(picture[y : int(bottom), x : int(right)]))
    if not spots:
        touched = touched or bool(_without_edges(_ink(stained[y : int(bottom), x : int(right)]))[1])
    rows = np.flatnonzero(ink.sum(axis=1))
    boxes = []
    for run in np.split(rows, np.flatnonzero(np.diff(rows) > _NOTHING) + 1) if rows.size else []:
        band = ink[run[0] : run[-1] + 1]
        columns = np.flatnonzero(band.sum(axis=0))
        large = run.size > _SPECK or columns[-1] - columns[0] >= 2 * _SPECK
        if large and np.count_nonzero(band) >= _LEAST_INK:
            boxes.append((x + int(columns[0]), y + int(run[0]), x + int(columns[-1]) + 1, y + int(run[-1]) + 1))
    return Cell((x, y, int(right), int(bottom)), boxes, spots, touched)


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


def _without_edges(ink: Picture) -> tuple[Picture, list[int], bool]:
    """Ink without dust and without what lies along the cell's border, the remains of the ruling lines; the heights of
    the spots that are left; and whether ink that is more than a ruling line reaches in from the border."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    height, width = ink.shape
    kept = ink.copy()
    spots, touched = [], False
    for index in range(1, count):
        left, top, wide, high, area = stats[index]
        aside, above = min(left, width - left - wide), min(top, height - top - high)
        beside = aside <= _BORDER and (wide <= 2 * _BORDER or high > 0.8 * height)
        along = above <= _BORDER and (high <= 2 * _BORDER or wide > 0.8 * width)
        # Where two borders meet, and go on in pieces.
        corner = max(aside, above) <= _BORDER and not _off_the_border(labels == index)
        if beside or along or corner or area < _DUST:
            kept[labels == index] = 0
            touched = touched or _reaches_in(labels == index, height, width)
            continue
        touched = touched or min(aside, above) <= 1
        if high > _SPECK or wide >= 2 * _SPECK:
            spots.append(int(high))
    return kept, spots, touched


def _off_the_border(spot: NDArray[np.bool_]) -> bool:
    """Whether a spot has ink that is not of a ruling line along one of the sides."""
    return bool(spot[2 * _BORDER : -2 * _BORDER, 2 * _BORDER : -2 * _BORDER].any())


def _reaches_in(spot: NDArray[np.bool_], height: int, width: int) -> bool:
    """Whether a spot along the border has more ink further in than a ruling line has that lies a little askew."""
    inner = spot[3 * _BORDER : height - 3 * _BORDER, 3 * _BORDER : width - 3 * _BORDER]
    return int(np.count_nonzero(inner)) >= _LEAST_INK


def turned_by(picture: Picture, quarters: int) -> Picture:
    """The picture turned by so many quarters, against the clock."""
    return np.ascontiguousarray(np.rot90(picture, quarters))


def halves(picture: Picture) -> list[Picture]:
    """The pages of a picture: two where it is wide and has a gutter of paper from top to bottom in its middle."""
    height, width = picture.shape
    if width < _WIDE * height:
        return [picture]
    middle = slice(round(0.44 * width), round(0.56 * width))
    inked = np.count_nonzero(_ink(picture)[:, middle], axis=0) > _GUTTER_DUST * height
    blank = np.flatnonzero(~inked)
    runs = np.split(blank, np.flatnonzero(np.diff(blank) > 1) + 1) if blank.size else []
    gutter = max(runs, key=len, default=blank)
    if len(gutter) < _GUTTER * width:
        return [picture]
    cut = middle.start + int(gutter[len(gutter) // 2])
    return [_as_wide_as_a_page(picture[:, :cut]), _as_wide_as_a_page(picture[:, cut:])]


def _as_wide_as_a_page(half: Picture) -> Picture:
    """A page that was made smaller so that two fit on a sheet, as large as the others: type and lines are measured."""
    height, width = half.shape
    scale = _PAGE / width
    if scale < _SMALLER:
        return np.ascontiguousarray(half)
    return np.asarray(cv2.resize(half, (_PAGE, round(scale * height)), interpolation=cv2.INTER_CUBIC), np.uint8)


def without_light_ink(picture: Picture) -> Picture:
    """The picture without what is printed much lighter than its darkest words: a stamp, a pencil. Soft edges of dark
    strokes stay."""
    paper = cv2.blur(cv2.dilate(picture, np.ones((15, 15), np.uint8)), (41, 41))
    ink = _ink(picture) > 0
    share = picture.astype(np.float32) / np.maximum(paper, 1)
    if not ink.any():
        return picture
    dark = share < float(np.quantile(share[ink], 0.2)) + _LIGHTER
    near = cv2.dilate((dark & ink).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    near |= _thin_strokes(share < _TINT, dark & ink)
    light = ((share < _TINT) & ~near).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(light)
    stains = np.zeros(count, bool)
    stains[1:] = stats[1:, cv2.CC_STAT_AREA] >= _STAIN
    made = picture.copy()
    spread = cv2.dilate(stains[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    made[spread & ~near] = 255
    return made


def _thin_strokes(ink: NDArray[np.bool_], dark: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Characters in ``ink`` that are dark in part: what is lighter in them are thin strokes, not quite sharp."""
    joined = cv2.dilate(ink.astype(np.uint8), np.ones((5, 5), np.uint8))  # as strokes are that do not quite meet
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    darkness, all_ink = (np.bincount(labels[each], minlength=count) for each in (dark, ink))
    small = (stats[:, cv2.CC_STAT_WIDTH] <= _FIGURE) & (stats[:, cv2.CC_STAT_HEIGHT] <= _TYPE)
    print_ = small & (darkness >= _SOME * all_ink)
    print_[0] = False
    return np.asarray(print_[labels])


def without_stains(picture: Picture) -> Picture:
    """The picture without the black edges that scanners and faxes leave around the paper."""
    dark = cv2.morphologyEx((picture < _BLACK).astype(np.uint8), cv2.MORPH_OPEN, np.ones((_THICK, _THICK), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark)
    height, width = picture.shape
    made = picture
    for index in range(1, count):
        left, top, wide, high, _area = stats[index]
        if left == 0 or top == 0 or left + wide == width or top + high == height:
            made = made.copy() if made is picture else made
            spot = cv2.dilate((labels == index).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
            made[spot] = 255
    return made
