"""Each hostile file ends, at the cost of a few reports and within 500 MiB, in a clear error or a bounded result.

It reaches nothing else. Ten seconds where a report takes .4: told as a ratio, for machines differ.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import generate
import pytest

from assistant.errors import UnreadableReport
from assistant.readers import read

TIMES, LEAST, PATIENCE, MEBIBYTES, CHARACTERS = 25, 0.4, 90, 500, 4_000_000
# A process between pytest and the program: what pytest itself once held would count for a child that it starts.
MEASURE = """
import json, os, resource, subprocess, sys, threading, time
seconds, out, *command = sys.argv[1:]
roof = 8 << 30  # so that a fault does not take the machine along
with open(out + ".out", "wb") as told, open(out + ".err", "wb") as wrong:
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=told, stderr=wrong, start_new_session=True,
                             preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (roof, roof)))
    end = threading.Timer(float(seconds), lambda: os.killpg(child.pid, 9))
    end.start()
    _, status, used = os.wait4(child.pid, 0)
    end.cancel()
unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
# On a busy machine the clock runs on while the program waits; with many threads its own time runs faster than the clock.
took = min(time.monotonic() - start, used.ru_utime + used.ru_stime) if os.WIFEXITED(status) else float(seconds)
print(json.dumps({"code": os.waitstatus_to_exitcode(status), "seconds": took,
                  "mebibytes": used.ru_maxrss / unit}))
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="measures with wait4 and limits of POSIX")


@dataclass(frozen=True)
class Ended:
    """How one call of ``assistant read`` ended."""

    code: int
    seconds: float
    mebibytes: float
    out: str
    err: str


@pytest.fixture
def lure(tmp_path: Path) -> Iterator[tuple[generate.Lure, socket.socket]]:
    """A file and an address that nobody may open, and the listener that would notice."""
    secret = tmp_path / "lure" / "secret.txt"
    secret.parent.mkdir()
    secret.write_text(generate.SECRET, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield generate.Lure(secret, f"http://127.0.0.1:{listener.getsockname()[1]}"), listener


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> float:
    """Seconds of processor for a sound report: the measure of all others."""
    sound = Path(__file__).parents[2] / "corpus" / "reports"
    return ended(min(sound.rglob("*.md")), tmp_path_factory.mktemp("ordinary")).seconds


def made(name: str, folder: Path, bait: generate.Lure) -> Path:
    """The file, made by another process: this one stays small."""
    command = [sys.executable, "-W", "ignore", generate.__file__, str(folder), name, str(bait.file), bait.url]
    subprocess.run(command, check=True, timeout=60)
    return folder / name


def ended(path: Path, work: Path) -> Ended:
    empty = work / "elsewhere"
    empty.mkdir()
    command = [sys.executable, "-m", "assistant", "read", "--json", str(path)]
    measured = subprocess.run(
        [sys.executable, "-c", MEASURE, str(PATIENCE), str(work / "told"), *command],
        capture_output=True, text=True, check=True, cwd=empty,
    )  # fmt: skip
    assert list(empty.iterdir()) == []  # nothing is written where the program is called either
    out, err = (work.joinpath(f"told.{kind}").read_text(encoding="utf-8", errors="replace") for kind in ("out", "err"))
    return Ended(**json.loads(measured.stdout), out=out, err=err)


@pytest.mark.parametrize("name", generate.FILES)
def test_it_ends_in_a_clear_error_or_a_bounded_result(
    name: str, tmp_path: Path, lure: tuple[generate.Lure, socket.socket], ordinary: float
) -> None:
    bait, listener = lure
    path = made(name, tmp_path / "in", bait)
    before = path.stat()
    end = ended(path, tmp_path)
    told = f"{name}: {end.code} after {end.seconds:.1f} s, {end.mebibytes:.0f} MiB\n{end.err[:400]}"
    assert end.code in (0, 2), told
    assert end.seconds < TIMES * max(ordinary, LEAST) and end.mebibytes < MEBIBYTES, told
    assert "Traceback" not in end.err and "程序出错" not in end.err, told
    if end.code == 2:
        assert "怎么办" in end.err and path.name in end.err, told
    else:
        assert json.loads(end.out)["figures"] is not None and len(end.out) < CHARACTERS, told
    assert generate.SECRET not in end.out + end.err
    assert [*path.parent.iterdir()] == [path] and path.stat().st_mtime_ns == before.st_mtime_ns
    with pytest.raises(BlockingIOError):
        listener.accept()


@pytest.mark.parametrize("name", generate.SMALL)
def test_nonsense_under_every_suffix_is_refused_with_a_way_out(
    name: str, tmp_path: Path, lure: tuple[generate.Lure, socket.socket]
) -> None:
    path = generate.make(name, tmp_path / "in", lure[0])
    with pytest.raises(UnreadableReport) as caught:
        read(path)
    assert caught.value.help and caught.value.where == str(path)
    assert [*path.parent.iterdir()] == [path]


def test_the_measure_sees_time_memory_and_the_way_it_ended(tmp_path: Path) -> None:
    """A test that cannot fail is none: a program that takes too much, and too long, is seen to."""
    for patience, code, check in (
        (PATIENCE, "x = b'1' * (600 << 20)", lambda told: told["code"] == 0 and told["mebibytes"] > MEBIBYTES),
        (1, "import time; time.sleep(600)", lambda told: told["code"] == -9 and told["seconds"] == 1),
        (PATIENCE, "raise SystemExit(2)", lambda told: told["code"] == 2 and told["mebibytes"] < MEBIBYTES),
    ):
        command = [sys.executable, "-c", MEASURE, str(patience), str(tmp_path / "told"), sys.executable, "-c", code]
        told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        assert check(told), (code, told)
