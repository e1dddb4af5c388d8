"""Office files are zip files: what their directory says is checked before anything in them is unpacked.

Half a megabyte can unpack to half a gigabyte, a part may lie about its size, and XML can define entities that grow
without end. Everything here reads with a bound and refuses with a way out; nothing is written to disk.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import UnreadableReport
from assistant.settings import settings

__all__ = ["OLE", "bounded_names", "open_archive", "read_part", "read_xml"]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DIRECTORY_ENTRY = b"PK\x01\x02"
_MOST_RATIO, _SMALL_PART = 250, 1024 * 1024  # real parts shrink 10 to 60 times; small ones do no harm at any ratio
# Elements and attributes of one part. The official form has 20,000; a node costs some 150 bytes of memory.
_MOST_MARKS = 800_000

# What files with another content under an office file's name open with → what they are and what to do.
_FOREIGN = (
    (b"%PDF", "PDF", "请把扩展名改为 .pdf。"),
    (b"{\\rtf", "RTF", "请用 Word 或 WPS 打开，另存为 {suffix}。"),
    (b"<", "网页或 XML", "请用 Word 或 WPS 打开，另存为 {suffix}；网页请把扩展名改为 .html。"),
    (b"\x89PNG", "图片", "请提供有文字的文件。"),
    (b"\xff\xd8\xff", "图片", "请提供有文字的文件。"),
)
# Streams by which an old binary file tells what it is; names in such files are UTF-16.
_OLE_KINDS = (
    ("EncryptedPackage", "文件加了密码，打不开", "请在 Word、Excel 或 WPS 中输入密码打开，取消密码后另存为 {suffix}。"),
    ("WordDocument", "这是旧格式的 Word 或 WPS 文件（.doc、.wps）", "请用 Word 或 WPS 打开，另存为 .docx。"),
    ("Workbook", "这是旧格式的 Excel 或 WPS 表格文件（.xls、.et）", "请用 Excel 或 WPS 打开，另存为 .xlsx。"),
)


@contextmanager
def open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """The zip file at ``path``, after its directory has been found harmless.

    What goes wrong with the zip format while it is open is told as an ``UnreadableReport`` too.

    Raises:
        UnreadableReport: no zip file, encrypted, a legacy format, damaged, or larger than the settings allow.
    """
    where, suffix = str(path), path.suffix.lower()
    data = path.read_bytes()
    if not data.startswith(b"PK"):
        raise _foreign(data, where, suffix)
    _few_entries(data, where)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive.infolist(), len(data), where, suffix)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        raise UnreadableReport(
            f"文件已损坏或不完整（{type(error).__name__}）",
            where=where,
            help=f"请重新下载或复制；能用 Office 或 WPS 打开的，另存为新的 {suffix} 后再试。",
        ) from error


def bounded_names(path: Path) -> list[str]:
    """Names of the parts of a zip file, unchecked but for their number.

    Raises:
        UnreadableReport: there are more than the settings allow.
        BadZipFile: no zip file, or a broken one; other errors of ``zipfile`` too.
    """
    data = path.read_bytes()
    _few_entries(data, str(path))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def _few_entries(data: bytes, where: str) -> None:
    # zipfile makes an object of every entry before it can be asked how many there are: a million take a gigabyte.
    if data.count(_DIRECTORY_ENTRY) > settings().max_archive_entries:
        raise UnreadableReport(
            f"文件里的部件过多（上限{settings().max_archive_entries}个），没有打开它",
            where=where,
            help="请确认这是一份年度报告；确需读取时调高 ASSISTANT_MAX_ARCHIVE_ENTRIES。",
        )


def _check_directory(entries: list[zipfile.ZipInfo], size: int, where: str, suffix: str) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnreadableReport("文件加了密码，打不开", where=where, help=f"请取消密码后另存为 {suffix}。")
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) < len(names):
        # Two programs would each show another of the two: nobody could say which report was checked.
        raise UnreadableReport(
            "文件里有重名的部件，无法确定以哪一个为准",
            where=where,
            help=f"请用 Office 或 WPS 打开，另存为新的 {suffix} 后再试。",
        )
    total = sum(entry.file_size for entry in entries)
    stretched = any(
        entry.file_size > _SMALL_PART and entry.file_size > _MOST_RATIO * max(1, entry.compress_size)
        for entry in entries
    )
    if (
        sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
        > settings().max_xml_bytes
    ):
        raise _too_large(where)
    overlapping = sum(entry.compress_size for entry in entries) > size
    if total > settings().max_archive_bytes or stretched or overlapping:
        raise UnreadableReport(
            f"文件解开后过大（{total // 1024 // 1024}MB），不像年度报告，没有打开它",
            where=where,
            help="请确认文件来源；删去其中的大图片后另存。确需读取时调高 ASSISTANT_MAX_ARCHIVE_BYTES。",
        )


def _foreign(data: bytes, where: str, suffix: str) -> UnreadableReport:
    if data.startswith(OLE):
        for stream, what, way_out in _OLE_KINDS:
            if stream.encode("utf-16-le") in data:
                return UnreadableReport(what, where=where, help=way_out.format(suffix=suffix))
        return UnreadableReport("这是旧格式的 Office 文件", where=where, help=f"请用 Office 或 WPS 另存为 {suffix}。")
    for magic, kind, way_out in _FOREIGN:
        if data.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(magic):
            return UnreadableReport(
                f"扩展名是 {suffix}，内容却是{kind}", where=where, help=way_out.format(suffix=suffix)
            )
    return UnreadableReport(
        f"这不是 {suffix} 文件，或者已经损坏", where=where, help=f"请用 Office 或 WPS 打开，另存为 {suffix} 后再试。"
    )


def read_part(archive: zipfile.ZipFile, name: str, where: str) -> bytes:
    """One part, read up to ``max_xml_bytes``: what the directory says of its size is not relied on.

    Raises:
        UnreadableReport: the part is missing or too large.
    """
    limit = settings().max_xml_bytes
    try:
        with archive.open(name) as part:
            # read() without a bound would inflate everything first and cut it to the declared size afterwards.
            data = part.read(limit + 1)
    except KeyError:
        raise UnreadableReport(
            f"文件不完整：缺少“{name}”", where=where, help="请用 Office 或 WPS 打开，另存为新的文件后再试。"
        ) from None
    if len(data) > limit:
        raise _too_large(where)
    return data


def read_xml(archive: zipfile.ZipFile, name: str, where: str) -> bytes:
    """One XML part as UTF-8, fit to be parsed: no document type (so no entities), not too many elements.

    Raises:
        UnreadableReport: as ``read_part``, and for a document type.
    """
    data = read_part(archive, name, where)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", errors="replace").encode()
    # Callers parse as UTF-8 whatever the declaration says, so that these bytes are what the parser sees.
    if b"<!DOCTYPE" in data:
        raise UnreadableReport(
            f"“{name}”里有不该有的 DOCTYPE 定义，没有打开它",
            where=where,
            help="Office 和 WPS 不会写出这样的文件，请确认来源；可用 WPS 打开后另存。",
        )
    if data.count(b"<") // 2 + data.count(b"=") > _MOST_MARKS:
        raise _too_large(where)
    return data


def _too_large(where: str) -> UnreadableReport:
    return UnreadableReport(
        "文件的内容过多，不像年度报告",
        where=where,
        help="请确认这是一份年度报告；确需读取时调高 ASSISTANT_MAX_XML_BYTES，或者删去无关内容后另存。",
    )
