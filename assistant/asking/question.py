"""A question taken apart: unit, years, figures, operation, and what is left unexplained."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.asking.metrics import find_metrics
from assistant.asking.periods import Period, find_period
from assistant.asking.phrases import EXPLANATION, FILLER, NUMBER_ASKED, OPERATIONS, SUM_ASKED
from assistant.asking.units import NamedUnits, find_units
from assistant.figures.numerals import CHINESE, parse
from assistant.text import printable

__all__ = ["LONGEST_QUESTION", "Operation", "Question", "parse_question"]

Operation = Literal["value", "change", "share", "trend", "parts"]
LONGEST_QUESTION = 500  # characters; a question is a sentence, not a document

_ARTICLE = re.compile(rf"第\s*({CHINESE}|\d{{1,3}})\s*条(?![件款信])")
_NARROWING = ("n", "t", "s", "j", "vn", "i", "l", "b")  # word classes of rjieba that narrow a set: nouns, times, places
_MONTHS = re.compile(r"\d{1,2}月(?:份|\d{1,2}日)?|[一二三四]季度|[上下]半年|第[一二三四\d]季度")
_ALL_UNITS = re.compile(r"哪(?:个|家|一家|一个)(?:区|市|县|单位|地方|地区|机关)|各(?:区|市|县|单位|地区|地)")


@dataclass(frozen=True, slots=True)
class Question:
    """``metrics`` as in ``Asked``; ``narrowing`` are words that the tables of a report do not divide by (3月, 民政局)."""

    text: str
    named: NamedUnits
    period: Period
    metrics: tuple[tuple[str, ...], ...]
    operation: Operation
    wants_figure: bool
    explains: bool
    wants_sum: bool
    all_units: bool
    article: int | None
    narrowing: tuple[str, ...]


def parse_question(text: str, units: Iterable[str], today: date) -> Question:
    """Take a question apart, knowing the units that the library holds; 去年 is the year before ``today``'s."""
    text = unicodedata.normalize("NFKC", printable(text))[:LONGEST_QUESTION]
    all_units = bool(_ALL_UNITS.search(text))
    named = find_units(text, units)
    period = find_period(named.rest, today)
    asked = find_metrics(period.rest)
    operation = _operation(period)
    number = bool(re.search(NUMBER_ASKED, text)) or operation != "value"
    explains = bool(re.search(EXPLANATION, text))
    located = bool(named.units or named.candidates or named.unknown or period.years or period.every or period.last)
    found = _ARTICLE.search(text)
    numeral = parse(found[1]) if found else None
    return Question(
        text=text,
        named=named,
        period=period,
        metrics=asked.metrics,
        operation=operation,
        wants_figure=bool(asked.metrics) and not explains and not numeral and (number or located),
        explains=explains,
        wants_sum=bool(re.search(SUM_ASKED, text)),
        all_units=all_units,
        article=int(numeral.value) if numeral else None,
        narrowing=_narrowing(_told_clauses(text, asked.rest)) if asked.metrics and not explains else (),
    )


def _operation(period: Period) -> Operation:
    chosen: Operation = "value"
    for name, pattern in OPERATIONS:
        if re.search(pattern, period.rest):
            chosen = name  # type: ignore[assignment]
            break
    if chosen == "trend" and len(period.years) in (1, 2):
        return "change"  # 2024年有什么变化, 2023到2024年的变化
    several = period.every or period.last or len(period.years) > 2
    return "trend" if several and chosen != "share" else chosen  # 近三年分别有多少


def _told_clauses(text: str, rest: str) -> str:
    """What is left of the clauses that name unit, year or figure; what is said beside them narrows nothing."""
    clauses = [found.span() for found in re.finditer(r"[^,，。;；:：?？!！]+", text)]
    return "，".join(rest[start:end] for start, end in clauses if rest[start:end] != text[start:end])


def _narrowing(rest: str) -> tuple[str, ...]:
    """Words of the question that no part of it explains and that may narrow what is counted."""
    months = tuple(found[0] for found in _MONTHS.finditer(rest))
    for _, pattern in OPERATIONS:
        rest = re.sub(pattern, "　", rest)
    rest = re.sub(rf"{_ALL_UNITS.pattern}|{_MONTHS.pattern}|{NUMBER_ASKED}|{FILLER}|[^\w]", "　", rest)
    pieces = [piece for piece in rest.split("　") if re.search(r"[\u4e00-\u9fffA-Za-z]", piece)]
    if not pieces:
        return months
    import rjieba  # loads its dictionary: most questions never come here

    return months + tuple(
        word for piece in pieces for word, tag in rjieba.tag(piece) if tag.startswith(_NARROWING) and len(word) > 1
    )
