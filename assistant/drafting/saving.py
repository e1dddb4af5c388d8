"""Writing a draft to a file in the format that its name asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.drafting.manuscript import Drafted
from assistant.drafting.publish import markdown
from assistant.drafting.word import docx
from assistant.errors import AssistantError

__all__ = ["WRITERS", "save", "writable"]


def _write_markdown(drafted: Drafted, path: Path) -> None:
    path.write_text(markdown(drafted), encoding="utf-8", newline="\n")


WRITERS: dict[str, Callable[[Drafted, Path], None]] = {".docx": docx, ".md": _write_markdown}


def writable(path: Path, *, overwrite: bool = False) -> None:
    """Raise before any work is done when ``path`` cannot take a report.

    Raises:
        AssistantError: an unknown format, no such folder, or a file is there already and ``overwrite`` is false.
    """
    if path.suffix.lower() not in WRITERS:
        known = "、".join(WRITERS)
        raise AssistantError(f"不能写成“{path.suffix or '无扩展名'}”格式", where=str(path), help=f"可以写成：{known}。")
    if not path.parent.is_dir():
        raise AssistantError("没有这个文件夹", where=str(path.parent), help="请先建立文件夹，或换一个位置。")
    if path.exists() and not overwrite:
        raise AssistantError("文件已经存在，没有覆盖", where=str(path), help="换一个文件名，或加 --overwrite 覆盖。")


def save(drafted: Drafted, path: Path, *, overwrite: bool = False) -> None:
    """Write the report to ``path``.

    Raises:
        AssistantError: as ``writable``, or the file cannot be written.
    """
    writable(path, overwrite=overwrite)
    try:
        WRITERS[path.suffix.lower()](drafted, path)
    except OSError as error:
        raise AssistantError(
            f"无法写入文件（{error.strerror or error}）",
            where=str(path),
            help="请检查磁盘空间和权限，或先关闭打开它的程序。",
        ) from error
