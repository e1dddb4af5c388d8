"""What was read and checked stays so, for a second run and after a stop or a kill; what has changed is done again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from many_reports import COUNTIES, fill

from assistant.batch import cache, check_files, open_cache, report_files, tasks
from assistant.batch.cache import cache_folder
from assistant.batch.spool import sealed, spool_folder, unsealed
from assistant.cli import run
from assistant.errors import AssistantError
from assistant.rules import RULES
from assistant.settings import settings

TITLE = RULES["T301"].title
MARK = "做过记号"


@pytest.fixture
def many(tmp_path: Path) -> Path:
    return fill(tmp_path / "报告")


def written(many: Path, output: Path, *more: str) -> bytes:
    call = [
        "check",
        str(many),
        "--jobs",
        "1",
        "--format",
        "jsonl",
        "-o",
        str(output),
        "--no-library",
        "--overwrite",
        *more,
    ]
    assert run(call) == 2
    return output.read_bytes()


def stopped(many: Path, output: Path, after: int) -> None:
    """A run that is stopped after so many results."""
    files = report_files([many])
    with pytest.raises(KeyboardInterrupt), open_cache(output, files) as kept:
        for number, _ in enumerate(check_files([many], whole=False, cache=kept)):
            if number == after:
                raise KeyboardInterrupt
        raise KeyboardInterrupt


def verdicts(output: Path) -> list[Path]:
    return sorted(cache_folder(output).glob("*.verdict"))


def readings(output: Path) -> list[Path]:
    return sorted(path for path in cache_folder(output).glob("*") if not path.suffix and path.name != "in-use")


def marked(output: Path) -> None:
    """What is taken from the cache can be told from what is checked again."""
    for path in verdicts(output):
        text = zlib.decompress(unsealed(path.read_bytes())).decode()
        path.write_bytes(sealed(zlib.compress(text.replace(TITLE, MARK).encode())))


def read_again(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from now on."""
    names: list[str] = []
    read = tasks.read
    monkeypatch.setattr(tasks, "read", lambda path: names.append(path.name) or read(path))
    return names


