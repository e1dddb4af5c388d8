"""A plan from a model, where the grammar gives up: it fills in names of figures, units and years, nothing else.

What it names that the form or the library does not have is refused, with the list of what there is; the program
executes the plan and states the figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from assistant.asking.inquiry import Inquiry, years_text
from assistant.asking.metric_names import applicant_names, metric_named, metric_names
from assistant.asking.questions.exclusion import part_of
from assistant.asking.questions.expressions import cells_in, label, may_be_added, whole_of
from assistant.asking.questions.operation import Condition
from assistant.asking.questions.question import Question
from assistant.asking.questions.units import find_units
from assistant.asking.questions.vocabulary import Operation, Over
from assistant.asking.questions.wanted import How

if TYPE_CHECKING:
    from assistant.llm.model import Model

__all__ = ["PlannedQuestion", "question_from_model", "question_of_plan"]

_EVERYONE = "全部"
_MOST_UNITS = 60  # told to a model: a name beyond them is found by the grammar
# Named by words that say other things too: 关心的那个申请, 没等到答复的.
_BY_A_VERB = tuple(f"requests.{row}." for row in ("received", "workload", "concluded"))
_COUNTED_BOUNDS: dict[str, Literal[">", "<", ">=", "<="]] = {"超过": ">", "不到": "<", "至少": ">=", "至多": "<="}
_OPERATIONS: dict[str, Operation] = {
    "数值": "value",
    "合计": "value",
    "与上年比": "change",
    "逐年": "trend",
    "构成": "parts",
    "排名": "rank",
    "最多": "highest",
    "最少": "lowest",
    "平均": "average",
    "相差": "apart",
}


# Bounded in the schema: endpoints that write by it cannot run on (1.5B put all names of the form into one string).
_Name = Annotated[str, Field(max_length=40)]


class PlannedQuestion(BaseModel):
    """What a model fills in: names as they are listed to it, never a figure. Keys are Chinese, as all that it reads."""

    model_config = ConfigDict(extra="forbid", title="查询单")

    subject: Literal["数字", "查文", "条文", "不清楚"] = Field(alias="类别")
    units: list[_Name] = Field(alias="单位", default=[], max_length=20)
    years: list[int] = Field(alias="年份", default=[], max_length=12)
    metrics: list[_Name] = Field(alias="指标", default=[], max_length=8)
    without: list[_Name] = Field(alias="减去", default=[], max_length=4)
    of: list[_Name] = Field(alias="占", default=[], max_length=2)
    left_out: list[_Name] = Field(alias="不含单位", default=[], max_length=8)
    bound: Literal["", "超过", "不到", "至少", "至多", "不为零", "为零"] = Field(alias="条件", default="")
    bound_number: str = Field(alias="条件数", default="", max_length=12)
    operation: Literal["数值", "合计", "与上年比", "逐年", "构成", "排名", "最多", "最少", "平均", "相差"] = Field(
        alias="运算", default="数值"
    )
    search: str = Field(alias="查找", default="", max_length=60)
    article: int = Field(alias="条号", default=0, ge=0, le=200)
    unclear: list[_Name] = Field(alias="不明白", default=[], max_length=8)

    @model_validator(mode="after")
    def _names_what_there_is(self, info: ValidationInfo) -> PlannedQuestion:
        if info.context is None:  # the shape alone: what there is, is not known yet
            return self
        held: Mapping[str, Sequence[int]] = info.context.get("held", {})
        self.units, self.left_out = ([_as_held(one, held) for one in names] for names in (self.units, self.left_out))
        faults = [f"没有单位“{one}”" for one in (*self.units, *self.left_out) if one != _EVERYONE and one not in held]
        faults += [f"没有指标“{one}”" for one in (*self.metrics, *self.without, *self.of) if not metric_named(one)]
        taken = [metric_named(one) for one in self.without]
        for one in self.metrics if not faults else ():
            whole = metric_named(one)
            faults += [f"“{label(part)}”不是“{one}”的一部分" for part in taken if part_of(whole, part) != part]
        if len(taken) > 1 and not faults and not may_be_added(tuple(taken)):
            faults.append("“减去”的各项有重叠，不能都减")
        if self.bound in _COUNTED_BOUNDS and self.bound_number not in (info.context or {}).get("numbers", ()):
            faults.append("“条件数”要照抄问题里的数")
        if self.subject == "数字" and not self.metrics:
            faults.append("问数字要写明指标")
        if self.subject == "数字" and not faults:
            faults += self._leaves_out(info.context)
        if self.subject == "查文" and not self.search.strip():
            faults.append("查文要写明查找的词")
        if faults:
            raise ValueError("；".join(faults))
        return self

    def _leaves_out(self, known: Mapping[str, Any]) -> Iterator[str]:
        """What the question names in plain words, and the plan does not: a small model writes of what it likes."""
        for unit in known.get("units", ()):
            if self.units and _EVERYONE not in self.units and unit not in (*self.units, *self.left_out):
                yield f"问题里写的是“{unit}”，“单位”里没有"
        for unit in known.get("left_out", ()):
            if unit in self.units or not (self.units or unit in self.left_out):
                yield f"问题不要“{unit}”，写进“不含单位”"
        for year in known.get("years", ()):
            if self.years and all(abs(year - one) > 1 for one in self.years):  # 拖到2025年的 is of 2024
                yield f"问题里写的是{year}年，“年份”里没有"
        named = [metric_named(one) for one in (*self.metrics, *self.without, *self.of)]
        for metric in known.get("metrics", ()):
            if not any(_alike(metric, one) for one in named):
                yield f"问题里写的是“{label(metric)}”，“指标”里没有"


def _alike(one: str, other: str) -> bool:
    """Whether two figures are of one row, or one is a part of the other: 不予处理 and its 重复申请."""
    rows = sorted((metric.rpartition(".")[0] for metric in (one, other)), key=len)
    return rows[1] == rows[0] or rows[1].startswith(f"{rows[0]}.")


def _as_held(name: str, held: Mapping[str, Sequence[int]]) -> str:
    """A unit as the library has it: a model that reads 宿迁市 writes 宿迁市人民政府."""
    if name == _EVERYONE or name in held:
        return name
    found = find_units(name, held)
    return found.units[0] if len(found.units) == 1 and not found.rest.strip("　 ") else name


def question_from_model(inquiry: Inquiry, model: Model, before: Sequence[str] = ()) -> Question | None:
    """The question as a model understands it; ``None`` where it does not. ``before`` are the turns of a conversation.

    Raises:
        Refused: the model named only what there is not.
        ModelUnavailable: its endpoint is down or slow.
    """
    from assistant.llm.ask import ask
    from assistant.llm.prompts import fenced, prompt

    question = inquiry.question
    held = {unit: inquiry.held[unit] for unit in list(inquiry.held)[:_MOST_UNITS]}
    words = prompt(
        "plan",
        held="\n".join(f"{unit}：{years_text(years)}" for unit, years in held.items()) or "（资料库里没有报告）",
        metrics="、".join(metric_names()),
        applicants="、".join(applicant_names()),
        today=f"{question.today.year}年{question.today.month}月{question.today.day}日",
        before=fenced("前面的对话", "\n".join(before)) if before else "",
        question=fenced("问题", question.text),
    )
    numbers = re.findall(r"\d+(?:\.\d+)?", question.text.replace(",", ""))
    known = {
        "held": inquiry.held,
        "numbers": numbers,
        "units": question.named.units,
        "left_out": question.named.left_out,
        "years": question.period.years,
        "metrics": [one for one, *_ in question.metrics if len(cells_in(one)) == 1 and not one.startswith(_BY_A_VERB)],
    }
    planned = ask(model, words, PlannedQuestion, context=known).value
    return _question(question, planned)


def question_of_plan(planned: PlannedQuestion, held: Mapping[str, Sequence[int]], today: date) -> Question | None:
    """The question that a plan asks by itself, without anybody's words; ``None`` where it asks for nothing."""
    from assistant.asking.questions.question import parse_question

    years = "、".join(f"{year}年" for year in planned.years)
    words = f"{'、'.join(planned.units)}{years}{'、'.join(planned.metrics) or planned.search}"
    return _question(replace(parse_question(words, held, today), narrowing=(), set_aside=()), planned)


