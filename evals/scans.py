"""Scans as they come: stamped, faxed, ticked, photographed, turned, pale, broken, two pages to a sheet, curved.

Made from sample reports, whose tables are the truth, in three typefaces. Told of each: cells that are right, wrong,
doubtful, wrong in silence (the goal is none) and not read, and seconds a page; in the end the memory of it all.
``python -m evals.scans``, with names of kinds for some of them, ``--keep FOLDER`` to look at the pictures.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from assistant.errors import UnreadableReport
from assistant.readers import read
from assistant.readers.pages.page import Page
from assistant.report import Report
from assistant.resources import folder
from evals.render.typeset import typeset

__all__ = ["KINDS", "Outcome", "made", "scanned"]

Picture = NDArray[np.uint8]
Degrade = Callable[[Picture, random.Random], Picture]

DPI = 200
_DOT = DPI / 72  # pixels to a point
_PAPER = 255
# Typefaces by the names that systems have them under; the first that is there is taken.
_FACES = {
    "song": ("NotoSerifCJK-Regular.ttc", "uming.ttc", "simsun.ttc", "Songti.ttc"),
    "kai": ("ukai.ttc", "simkai.ttf", "Kaiti.ttc", "wqy-zenhei.ttc"),
    "hei": ("NotoSansCJK-Regular.ttc", "wqy-zenhei.ttc", "simhei.ttf", "STHeiti Medium.ttc"),
}


@cache
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    for name in _FACES[face]:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    raise RuntimeError(f"没有字体：{'、'.join(_FACES[face])}")


def _drawn(page: Page, face: str, *, line: int = 0, text: int = 0, broken: bool = False) -> Picture:
    """A page as print: grey values of its ruling lines and its text, 0 for black."""
    image = Image.new("L", (round(page.width * _DOT), round(page.height * _DOT)), _PAPER)
    pen = ImageDraw.Draw(image)
    for across, segments in ((True, page.horizontal), (False, page.vertical)):
        for at, start, end in set(segments):
            ends = [(start * _DOT, at * _DOT), (end * _DOT, at * _DOT)]
            pen.line(ends if across else [(y, x) for x, y in ends], fill=line, width=2)
            for gap in range(round(start * _DOT) + 37, round(end * _DOT), 61) if broken else ():
                place = (gap, at * _DOT - 3, gap + 5, at * _DOT + 3)
                pen.rectangle(place if across else (place[1], gap, place[3], gap + 5), fill=_PAPER)
    for piece in page.pieces:
        font = _font(face, round(piece.size * _DOT))
        middle = ((piece.x0 + piece.x1) / 2 * _DOT, piece.top * _DOT + 0.86 * piece.size * _DOT)
        pen.text(middle, piece.text, fill=text, font=font, anchor="ms")
    return np.array(image)


def _multiplied(picture: Picture, layer: Image.Image) -> Picture:
    """Ink of ``layer`` over ``picture``, as one sees it on paper."""
    return (picture.astype(np.uint16) * np.array(layer).astype(np.uint16) // 255).astype(np.uint8)


def _layer(picture: Picture) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("L", (picture.shape[1], picture.shape[0]), _PAPER)
    return image, ImageDraw.Draw(image)


def clean(picture: Picture, _: random.Random) -> Picture:
    return picture


def stamped(picture: Picture, chance: random.Random) -> Picture:
    """A round stamp of red ink across the figures, with a star and words around it."""
    layer, pen = _layer(picture)
    height, width = picture.shape
    x, y, radius = chance.uniform(0.55, 0.8) * width, chance.uniform(0.25, 0.6) * height, 165
    red = chance.choice((90, 120, 150))
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=red, width=9)
    points = []
    for n in range(10):
        far, angle = (55 if n % 2 == 0 else 22), np.pi * n / 5 - np.pi / 2
        points.append((x + far * np.cos(angle), y + far * np.sin(angle)))
    pen.polygon(points, fill=red)
    for n, sign in enumerate("云川县人民政府办公室"):
        angle = np.pi * (0.75 + 1.5 * n / 9)
        pen.text((x + 125 * np.cos(angle), y + 125 * np.sin(angle)), sign, red, _font("song", 40), "mm")
    return _multiplied(picture, layer)


def sloped(picture: Picture, chance: random.Random) -> Picture:
    """A crease or a pen's stroke from top to bottom of the tables, nearly but not quite upright."""
    layer, pen = _layer(picture)
    height, width = picture.shape
    x = chance.uniform(0.45, 0.85) * width
    pen.line((x, 0.08 * height, x + chance.choice((-1, 1)) * chance.uniform(8, 60), 0.92 * height), fill=60, width=3)
    return _multiplied(picture, layer)


