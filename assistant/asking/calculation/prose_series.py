"""A number of the prose over the years of one unit (培训人次哪年最多, 网站公开条数两年差多少): each year's report
states its own, and what is asked of them is reckoned from these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.asking.calculation.prose_figures import prose_figure_answer
from assistant.asking.inquiry import Inquiry
from assistant.asking.questions.periods import BLANK
from assistant.asking.questions.vocabulary import operation_words
from assistant.asking.result import Answer, AnswerFigure, joined
from assistant.figures.book import PERCENT_STEP
from assistant.language.numerals import rounded
from assistant.lexicon import phrase, said
from assistant.patterns import regex

__all__ = ["prose_series_answer"]

_MOST_YEARS = 5
# What is asked of the numbers, or said of their order: each report's own number is looked for without it.
_OF_THEM = regex(
    lambda: "|".join(
        (
            operation_words(),
            *(said("questions", id) for id in ("which_year", "times", "sum_asked")),
            said("passages", "of_the_years"),
        )
    )
)  # fmt: skip


def prose_series_answer(inquiry: Inquiry) -> Answer | None:
    """What each year's report states, and the sum, the order or the difference of these; ``None`` where one year is
    asked about, nothing is to be reckoned, or a report does not state it."""
    question, units = inquiry.question, inquiry.units
    held = inquiry.held.get(units[0], []) if len(units) == 1 else []
    years = [year for year in question.period.years or held[-(question.period.last or len(held)) :] if year in held]
    text = question.period.rest
    asked = _OF_THEM.search(text)
    if question.wants_figure or question.explains or not asked or not 1 < len(years) <= _MOST_YEARS:
        return None
    if not (question.period.years or question.period.open or phrase("questions", "which_year").search(text)):
        return None
    own = _OF_THEM.sub(BLANK, text)
    if not phrase("questions", "number_asked").search(own):
        measure = phrase("passages", "counted_in").search(own)
        own = f"{own}多少{measure[0].rstrip('数') if measure else ''}"
    told = []
    for year in sorted(years):
        period = replace(question.period, years=(year,), last=None, since=None, every=False, rest=own)
        one = replace(question, text=own, period=period, operation="value", over="", narrowing=())
        answer = prose_figure_answer(replace(inquiry, question=one))
        if answer is None or len(answer.figures) != 1:
            return None
        told.append(answer)
    figures = [one.figures[0] for one in told]
    words, reckoned = _reckoned(text, figures)
    whole = joined(question.text, told)
    return whole.model_copy(
        update={"answer": f"{units[0]}{words}\n{whole.answer}", "figures": (*whole.figures, *reckoned)}
    )


def _reckoned(text: str, figures: Sequence[AnswerFigure]) -> tuple[str, list[AnswerFigure]]:
    """What is asked of the years' numbers, in words, with the numbers that it adds."""
    by_size = sorted(figures, key=lambda one: -one.value)
    first, last = figures[0], figures[-1]
    measure = last.text.lstrip("0123456789.,，")
    for id, told in (("highest", by_size[0]), ("lowest", by_size[-1])):
        if phrase("questions", f"operation.{id}").search(text):
            return f"{told.year}年{'最多' if id == 'highest' else '最少'}，为{told.text}：", []
    if phrase("questions", "operation.rank").search(text):
        return "从多到少：" + "，".join(f"{one.year}年{one.text}" for one in by_size) + "。", []
    if phrase("questions", "sum_asked").search(text):
        total = sum((one.value for one in figures), Decimal(0))
        return f"{len(figures)}年合计{total:f}{measure}：", [_figure(f"{total:f}{measure}", total, "sum", last)]
    change = last.value - first.value
    points = "个百分点" if last.text.endswith("%") else measure
    words = f"{abs(change):f}{points}"
    told_by = [_figure(words, change, "change", last)]
    told_words = f"{last.year}年比{first.year}年{'多' if change > 0 else '少'}{words}" if change else "前后一样"
    if change and first.value and points == measure:
        rate, times = (
            rounded(one, PERCENT_STEP) for one in (abs(change) * 100 / first.value, last.value / first.value)
        )
        told_by += [_figure(f"{rate:f}%", rate, "yoy", last), _figure(f"{times:f}倍", times, "times", last)]
        told_words += f"，{'增长' if change > 0 else '下降'}{rate:f}%，是{first.year}年的{times:f}倍"
    return f"{told_words}：", told_by


def _figure(text: str, value: Decimal, what: str, like: AnswerFigure) -> AnswerFigure:
    return AnswerFigure(text=text, value=value, metric=f"{like.metric}.{what}", unit=like.unit, year=like.year)
