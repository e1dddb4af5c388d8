"""Two whole reports worded by the model: the shipped workbook of 清源区, whose points are sentences, and 宿迁市 2024
with its published figures and points as people jot them down (made up; where the reports beside the checkout are
there).
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.drafting.draft import draft
from assistant.drafting.manuscript import Manuscript, PartText
from assistant.drafting.office import Entry, OfficeData, OwnFigure, Point
from assistant.drafting.workbook.layout import address_of
from assistant.drafting.workbook.read import read_workbook
from assistant.library import Library
from assistant.library.ingest import ingest
from assistant.llm.model import Model
from assistant.readers import read
from assistant.resources import folder
from evals.claims import REPORTS
from evals.misbehaving import unsourced
from evals.real_model_calls import Calls, reasons
from evals.workbooks import Handed

__all__ = ["measure", "offices_with_reports"]


def measure(model: Model, calls: Calls, parts: list[str]) -> dict[str, Any]:
    """What every part came to, and the totals; ``parts`` are the ids of those to word, all when there are none.

    The library has the offices' own years and the regulation; ``ASSISTANT_LLM_REFERENCES`` says how much of it the
    model sees (0: the ablation).
    """
    reports = []
    with tempfile.TemporaryDirectory() as root, Library(Path(root) / "library", create=True) as library:
        ingest([folder("corpus") / "reports", folder("corpus") / "regulation"], library, vectors=False)
        for handed in offices_with_reports():
            data = handed.data
            if parts:
                kept = {name: points for name, points in data.points.items() if name in parts}
                data = data.model_copy(update={"points": kept})
            name = handed.previous.unit if handed.previous else data.unit
            if (own := REPORTS / f"{name}_{data.year - 1}.txt").exists():
                ingest([own], library, vectors=False)
            before = len(calls.made)
            finished = draft(data, previous=handed.previous, model=model, library=library)
            report = _report(finished, calls, before)
            told = json.dumps(report, ensure_ascii=False, indent=1)
            print(told, _text(finished), sep="\n", file=sys.stderr, flush=True)
            reports.append(report)
    asked = [part for report in reports for part in report["parts"]]
    by_model = [part for part in asked if part["by"] == "model"]
    return {
        "parts": len(asked),
        "by_model": len(by_model),
        "share_by_model": round(len(by_model) / max(1, len(asked)), 2),
        "first_try": sum(part["calls"] == 1 for part in by_model),
        "points_by_model": sum(part["points"] for part in by_model),
        "points_word_for_word": sum(part["word_for_word"] for part in by_model),
        "seconds": round(sum(report["seconds"] for report in reports)),
        "reasons": reasons(refusal for part in asked for refusal in part["refusals"]),
        "reports": reports,
    }


def offices_with_reports() -> Iterator[Handed]:
    data = read_workbook(folder("corpus") / "data" / "清源区_2025.xlsx")
    yield Handed(data, read(folder("corpus") / "reports" / "清源区_2024.md"))
    office = json.loads((folder("evals") / "real_model_office.json").read_text(encoding="utf-8"))
    year, name = office["year"], office["report"]
    figures, previous = REPORTS / f"{name}_{year}.json", REPORTS / f"{name}_{year - 1}.txt"
    if not figures.exists():
        print(f"旁边没有公开的报告，{office['unit']}{year}年没有起草。", file=sys.stderr)
        return
    values = json.loads(figures.read_text(encoding="utf-8"))["figures"]
    yield Handed(_handed_in(office, values), read(previous))


def _handed_in(office: dict[str, Any], values: dict[str, str | None]) -> OfficeData:
    cells = {
        metric: Entry(value=None if value is None else Decimal(str(value)), address=address_of(metric))
        for metric, value in values.items()
    }
    own = tuple(
        OwnFigure(name=name, value=Decimal(value), unit=unit, source="台账", part=part, address=f"其他数据!B{n}")
        for n, (name, value, unit, part) in enumerate(office["own"], start=2)
    )
    points = {
        part: tuple(Point(text=text, address=f"工作要点!B{n}") for n, text in enumerate(texts, start=2))
        for part, texts in office["points"].items()
    }
    return OfficeData(
        unit=office["unit"], year=office["year"], level=office["level"],
        signed_on=date.fromisoformat(office["signed_on"]),
        cells=cells, own=own, points=points,
    )  # fmt: skip


def _report(finished: Manuscript, calls: Calls, before: int) -> dict[str, Any]:
    made = calls.made[before:]
    errors = [f"{found.code} {found.message}" for found in finished.findings if found.severity == "error"]
    repeats = [f"{found.code} {found.message}" for found in finished.findings if found.code in ("R101", "R102")]
    return {
        "unit": finished.data.unit, "year": finished.data.year, "errors": errors, "repeats": repeats,
        "unsourced": list(unsourced(finished)), "seconds": round(sum(call.seconds for call in made), 1),
        "parts": [_part(text, finished, calls,
        before) for text in finished.parts if finished.data.points_of(text.part.id)],
    }  # fmt: skip


def _part(text: PartText, finished: Manuscript, calls: Calls, before: int) -> dict[str, Any]:
    asked = f"“{text.part.heading or text.part.id}”"  # the prompt names the part
    made = [call for call in calls.made[before:] if asked in call.asked]
    points = [point.text.rstrip("。") for point in finished.data.points_of(text.part.id)]
    told = "".join(text.paragraphs)
    return {
        "part": text.part.id, "points": len(points), "word_for_word": sum(words in told for words in points),
        "by": text.by, "calls": len(made),
        "sentences": [each.as_json() for each in text.sentences() if each.note],
        "references": [one.source for one in text.references if "给模型看" in one.used],
        "refusals": list(text.refusals), "seconds": round(sum(call.seconds for call in made), 1),
        "tokens_in": sum(call.tokens_in for call in made), "tokens_out": sum(call.tokens_out for call in made),
    }  # fmt: skip


def _text(finished: Manuscript) -> str:
    lines = (f"〔{text.part.id}·{text.by}〕{words}" for text in finished.parts for words in text.paragraphs)
    return "\n".join(lines)
