"""Does ``check`` find what is wrong? Faults put into real and generated reports, one at a time.

A fault is found when a new error or warning points at it: marks its place (for a cell, one of its row or column: that
is where sums are marked) or has a code that belongs to such a fault. Scores are shares of what can be found at all;
what cannot (a count that no sum, no prose and no earlier year has; a slip that is true in another reading) is counted
apart. ``python -m evals.faults --all`` puts in every fault, without it a fixed sample of each kind: real and generated
apart.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.check import RULES, Finding, Rule, Verdict, check, selected
from assistant.figures.dossier import Dossier
from assistant.report import Paragraph
from evals.inject.base import Fault, Sample
from evals.inject.cells import cell_faults, moved_cases
from evals.inject.numbers import number_faults
from evals.inject.samples import generated, real
from evals.inject.texts import text_faults

UNITS, SEED = 60, 7
MOST = {"real": 45, "generated": 60}  # faults of each kind in a sampled run: all evals together in a minute
SHOWN = 20
# Changed numbers are the matter of these; the others look at words and run only where words were changed.
_OF_FIGURES = selected("TNAY")
_OF_PROSE = ("claims", "denials", "breakdowns", "repeats", "shares")


@dataclass(frozen=True)
class Outcome:
    """One fault with what came of it: ``None`` where the same was said of its place before."""

    file: str
    told: str
    found: bool | None


def run(all_of_them: bool = False) -> tuple[dict[str, float], list[str]]:
    """Scores by kind, real and generated apart; counts and misses as text."""
    groups: dict[tuple[str, str], list[Outcome]] = {}
    impossible: Counter[tuple[str, str]] = Counter()
    for half, samples in (("real", list(real())), ("generated", list(generated(UNITS, SEED)))):
        for kind, faults in sorted(_by_kind(samples).items()):
            possible = [pair for pair in faults if not pair[1].impossible]
            impossible[half, kind] = len(faults) - len(possible)
            chosen = possible if all_of_them else _spread(possible, MOST[half])
            judged = [
                Outcome(sample.dossier.report.file, fault.told, _found(sample, fault)) for sample, fault in chosen
            ]
            impossible[half, kind] += sum(outcome.found is None for outcome in judged)
            groups[half, kind] = [outcome for outcome in judged if outcome.found is not None]
    scores = {f"faults.{half}.{kind}": _share(group) for (half, kind), group in groups.items() if group}
    return scores, list(_misses(groups, impossible))


def _share(group: Sequence[Outcome]) -> float:
    return sum(bool(outcome.found) for outcome in group) / len(group)


def _by_kind(samples: Sequence[Sample]) -> dict[str, list[tuple[Sample, Fault]]]:
    found: dict[str, list[tuple[Sample, Fault]]] = defaultdict(list)
    for sample in samples:
        for faults in (cell_faults, moved_cases, number_faults, text_faults):
            for fault in faults(sample):
                found[fault.kind].append((sample, fault))
    return found


def _spread(faults: Sequence[tuple[Sample, Fault]], most: int) -> list[tuple[Sample, Fault]]:
    """At most so many, evenly from the first to the last."""
    return [faults[n * len(faults) // most] for n in range(most)] if len(faults) > most else list(faults)


def _found(sample: Sample, fault: Fault) -> bool | None:
    """Whether something new is said. A sum that was wrong before is no place to see whether it is found wrong."""
    changed = Dossier(fault.report, sample.dossier.previous)
    if fault.figures_only:
        # The prose is as it was: it need not be read again for every cell.
        vars(changed).update({name: getattr(sample.dossier, name) for name in _OF_PROSE})
    tell = _telling(check(changed, _rules(bool(fault.codes))), fault, fault.after)
    told = _telling(_before(sample, bool(fault.codes)), fault, fault.before)
    return True if tell - told else None if told and not fault.codes else False


def _rules(all_of_them: bool) -> tuple[Rule, ...]:
    return tuple(RULES.values()) if all_of_them else _OF_FIGURES


@cache
def _before(sample: Sample, all_of_them: bool) -> Verdict:
    """What is said of the report without any fault."""
    return check(sample.dossier, _rules(all_of_them))


def _telling(verdict: Verdict, fault: Fault, place: tuple[Paragraph, int, int] | None) -> Counter[str]:
    """Errors and warnings that point at the place of a fault, by code."""
    return Counter(f.code for f in verdict.findings if f.severity != "info" and _points_at(f, fault, place))


def _points_at(finding: Finding, fault: Fault, place: tuple[Paragraph, int, int] | None) -> bool:
    if fault.codes and finding.code.startswith(fault.codes):
        return True
    for mark in finding.marks:
        if mark.metric in fault.metrics:
            return True
        # With only figures changed, any number of the prose that no longer agrees is about them.
        if fault.figures_only and mark.paragraph is not None:
            return True
        if place and mark.paragraph is place[0] and mark.start < place[2] and place[1] < mark.end:
            return True
    return False


def _misses(groups: dict[tuple[str, str], list[Outcome]], impossible: Counter[tuple[str, str]]) -> Iterator[str]:
    for (half, kind), group in groups.items():
        found = sum(bool(outcome.found) for outcome in group)
        yield f"faults.{half}.{kind}：{found}/{len(group)}（另有{impossible[half, kind]}处无从发现）"
        alike: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in group:
            if not outcome.found:
                alike[_words_before(outcome.told)].append(outcome)
        for same in sorted(alike.values(), key=len, reverse=True)[:SHOWN]:
            yield f"　　{len(same)}处，如 {same[0].file}：{same[0].told}"


def _words_before(told: str) -> str:
    """What stands right before a change: misses of one wording are one line."""
    return re.sub(r"\d[\d,.]*", "0", told.partition("【")[0])[-8:]


if __name__ == "__main__":
    totals, missed = run("--all" in sys.argv)
    print(json.dumps(totals, indent=1, ensure_ascii=False), *missed, sep="\n")