def _question(question: Question, planned: PlannedQuestion) -> Question | None:
    everyone = _EVERYONE in planned.units
    units = tuple(unit for unit in planned.units if unit != _EVERYONE)
    own = () if planned.left_out else question.named.units
    named = replace(
        question.named, units=units or own, candidates=(), unknown="", left_out=tuple(dict.fromkeys(planned.left_out))
    )
    everyone = everyone or bool(planned.left_out)
    # 2024年比前几年多了还是少了: a trend without years is of all that are held.
    years = tuple(dict.fromkeys(planned.years)) or (() if planned.operation == "逐年" else question.period.years)
    period = replace(question.period, years=years)
    if planned.subject == "数字":
        metrics = _expressions(planned)
        if not metrics:
            return None
        condition = _condition(planned)
        operation: Operation = "which" if condition else _OPERATIONS[planned.operation]
        how: How = (
            "rest" if planned.without else "share" if planned.of else "sum" if planned.operation == "合计" else "each"
        )
        return replace(
            question,
            named=named,
            period=period,
            metrics=metrics,
            how=how,
            title="",
            operation=operation,
            over=_over(operation, units, years, everyone=everyone),
            condition=condition,
            wants_figure=True,
            explains=False,
            all_units=everyone,
            article=None,
            narrowing=tuple(planned.unclear),
            set_aside=(),
            pairs=(),
            own_years=(),
        )
    if planned.subject == "条文" and planned.article:
        return replace(question, text=f"第{planned.article}条", article=planned.article, wants_figure=False)
    if planned.subject == "查文":
        period = replace(period, rest=planned.search)
        return replace(
            question, named=named, period=period, wants_figure=False, metrics=(), narrowing=(), all_units=everyone
        )
    return None


