"""Web archives, .mht and .mhtml: a letter in MIME whose parts are the page and its pictures. The page is read."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from pathlib import Path

from assistant.errors import UnreadableReport
from assistant.readers.blocks import Document
from assistant.readers.web.html import parse_html

__all__ = ["read_mht"]

# Pictures are most of an archive's bytes: their lines are dropped before the letter is taken apart.
_PICTURE = re.compile(rb"(?:^[A-Za-z0-9+/=]{60,80}\r?\n){40,}", re.MULTILINE)
_IS_PICTURE = re.compile(rb"content-type:\s*(?:image|audio|video|font|application/(?!xhtml))", re.IGNORECASE)
_MOST_PARTS = 2_000  # a page has some dozens of pictures and styles


def read_mht(path: Path) -> Document:
    """The page of a web archive as blocks.

    Raises:
        UnreadableReport: there is no page in it, or as ``parse_html``.
    """
    where = str(path)
    data = path.read_bytes()
    if data.count(b"\n--") > 2 * _MOST_PARTS:
        raise UnreadableReport("网页存档里的部分过多，不像一份年度报告", where=where, help=_WAY_OUT)
    try:
        page = _page(message_from_bytes(_without_pictures(data)))
        html = page.get_payload(decode=True) if page else None
    except (MessageError, RecursionError, LookupError, ValueError, AttributeError, TypeError) as error:
        raise UnreadableReport(
            f"网页存档已损坏或不完整（{type(error).__name__}）", where=where, help=_WAY_OUT
        ) from error
    if not isinstance(html, bytes) or not html.strip():
        raise UnreadableReport("网页存档里没有网页", where=where, help=_WAY_OUT)
    return parse_html(html, where)


_WAY_OUT = "请在浏览器中打开后另存为 .html（仅网页），再试。"


def _without_pictures(data: bytes) -> bytes:
    """The archive with only the first lines of its pictures: a block of base64 counts as one by the header above it."""

    def kept(block: re.Match[bytes]) -> bytes:
        header = data[max(0, block.start() - 600) : block.start()].rpartition(b"\n--")[2]
        return b"" if _IS_PICTURE.search(header) else block[0]

    return _PICTURE.sub(kept, data)


def _page(letter: Message) -> Message | None:
    """The part that is the page: the one that the archive names as its start, else the first."""
    pages = [part for part in letter.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = str(letter.get_param("start") or "")
    named = (part for part in pages if start and str(part.get("Content-ID", "")).strip() == start)
    return next(named, pages[0] if pages else None)
