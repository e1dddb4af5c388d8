"""Saying what one year of several units tells, or several years of them: side by side, ranked, the highest, a mean, a
sum, the units that fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.asking.calculation.one_report import times_of
from assistant.asking.calculation.over_years import mean_of, other_reading_note
from assistant.asking.calculation.report_figures import AnswerBuilder, ReportFigures, Reports
from assistant.asking.questions.expressions import label
from assistant.asking.questions.question import Question
from assistant.figures.book import PERCENT_STEP, Figure
from assistant.language.numerals import plain, rounded
from assistant.language.organs import level_of
from assistant.lexicon import phrase

__all__ = ["MOST_ROWS", "compare_units", "compare_units_and_years"]

MOST_ROWS = 20  # of a table in an answer; how many there are in all is said
_FEW = 10  # of a ranking that does not say how many it wants

UnitFigure = tuple[ReportFigures, Figure]


def compare_units(
    question: Question, units: Sequence[str], year: int, reports: Reports, named: Sequence[str]
) -> AnswerBuilder:
    """Units (none: all that have a report) for one year; no sentence when none has a report for it. Of a ranking the
    place of those that were ``named`` is said first."""
    return _compare(question, reports.of_year(year, question.metrics, units), f"{year}年", named)


def compare_units_and_years(
    question: Question, units: Sequence[str], years: Mapping[str, Sequence[int]], reports: Reports
) -> AnswerBuilder:
    """Units, each for its ``years`` that have a report: 哪家哪年有过."""
    opened = [report for unit in units for year in years[unit] if (report := reports.open(unit, year))]
    return _compare(question, opened, "历年", ())


def _compare(question: Question, opened: Sequence[ReportFigures], when: str, named: Sequence[str]) -> AnswerBuilder:
    answer = AnswerBuilder()
    for readings in question.metrics:
        text = [(report, report.figure(readings)) for report in opened]
        points = [(report, figure) for report, figure in text if figure]
        points.sort(key=lambda point: (point[1].value, point[0].unit), reverse=question.operation != "lowest")
        if not points:
            continue
        if question.operation == "rank" and readings == question.metrics[0]:
            answer.say("".join(_place(unit, points) for unit in named))
        _say(question, when, readings, points, answer)
        if (not named or question.operation == "total") and question.operation != "which":
            answer.say(_levels_note(points))
        missing = [_name(report, when) for report, figure in text if figure is None]
        if missing:
            more = "等" if len(missing) > _FEW else ""
            answer.say(
                f"{'、'.join(missing[:_FEW])}{more}的报告中没有这个数字，或是空白、没有读到，没有计入；空白不等于零。"
            )
    answer.missing = not answer.sentences
    return answer


def _say(
    question: Question, when: str, readings: Sequence[str], points: Sequence[UnitFigure], answer: AnswerBuilder
) -> None:
    named = question.named.units
    name = f"{when}{question.title or label(points[0][1].id)}"
    shown: Sequence[UnitFigure] = points
    if question.operation == "which":
        shown = _which(question, name, points, answer)
    elif question.operation == "apart":
        _say_apart(question, name, points, answer)
    elif question.operation == "portion":
        _say_portion(name, named[0], points, answer)
    elif question.operation in ("average", "total"):
        _say_reckoned(question, name, points, answer)
    else:
        answer.say(_most(question, name, points))
        both = question.operation in ("highest", "lowest", "value") and len(points) == 2
        if both and phrase("questions", "by_how_much").search(question.text):
            _say_apart(question, "", sorted(points, key=lambda one: -one[1].value), answer)
    limit = _shown(question, points)
    rows = [f"{number}. {_row(point, when, readings, answer)}" for number, point in enumerate(shown[:limit], start=1)]
    if not rows:
        answer.say("。")
        return
    answer.say("：\n" + "\n".join(rows) + "\n")
    if len(shown) > limit:
        answer.say(f"共{_units(len(shown), answer)}单位，只列出前面的部分。")


def _by_level(points: Sequence[UnitFigure]) -> dict[str, list[UnitFigure]]:
    levels: dict[str, list[UnitFigure]] = {}
    for point in points:
        levels.setdefault(level_of(point[0].unit), []).append(point)
    return levels


def _levels_note(points: Sequence[UnitFigure]) -> str:
    """That units of several levels stand beside each other: a city's report takes its districts' in."""
    levels = _by_level(points)
    if len(levels) < 2:
        return ""
    units = {level: list(dict.fromkeys(report.unit for report, _ in some)) for level, some in levels.items()}
    told = "，".join(f"{level}：{'、'.join(some[:5])}" for level, some in units.items())
    return f"这些单位层级不同（{told}），上级报告的数字通常已包含下级，同级之间才好比较。"


def _place(unit: str, points: Sequence[UnitFigure]) -> str:
    own = next((figure.value for report, figure in points if report.unit == unit), None)
    if own is None:
        return ""
    return f"{unit}在资料库的各单位中排第{1 + sum(figure.value > own for _, figure in points)}位。"


def _shown(question: Question, points: Sequence[UnitFigure]) -> int:
    if question.first_few:
        return min(question.first_few, MOST_ROWS)
    return _FEW if len(points) > MOST_ROWS and question.operation != "which" else MOST_ROWS


def _row(point: UnitFigure, when: str, readings: Sequence[str], answer: AnswerBuilder) -> str:
    report, figure = point
    return (
        f"{_name(report, when)}：{answer.stated(figure, report)}{other_reading_note(readings, figure, report, answer)}"
    )


def _name(report: ReportFigures, when: str) -> str:
    return report.unit if when == f"{report.year}年" else report.name


def _units(count: int, answer: AnswerBuilder) -> str:
    return answer.count(f"{count}个", Decimal(count), "units")


def _reports(count: int, answer: AnswerBuilder) -> str:
    return answer.count(f"{count}份", Decimal(count), "reports")


def _most(question: Question, name: str, points: Sequence[UnitFigure]) -> str:
    best = points[0][1]
    several = len({report.year for report, _ in points}) > 1
    winners = [report.name if several else report.unit for report, figure in points if figure.value == best.value]
    lowest = question.operation == "lowest"
    word = ("最低" if lowest else "最高") if best.unit == "%" else ("最少" if lowest else "最多")
    named = "、".join(winners[:5]) + ("等" if len(winners) > 5 else "")
    return f"{name}，{named}{'并列' if len(winners) > 1 else ''}{word}，为{best.text}"


def _say_apart(question: Question, name: str, points: Sequence[UnitFigure], answer: AnswerBuilder) -> None:
    if len(points) < 2:
        answer.say(f"{name}只有{points[0][0].unit}的数字，无法比较")
        return
    (more, high), (less, low) = points[0], points[-1]
    apart = high.value - low.value
    if not apart:
        answer.say(f"{name}，{more.unit}与{less.unit}相等")
        return
    text = answer.count(
        f"{apart:f}{'个百分点' if high.unit == '%' else high.unit}", apart, f"{high.id}.apart", more.unit
    )
    times = times_of(high, low, less.unit, answer) if question.times else ""
    answer.say(f"{name}，{more.unit}比{less.unit}多{text}{times}")


def _say_portion(name: str, unit: str, points: Sequence[UnitFigure], answer: AnswerBuilder) -> None:
    """What part one unit has in what all of them come to; percentages have no sum."""
    own = next((figure for report, figure in points if report.unit == unit), None)
    total = sum((figure.value for _, figure in points), Decimal(0))
    if own is None or own.unit == "%" or not total:
        answer.say(f"{name}，算不出{unit}所占的比例")
        return
    part = plain(rounded(own.value * 100 / total, PERCENT_STEP))
    told = answer.count(f"{total:f}{own.unit}", total, f"{own.id}.sum")
    share = answer.count(f"{part:f}%", part, f"{own.id}.portion", unit)
    answer.say(f"{name}，{unit}为{own.text}，占{_units(len(points), answer)}单位合计{told}的{share}")


def _say_reckoned(question: Question, name: str, points: Sequence[UnitFigure], answer: AnswerBuilder) -> None:
    values, figure = [one.value for _, one in points], points[0][1]
    if question.operation == "average":
        mean = mean_of(values)
        text = f"平均{answer.count(f'{mean:f}{figure.unit}', mean, f'{figure.id}.mean')}"
    elif len(levels := _by_level(points)) > 1 and not question.named.units:
        # A city's report takes those of its districts in: their sum would count them twice.
        sums = {level: sum((one.value for _, one in some), Decimal(0)) for level, some in levels.items()}
        told = "；".join(
            f"{level}{_units(len(levels[level]), answer)}，"
            f"合计{answer.count(f'{total:f}{figure.unit}', total, f'{figure.id}.sum')}"
            for level, total in sums.items()
        )
        answer.say(f"{name}，按层级：{told}；不同层级不相加")
        return
    else:
        total = sum(values, Decimal(0))
        text = f"合计{answer.count(f'{total:f}{figure.unit}', total, f'{figure.id}.sum')}"
    answer.say(f"{name}，{_units(len(points), answer)}单位{text}")


def _which(question: Question, name: str, points: Sequence[UnitFigure], answer: AnswerBuilder) -> Sequence[UnitFigure]:
    assert question.condition is not None
    fitting = [point for point in points if question.condition.holds(point[1].value, point[1].unit)]
    held, of = question.condition.text, f"{_units(len(points), answer)}单位中"
    if several := len({report.year for report, _ in points}) > 1:
        of = f"{_reports(len(points), answer)}报告中"
    if not fitting:
        answer.say(f"{name}，资料库里{of}没有{held}的")
        return points
    answer.say(f"{name}，资料库里{of}{held}的有{(_reports if several else _units)(len(fitting), answer)}")
    return fitting
