"""How well the numbers of prose are understood.

``claims_real.jsonl`` labels every number in the prose of six published reports, named by file, position and value: the
reports themselves stay outside the repository, and that half is left out where they are not there. ``claims_own.jsonl``
has sentences of our own in the manner of many offices, by which the reading of prose was developed;
``claims_later.jsonl`` has those that were written apart from it and scored unseen (CHANGELOG tells how), then learnt
from as well. Scores of each half: ``recall`` (of what a careful reader could check, how much is checked, and as what it
is), ``precision`` (of what is checked, how much is what it is taken for) and ``verdict`` (how often a finding, or none,
is the right answer).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from assistant.check import Verdict, check, selected
from assistant.figures.arithmetic import outcome_lists, single_parts
from assistant.figures.claims import Claim
from assistant.figures.compare import compare
from assistant.figures.dossier import Dossier
from assistant.form import APPLICANTS, EDITIONS, SECTIONS, all_metrics
from assistant.readers import read
from assistant.report import Cell, Paragraph, Report, Section, TableRead

HERE = Path(__file__).parent
OWN = (HERE / "claims_own.jsonl", HERE / "claims_later.jsonl")
REPORTS = HERE.parent.parent / "shared" / "reports"
_OF_TEXT = selected("NAYT")
_WRONG_SOMEWHERE = True  # a published report is long: which list holds its wrong number is not labelled


@dataclass(frozen=True)
class Case:
    """A dossier with its verdict, and where the numbers stand that no check could compare with anything."""

    dossier: Dossier
    verdict: Verdict
    unchecked: frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Outcome:
    """One labelled number with what was made of it. ``verdict`` is ``None`` where there is nothing to judge."""

    id: str
    half: str
    checkable: bool
    found: bool
    right: bool
    verdict: bool | None
    told: str


def run() -> tuple[dict[str, float], list[str]]:
    """Scores by name, and the misses as text."""
    outcomes = list(_outcomes())
    scores: dict[str, float] = {}
    for half in dict.fromkeys(o.half for o in outcomes):
        scores |= {
            f"claims.{half}.{name}": value for name, value in _scores([o for o in outcomes if o.half == half]).items()
        }
    return scores, [f"{o.id}: {o.told}" for o in outcomes if _missed(o)]


def _missed(outcome: Outcome) -> bool:
    return ((outcome.checkable or outcome.found) and not outcome.right) or outcome.verdict is False


def _scores(outcomes: Sequence[Outcome]) -> dict[str, float]:
    found, checkable = [o for o in outcomes if o.found], [o for o in outcomes if o.checkable]
    judged = [o for o in outcomes if o.verdict is not None]
    return {
        "precision": sum(o.right for o in found) / len(found),
        "recall": sum(o.right for o in checkable) / len(checkable),
        "verdict": sum(bool(o.verdict) for o in judged) / len(judged),
    }


def _outcomes(*own: Path) -> Iterator[Outcome]:
    for label in _lines(HERE / "claims_real.jsonl"):
        if (REPORTS / label["file"]).exists():
            case, text = _published(label["file"])
            claims, position = _claims_at(case.dossier, text, label["position"])
            claim = next((c for c in claims if c.mention.start == position), None)
            yield _outcome(label, "real", case, claim, _WRONG_SOMEWHERE)
    for path in own or OWN:
        yield from _of_our_own(path)


def _of_our_own(path: Path) -> Iterator[Outcome]:
    half = path.stem.removeprefix("claims_")
    for example in _lines(path):
        case = _own(example)
        wrong = any(label["agrees"] is False for label in example["numbers"])
        for label in example["numbers"]:
            claim = next((c for c in case.dossier.claims if _start_in(example["text"], c) == label["position"]), None)
            yield _outcome({"id": f"{example['id']}@{label['position']}", **label}, half, case, claim, wrong)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def _judged(dossier: Dossier) -> Case:
    verdict = check(dossier, _OF_TEXT)
    listed = (unchecked.mark for unchecked in verdict.unchecked)
    return Case(dossier, verdict, frozenset((id(mark.paragraph), mark.start) for mark in listed))


@cache
def _published(name: str) -> tuple[Case, str]:
    report = read(REPORTS / name)
    unit, _, year = Path(name).stem.partition("_")
    earlier = REPORTS / f"{unit}_{int(year) - 1}.txt"
    dossier = Dossier(report, read(earlier) if earlier.exists() else None)
    return _judged(dossier), (REPORTS / name).read_text(encoding="utf-8")


def _claims_at(dossier: Dossier, text: str, position: int) -> tuple[list[Claim], int]:
    """The claims of the line that a position of the file is in, and the offset in it."""
    line, start = text.count("\n", 0, position) + 1, text.rfind("\n", 0, position) + 1
    indent = len(text[start:]) - len(text[start:].lstrip())
    return [c for c in dossier.claims if c.spot.paragraph.source.line == line], position - start - indent


def _own(example: dict[str, Any]) -> Case:
    title = next(section for section in SECTIONS if section.id == example["section"])
    lines = tuple(Paragraph(text=line) for line in example["text"].split("\n") if line)
    section = Section(id=title.id, number=title.number, title=title.title, paragraphs=lines)
    year = example["year"]
    now = report_of(example, year, example.get("figures") or {}, (section,))
    before = report_of(example, year - 1, example["last_year"], ()) if example.get("last_year") else None
    return _judged(Dossier(now, before))


def report_of(example: dict[str, Any], year: int, figures: dict[str, str], sections: tuple[Section, ...]) -> Report:
    cells = {metric: Cell(raw=value, value=Decimal(value)) for metric, value in figures.items()}
    tables = tuple(
        TableRead(id=table.id, section=table.section)
        for table in EDITIONS["2021"].tables
        if any(all_metrics()[metric].table.id == table.id for metric in cells)
    )
    return Report(
        file="",
        unit=example["unit"],
        year=year,
        edition="2021",
        title="",
        cells=cells,
        sections=sections,
        tables=tables,
    )


def _start_in(text: str, claim: Claim) -> int:
    """Where a claim stands in a text of several lines."""
    return text.index(claim.spot.paragraph.text) + claim.mention.start


def _outcome(label: dict[str, Any], half: str, case: Case, claim: Claim | None, wrong_nearby: bool) -> Outcome:
    checkable = bool(label["checkable"]) and not label.get("missed")
    if claim is None:
        return Outcome(label["id"], half, checkable, False, False, None, f"{label['value']} 数字没有认出")
    kinds = _kinds(claim, case.dossier)
    found = (id(claim.spot.paragraph), claim.mention.start) not in case.unchecked
    reading = not label["says"] or not claim.readings or _same_reading(claim, label["says"])
    # A number of another set is rightly compared with a warning, and rightly left alone.
    right = (label["relation"] in kinds and reading) or bool(label.get("scoped")) or label.get("why") == "scope"
    # 其中网上申请7件 cannot be checked by a table, yet it is a part of what stands before it.
    right = right or (label["relation"] == "none" and kinds == {"part"})
    # Names that are counted (《甲》《乙》2份) have no relation of their own.
    right = right or ("names" in kinds and bool(label["checkable"]))
    # A list that does not add up has marks on all of its numbers: with a wrong one among them, it is no charge on the
    # rest.
    flagged = any(
        mark.paragraph is claim.spot.paragraph and mark.start <= claim.mention.start < mark.end
        for finding in case.verdict.findings
        if finding.severity != "info" and (len(finding.marks) == 1 or label["agrees"] is False or not wrong_nearby)
        for mark in finding.marks
    )
    verdict = flagged != label["agrees"] if label["agrees"] is not None and checkable else None
    told = (
        f"“{claim.mention.text}” taken as {sorted(kinds)} {[list(r) for r in claim.readings]} flagged={flagged};"
        f" labelled {label['relation']} {label['says']} agrees={label['agrees']}"
    )
    return Outcome(label["id"], half, checkable, found, right, verdict, told)


def _kinds(claim: Claim, dossier: Dossier) -> set[str]:
    """Everything that a number was taken for."""
    kinds = set()
    if claim.relation == "value" and compare(claim, dossier).checked:
        last = claim.year is not None and dossier.report.year is not None and claim.year < dossier.report.year
        kinds.add("last_year" if last else "value")
    elif claim.relation in ("yoy", "change"):
        kinds.add(claim.relation)
    if any(share.rate is claim for share in dossier.shares):
        kinds.add("share")
    if any(claim in pair for pair in dossier.repeats) or "value" in kinds:
        kinds.add("again")
    if any(claim is counted.claim for counted in dossier.counted):
        kinds.add("names")
    lists = [(found.whole, found.parts) for found in dossier.breakdowns]
    lists += [(whole, (part,)) for whole, part in single_parts(dossier.claims)]
    lists += [(whole, found.parts) for found in outcome_lists(dossier.claims) for whole in found.wholes]
    kinds |= {"whole" for whole, _ in lists if whole is claim}
    kinds |= {"part" for _, parts in lists if any(part is claim for part in parts)}
    return kinds


def _same_reading(claim: Claim, says: list[list[str]]) -> bool:
    return bool({_cells(reading) for reading in claim.readings} & {_cells(tuple(reading)) for reading in says})


def _cells(reading: tuple[str, ...]) -> frozenset[str]:
    """A reading as the cells it adds up: workload is received and carried in, a group its rows."""
    cells: set[str] = set()
    for metric in reading:
        parts = metric.split(".")
        if parts[:2] == ["requests", "workload"]:
            cells |= {f"requests.{row}.{parts[2]}" for row in ("received", "carried_in")}
        elif parts[0] == "litigation" and len(parts) == 2:
            cells |= {f"litigation.{kind}.{parts[1]}" for kind in ("direct", "after_review")}
        elif parts[-1] == "legal_person":
            cells |= {f"requests.{'.'.join(parts[1:-1])}.{column.id}" for column in APPLICANTS[1:-1]}
        else:
            cells.add(metric)
    return frozenset(cells)


if __name__ == "__main__":
    chosen = list(_outcomes(*map(Path, sys.argv[1:])))
    for which in dict.fromkeys(o.half for o in chosen):
        print(which, {name: round(score, 3) for name, score in _scores([o for o in chosen if o.half == which]).items()})
    print(*(f"{o.id}: {o.told}" for o in chosen if _missed(o)), sep="\n")
