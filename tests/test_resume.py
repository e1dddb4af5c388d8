"""A check that was stopped or killed goes on where it stopped, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from many_reports import COUNTIES, fill

from assistant.batch import check_files, open_journal, report_files
from assistant.batch import resume as journal
from assistant.batch.spool import spool_folder
from assistant.cli import run
from assistant.errors import AssistantError
from assistant.rules import RULES

TITLE = RULES["T301"].title
MARK = "做过记号"


@pytest.fixture
def many(tmp_path: Path) -> Path:
    return fill(tmp_path / "报告")


def written(many: Path, output: Path, *more: str) -> bytes:
    call = ["check", str(many), "--jobs", "1", "--format", "jsonl", "-o", str(output), "--no-library", *more]
    assert run(call) == 2
    return output.read_bytes()


def stopped(many: Path, output: Path, after: int, *, resume: bool = False) -> Path:
    """The journal that a run leaves which is stopped after so many results."""
    files = report_files([many])
    with pytest.raises(KeyboardInterrupt), open_journal(output, files, resume=resume) as kept:
        for number, _ in enumerate(check_files([many], whole=False, journal=kept)):
            if number == after:
                raise KeyboardInterrupt
        raise KeyboardInterrupt
    return journal_of(output)


def journal_of(output: Path) -> Path:
    return output.with_name(f"{output.name}.journal")


def lines(kept: Path) -> list[str]:
    return [line for line in kept.read_text(encoding="utf-8").splitlines() if line] if kept.exists() else []


def marked(kept: Path) -> None:
    """What is taken from the journal can be told from what is checked again."""
    kept.write_text(kept.read_text(encoding="utf-8").replace(TITLE, MARK), encoding="utf-8")


def test_a_stopped_run_is_taken_up_where_it_stopped(many: Path, tmp_path: Path) -> None:
    whole = written(many, tmp_path / "一次.jsonl")
    output = tmp_path / "两次.jsonl"
    kept = stopped(many, output, after=9)
    assert len(lines(kept)) == 9
    assert stopped(many, output, after=15, resume=True) == kept
    assert len(lines(kept)) == 13  # two files are no reports: nothing of them is kept
    kept.write_text("\n".join(lines(kept))[:-100], encoding="utf-8")  # the last line was being written
    assert written(many, output, "--resume") == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == ["一次.jsonl", "两次.jsonl", "报告"]


def test_what_is_finished_is_not_checked_again_unless_it_has_changed(many: Path, tmp_path: Path) -> None:
    output = tmp_path / "两次.jsonl"
    marked(stopped(many, output, after=22))
    changed = many / "甲川县_2023.txt"  # last year's report of another
    changed.write_text(changed.read_text(encoding="utf-8") + "\n另有说明。\n", encoding="utf-8")
    again = written(many, output, "--resume").decode("utf-8").splitlines()
    assert {number for number, line in enumerate(again) if MARK in line} == {
        number for number, line in enumerate(again) if any(f'"file": "{name}川县_2024' in line for name in "乙丙丁戊")
    }
    assert TITLE in next(line for line in again if '"file": "甲川县_2024' in line)


def test_reports_in_a_zip_file_are_taken_up_too(many: Path, tmp_path: Path) -> None:
    """Unpacked into another folder each time, they are the same reports."""
    packed = Path(shutil.make_archive(str(tmp_path / "报告"), "zip", many))
    whole, output = written(packed, tmp_path / "一次.jsonl"), tmp_path / "两次.jsonl"
    kept = stopped(packed, output, after=22)
    held = kept.read_bytes()
    assert written(packed, output, "--resume") == whole
    kept.write_bytes(held)
    marked(kept)
    assert written(packed, output, "--resume") == whole.replace(TITLE.encode(), MARK.encode())


def test_without_resume_all_is_checked_anew(many: Path, tmp_path: Path) -> None:
    whole, output = written(many, tmp_path / "一次.jsonl"), tmp_path / "两次.jsonl"
    marked(stopped(many, output, after=22))
    assert written(many, output) == whole


def test_a_journal_of_other_options_is_not_used(many: Path, tmp_path: Path) -> None:
    output = tmp_path / "两次.jsonl"
    marked(stopped(many, output, after=22))
    again = written(many, output, "--resume", "--select", "T3").decode("utf-8")
    assert TITLE in again and MARK not in again


def test_a_journal_of_another_program_is_not_used(many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "两次.jsonl"
    marked(stopped(many, output, after=22))
    program = tmp_path / "program"
    program.mkdir()
    (program / "rules.py").write_text("RULES = ()\n", encoding="utf-8")
    monkeypatch.setattr(journal, "_PACKAGE", program)
    journal._program_digest.cache_clear()
    again = written(many, output, "--resume").decode("utf-8")
    journal._program_digest.cache_clear()
    assert TITLE in again and MARK not in again


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
@pytest.mark.parametrize(
    ("form", "jobs", "counties"), [("jsonl", 2, COUNTIES + "己庚辛壬癸"), ("html", 2, COUNTIES), ("word", 1, "甲乙")]
)
def test_a_killed_run_is_taken_up(
    form: str, jobs: int, counties: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = fill(tmp_path / "报告", counties)
    temporary = tmp_path / "临时"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    output = tmp_path / ("结果.jsonl" if form == "jsonl" else "结果")
    call = ["check", str(many), "--format", form, "-o", str(output), "--no-library", "--jobs", str(jobs)]
    helpers = _killed(call, output, temporary, results=3)
    assert list(temporary.iterdir()), "what was put aside stays behind a kill"
    finished = len(lines(journal_of(output)))
    written = [path for path in output.iterdir() if not path.name.startswith(".")] if output.is_dir() else []
    before = {path: path.stat().st_mtime_ns for path in written}
    assert finished >= 3
    assert run([*call, "--resume"]) == 2
    assert not list(temporary.iterdir()) and not journal_of(output).exists()
    left = [path for path, changed in before.items() if path.stat().st_mtime_ns == changed]
    assert not before or len(left) in (finished - 1, finished)  # the last line of the journal may have been cut off
    again = _contents(output)
    assert run([*call[:5], str(other := tmp_path / f"另一次{output.suffix}"), *call[6:]]) == 2
    if form != "word":  # a docx holds the time of its making
        assert _contents(other) == again
    assert len(_contents(other)) == len(again)
    _gone(helpers)


def _killed(call: list[str], output: Path, temporary: Path, results: int) -> list[int]:
    """Start a run and kill it when it has so many results; the processes that helped it are told."""
    environment = {**os.environ, "TMPDIR": str(temporary)}
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", *call],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 60
    while len(lines(journal_of(output))) < results:
        assert process.poll() is None and time.monotonic() < until, "the run ended before it could be killed"
        time.sleep(0.002)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    helpers = [int(number) for number in children.read_text().split()] if children.exists() else []
    process.send_signal(signal.SIGKILL)
    process.wait()
    return helpers


def _gone(helpers: list[int]) -> None:
    until = time.monotonic() + 20
    while any(Path(f"/proc/{number}/cmdline").exists() for number in helpers):
        assert time.monotonic() < until, "processes that helped outlive the run that was killed"
        time.sleep(0.1)


def _contents(output: Path) -> dict[str, bytes]:
    if output.is_dir():
        return {path.name: path.read_bytes() for path in output.iterdir()}
    return {"": output.read_bytes()}


def test_what_another_run_has_put_aside_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with spool_folder() as one, spool_folder() as other:
        assert one != other and one.exists() and other.exists()
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_taken_up_is_told(many: Path, tmp_path: Path) -> None:
    review = ["--format", "html", "-o", str(tmp_path / "页"), "--review", str(tmp_path / "review.toml")]
    for more in ([], review):
        with pytest.raises(AssistantError, match="接着做") as caught:
            run(["check", str(many), "--resume", *more])
        assert caught.value.help
