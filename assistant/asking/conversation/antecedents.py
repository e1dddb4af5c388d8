"""What a follow-up leaves out and takes from before: whose reports of which years, and in which words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.asking.conversation.memory import Memory, Referents
from assistant.asking.questions.expressions import spoken
from assistant.asking.questions.periods import Period
from assistant.asking.questions.question import Question
from assistant.asking.questions.vocabulary import Operation, Over
from assistant.lexicon import phrase

__all__ = [
    "OVER_ALL_YEARS",
    "Metrics",
    "core_of",
    "counted_from",
    "first_readings",
    "name_of",
    "names_anything",
    "period_meant",
    "says_who_or_when",
    "units_meant",
    "with_referents",
    "without_place",
    "words_of",
    "years_in_words",
]

Metrics = tuple[tuple[str, ...], ...]
# Years told by the one that was spoken of, and how far they lie from it.
_NEIGHBOURS = {"year_before": -1, "year_after": 1}
# Operations that look at all years where one alone was spoken of.
OVER_ALL_YEARS = ("trend", "average", "which", "highest", "lowest", "grew_most", "fell_most")


def with_referents(asked: Question, means: Referents, held: Mapping[str, Sequence[int]]) -> Question:
    """``asked`` with what its words point back at. 那两年 of another unit, which has not those but as many reports, are
    its own."""
    named, period = asked.named, asked.period
    own = held.get(named.units[0], ()) if len(named.units) == 1 else ()
    if len(own) == len(means.years) > 1 and set(means.years) - set(own):
        means = replace(means, years=tuple(own))
    beside = means.units and named.units and phrase("followups", "beside_it").search(asked.text)
    if beside and not set(means.units) & set(named.units):  # 洪泽的是它的几倍
        named = replace(named, units=(*named.units, *means.units))
        asked = replace(asked, operation="apart", over="units", narrowing=())
    if means.units and not named.units:
        named = replace(named, units=means.units, candidates=(), unknown="")
    if means.years and not period.years:
        period = replace(period, years=means.years, last=None, since=None, every=False)
    return replace(asked, named=named, period=period)


def counted_from(text: str, memory: Memory) -> str:
    """上一年呢 as a year: the one before those that were spoken of; 24, alone, is a year, too."""
    text = phrase("followups", "bare_year").sub(lambda found: f"20{found['year']}年", text)
    years = memory.period.years if memory.period else ()
    for id, step in _NEIGHBOURS.items() if years else ():
        year = (min(years) if step < 0 else max(years)) + step
        text = phrase("followups", id).sub(f"{year}年", text)
    return text


def without_place(text: str, memory: Memory) -> str:
    """``text`` without the place that was asked about and is not held, where it is let go (没有苏州就用宿迁的)."""
    name = memory.exchanges[-1].question.named.unknown
    stem = phrase("questions", "unit.area_named").sub("", name)
    let_go = phrase("followups", "lets_go").search(text) if name else None
    if not let_go or not stem:
        return text
    places = re.compile(f"(?:{name}|{stem})的?(?:数据|报告|年报)?")
    opening = text[: let_go.end()] + places.sub("", text[let_go.end() :], count=1)
    return phrase("followups", "lets_go").sub("", opening, count=1)


def units_meant(asked: Question, memory: Memory, operation: Operation = "value", over: Over = "") -> tuple[str, ...]:
    """The units that a follow-up names, else those last spoken of; none where an operation looks at all."""
    over_units = asked.all_units or over == "units"
    compared = memory.last.named.units
    if over_units and not asked.all_units and not asked.named.units and len(compared) > 1:
        return compared  # 差多少, of the two that were told
    return asked.named.units or (() if over_units and operation != "rank" else memory.units)


def period_meant(asked: Question, memory: Memory) -> Period | None:
    """The years that a follow-up names, else those last spoken of."""
    return asked.period if asked.period.told else memory.period


def says_who_or_when(asked: Question) -> bool:
    """Whether a follow-up names units or years."""
    return bool(asked.named.units or asked.all_units) or asked.period.told


def names_anything(asked: Question) -> bool:
    """Whether a follow-up names a figure, a unit or an article."""
    named = asked.named
    return bool(asked.metrics or named.units or named.unknown or named.candidates or asked.all_units or asked.article)


def years_in_words(period: Period | None, operation: Operation, over: Over) -> str:
    """Years in words; an operation over years looks at all of them when one alone was spoken of."""
    several = operation in OVER_ALL_YEARS and over in ("years", "")
    if period is None or (several and not period.open and len(period.years) < 2):
        return "历年" if several else ""
    if period.years:
        return "、".join(f"{year}年" for year in period.years)
    if period.open:
        return f"近{period.last}年" if period.last else f"{period.since}年以来" if period.since else "历年"
    return ""


def words_of(question: Question) -> str:
    """The question without its unit and years."""
    return question.period.rest.replace("　", "").rstrip("?？。!！ ")


def core_of(question: Question) -> str:
    """What a follow-up says beside unit, years and small words (那, 呢)."""
    return phrase("followups", "small_word").sub("", words_of(question))


def name_of(question: Question) -> str:
    """What the figures of a question are called."""
    return question.title or spoken(first_readings(question.metrics), question.operation)


def first_readings(metrics: Metrics) -> tuple[str, ...]:
    """Each figure as its likeliest reading."""
    return tuple(readings[0] for readings in metrics)
