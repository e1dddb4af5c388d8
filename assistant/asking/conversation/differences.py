"""How far two things lie apart that were told one after the other, or that a follow-up compares."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.asking.conversation.antecedents import Metrics, first_readings, name_of, with_referents, words_of
from assistant.asking.conversation.figure_questions import figure_question
from assistant.asking.conversation.meant_figures import metrics_meant
from assistant.asking.conversation.memory import Memory, Referents
from assistant.asking.questions.expressions import label, spoken
from assistant.asking.questions.metrics import find_metrics
from assistant.asking.questions.question import Question
from assistant.asking.questions.vocabulary import Operation, Over
from assistant.lexicon import phrase

__all__ = ["difference"]

_APART_UNITS: tuple[Operation, Over] = ("apart", "units")
_APART_YEARS: tuple[Operation, Over] = ("change", "")
_BOTH = 2


def difference(asked: Question, core: str, memory: Memory, pointed: Metrics = ()) -> Question | None:
    """How far two things lie apart: those pointed at (``pointed``, rows that were told), those compared with, the
    highest and the lowest told, or what the last two questions asked for. A figure that is named (诉讼多几件) is the
    whole of it, whatever part of it was told before."""
    last, previous = memory.last, memory.previous
    metrics = metrics_meant(words_of(asked), asked, last, rows="whole") or last.metrics
    words = spoken(first_readings(metrics), "value") if asked.metrics else name_of(last)
    rest = phrase("followups", "small_word").sub("", find_metrics(words_of(asked)).rest) if asked.metrics else core
    both_ends = {one.operation for one in (last, memory.previous) if one} == {"highest", "lowest"}
    ends_named = phrase("followups", "highest_and_lowest").search(words_of(asked))
    of_extremes = last.metrics and (ends_named or (both_ends and phrase("followups", "how_far_apart").fullmatch(core)))
    if of_extremes and (ends := memory.extremes()):
        units = tuple(dict.fromkeys(one.unit for one in ends))
        years = tuple(sorted({one.year for one in ends if one.year}))
        asked = replace(asked, operation="value", period=replace(asked.period, years=()))
        asked = with_referents(asked, Referents(units, years), {})
        operation, over = _APART_UNITS if len(units) > 1 else _APART_YEARS
        return figure_question(asked, memory, metrics, last.how, operation, over, words=words, tail="相差多少")
    said = (rest, phrase("followups", "saying").sub("", rest))  # 也用，两家差多少
    apart = any(phrase("followups", "how_far_apart").fullmatch(one) for one in said)
    with_them = phrase("followups", "compared_with").search(asked.named.rest)
    if asked.named.units and metrics and (with_them or apart) and set(asked.named.units) != set(memory.units):
        # 第二和第三差多少, 宿迁和洪泽差多少: these two alone; 跟洪泽比: beside those that were spoken of.
        alone = len(asked.named.units) == _BOTH and not with_them
        compared = asked.named.units if alone else (*memory.units, *asked.named.units)
        named = replace(asked.named, units=tuple(dict.fromkeys(compared)))
        operation, over = _APART_UNITS if len(metrics) == 1 else ("value", "")
        return figure_question(replace(asked, named=named), memory, metrics, "each", operation, over, words=words)
    focus = memory.period.years[-1:] if memory.period else ()
    beside = len(asked.period.years) == 1 and focus and focus != asked.period.years and not asked.named.units
    if beside and last.metrics and phrase("followups", "beside_year").search(asked.period.rest):
        asked = replace(asked, period=replace(asked.period, years=tuple(sorted((*focus, *asked.period.years)))))
        return figure_question(
            asked, memory, metrics, last.how, "change", "", words=words, title=last.title, tail="相比"
        )
    grew = phrase("followups", "grew_by").fullmatch(rest)
    if not (apart or grew) or not metrics:
        return None
    if len(pointed) == _BOTH and not grew:
        return _apart(asked, memory, pointed)  # 第一比第二多几件, of the reasons that were listed
    if len(asked.named.units) == _BOTH:
        return figure_question(asked, memory, metrics, "each", "apart", "units", words=words)
    if len(asked.period.years) == _BOTH:
        return figure_question(asked, memory, metrics, last.how, "change", "", words=words, tail="相差多少")
    if asked.metrics or asked.period.years:
        return None
    if last.how == "difference" and not grew:
        return figure_question(asked, memory, last.metrics, last.how, "value", "", words=words, tail="相差多少")
    if len(last.named.units) == _BOTH and last.metrics and not grew:
        return figure_question(asked, memory, metrics, "each", "apart", "units", words=words)
    if len(last.period.years) == _BOTH:
        return figure_question(asked, memory, metrics, last.how, "change", "", words=words, tail="相差多少")
    if len(last.metrics) == _BOTH and last.how == "each" and not grew:
        return _apart(asked, memory, last.metrics)
    if previous is None:
        return None
    whose, before_that = memory.units, memory.earlier
    same_figure = previous.metrics == last.metrics
    if grew and not (same_figure and previous.named.units == last.named.units):
        return None  # over the year before
    both = tuple(dict.fromkeys((*before_that, *whose)))
    years = tuple(sorted({*previous.period.years, *last.period.years}))
    if same_figure and previous.named.units == last.named.units and len(years) == 2:
        asked = replace(asked, period=replace(asked.period, years=years))
        return figure_question(asked, memory, metrics, last.how, "change", "", words=words, tail="相差多少")
    if len(both) == 2 and last.named.units != previous.named.units and not asked.named.units:
        named = replace(asked.named, units=both)
        return figure_question(replace(asked, named=named), memory, metrics, "each", "apart", "units", words=words)
    if same_figure or len(previous.metrics) + len(last.metrics) != _BOTH:
        return None
    return _apart(asked, memory, (*previous.metrics, *last.metrics))


def _apart(asked: Question, memory: Memory, metrics: Metrics) -> Question | None:
    """How far two figures of one kind lie apart; ``None`` where they are reckoned themselves."""
    one, other = metrics
    alike = one[0].partition(".")[0] == other[0].partition(".")[0]
    if not alike or any(re.search("[-+/]", readings[0]) for readings in metrics):
        return None
    apart = tuple(f"{first}-{second}" for first in one for second in other)
    told = f"{label(one[0])}与{label(other[0])}"
    asked = replace(asked, all_units=False)  # 哪个多: of the two, not of everybody
    return figure_question(asked, memory, (apart,), "difference", "value", "", words=told, tail="相差多少")