def test_a_stopped_run_is_taken_up_where_it_stopped(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = written(many, tmp_path / "一次.jsonl")
    output = tmp_path / "两次.jsonl"
    stopped(many, output, after=9)
    assert (len(readings(output)), len(verdicts(output))) == (20, 9)
    again = read_again(monkeypatch)
    stopped(many, output, after=15)
    assert len(verdicts(output)) == 13  # two files are no reports: nothing of them is kept
    assert written(many, output, "--resume") == whole
    assert set(again) == {"己_空.txt", "庚_别的.md"}


def test_a_second_run_does_what_has_changed(many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "两次.jsonl"
    whole = written(many, output)
    again = read_again(monkeypatch)
    marked(output)
    assert written(many, output) == whole.replace(TITLE.encode(), MARK.encode())
    assert set(again) == {"己_空.txt", "庚_别的.md"}
    again.clear()
    changed = many / "甲川县_2023.txt"  # last year's report of another
    changed.write_text(changed.read_text(encoding="utf-8") + "\n另有说明。\n", encoding="utf-8")
    lines = written(many, output).decode("utf-8").splitlines()
    assert set(again) == {"己_空.txt", "庚_别的.md", changed.name}
    assert {number for number, line in enumerate(lines) if MARK in line} == {
        number for number, line in enumerate(lines) if any(f'"file": "{name}川县_2024' in line for name in "乙丙丁戊")
    }
    assert TITLE in next(line for line in lines if '"file": "甲川县_2024' in line)


def test_reports_in_a_zip_file_are_the_same_every_time(many: Path, tmp_path: Path) -> None:
    """Though they are unpacked into another folder."""
    packed = Path(shutil.make_archive(str(tmp_path / "报告"), "zip", many))
    output = tmp_path / "两次.jsonl"
    whole = written(packed, output)
    marked(output)
    assert written(packed, output) == whole.replace(TITLE.encode(), MARK.encode())


def test_what_is_damaged_is_done_again(many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "两次.jsonl"
    whole = written(many, output)
    again = read_again(monkeypatch)
    kept = [*readings(output), *verdicts(output)]
    for number, path in enumerate(kept):
        content = bytearray(path.read_bytes())
        if number % 4 == 0:
            content[len(content) // 2] ^= 1  # one bit, in the middle of what is packed
        elif number % 4 == 1:
            content = content[: len(content) // 2]
        elif number % 4 == 2:
            content = bytearray(sealed(b"[]\n"))  # whole, and not what is expected
        path.write_bytes(content)
    assert written(many, output) == whole
    assert len(set(again)) == 2 + 15


def test_what_is_not_used_any_more_is_taken_away(many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "结果.jsonl"
    written(many, output, "--previous", str(many / "甲川县_2023.txt"))
    held = {path.name for path in cache_folder(output).iterdir()}
    assert len(held) <= 20 + 20 + 1  # readings, verdicts and the lock; last year's report by itself is gone
    for path in many.glob("乙*"):
        path.unlink()
    written(many, output)
    assert (len(readings(output)), len(verdicts(output))) == (16, 16)
    monkeypatch.setenv("ASSISTANT_MAX_CACHE_BYTES", "20000")
    settings.cache_clear()
    written(many, output)
    settings.cache_clear()
    assert sum(path.stat().st_size for path in cache_folder(output).iterdir()) <= 20_000


def test_another_run_with_the_same_output_goes_without(many: Path, tmp_path: Path) -> None:
    output = tmp_path / "结果.jsonl"
    with open_cache(output, report_files([many])) as first, open_cache(output, report_files([many])) as second:
        assert first is not None and second is None
        assert written(many, output)
        assert not verdicts(output)


@pytest.mark.skipif(os.name == "nt", reason="a link needs a right of its own")
def test_a_link_in_place_of_the_cache_is_not_followed(many: Path, tmp_path: Path) -> None:
    output, elsewhere = tmp_path / "结果.jsonl", tmp_path / "别处"
    elsewhere.mkdir()
    cache_folder(output).symlink_to(elsewhere)
    assert written(many, output)
    assert not list(elsewhere.iterdir())


def test_verdicts_of_other_options_are_not_used(many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "两次.jsonl"
    written(many, output)
    marked(output)
    again = read_again(monkeypatch)
    told = written(many, output, "--resume", "--select", "T3").decode("utf-8")
    assert TITLE in told and MARK not in told
    assert set(again) == {"己_空.txt", "庚_别的.md"}


@pytest.mark.parametrize("changed", ["program", "packages", "limits"])
def test_what_another_program_made_is_not_used(
    changed: str, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "两次.jsonl"
    written(many, output)
    marked(output)
    again = read_again(monkeypatch)
    other = tmp_path / "other"
    (other / "reader-1.0.dist-info").mkdir(parents=True)
    (other / "rules.py").write_text("RULES = ()\n", encoding="utf-8")
    if changed == "program":
        monkeypatch.setattr(cache, "_PACKAGE", other)
    elif changed == "packages":
        monkeypatch.syspath_prepend(other)
    else:
        monkeypatch.setenv("ASSISTANT_MAX_TABLE_ROWS", "1999")
    for kept in (cache._program_digest, settings):
        kept.cache_clear()
    told = written(many, output, "--resume").decode("utf-8")
    monkeypatch.undo()
    for kept in (cache._program_digest, settings):
        kept.cache_clear()
    assert len(set(again)) == 22
    assert (MARK in told, TITLE in told) == ((True, False) if changed == "limits" else (False, True))  # read the same


def test_documents_are_made_again_where_they_are_not_as_they_were(many: Path, tmp_path: Path) -> None:
    """With --resume what a person wrote into a document stays; a document that is gone is made."""
    folder = tmp_path / "页"
    call = ["check", str(many), "--jobs", "1", "--format", "html", "-o", str(folder), "--no-library"]
    assert run(call) == 2
    pages = sorted(path for path in folder.iterdir() if path.name != "index.html")
    made = {path.name: path.read_bytes() for path in pages}
    os.utime(pages[0], (1, 1))
    pages[1].write_text("有人写了字", encoding="utf-8")
    pages[2].unlink()
    assert run([*call, "--resume"]) == 2
    assert pages[0].stat().st_mtime == 1 and pages[1].read_text(encoding="utf-8") == "有人写了字"
    assert pages[2].read_bytes() == made[pages[2].name]
    assert run([*call, "--overwrite"]) == 2
    assert pages[0].stat().st_mtime == 1
    assert {path.name: path.read_bytes() for path in pages} == made


def test_what_a_package_puts_on_the_path_is_no_other_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ray does when it is loaded: with --cluster and without it is the same program."""
    inside = tmp_path / "site-packages" / "ray" / "thirdparty_files"
    (inside / "psutil-7.0.dist-info").mkdir(parents=True)
    cache._program_digest.cache_clear()
    before = cache._program_digest()
    monkeypatch.syspath_prepend(inside)
    cache._program_digest.cache_clear()
    assert cache._program_digest() == before


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
@pytest.mark.parametrize(
    ("form", "jobs", "counties"), [("jsonl", 2, COUNTIES + "己庚辛壬癸"), ("html", 2, "甲乙丙"), ("word", 1, "甲乙")]
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
    finished = len(verdicts(output))
    written = [path for path in output.iterdir() if not path.name.startswith(".")] if output.is_dir() else []
    before = {path: path.stat().st_mtime_ns for path in written}
    assert finished >= 3
    assert run([*call, "--resume"]) == 2
    assert not list(temporary.iterdir())
    left = [path for path, changed in before.items() if path.stat().st_mtime_ns == changed]
    assert not before or len(left) == finished
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
    while len(verdicts(output)) < results:
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


def test_what_cannot_be_taken_up_is_told(many: Path) -> None:
    with pytest.raises(AssistantError, match="接着做") as caught:
        run(["check", str(many), "--resume"])
    assert caught.value.help
