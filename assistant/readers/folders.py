"""Which files of a folder are taken for reports."""

from __future__ import annotations

import os
from pathlib import Path

from assistant.readers import IN_FOLDERS
from assistant.readers.own_results import is_result

__all__ = ["files_in"]


def files_in(folder: Path) -> list[Path]:
    """The documents in a folder and below, by name; also those that only another program can open, so that each is told
    of and none passed over in silence. Pictures are left out, they are seldom reports; so are results of a check."""
    return sorted(
        file
        for place, _, names in os.walk(folder)  # unlike rglob, it goes on where something is gone in the meantime
        for file in (Path(place, name) for name in names)
        # ~$ files are what Word leaves beside a document that is open.
        if file.suffix.lower() in IN_FOLDERS and file.is_file() and not file.name.startswith((".", "~$"))
        if not is_result(file)
    )
