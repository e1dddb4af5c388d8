"""What is checked, against which report of last year, and where the results may go: nothing in silence, nothing spoilt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from many_reports import save

from assistant.cli import run
from assistant.errors import AssistantError
from assistant.readers import read


def check(*words: object) -> int:
    return run(["check", "--no-library", *map(str, words)])


def test_a_folders_files_that_only_another_program_opens_are_told_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(tmp_path, "甲县_2024.txt", unit="甲县人民政府")
    (tmp_path / "乙县.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "照片.png").write_bytes(b"\x89PNG")
    assert check(tmp_path, "--format", "jsonl") == 2
    said = capsys.readouterr()
    assert [json.loads(line)["file"] for line in said.out.splitlines()] == ["乙县.doc", "甲县_2024.txt"]
    assert "另存为 .docx" in said.err


def test_results_in_the_folder_are_no_reports(tmp_path: Path) -> None:
    for unit in ("甲县", "乙县"):
        save(tmp_path, f"{unit}_2024.txt", unit=f"{unit}人民政府")
    for _ in range(2):
        assert check(tmp_path, "--format", "html", "-o", tmp_path, "--overwrite") in (0, 1, 2)
        assert {file.name for file in tmp_path.glob("*_检查*")} == {"甲县_2024_检查.html", "乙县_2024_检查.html"}
    with pytest.raises(AssistantError, match="不是报告"):
        read(tmp_path / "甲县_2024_检查.html")


def test_last_years_report_is_of_the_same_unit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for unit in ("甲县", "乙县"):
        save(tmp_path, f"{unit}_2024.txt", unit=f"{unit}人民政府")
    last = tmp_path / "上年" / "甲县_2023.txt"
    last.parent.mkdir()
    save(last.parent, last.name, unit="甲县人民政府", year=2023)
    files = [tmp_path / f"{unit}_2024.txt" for unit in ("甲县", "乙县")]
    check(*files, "--previous", last, "--format", "jsonl")
    told = {row["file"]: row["previous"] for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert told["甲县_2024.txt"]["unit"] == "甲县人民政府" and told["乙县_2024.txt"] is None
    check(files[1], "--previous", last)  # a single one may have been renamed
    assert "“甲县人民政府”的，与本报告的单位不同" in capsys.readouterr().out
    check(files[0], "--previous", last)
    assert "单位不同" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("form", "name"), [("html", "报告.docx"), ("json", "数据.xlsx"), ("word", "a.html"), ("console", "a.docx")]
)
def test_results_never_take_the_place_of_a_file_of_another_format(form: str, name: str, tmp_path: Path) -> None:
    save(tmp_path, "甲县_2024.txt", unit="甲县人民政府")
    there = tmp_path / name
    there.write_text("要紧的文件", encoding="utf-8")
    with pytest.raises(AssistantError, match="不一致，没有写入"):
        check(tmp_path / "甲县_2024.txt", "--format", form, "-o", there, "--overwrite")
    assert there.read_text(encoding="utf-8") == "要紧的文件"
