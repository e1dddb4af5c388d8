"""Run as a process of its own: a PDF's characters and ruling lines as JSON on standard output.

PDF parsers can be led into endless loops and any amount of memory, so this runs under limits, and imports nothing of
ours: it starts fast and a parser's fault cannot reach the program. ``pdf.py`` writes the request and reads the answer.
"""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

_THIN = 3.0  # points: a filled rectangle as thin as this is a line
_SKEW = 0.05  # a character turned by more than this, but not by 90°, belongs to a watermark


def main() -> None:
    request = json.load(sys.stdin)
    sys.path[:] = request["sys_path"]
    _limit_memory(request["memory"])
    logging.disable(logging.CRITICAL)
    try:
        answer = _read(request["path"], request["pages"], request["marks"])
    except MemoryError:
        answer = {"error": "memory"}
    except RecursionError:
        answer = {"error": "broken", "detail": "nested too deeply"}
    except Exception as error:  # whatever a parser makes of a broken file: the parent tells the user
        locked = "Password" in f"{error!r}{error.__cause__!r}{error.__context__!r}"
        answer = {"error": "encrypted" if locked else "broken", "detail": repr(error)[:200]}
    json.dump(answer, sys.stdout)


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the time limit holds there
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ValueError, OSError):  # some systems do not let it be set
        return


def _read(path: str, most_pages: int, most_marks: int) -> dict[str, Any]:
    import pdfplumber

    pages: list[dict[str, Any]] = []
    left = most_marks
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            if len(pages) == most_pages:
                return {"error": "pages"}
            made = _page(page)
            left -= len(made["pieces"]) + len(made["horizontal"]) + len(made["vertical"])
            if left < 0:
                return {"error": "marks"}
            pages.append(made)
            page.close()
    return {"pages": pages}


def _page(page: Any) -> dict[str, Any]:
    horizontal: list[tuple[float, float, float]] = []
    vertical: list[tuple[float, float, float]] = []
    for x0, top, x1, bottom in _strokes(page):
        if abs(bottom - top) <= _THIN and x1 - x0 > abs(bottom - top):
            horizontal.append(((top + bottom) / 2, x0, x1))
        elif abs(x1 - x0) <= _THIN:
            vertical.append(((x0 + x1) / 2, top, bottom))
    return {
        "width": float(page.width),
        "height": float(page.height),
        "pieces": _pieces(page),
        "horizontal": horizontal,
        "vertical": vertical,
        **_pictured(page),
        "curves": len(page.curves),
    }


def _pictured(page: Any) -> dict[str, float]:
    """The share of the page that its largest picture covers, and how many dots to an inch that has; 0 and a great many
    where there is none."""
    largest = max(page.images, key=_area, default=None)
    if largest is None:
        return {"pictured": 0.0, "dpi": 1e6}
    sides = zip(largest["srcsize"], (largest["width"], largest["height"]), strict=True)
    known = [72 * float(dots) / float(points) for dots, points in sides if isinstance(dots, int) and points > 0]
    return {"pictured": float(_area(largest) / max(1, page.width * page.height)), "dpi": min(known, default=1e6)}


def _area(image: dict[str, Any]) -> float:
    return float((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]))


def _pieces(page: Any) -> list[tuple[str, float, float, float, float, float]]:
    """Characters but blanks, those of watermarks, and those that were printed twice to look bold."""
    pieces = []
    printed: dict[tuple[str, int, int], tuple[float, float]] = {}
    for char in page.chars:
        text, x0, top = char["text"], char["x0"], char["top"]
        if not text.strip() or _turned(char["matrix"]):
            continue
        near = [printed.get((text, int(x0) + dx, int(top) + dy)) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        if any(place and abs(place[0] - x0) <= 1 and abs(place[1] - top) <= 1 for place in near):
            continue
        printed[text, int(x0), int(top)] = (x0, top)
        pieces.append((text, x0, top, char["x1"], char["bottom"], char["size"]))
    return pieces


def _turned(matrix: tuple[float, ...]) -> bool:
    size = max(abs(part) for part in matrix[:4]) or 1.0
    return abs(matrix[0]) > _SKEW * size and abs(matrix[1]) > _SKEW * size


def _strokes(page: Any) -> list[tuple[float, float, float, float]]:
    """Boxes of all drawn lines. White ones are paper: editors shade paragraphs and cells with white rectangles."""
    strokes = [
        (mark["x0"], mark["top"], mark["x1"], mark["bottom"]) for mark in page.lines if _visible(mark["stroking_color"])
    ]
    for mark in page.rects:
        x0, top, x1, bottom = mark["x0"], mark["top"], mark["x1"], mark["bottom"]
        if min(x1 - x0, bottom - top) <= _THIN:
            if _visible(mark["non_stroking_color" if mark["fill"] else "stroking_color"]):
                strokes.append((x0, top, x1, bottom))
        elif mark["stroke"] and _visible(mark["stroking_color"]):
            strokes += [(x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)]
    for mark in page.curves:
        if mark["stroke"] and _visible(mark["stroking_color"]):
            for (ax, ay), (bx, by) in zip(mark["pts"], mark["pts"][1:], strict=False):
                strokes.append((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
    return strokes


def _visible(colour: Any) -> bool:
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    if not parts or not all(isinstance(part, (int, float)) for part in parts):
        return True  # none stated is black; a pattern is at least something
    paper = 0.0 if len(parts) == 4 else 1.0
    return any(abs(part - paper) > 0.05 for part in parts)


if __name__ == "__main__":
    main()
