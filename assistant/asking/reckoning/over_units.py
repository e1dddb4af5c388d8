"""Saying what one year of several units tells: side by side, ranked, the highest, a mean, a sum, the units that fit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.asking.questions.expressions import label
from assistant.asking.questions.question import Question
from assistant.asking.reckoning.found import Found, ReportFigures, Reports
from assistant.asking.reckoning.over_years import another_reading, mean_of
from assistant.asking.reckoning.stating import times_of
from assistant.figures.book import Figure

__all__ = ["MOST_ROWS", "compare_units"]

MOST_ROWS = 20  # of a table in an answer; how many there are in all is said
_FEW = 10  # of a ranking that does not say how many it wants

Point = tuple[ReportFigures, Figure]


def compare_units(
    question: Question, units: Sequence[str], year: int, reports: Reports, named: Sequence[str] = ()
) -> Found:
    """Units (none: all that have a report) for one year; no sentence when none has a report for it. Of a ranking the
    place of those that were ``named`` is said first."""
    found = Found()
    opened = reports.of_year(year, question.metrics, units)
    for readings in question.metrics:
        told = [(report, report.figure(readings)) for report in opened]
        points = [(report, figure) for report, figure in told if figure]
        points.sort(key=lambda point: (point[1].value, point[0].unit), reverse=question.operation != "lowest")
        if not points:
            continue
        if question.operation == "rank" and readings == question.metrics[0]:
            found.say("".join(_place(unit, points) for unit in named))
        _say(question, year, readings, points, found)
        gone = [report.unit for report, figure in told if figure is None]
        if gone:
            more = "等" if len(gone) > _FEW else ""
            found.say(f"{'、'.join(gone[:_FEW])}{more}的报告中没有这个数字或是空白，没有计入；空白不等于零。")
    found.missing = not found.sentences
    return found


def _say(question: Question, year: int, readings: Sequence[str], points: Sequence[Point], found: Found) -> None:
    name = f"{year}年{question.title or label(points[0][1].id)}"
    shown: Sequence[Point] = points
    if question.operation == "which":
        shown = _which(question, name, points, found)
    elif question.operation == "apart":
        _say_apart(question, name, points, found)
    elif question.operation in ("average", "total"):
        _say_reckoned(question, name, points, found)
    else:
        found.say(_most(question, name, points))
    limit = _shown(question, points)
    rows = [f"{number}. {_row(point, readings, found)}" for number, point in enumerate(shown[:limit], start=1)]
    if not rows:
        found.say("。")
        return
    found.say("：\n" + "\n".join(rows) + "\n")
    if len(shown) > limit:
        found.say(f"共{_units(len(shown), found)}单位，只列出前面的部分。")


def _place(unit: str, points: Sequence[Point]) -> str:
    own = next((figure.value for report, figure in points if report.unit == unit), None)
    if own is None:
        return ""
    return f"{unit}在资料库的各单位中排第{1 + sum(figure.value > own for _, figure in points)}位。"


def _shown(question: Question, points: Sequence[Point]) -> int:
    if question.first_few:
        return min(question.first_few, MOST_ROWS)
    return _FEW if len(points) > MOST_ROWS and question.operation != "which" else MOST_ROWS


def _row(point: Point, readings: Sequence[str], found: Found) -> str:
    report, figure = point
    return f"{report.unit}：{found.stated(figure, report)}{another_reading(readings, figure, report, found)}"


def _units(count: int, found: Found) -> str:
    return found.count(f"{count}个", Decimal(count), "units")


def _most(question: Question, name: str, points: Sequence[Point]) -> str:
    best = points[0][1]
    winners = [report.unit for report, figure in points if figure.value == best.value]
    lowest = question.operation == "lowest"
    word = ("最低" if lowest else "最高") if best.unit == "%" else ("最少" if lowest else "最多")
    named = "、".join(winners[:5]) + ("等" if len(winners) > 5 else "")
    return f"{name}，{named}{'并列' if len(winners) > 1 else ''}{word}，为{best.text}"


def _say_apart(question: Question, name: str, points: Sequence[Point], found: Found) -> None:
    if len(points) < 2:
        found.say(f"{name}只有{points[0][0].unit}的数字，无法比较")
        return
    (more, high), (less, low) = points[0], points[-1]
    apart = high.value - low.value
    if not apart:
        found.say(f"{name}，{more.unit}与{less.unit}相等")
        return
    told = found.count(
        f"{apart:f}{'个百分点' if high.unit == '%' else high.unit}", apart, f"{high.id}.apart", more.unit
    )
    times = times_of(high, low, less.unit, found) if question.times else ""
    found.say(f"{name}，{more.unit}比{less.unit}多{told}{times}")


def _say_reckoned(question: Question, name: str, points: Sequence[Point], found: Found) -> None:
    values, figure = [one.value for _, one in points], points[0][1]
    if question.operation == "average":
        mean = mean_of(values)
        told = f"平均{found.count(f'{mean:f}{figure.unit}', mean, f'{figure.id}.mean')}"
    else:
        total = sum(values, Decimal(0))
        told = f"合计{found.count(f'{total:f}{figure.unit}', total, f'{figure.id}.sum')}"
    found.say(f"{name}，{_units(len(points), found)}单位{told}")


def _which(question: Question, name: str, points: Sequence[Point], found: Found) -> Sequence[Point]:
    assert question.condition is not None
    fitting = [point for point in points if question.condition.holds(point[1].value, point[1].unit)]
    held, of = question.condition.text, f"{_units(len(points), found)}单位中"
    if not fitting:
        found.say(f"{name}，资料库里{of}没有{held}的")
        return points
    found.say(f"{name}，资料库里{of}{held}的有{_units(len(fitting), found)}")
    return fitting
