"""What else could have been meant, as questions to be asked at once: for buttons beside an answer that is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from assistant.asking.questions.expressions import label
from assistant.asking.result import Answer

__all__ = ["examples", "suggestions"]

_MOST = 4
_LIKE = 60  # of 100: names below it have nothing in common with what was typed


def suggestions(answer: Answer, held: Mapping[str, Sequence[int]]) -> tuple[str, ...]:
    """The nearest questions that the library (``held``: units with their years) can answer; none for an answer that
    understood every word and found something."""
    if not (answer.abstained or answer.not_understood):
        return ()
    made = dict.fromkeys(_nearest(answer, held))
    made.pop(answer.question, None)
    return tuple(islice(made, _MOST)) or examples(held)


def examples(held: Mapping[str, Sequence[int]]) -> tuple[str, ...]:
    """Questions that show what can be asked of this library."""
    if not held:
        return ("答复政府信息公开申请的期限是多久？", "哪些政府信息可以不予公开？")
    unit = max(held, key=lambda name: len(held[name]))
    year = max(held[unit])
    return (
        f"{unit}{year}年新收多少件申请，比上年增长多少？",
        f"{unit}近三年不予公开的变化情况",
        f"{year}年哪个单位新收申请最多？" if len(held) > 1 else f"{unit}{year}年予以公开占多大比例？",
        f"{unit}{year}年报告里写的主要问题有哪些？",
    )


def _nearest(answer: Answer, held: Mapping[str, Sequence[int]]) -> Iterator[str]:
    plan = answer.plan
    without = answer.question
    for word in answer.not_understood:
        without = without.replace(word, "")
    if without != answer.question and len(without) > _MOST:
        yield without
    if plan is None:
        return
    what = [label(readings[0]) for readings in plan.metrics]
    units = [unit for unit in plan.units if unit in held]
    for unit in units:
        lacking = [year for year in plan.years if year not in held[unit]]
        near = sorted(held[unit], key=lambda year: abs(year - (lacking or [max(held[unit])])[0]))
        for year in near[:2] if lacking else ():
            yield from (f"{unit}{year}年{name}" for name in what)
        for year in plan.years[:1] or near[:1]:
            yield from (f"{unit}{year}年{name}" for name in _alike(answer.not_understood))
    if not units and what:
        # Named unlike any unit that is held, or not at all.
        for unit in _units_alike(answer.question, held):
            year = next((year for year in plan.years if year in held[unit]), max(held[unit]))
            yield from (f"{unit}{year}年{name}" for name in what[:1])


def _alike(words: Sequence[str]) -> Iterator[str]:
    from rapidfuzz import fuzz, process

    from assistant.form import all_metrics

    names = [label(metric) for metric in all_metrics()]
    for word in words:
        for name, _, _ in process.extract(word, names, scorer=fuzz.WRatio, limit=2, score_cutoff=_LIKE):
            yield name


def _units_alike(question: str, held: Mapping[str, Sequence[int]]) -> list[str]:
    from rapidfuzz import fuzz, process

    found = process.extract(question, list(held), scorer=fuzz.partial_ratio, limit=3)
    return [unit for unit, _, _ in found]
