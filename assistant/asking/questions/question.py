"""A question taken apart: unit, years, figures, operation, and what is left unexplained."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from assistant.asking.questions.leftover import narrowing_words, place_among
from assistant.asking.questions.operations import (
    ALL_UNITS,
    APPLICANTS,
    EXPLANATION,
    MADE_OF,
    NUMBER_ASKED,
    OPERATIONS,
    WHICH_BARE,
    WHICH_PART,
    WHICH_UNIT,
    WHICH_YEAR,
    YES_OR_NO,
    Condition,
    Operation,
    Over,
    find_condition,
)  # fmt: skip
from assistant.asking.questions.periods import Period, find_period
from assistant.asking.questions.phrases import SLIPS
from assistant.asking.questions.units import NamedUnits, find_units
from assistant.asking.questions.wanted import SUM_ASKED, How, Wanted, find_wanted
from assistant.figures.numerals import CHINESE, parse
from assistant.text import printable

__all__ = ["LONGEST_QUESTION", "Operation", "Question", "parse_question"]

LONGEST_QUESTION = 500  # characters; a question is a sentence, not a document

_ARTICLE = re.compile(rf"第\s*({CHINESE}|\d{{1,3}})\s*条(?![件款信])")
_TELL = re.compile(r"情况|怎么样|如何|做法|做了|工作(?!日)|介绍|说明")
_APART = re.compile(r"比[　\s]+[^，。？]{0,14}?(?:多|少|高|低)|相?差(?:了)?(?:多少|几|多大)")
_FIRST_FEW = re.compile(r"前\s*(\d{1,2}|[一二三四五六七八九十])\s*(?:名|位|家|个|的)")


@dataclass(frozen=True, slots=True)
class Question:
    """``metrics`` and ``how`` as in ``Wanted``; ``over`` is what an operation compares (years, units, parts of a figure);
    ``narrowing`` are words that the tables of a report do not divide by (3月, 民政局)."""

    text: str
    named: NamedUnits
    period: Period
    metrics: tuple[tuple[str, ...], ...]
    how: How
    title: str
    operation: Operation
    over: Over
    condition: Condition | None
    wants_figure: bool
    yes_or_no: bool
    explains: bool
    all_units: bool
    first_few: int | None
    article: int | None
    narrowing: tuple[str, ...]
    today: date


def parse_question(text: str, units: Iterable[str], today: date) -> Question:
    """Take a question apart, knowing the units that the library holds; 去年 is the year before ``today``'s."""
    text = unicodedata.normalize("NFKC", printable(text))[:LONGEST_QUESTION]
    for slip, meant in SLIPS:
        text = re.sub(slip, meant, text)
    named = find_units(text, units)
    period = find_period(named.rest, today)
    wanted = find_wanted(period.rest)
    if not wanted.metrics and re.search(APPLICANTS, period.rest):
        wanted = find_wanted(f"{period.rest}申请")  # 申请人构成: of those who applied
    all_units = bool(re.search(ALL_UNITS, named.rest) or (len(named.units) != 1 and re.search(WHICH_BARE, named.rest)))
    condition, unbound = find_condition(wanted.rest) if _asks_which(named.rest) else (None, wanted.rest)
    operation, over = _operation(named, period, wanted, all_units, condition)
    explains = bool(re.search(EXPLANATION, wanted.rest))
    found = _ARTICLE.search(text)
    numeral = parse(found[1]) if found else None
    narrowing = narrowing_words(text, unbound) if wanted.metrics and not explains else ()
    if len(named.units) == 1 and operation != "rank" and (parts := re.search(ALL_UNITS, named.rest)):
        narrowing = (*narrowing, parts[0])  # 宿迁市各县区: what belongs to a unit has no column in its report
    if not (named.units or named.candidates or named.unknown) and (place := place_among(narrowing, wanted.rest)):
        named, narrowing = replace(named, unknown=place), ()  # 赤壁: a place without its 市
    return Question(
        text=text, named=named, period=period, metrics=wanted.metrics, how=wanted.how, title=wanted.title,
        operation=operation, over=over, condition=condition,
        wants_figure=bool(wanted.metrics) and not explains and not numeral and _asks_number(named, period, wanted, operation),
        yes_or_no=bool(re.search(YES_OR_NO, named.rest)), explains=explains, all_units=all_units,
        first_few=_first_few(period.rest), article=int(numeral.value) if numeral else None, narrowing=narrowing, today=today,
    )  # fmt: skip


def _asks_which(text: str) -> bool:
    return bool(re.search(rf"{WHICH_YEAR}|{ALL_UNITS}", text))


def _asks_number(named: NamedUnits, period: Period, wanted: Wanted, operation: Operation) -> bool:
    if (
        operation != "value"
        or wanted.how != "each"
        or re.search(rf"{NUMBER_ASKED}|{YES_OR_NO}|{APPLICANTS}", period.rest)
    ):
        return True
    located = named.units or named.candidates or named.unknown or period.years or period.open
    return bool(located) and not _TELL.search(wanted.rest)


def _first_few(text: str) -> int | None:
    found = _FIRST_FEW.search(text)
    numeral = parse(found[1]) if found else None
    return int(numeral.value) if numeral else None


def _operation(
    named: NamedUnits, period: Period, wanted: Wanted, all_units: bool, condition: Condition | None
) -> tuple[Operation, Over]:
    text, several_units = period.rest, all_units or len(named.units) > 1
    several_years = period.open or len(period.years) > 1
    chosen: Operation = next((name for name, pattern in OPERATIONS if re.search(pattern, text)), "value")
    if chosen == "change" and (wanted.how == "difference" or (_APART.search(text) and len(named.units) == 2)):
        chosen = "value"
    if chosen in ("highest", "lowest"):
        return chosen, _compared(named, period, wanted, several_units)
    if chosen == "rank":
        return "rank", "units"
    if chosen == "average":
        return "average", "units" if several_units and (len(named.units) > 1 or not several_years) else "years"
    if condition and (re.search(WHICH_YEAR, named.rest) or several_units):
        return "which", "years" if re.search(WHICH_YEAR, named.rest) else "units"
    if chosen == "value" and len(named.units) == 2 and _APART.search(text):
        return "apart", "units"
    if re.search(SUM_ASKED, text) and wanted.how == "each" and (several_years or several_units):
        return "total", "years" if several_years else "units"
    if chosen == "parts" and not re.search(f"{WHICH_PART}|{MADE_OF}", text) and (several_years or several_units):
        chosen = "value"  # 2023、2024年分别是多少
    if chosen == "parts":
        return "parts", "applicants" if re.search(APPLICANTS, text) else "parts"
    if re.search(APPLICANTS, text) and chosen == "value" and wanted.how == "each":
        return "parts", "applicants"
    if chosen == "trend" and len(period.years) in (1, 2):
        return "change", ""  # 2024年有什么变化, 2023到2024年的变化
    return ("trend", "") if chosen == "value" and (period.open or len(period.years) > 2) else (chosen, "")


def _compared(named: NamedUnits, period: Period, wanted: Wanted, several_units: bool) -> Over:
    """What 最多 is the most of: years, units, applicants, or the parts of a figure."""
    text = named.rest
    if re.search(WHICH_YEAR, text):
        return "years"
    if re.search(APPLICANTS, text):
        return "applicants"
    if re.search(WHICH_UNIT, text) or several_units:
        return "units"
    if re.search(WHICH_PART, text) or len(wanted.metrics) > 1:
        return "parts"
    return "parts" if len(period.years) == 1 and not period.open else "years"
