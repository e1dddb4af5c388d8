"""New figures into reports that people have edited: random edits × random changes of figures. By hand:

    python -m evals.refresh [EXAMPLES [SEED]]

Every example is one that hypothesis draws: a drafted report of a made-up office (a third of them without the marks that
a draft leaves), up to 50 edits of a person (words put in and taken out anywhere, also inside figures and cells,
paragraphs added, cut in two, joined and deleted, looks), then up to 20 changes of its tables, its own figures and the
numbers in its notes. Counted is what must not be: characters of people that are ``lost``, cells (``table``) and marked
figures (``figure``) that are not the new ones, figures that stay and are not told (``silent``), errors that the checks
find and nobody was told of (``unclean``). All should be 0.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from docx import Document
from docx.oxml.ns import qn

from assistant.check import check
from assistant.drafting import draft, write_docx
from assistant.drafting.office import Entry, OfficeData, Point
from assistant.drafting.refresh.marks import Found, figures_by_key, marks_in
from assistant.drafting.refresh.refresh import Refreshed
from assistant.drafting.saving import save_refreshed
from assistant.drafting.slots import gather
from assistant.figures.book import Figure
from assistant.figures.dossier import Dossier
from assistant.form import EDITION_2021
from assistant.form.common import OTHERWISE_HANDLED, OUTCOMES
from assistant.readers import read
from assistant.render.word_runs import characters_in
from evals.workbooks import Handed, workbooks

EXAMPLES, OFFICES, SEED = 1000, 8, 23
EDITS, CHANGES = 50, 20
INSERTED = "新写的话手工加在这里请勿改动，"
_WORDS = (INSERTED, "，", "另有3处", "（注）", "申请量明显上升，", "与上年基本持平。", "（含网上）", "同比增长5%，")
_COLUMNS = ("natural_person", "business", "research", "welfare", "legal_service", "other_organisation")
_ROWS = tuple(row.id for row in (*OUTCOMES, *OTHERWISE_HANDLED) if row.id != "concluded")
_FAMILIES = ("review", "litigation.direct", "litigation.after_review")
_CASES = ("upheld", "corrected", "other_outcome", "pending")
_FREE = ("disclosure.licensing.decisions", "disclosure.penalties.decisions", "disclosure.coercion.decisions")
# What a change may be of: a cell that others follow from, an own figure, a number in a note.
CHANGEABLE = (
    *(f"requests.{row}.{column}" for row in (*_ROWS, "carried_out") for column in _COLUMNS),
    *(f"{family}.{case}" for family in _FAMILIES for case in _CASES),
    *_FREE,
    "own",
    "note",
)


class Edit(NamedTuple):
    """One thing that a person does: what, and numbers from 0 to 1 that say where and how much."""

    what: str
    paragraph: float
    run: float
    at: float
    words: str


class Change(NamedTuple):
    of: str
    which: float
    value: int


@dataclass(slots=True)
class Tally:
    """What all examples came to."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def main(examples: int = EXAMPLES, seed: int = SEED) -> int:
    """0 when nothing was found."""
    from hypothesis import HealthCheck, Phase, given, settings, strategies
    from hypothesis import seed as seeded

    share = strategies.floats(0, 1, exclude_max=True)
    edit = strategies.builds(
        Edit, strategies.sampled_from(list(_EDITS)), share, share, share, strategies.sampled_from(_WORDS)
    )
    change = strategies.builds(Change, strategies.sampled_from(CHANGEABLE), share, strategies.integers(0, 400))
    tally = Tally()

    @seeded(seed)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        strategies.integers(0, OFFICES - 1),
        strategies.sampled_from((True, True, False)),
        strategies.lists(edit, min_size=EDITS // 2, max_size=EDITS),
        strategies.lists(change, min_size=1, max_size=CHANGES),
    )
    def example(office: int, marked: bool, edits: list[Edit], changes: list[Change]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            found = list(faults_of(office, edits, changes, Path(folder), tally.counts, marked=marked))
        tally.counts["examples"] += 1
        tally.counts.update(kind for kind, _ in found)
        tally.faults += [f"{kind} {what}　{office} {len(edits)} {changes}" for kind, what in found]

    try:
        example()
    finally:  # who stops it sees how far it came
        print(json.dumps(tally.counts, ensure_ascii=False, indent=1), *tally.faults[:40], sep="\n", flush=True)
    return int(bool(tally.faults))


@cache
def offices() -> tuple[tuple[Handed, bytes], ...]:
    """Made-up offices, and the Word files that are drafted for them."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for handed in workbooks(OFFICES, SEED):
            path = Path(folder) / "报告.docx"
            write_docx(draft(handed.data, previous=handed.previous, force=True), path)
            found.append((handed, path.read_bytes()))
    return tuple(found)


def faults_of(
    office: int, edits: list[Edit], changes: list[Change], folder: Path, counts: Counter[str], *, marked: bool = True
) -> Iterator[tuple[str, str]]:
    """(kind, what) of everything that went wrong in one example; ``counts`` is told how much was looked at."""
    handed, drafted = offices()[office % len(offices())]
    before, after = folder / "改.docx", folder / "新.docx"
    before.write_bytes(drafted)
    edit_word(before, edits, marked=marked)
    data = with_changes(handed.data, changes)
    done = save_refreshed(before, data, after, previous=handed.previous)
    counts["edits"] += len(edits)
    counts["cells and figures written"] += len(done.changed)
    counts["told"] += len(done.turned) + len(done.unplaced)
    yield from _cells(after, data, counts)
    last_year = {metric: cell.value for metric, cell in handed.previous.cells.items()} if handed.previous else None
    yield from _words(before, after, figures_by_key(gather(data, last_year)), done, counts)
    yield from _unclean(before, handed, data, done)


def _cells(after: Path, data: OfficeData, counts: Counter[str]) -> Iterator[tuple[str, str]]:
    report = read(after)
    for metric, entry in data.cells.items():
        counts["cells"] += 1
        if report.value(metric) != entry.value:
            yield "table", f"{metric}：{report.value(metric)}，应为{entry.value}"


def _words(
    before: Path, after: Path, figures: Mapping[str, Figure], done: Refreshed, counts: Counter[str]
) -> Iterator[tuple[str, str]]:
    was, now = (list(marks_in(Document(str(path)).element.body)) for path in (before, after))
    intact = {found.element.get(qn("w:id")) for found in was if found.untouched}
    old, new = masked(before, intact), masked(after, intact)
    counts["characters"] += len(old)
    if old != new:
        yield "lost", f"{len(old)}字，{len(new)}字"
    for one, other in zip(was, now, strict=True):
        counts["marked figures"] += 1
        yield from _figure(one, other, figures.get(one.key), done)


def _figure(one: Found, other: Found, figure: Figure | None, done: Refreshed) -> Iterator[tuple[str, str]]:
    """A marked figure is the new one; one that people changed is the new one within their words, or told."""
    if figure is None:
        if one.text and one.whole and not any(f"“{one.text}”" in line for line in done.unplaced):
            yield "silent", one.text
    elif one.untouched and other.text != figure.text:
        yield "figure", f"{other.text}，应为{figure.text}"
    elif not one.untouched and figure.text not in other.text:
        told = (f"“{one.text}”", "已被删去", "标记被拆开")
        if not any(each in line for line in done.unplaced for each in told):
            yield "silent", f"{one.text}，新数据{figure.text}"


def _unclean(before: Path, handed: Handed, data: OfficeData, done: Refreshed) -> Iterator[tuple[str, str]]:
    """Errors where no edit had made one before, and where nobody was told to look."""
    known = {"unit": data.unit, "year": data.year}
    report = read(before).model_copy(update=known)
    stood = {finding.where for finding in check(Dossier(report, handed.previous)).findings}
    told = "\n".join((*done.turned, *done.unplaced))
    for finding in done.findings:
        if finding.severity == "error" and finding.where not in stood and finding.where not in told:
            yield "unclean", f"{finding.code} {finding.where} {finding.message}「{finding.quote[:60]}」"


def masked(path: Path, intact: set[str | None]) -> str:
    """All text outside the tables, figures under the intact marks as □ and other digits gone: what nobody may
    change."""
    body = Document(str(path)).element.body
    told: dict[tuple[Any, int], str] = {}
    for found in marks_in(body):
        if found.element.get(qn("w:id")) in intact:
            told |= {(each.element, each.at): "□" if n == 0 else "" for n, each in enumerate(found.characters)}
    text = "\n".join(
        "".join(told.get((each.element, each.at), each.text) for each in characters_in(paragraph))
        for paragraph in body.iterchildren(qn("w:p"))
    )
    return re.sub(r"[\d,.]", "", text)


# What people do to a text.


def edit_word(path: Path, edits: list[Edit], *, marked: bool = True) -> None:
    """Edit a Word file in place; without ``marked`` its hidden marks are gone, as after a copy into another file."""
    word = Document(str(path))
    if not marked:
        for element in list(word.element.body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            element.getparent().remove(element)
    for edit in edits:
        _EDITS[edit.what](word, edit)
    word.save(str(path))


def _paragraph(word: Any, edit: Edit) -> Any:
    body = [p for p in word.paragraphs if p.runs and not p.style.name.startswith("Heading")][1:]
    return body[int(edit.paragraph * len(body))] if body else None


def _run(paragraph: Any, edit: Edit) -> Any:
    runs = [run for run in paragraph.runs if run.text] or paragraph.runs
    return runs[int(edit.run * len(runs))]


def _put_in(word: Any, edit: Edit) -> None:
    if (paragraph := _paragraph(word, edit)) is not None:
        run = _run(paragraph, edit)
        at = int(edit.at * (len(run.text) + 1))
        run.text = run.text[:at] + edit.words + run.text[at:]


def _take_out(word: Any, edit: Edit) -> None:
    if (paragraph := _paragraph(word, edit)) is not None:
        run = _run(paragraph, edit)
        at = int(edit.at * len(run.text))
        run.text = run.text[:at] + run.text[at + 1 + int(edit.at * 12) :]


def _embolden(word: Any, edit: Edit) -> None:
    if (paragraph := _paragraph(word, edit)) is not None:
        _run(paragraph, edit).bold = True


def _add(word: Any, edit: Edit) -> None:
    if (paragraph := _paragraph(word, edit)) is not None:
        paragraph.insert_paragraph_before(f"{edit.words}{INSERTED}共2次。")


def _delete(word: Any, edit: Edit) -> None:
    # People delete few paragraphs whole; with every tenth edit one, nothing would be left to look at.
    if edit.at < 0.3 and (paragraph := _paragraph(word, edit)) is not None:
        paragraph._element.getparent().remove(paragraph._element)


def _cut(word: Any, edit: Edit) -> None:
    """A paragraph cut in two before one of its runs."""
    if (paragraph := _paragraph(word, edit)) is not None:
        element, run = paragraph._element, _run(paragraph, edit)._element
        second = deepcopy(element)
        for child in list(second):
            if child.tag != qn("w:pPr"):
                second.remove(child)
        element.addnext(second)
        moving = False
        for child in list(element):
            moving = moving or child is run
            if moving:
                second.append(child)


def _join(word: Any, edit: Edit) -> None:
    """A paragraph joined to the one before it."""
    paragraph = _paragraph(word, edit)
    before = paragraph._element.getprevious() if paragraph is not None else None
    heads = {p._element for p in word.paragraphs if p.style.name.startswith("Heading") or not p.runs}
    if before is None or before.tag != qn("w:p") or before in heads:
        return
    for child in list(paragraph._element):
        if child.tag != qn("w:pPr"):
            before.append(child)
    paragraph._element.getparent().remove(paragraph._element)


def _note_in_cell(word: Any, edit: Edit) -> None:
    """22（其中修订16件）: words behind the number of a cell."""
    table = word.tables[int(edit.paragraph * len(word.tables))]
    cells = [text for text in table._tbl.iter(qn("w:t")) if (text.text or "").strip().isdecimal()]
    if cells:
        cell = cells[int(edit.run * len(cells))]
        cell.text = f"{cell.text}（注）"


_EDITS = {
    "put in": _put_in, "put in again": _put_in, "put in once more": _put_in, "take out": _take_out,
    "take out again": _take_out, "embolden": _embolden, "add": _add, "delete": _delete, "cut": _cut, "join": _join,
    "note in cell": _note_in_cell,
}  # fmt: skip


# New figures, sound as an office's: what follows from the changed cells follows.


def with_changes(data: OfficeData, changes: list[Change]) -> OfficeData:
    cells = {metric: entry.value for metric, entry in data.cells.items()}
    own, points = list(data.own), {part: list(told) for part, told in data.points.items()}
    for change in changes:
        if change.of == "own" and own:
            n = int(change.which * len(own))
            own[n] = own[n].model_copy(update={"value": Decimal(change.value)}) if not own[n].written else own[n]
        elif change.of == "note":
            _renumber(points, change)
        elif change.of in cells:
            cells[change.of] = Decimal(change.value)
    _follow(cells)
    entries = {metric: Entry(value=cells[metric], address=entry.address) for metric, entry in data.cells.items()}
    told = {part: tuple(each) for part, each in points.items()}
    return data.model_copy(
        update={"cells": MappingProxyType(entries), "own": tuple(own), "points": MappingProxyType(told)}
    )


def _renumber(points: dict[str, list[Point]], change: Change) -> None:
    numbered = [
        (part, n) for part, told in points.items() for n, each in enumerate(told) if re.search(r"\d", each.text)
    ]
    if numbered:
        part, n = numbered[int(change.which * len(numbered))]
        text = re.sub(r"\d+", str(change.value + 2), points[part][n].text, count=1)
        points[part][n] = points[part][n].model_copy(update={"text": text})


def _follow(cells: dict[str, Decimal | None]) -> None:
    def added(metrics: Iterator[str]) -> Decimal:
        return sum((cells.get(metric) or Decimal(0) for metric in metrics), Decimal(0))

    for column in _COLUMNS:
        done = added(f"requests.{row}.{column}" for row in _ROWS)
        out, came = (cells.get(f"requests.{row}.{column}") or Decimal(0) for row in ("carried_out", "carried_in"))
        if done + out < came:  # what was carried in must end somehow
            cells[f"requests.granted.{column}"] = (cells.get(f"requests.granted.{column}") or Decimal(0)) + came
            done += came
        cells[f"requests.concluded.{column}"] = done
        cells[f"requests.received.{column}"] = done + out - came
    for row in EDITION_2021.table("requests").rows:
        cells[f"requests.{row.id}.total"] = added(f"requests.{row.id}.{column}" for column in _COLUMNS)
    for family in _FAMILIES:
        cells[f"{family}.total"] = added(f"{family}.{case}" for case in _CASES)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
