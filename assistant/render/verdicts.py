"""Writing verdicts in the format that was asked for, to the screen or to a file, each as soon as it is there."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console

from assistant.check import Checked
from assistant.files import writing
from assistant.logs import step
from assistant.render.console import console, show_verdict
from assistant.render.documents import DOCUMENTS, refuse_inputs, same_files, write_documents
from assistant.render.json import dumps, verdict_json
from assistant.render.summary_rows import SummaryRow, summary_row
from assistant.text import name_of, printable

__all__ = ["say_written", "targets_of", "write_verdicts"]

_OVERVIEW = "index.html"


def say_written(path: Path, *, aside: bool = False) -> None:
    """That a file is there; ``aside`` where the results themselves go to the screen."""
    print(f"已写入{printable(str(path))}", file=sys.stderr if aside else sys.stdout)


def targets_of(form: str, output: Path | None, documents: Sequence[Path]) -> list[Path]:
    """All files that ``write_verdicts`` writes."""
    overview = [output / _OVERVIEW] if output and form == "html" and len(documents) > 1 else []
    return [*documents, *overview] or ([output] if output else [])


def write_verdicts(
    files: Sequence[Path],
    checked: Iterable[Checked],
    form: str,
    output: Path | None,
    documents: Sequence[Path] = (),
    *,
    unchecked: bool = False,
    lists: bool = False,
) -> list[SummaryRow]:
    """Write what was found in ``files`` and give a row for each. ``form`` is console, json, jsonl, html or word; of the
    last two each file has its place among ``documents``, and several html pages get an overview beside them.
    ``unchecked`` lists in the terminal which numbers were not checked; ``lists`` keeps them, and the mends, in the
    rows.

    Raises:
        AssistantError: the output file cannot be written, or is one of the reports.
    """
    rows: list[SummaryRow] = []
    kept = 0
    if form in DOCUMENTS:
        for item, path in write_documents(files, checked, form, documents):
            rows.append(summary_row(item, path, lists=lists))
            kept += item.document is not None
            if item.error:
                print(item.error, file=sys.stderr)
            elif path and len(documents) == 1:
                say_written(path)
        if len(documents) > 1:
            written = sum(not row.failed for row in rows)
            unchanged = f"（其中{kept}份没有变化，没有重写）" if kept else ""
            print(f"已写入{printable(str(documents[0].parent))}：{written}份{unchanged}")
        if form == "html" and len(files) > 1 and output:
            _overview(rows, output / _OVERVIEW, files)
        return rows
    if output is None:
        return list(_written(files, checked, form, sys.stdout, console(), unchecked, lists))
    refuse_inputs(output, same_files(files))
    with writing(output) as aside, aside.open("w", encoding="utf-8") as stream:
        wide = Console(file=stream, width=160, highlight=False, emoji=False)
        rows += _written(files, checked, form, stream, wide, unchecked, lists)
    say_written(output)
    return rows


def _overview(rows: Sequence[SummaryRow], path: Path, files: Sequence[Path]) -> None:
    from assistant.render.overview import overview_page  # only who asks for pages loads the template engine

    refuse_inputs(path, same_files(files))
    with writing(path) as aside, step("render", path):
        aside.write_text(overview_page(rows, path), encoding="utf-8")
    say_written(path)


def _written(
    files: Sequence[Path], checked: Iterable[Checked], form: str, stream: TextIO, out: Console, unchecked: bool,
    lists: bool
) -> Iterator[SummaryRow]:  # fmt: skip
    """Write each result and give its row; JSON, being one value, is written at the end."""
    listed: list[dict[str, Any]] = []
    for item in checked:
        if item.error:
            print(item.error, file=sys.stderr)
        if form == "jsonl":
            stream.write(dumps(_item_json(item), indent=None) + "\n")
        elif form == "json":
            listed.append(_item_json(item))
        elif item.report and item.verdict:
            show_verdict(item.report, item.verdict, out, unchecked=unchecked)
        yield summary_row(item, lists=lists)
    if form == "json":
        stream.write(dumps(listed[0] if len(files) == 1 else listed) + "\n")


def _item_json(item: Checked) -> dict[str, Any]:
    if item.report and item.verdict:
        return verdict_json(item.report, item.verdict)
    return {"file": name_of(item.path), "error": str(item.error)}
