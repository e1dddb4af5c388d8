"""Saying what several years of one unit tell: a change, a trend, the highest, a mean, a sum, the years that fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise

from assistant.asking.calculation.one_report import say_value, times_of
from assistant.asking.calculation.report_figures import AnswerBuilder, ReportFigures, Reports
from assistant.asking.calculation.stated_changes import say_stated_change
from assistant.asking.inquiry import years_text
from assistant.asking.questions.expressions import cells_in, label
from assistant.asking.questions.question import Question
from assistant.figures.book import PERCENT_STEP, Figure
from assistant.language.numerals import plain, rounded
from assistant.lexicon import phrase

__all__ = [
    "change_clause",
    "growth_of_units",
    "mean_of",
    "other_reading_note",
    "say_change",
    "say_growth",
    "say_series",
]

_MOST_ROWS = 10
_FROM_NOTHING = "上年为零、算不出增幅的没有计入。"

YearFigure = tuple[ReportFigures, Figure]


def say_change(
    question: Question,
    readings: Sequence[str],
    unit: str,
    years: Sequence[int],
    reports: Reports,
    answer: AnswerBuilder,
) -> None:
    """The later year beside the earlier: 158件, 2023年为141件, 增加17件, 同比增长12.06%."""
    year, before = max(years), min(years) if len(years) > 1 else max(years) - 1
    report, earlier = reports.open(unit, year), reports.open(unit, before)
    if report is None:
        answer.missing = True
        return
    now, then = report.figure(readings), earlier.figure(readings) if earlier else None
    if now is None or earlier is None or then is None or then.id != now.id:
        say_value(question, readings, report, answer)
        if now is not None and earlier is None and say_stated_change(readings, now, report, answer):
            return
        answer.missing = True
        why = (
            f"资料库中没有{unit}{before}年的报告"
            if earlier is None
            else f"{before}年的报告中没有同一数字（或是空白、没有读到）"
        )
        answer.say(f"{why}，无法比较。" if now is not None else "")
        return
    sentence = f"{report.name}{label(now.id)}为{answer.stated(now, report)}，{before}年为{answer.stated(then, earlier)}"
    text = change_clause(now, then, year - before, report, answer)
    answer.say(f"{sentence}{text}{times_of(now, then, f'{before}年', answer) if question.times else ''}。")


def change_clause(now: Figure, then: Figure, span: int, report: ReportFigures, answer: AnswerBuilder) -> str:
    """The change over ``span`` years: ，增加17件，同比增长12.06%."""
    change = now.value - then.value
    if not change:
        return "，没有变化"
    points = "个百分点" if now.unit == "%" else now.unit
    words = f"{'增加' if change > 0 else '减少'}{abs(change):f}{points}"
    text = f"，{answer.count(words, change, f'{now.id}.change', report.unit, report.year)}"
    if now.unit == "%" or not then.value:
        return text
    rate = rounded(change * 100 / then.value, PERCENT_STEP)
    # 同比 is over the year before; over a longer span it is 增长 alone.
    words = f"{'同比' if span == 1 else ''}{'增长' if change > 0 else '下降'}{abs(rate):f}%"
    return f"{text}，{answer.count(words, rate, f'{now.id}.yoy', report.unit, report.year)}"


def say_series(
    question: Question,
    readings: Sequence[str],
    unit: str,
    years: Sequence[int],
    reports: Reports,
    answer: AnswerBuilder,
) -> None:
    """What is asked of the years side by side, and a line for each year."""
    opened = [report for report in (reports.open(unit, year) for year in years) if report]
    series = [(report, figure) for report in opened if (figure := report.figure(readings))]
    missing = [report.year for report in opened if report.figure(readings) is None]
    if not series:
        answer.missing = True
        held = years_text([r.year for r in opened])
        answer.say(f"{unit}{held}的报告中没有“{label(readings[0])}”这个数字，或者是空白、没有读到。")
        return
    name = f"{unit}{question.title or label(series[-1][1].id)}"
    if question.operation == "which":
        series = _say_which(question, name, series, answer)
    elif question.operation in ("highest", "lowest"):
        answer.say(_most(question, name, series))
        if "差" in question.text:
            answer.say(_span(series, answer))
    elif question.operation in ("average", "total"):
        answer.say(_reckoned(question, name, series, answer))
    elif question.operation == "portion":
        answer.say(_portion(name, question.period.years[0], series, answer))
    else:
        answer.say(_trend(name, series, answer))
    steps = phrase("questions", "change_each_year").search(question.text)
    before = {report.year + 1: figure for report, figure in series}
    rows = [
        f"{report.year}年：{answer.stated(figure, report)}{other_reading_note(readings, figure, report, answer)}"
        + (change_clause(figure, before[report.year], 1, report, answer) if steps and report.year in before else "")
        for report, figure in series
    ]
    answer.say("：\n" + "\n".join(rows) + "\n" if rows else "。")
    if missing:
        answer.say(f"{years_text(missing)}的报告中没有这个数字，或是空白、没有读到，没有计入；空白不等于零。")


def other_reading_note(readings: Sequence[str], figure: Figure, report: ReportFigures, answer: AnswerBuilder) -> str:
    """The other reading of the words, where its figure differs: 收到 may count what was carried in."""
    others = [one for reading in readings if (one := report.figure((reading,))) and one.value != figure.value]
    return "".join(
        f"；{label(other.id)}{answer.stated(other, report)}"
        for other in others
        if cells_in(other.id) != cells_in(figure.id)
    )


def _trend(name: str, series: Sequence[YearFigure], answer: AnswerBuilder) -> str:
    (first_report, first), (last_report, last) = series[0], series[-1]
    if len(series) == 1:
        return f"{name}只有{first_report.year}年的数字"
    way = "增加到" if last.value > first.value else "减少到"
    text = f"{name}由{first_report.year}年的{first.text}{way}{last_report.year}年的{last.text}"
    if first.value == last.value:
        text = f"{name}{first_report.year}年和{last_report.year}年都是{last.text}"
    else:
        text += change_clause(last, first, last_report.year - first_report.year, last_report, answer)
    text += _course([figure.value for _, figure in series])
    top_report, top = max(series, key=lambda point: point[1].value)
    low_report, low = min(series, key=lambda point: point[1].value)
    if top.value > max(first.value, last.value):
        text += f"，{top_report.year}年最多，为{top.text}"
    if low.value < min(first.value, last.value):
        text += f"，{low_report.year}年最少，为{low.text}"
    return text


def _course(values: Sequence[Decimal]) -> str:
    """How three years or more went: ，逐年增加; ，先增后减; empty where they went up and down."""
    steps = ["增" if after > before else "减" if after < before else "平" for before, after in pairwise(values)]
    turns = "".join(way for way, _ in groupby(steps))
    if len(steps) < 2:
        return ""
    return {"增": "，逐年增加", "减": "，逐年减少", "增减": "，先增后减", "减增": "，先减后增"}.get(turns, "")


def _most(question: Question, name: str, series: Sequence[YearFigure]) -> str:
    highest = question.operation == "highest"
    best = (max if highest else min)(figure.value for _, figure in series)
    winners = [point for point in series if point[1].value == best]
    if len(winners) == len(series) > 1:
        return f"{name}各年都是{winners[0][1].text}"
    years = "、".join(f"{report.year}年" for report, _ in winners)
    word = ("最高" if highest else "最低") if winners[0][1].unit == "%" else ("最多" if highest else "最少")
    return f"{name}{years}{'并列' if len(winners) > 1 else ''}{word}，为{winners[0][1].text}"


def _span(series: Sequence[YearFigure], answer: AnswerBuilder) -> str:
    """How far the highest and the lowest year lie apart."""
    (low_report, low), (top_report, top) = (pick(series, key=lambda one: one[1].value) for pick in (min, max))
    apart = top.value - low.value
    points = "个百分点" if top.unit == "%" else top.unit
    words = answer.count(f"{apart:f}{points}", apart, f"{top.id}.apart", top_report.unit)
    return f"，与最少的{low_report.year}年（{low.text}）相差{words}" if apart else ""


def _reckoned(question: Question, name: str, series: Sequence[YearFigure], answer: AnswerBuilder) -> str:
    values = [figure.value for _, figure in series]
    unit, metric, years = series[-1][1].unit, series[-1][1].id, years_text([report.year for report, _ in series])
    report = series[-1][0]
    if question.operation == "average":
        mean = mean_of(values)
        return f"{name}{years}平均每年{answer.count(f'{mean:f}{unit}', mean, f'{metric}.mean', report.unit)}"
    total = sum(values, Decimal(0))
    return f"{name}{years}合计{answer.count(f'{total:f}{unit}', total, f'{metric}.sum', report.unit)}"


def _portion(name: str, year: int, series: Sequence[YearFigure], answer: AnswerBuilder) -> str:
    """What part one year has in what all of them come to; percentages have no sum."""
    years, unit = years_text([report.year for report, _ in series]), series[-1][1].unit
    own = next(((report, figure) for report, figure in series if report.year == year), None)
    total = sum((figure.value for _, figure in series), Decimal(0))
    if own is None or unit == "%" or not total:
        answer.missing = True
        return f"{name}，算不出{year}年所占的比例"
    (report, figure), metric = own, own[1].id
    part = plain(rounded(figure.value * 100 / total, PERCENT_STEP))
    told = answer.count(f"{total:f}{unit}", total, f"{metric}.sum", report.unit)
    share = answer.count(f"{part:f}%", part, f"{metric}.portion", report.unit)
    return f"{name}{year}年为{figure.text}，占{years}合计{told}的{share}"


def mean_of(values: Sequence[Decimal]) -> Decimal:
    """The mean, rounded half up to two places; a whole number without them."""
    return plain(rounded(sum(values, Decimal(0)) / len(values), PERCENT_STEP))


_EVERY_YEAR = {"不为零": "各年都是零", "为零": "没有一年是零"}


def _say_which(question: Question, name: str, series: Sequence[YearFigure], answer: AnswerBuilder) -> list[YearFigure]:
    """The years that fit the condition; all of them are shown when none does, so that one look confirms it."""
    assert question.condition is not None
    fitting = [point for point in series if question.condition.holds(point[1].value, point[1].unit)]
    text = years_text([report.year for report, _ in series])
    if not fitting:
        none = _EVERY_YEAR.get(question.condition.text, f"没有哪一年{question.condition.text}")
        answer.say(f"{name}在{text}中{none}")
        return list(series)
    answer.say(
        f"{name}{question.condition.text}的有{years_text([report.year for report, _ in fitting])}（查看了{text}）"
    )
    return fitting


# Growth: in which year, or at which unit, a figure grew or fell the most, by its rate or by its amount (增加最多).


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
    question: Question,
    readings: Sequence[str],
    unit: str,
    years: Sequence[int],
    reports: Reports,
    answer: AnswerBuilder,
) -> None:
    """Of one unit's years: each that has the year before it in the library."""
    opened = {year: report for year in {*years, *(year - 1 for year in years)} if (report := reports.open(unit, year))}
    steps = [_step(readings, opened[year], opened.get(year - 1)) for year in sorted(opened) if year in years]
    known = [step for step in steps if step]
    if not known:
        answer.missing = True
        answer.say(f"资料库中没有{unit}相邻两年的“{label(readings[0])}”，无法比较增减。")
        return
    best = _say_most(question, known, answer, f"{unit}{question.title or label(known[0].now.id)}", "年度")
    _rows(best, answer, lambda step: f"{step.report.year}年")
    if len(best) < len(known):
        answer.say(_FROM_NOTHING)