def faxed(picture: Picture, chance: random.Random) -> Picture:
    """Black and white, coarse from top to bottom, dust, and a black edge where the paper ended."""
    height, width = picture.shape
    coarse = cv2.resize(picture, (width, height // 2), interpolation=cv2.INTER_AREA)
    noise = np.random.default_rng(chance.randrange(10**6))
    black = np.where(coarse > 165, 255, 0).astype(np.uint8)
    black[noise.random(black.shape) < 0.0004] = 0
    page = cv2.resize(black, (width, height), interpolation=cv2.INTER_NEAREST)
    edge = chance.randrange(15, 45)
    page[:, :edge] = 0
    page[: edge // 2] = 0
    return np.asarray(page, np.uint8)


def ticked(picture: Picture, chance: random.Random) -> Picture:
    """Ticks, rings and underlines of a pen beside and over figures."""
    layer, pen = _layer(picture)
    height, width = picture.shape
    for _ in range(14):
        x, y = chance.uniform(0.4, 0.9) * width, chance.uniform(0.12, 0.85) * height
        ink = chance.choice((30, 80))
        kind = chance.choice(("tick", "ring", "stroke"))
        if kind == "tick":
            pen.line((x, y, x + 9, y + 14, x + 32, y - 20), fill=ink, width=3)
        elif kind == "ring":
            pen.arc((x - 26, y - 20, x + 26, y + 20), chance.uniform(0, 90), chance.uniform(270, 360), ink, 3)
        else:
            pen.line((x, y, x + chance.uniform(10, 50), y + chance.uniform(-4, 4)), fill=ink, width=3)
    return _multiplied(picture, layer)


def photographed(picture: Picture, chance: random.Random) -> Picture:
    """From a telephone: a little askew and in perspective, darker to one side, not quite sharp."""
    height, width = picture.shape
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    seen = corners + np.array([[chance.uniform(-14, 14) for _ in "xy"] for _ in corners], np.float32)
    flat = cv2.warpPerspective(
        picture, cv2.getPerspectiveTransform(corners, seen), (width, height), borderValue=(210.0,)
    )
    light = np.linspace(1.0, chance.uniform(0.6, 0.75), width)[None, :] * np.linspace(1.0, 0.9, height)[:, None]
    return _from_a_telephone(np.asarray(flat, np.uint8), light)


def _from_a_telephone(picture: Picture, light: NDArray[np.float64]) -> Picture:
    """Darker where ``light`` is less, not quite sharp, and compressed."""
    dim = cv2.GaussianBlur((picture * light).astype(np.uint8), (3, 3), 0.7)
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", dim, (cv2.IMWRITE_JPEG_QUALITY, 60))[1], 0), np.uint8)


def curved(picture: Picture, chance: random.Random) -> Picture:
    """A telephone's picture of paper that did not lie flat: bent upwards in the middle, in a wave, down to the spine of
    a book, or only at its foot."""
    height, width = picture.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    across, down, most = x / width, y / height, chance.uniform(15, 50)
    bends = {
        "bow": np.sin(np.pi * across),
        "wave": np.sin(2 * np.pi * across),
        "spine": np.exp(-5 * across),
        "foot": np.sin(np.pi * across) * down,
    }
    bend = (most * bends[chance.choice(list(bends))]).astype(np.float32)
    aside = (chance.uniform(0, 15) * np.sin(np.pi * down)).astype(np.float32)
    bent = cv2.remap(picture, x + aside, y + bend, cv2.INTER_LINEAR, borderValue=(210.0,))
    return _from_a_telephone(np.asarray(bent, np.uint8), (1 - 0.25 * across) * (1 - 0.08 * down))


def turned_left(picture: Picture, _: random.Random) -> Picture:
    return np.ascontiguousarray(np.rot90(picture))


def turned_right(picture: Picture, _: random.Random) -> Picture:
    return np.ascontiguousarray(np.rot90(picture, 3))


def upside_down(picture: Picture, _: random.Random) -> Picture:
    return np.ascontiguousarray(np.rot90(picture, 2))


def askew(picture: Picture, chance: random.Random) -> Picture:
    turned = Image.fromarray(picture).rotate(chance.choice((-1.6, 1.2)), Image.Resampling.BICUBIC, fillcolor=_PAPER)
    return np.array(turned)


def compressed(picture: Picture, _: random.Random) -> Picture:
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", picture, (cv2.IMWRITE_JPEG_QUALITY, 35))[1], 0), np.uint8)


@dataclass(frozen=True)
class Kind:
    """One kind of scan: how a page is drawn and then spoilt. ``easy`` where a person reads every figure with ease;
    ``sheets`` puts two pages beside each other."""

    name: str
    spoil: Degrade
    times: int
    line: int = 0
    text: int = 0
    broken: bool = False
    sheets: bool = False
    easy: bool = True


KINDS = (
    Kind("clean", clean, 3),
    Kind("stamped", stamped, 6, easy=False),
    Kind("sloped", sloped, 4),
    Kind("faxed", faxed, 4),
    Kind("ticked", ticked, 6, easy=False),
    Kind("photographed", photographed, 4),
    Kind("turned_left", turned_left, 1),
    Kind("turned_right", turned_right, 1),
    Kind("upside_down", upside_down, 1),
    Kind("askew", askew, 2),
    Kind("pale", clean, 3, line=205, text=70),
    Kind("broken", clean, 2, broken=True),
    Kind("two_up", clean, 2, sheets=True),
    Kind("compressed", compressed, 1),
    Kind("curved", curved, 6),
)


@dataclass(frozen=True)
class Outcome:
    """One scan read: how many cells it has, which came out wrong and which of these in silence, and how many notes."""

    name: str
    easy: bool
    cells: int
    wrong: tuple[str, ...]
    doubtful: tuple[str, ...]
    silent: tuple[str, ...]
    absent: int
    notes: int
    seconds: float
    refused: str = ""

    @property
    def right(self) -> int:
        return self.cells - len(self.wrong) - self.absent


def _tables_alone(report: Report) -> Report:
    """The title, and the sections of the three tables without prose."""
    kept = {table.section for table in report.tables}
    sections = tuple(s.model_copy(update={"paragraphs": ()}) for s in report.sections if s.id in kept)
    return report.model_copy(update={"sections": sections, "preamble": (), "closing": ()})


def made(work: Path, kinds: Sequence[str] = ()) -> Iterator[tuple[Kind, Report, Path, int]]:
    """The scans, each with its kind, the report whose tables it shows, and how many pages it has."""
    sources = sorted((folder("corpus") / "reports").glob("*_20*.md"))
    sources = [path for path in sources if len(read(path).cells) == 200]
    number = 0
    for kind in KINDS:
        for _ in range(kind.times):
            number += 1
            if kinds and kind.name not in kinds:
                continue
            chance = random.Random(number)
            report = _tables_alone(read(sources[number % len(sources)]))
            face = tuple(_FACES)[number % len(_FACES)]
            drawn = [_drawn(page, face, line=kind.line, text=kind.text, broken=kind.broken) for page in typeset(report)]
            if kind.sheets:
                drawn = [np.hstack(drawn[at : at + 2]) for at in range(0, len(drawn), 2)]
            pictures = [Image.fromarray(kind.spoil(page, chance)) for page in drawn]
            path = work / f"{number:02}_{kind.name}_{face}" / f"{report.unit}_{report.year}.pdf"
            path.parent.mkdir(parents=True, exist_ok=True)
            pictures[0].save(path, "PDF", resolution=DPI, save_all=True, append_images=pictures[1:])
            yield kind, report, path, len(pictures)


def scanned(kind: Kind, report: Report, path: Path, pages: int) -> Outcome:
    start = time.process_time()
    name = path.parent.name
    try:
        back = read(path)
    except UnreadableReport as error:
        took = (time.process_time() - start) / pages
        return Outcome(name, kind.easy, len(report.cells), (), (), (), len(report.cells), 0, took, error.what)
    took = (time.process_time() - start) / pages
    doubts = set(back.doubtful)
    wrong = [
        metric
        for metric, cell in back.cells.items()
        if metric not in report.cells or report.cells[metric].value != cell.value
    ]
    silent = tuple(metric for metric in wrong if metric not in doubts)
    absent = len(report.cells.keys() - back.cells.keys())
    return Outcome(
        name, kind.easy, len(report.cells), tuple(wrong), tuple(doubts), silent, absent, len(back.warnings), took
    )


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--keep", type=Path)
    options.add_argument("--json", type=Path)
    options.add_argument("kinds", nargs="*")
    asked = options.parse_args(arguments)
    outcomes = []
    with tempfile.TemporaryDirectory() as work:
        for scan in made(asked.keep or Path(work), asked.kinds):
            outcome = scanned(*scan)
            outcomes.append(outcome)
            print(_line(outcome), flush=True)
    easy = [outcome for outcome in outcomes if outcome.easy]
    told = {
        "scans.silent": sum(len(outcome.silent) for outcome in outcomes),
        "scans.right_easy": sum(outcome.right for outcome in easy) / max(1, sum(outcome.cells for outcome in easy)),
        "scans.right": sum(outcome.right for outcome in outcomes) / max(1, sum(outcome.cells for outcome in outcomes)),
        "scans.seconds_a_page": max((outcome.seconds for outcome in outcomes), default=0.0),
        "scans.mebibytes": _peak(),
    }
    print(json.dumps(told, indent=1))
    if asked.json:
        asked.json.write_text(json.dumps(told), encoding="utf-8")
    return int(told["scans.silent"] > 0)


def _line(outcome: Outcome) -> str:
    counts = f"错{len(outcome.wrong)} 存疑{len(outcome.doubtful)} 无声{len(outcome.silent)} 未读{outcome.absent}"
    cells = f"对{outcome.right}/{outcome.cells} {counts} 提示{outcome.notes} {outcome.seconds:.1f}秒/页"
    return f"{outcome.name:<26}{cells} {outcome.refused}{'、'.join(outcome.silent[:3])}"


def _peak() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
