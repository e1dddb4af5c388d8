"""What the bundle leaves out is not needed: the three jobs run without it, and its own scripts are the only ones it runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bundle.build import LEFT_OUT
from bundle.entry import _own_script

ROOT = Path(__file__).resolve().parent.parent
WITHOUT = f"""
import importlib.abc, sys

class Gone(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {LEFT_OUT!r}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Gone())
sys.argv[0] = "assistant"
from assistant.__main__ import main
main()
"""


def run(*arguments: str | Path, library: Path) -> str:
    command = [sys.executable, "-c", WITHOUT, "--library", str(library), *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONIOENCODING": "utf-8"}
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


def test_the_three_jobs_run_without_what_is_left_out(tmp_path: Path) -> None:
    library, report = tmp_path / "库", ROOT / "corpus" / "reports" / "清源区_2024.md"
    assert "错误0" in run("check", report, library=library)
    run("ingest", report, library=library)
    assert (library / "vectors").is_dir()
    assert "158件" in run("ask", "清源区2024年新收多少件", library=library)
    assert "第三十条" in run("ask", "申请内容不明确怎么办", library=library)
    run("trend", "新收申请", "--unit", "清源区", "-o", tmp_path / "图.svg", library=library)
    assert (tmp_path / "图.svg").read_text(encoding="utf-8").lstrip().startswith("<?xml")


@pytest.mark.parametrize(
    ("arguments", "ours"),
    [
        (["-P", str(ROOT / "bundle" / "entry.py")], True),
        (["-I", "-S", str(ROOT / "bundle" / "build.py"), "{}"], True),
        (["-P", "/tmp/other.py"], False),
        (["-c", "print(1)"], False),
        (["check", str(ROOT / "bundle" / "entry.py")], False),
        (["-P", str(ROOT / "bundle" / ".." / "tests" / "conftest.py")], False),
    ],
)
def test_only_own_scripts_are_run(arguments: list[str], ours: bool) -> None:
    assert (_own_script(arguments) is not None) is ours
