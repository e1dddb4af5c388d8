"""What only the prose of reports can tell: why a figure is as it is, a matter of the same report, a point of a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from assistant.asking.calculation.prose_figures import subject_words
from assistant.asking.conversation.antecedents import (
    Metrics,
    core_of,
    first_readings,
    name_of,
    period_meant,
    units_meant,
    words_of,
    years_in_words,
)
from assistant.asking.conversation.figure_questions import figure_question
from assistant.asking.conversation.memory import Memory, Point
from assistant.asking.conversation.rule_questions import rule_question
from assistant.asking.questions.expressions import cells_in, label, spoken
from assistant.asking.questions.periods import Period
from assistant.asking.questions.question import Question, parse_question
from assistant.asking.questions.tokens import figure_words
from assistant.lexicon import phrase

__all__ = [
    "matter_of_report",
    "matter_question",
    "of_the_same_report",
    "parts_question",
    "point_question",
    "reason_question",
    "subject_before",
]

_WITH_REASONS = ("denied", "unavailable", "not_processed", "otherwise_handled")


def reason_question(
    asked: Question, core: str, memory: Memory
) -> tuple[Question, Literal["question", "reason", "rule"]] | None:
    """Why a figure is as it is: the reasons that table 3 gives (why information was denied) are its rows, a question
    for figures; any other only prose can tell, that of the same unit and year, or a rule. ``None`` where nobody asks
    why."""
    newest = memory.exchanges[-1]
    # 24年那件呢，什么原因: a reason was asked for before, and is again.
    last = newest.question if newest.aside and newest.question.metrics else memory.last
    if not phrase("followups", "why").search(core) or (last.article is not None and not asked.named.units):
        return None
    only = bool(phrase("followups", "only_why").fullmatch(core))
    groups = [one for one in first_readings(last.metrics) if one.count(".") == 2 and one.split(".")[1] in _WITH_REASONS]
    if only and last.wants_figure and groups and last.operation == "value" and last.how == "each":
        metrics: Metrics = ((groups[0],),)
        words = spoken((groups[0],), "value")
        return figure_question(asked, memory, metrics, "each", "parts", "parts", words=words), "question"
    if not last.wants_figure and not (asked.metrics and memory.units):
        if not only:
            return None
        return matter_question(words_of(last), asked, memory, "，为什么"), "reason"
    this, moves = phrase("followups", "this"), phrase("followups", "moved")
    rest = this.sub("", phrase("followups", "why_of").sub("", core))
    if asked.named.units and not (asked.metrics or moves.fullmatch(rest)):
        return None
    if asked.metrics and not (asked.named.units or memory.units):
        return None
    ruled = phrase("followups", "ruled").search(rest) and not (asked.named.units or asked.period.years)
    if ruled and not asked.metrics:
        # 为什么这种可以不给: a rule is asked for, of what the figure counts.
        words = f"{label(cells_in(first_readings(last.metrics)[0])[0])}，{rest}"
        return rule_question(words, asked, "，为什么"), "rule"
    if asked.metrics:
        metrics, subject = asked.metrics, rest
    elif only or moves.fullmatch(rest):
        metrics, subject = last.metrics, name_of(last)
    elif this.search(core):
        metrics, subject = last.metrics, name_of(last) + rest
    else:
        return None
    moved = bool(moves.search(rest)) or (last.operation in ("change", "trend") and not asked.metrics)
    if moved and not asked.metrics and not asked.period.years and (told := memory.moved()):
        metrics = told[0]
        subject = spoken(first_readings(metrics), "value")
        asked = replace(asked, period=replace(asked.period, years=told[1]))
    tail = "为什么有这样的变化" if moved and not asked.metrics else "为什么是这样" if only else "，为什么"
    question = matter_question(subject, asked, memory, tail, metrics=metrics)
    if asked.metrics:  # said in words of its own
        question = replace(question, period=replace(question.period, rest=words_of(asked)))
    return replace(question, operation="change" if moved else "value"), "reason"


def matter_question(subject: str, asked: Question, memory: Memory, tail: str, metrics: Metrics = ()) -> Question:
    """What the passages of the units and years spoken of say on a matter."""
    units, period = units_meant(asked, memory), period_meant(asked, memory)
    text = f"{'和'.join(units)}{years_in_words(period, 'value', '')}{subject}{tail}"
    named = replace(asked.named, units=units, candidates=(), unknown="")
    rest = f"{subject}{'是什么原因' if '为什么' in tail else ''}"
    return replace(
        asked, text=text, named=named, period=replace(period or asked.period, rest=rest), metrics=metrics, how="each",
        operation="value", over="", wants_figure=False, explains=True, narrowing=(), set_aside=(), pairs=(),
        own_years=(),
    )  # fmt: skip


def parts_question(asked: Question, core: str, memory: Memory, held: Mapping[str, Sequence[int]]) -> Question | None:
    """What is asked of the parts of a number that a report was just quoted with (县区里头哪个最多); ``None``
    where something else is asked."""
    ids = ("which_of_parts", "kind_of_part", "whole_of_parts")
    told = [phrase("passages", id).search(core) for id in ids if not phrase("followups", "these_parts").search(core)]
    if asked.metrics or asked.article or asked.named.units or asked.named.unknown or not any(told):
        return None
    quoted = ""
    topic: tuple[str, ...] = ()
    for exchange in reversed(memory.exchanges):
        found = exchange.answer
        of_report = found and found.route == "passages" and any(one.unit for one in found.citations)
        if not found or found.abstained or not of_report:
            break
        quoted = quoted or "".join(one.quote for one in found.citations)
        asked_of = words_of(exchange.question)
        named = (*subject_words(asked_of), *(asked_of[hit.start : hit.end] for hit in figure_words(asked_of)))
        words = tuple(word for word in named if word in quoted)
        topic = max(topic, words, key=len)
    if not topic or len(memory.units) != 1:
        return None
    when = years_in_words(period_meant(asked, memory), "value", "")
    return parse_question(f"{memory.units[0]}{when}{''.join(topic)}，{core}", held, asked.today)


def subject_before(memory: Memory) -> str:
    """What was talked about last: the figure, or the matter."""
    last = memory.exchanges[-1].question
    return name_of(last) if last.metrics else phrase("followups", "why").sub("", words_of(last)).strip("，的")


def matter_of_report(core: str, asked: Question, memory: Memory) -> Question:
    """A matter of the prose or the regulation: of the same report; of a rule, beside the question before."""
    last = memory.last
    units, period = units_meant(asked, memory), period_meant(asked, memory)
    if last.wants_figure or last.named.units or last.period.told:
        rest = f"{core}情况"
        text = f"{'和'.join(units)}{years_in_words(period, 'value', '')}{rest}"
        named = replace(asked.named, units=units)
        return replace(asked, text=text, named=named, period=replace(period or asked.period, rest=rest))
    text = f"{words_of(last)}，{core}"
    return replace(asked, text=text, period=replace(asked.period, rest=text))


def of_the_same_report(asked: Question, core: str) -> bool:
    """改进措施有哪些, after what the report of a unit says: of that report."""
    own = asked.metrics or asked.article or asked.all_units or asked.named.units
    told = phrase("followups", "report_matter").search(core) and not phrase("followups", "rule_asked").search(core)
    return not own and bool(told)


def point_question(asked: Question, point: Point, memory: Memory) -> tuple[Question, Literal["again", "point"]]:
    """A point of a list that was told: itself, or something that is asked about it; ``again`` of another year."""
    core = core_of(asked) or memory.asked_of_a_point()
    cited = point.citation
    named = replace(asked.named, units=(cited.unit,) if cited.unit in memory.units or cited.unit else ())
    years = asked.period.years or ((cited.year,) if cited.year else ())
    again = bool(asked.period.years) and asked.period.years != (cited.year,)
    itself = again or not core or phrase("followups", "tell_it").fullmatch(core)
    rest = point.text if itself else f"{point.text}，{core}"
    text = f"{cited.unit}{'、'.join(f'{year}年' for year in years)}“{point.text}”{core}"
    question = replace(
        asked, text=text, named=named, period=Period(years, None, False, rest), metrics=(), wants_figure=False,
        narrowing=(), set_aside=(), article=None, explains=True,
    )  # fmt: skip
    return question, "again" if again else "point"
