"""A zip file of reports is a folder: bounded, nothing outside of it, and each file in it is told of."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from dossiers import printed, report

from assistant.cli import run
from assistant.errors import UnreadableReport
from assistant.readers.folders import files_in, holds_reports, lasting_path
from assistant.settings import settings

TEXT = printed(report())


def packed(path: Path, members: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_each_file_is_checked_and_what_cannot_be_read_is_told_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    members = {"甲/甲县_2024.txt": TEXT, "乙县.doc": b"\xd0\xcf\x11\xe0", "里.zip": b"PK", "图.png": b"", "说明": b"x"}
    path = packed(tmp_path / "年报.zip", {**members, "__MACOSX/甲/._甲县_2024.txt": b"", "甲/~$甲县.docx": b""})
    assert run(["check", "--no-library", str(path), "--format", "jsonl"]) == 2
    said = capsys.readouterr()
    assert [json.loads(line)["file"] for line in said.out.splitlines()] == ["乙县.doc", "甲县_2024.txt", "里.zip"]
    assert "年报.zip/乙县.doc" in said.err and "压缩包" in said.err


def test_a_library_takes_a_zip_file_in_and_knows_where_it_lies(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDINGS", "none")
    settings.cache_clear()
    path = packed(tmp_path / "年报.zip", {"甲/甲县_2024.txt": TEXT})
    call = ["--library", str(tmp_path / "library"), "ingest", str(path)]
    assert run(call) == 0 and run(call) == 0
    assert "未变化" in capsys.readouterr().err  # found again, although it was unpacked to another place
    (file,) = files_in(path)
    assert lasting_path(file) == path.resolve() / "甲" / "甲县_2024.txt"
    settings.cache_clear()


def test_names_of_chinese_windows(tmp_path: Path) -> None:
    path = packed(tmp_path / "年报.zip", {"XXXXXXX_2024.txt": TEXT})
    name = "云川县".encode("gb18030")
    path.write_bytes(path.read_bytes().replace(b"XXXXXXX", name + b"a"))
    assert [file.name for file in files_in(path)] == ["云川县a_2024.txt"]


@pytest.mark.parametrize(
    "name", ["../甲.txt", "甲/../../乙.txt", "/etc/甲.txt", "..\\甲.txt", "C:\\甲.txt", "C:甲.txt"]
)
def test_no_path_leads_out(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport, match="指向包外") as caught:
        files_in(packed(tmp_path / "年报.zip", {"好.txt": TEXT, name: TEXT}))
    assert caught.value.help and not (tmp_path / "甲.txt").exists()


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("ASSISTANT_MAX_ARCHIVE_ENTRIES", "2", "部件过多"),
        ("ASSISTANT_MAX_ARCHIVE_BYTES", "100", "解开后过大"),
        ("ASSISTANT_MAX_FILE_BYTES", "100", "过大"),
    ],
)
def test_it_is_bounded(setting: str, value: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path / "年报.zip", {f"{n}.txt": TEXT for n in range(3)})
    monkeypatch.setenv(setting, value)
    settings.cache_clear()
    try:
        with pytest.raises(UnreadableReport, match=told) as caught:
            files_in(path)
    finally:
        monkeypatch.undo()
        settings.cache_clear()
    assert setting in caught.value.help


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport, match="解开后过大"):
        files_in(packed(tmp_path / "年报.zip", {"甲.txt": bytes(60_000_000)}))


def test_what_is_no_zip_of_reports_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "甲.zip").write_bytes(b"nothing")
    assert not holds_reports(tmp_path / "甲.zip") and not holds_reports(tmp_path / "没有.zip")
    assert not holds_reports(packed(tmp_path / "乙.zip", {"[Content_Types].xml": "", "word/document.xml": ""}))
    assert holds_reports(tmp_path) and holds_reports(packed(tmp_path / "丙.zip", {"甲.txt": ""}))
