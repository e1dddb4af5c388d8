"""Writing verdicts in the format that was asked for, to the screen or to a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console

from assistant.check import Checked
from assistant.errors import AssistantError
from assistant.render.console import console, show_verdict
from assistant.render.documents import DOCUMENTS, refuse_inputs, write_documents
from assistant.render.json import dumps, verdict_json

__all__ = ["write_verdicts"]


def write_verdicts(checked: Sequence[Checked], form: str, output: Path | None) -> None:
    """``form`` is console, json, jsonl, html or word; the last two are files always.

    Raises:
        AssistantError: the output file cannot be written, or is one of the reports.
    """
    if output:
        refuse_inputs([output], checked)
    if form in DOCUMENTS:
        for item in checked:
            if item.error:
                print(item.error, file=sys.stderr)
        for path in write_documents(checked, form, output):
            print(f"已写入{path}")
        return
    if output is None:
        _write(checked, form, sys.stdout, console())
        return
    try:
        with output.open("w", encoding="utf-8") as stream:
            _write(checked, form, stream, Console(file=stream, width=160, highlight=False, emoji=False))
    except OSError as error:
        raise AssistantError(
            f"无法写入文件（{error.strerror or error}）", where=str(output), help="请检查文件夹是否存在、是否可写。"
        ) from error


def _write(checked: Sequence[Checked], form: str, stream: TextIO, out: Console) -> None:
    if form == "console":
        for item in checked:
            if item.report and item.verdict:
                show_verdict(item.report, item.verdict, out)
            else:
                print(item.error, file=sys.stderr)
        return
    rows = list(_rows(checked))
    if form == "jsonl":
        stream.writelines(dumps(row, indent=None) + "\n" for row in rows)
    else:
        stream.write(dumps(rows[0] if len(rows) == 1 else rows) + "\n")


def _rows(checked: Sequence[Checked]) -> Iterator[dict[str, Any]]:
    for item in checked:
        if item.report and item.verdict:
            yield verdict_json(item.report, item.verdict)
        else:
            yield {"file": item.path.name, "error": str(item.error)}
            print(item.error, file=sys.stderr)