def growth_of_units(question: Question, units: Sequence[str], year: int, reports: Reports) -> AnswerBuilder:
    """Of all units, or the given ones, that have a report for the year and for the one before."""
    answer = AnswerBuilder()
    for readings in question.metrics:
        before = {report.unit: report for report in reports.of_year(year - 1, [readings], units)}
        steps = [
            _step(readings, report, before.get(report.unit)) for report in reports.of_year(year, [readings], units)
        ]
        known = [step for step in steps if step]
        if known:
            name = f"{year}年{question.title or label(known[0].now.id)}"
            best = _say_most(question, known, answer, f"{name}，", "单位")
            _rows(best, answer, lambda step: step.report.unit)
            if len(best) < len(known):
                answer.say(_FROM_NOTHING)
            if len(known) < len(steps):
                answer.say("没有上年报告或上年没有这个数字的单位没有计入。")
    answer.missing = not answer.sentences
    return answer


def _step(readings: Sequence[str], report: ReportFigures, before: ReportFigures | None) -> _Step | None:
    now, then = report.figure(readings), before.figure(readings) if before else None
    return _Step(report, now, before, then) if now and before and then and now.id == then.id else None


def _say_most(question: Question, steps: Sequence[_Step], answer: AnswerBuilder, name: str, kind: str) -> list[_Step]:
    """The head line; returns the steps in order, those first that the question asks for."""
    way = 1 if question.operation in ("grew_most", "grew") else -1
    amount = bool(phrase("questions", "by_amount").search(question.text))
    sizes = [(step, step.change if amount else step.rate) for step in steps]
    ranked = sorted(((step, size * way) for step, size in sizes if size is not None), key=lambda one: -one[1])
    if question.operation in ("grew", "fell"):
        fitting = [step for step, size in ranked if size > 0]
        what = "增加" if way > 0 else "减少"
        count = answer.count(f"{len(fitting)}个", Decimal(len(fitting)), "units")
        answer.say(f"{name}比上年{what}的有{count}{kind}" if fitting else f"{name}没有比上年{what}的{kind}")
        return fitting or list(steps)
    word = ("增加" if way > 0 else "减少") if amount else ("增长" if way > 0 else "下降")
    if not ranked or ranked[0][1] <= 0:
        answer.say(f"{name}没有{word}的{kind}")
    else:
        best = [step for step, size in ranked if size == ranked[0][1]]
        who = "、".join(f"{step.report.year}年" if kind == "年度" else step.report.unit for step in best[:5])
        answer.say(f"{name}{who}{'等' if len(best) > 5 else ''}{word}最{'多' if amount else '快'}")
    return [step for step, _ in ranked] or list(steps)


def _rows(steps: Sequence[_Step], answer: AnswerBuilder, name: Callable[[_Step], str]) -> None:
    rows = [
        f"{name(step)}：{answer.stated(step.now, step.report)}，"
        f"{step.before.year}年{answer.stated(step.then, step.before)}"
        f"{change_clause(step.now, step.then, 1, step.report, answer)}"
        for step in steps[:_MOST_ROWS]
    ]
    answer.say("：\n" + "\n".join(rows) + "\n")
