"""One process writes a library at a time; the next waits a little and is then told who holds it."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import LibraryError, reason
from assistant.files import own_file

__all__ = ["write_lock"]

_WAIT_SECONDS = 5.0
_LOCK, _HOLDER = "ingest.lock", "ingest.holder.json"


@contextlib.contextmanager
def write_lock(root: Path) -> Iterator[None]:
    """Hold the library at ``root`` for writing. The system lets go of it when the process ends, however it ends.

    Raises:
        LibraryError: another process has held it for longer than we wait.
    """
    lock, holder = FileLock(root / _LOCK, mode=0o600), root / _HOLDER
    try:
        os.close(own_file(root / _LOCK, os.O_RDWR))  # the lock itself would follow a link and empty what is there
        lock.acquire(timeout=_WAIT_SECONDS)
    except Timeout as error:
        raise LibraryError(
            f"另一个进程正在写这个资料库{_holder_note(holder)}",
            where=str(root / _LOCK),
            help="请等它结束后再试；提问和检查不受影响。",
        ) from error
    except OSError as error:
        raise LibraryError(
            f"资料库写不进去（{reason(error)}）", where=str(root), help="请检查磁盘空间、文件权限。"
        ) from error
    try:
        # Only told to others: where the disk is full they are told less.
        with contextlib.suppress(OSError):
            since = datetime.now().astimezone().isoformat(timespec="seconds")
            holder.unlink(missing_ok=True)
            with os.fdopen(own_file(holder, os.O_WRONLY), "w", encoding="utf-8") as stream:
                stream.write(json.dumps({"pid": os.getpid(), "since": since}))
        yield
    finally:
        with contextlib.suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _holder_note(holder: Path) -> str:
    try:
        if holder.is_symlink() or not holder.is_file():
            return ""
        record = json.loads(holder.read_text(encoding="utf-8"))
        since = datetime.fromisoformat(record["since"])
        return f"（进程号{int(record['pid'])}，从{since:%m月%d日%H:%M:%S}开始）"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
