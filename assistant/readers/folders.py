"""Which files of a folder are taken for reports, and how this program's own results are told from them."""

from __future__ import annotations

import os
import re
from pathlib import Path

__all__ = ["GENERATOR", "RESULT", "files_in"]

# What a check of 报告.docx is called, 报告_检查.docx, and what its web pages call themselves (<meta name="generator">).
RESULT, GENERATOR = "_检查", "assistant: check result"
_RESULT, _HEAD = re.compile(rf"{RESULT}(?:_\d+)?$"), 1000  # bytes: a page of ours names itself before its style


def files_in(folder: Path) -> list[Path]:
    """The documents in a folder and below, by name; also those that only another program can open, so that each is told of
    and none passed over in silence. Pictures are left out, they are seldom reports; so are results of a check."""
    from assistant.readers import IN_FOLDERS

    return sorted(
        file
        for place, _, names in os.walk(folder)  # unlike rglob, it goes on where something is gone in the meantime
        for file in (Path(place, name) for name in names)
        # ~$ files are what Word leaves beside a document that is open.
        if file.suffix.lower() in IN_FOLDERS and file.is_file() and not file.name.startswith((".", "~$"))
        if not _is_result(file)
    )


def _is_result(file: Path) -> bool:
    if _RESULT.search(file.stem):
        return True
    if file.suffix.lower() != ".html":
        return False
    try:
        with file.open("rb") as page:
            return GENERATOR.encode() in page.read(_HEAD)
    except OSError:
        return False  # who reads it will say what is wrong with it
