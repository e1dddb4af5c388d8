"""Web pages: saved .html and .htm files, pages that Word exported, XHTML. No network, no entities, no tree."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from assistant.errors import UnreadableReport
from assistant.readers.blocks import Block, Document, TextBlock
from assistant.readers.own_results import GENERATOR
from assistant.readers.web.flow import PICTURE, Flow, struck_classes
from assistant.readers.web.page import article, published
from assistant.readers.web.tables import TextItem
from assistant.report import Source
from assistant.settings import settings

__all__ = ["parse_html", "read_html"]

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,20})", re.IGNORECASE)
# Pictures saved inside a page are most of its bytes and none of its words.
_PICTURE = re.compile(rb";base64,[A-Za-z0-9+/=%\s]{200,}+")
_ARCHIVE = re.compile(rb"\s*(?:MIME-Version:|From:\s*<?Saved by|Snapshot-Content-Location:)", re.IGNORECASE)
# A page in these is tried as UTF-8 and GB18030 anyhow, whichever of them it claims to be.
_USUAL = frozenset({"utf-8", "gb2312", "gbk", "gb18030", "iso8859-1", "ascii", "cp1252"})


def read_html(path: Path) -> Document:
    """A saved web page as blocks, in document order, with the day of publication when the page tells it.

    Raises:
        UnreadableReport: no page, an MHT archive, too large, or a page whose words are only put in by a script.
    """
    return parse_html(path.read_bytes(), str(path))


def parse_html(data: bytes, where: str) -> Document:
    """The bytes of a web page as blocks; ``where`` names it in errors.

    Raises:
        UnreadableReport: the page is too large, has no words, is an archive of one, or was made by this program.
    """
    if _ARCHIVE.match(data[:2000]):
        raise UnreadableReport(
            "这是网页归档文件（MHT）", where=where, help="请在浏览器中打开，另存为“网页，仅 HTML”（.html）后再试。"
        )
    data = _PICTURE.sub(b"", data)
    limit = settings().max_html_bytes
    if len(data) > limit:
        raise UnreadableReport(
            f"网页过大（不计图片仍有{len(data) // 1024 // 1024}MB，上限{limit // 1024 // 1024}MB）",
            where=where,
            help="请只保存正文部分后再试；确需读取时调高 ASSISTANT_MAX_HTML_BYTES。",
        )
    page = _parsed(_decoded(data, where), where)
    if page.metas.get("generator") == GENERATOR:
        raise UnreadableReport("这是本程序写出的检查结果或对照，不是报告", where=where, help="请指定报告文件本身。")
    drawn = tuple(_blocks(page))
    blocks = tuple(block for block in drawn if not _is_picture(block))
    if not blocks:
        raise UnreadableReport(
            "网页里没有文字",
            where=where,
            help="正文可能由脚本载入：请在浏览器中打开并等正文显示后，复制到 Word 或文本文件保存，再读取该文件。",
        )
    places = (at for at, block in enumerate(drawn) if _is_picture(block))
    pictures = tuple(at - before for before, at in enumerate(places))
    return Document(blocks, published(page), pictures=pictures)


def _parsed(text: str, where: str) -> Flow:
    page = Flow(where, struck_classes(text))
    # libxml2 knows no entities but HTML's own and opens nothing that a page names; the Flow keeps it bounded.
    parser = etree.HTMLParser(target=page, encoding="utf-8", huge_tree=True)
    try:
        etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise UnreadableReport("无法解析网页", where=where, help="请在浏览器中打开后另存为 .html 再试。") from error
    return page


def _decoded(data: bytes, where: str) -> str:
    """The page's text. What its bytes are counts for more than what it says they are: many pages declare wrongly."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data[:4096]:
        raise UnreadableReport("这不是网页（含有二进制内容）", where=where, help="请确认文件扩展名与内容相符。")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(data[:4096])
    name = declared[1].decode("ascii") if declared else ""
    try:
        if name and codecs.lookup(name).name not in _USUAL:
            return data.decode(name)
    except (LookupError, UnicodeDecodeError, ValueError):
        pass  # an encoding that Python does not know, or that the page is not in
    readings = [data.decode(encoding, errors="replace") for encoding in ("gb18030", "utf-8")]
    # Cut short, or put together from parts in both encodings: the reading in which the word of all such reports stands.
    return max(readings, key=lambda text: text.count("公开"))


def _is_picture(block: Block) -> bool:
    return isinstance(block, TextBlock) and block.text == PICTURE


def _blocks(page: Flow) -> Iterator[Block]:
    """The article's items with their places: 正文第3段 for a paragraph, table, row and column for a cell."""
    paragraphs = tables = 0
    for item in article(page):
        if isinstance(item, TextItem):
            paragraphs += item.text != PICTURE
            yield TextBlock(item.text, Source(address=f"正文第{paragraphs}段"), item.level)
        else:
            tables += 1
            yield item.grid(tables)