def _condition(planned: PlannedQuestion) -> Condition | None:
    """The bound that years or units are held against."""
    if planned.bound == "不为零":
        return Condition(">", Decimal(0), "不为零")
    if planned.bound == "为零":
        return Condition("=", Decimal(0), "为零")
    test = _COUNTED_BOUNDS.get(planned.bound)
    return (
        Condition(test, Decimal(planned.bound_number), f"{planned.bound}{planned.bound_number}", True) if test else None
    )


def _over(operation: Operation, units: Sequence[str], years: Sequence[int], *, everyone: bool) -> Over:
    if operation in ("rank", "apart") or ((everyone or len(units) > 1) and operation != "trend"):
        return "units"
    if operation in ("highest", "lowest", "average"):
        return "parts" if len(years) == 1 else "years"
    if operation == "which":
        return "years"
    return "parts" if operation == "parts" else ""


def _expressions(planned: PlannedQuestion) -> tuple[tuple[str, ...], ...]:
    metrics = [metric_named(one) for one in planned.metrics]
    if planned.operation == "合计" and len(metrics) > 1:
        metrics = ["+".join(metrics)]
    if planned.without:
        taken = "+".join(metric_named(one) for one in planned.without)
        return tuple((f"{metric}-{taken}",) for metric in metrics)
    if planned.of:
        whole = metric_named(planned.of[0])
        return tuple((f"{metric}/{whole if whole != metric else whole_of(metric)}",) for metric in metrics)
    return tuple((metric,) for metric in metrics)
