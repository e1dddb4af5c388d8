"""The figures that a follow-up means: what it names, in the row, the column or the table of those asked for before."""

from __future__ import annotations

import re

from assistant.asking.questions.expressions import cells_in, label
from assistant.asking.questions.metrics import find_metrics
from assistant.asking.questions.question import Question

__all__ = ["merged"]

_CASES = ("review", "litigation.direct", "litigation.after_review", "litigation")


def merged(body: str, asked: Question, last: Question, *, asks_on: bool) -> tuple[str, ...]:
    """The metric ids (or expressions) that ``body`` means after ``last``; none when it names no figure.

    法人的呢 after 不予公开: its column in that row. 不予公开呢 after 自然人新收: its row in that column. 维持的呢 after
    复议, 废止的呢 after 规范性文件: of that kind. Without a word that asks on (``asks_on``) a row means its total.
    """
    found = find_metrics(body)
    named = tuple(readings[0] for readings in asked.metrics) if asked.metrics else ()
    before = tuple(cells_in(readings[0])[0] for readings in last.metrics)
    if not named:
        return _of_the_same_kind(body, before)
    if any(mark in one for one in named for mark in "+-/"):
        return named
    if found.bare and before and all(one.startswith("requests.") for one in before):
        columns = dict.fromkeys(one.rpartition(".")[2] for one in named)
        return tuple(dict.fromkeys(f"{one.rpartition('.')[0]}.{column}" for one in before for column in columns))
    if _kinds(before) == {"review"} and _kinds(named) == {"litigation"} and not re.search("诉|官司|法院", body):
        return tuple(f"review.{one.rpartition('.')[2]}" for one in named)  # 输了几件, of 复议
    if _kinds(named) == {"review", "litigation"} and len(_kinds(before)) == 1 and _kinds(before) & set(_CASES):
        kind = next(iter(_kinds(before)))
        return tuple(dict.fromkeys(f"{kind}.{one.rpartition('.')[2]}" for one in named))
    return tuple(_in_column(one, before) for one in named) if asks_on else named


def _kinds(metrics: tuple[str, ...]) -> set[str]:
    return {one.rpartition(".")[0] for one in metrics}


def _of_the_same_kind(body: str, before: tuple[str, ...]) -> tuple[str, ...]:
    """废止的呢 after 制发规范性文件: a stage says nothing by itself, beside its thing it does."""
    things = {one.rpartition(".")[0]: one for one in before if one.startswith("disclosure.")}
    if len(things) != 1:
        return ()
    thing = label(next(iter(things.values()))).removesuffix("件数")
    for stage in ("制发", "废止", "现行有效", "处理决定数量", "总金额"):
        thing = thing.replace(stage, "")
    found = tuple(readings[0] for readings in find_metrics(f"{thing}{body}").metrics)
    # All stages are what the thing alone means: the words beside it named none.
    alone = tuple(readings[0] for readings in find_metrics(thing).metrics)
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
