"""Files that were uploaded: bytes with a limit, in a folder of ours, under names of our own making."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from starlette.datastructures import UploadFile

from assistant.patterns import regex
from assistant.settings import settings
from assistant.text import clean
from assistant.web.answers import Fault

__all__ = ["plain_name", "stored"]

_KEPT = regex(r"[^\w.\-()（）〔〕【】《》“”、，·]+")
_LONGEST = 60  # characters without the suffix: with three bytes each a name fits every file system
_LONGEST_SUFFIX = 8
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})


def plain_name(name: str, instead: str = "报告") -> str:
    """What is left of the name of a file when nothing in it can be a path, hide anything or trip a file system."""
    last = clean(name).replace("\\", "/").rpartition("/")[2]
    stem, dot, suffix = last.rpartition(".")
    if not dot:
        stem, suffix = last, ""
    stem = _KEPT.sub("_", stem).strip("._ ")[:_LONGEST] or instead
    suffix = "".join(each for each in suffix.lower() if each.isascii() and each.isalnum())[:_LONGEST_SUFFIX]
    if stem.lower() in _RESERVED:
        stem = f"_{stem}"
    return f"{stem}.{suffix}" if suffix else stem


def stored(upload: UploadFile | Any, folder: Path, instead: str = "报告") -> Path:
    """Write what was uploaded into ``folder``, which is made.

    Raises:
        Fault: it is larger than readers take.
    """
    name = plain_name(upload.filename or "", instead)
    most = settings().max_file_bytes
    if (upload.size or 0) > most:
        raise Fault(
            413,
            f"文件过大（上限{most // 1024 // 1024}MB）",
            where=name,
            help="请确认这是一份年度报告，压缩图片后再试。",
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    upload.file.seek(0)
    with path.open("xb") as out:
        shutil.copyfileobj(upload.file, out)
    return path
