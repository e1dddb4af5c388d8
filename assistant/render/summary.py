"""A summary of many checked files, for a spreadsheet or a browser: units × checks, how often each, and every file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.logs import step
from assistant.render.documents import refuse_inputs, same_files
from assistant.render.output import writable, writing
from assistant.render.rows import Row

__all__ = ["SUMMARIES", "summary_place", "write_summary"]

SUMMARIES = (".xlsx", ".html")


def summary_place(path: Path, files: Iterable[Path]) -> None:
    """Raise before any work is done when a summary of ``files`` cannot be written to ``path``.

    Raises:
        AssistantError: an unknown format, no such folder, or one of the files.
    """
    writable(path, SUMMARIES, overwrite=True)
    refuse_inputs(path, same_files(files))


def write_summary(rows: Sequence[Row], path: Path) -> None:
    """Write the summary in the format of ``path``'s suffix, one of ``SUMMARIES``.

    Raises:
        AssistantError: the file cannot be written.
    """
    with writing(path), step("render", path):
        if path.suffix.lower() == ".html":
            from assistant.render.overview import overview_page

            path.write_text(overview_page(rows), encoding="utf-8")
        else:
            from assistant.render.summary_book import save_summary

            save_summary(rows, path)
