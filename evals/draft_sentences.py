"""Sentences that a model might write beside the notes they rest on, good and bad, through the proof of the drafts.

The bad ones are told by kind: what was denied told as done, what was planned as taken, another organ, name, number,
bound or quantity, awards and results that nobody noted, things left out; ``further`` ones were written before the proof
had seen their like (first accepted: 7 of 55; good ones first refused: 9 of 35). The set ``tricky`` is by somebody who
had not read the proof, to get past it; at first sight 4 of its 60 bad ones were accepted and 31 of its 40 good ones
refused: words that mean the same are the proof's weak side. ``fresh`` is by another who had not read it either, as a
model would write, a third of the good ones real rewordings: at first sight 3 of 90 bad ones were accepted and 66 of 90
good ones refused; a third of it was kept until that set stood at half. ``later`` is by a
third: its good ones have not been looked at (28 of 80 were accepted by the proof of before, 39 by the first with a
thesaurus), its bad ones only where they were accepted (8 of 60 by the proof of before).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.drafting.office import OfficeData, Point
from assistant.drafting.proof import Sentence, Task, proved
from assistant.drafting.slots import gather, note_slots

__all__ = ["run"]

_CASES = Path(__file__).with_suffix(".jsonl")
_PART, _YEAR = "主动公开", 2025


def run() -> tuple[dict[str, float], list[str]]:
    """The share of bad sentences refused, of all and of the gravest kinds, and of good ones taken; what went wrong."""
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    misses = []
    for case in _cases():
        faults = faults_of(case["notes"], case["sentence"])
        name = "good" if case["good"] else f"bad.{case['kind']}"
        if "set" in case:
            name = f"{case['set']}.{name.partition('.')[0]}"
        every[name] += 1
        right[name] += bool(faults) != case["good"]
        if bool(faults) == case["good"]:
            misses.append(f"{case['kind']}　{''.join(case['notes'])} → {case['sentence']}　{'；'.join(faults)}")
    every["bad"] = sum(count for name, count in every.items() if name.startswith("bad."))
    right["bad"] = sum(count for name, count in right.items() if name.startswith("bad."))
    return {f"draft_sentences.{name}": right[name] / every[name] for name in sorted(every)}, misses


def faults_of(notes: list[str], sentence: str) -> tuple[str, ...]:
    """What the proof has against a sentence that rests on all of ``notes``; a number of theirs stands in it as its
    slot."""
    points = tuple(Point(text=text, address="") for text in notes)
    data = OfficeData(unit="某市某区人民政府", year=_YEAR, level="县级政府", points={_PART: points})
    material = gather(data, None)
    slots = note_slots(_PART, material)
    for name, figure in slots.items():
        sentence = sentence.replace(figure.text, f"{{{{{name}}}}}", 1)
    task = Task(_YEAR, slots, material.points_of(_PART))
    return proved(Sentence(text=sentence, notes=list(range(1, len(points) + 1))), task)[1]


def _cases() -> Iterator[dict[str, Any]]:
    for line in _CASES.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)
