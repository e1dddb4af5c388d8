"""A question for figures, put together of what a follow-up says and what was asked before, and told in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.asking.conversation.antecedents import (
    OVER_ALL_YEARS,
    Metrics,
    first_readings,
    name_of,
    period_meant,
    says_who_or_when,
    units_meant,
    words_of,
    years_in_words,
)
from assistant.asking.conversation.meant_figures import asked_together, last_few, last_two, shares, sum_of
from assistant.asking.conversation.memory import Memory, Referents
from assistant.asking.questions.expressions import spoken, whole_of
from assistant.asking.questions.metrics import find_metrics
from assistant.asking.questions.periods import BLANK, Period
from assistant.asking.questions.question import Question
from assistant.asking.questions.vocabulary import Operation, Over
from assistant.asking.questions.wanted import How
from assistant.lexicon import phrase, run_of

__all__ = [
    "added_question",
    "as_percentage",
    "figure_question",
    "most_of_these",
    "operation_meant",
    "outcomes_question",
    "portion_question",
    "same_question",
]

# How an operation is asked for, after what it is done with.
_ASKED_FOR: dict[tuple[Operation, Over], str] = {
    ("value", ""): "多少",
    ("change", ""): "同比增长多少",
    ("trend", ""): "变化趋势",
    ("parts", "parts"): "有哪些情形，各多少",
    ("parts", ""): "有哪些情形，各多少",
    ("parts", "applicants"): "的申请人构成",
    ("highest", "years"): "哪一年最多",
    ("highest", "units"): "哪个单位最多",
    ("highest", "parts"): "哪种情形最多",
    ("highest", "applicants"): "哪类申请人最多",
    ("lowest", "years"): "哪一年最少",
    ("lowest", "units"): "哪个单位最少",
    ("lowest", "parts"): "哪种情形最少",
    ("lowest", "applicants"): "哪类申请人最少",
    ("average", "years"): "年均多少",
    ("average", "units"): "平均多少",
    ("total", "years"): "合计多少",
    ("total", "units"): "合计多少",
    ("rank", "units"): "排第几",
    ("apart", "units"): "相差多少",
    ("portion", "units"): "合计中第一家占多少",
    ("portion", "years"): "合计中第一年占多少",
    ("grew_most", "years"): "哪一年增长最快",
    ("grew_most", "units"): "哪个单位增长最快",
    ("fell_most", "years"): "哪一年下降最快",
    ("fell_most", "units"): "哪个单位下降最快",
}
# What 最多 was of may be named: else 最少的呢 is of the same.
_OVER = ("which_unit", "which_year", "which_part", "applicants")
_COMPARES = ("几倍", "谁")
_COUNTED = "〇一两三四五六"  # 三项合计
_ENOUGH_YEARS = 3  # from here on values over the years are a trend


def figure_question(
    asked: Question, memory: Memory, metrics: Metrics, how: How, operation: Operation, over: Over, *, words: str,
    title: str = "", tail: str = "",
) -> Question:  # fmt: skip
    """A question for figures, with the units and years that it names, else those last spoken of."""
    units = units_meant(asked, memory, operation, over)
    period = period_meant(asked, memory)
    own_years = asked.operation == "value" and asked.period.years
    several = operation in OVER_ALL_YEARS and over in ("years", "") and not own_years
    if several and (period is None or (not period.open and len(period.years) < 2)):
        period = Period((), None, True, "")
    period = period or asked.period
    if asked.operation == "change" and phrase("followups", "than_before").search(asked.text):
        focus = memory.period.years if memory.period else ()
        period = Period(focus, None, False, "")
    operation, over = _fitting(operation, over, units, period, how)
    rest = words + (
        tail or ("占比是多少" if how == "share" and not title else _tail(asked, memory.last, operation, over))
    )
    text = "和".join(units) + years_in_words(period, operation, over) + rest
    named = replace(asked.named, units=units, candidates=(), unknown="", rest=rest)
    everyone = asked.all_units or (over == "units" and not units) or (not units and memory.last.all_units)
    # 最多的是最少的几倍, 跟宿迁比谁高: said of what lies apart.
    compared = operation in ("apart", "change")
    # Of a figure that was only asked back (这类申请), no more is known now.
    asked_back = bool(memory.answer and memory.answer.abstained)
    same = asked_back and not asked.metrics and metrics == memory.last.metrics
    kept = memory.last.narrowing if same else ()
    small = run_of("followups", "changes_topic")
    own = (word for word in asked.narrowing if not ((compared and word in _COMPARES) or small.fullmatch(word)))
    narrowing = tuple(dict.fromkeys((*kept, *own)))
    return replace(
        asked, text=text, named=named, period=replace(period, rest=rest), metrics=metrics, how=how, title=title,
        narrowing=narrowing,
        operation=operation, over=over, wants_figure=True, explains=False, all_units=everyone, article=None,
        set_aside=(), pairs=(), own_years=(), first_few=asked.first_few, condition=asked.condition,
    )  # fmt: skip


def _fitting(
    operation: Operation, over: Over, units: Sequence[str], period: Period, how: How
) -> tuple[Operation, Over]:
    """The operation that fits the units and years: one year has no trend, many years of a unit have one."""
    one_year = len(period.years) == 1 and not period.open
    many = (period.open and period.last != 1) or len(period.years) >= _ENOUGH_YEARS
    if one_year and (operation == "trend" or (operation in ("average", "highest", "lowest") and over == "years")):
        return "value", ""
    if many and len(units) < 2 and ((operation == "value" and how != "sum") or operation == "change"):
        return "trend", ""
    if len(units) == 1 and operation in ("apart", "highest", "lowest", "total", "average") and over == "units":
        return ("value", "") if one_year else ("trend", "")
    if operation == "rank" and len(units) > 1:
        return "value", ""  # those alone, in their order
    if len(period.years) == 2 and operation == "trend":
        return "change", ""
    return operation, over


def operation_meant(asked: Question, last: Question, *, inherits: bool) -> tuple[Operation, Over, How]:
    """What is done, over what, and how: the new question's own, else the one before's."""
    if asked.how == "share" and not asked.title and asked.operation not in ("highest", "lowest"):
        return "value", "", "share"
    if phrase("questions", "sum_asked").search(words_of(asked)) and not asked.metrics:
        one_year = len(last.period.years) == 1 and not says_who_or_when(asked)
        side_by_side = one_year and (last.all_units or last.over == "units" or len(last.named.units) > 1)
        over_units = asked.all_units or len(asked.named.units) > 1 or side_by_side
        return "total", "units" if over_units else "years", last.how
    if (
        asked.operation in ("highest", "lowest")
        and last.operation in ("highest", "lowest")
        and not any(phrase("questions", id).search(asked.text) for id in _OVER)
    ):
        return asked.operation, last.over, last.how
    everyone = last.all_units or last.over == "units" or len(last.named.units) > 1
    if asked.operation == "average" and everyone and not says_who_or_when(asked):
        return "average", "units", last.how  # 平均呢, of the units that were added up
    if asked.operation != "value" or asked.title:
        kept = last.how if not asked.metrics and last.how == "share" else asked.how
        return asked.operation, asked.over, "share" if asked.title else kept
    if not inherits or asked.how != "each":
        return "value", "", asked.how
    return last.operation, last.over, "share" if last.how == "share" and not last.title else "each"


def _tail(asked: Question, last: Question, operation: Operation, over: Over) -> str:
    if asked.how == "difference" or operation == "which":
        return "多少"
    tail = _ASKED_FOR.get((operation, over), _ASKED_FOR.get((operation, ""), "多少"))
    kind = phrase("questions", "which_unit").search(last.text)
    return tail.replace("哪个单位", kind[0]) if kind and kind[0].startswith("哪") else tail


def same_question(asked: Question, memory: Memory, means: Referents) -> Question:
    """The question before, of another unit or other years; a change over several years is a trend, and one year of a
    trend is a figure."""
    last = memory.last
    if not last.wants_figure:
        units, period = units_meant(asked, memory), period_meant(asked, memory) or asked.period
        words = words_of(last)
        text = "和".join(units) + years_in_words(period, "value", "") + words
        named = replace(last.named, units=units, candidates=(), unknown="")
        period = replace(period, rest=last.period.rest)
        return replace(last, text=text, named=named, period=period, all_units=asked.all_units, pairs=(), own_years=())
    metrics: Metrics = tuple((one,) for one in means.metrics) or last.metrics
    base = replace(
        asked, condition=last.condition, first_few=last.first_few, times=last.times, narrowing=last.narrowing,
        yes_or_no=last.yes_or_no,
    )  # fmt: skip
    open_now = asked.period.open and last.operation == "change"
    operation: Operation = "trend" if open_now else last.operation
    over = last.over
    how = "each" if means.metrics else last.how
    one_of_two = operation == "change" and len(last.period.years) == 2 and len(asked.period.years) == 1
    if means.metrics or one_of_two or (len(means.units) == 1 and operation == "rank"):
        operation, over = "value", ""  # 第二名呢: its figure; one of the years that were compared
    made = figure_question(
        base,
        memory,
        metrics,
        how,
        operation,
        over,
        words=spoken(first_readings(metrics), operation) if means.metrics else name_of(last),
        title="" if means.metrics else last.title,
    )
    opening = "和".join(made.named.units) + years_in_words(made.period, made.operation, made.over)
    changed = made.operation != last.operation
    words = made.period.rest if changed or means.metrics else words_of(last)
    return replace(made, text=opening + words, period=replace(made.period, rest=words))


def outcomes_question(asked: Question, core: str, memory: Memory) -> Question | None:
    """最后怎么处理的, after applications or cases were counted: each outcome by itself; ``None`` where something else
    is asked, or counted."""
    of = first_readings(memory.last.metrics)[0].partition("/")[0]
    family, _, rest = of.partition(".")
    column = rest.rpartition(".")[2]
    named = set(first_readings(asked.metrics)) - {"requests.concluded.total"}  # 处理的
    if not phrase("questions", "came_of_it").fullmatch(core) or named or family == "disclosure":
        return None
    metric = f"requests.concluded.{column}" if family == "requests" else f"{of.rpartition('.')[0]}.total"
    return figure_question(asked, memory, ((metric,),), "each", "parts", "parts", words=spoken((metric,), "value"))


def portion_question(asked: Question, core: str, memory: Memory, means: Referents) -> Question | None:
    """清源占三家的百分之几, 洪泽占几成, 2024年占合计的多少: what part one unit, or one year, has in what those that
    were told come to; asked back where it does not stand among them, and their sum is named."""
    last, named = memory.last, asked.named.units
    of_sum = bool(phrase("followups", "of_the_sum").search(core)) and not asked.metrics
    if of_sum and not named and len(asked.period.years) == 1 and len(last.metrics) == 1:
        return _year_of_all(asked, memory, means)
    lists = (means.units, last.named.units, memory.run_units, memory.listed_units if of_sum else memory.unit_list)
    among = next((one for one in lists if len(one) > 1), ())
    again = last.operation == "portion" and not core
    if of_sum and named and not (len(named) == 1 and named[0] in among):
        return replace(same_question(asked, memory, Referents()), narrowing=(core,))
    if len(named) != 1 or named[0] not in among or len(among) == 1 or asked.metrics or len(last.metrics) != 1:
        return None
    if not again and not (asked.how == "share" and last.how != "share"):
        return None
    units = tuple(dict.fromkeys((*named, *among)))
    own = replace(asked, named=replace(asked.named, units=units), narrowing=())
    return figure_question(own, memory, last.metrics, last.how, "portion", "units", words=name_of(last))


def _year_of_all(asked: Question, memory: Memory, means: Referents) -> Question:
    """What part one year has in what the years that were told come to."""
    last, year = memory.last, asked.period.years[0]
    listed = memory.year_list if memory.newest == "years" else ()
    among = next((one for one in (means.years, last.period.years, listed) if len(one) > 1), ())
    if year not in among or last.how == "share":
        return replace(same_question(asked, memory, Referents()), narrowing=(words_of(asked).strip(BLANK),))
    own = replace(asked, period=replace(asked.period, years=tuple(dict.fromkeys((year, *among)))), narrowing=())
    return figure_question(own, memory, last.metrics, "each", "portion", "years", words=name_of(last))


def added_question(asked: Question, core: str, memory: Memory) -> Question | None:
    """What was told last, added up (两项加起来多少), or as a share (两项占办结的多少); ``None`` where neither is asked,
    or it cannot be added."""
    last, of_two = memory.last, phrase("followups", "these_two").match(core)
    many = phrase("followups", "these_many").match(core) if last.wants_figure else None
    if many:
        return _of_many(asked, core, memory, many[0], _COUNTED.find(many["count"]))
    whole = phrase("followups", "of_which_whole").search(core) if of_two else None
    if whole and (of := find_metrics(whole["whole"]).metrics) and (both := last_two(memory)):
        share = f"{'+'.join(one.partition('/')[0] for one in both)}/{of[0][0]}"
        return figure_question(asked, memory, ((share,),), "share", "value", "", words=f"{spoken(both, 'value')}一共")
    said = phrase("followups", "together").fullmatch(core)
    if asked.metrics or says_who_or_when(asked) or not said:
        return None
    count = _COUNTED.find(said["count"] or "")
    both = (
        last_few(memory, count)
        if count > len(("the last", "the one before"))
        else asked_together(last) or last_two(memory)
    )
    added = sum_of(both) if both else ""
    if not added and said["count"] and last.wants_figure:
        # 三项合计, where so many were not told, or cannot be added: no single one of them is meant.
        return replace(same_question(asked, memory, Referents()), narrowing=(said[0],))
    if phrase("questions", "how_many_cases").search(core):
        added = added.partition("/")[0]  # 两者合计多少件, behind their shares
    how: How = "share" if "/" in added else "sum"
    words = f"{spoken(both, 'value')}一共" if added else ""
    return figure_question(asked, memory, ((added,),), how, "value", "", words=words) if added else None


def _of_many(asked: Question, core: str, memory: Memory, said: str, count: int) -> Question | None:
    """The last so many figures added up, or as a share (三项加起来占办结的百分之几); asked back where so many were not
    told, or cannot be added: no single one of them is meant."""
    if not phrase("questions", "sum_asked").search(core) and not phrase("questions", "share_asked").search(core):
        return None
    told = last_few(memory, count)
    words = f"{spoken(told, 'value')}一共"
    if not told:
        own = replace(asked, metrics=(), how="each")
        return replace(same_question(own, memory, Referents()), narrowing=(said,))
    if not phrase("questions", "share_asked").search(core):
        return figure_question(asked, memory, (("+".join(told),),), "sum", "value", "", words=words)
    whole = phrase("followups", "of_which_whole").search(core)
    of = find_metrics(whole["whole"]).metrics if whole else ()
    over = of[0][0] if of else whole_of(told[0])
    if not over:
        return None
    return figure_question(asked, memory, ((f"{'+'.join(told)}/{over}",),), "share", "value", "", words=words)


def most_of_these(asked: Question, core: str, memory: Memory) -> Question | None:
    """哪个最多, after one figure was told of several units, or several figures of one report: of those."""
    if not phrase("followups", "which_of_these").fullmatch(core) or asked.operation not in ("highest", "lowest"):
        return None
    operation: Operation = asked.operation
    named_before = memory.last.named.units if len(memory.last.period.years) == 1 else ()
    units = next((one for one in (memory.run_units, named_before) if len(one) > 1), ())
    if units:
        named = replace(asked.named, units=units)
        words = name_of(memory.last)
        return figure_question(
            replace(asked, named=named), memory, memory.last.metrics, memory.last.how, operation, "units", words=words
        )
    metrics = memory.run_metrics
    alike = {one.partition(".")[0] for one in first_readings(metrics)}
    if len(metrics) > 1 and len(alike) == 1 and memory.last.how == "each":
        own = replace(asked, all_units=False, named=replace(asked.named, units=memory.units))
        words = spoken(first_readings(metrics), operation)
        tail = "哪个最多" if operation == "highest" else "哪个最少"
        return figure_question(own, memory, metrics, "each", operation, "parts", words=words, tail=tail)
    return None


def as_percentage(asked: Question, memory: Memory) -> Question:
    """What was told as a number, as a percentage: a change as its rate, a part as its share."""
    last = memory.last
    if last.how == "share" or last.operation in ("change", "apart", "trend"):
        return figure_question(asked, memory, last.metrics, last.how, last.operation, last.over, words=name_of(last),
                        title=last.title)  # fmt: skip
    return figure_question(asked, memory, shares(last.metrics, "", memory), "share", "value", "", words=name_of(last))
