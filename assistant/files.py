"""Files that a command writes for a person: never over what is there, and failures say what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import AssistantError, reason

__all__ = ["writable", "writing"]


def writable(
    path: Path, suffixes: Sequence[str], *, overwrite: bool = False, way_out: str = "请换一个文件名。"
) -> None:
    """Raise before any work is done when ``path`` cannot take a file of one of these formats.

    Raises:
        AssistantError: an unknown format, no such folder, or a file is there already and ``overwrite`` is false;
            ``way_out`` says what to do then.
    """
    if path.suffix.lower() not in suffixes:
        known = "、".join(suffixes)
        raise AssistantError(f"不能写成“{path.suffix or '无扩展名'}”格式", where=str(path), help=f"可以写成：{known}。")
    if not path.parent.is_dir():
        raise AssistantError("没有这个文件夹", where=str(path.parent), help="请先建立文件夹，或换一个位置。")
    if path.is_dir() or (path.exists() and not overwrite):
        raise AssistantError("文件已经存在，没有覆盖", where=str(path), help=way_out)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """For what is written inside.

    Raises:
        AssistantError: the system refused to write.
    """
    try:
        yield
    except OSError as error:
        raise AssistantError(
            f"无法写入文件（{reason(error)}）",
            where=str(path),
            help="请检查磁盘空间和权限，或先关闭打开它的程序。",
        ) from error
