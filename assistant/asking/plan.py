"""A question as it was understood: whose figures of which years, what is done with them, and the words left over.

The grammar fills a plan from words, a model may fill one where the grammar gives up; the same program executes it and
says the reading that its answer rests on: 按：宿迁市2024年，新收申请−新收申请（自然人）.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from assistant.asking.questions.expressions import label, sides

if TYPE_CHECKING:
    from assistant.asking.inquiry import Inquiry

__all__ = ["Bound", "Plan", "Subject", "plan_of", "reading_of"]

Subject = Literal["figures", "matter", "article"]

_DONE = {
    "change": "与上年比",
    "trend": "逐年",
    "parts": "各组成部分",
    "highest": "最多的",
    "lowest": "最少的",
    "average": "平均",
    "total": "合计",
    "which": "符合条件的",
    "rank": "排名",
    "apart": "相差",
    "portion": "合计中第一个所占",
    "grew_most": "增长最多的",
    "fell_most": "下降最多的",
    "grew": "比上年增加的",
    "fell": "比上年减少的",
}
_OVER = {"years": "各年", "units": "各单位", "applicants": "各类申请人"}


class Bound(BaseModel):
    """What a figure is held against: ``test`` (> …) and ``bound``, with the words that said so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    test: Literal[">", "<", ">=", "<=", "="]
    bound: Decimal
    text: str


class Plan(BaseModel):
    """``metrics``: each figure wanted, as its readings, likeliest first; a reading is a metric id or an expression of
    them (``a+b``, ``a-b``, ``a/b``). ``units`` none and ``all_units``: every unit of the library but ``left_out``.
    ``years`` as named, or the library's own (``last_years``, ``since``, ``every_year``). ``pairs`` are units each of a
    year of its own, ``own_years`` the years of the figures where each has its own. ``search`` are the words that
    passages are searched for, ``article`` the number of one. ``not_understood`` are words that the
    plan does not account for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    subject: Subject
    units: tuple[str, ...] = ()
    all_units: bool = False
    left_out: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    last_years: int | None = None
    since: int | None = None
    every_year: bool = False
    pairs: tuple[tuple[str, int], ...] = ()
    own_years: tuple[int, ...] = ()
    metrics: tuple[tuple[str, ...], ...] = ()
    operation: str = "value"
    over: str = ""
    bound: Bound | None = None
    first_few: int | None = None
    search: str = ""
    article: int | None = None
    not_understood: tuple[str, ...] = ()


def plan_of(inquiry: Inquiry) -> Plan:
    """The plan that an inquiry is executed by."""
    question, period = inquiry.question, inquiry.question.period
    condition = question.condition
    subject: Subject = "article" if question.article else "figures" if question.wants_figure else "matter"
    figures = subject == "figures"
    return Plan(
        subject=subject,
        units=inquiry.units,
        all_units=question.all_units,
        left_out=question.named.left_out,
        years=inquiry.years,
        last_years=period.last,
        since=period.since,
        every_year=period.every,
        pairs=question.pairs,
        own_years=question.own_years,
        metrics=question.metrics if figures else (),
        operation=question.operation if figures else "value",
        over=question.over if figures else "",
        bound=Bound(test=condition.test, bound=condition.bound, text=condition.text) if condition else None,
        first_few=question.first_few,
        search="" if figures else " ".join(period.rest.split()),
        article=question.article,
        not_understood=question.narrowing,
    )


def reading_of(plan: Plan) -> str:
    """The reading of a plan in words, for a person to see at a glance what was answered."""
    without = f"（不含{'、'.join(plan.left_out)}）" if plan.left_out else ""
    whose = "、".join(plan.units) or (f"各单位{without}" if plan.all_units else "")
    when = "、".join(f"{year}年" for year in plan.years)
    if plan.pairs:
        whose, when = "、".join(f"{unit}{year}年" for unit, year in plan.pairs), ""
    elif plan.last_years:
        when = f"最近{plan.last_years}年" if plan.last_years > 1 else "最新一年"
    elif plan.since:
        when = f"{plan.since}年以来"
    elif plan.every_year and not when:
        when = "各年"
    what = "；".join(_said(readings[0]) for readings in plan.metrics)
    if plan.own_years:
        each = zip(plan.own_years, plan.metrics, strict=True)
        when, what = "", "；".join(f"{year}年{_said(readings[0])}" for year, readings in each)
    if plan.subject != "figures":
        what = f"第{plan.article}条" if plan.article else f"查找“{plan.search}”" if plan.search else ""
    done = "" if plan.subject != "figures" else _DONE.get(plan.operation, "")
    over = _OVER.get(plan.over, "") if done else ""
    bound = plan.bound.text if plan.bound and plan.subject == "figures" else ""
    told = "，".join(filter(None, (whose + when, what, over + done, bound)))
    return f"按：{told}" if told else ""


def _said(expression: str) -> str:
    pair = sides(expression)
    if pair is None:
        return label(expression)
    return f"{label(pair[0])}{'−' if pair[1] == '-' else '÷'}{label(pair[2])}"
