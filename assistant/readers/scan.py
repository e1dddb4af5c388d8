"""Scans: pictures of pages, recognised by RapidOCR, whose models come in its wheel. Needs the ``[ocr]`` extra.

Cells are cut out along the ruling lines and recognised one by one: a detector of text lines overlooks single digits,
and joins what stands in neighbouring cells. Only what stands outside of tables is looked for with the detector.
"""

from __future__ import annotations

import base64
import os
import zlib
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import UnreadableReport
from assistant.readers.blocks import Document
from assistant.readers.limited import OutOfTime, run_limited
from assistant.readers.lines import healed
from assistant.readers.page import Page, Piece, Segment
from assistant.readers.page_layout import blocks_of
from assistant.readers.ruling import RuledTable, ruled_tables
from assistant.report import ReadingWarning, Source
from assistant.settings import settings
from assistant.text import clean

if TYPE_CHECKING:
    from assistant.readers.picture import Picture

__all__ = ["DPI", "WAY_OUT", "can_recognise", "read_picture", "recognised", "recognised_pages"]

DPI = 200  # what the sizes in ``picture`` are made for
_PAGE_INCHES = 8.27  # A4 is this wide
_COARSE = 150  # below, digits and thin lines are lost: even what looks sure may be wrong
_POINTS = 72 / DPI
WAY_OUT = "请安装文字识别组件：pip install 'disclosure-report-assistant[ocr]'；或改用 Word、网页等带文字的版本。"
_RENDER = Path(__file__).with_name("render_child.py")
_UNREADABLE = "□"  # something is printed there, but nothing was recognised: not the same as a blank cell
_MARGIN = 6  # pixels of paper around what is recognised: the models were trained on lines with some
_DETECTOR_SIDE = 1200  # pixels: body type is found at 100 dpi as well as at 200, in a tenth of the time

_Box = tuple[int, int, int, int]


def can_recognise() -> bool:
    """Whether the ``[ocr]`` extra is installed."""
    return find_spec("rapidocr") is not None and find_spec("cv2") is not None


def _need_extra(where: str) -> None:
    """
    Raises:
        UnreadableReport: the extra is not installed.
    """
    if not can_recognise():
        raise UnreadableReport("这是扫描件（图片），需要文字识别组件", where=where, help=WAY_OUT)


def read_picture(path: Path) -> Document:
    """A png or jpg of one page as blocks.

    Raises:
        UnreadableReport: no picture, too large, or the extra is not installed.
    """
    _need_extra(str(path))
    picture, dpi = _opened(path)
    coarse = ReadingWarning(
        message=f"图片只有约{dpi}dpi，识别结果请逐格核对原件；最好按{DPI}dpi以上重新扫描", source=Source(page=1)
    )
    return Document(blocks_of([recognised(picture, 1)]), warnings=(coarse,) if dpi < _COARSE else ())


def recognised_pages(path: Path, numbers: Sequence[int]) -> dict[int, Page]:
    """Pages of a PDF, recognised from their pictures.

    Raises:
        UnreadableReport: too many pages, one that cannot be drawn, or the extra is not installed.
    """
    _need_extra(str(path))
    if len(numbers) > settings().max_scanned_pages:
        raise UnreadableReport(
            f"扫描件有{len(numbers)}页，上限{settings().max_scanned_pages}页",
            where=str(path),
            help="请只保留年度报告的页面；确需读取时调高 ASSISTANT_MAX_SCANNED_PAGES。",
        )
    return {number: recognised(_rendered(path, number), number) for number in numbers}


def _rendered(path: Path, number: int) -> Picture:
    """A page drawn by a child process: what is drawn comes from the file, and can be made to take for ever."""
    import numpy as np

    request = {"path": str(path.resolve()), "page": number, "dpi": DPI, "pixels": settings().max_page_pixels}
    try:
        answer = run_limited(_RENDER, request, settings().pdf_seconds) or {}
    except OutOfTime:
        answer = {}
    if "grey" not in answer:
        raise UnreadableReport(f"第{number}页无法显示", where=str(path), help="请重新扫描，或重新导出为 PDF。")
    rows = np.frombuffer(zlib.decompress(base64.b64decode(answer["grey"])), np.uint8)
    return rows.reshape(answer["height"], answer["stride"])[:, : answer["width"]].copy()


