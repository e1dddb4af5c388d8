"""Saying what one report tells: a figure, several, their sum, difference or share, or what a figure is made of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.asking.calculation.report_figures import AnswerBuilder, ReportFigures
from assistant.asking.questions.expressions import cells_in, evaluate, is_closed, label, sides
from assistant.asking.questions.metrics import parts_of
from assistant.asking.questions.question import Question
from assistant.figures.book import PERCENT_STEP, Figure, label_of
from assistant.language.numerals import plain, rounded
from assistant.lexicon import phrase

__all__ = ["apart_clause", "say_list", "say_most", "say_parts", "say_parts_that_fit", "say_value", "times_of"]

Readings = Sequence[str]


def say_value(question: Question, readings: Readings, report: ReportFigures, answer: AnswerBuilder) -> None:
    """One figure; where the words have two readings whose figures differ, both."""
    main = report.figure(readings)
    if main is None:
        _say_missing(question, readings[0], report, answer)
        return
    others = [figure for one in readings if (figure := evaluate(one, report.book)) and figure.value != main.value]
    if sides(main.id):
        _say_reckoned(question, (main, *others), report, answer)
        return
    sentence = f"{report.name}{label(main.id)}为{_added(main, report, answer)}"
    for other in others:
        sentence += f"；如按{label(other.id)}计，为{_added(other, report, answer)}"
    caution = _caution(main, report, answer)
    # A total that its own parts contradict says neither yes nor no.
    answer.say(f"{'' if caution else _yes_or_no(question, main)}{sentence}。{caution}")
    if question.how == "share":
        answer.missing = True
        answer.say("没有可以与这一项相比的总数，未计算占比。")


def _yes_or_no(question: Question, figure: Figure) -> str:
    if question.condition:
        holds = question.condition.holds(figure.value, figure.unit)
        if question.condition.test == "=" and question.condition.counted:
            return f"与所说的{question.condition.text}{'一致' if holds else '不一致'}。"
        return "是。" if holds else "不是。"
    return ("有。" if figure.value else "没有。") if question.yes_or_no else ""


def _added(figure: Figure, report: ReportFigures, answer: AnswerBuilder) -> str:
    """A figure with its cell; a sum with what was added: 48件，其中不予公开17件（…），无法提供31件（…）."""
    cells = cells_in(figure.id)
    if len(cells) == 1:
        return answer.stated(figure, report)
    parts = [f"{label(cell)}{answer.stated(report.book[cell], report)}" for cell in cells]
    return f"{answer.state(figure, report)}，即{'，'.join(parts)}"


def _caution(figure: Figure, report: ReportFigures, answer: AnswerBuilder) -> str:
    """What a person should know before quoting a total whose table does not add up (洪泽 2023: 10 + 1 ≠ 0)."""
    parts = [report.book.get(part) for part in parts_of(figure.id)]
    held = [part for part in parts if part is not None]
    if not figure.id.startswith(("review.", "litigation.")) or not held or len(held) < len(parts):
        return ""
    total = sum((part.value for part in held), Decimal(0))
    if total == figure.value:
        return ""
    added = answer.count(f"{total:f}{figure.unit}", total, f"{figure.id}.parts", report.unit, report.year)
    cited = "".join(answer.cite(part.id, report) for part in held if part.value)
    return f"请注意：表中各分项相加为{added}{cited}，与这个总计不符。"


def _say_reckoned(question: Question, figures: Sequence[Figure], report: ReportFigures, answer: AnswerBuilder) -> None:
    """A share or a difference, with the figures that it was reckoned from; then its other readings."""
    for number, figure in enumerate(figures):
        pair = sides(figure.id)
        assert pair is not None
        left, right = evaluate(pair[0], report.book), evaluate(pair[2], report.book)
        assert left is not None and right is not None
        first, second = (
            f"{label(left.id)}为{_added(left, report, answer)}",
            f"{label(right.id)}{_added(right, report, answer)}",
        )
        front = report.name if not number else f"；如按“{label(left.id)}”计，"
        if pair[1] == "/" and question.title:
            answer.say(f"{front}{question.title}为{answer.state(figure, report)}：{first}，占{second}")
        elif pair[1] == "/":
            # 许可 is no part of 处罚: the one may still be told as a percentage of the other.
            said = "相当于" if pair[0].startswith("disclosure.") and question.how == "share" else "占"
            answer.say(f"{front}{first}，{said}{second}的{answer.state(figure, report)}")
        elif question.how == "rest":
            answer.say(
                f"{front}{label(left.id)}除去{label(right.id)}为{answer.state(figure, report)}：{first}，减去{second}"
            )
        elif is_closed(figure.id):
            answer.say(f"{front}{label(figure.id)}{answer.state(figure, report)}，即{first}，减去{second}")
        elif figure.value:
            way = "多" if figure.value > 0 else "少"
            apart = answer.state(figure, report, f"{abs(figure.value):f}{figure.unit}")
            answer.say(f"{front}{first}，{second}，前者比后者{way}{apart}")
        else:
            answer.say(f"{front}{first}，{second}，两者相等")
    answer.say("。")


def _say_missing(question: Question, expression: str, report: ReportFigures, answer: AnswerBuilder) -> None:
    answer.missing = True
    pair = sides(expression)
    whole = evaluate(pair[2], report.book) if pair and pair[1] == "/" else None
    if whole is not None and not whole.value:
        answer.say(f"{report.name}{label(whole.id)}为{answer.stated(whole, report)}，没有可以计算的比例。")
        return
    part = evaluate(pair[0], report.book) if whole is not None and pair else None
    if whole is not None and part is not None and part.value > whole.value:
        first, second = (f"{label(one.id)}{answer.stated(one, report)}" for one in (part, whole))
        if phrase("questions", "ratio_of_two").search(question.text):
            answer.missing = False
            answer.say(f"{report.name}{first}，{second}，前者{times_of(part, whole, '后者', answer).lstrip('，')}。")
        else:
            answer.say(f"{report.name}{first}，多于{second}，不是它的一部分，算不出占比。")
        return
    gone = [metric for metric in dict.fromkeys(cells_in(expression)) if report.book.get(metric) is None]
    for metric in gone:
        answer.say(_without_figure(metric, report, answer))


def _without_figure(metric: str, report: ReportFigures, answer: AnswerBuilder) -> str:
    """Why there is no figure: its cell is blank, or some of those that it would be added from; or it was not read."""
    why = report.why_not(metric)
    addends = [part for part in report.book.missing(metric) if part != metric]
    held = any(part in report.book for part in report.book.parts(metric))
    if addends and (held or metric in report.printed):
        own = f"一格{why}" if why else "要由几格相加"
        reasons = {part: report.why_not(part) or "没有读到" for part in addends}
        named = "，".join(
            f"“{'、'.join(label_of(part) for part in addends if reasons[part] == reason)}”{reason}"
            for reason in dict.fromkeys(reasons.values())
        )
        mark = answer.cite(metric, report)
        return f"{report.name}报告中“{label(metric)}”{own}{mark}，其中{named}，加不出总数；空白和没有读到都不等于零。"
    if metric in report.printed:
        mark, what = answer.cite(metric, report), "空白" if report.blank(metric) else "没有读出"
        return f"{report.name}报告中“{label(metric)}”一格{why}{mark}，{what}不等于零。"
    if why:
        return f"{report.name}报告的表格有内容没有读到，“{label(metric)}”在其中；没有读到不等于没有，请对照原件。"
    return f"{report.name}的报告中没有“{label(metric)}”这个数字。"


def say_list(question: Question, report: ReportFigures, answer: AnswerBuilder) -> None:
    """Several figures of one report in one sentence; what is missing is said after it."""
    held = [(readings, figure) for readings in question.metrics if (figure := report.figure(readings))]
    if question.how == "share":
        for readings in question.metrics:
            say_value(question, readings, report, answer)
        answer.missing = not held
        return
    if question.operation == "rank":
        held.sort(key=lambda one: -one[1].value)
    if held:
        text = "，".join(_with_readings(readings, figure, report, answer) for readings, figure in held)
        (_, one), (_, other) = held[0], held[-1]
        times = times_of(one, other, "后者", answer) if question.times and len(held) == 2 else ""
        answer.say(f"{report.name}：{text}{times.replace('，是', '，前者是')}。")
        equal, which, much = (
            bool(phrase("questions", id).search(question.text)) for id in ("equal_asked", "which_of_two", "by_how_much")
        )
        if len(held) == 2 and (equal or which or much or question.operation in ("highest", "lowest")):
            answer.say(apart_clause(one, other, answer, equal=equal))
    for readings in question.metrics:
        if report.figure(readings) is None:
            _say_missing(question, readings[0], report, answer)
    answer.missing = not held


def apart_clause(one: Figure, other: Figure, answer: AnswerBuilder, *, equal: bool = False) -> str:
    """What two figures lie apart: 新收申请比办结总数多4件。 ``equal``: that they are not the same is said, too."""
    apart = one.value - other.value
    if one.unit != other.unit:
        return ""
    if not apart:
        return "两者相等。"
    points = "个百分点" if one.unit == "%" else one.unit
    words = answer.count(f"{abs(apart):f}{points}", apart, f"{one.id}.apart")
    told = f"{label(one.id)}比{label(other.id)}{'多' if apart > 0 else '少'}{words}。"
    return f"两者不相等，{told}" if equal else told


def times_of(figure: Figure, other: Figure, name: str, answer: AnswerBuilder) -> str:
    """How many times the other a figure is: ，是2023年的1.12倍."""
    if not other.value:
        return "，除数为零，算不出倍数"
    times = plain(rounded(figure.value / other.value, PERCENT_STEP))
    return f"，是{name}的{answer.count(f'{times:f}倍', times, f'{figure.id}.times')}"


def _with_readings(readings: Readings, figure: Figure, report: ReportFigures, answer: AnswerBuilder) -> str:
    text = f"{label(figure.id)}{_added(figure, report, answer)}"
    others = [one for reading in readings if (one := evaluate(reading, report.book)) and one.value != figure.value]
    return text + "".join(f"（如按{label(other.id)}计，为{answer.stated(other, report)}）" for other in others)


_MOST_NOUGHTS = 4  # parts that are zero, each named


def say_parts(question: Question, readings: Readings, report: ReportFigures, answer: AnswerBuilder) -> None:
    """A figure and what it is made of, largest first; what is zero is named where it is little."""
    say_value(question, readings, report, answer)
    main = report.figure(readings)
    parts = parts_of(main.id, by_applicant=question.over == "applicants") if main else ()
    held = [report.book[part] for part in parts if part in report.book]
    counted = sorted((figure for figure in held if figure.value), key=lambda figure: -figure.value)
    if counted:
        stated = "，".join(
            f"{label(figure.id)}{answer.stated(figure, report)}{_in_rows(question, figure, report, answer)}"
            for figure in counted
        )
        none = [label(figure.id) for figure in held if not figure.value]
        noughts = "其余各项" if len(none) > _MOST_NOUGHTS else "、".join(none)
        answer.say(f"其中：{stated}{f'；{noughts}为零' if none else ''}。")
    cautioned = main and any(figure.metric == f"{main.id}.parts" for figure in answer.figures)
    asked = phrase("questions", "adds_up").search(question.text) and not cautioned
    if main and asked and 0 < len(held) == len(parts):
        total = sum((figure.value for figure in held), Decimal(0))
        added = answer.count(f"{total:f}{main.unit}", total, f"{main.id}.parts", report.unit, report.year)
        answer.say(f"各分项相加为{added}，与总计{'相符' if total == main.value else '不符'}。")
    gone = [label(part) for part in parts if report.blank(part) and part not in report.book]
    if gone:
        answer.say(f"{'、'.join(gone)}的格子是空白，空白不等于零。")
    unread = [label(part) for part in parts if part not in report.printed and report.why_not(part)]
    if unread:
        answer.say(f"{'、'.join(unread)}没有读到，没有读到不等于没有，请对照原件。")


def _in_rows(question: Question, figure: Figure, report: ReportFigures, answer: AnswerBuilder) -> str:
    """Of an outcome that is told of one kind of applicants, the rows below it: what came of their applications."""
    rows = [report.book[row] for row in parts_of(figure.id) if row in report.book] if question.how == "parts" else []
    told = [f"{label(row.id)}{answer.stated(row, report)}" for row in rows if row.value]
    return f"（即{'、'.join(told)}）" if told else ""


def say_parts_that_fit(question: Question, report: ReportFigures, answer: AnswerBuilder) -> None:
    """The parts of a figure that fit the condition; all of them where none does, so that one look confirms it."""
    assert question.condition is not None
    mains = [readings[0] for readings in question.metrics]
    parts = [part for main in mains for part in parts_of(main, by_applicant=question.over == "applicants")]
    held = [report.book[part] for part in parts if part in report.book]
    fitting = [figure for figure in held if question.condition.holds(figure.value, figure.unit)]
    if not held:
        say_value(question, question.metrics[0], report, answer)
        return
    shown = sorted(fitting or held, key=lambda figure: -figure.value)
    stated = "，".join(f"{label(figure.id)}{answer.stated(figure, report)}" for figure in shown)
    what = f"{report.name}{'、'.join(label(main) for main in mains)}各项中"
    words = question.condition.text
    answer.say(f"{what}，{words}的有：{stated}。" if fitting else f"{what}没有{words}的：{stated}。")
    if gone := [label(part) for part in parts if part not in report.book]:
        answer.say(f"{'、'.join(gone)}没有数字，空白不等于零。")


def say_most(question: Question, report: ReportFigures, answer: AnswerBuilder) -> None:
    """Which part of a figure, or which of several figures, is the most or the least (of those that occurred); of two,
    what they lie apart."""
    if len(question.metrics) == 2:
        say_list(question, report, answer)
        return
    first, _, without = question.metrics[0][0].partition("-")  # 撇开自然人，哪类申请人最多
    several = len(question.metrics) > 1
    by_applicant = question.over == "applicants"
    parts = [one[0] for one in question.metrics] if several else parts_of(first, by_applicant=by_applicant)
    parts = [part for part in parts if part not in without.split("+")]
    held = [figure for part in parts if (figure := evaluate(part, report.book)) and figure.value]
    if not parts or not held:
        say_value(question, question.metrics[0], report, answer)
        answer.missing = answer.missing or not parts  # 最多 of nothing that the form divides
        return
    best = (max if question.operation == "highest" else min)(figure.value for figure in held)
    winners = [figure for figure in held if figure.value == best]
    names = "、".join(f"“{label(figure.id)}”" for figure in winners)
    word = "最多" if question.operation == "highest" else "最少（不计为零的）"
    stated = "，".join(answer.stated(figure, report) for figure in winners)
    answer.say(
        f"{report.name}{'' if several else f'{label(first)}中，'}"
        f"{names}{'并列' if len(winners) > 1 else ''}{word}，为{stated}"
    )
    others = sorted((figure for figure in held if figure.value != best), key=lambda figure: -figure.value)
    rest = "，".join(f"{label(figure.id)}{answer.stated(figure, report)}" for figure in others)
    answer.say(f"；其余：{rest}。" if rest else "。")
