"""Which files are checked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assistant.errors import UnreadableReport
from assistant.readers import READERS
from assistant.readers.folders import files_in

__all__ = ["report_files"]


def report_files(paths: Iterable[Path]) -> list[Path]:
    """The files themselves; of a folder, the documents in it and below, by name.

    Raises:
        UnreadableReport: a folder without such a file.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = files_in(path)
            if not inside:
                raise UnreadableReport(
                    "文件夹里没有可以读取的报告", where=str(path), help=f"可以读取：{'、'.join(sorted(READERS))}。"
                )
            found += inside
        else:
            found.append(path)
    return found
