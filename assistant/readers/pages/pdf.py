"""PDF files. Those with a text layer are read here; pages that are only pictures go to ``scan``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.errors import UnreadableReport
from assistant.readers.blocks import Document
from assistant.readers.pages.layout import document_of
from assistant.readers.pages.limited import OutOfTime, run_limited
from assistant.readers.pages.page import Page, Piece, Segment
from assistant.report import ReadingWarning, Source
from assistant.settings import settings
from assistant.text import clean

__all__ = ["read_pdf"]

_FEW = 50  # characters: a scan can carry a page number or a stamp as text
_UNNAMED = 0.2
_MOST_OF_PAGE, _WHOLE_PAGE = 0.4, 0.8
_OUTLINES = 200  # curves: text that was turned into its outlines
_CHILD = Path(__file__).with_name("pdf_child.py")
_MADE_ANEW = "请用办公软件重新导出为 PDF，或另存为 docx 后再试。"


def read_pdf(path: Path) -> Document:
    """A PDF as blocks.

    Raises:
        UnreadableReport: broken, encrypted, too large to be a report, or a scan without the ``[ocr]`` extra.
    """
    raws = _extracted(path)
    scanned = [number for number, raw in enumerate(raws, start=1) if _is_scan(raw)]
    if not scanned:
        return document_of([_page(number, raw) for number, raw in enumerate(raws, start=1)])
    from assistant.readers.pages import scan

    if not scan.can_recognise() and any(len(raw["pieces"]) >= _FEW for raw in raws):
        left_out = "、".join(str(number) for number in scanned)
        warning = ReadingWarning(
            message=f"第{left_out}页是图片，没有读取；{scan.WAY_OUT}", source=Source(page=scanned[0]), kind="unread"
        )
        pages = [_page(number, raw) for number, raw in enumerate(raws, start=1) if number not in scanned]
        return document_of(pages, (warning,))
    pictures = scan.recognised_pages(path, scanned)
    pages = [page for number, raw in enumerate(raws, start=1) for page in pictures.get(number) or [_page(number, raw)]]
    told = [told for number in scanned for told in scan.coarse(number, raws[number - 1]["dpi"])]
    told += [told for number in scanned for told in scan.empty(pictures[number])]
    return document_of(pages, told)


def _is_scan(raw: dict[str, Any]) -> bool:
    """Whether a page must be recognised: it has no text that could be read, but something to see.

    A picture of the whole page under text without ruling lines is a scan too: its text was recognised by a scanner
    that knows nothing of tables.
    """
    pieces = raw["pieces"]
    unnamed = sum(text.startswith("(cid:") for text, *_ in pieces)  # characters whose font does not tell what they are
    if unnamed > _UNNAMED * len(pieces):
        return True
    if len(pieces) < _FEW:
        return bool(raw["pictured"] >= _MOST_OF_PAGE or raw["curves"] >= _OUTLINES)
    return bool(raw["pictured"] >= _WHOLE_PAGE and not raw["vertical"])


def _extracted(path: Path) -> list[dict[str, Any]]:
    limits = settings()
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise UnreadableReport("这不是 PDF 文件", where=str(path), help="请确认文件扩展名与内容相符。")
    request = {
        "path": str(path.resolve()),
        "memory": limits.pdf_memory_bytes,
        "pages": limits.pdf_max_pages,
        "marks": limits.pdf_max_marks,
    }
    try:
        answer = run_limited(_CHILD, request, limits.pdf_seconds)
    except OutOfTime as late:
        if late.by_the_clock:
            raise UnreadableReport(
                "机器太忙，PDF 没有轮到读完", where=str(path), help="请等机器空一些再试一次；文件本身没有发现问题。"
            ) from None
        raise UnreadableReport(
            f"PDF 过于复杂，{limits.pdf_seconds:g}秒内没有读完", where=str(path), help=_MADE_ANEW
        ) from None
    if answer is None:  # the child was killed: memory that not even its own message had room in
        answer = {"error": "memory"}
    if "error" in answer:
        raise _unreadable(str(answer["error"]), str(path))
    pages: list[dict[str, Any]] = answer["pages"]
    return pages


def _unreadable(error: str, where: str) -> UnreadableReport:
    limits = settings()
    faults = {
        "encrypted": ("PDF 已加密", "请用密码打开后另存为不加密的 PDF，再试一次。"),
        "memory": (f"读取 PDF 所需内存超过{limits.pdf_memory_bytes // 1024 // 1024}MB", _MADE_ANEW),
        "pages": (f"PDF 超过{limits.pdf_max_pages}页，不像一份年度报告", "请只保留年度报告的页面。"),
        "marks": (f"PDF 中的文字和线条超过{limits.pdf_max_marks}个，不像一份年度报告", _MADE_ANEW),
    }
    what, way_out = faults.get(error, ("PDF 已损坏或不完整，无法读取", f"请重新下载原文件；{_MADE_ANEW}"))
    return UnreadableReport(what, where=where, help=way_out)


def _page(number: int, raw: dict[str, Any]) -> Page:
    return Page(
        number=number,
        width=raw["width"],
        height=raw["height"],
        pieces=tuple(Piece(text, *place) for mark, *place in raw["pieces"] if (text := clean(mark).strip())),
        horizontal=tuple(Segment(*segment) for segment in raw["horizontal"]),
        vertical=tuple(Segment(*segment) for segment in raw["vertical"]),
    )
