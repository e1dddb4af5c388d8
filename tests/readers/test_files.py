"""Files: encodings, folders, empty, large, broken and foreign ones."""

from __future__ import annotations

import codecs
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dossiers import printed, report
from word_files import word_of

from assistant.errors import UnreadableReport
from assistant.readers import READERS, read
from assistant.settings import settings

TEXT = printed(report())


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, int], None]]:
    """Sets a limit through the environment, as a user would; settings are read once, so their cache is emptied."""

    def set_limit(name: str, value: int) -> None:
        monkeypatch.setenv(name, str(value))
        settings.cache_clear()

    yield set_limit
    monkeypatch.undo()
    settings.cache_clear()


@pytest.mark.parametrize(
    "encoded",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode("gb18030"),
    ],
    ids=["utf-8", "utf-8 with BOM", "gb18030", "utf-16", "utf-16-be", "gb18030 with CRLF"],
)
def test_the_encodings_in_use(encoded: bytes, tmp_path: Path) -> None:
    path = tmp_path / "云川县人民政府_2024.txt"
    path.write_bytes(encoded)
    made = read(path)
    assert made.title == report().title and made.file == path.name
    assert {metric: cell.value for metric, cell in made.cells.items()} == {
        m: c.value for m, c in report().cells.items()
    }


@pytest.mark.parametrize("suffix", [".txt", ".TXT", ".md", ".Markdown", ".text"])
def test_suffixes_in_any_case(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"年报{suffix}"
    path.write_text(TEXT, encoding="utf-8")
    assert len(read(str(path)).cells) == 200


def _missing(folder: Path) -> Path:
    return folder / "没有.txt"


def _folder(folder: Path) -> Path:
    return folder


def _file(name: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


BAD_FILES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "missing": (_missing, "没有这个文件"),
    "folder": (_folder, "文件夹"),
    "empty": (_file("空.txt", b""), "空的"),
    "only blanks": (_file("空白.txt", b"\n \n\t\n"), "没有找到年度报告"),
    "no suffix": (_file("年报", TEXT.encode()), "没有扩展名"),
    "unknown suffix": (_file("年报.xyz", TEXT.encode()), "还不能读取“.xyz”格式"),
    "a format to save as another": (_file("年报.wps", TEXT.encode()), "WPS 文字文件"),
    "an old Word file": (_file("年报.doc", TEXT.encode()), "旧版 Word"),
    "a zip file called .txt": (_file("年报.txt", b"PK\x03\x04\x14\x00\x00\x00" * 40), "不是文本文件"),
    "noise": (_file("年报.txt", bytes(range(256)) * 8), "不是文本文件"),
    "noise without zero bytes": (_file("年报.txt", bytes(range(128, 256)) * 64), "没有找到年度报告|文字编码"),
    "another text": (_file("菜谱.txt", "豆腐两块，切成小块，小火慢煎。\n".encode() * 30), "没有找到年度报告"),
    "one heading is not a report": (_file("会议.txt", "一、总体情况\n会议开得很好。\n".encode()), "没有找到年度报告"),
}


@pytest.mark.parametrize(("make", "told"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_is_no_report_is_refused_with_a_way_out(
    make: Callable[[Path], Path], told: str, tmp_path: Path
) -> None:
    path = make(tmp_path)
    with pytest.raises(UnreadableReport, match=told) as caught:
        read(path)
    assert caught.value.where == str(path)
    assert caught.value.help


def test_an_unknown_format_names_those_that_can_be_read(tmp_path: Path) -> None:
    path = _file("年报.xyz", b"1")(tmp_path)
    with pytest.raises(UnreadableReport) as caught:
        read(path)
    assert all(suffix in caught.value.help for suffix in READERS)


@pytest.mark.parametrize(
    ("name", "way_out"),
    [
        *((name, "另存为 .docx") for name in ("a.doc", "a.dot", "a.wps", "a.wpt", "a.rtf", "a.odt", "a.uof", "a.DOC")),
        *((name, "另存为 .xlsx") for name in ("a.xls", "a.xlsb", "a.et", "a.ods", "a.csv")),
        ("a.ceb", "PDF"),
        *((name, ".png") for name in ("a.tif", "a.bmp")),
        *((name, "解压") for name in ("a.zip", "a.rar", "a.7z")),
    ],
)
def test_formats_of_other_programs_say_what_to_save_as(name: str, way_out: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport, match="不能读取") as caught:
        read(_file(name, b"\xd0\xcf\x11\xe0" * 200)(tmp_path))
    assert way_out in caught.value.help


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize("suffix", [".docx", ".docm", ".dotx", ".xlsx", ".xlsm"])
def test_a_file_with_a_password_says_so(suffix: str, tmp_path: Path) -> None:
    encrypted = OLE + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    with pytest.raises(UnreadableReport, match="加了密码") as caught:
        read(_file(f"年报{suffix}", encrypted)(tmp_path))
    assert "取消密码" in caught.value.help


MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        (".docm", "application/vnd.ms-word.document.macroEnabled.main+xml"),
        (".dotx", "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
        (".dotm", "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    ],
)
def test_word_files_with_macros_and_templates_are_read(suffix: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"年报{suffix}"
    word_of(report()).save(str(tmp_path / "年报.docx"))
    with zipfile.ZipFile(tmp_path / "年报.docx") as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(MAIN.encode(), kind.encode()))
        target.writestr("word/vbaProject.bin", OLE)
    assert len(read(path).cells) == 200


@pytest.mark.parametrize("suffix", [".xlsm", ".xltx"])
def test_workbooks_with_macros_and_templates_are_read(suffix: str, corpus: Path, tmp_path: Path) -> None:
    workbook = corpus.parent / "data" / "清源区_2025.xlsx"
    copied = read(_file(f"数据{suffix}", workbook.read_bytes())(tmp_path))
    assert copied.cells == read(workbook).cells and len(copied.cells) == 200


def test_a_file_beyond_the_limit_is_not_opened(tmp_path: Path, limits: Callable[[str, int], None]) -> None:
    path = _file("年报.txt", TEXT.encode())(tmp_path)
    limits("ASSISTANT_MAX_FILE_BYTES", 1024)
    with pytest.raises(UnreadableReport, match="文件过大") as caught:
        read(path)
    assert "ASSISTANT_MAX_FILE_BYTES" in caught.value.help


def test_a_text_beyond_the_limit_is_refused(tmp_path: Path, limits: Callable[[str, int], None]) -> None:
    path = _file("年报.txt", TEXT.encode())(tmp_path)
    limits("ASSISTANT_MAX_TEXT_CHARACTERS", 100)
    with pytest.raises(UnreadableReport, match="文本过长"):
        read(path)


def test_hidden_characters_and_escapes_never_reach_the_report(tmp_path: Path) -> None:
    hidden = "\u200b\u202e\u2066\U000e0041\x1b\x07"
    dirty = TEXT.replace("惠民政策", f"惠民{hidden}\x1b[31m政\x1b]0;title\x07策")
    made = read(_file("年报.txt", dirty.encode())(tmp_path))
    text = "".join(section.text for section in made.sections)
    assert "惠民政策" in text
    assert not set(hidden) & set(text)
