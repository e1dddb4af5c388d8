"""Scans: png and jpg files, and pages of a PDF that are only pictures. Needs the ``[ocr]`` extra, for
``recognition``."""

from __future__ import annotations

import base64
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import UnreadableReport
from assistant.readers.blocks import Document
from assistant.readers.pages.layout import document_of
from assistant.readers.pages.limited import OutOfTime, run_limited
from assistant.readers.pages.page import DPI, Page
from assistant.report import ReadingWarning, Source
from assistant.settings import settings

if TYPE_CHECKING:
    from assistant.readers.pages.picture import Picture

__all__ = ["WAY_OUT", "can_recognise", "coarse", "empty", "read_picture", "recognised_pages"]

_PAGE_INCHES = 8.27  # A4 is this wide
_COARSE = 150  # below, digits and thin lines are lost: even what looks sure may be wrong
WAY_OUT = "请安装文字识别组件：pip install 'disclosure-report-assistant[ocr]'；或改用 Word、网页等带文字的版本。"
_RENDER = Path(__file__).with_name("render_child.py")


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


def coarse(page: int, dpi: float) -> tuple[ReadingWarning, ...]:
    """A warning that the picture of ``page`` has too few dots to be trusted; none for a good one."""
    if dpi >= _COARSE:
        return ()
    what = f"第{page}页的图片只有约{dpi:.0f}dpi，识别结果请逐格核对原件；最好按{DPI}dpi以上重新扫描"
    return (ReadingWarning(message=what, source=Source(page=page)),)


def empty(pages: Sequence[Page]) -> Iterator[ReadingWarning]:
    """A warning for each recognised page that gave nothing."""
    for page in pages:
        if not page.pieces:
            what = f"第{page.number}页没有读出任何内容；不是空白页的，请核对原件，缺的部分没有读取"
            yield ReadingWarning(message=what, source=Source(page=page.number), kind="unread")


def read_picture(path: Path) -> Document:
    """A png or jpg of one page as blocks.

    Raises:
        UnreadableReport: no picture, too large, it takes too long, or the extra is not installed.
    """
    _need_extra(str(path))
    picture, dpi = _opened(path)
    pages = _recognised(path, {1: lambda: picture})
    return document_of(pages[1], [*coarse(1, dpi), *empty(pages[1])])


def recognised_pages(path: Path, numbers: Sequence[int]) -> dict[int, list[Page]]:
    """Pages of a PDF, recognised from their pictures, by their numbers; two where they lie side by side on one.

    Raises:
        UnreadableReport: too many pages, one that cannot be drawn, it takes too long, or the extra is not installed.
    """
    _need_extra(str(path))
    if len(numbers) > settings().max_scanned_pages:
        raise UnreadableReport(
            f"扫描件有{len(numbers)}页，上限{settings().max_scanned_pages}页",
            where=str(path),
            help="请只保留年度报告的页面；确需读取时调高 ASSISTANT_MAX_SCANNED_PAGES。",
        )
    return _recognised(path, {number: partial(_rendered, path, number) for number in numbers})


def _recognised(path: Path, pictures: Mapping[int, Callable[[], Picture]]) -> dict[int, list[Page]]:
    """Page by page, in the time that the settings allow for one file: only one picture is in memory at a time."""
    from assistant.readers.pages.recognition import TooMuch, TooSlow, recognised

    limit, most = settings().scan_seconds, settings().max_scanned_lines
    until = time.monotonic() + limit
    pages: dict[int, list[Page]] = {}
    try:
        for number, drawn in pictures.items():
            pages[number] = recognised(drawn(), number, until, most)
    except TooSlow:
        raise UnreadableReport(
            f"文字识别超过{limit:g}秒，只完成{len(pages)}页（共{len(pictures)}页）",
            where=str(path),
            help="请只保留年度报告的页面，或改用 Word、网页等带文字的版本；确需等待时调高 ASSISTANT_SCAN_SECONDS。",
        ) from None
    except TooMuch:
        raise UnreadableReport(
            f"第{len(pages) + 1}张图片上的文字超过{most}处，不像年度报告的一页",
            where=str(path),
            help="请只保留年度报告的页面；确需读取时调高 ASSISTANT_MAX_SCANNED_LINES。",
        ) from None
    return pages


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
