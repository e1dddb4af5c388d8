"""Answers out of several reports, a line or a list for each unit: 哪些单位提到公开专区, 2024年各单位有哪些问题."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.asking.calculation.prose_figures import subject_words
from assistant.asking.inquiry import Inquiry
from assistant.asking.passages.quotation import FITS_REPORT, best_quotes
from assistant.asking.passages.section_five import section_five_answer
from assistant.asking.questions.periods import blanked
from assistant.asking.result import Answer, AnswerFigure, Citation, passage_citation
from assistant.lexicon import phrase

__all__ = ["answer_across_units"]

_MOST_UNITS, _PASSAGES = 12, 3
_ALL_OF_SO_FEW, _MOST_OF_THEM = 2, 0.6  # of the words asked that a quotation must have


def answer_across_units(inquiry: Inquiry) -> Answer | None:
    """What the reports of several units say on one matter, each under its name; ``None`` where one unit is asked about,
    a figure, or nothing that any of them tells."""
    question = inquiry.question
    everyone = question.all_units or phrase("passages", "every_unit").search(question.named.rest)
    if inquiry.units or not everyone or len(inquiry.held) < 2 or question.article or question.wants_figure:
        return None
    year = max(inquiry.years, default=0) or max((year for years in inquiry.held.values() for year in years), default=0)
    units = [unit for unit, years in inquiry.held.items() if year in years]
    lists = [(unit, listed) for unit in units if (listed := _list_of(inquiry, unit, year))]
    if lists:
        return _joined(inquiry, year, len(units), [(listed.answer, listed.citations) for _, listed in lists])
    asked = blanked(phrase("questions", "which_unit"), blanked(phrase("passages", "every_unit"), question.period.rest))
    words = subject_words(blanked(phrase("passages", "told_in"), asked))
    told = [(line, (cited,)) for unit in units for line, cited in _said(inquiry, unit, year, words)] if words else []
    return _joined(inquiry, year, len(units), told) if told else None


def _list_of(inquiry: Inquiry, unit: str, year: int) -> Answer | None:
    period = replace(
        inquiry.question.period,
        years=(year,),
        rest=blanked(phrase("passages", "every_unit"), inquiry.question.period.rest),
    )
    return section_five_answer(replace(inquiry, unit=unit, question=replace(inquiry.question, period=period)))


def _said(inquiry: Inquiry, unit: str, year: int, words: Sequence[str]) -> list[tuple[str, Citation]]:
    entry = inquiry.library.entry(unit, year)
    if entry is None:
        return []
    query = " ".join(words)
    found = inquiry.find(query, _PASSAGES, {entry.id}, sections=(), every_year=True)
    quotes = best_quotes(query, found, inquiry.library, inquiry.search().fits(query, found), enough=FITS_REPORT)
    least = len(words) if len(words) <= _ALL_OF_SO_FEW else len(words) * _MOST_OF_THEM
    if not quotes or sum(word in quotes[0].text for word in words) < least:
        return []
    passage, text = quotes[0].passage, quotes[0].text
    return [(f"{unit}（{passage.place}）：“{text}”", passage_citation(passage, text))]


def _joined(inquiry: Inquiry, year: int, of: int, told: Sequence[tuple[str, Sequence[Citation]]]) -> Answer:
    count = len(told)
    opening = f"资料库里{year}年的报告有{of}份，写到的有{count}份："
    more = f"（只列出前{_MOST_UNITS}份。）" if count > _MOST_UNITS else ""
    shown = told[:_MOST_UNITS]
    figures = tuple(
        AnswerFigure(text=f"{number}份", value=Decimal(number), metric="reports", unit="", year=year)
        for number in dict.fromkeys((of, count, *([_MOST_UNITS] if more else [])))
    )
    note = "" if inquiry.years else f"题中没有写明年份，按最近的{year}年回答。"
    return Answer(
        question=inquiry.question.text,
        answer="\n".join((note + opening, *(line for line, _ in shown), *filter(None, [more]))),
        citations=tuple({one.id: one for _, cited in shown for one in cited}.values()),
        figures=figures,
        route="passages",
    )
