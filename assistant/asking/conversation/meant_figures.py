"""Which figures a follow-up means: a column or row of those before (法人的呢), one of their kind, several added up,
what is left of one (其余的呢), a share of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from assistant.asking.conversation.antecedents import Metrics, first_readings
from assistant.asking.conversation.memory import Memory
from assistant.asking.questions.exclusion import Exclusion, find_exclusion, what_is_left
from assistant.asking.questions.expressions import cells_in, label, may_be_added, sides, spoken, whole_of
from assistant.asking.questions.metrics import find_metrics
from assistant.asking.questions.question import Question
from assistant.asking.questions.tokens import figure_words
from assistant.asking.questions.wanted import Wanted
from assistant.lexicon import phrase

__all__ = [
    "asked_together",
    "figures_told",
    "kind_counted",
    "last_few",
    "last_two",
    "left_figure",
    "metrics_meant",
    "most_told",
    "shares",
    "sum_of",
    "with_more",
    "without_whole",
]

_CASES = ("review", "litigation.direct", "litigation.after_review", "litigation")
_SHORT = 5  # characters of 部分的呢
_RULES = 3  # answers before, that 这样的申请 may point back over


Rows = Literal["kept", "either", "whole"]


def metrics_meant(body: str, asked: Question, last: Question, *, rows: Rows) -> Metrics:
    """The figures that ``body`` means after ``last``; none when it names none.

    法人的呢 after 不予公开: its column in that row. 不予公开呢 after 自然人新收: its row in that column. 维持的呢 after
    复议, 废止的呢 after 规范性文件: of that kind. What a row that is named alone means: behind a word that asks on the
    part that was told before is ``kept``; without one its total, or else that part, ``either`` reading; where it is
    compared with another it is the ``whole``.
    """
    found, of_court = find_metrics(body), phrase("followups", "of_court").search(body)
    named = first_readings(asked.metrics)
    before = tuple(cells_in(readings[0])[0] for readings in last.metrics)
    if not named:
        return _each(_of_the_same_kind(body, before))
    if found.bare and before and all(one.startswith("requests.") for one in before):
        columns = dict.fromkeys(cells_in(one)[0].rpartition(".")[2] for one in named)
        return _each(dict.fromkeys(f"{one.rpartition('.')[0]}.{column}" for one in before for column in columns))
    if any(mark in one for one in named for mark in "+-/"):
        # 纠正率, of 复议: of that kind alone.
        own = tuple(one for one in asked.metrics if _kinds(cells_in(one[0])) <= _kinds(before))
        return own if _kinds(before) & set(_CASES) and own and not of_court else asked.metrics
    if _kinds(before) == {"review"} and _kinds(named) == {"litigation"} and not of_court:
        return _each(f"review.{one.rpartition('.')[2]}" for one in named)  # 输了几件, of 复议
    if _kinds(named) == {"review", "litigation"} and len(_kinds(before)) == 1 and _kinds(before) & set(_CASES):
        kind = next(iter(_kinds(before)))
        return _each(dict.fromkeys(f"{kind}.{one.rpartition('.')[2]}" for one in named))
    whole = phrase("followups", "all_together").search(body)  # 诉讼一共呢 behind 维持 is all of them
    moved = tuple(_in_column(one, before) for one in named) if not whole else named
    if rows == "whole":
        return asked.metrics
    if rows == "kept" or moved == named:
        return asked.metrics if moved == named else _each(moved)
    return tuple(tuple(dict.fromkeys(pair)) for pair in zip(named, moved, strict=True))  # of all, or of those before


def kind_counted(asked: Question, memory: Memory) -> tuple[str, ...]:
    """The row of table 3 that counts what a rule was just asked about (这类申请多少件, after 以申请的形式进行信访…);
    none where the rules that were quoted name no single one."""
    if not phrase("followups", "of_this_kind").search(asked.text):
        return ()
    for told in (one.answer for one in reversed(memory.exchanges[-_RULES:]) if one.answer):
        quoted = told.citations[0].quote if told.citations else ""
        rows = {hit.entry.means[0] for hit in figure_words(quoted) if hit.entry.kind == "leaf"}
        if len(rows) == 1:
            return (f"requests.{rows.pop()}.total",)
    return ()


def _each(metrics: Any) -> Metrics:
    return tuple((one,) for one in metrics)


def _kinds(metrics: tuple[str, ...]) -> set[str]:
    return {one.rpartition(".")[0] for one in metrics}


def _of_the_same_kind(body: str, before: tuple[str, ...]) -> tuple[str, ...]:
    """废止的呢 after 制发规范性文件: a stage says nothing by itself, beside its thing it does."""
    if len(before) == 1 and before[0].startswith("requests.") and len(body) <= _SHORT:
        # 部分呢, after 予以公开: the end that both have in common is left out.
        end = phrase("followups", "outcome_end").search(label(before[0]))
        short = phrase("followups", "small_word").sub("", body)
        whole = find_metrics(f"{short}{end[0]}") if end and short else None
        return first_readings(whole.metrics) if whole and not whole.rest.strip("　") else ()
    things = {one.rpartition(".")[0]: one for one in before if one.startswith("disclosure.")}
    if len(things) != 1:
        return ()
    thing = label(next(iter(things.values()))).removesuffix("件数")
    for stage in ("制发", "废止", "现行有效", "处理决定数量", "总金额"):
        thing = thing.replace(stage, "")
    found = first_readings(find_metrics(f"{thing}{body}").metrics)
    # All stages are what the thing alone means: the words beside it named none.
    alone = first_readings(find_metrics(thing).metrics)
    return () if found == alone else found


def _in_column(metric: str, before: tuple[str, ...]) -> str:
    """A row named alone is asked for in the column, or with the outcome, of the figures before."""
    tails = {one.rpartition(".")[2] for one in before}
    family = {one.partition(".")[0] for one in before}
    if len(tails) != 1 or not metric.endswith(".total") or metric.startswith("disclosure."):
        return metric
    own = metric.partition(".")[0]
    cases = own in ("review", "litigation") and family <= {"review", "litigation"}
    if cases or family == {"requests"} == {own}:
        return f"{metric.rpartition('.')[0]}.{tails.pop()}"
    return metric


def left_figure(body: str, last: Question) -> Wanted | None:
    """The last figure without what ``body`` leaves out (除了自然人，其他占多少; 去掉信访的呢), or, after a part, the
    rest of its whole (其余的呢); ``None`` where it leaves out nothing."""
    figure = first_readings(last.metrics)[0].partition("/")[0]
    whole, _, taken = figure.partition("-")
    if len(last.metrics) != 1:
        return None
    added = tuple(whole.split("+"))
    if len(added) > 1:
        whole = whole_of(added[0])
    body = phrase("followups", "how_many_left").sub("", body)
    if phrase("followups", "the_rest").search(body) and not find_metrics(body).metrics:
        of, part = (whole, "+".join(added)) if len(added) > 1 else (whole_of(whole), whole)
        expression = figure if taken else f"{of}-{part}" if of else ""
    elif phrase("followups", "left_out").search(body) and (left := _excluded(body, spoken((whole,), "value"))):
        out = tuple(left.expressions[0].partition("-")[2].split("+"))
        if set(out) <= set(added):  # of several that were added up, one is let go
            return Wanted((("+".join(one for one in added if one not in out),),), "sum", "")
        before = f"+{taken}" if taken and phrase("followups", "as_well").search(body) else ""
        expression = left.expressions[0] + before
    else:
        return None
    if not expression or not (last.how == "share" or phrase("followups", "share_named").search(body)):
        return Wanted(((expression,),), "rest", "") if expression else None
    parts = what_is_left(expression)
    return Wanted(((f"{parts}/{expression.partition('-')[0]}",),), "share", "") if parts else None


def _excluded(body: str, named: str) -> Exclusion | None:
    """What ``body`` leaves out of a figure that it does not name."""
    return find_exclusion(f"{body}，{named}") or find_exclusion(f"{body}{named}")


def shares(metrics: Metrics, body: str, memory: Memory) -> Metrics:
    """Each figure over the whole that is named (占办结的比例), or was told before it (其中…占多少); else over its usual
    one."""
    named = phrase("followups", "of_which_whole").search(body)
    wholes = find_metrics(named["whole"]).metrics if named else ()
    if not wholes and phrase("followups", "of_the_told_whole").search(body):
        wholes = _told_whole(first_readings(metrics), memory)
    return tuple(tuple(_share(one, wholes) for one in readings) for readings in metrics)


def figures_told(last: Question) -> Metrics:
    """The figures of the last question, each by itself: of a difference both."""
    if last.how != "difference":
        return last.metrics
    pairs = map(sides, first_readings(last.metrics))
    return tuple((side,) for pair in pairs if pair for side in (pair[0], pair[2]))


def _told_whole(parts: Sequence[str], memory: Memory) -> Metrics:
    """The figure told last that all ``parts`` are parts of: the subtotal above a row, the total beside a column."""
    cells = [cell for part in parts for cell in cells_in(part.partition("/")[0])]
    told = (
        one.partition("/")[0] for each in reversed(memory.exchanges) for one in first_readings(each.question.metrics)
    )
    return next((((one,),) for one in told if all(_is_in(cell, one) for cell in cells)), ())


def _is_in(part: str, whole: str) -> bool:
    row, _, column = whole.rpartition(".")
    own_row, _, own_column = part.rpartition(".")
    if row == own_row:
        return column == "total" != own_column
    return own_row.startswith(f"{row}.") and column in ("total", own_column)


def without_whole(body: str) -> str:
    """What names the part in a share: 占办结的呢 names none."""
    named = phrase("followups", "of_which_whole").search(body)
    return body[: named.start()] + body[named.end() :] if named and find_metrics(named["whole"]).metrics else body


def _share(figure: str, wholes: Metrics) -> str:
    """``figure`` over the first of ``wholes``, else over its usual one; a whole without some of its parts is what is
    left of it."""
    pair = sides(figure)
    if pair and pair[1] == "/":
        part, usual = pair[0], pair[2]
    else:
        part, usual = (what_is_left(figure), pair[0]) if pair else (figure, whole_of(figure))
    whole = wholes[0][0] if wholes and wholes[0][0] != part else usual
    return f"{part}/{whole}" if part and whole else figure


def most_told(memory: Memory) -> Metrics:
    """The part of a figure that was told to be the most or the least of it; none elsewhere."""
    last, told = memory.last, memory.answer
    of_parts = last.operation in ("highest", "lowest") and last.over in ("parts", "applicants")
    return ((told.figures[0].metric,),) if of_parts and told and told.figures else ()


def asked_together(last: Question) -> tuple[str, ...]:
    """The figures that the last question asked for together, where they may be added."""
    named = tuple(one.partition("/")[0] for one in first_readings(last.metrics))
    return named if len(named) > 1 and may_be_added(named) else ()


def with_more(last: Question, words: str) -> tuple[str, ...]:
    """The last figure with another counted in (把部分公开也算进去); a share of the same whole."""
    more, named = find_metrics(words).metrics, first_readings(last.metrics)
    if len(more) != 1 or len(named) != 1:
        return ()
    part, over, whole = named[0].partition("/")
    return (f"{part}+{more[0][0]}{over}{whole}",) if may_be_added((*part.split("+"), more[0][0])) else ()


def last_two(memory: Memory) -> tuple[str, ...]:
    """The figures of the last two questions, where both were of the same units and years: 加起来多少."""
    last, previous = memory.last, memory.previous
    if previous is None or (previous.named.units, previous.period.years) != (last.named.units, last.period.years):
        return ()
    both = tuple(dict.fromkeys((*first_readings(previous.metrics), *first_readings(last.metrics))))
    return both if may_be_added(tuple(one.partition("/")[0] for one in both)) else ()


def last_few(memory: Memory, count: int) -> tuple[str, ...]:
    """The last so many figures told of one report, where they may be added: 三项合计."""
    told = first_readings(memory.run_metrics)[-count:]
    return told if len(told) == count and may_be_added(told) else ()


def sum_of(both: Sequence[str]) -> str:
    """Figures added up; shares of one whole as the share of their sum; empty for shares of different wholes."""
    parts, wholes = zip(*(one.partition("/")[::2] for one in both), strict=True)
    if len(set(wholes)) > 1:
        return ""
    return "+".join(parts) + (f"/{wholes[0]}" if wholes[0] else "")