def _opened(path: Path) -> tuple[Picture, int]:
    """The picture at ``DPI``, and the resolution it had, supposing that it shows a page of A4."""
    import numpy as np
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path, formats=("PNG", "JPEG")) as image:
            if image.width * image.height > settings().max_picture_pixels:
                raise _too_large(path)
            upright = ImageOps.exif_transpose(image)
            if upright.has_transparency_data:
                paper = Image.new("RGBA", upright.size, "white")
                upright = Image.alpha_composite(paper, upright.convert("RGBA"))
            grey = upright.convert("L")
    except Image.DecompressionBombError:
        raise _too_large(path) from None
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError) as error:
        raise UnreadableReport(
            "图片已损坏，或不是 png、jpg 图片", where=str(path), help="请重新扫描，或确认文件扩展名与内容相符。"
        ) from error
    scale = DPI * _PAGE_INCHES / min(grey.size)
    if grey.width * grey.height * scale * scale > settings().max_page_pixels:
        raise _too_large(path)  # a strip a few dots wide grows beyond bounds when it is made as wide as a page
    if not 0.95 < scale < 1.05:
        grey = grey.resize((round(grey.width * scale), round(grey.height * scale)), Image.Resampling.LANCZOS)
    return np.array(grey), round(DPI / scale)


def _too_large(path: Path) -> UnreadableReport:
    most = settings().max_picture_pixels // 1_000_000
    return UnreadableReport(f"图片过大（超过{most}百万像素）", where=str(path), help="请按 A4、200 dpi 重新扫描。")


def recognised(picture: Picture, number: int) -> Page:
    """The page that a grey picture at ``DPI`` shows: text with its confidence, and ruling lines, in points."""
    from assistant.readers.picture import rules, straightened

    picture = straightened(picture)
    horizontal, vertical = ([_in_points(segment) for segment in lines] for lines in rules(picture))
    tables = ruled_tables(horizontal, vertical)
    boxes = _boxes_in(picture, tables) + _boxes_outside(picture, tables)
    height, width = picture.shape
    return Page(
        number=number,
        width=width * _POINTS,
        height=height * _POINTS,
        pieces=_pieces(picture, boxes),
        horizontal=tuple(horizontal),
        vertical=tuple(vertical),
    )


def _in_points(segment: Segment) -> Segment:
    return Segment(*(value * _POINTS for value in segment))


def _boxes_in(picture: Picture, tables: Sequence[RuledTable]) -> list[_Box]:
    from assistant.readers.picture import lines_in

    cells = [(table, home) for table in tables for home in sorted({home for row in table.region for home in row})]
    return [box for table, home in cells for box in lines_in(picture, *(edge / _POINTS for edge in table.box(home)))]


def _boxes_outside(picture: Picture, tables: Sequence[RuledTable]) -> list[_Box]:
    """Lines of print that the detector sees where no table is, drawn tight around their ink."""
    import cv2

    from assistant.readers.picture import drawn_tight

    rest = picture.copy()
    for table in tables:
        left, top, right, bottom = (
            round(edge / _POINTS) for edge in (table.xs[0], table.ys[0], table.xs[-1], table.ys[-1])
        )
        rest[max(0, top - 4) : bottom + 4, max(0, left - 4) : right + 4] = 255
    found = _engine()(cv2.cvtColor(rest, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=False)
    corners = found.boxes if found.boxes is not None else ()
    return [drawn_tight(rest, *box.min(axis=0), *box.max(axis=0)) for box in corners]


def _pieces(picture: Picture, boxes: Sequence[_Box]) -> tuple[Piece, ...]:
    import cv2

    crops = [picture[top:bottom, left:right] for left, top, right, bottom in boxes]
    padded = [
        cv2.copyMakeBorder(crop, _MARGIN, _MARGIN, _MARGIN, _MARGIN, cv2.BORDER_CONSTANT, value=(255.0,))
        for crop in crops
    ]
    if not padded:
        return ()
    found = _engine().recognize_txt([cv2.cvtColor(crop, cv2.COLOR_GRAY2BGR) for crop in padded])
    pieces = []
    for box, text, score in zip(boxes, found.txts, found.scores, strict=True):
        left, top, right, bottom = (edge * _POINTS for edge in box)
        words = healed(clean(text))
        # Never 1: that is what written text has.
        confidence = min(float(score), 0.999) if words else 0.0
        pieces.append(Piece(words or _UNREADABLE, left, top, right, bottom, bottom - top, confidence))
    return tuple(pieces)


@lru_cache(maxsize=1)
def _engine() -> Any:
    """RapidOCR with the models of its wheel; nothing is downloaded."""
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": _DETECTOR_SIDE,
            "Global.use_cls": False,
            # Narrow: most of what is recognised is a digit, and the model takes time by width.
            "Rec.rec_img_shape": [3, 48, 48],
        }
    )
