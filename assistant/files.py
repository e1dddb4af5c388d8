"""Files that a command writes for a person: never over what is there, whole or not at all, and failures say what to
do."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from assistant.errors import AssistantError, reason

__all__ = ["WAY_OUT", "no_room_in", "own_file", "refusals_told", "writable", "writing"]

WAY_OUT = "换一个文件名，或加 --overwrite 覆盖。"
"""What to do where a file is there already."""
_PROBE_MEBIBYTES = 16  # an index of a few reports; where there is less, the next run meets the end of the disk


def writable(path: Path, suffixes: Sequence[str], *, overwrite: bool = False, way_out: str = WAY_OUT) -> None:
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
def writing(path: Path) -> Iterator[Path]:
    """Where to write what is to become ``path``: a file beside it, of the same format, that takes its place when the
    block ends. Whatever stops it before, a full disk among it, leaves ``path`` as it was. No link is followed.

    Raises:
        AssistantError: the system refused to write, or ``path`` is a pipe or a device: to open one may wait for ever,
            and nothing can take its place.
    """
    if path.exists() and not path.is_file():
        raise AssistantError("不是普通文件，不能写入", where=str(path), help="请换一个文件名；要在屏幕上看，不写 -o。")
    aside = path.with_name(f".{path.stem}.part{path.suffix}")
    with refusals_told(path):
        try:
            aside.unlink(missing_ok=True)  # of a run that was killed, or a link that somebody laid here
            os.close(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
            yield aside
            if path.is_file():
                shutil.copymode(path, aside)
            aside.replace(path)
        finally:
            with suppress(OSError):
                aside.unlink(missing_ok=True)


@contextmanager
def refusals_told(path: Path) -> Iterator[None]:
    """For what is written to ``path`` inside.

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


def no_room_in(folder: Path) -> str:
    """Why nothing more can be written to ``folder``; empty where some megabytes can. For what fails without saying
    why."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            for _ in range(_PROBE_MEBIBYTES):
                probe.write(bytes(2**20))
                probe.flush()
    except OSError as error:
        return reason(error)
    return ""


def own_file(path: Path, flags: int) -> int:
    """Open a file of the program's own, for its owner alone; made where it is not there.

    Raises:
        OSError: a link stands there, a pipe, or the system refuses.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise OSError(errno.ELOOP if path.is_symlink() else errno.EEXIST, "not a file of ours", str(path))
    no_links = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    return os.open(path, flags | os.O_CREAT | no_links, 0o600)
