"""What a file is, by its first bytes and not by its name: office systems save web pages as .doc, archives as .html."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from assistant.readers.archive import OLE, bounded_names

__all__ = ["format_of"]

_HEAD = 4096
_BLANKS = b"\xef\xbb\xbf\r\n\t "
_MAGIC = (
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
)
_ARCHIVED = re.compile(rb"\s*(?:MIME-Version:|From:\s*[\"<]?Saved by|Snapshot-Content-Location:)", re.IGNORECASE)
# How a page opens for certain, and how a piece of one opens, which could be Markdown as well.
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_PIECE = re.compile(rb"\s*<(?:head|meta|title|style|body|table|div|p|span|center|font|h[1-6])\b", re.IGNORECASE)
# Roots of XML files that office programs write unzipped.
_XML = re.compile(rb"\s*<\?xml\b")
_XML_ROOTS = (
    (b"<pkg:package", ".flat"),  # LibreOffice does not read it, though it opens with the same words
    (b'progid="Word.Document"', ".doc"),
    (b'progid="Excel.Sheet"', ".xls"),
    (b"<uof:UOF", ".uof"),
    (b"opendocument.text", ".odt"),
    (b"opendocument.spreadsheet", ".ods"),
)
# Streams by which an old binary file tells what it is; names in such files are UTF-16.
_STREAMS = (("WordDocument", ".doc"), ("Workbook", ".xls"), ("Book", ".xls"))
_SHEETS = frozenset({".xls", ".xlt", ".et", ".xlsx", ".xlsm", ".xltx"})
_TEXTS = frozenset({".txt", ".text", ".md", ".markdown"})


def format_of(path: Path) -> str:
    """The suffix of the format that a file's bytes show, whatever the file is called; empty where they show none, and
    for a file that cannot be opened: who reads it tells why.

    Raises:
        UnreadableReport: a zip file with more parts than the settings allow.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return ""
    if b"%PDF-" in head[:1024] and not _PAGE.match(head):
        return ".pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    if head.startswith(OLE):
        return _binary(path)
    bare = head.lstrip(_BLANKS)
    for magic, suffix in _MAGIC:
        if bare.startswith(magic):
            return suffix
    return _text(bare, path.suffix.lower())


def _text(bare: bytes, suffix: str) -> str:
    if _ARCHIVED.match(bare):
        return ".mht"
    if _PAGE.match(bare) or (_PIECE.match(bare) and suffix not in _TEXTS):
        return ".html"
    if _XML.match(bare):
        return next((kind for root, kind in _XML_ROOTS if root in bare), "")
    return ""


def _zipped(path: Path) -> str:
    try:
        names = bounded_names(path)
        if "mimetype" in names:
            with zipfile.ZipFile(path) as archive, archive.open("mimetype") as part:
                kind = part.read(100)
            return {b"text": ".odt", b"spreadsheet": ".ods"}.get(kind.rpartition(b".")[2], "")
    except (zipfile.BadZipFile, NotImplementedError, ValueError, RuntimeError, OSError):
        return ""  # the reader that its name asks for tells what is broken
    folders = {name.partition("/")[0].lower() for name in names}
    if "[content_types].xml" in folders:
        return ".docx" if "word" in folders else ".xlsx" if "xl" in folders else ""
    return ".ofd" if "ofd.xml" in folders else ".zip"


def _binary(path: Path) -> str:
    """An old Word or Excel file; one with both streams has the other embedded in it, and its name decides."""
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ""
    found = [suffix for stream, suffix in _STREAMS if stream.encode("utf-16-le") in data]
    if not found:
        return ""
    return ".xls" if ".xls" in found and (path.suffix.lower() in _SHEETS or ".doc" not in found) else ".doc"
