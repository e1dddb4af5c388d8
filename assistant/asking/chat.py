"""A conversation: what a follow-up leaves out (那2023年呢？) is taken from the question before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from assistant.asking.answer import answer
from assistant.asking.question import Question, parse_question
from assistant.asking.result import Answer
from assistant.library import Library

if TYPE_CHECKING:
    from assistant.llm.model import Model

__all__ = ["chat", "completed"]

_FOLLOW_UP = re.compile(r"^(?:那么?|还有|再看看?|换成|如果是)|呢[?？]?$")
_SMALL_WORDS = re.compile(r"那么?|还有|再看看?|换成|如果是|怎么样|呢|[的和与\s　，,。?？!！]")


def chat(
    questions: Iterable[str],
    library: Library,
    model: Model | None = None,
    *,
    today: date | None = None,
    say: Callable[[str], None] | None = None,
) -> Iterator[Answer]:
    """Answer one question after the other. ``Answer.question`` is the question as completed."""
    today = today or date.today()
    before: Question | None = None
    for text in questions:
        question = parse_question(text, library.units(), today)
        if before is not None:
            question = parse_question(completed(question, before), library.units(), today)
        yield answer(question.text, library, model, today=today, say=say)
        before = question


def completed(question: Question, before: Question) -> str:
    """The question with unit, years and figure of the one before, where it leaves them out and asks on.

    A question that stands on its own (names its unit, or asks for an explanation) is left as it is.
    """
    body = _words(question)
    bare = not _SMALL_WORDS.sub("", body)
    asks_on = bare or bool(_FOLLOW_UP.search(question.text)) or (bool(question.metrics) and question.wants_figure)
    if not asks_on or (question.named.units and not bare) or question.named.unknown:
        return question.text
    units = question.named.units or before.named.units
    period = question if _has_period(question) else before
    if bare:
        body = _words(before)
    return f"{'和'.join(units)}{_period_words(period)}{body}"


def _words(question: Question) -> str:
    """The question without its unit and years."""
    return question.period.rest.replace("　", "")


def _has_period(question: Question) -> bool:
    period = question.period
    return bool(period.years or period.last or period.every)


def _period_words(question: Question) -> str:
    period = question.period
    if period.years:
        return "、".join(f"{year}年" for year in period.years)
    return f"近{period.last}年" if period.last else "历年" if period.every else ""
