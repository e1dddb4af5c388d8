"""Saying in which year, or at which unit, a figure grew or fell the most: by its rate, or by its amount (增加最多)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.asking.questions.expressions import label
from assistant.asking.questions.question import Question
from assistant.asking.reckoning.found import Found, ReportFigures, Reports
from assistant.asking.reckoning.over_years import by_how_much
from assistant.figures.book import Figure

__all__ = ["growth_of_units", "say_growth"]

_BY_AMOUNT = re.compile(r"最多|(?<!幅)(?<!幅度)最大")
_MOST_ROWS = 10
_FROM_NOTHING = "上年为零、算不出增幅的没有计入。"


@dataclass(frozen=True, slots=True)
class _Step:
    """A figure in one year beside the same figure in the year before."""

    report: ReportFigures
    now: Figure
    before: ReportFigures
    then: Figure

    @property
    def change(self) -> Decimal:
        return self.now.value - self.then.value

    @property
    def rate(self) -> Decimal | None:
        """``None`` over nothing; of percentages, points are what people compare."""
        if self.now.unit == "%":
            return self.change
        return self.change / self.then.value if self.then.value else None


def say_growth(
    question: Question, readings: Sequence[str], unit: str, years: Sequence[int], reports: Reports, found: Found
) -> None:
    """Of one unit's years: each that has the year before it in the library."""
    opened = {year: report for year in {*years, *(year - 1 for year in years)} if (report := reports.open(unit, year))}
    steps = [_step(readings, opened[year], opened.get(year - 1)) for year in sorted(opened) if year in years]
    known = [step for step in steps if step]
    if not known:
        found.missing = True
        found.say(f"资料库中没有{unit}相邻两年的“{label(readings[0])}”，无法比较增减。")
        return
    best = _say_most(question, known, found, f"{unit}{question.title or label(known[0].now.id)}", "年度")
    _rows(best, found, lambda step: f"{step.report.year}年")
    if len(best) < len(known):
        found.say(_FROM_NOTHING)


def growth_of_units(question: Question, units: Sequence[str], year: int, reports: Reports) -> Found:
    """Of all units, or the given ones, that have a report for the year and for the one before."""
    found = Found()
    for readings in question.metrics:
        before = {report.unit: report for report in reports.of_year(year - 1, [readings], units)}
        steps = [
            _step(readings, report, before.get(report.unit)) for report in reports.of_year(year, [readings], units)
        ]
        known = [step for step in steps if step]
        if known:
            name = f"{year}年{question.title or label(known[0].now.id)}"
            best = _say_most(question, known, found, f"{name}，", "单位")
            _rows(best, found, lambda step: step.report.unit)
            if len(best) < len(known):
                found.say(_FROM_NOTHING)
            if len(known) < len(steps):
                found.say("没有上年报告或上年没有这个数字的单位没有计入。")
    found.missing = not found.sentences
    return found


def _step(readings: Sequence[str], report: ReportFigures, before: ReportFigures | None) -> _Step | None:
    now, then = report.figure(readings), before.figure(readings) if before else None
    return _Step(report, now, before, then) if now and before and then and now.id == then.id else None


def _say_most(question: Question, steps: Sequence[_Step], found: Found, name: str, kind: str) -> list[_Step]:
    """The head line; returns the steps in order, those first that the question asks for."""
    way = 1 if question.operation == "grew_most" else -1
    amount = bool(_BY_AMOUNT.search(question.text))
    sizes = [(step, step.change if amount else step.rate) for step in steps]
    ranked = sorted(((step, size * way) for step, size in sizes if size is not None), key=lambda one: -one[1])
    word = ("增加" if way > 0 else "减少") if amount else ("增长" if way > 0 else "下降")
    if not ranked or ranked[0][1] <= 0:
        found.say(f"{name}没有{word}的{kind}")
    else:
        best = [step for step, size in ranked if size == ranked[0][1]]
        who = "、".join(f"{step.report.year}年" if kind == "年度" else step.report.unit for step in best[:5])
        found.say(f"{name}{who}{'等' if len(best) > 5 else ''}{word}最{'多' if amount else '快'}")
    return [step for step, _ in ranked] or list(steps)


def _rows(steps: Sequence[_Step], found: Found, name: Callable[[_Step], str]) -> None:
    rows = [
        f"{name(step)}：{found.stated(step.now, step.report)}，{step.before.year}年{found.stated(step.then, step.before)}"
        f"{by_how_much(step.now, step.then, 1, step.report, found)}"
        for step in steps[:_MOST_ROWS]
    ]
    found.say("：\n" + "\n".join(rows) + "\n")
