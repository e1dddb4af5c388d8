"""How many of the faults that assessors, notices and proof-readers name are found, one edit of a sound report each,
written by people who had not seen the code; and how many sound edits are left alone.

``assessed/*.jsonl``: ``edit`` [[old, new], …] on this year's report, ``fault`` 漏报 (a new error or warning must
appear) or 误报 (none may), ``right`` what a careful reader would write. ``district`` edits the shipped report of
清源区, ``bureau`` a report of a city's department, ``county`` a county's. At first sight: district 54 of 90 found
and 43 of 45 left alone, bureau 40 of 80 and 30 of 40, county, written after the mends for these two, 50 of 80 and
32 of 40 (47 and 32 before them). By now all have been looked at but every third one of the county.

``assessed/sound`` holds dense sound reports of other units, with last year's. Errors and warnings at first sight: 73 on
the first six (a, b), 31 on the next four (c, d), each written after the mends for those before; of six in a looser
manner 60 on three (e1 to e3: 20, 24, 16), after the mends for these 44 on two (e4, e5: 32, 12) and 12 on the last
(e6). Their writers went on with some of them after that.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from assistant.check import check
from assistant.figures.dossier import Dossier
from assistant.readers import report_from_text
from assistant.report import Report

__all__ = ["SETS", "SOUND", "Case", "cases", "drawn_by", "findings", "run"]

_HERE = Path(__file__).parent
_CORPUS = _HERE.parent / "corpus" / "reports"
SETS = {
    "district": (_CORPUS / "清源区_2024.md", _CORPUS / "清源区_2023.md"),
    "county": (_HERE / "assessed" / "county_2024.md", _HERE / "assessed" / "county_2023.md"),
    "bureau": (_HERE / "assessed" / "bureau_2024.md", _HERE / "assessed" / "bureau_2023.md"),
}
SOUND = sorted((_HERE / "assessed" / "sound").glob("*_2024.md"))
# Every edit changes how like last year's a section is, and the message tells how much.
_OF_THE_WHOLE = ("R101", "R102", "R103", "N190")


class Case(NamedTuple):
    """One edit: its id, what it is of, whether it is a fault, the text that it makes, and what would be right."""

    id: str
    kind: str
    faulty: bool
    text: str
    right: str


def run() -> tuple[dict[str, float], list[str]]:
    """Scores by name, and the misses as text."""
    scores: dict[str, float] = {}
    told: list[str] = []
    for name in SETS:
        made = cases(name)
        missed = [case for case in made if case.faulty and not drawn_by(case, name)]
        false = [case for case in made if not case.faulty and drawn_by(case, name)]
        faulty = sum(case.faulty for case in made)
        scores[f"named_faults.{name}.found"] = 1 - len(missed) / faulty
        scores[f"named_faults.{name}.false"] = len(false) / (len(made) - faulty)
        told += [f"{name} 漏报：{case.id} {case.kind}（{case.right}）" for case in missed]
        told += [f"{name} 误报：{case.id} {case.kind}：{'；'.join(drawn_by(case, name))}" for case in false]
    false_ones = [(path, draws(path)) for path in SOUND]
    scores["named_faults.sound.false"] = sum(len(each) for _, each in false_ones) / len(SOUND)  # a report
    told += [f"sound 误报：{path.stem} {each}" for path, found in false_ones for each in found]
    return scores, told


def draws(path: Path) -> list[str]:
    """The errors and warnings of a sound report beside last year's."""
    report, before = (
        _read(each.read_text(encoding="utf-8")) for each in (path, path.with_stem(f"{path.stem[:-4]}2023"))
    )
    found = check(Dossier(report, before)).findings
    return [
        f"{each.code} {each.message}" for each in found if each.severity != "info" and each.code not in _OF_THE_WHOLE
    ]


@cache
def cases(name: str) -> tuple[Case, ...]:
    """The edits of one set.

    Raises:
        ValueError: an edit does not fit the report.
    """
    base = SETS[name][0].read_text(encoding="utf-8")
    lines = (_HERE / "assessed" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_case(json.loads(line), base) for line in lines)


def _case(told: dict[str, Any], base: str) -> Case:
    text = base
    for old, new in told["edit"]:
        if old not in text:
            raise ValueError(f"{told['id']}: {old!r} is not in the report")
        text = text.replace(old, new, 1)
    return Case(told["id"], told["kind"], told["fault"] == "漏报", text, told["right"])


def drawn_by(case: Case, name: str) -> list[str]:
    """The errors and warnings that an edit brings about; one that the report cannot be compared any more."""
    now, before = _read(case.text), _before(name)
    if now.year is None or before.year is None or now.year <= before.year:
        return ["不能与上年报告比较"]
    new = _findings(now, name) - _of_base(name)
    return [f"{code} {message}" for code, message in new]


def findings(text: str, name: str) -> list[str]:
    """The errors and warnings of a report beside last year's of a set, those of likeness left out."""
    return [f"{code} {message}" for code, message in _findings(_read(text), name)]


@cache
def _before(name: str) -> Report:
    return _read(SETS[name][1].read_text(encoding="utf-8"))


@cache
def _of_base(name: str) -> Counter[tuple[str, str]]:
    return _findings(_read(SETS[name][0].read_text(encoding="utf-8")), name)


def _read(text: str) -> Report:
    return report_from_text(text, "报告.md")


def _findings(report: Report, name: str) -> Counter[tuple[str, str]]:
    found = check(Dossier(report, _before(name))).findings
    return Counter(
        (each.code, each.message) for each in found if each.severity != "info" and each.code not in _OF_THE_WHOLE
    )
