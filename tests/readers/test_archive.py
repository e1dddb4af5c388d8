"""Zip files: what their directory tells is checked first, and what it lies about does no harm."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from word_files import paragraph, raw_docx

from assistant.errors import UnreadableReport
from assistant.readers.archive import open_archive, read_part, read_xml
from assistant.readers.excel.xlsx import read_xlsx
from assistant.readers.word.docx import read_docx
from assistant.settings import settings

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, int], None]]:
    """Sets a limit through the environment, as a user would; settings are read once, so their cache is emptied."""

    def set_limit(name: str, value: int) -> None:
        monkeypatch.setenv(name, str(value))
        settings.cache_clear()

    yield set_limit
    monkeypatch.undo()
    settings.cache_clear()


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def opened(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with open_archive(path):
        pass


def test_a_sound_file_opens(tmp_path: Path) -> None:
    opened(tmp_path / "a.docx", zipped({"a.xml": b"<a/>", "b.xml": b"<b/>"}))


def _encrypted() -> bytes:
    data = bytearray(zipped({"a.xml": b"<a/>"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "told", "way_out"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "加了密码", "另存为 .docx"),
        (OLE + "WordDocument".encode("utf-16-le"), "旧格式的 Word", "另存为 .docx"),
        (OLE + "Workbook".encode("utf-16-le"), "旧格式的 Excel", "另存为 .xlsx"),
        (OLE, "旧格式的 Office", "另存为 .docx"),
        (b"%PDF-1.7\n", "内容却是PDF", ".pdf"),
        (b"\xef\xbb\xbf<html>", "内容却是网页", ".html"),
        (b"{\\rtf1", "内容却是RTF", "另存为 .docx"),
        (b"\x00\x01\x02\x03" * 99, "这不是 .docx 文件", "另存为 .docx"),
        (zipped({"a.xml": b"<a/>" * 500})[:-30], "已损坏或不完整", "重新下载"),
        (_encrypted(), "加了密码", "取消密码"),
        (zipped({"a.xml": b"", "A.XML": b""}), "重名", "另存为"),
        (zipped({"a.bin": bytes(2 * 1024 * 1024)}), "解开后过大", "MAX_ARCHIVE_BYTES"),
        (zipped({"a.xml": b"<a/>"}), "没有 Word 文档", "另存为"),
    ],
    ids=[
        "password", "doc", "xls", "ole", "pdf", "html", "rtf", "noise", "cut off", "encrypted", "duplicates", "bomb",
        "another zip",
    ],
)  # fmt: skip
def test_what_cannot_be_opened_says_what_to_do(data: bytes, told: str, way_out: str, tmp_path: Path) -> None:
    path = tmp_path / "年报.docx"
    path.write_bytes(data)
    with pytest.raises(UnreadableReport, match=told) as caught:
        read_docx(path)
    assert caught.value.where == str(path) and way_out in caught.value.help


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("ASSISTANT_MAX_ARCHIVE_ENTRIES", 2, "部件过多"),
        ("ASSISTANT_MAX_ARCHIVE_BYTES", 100, "解开后过大"),
        ("ASSISTANT_MAX_XML_BYTES", 100, "内容过多"),
    ],
)
def test_the_limits_are_settings(
    setting: str, value: int, told: str, limits: Callable[[str, int], None], tmp_path: Path
) -> None:
    data = zipped({f"{n}.xml": b"<a>words</a>" * 4 for n in range(3)})
    opened(tmp_path / "a.docx", data)
    limits(setting, value)
    with pytest.raises(UnreadableReport, match=told) as caught:
        opened(tmp_path / "a.docx", data)
    assert setting in caught.value.help


def test_a_size_that_lies_is_not_believed(tmp_path: Path) -> None:
    """The directory says 10 bytes; 100 million are inflated by whoever believes it."""
    data = bytearray(zipped({"a.xml": bytes(100_000_000)}))
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    tracemalloc.start()
    with pytest.raises(UnreadableReport, match="损坏"), open_archive(path) as archive:
        read_part(archive, "a.xml", str(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2.5 * settings().max_xml_bytes


@pytest.mark.parametrize(
    "data",
    [b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "\ufeff<!DOCTYPE a><a/>".encode("utf-16-le")],
    ids=["utf-8", "utf-16"],
)
def test_no_document_type_gets_to_the_parser(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(zipped({"a.xml": data}))
    with pytest.raises(UnreadableReport, match="DOCTYPE"), open_archive(path) as archive:
        read_xml(archive, "a.xml", str(path))


def test_a_part_of_nothing_but_tags_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.xml", b"<a/>" * 1_700_000)
    with pytest.raises(UnreadableReport, match="内容过多"), open_archive(path) as archive:
        read_xml(archive, "a.xml", str(path))


def test_each_format_knows_the_other_under_its_name(tmp_path: Path) -> None:
    path = raw_docx(tmp_path / "a.xlsx", paragraph("正文。"))
    with pytest.raises(UnreadableReport, match="Word") as caught:
        read_xlsx(path)
    assert ".docx" in caught.value.help


def test_nothing_is_written_beside_the_file(tmp_path: Path) -> None:
    read_docx(raw_docx(tmp_path / "a.docx", paragraph("正文。")))
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]
