"""What a command writes is there whole or not at all, in every format; what was there before is left by a failure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import small_report
from openpyxl import load_workbook

from assistant.errors import AssistantError
from assistant.files import own_file, writing

POSIX = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="limits and pipes are POSIX's")
OLD = "原来的内容"


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    place = tmp_path / "结果.html"
    place.write_text(OLD, encoding="utf-8")
    with pytest.raises(RuntimeError), writing(place) as aside:
        aside.write_text("一半", encoding="utf-8")
        raise RuntimeError
    assert place.read_text(encoding="utf-8") == OLD and list(tmp_path.iterdir()) == [place]
    with writing(place) as aside:
        assert aside.suffix == place.suffix, "libraries choose a format by it"
        aside.write_text("新的", encoding="utf-8")
        assert place.read_text(encoding="utf-8") == OLD
    assert place.read_text(encoding="utf-8") == "新的" and list(tmp_path.iterdir()) == [place]


@POSIX
def test_no_link_is_followed_and_the_mode_is_kept(tmp_path: Path) -> None:
    victim, place = tmp_path / "别人的", tmp_path / "结果.md"
    victim.write_text(OLD, encoding="utf-8")
    (tmp_path / ".结果.part.md").symlink_to(victim)
    with writing(place) as aside:
        aside.write_text("新的", encoding="utf-8")
    place.chmod(0o600)
    with writing(place) as aside:
        aside.write_text("更新的", encoding="utf-8")
    assert place.stat().st_mode & 0o777 == 0o600
    assert victim.read_text(encoding="utf-8") == OLD and place.read_text(encoding="utf-8") == "更新的"
    (tmp_path / "链接").symlink_to(victim)
    with pytest.raises(OSError):
        own_file(tmp_path / "链接", os.O_WRONLY | os.O_TRUNC)
    assert victim.read_text(encoding="utf-8") == OLD


@POSIX
def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.md")
    with pytest.raises(AssistantError, match="不是普通文件"), writing(tmp_path / "管道.md"):
        pass


@POSIX
@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("check {report} --format html -o {out} --overwrite", "结果.html"),
        ("check {report} --format word -o {out} --overwrite", "结果.docx"),
        ("check {report} --format json -o {out} --overwrite", "结果.json"),
        ("check {report} --summary {out} --overwrite", "汇总.xlsx"),
        ("compare {before} {report} -o {out} --overwrite", "比较.xlsx"),
        ("template -o {out} --overwrite", "数据.xlsx"),
    ],
)
def test_a_full_disk_leaves_the_old_file_whatever_the_format(command: str, name: str, tmp_path: Path) -> None:
    """Every file is stopped at one kilobyte, as where no more room is."""
    report, before, out = tmp_path / "甲区_2024.md", tmp_path / "甲区_2023.md", tmp_path / name
    report.write_text(small_report.report(2024), encoding="utf-8")
    before.write_text(small_report.report(2023), encoding="utf-8")
    out.write_text(OLD, encoding="utf-8")
    limit = (
        "import resource, signal, runpy, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "sys.argv[0] = 'assistant'; runpy.run_module('assistant', run_name='__main__')"
    )
    words = [word.format(report=report, before=before, out=out) for word in command.split()]
    told = subprocess.run([sys.executable, "-c", limit, *words], capture_output=True, check=False, timeout=120)
    said = told.stderr.decode(errors="replace")
    assert told.returncode == 2 and "怎么办" in said and "Traceback" not in said, said
    assert out.read_text(encoding="utf-8") == OLD
    assert {path.name for path in tmp_path.iterdir()} <= {report.name, before.name, out.name}


def test_what_is_written_whole_can_be_read(tmp_path: Path) -> None:
    report, out = tmp_path / "甲区_2024.md", tmp_path / "汇总.xlsx"
    report.write_text(small_report.report(2024), encoding="utf-8")
    command = [sys.executable, "-m", "assistant", "check", str(report), "--summary", str(out)]
    assert subprocess.run(command, capture_output=True, check=False, timeout=120).returncode in (0, 1)
    assert load_workbook(out).sheetnames
