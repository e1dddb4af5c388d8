"""Every number of a draft walked back to where it comes from: the cell of the workbook, last year's report, a note.

    python -m evals.provenance [DRAFTS [SEED]]

Each number printed must stand under a figure that was put in (or be a year, a number of a list, a word of the note that
its sentence rests on); the sheet of sources and the JSON must name that figure; and the cells they name must hold it,
alone, added up, or compared with last year's. Tables too. Less is better: all should be 0.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook, load_workbook

from assistant.drafting import draft, write_provenance, write_workbook
from assistant.drafting.draft import read_back
from assistant.drafting.manuscript import Manuscript, PartText
from assistant.drafting.provenance import source_cells
from assistant.drafting.slots import Use
from assistant.drafting.workbook.formulas import figure_at
from assistant.drafting.workbook.layout import address_of
from assistant.drafting.workbook.read import read_workbook
from assistant.figures.book import Book
from assistant.figures.mentions import mentions_in
from assistant.language.numerals import rounded
from assistant.report import Report
from evals.workbooks import Handed, workbooks

__all__ = ["run", "walk"]

DRAFTS, SEED = 60, 29
_DERIVED = ("last_year", "change", "yoy", "share")
_LIST = re.compile(r"^\d+\.|[一二三四五六七八九十]是")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_TEN_THOUSAND = 10_000


def run(drafts: int = DRAFTS, seed: int = SEED) -> tuple[dict[str, float], list[str]]:
    """Scores by name, and what went wrong as text."""
    counts: Counter[str] = Counter(dict.fromkeys(("unsourced", "untold", "wrong", "table"), 0))
    told = []
    for n, handed in enumerate(workbooks(drafts, seed)):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "数据.xlsx"
            write_workbook(path, handed.data, None)
            data = read_workbook(path)
            finished = draft(data, previous=handed.previous)
            for kind, what in walk(finished, path, Handed(data, handed.previous), counts):
                counts[kind] += 1
                told.append(f"provenance {kind} {n} {what}")
    numbers = counts.pop("numbers"), counts.pop("cells")
    print(f"查了{numbers[0]}个数字、{numbers[1]}格", file=sys.stderr)
    return {f"provenance.{name}": float(count) for name, count in counts.items()}, told


def walk(finished: Manuscript, path: Path, handed: Handed, counts: Counter[str]) -> Iterator[tuple[str, str]]:
    """(kind, what) of every number that does not lead back to the workbook at ``path``; ``counts`` is told how many
    were looked at."""
    book = load_workbook(path)
    yield from _sheet(finished)
    for text in finished.parts:
        for n, paragraph in enumerate(text.paragraphs):
            yield from _unsourced(text, n, paragraph, counts)
        for use in text.uses:
            if fault := _fault(use, finished, book, handed.previous):
                yield "wrong", f"{text.part.id} {use.text} {use.slot}：{fault}"
    report = read_back(finished)
    for metric, cell in report.cells.items():
        counts["cells"] += 1
        sheet, _, at = address_of(metric).partition("!")
        if cell.value != figure_at(book[sheet], at).value:
            yield "table", f"{metric} {cell.raw}"


def _sheet(finished: Manuscript) -> Iterator[tuple[str, str]]:
    """The sheet of sources and the JSON name the figures that were put in, each with a source."""
    uses = [use for text in finished.parts for use in text.uses]
    with tempfile.TemporaryDirectory() as folder:
        write_provenance(finished, Path(folder) / "来源.xlsx")
        _, *rows = load_workbook(Path(folder) / "来源.xlsx")["数字来源"].iter_rows(values_only=True)
    sheet = [(row[3], row[4]) for row in rows]  # an official reads it: no slots
    told = [(one["text"], one["source"], one["slot"]) for one in finished.as_json()["figures"]]
    if [(use.text, use.source, use.slot) for use in uses] != told or [one[:2] for one in told] != sheet:
        yield "untold", "来源表、JSON 与正文的数字不同"
    yield from (("untold", f"{use.text}没有来源") for use in uses if not use.source)
    yield from (
        ("untold", f"{row[3]}没有单元格") for row in rows if not row[5] and not str(row[6]).endswith("last_year")
    )


def _unsourced(text: PartText, n: int, paragraph: str, counts: Counter[str]) -> Iterator[tuple[str, str]]:
    uses = [(use.start, use.start + len(use.text)) for use in text.uses if use.paragraph == n]
    years = [found.span() for found in _YEAR.finditer(paragraph)]
    lists = [found.span() for found in _LIST.finditer(paragraph)]
    notes = "".join(each.note for each in text.worded)
    numbers = [(one.start, one.end) for one in mentions_in(paragraph)]
    numbers += [found.span() for found in re.finditer(r"\d+(?:[.,]\d+)*", paragraph)]
    for start, end in numbers:
        counts["numbers"] += 1
        if any(low <= start and end <= high for low, high in (*uses, *years, *lists)):
            continue
        if any(low < end and start < high for low, high in uses) or paragraph[start:end] in notes:
            continue
        yield "unsourced", f"{text.part.id} {paragraph[start:end]}（{paragraph[max(0, start - 12) : end + 12]}）"


def _fault(use: Use, finished: Manuscript, book: Workbook, previous: Report | None) -> str:
    """What the cells that a figure is said to come from hold instead of it; empty where they hold it."""
    cells = _cells_of(source_cells(use, finished))
    family = use.slot.partition(".")[0]
    if family == "note":
        texts = [str(book[sheet][at].value) for sheet, at in cells]
        return "" if any(use.text in text for text in texts) else f"{cells}里没有"
    values = [figure_at(book[sheet], at).value or Decimal(0) for sheet, at in cells]
    scale = _TEN_THOUSAND if "万元" in use.text else 1
    mentions = mentions_in(use.text)
    stated = mentions[0].value / scale if mentions else Decimal(0)
    if family == "own":
        return "" if values and (values[0] == stated or use.text.startswith(f"{values[0]:f}")) else f"{values}"
    base, _, suffix = use.slot.rpartition(".")
    if suffix not in _DERIVED:
        return "" if sum(values) == stated else f"{cells}合计{sum(values)}"
    before = _last_year(base, previous)
    if suffix == "last_year":
        return "" if before == stated else f"上年{before}"
    if suffix == "share":
        return "" if rounded(values[0] * 100 / values[-1], Decimal("0.01")) == stated else f"{values}"
    change = sum(values) - (before or Decimal(0))
    words = use.text if change else "增加增长减少下降" if "持平" in use.text else ""
    right = abs(change) if suffix == "change" else rounded(abs(change) * 100 / (before or Decimal(1)), Decimal("0.01"))
    turned = change and not any(word in words for word in (("增加", "增长") if change > 0 else ("减少", "下降")))
    return "" if stated == right and not turned else f"上年{before}，本年{sum(values)}"


def _cells_of(text: str) -> list[tuple[str, str]]:
    """表三!J7、J8；表四!E4 as (sheet, address)."""
    pairs = (each.partition("!") for each in text.split("；") if each)
    return [(sheet, at) for sheet, _, cells in pairs for at in cells.split("、")]


def _last_year(base: str, previous: Report | None) -> Decimal | None:
    figures = {metric: cell.value for metric, cell in previous.cells.items()} if previous else {}
    return Book(figures).value(base)


if __name__ == "__main__":
    totals, listed = run(*map(int, sys.argv[1:]))
    print(json.dumps(totals, indent=1), *listed, sep="\n")
