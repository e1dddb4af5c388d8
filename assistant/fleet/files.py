"""Which files are checked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assistant.errors import UnreadableReport
from assistant.readers import IN_FOLDERS

__all__ = ["report_files"]


def report_files(paths: Iterable[Path]) -> list[Path]:
    """The files themselves; of a folder, every file in it and below that a reader is there for, by name.

    Raises:
        UnreadableReport: a folder without such a file.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(
                file
                for file in path.rglob("*")
                # ~$ files are what Word leaves beside a document that is open.
                if file.suffix.lower() in IN_FOLDERS and file.is_file() and not file.name.startswith((".", "~$"))
            )
            if not inside:
                raise UnreadableReport(
                    "文件夹里没有可以读取的报告", where=str(path), help=f"可以读取：{'、'.join(sorted(IN_FOLDERS))}。"
                )
            found += inside
        else:
            found.append(path)
    return found
