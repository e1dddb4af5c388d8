"""What is asked on after a term was counted from a day: a step more (延期呢), another day (说错了，是9月10日收的), a
day without its year."""

from __future__ import annotations

import re

from assistant.asking.conversation.memory import Memory
from assistant.asking.questions.question import Question
from assistant.lexicon import phrase

__all__ = ["in_the_year_told", "term_question"]


def in_the_year_told(text: str, memory: Memory) -> str:
    """A day without its year (9月10日), after a term was counted from a day: of the year of that one."""
    day = phrase("passages", "day_named")
    told = day.search(memory.last.text) if _counts_days(memory) else None
    year, within, _ = told[0].partition("年") if told else ("", "", "")
    return day.sub(lambda found: found[0] if "年" in found[0] or not within else f"{year}年{found[0]}", text)


def _counts_days(memory: Memory) -> bool:
    told = memory.answer
    return told is not None and any(figure.metric == "deadline" for figure in told.figures)


def term_question(asked: Question, memory: Memory) -> str:
    """How long it takes with a step more (延期呢), or from another day (说错了，是9月10日收的), after the day a
    term ends on: the question before with that; empty where something else is asked."""
    if not _counts_days(memory) or asked.named.units:
        return ""
    day, which = phrase("passages", "day_named"), phrase("passages", "which_day").search(asked.text)
    dated, alone = day.search(asked.text), phrase("passages", "day_alone")
    last_words = re.split("[，,]", asked.text)[-1]
    if dated and (alone.search(last_words) or phrase("passages", "received_on").search(asked.text)):
        return day.sub(dated[0], memory.last.text, count=1)
    steps = ("term.extended", "term.correction", "step_not_taken")
    asks = which or phrase("followups", "asks_on").search(asked.text)
    if dated or not asks or not (which or any(phrase("passages", id).search(asked.text) for id in steps)):
        return ""
    # 20个工作日到哪天: a step of another length has its own.
    before = phrase("passages", "days_told").sub("", memory.last.text.rstrip("？?。"))
    return f"{before}，{asked.text}"
