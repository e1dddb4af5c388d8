"""Conversations kept in the library's folder, a file each, readable by their owner alone."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.asking.result import Answer
from assistant.errors import LibraryError, reason

__all__ = ["KEPT", "LONGEST", "History", "Turn"]

KEPT = 50  # conversations; the oldest goes when one more begins
LONGEST = 200  # turns that are taken up again: what was said before them is hardly asked on


class Turn(BaseModel):
    """A question as typed, as it was understood, and its answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    asked: str
    understood: str
    answer: Answer


class History:
    """The conversations of one library folder. Nothing is written before the first turn."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "conversations"
        self._file: Path | None = None

    def resume(self) -> list[Turn]:
        """The turns of the newest conversation, which goes on in the same file.

        Raises:
            LibraryError: no conversation is kept here, or it cannot be read.
        """
        files = self._files()
        if not files:
            raise LibraryError(
                "没有可以继续的对话", where=str(self.folder), help="请不带 --continue 开始一次新的对话。"
            )
        try:
            lines = files[-1].read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError as error:
            raise LibraryError(
                f"无法读取上次的对话（{reason(error)}）", where=str(files[-1]), help="请检查文件的权限。"
            ) from error
        self._file = files[-1]
        return list(_turns(lines[-LONGEST:]))

    def add(self, turn: Turn) -> None:
        """Keep one more turn.

        Raises:
            LibraryError: the folder cannot be written.
        """
        try:
            if self._file is None:
                self._file = self._begin()
            with self._file.open("a", encoding="utf-8", newline="\n") as out:
                out.write(turn.model_dump_json() + "\n")
        except OSError as error:
            raise LibraryError(
                f"无法保存对话（{reason(error)}）",
                where=str(self.folder),
                help="请检查文件夹的权限和磁盘空间。",
            ) from error

    def _begin(self) -> Path:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        for old in self._files()[: -(KEPT - 1)]:
            old.unlink(missing_ok=True)
        # Two conversations may begin in the same second.
        path = self.folder / f"{datetime.now():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(2)}.jsonl"
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        return path

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("*.jsonl"))


def _turns(lines: list[str]) -> Iterator[Turn]:
    """Lines that can be read; one that was cut off (a full disk, a killed process) is left out."""
    for line in lines:
        try:
            yield Turn.model_validate_json(line)
        except ValidationError:
            continue
