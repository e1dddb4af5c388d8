"""Every dependency is reviewed: its reason, and the very version that is pinned; every limit is told where people look."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from assistant.settings import Settings

ROOT = Path(__file__).parent.parent
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    named = {plain(match[0]) for each in lists for line in each if (match := NAME.match(line))}
    return named - {plain(project["name"])}


def pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {plain(name): version for name, _, version in (line.partition("==") for line in lines) if version}


def reviewed() -> dict[str, str]:
    """Name → version of the last table of the review."""
    review = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").rpartition("| 库 | 查看的版本 |")[2]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in review.splitlines()[2:] if "|" in line]
    return {plain(name): version for name, version, _ in rows}


def test_every_dependency_was_reviewed_at_the_version_that_is_pinned() -> None:
    found, pins = reviewed(), pinned()
    assert wanted() - set(found) == set(), "add a row to the review in docs/dependencies.md"
    changed = {name: (version, pins.get(name)) for name, version in found.items() if pins.get(name) != version}
    assert changed == {}, "look at these again and say so in docs/dependencies.md: (reviewed, pinned)"


def test_every_dependency_has_its_reason() -> None:
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").partition("## 审查")[0].lower()
    unexplained = {name for name in wanted() if not name.startswith("types-") and name not in reasons}
    assert unexplained <= {"hatchling"}, "what builds the package needs none"


@pytest.mark.parametrize(
    "name", [name for name in Settings.model_fields if name.startswith(("max_", "pdf_", "scan_", "llm_max_"))]
)
def test_every_limit_is_told_with_the_setting_that_changes_it(name: str) -> None:
    assert f"`ASSISTANT_{name.upper()}`" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")
