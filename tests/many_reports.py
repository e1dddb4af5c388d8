"""Folders of reports that are checked together."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dossiers import dossier, printed

COPIED = "各村民小组推选一名政策联络员，每月到乡镇专区领取新政策的要点，回去念给不识字的老人听，再把问题带回来。"
WRONG: dict[str, Any] = {"figures": {"requests.received.total": 25}}
COUNTIES = "甲乙丙丁戊"


def save(folder: Path, name: str, **spec: Any) -> Path:
    path = folder / name
    path.write_text(printed(dossier(spec).report), encoding="utf-8")
    return path


def fill(folder: Path, counties: Iterable[str] = COUNTIES) -> Path:
    """Counties with towns and last year's reports, one file that is none, one without figures."""
    folder.mkdir()
    for county in (f"{name}川县" for name in counties):
        save(folder, f"{county}_2024.txt", unit=f"{county}人民政府", add={"overview": COPIED}, **WRONG)
        save(folder, f"{county}_2023.txt", unit=f"{county}人民政府", year=2023)
        for town in ("东山镇", "西河乡"):
            save(folder, f"{county}{town}_2024.txt", unit=f"{county}{town}人民政府")
    (folder / "己_空.txt").write_bytes(b"")
    (folder / "庚_别的.md").write_text("# 会议通知\n\n请准时参加。\n", encoding="utf-8")
    return folder
