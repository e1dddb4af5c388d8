"""The wheel carries prompts and corpus, and works outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import assistant

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(made.glob("*.whl"))


def test_wheel_carries_what_ships(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {
        f"assistant/_shipped/{file.relative_to(ROOT).as_posix()}"
        for name in ("prompts", "corpus")
        for file in (ROOT / name).rglob("*")
        if file.is_file()
    }
    assert shipped and shipped <= names
    manual = (ROOT / "docs" / "手册.md", *(ROOT / "docs" / "pictures").iterdir())
    assert {f"assistant/_shipped/{file.relative_to(ROOT).as_posix()}" for file in manual} <= names
    data = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "assistant").rglob("*.*")
        if file.suffix not in (".py", ".pyc") and file.is_file()
    }
    assert "assistant/render/pages/report.html" in data and data <= names
    assert not any(name.startswith(("tests/", "evals/", "prompts/", "corpus/")) for name in names)


def test_installed_wheel_works_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(installed)
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "ASSISTANT_EMBEDDINGS": "none",
        "PYTHONIOENCODING": "utf-8",
    }
    place = "import assistant, assistant.resources as r; print(assistant.__file__); print(r.folder('corpus'))"
    told = subprocess.run(
        [sys.executable, "-c", place], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.count(str(installed)) == 2
    demo = subprocess.run(
        [sys.executable, "-m", "assistant", "demo"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert demo.returncode == 0, demo.stderr
    assert "97件" in demo.stdout and (tmp_path / "demo-output" / "清源区_2025.docx").exists()


def test_public_names_are_there() -> None:
    assert set(assistant.__all__) == {"Dossier", "Finding", "Report", "Verdict", "ask", "check", "draft", "read"}
    assert all(callable(getattr(assistant, name)) for name in assistant.__all__)


def test_nothing_names_a_registry_or_this_machine() -> None:
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in pins and " @ " not in pins
    assert all("==" in line for line in pins.splitlines() if line and not line.startswith("#"))
