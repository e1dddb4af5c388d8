"""Ctrl-C at any time: one line that says how to go on, exit code 130, no traceback from any process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from many_reports import save

from assistant.batch.workers import Workers

ROOT = Path(__file__).parent.parent
_WAIT = 60.0
pytestmark = pytest.mark.skipif(os.name != "posix", reason="sends signals to a group of processes")


def pressed(*command: str, when: Callable[[], bool], cwd: Path, presses: int = 1) -> tuple[int, str]:
    """The exit code and all that was said, of a program whose whole group hears Ctrl-C once ``when`` is so."""
    with subprocess.Popen(
        [sys.executable, *command], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "ASSISTANT_EMBEDDINGS": "none"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:  # fmt: skip
        ends = time.monotonic() + _WAIT
        while not when():
            assert process.poll() is None and time.monotonic() < ends
            time.sleep(0.005)
        for _ in range(presses):
            os.killpg(process.pid, signal.SIGINT)
            time.sleep(0.02)
        said = process.communicate(timeout=_WAIT)[0].decode()
    assert "Traceback" not in said and "Exception ignored" not in said, said
    return process.returncode, said


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    first = save(folder, "甲川县_0.txt").read_bytes()
    for number in range(1, 400):
        (folder / f"甲川县_{number}.txt").write_bytes(first)
    return folder


@pytest.mark.parametrize(("jobs", "presses"), [("1", 1), ("2", 1), ("2", 4)])
def test_a_check_says_how_to_go_on(many: Path, tmp_path: Path, jobs: str, presses: int) -> None:
    command = [
        "-m",
        "assistant",
        "check",
        str(many),
        "--no-library",
        "--jobs",
        jobs,
        "--format",
        "jsonl",
        "-o",
        "结果.jsonl",
    ]
    code, said = pressed(
        *command, when=lambda: any(tmp_path.glob(".结果.jsonl.cache/*.verdict")), cwd=tmp_path, presses=presses
    )
    assert (code, said.strip()) == (130, "已中断；查完的都已记下，再运行一次加 --resume 接着做。")


def _deaf(_: int) -> bool:
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_processes_are_deaf_from_their_first_moment() -> None:
    """What a process does of its own once it is loaded is too late: loading takes a second."""
    with Workers(2) as workers:
        assert list(workers.in_order(_deaf, range(4), _deaf)) == [True] * 4
    assert not _deaf(0), "this one hears again"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_ingest_says_that_it_goes_on(many: Path, tmp_path: Path, jobs: str) -> None:
    command = ["-m", "assistant", "--library", "库", "ingest", str(many), "--jobs", jobs]
    code, said = pressed(*command, when=(tmp_path / "库" / "catalog.sqlite3").exists, cwd=tmp_path)
    assert code == 130 and said.strip().endswith("已中断；已写入的资料都在，再运行一次会接着做。")


@pytest.mark.parametrize("loading", ["assistant.check", "assistant.cli", "typer.main"])
def test_while_the_program_loads(loading: str, tmp_path: Path) -> None:
    program = (
        "import os, runpy, signal, sys\n"
        "class Press:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {loading!r}: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Press())\n"
        "sys.argv = ['-m', 'rules']\n"
        "runpy.run_module('assistant', run_name='__main__', alter_sys=True)\n"
    )
    assert pressed("-c", program, when=lambda: True, cwd=tmp_path, presses=0) == (130, "已中断。\n")


def test_a_library_keeps_its_callers_handler(tmp_path: Path) -> None:
    program = "import signal, assistant; print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)"
    assert pressed("-c", program, when=lambda: True, cwd=tmp_path, presses=0) == (0, "True\n")


def test_what_is_slow_to_stop_says_so_at_once(tmp_path: Path) -> None:
    """A library that does not let the interpreter answer: here one long wait in C."""
    program = (
        "import threading, os, signal, hashlib\n"
        "from assistant.interrupts import heard\n"
        "press = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))\n"
        "try:\n"
        "    with heard():\n"
        "        press.start()\n"
        "        hashlib.pbkdf2_hmac('sha256', b'a', b'b', 6_000_000)\n"
        "except KeyboardInterrupt:\n"
        "    print('ended', flush=True)\n"
    )
    assert pressed("-c", program, when=lambda: True, cwd=tmp_path, presses=0) == (
        0, "正在停下：做完手上的一步就停。\nended\n",
    )  # fmt: skip
