"""How well the numbers of prose are understood: evals/claims.jsonl, 30 mentions of real reports and 30 sentences of ours.

A mention is named by file and position, the reports themselves stay outside the repository; that half is left out where
they are not there. Scores, for each half and both: ``precision`` and ``recall`` of what a number states, and
``verdict``, how often agreeing or disagreeing with the tables is told rightly.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from assistant.figures.claims import Claim, claims_in, claims_of
from assistant.figures.parts import breakdowns
from assistant.readers import read
from assistant.report import Cell, Report
from assistant.rules.base import Dossier
from assistant.rules.compare import compare

HERE = Path(__file__).parent
REPORTS = HERE.parent.parent / "shared" / "reports"


@dataclass(frozen=True)
class Outcome:
    """One labelled mention with what was made of it."""

    id: str
    half: str
    stated: bool
    found: bool
    right: bool
    verdict: bool | None
    told: str


def run() -> tuple[dict[str, float], list[str]]:
    """Scores by name, and the misses as text."""
    outcomes = [_outcome(label, found) for label, found in _labelled()]
    scores: dict[str, float] = {}
    for half in ("real", "own"):
        scores |= {
            f"claims.{half}.{name}": value for name, value in _scores([o for o in outcomes if o.half == half]).items()
        }
    misses = [f"{o.id}: {o.told}" for o in outcomes if ((o.stated or o.found) and not o.right) or o.verdict is False]
    return scores, misses


def _scores(outcomes: Sequence[Outcome]) -> dict[str, float]:
    found, stated = [o for o in outcomes if o.found], [o for o in outcomes if o.stated]
    judged = [o for o in outcomes if o.verdict is not None]
    if not outcomes:
        return {}
    return {
        "precision": sum(o.right for o in found) / len(found),
        "recall": sum(o.right for o in stated) / len(stated),
        "verdict": sum(bool(o.verdict) for o in judged) / len(judged),
    }


def _labelled() -> Iterator[tuple[dict[str, Any], tuple[Dossier, list[Claim], int]]]:
    for line in (HERE / "claims.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        if label["half"] == "own":
            yield label, _own(label)
        elif (REPORTS / label["file"]).exists():
            yield label, _real(label)


def _own(label: dict[str, Any]) -> tuple[Dossier, list[Claim], int]:
    report = _bare_report(label["year"], label["figures"])
    before = _bare_report(label["year"] - 1, label["last_year"]) if "last_year" in label else None
    return Dossier(report, before), list(claims_in(label["text"], label["year"], label["section"])), label["position"]


def _bare_report(year: int, figures: dict[str, str]) -> Report:
    cells = {metric: Cell(raw=value, value=Decimal(value)) for metric, value in figures.items()}
    return Report(file="", unit="示例县", year=year, edition="2021", title="", cells=cells)


@cache
def _report(name: str) -> tuple[Dossier, str]:
    report = read(REPORTS / name)
    unit, _, year = Path(name).stem.partition("_")
    earlier = REPORTS / f"{unit}_{int(year) - 1}.txt"
    return Dossier(report, read(earlier) if earlier.exists() else None), (REPORTS / name).read_text(encoding="utf-8")


def _real(label: dict[str, Any]) -> tuple[Dossier, list[Claim], int]:
    dossier, text = _report(label["file"])
    line = text.count("\n", 0, label["position"]) + 1
    start = text.rfind("\n", 0, label["position"]) + 1
    indent = len(text[start:]) - len(text[start:].lstrip())
    claims = [claim for claim in claims_of(dossier.report) if claim.spot.paragraph.source.line == line]
    return dossier, claims, label["position"] - start - indent


def _outcome(label: dict[str, Any], found: tuple[Dossier, list[Claim], int]) -> Outcome:
    dossier, claims, position = found
    claim = next((c for c in claims if c.mention.start == position), None)
    stated = label["relation"] != "none"
    if claim is None:
        return Outcome(label["id"], label["half"], stated, False, False, None, "数字没有认出")
    relation, agrees = _understood(claim, claims, dossier)
    right = relation == label["relation"] and (not label["says"] or _same_reading(claim, label["says"]))
    verdict = None if label["agrees"] is None or label["relation"] == "share" else agrees == label["agrees"]
    told = f"{relation} {[list(r) for r in claim.readings]} agrees={agrees}, labelled {label['relation']} {label['says']} {label['agrees']}"
    return Outcome(label["id"], label["half"], stated, relation != "none", right, verdict, told)


def _understood(claim: Claim, claims: list[Claim], dossier: Dossier) -> tuple[str, bool | None]:
    """The relation that was understood, and whether it agrees; ``None`` when nothing could be compared."""
    if claim.relation == "value":
        comparison = compare(claim, dossier)
        last = claim.year is not None and dossier.report.year is not None and claim.year < dossier.report.year
        return ("last_year" if last else "value"), comparison.agrees if comparison.checked else None
    if claim.relation == "yoy":
        return "yoy", not any(
            hit.quote == claim.spot.sentence for hit in _rates(dossier, claims)
        ) if dossier.previous else None
    for found in breakdowns(claims):
        if found.whole is claim:
            return "whole", found.agrees
        if any(part is claim for part in found.parts):
            return "part", found.agrees
    return claim.relation, None


def _rates(dossier: Dossier, claims: list[Claim]) -> Iterator[Any]:
    from assistant.rules.years import rates_over_last_year

    given = Dossier(dossier.report, dossier.previous)
    given.__dict__["claims"] = tuple(claims)  # the sentence under test stands alone, outside any report
    yield from rates_over_last_year(given)


def _same_reading(claim: Claim, says: list[list[str]]) -> bool:
    return bool({_cells(reading) for reading in claim.readings} & {_cells(tuple(reading)) for reading in says})


def _cells(reading: tuple[str, ...]) -> frozenset[str]:
    cells: set[str] = set()
    for metric in reading:
        parts = metric.split(".")
        if parts[:2] == ["requests", "workload"]:
            cells |= {f"requests.{row}.{parts[2]}" for row in ("received", "carried_in")}
        elif parts[0] == "litigation" and len(parts) == 2:
            cells |= {f"litigation.{kind}.{parts[1]}" for kind in ("direct", "after_review")}
        else:
            cells.add(metric)
    return frozenset(cells)


if __name__ == "__main__":
    totals, missed = run()
    print(json.dumps(totals, indent=1, ensure_ascii=False), *missed, sep="\n")
