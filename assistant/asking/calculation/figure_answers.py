"""Answers from figures straight from the catalog, exact and cited to their cells; no model, no search.

Which unit and which years are meant, and what to say when they are not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.asking.calculation.one_report import (
    apart_clause,
    say_list,
    say_most,
    say_parts,
    say_parts_that_fit,
    say_value,
)
from assistant.asking.calculation.over_units import MOST_ROWS, compare_units, compare_units_and_years
from assistant.asking.calculation.over_years import growth_of_units, say_change, say_growth, say_series
from assistant.asking.calculation.report_figures import AnswerBuilder, Reports
from assistant.asking.inquiry import Inquiry
from assistant.asking.not_found import (
    ambiguous_unit_message,
    nearest_year_message,
    relative_years_note,
    units_of_kind,
    unknown_unit_message,
)
from assistant.asking.questions.expressions import label
from assistant.asking.questions.measures import Measure, converted
from assistant.asking.questions.question import Question
from assistant.asking.questions.units import unit_a_slip_away
from assistant.asking.result import Answer
from assistant.figures.book import Figure
from assistant.lexicon import phrase

__all__ = ["figure_answer"]

_GROWTH = ("grew_most", "fell_most", "grew", "fell")
_OF_ONE = ("value", "total", "rank")  # what of one unit alone is its figure
_OVER_ALL = ("highest", "lowest", "which")  # over units and years at once
_SIDE_BY_SIDE = frozenset(
    [
        "value",
        "trend",
        "parts",
        "highest",
        "lowest",
        "rank",
        "average",
        "total",
        "which",
        "apart",
        "portion",
        "grew_most",
        "fell_most",
        "grew",
        "fell",
    ]
)


def figure_answer(inquiry: Inquiry) -> Answer:
    """The figures asked for, for each unit and year that is meant and held."""
    question, held = inquiry.question, inquiry.held
    if phrase("questions", "parties").search(question.text):
        return inquiry.abstain("表四只列行政复议、行政诉讼的件数和结果，没有写当事人是谁。", "figures")
    if question.named.unknown and not question.all_units:
        return _of_the_nearest(inquiry) or inquiry.abstain(
            unknown_unit_message(question.named.unknown, held), "figures"
        )
    if question.pairs:
        return _of_pairs(inquiry)
    if question.named.candidates and not question.named.units:
        return inquiry.abstain(ambiguous_unit_message(question.named.candidates), "figures")
    units = inquiry.units or (tuple(held) if len(held) == 1 else ())
    everyone = not units and (question.all_units or question.over == "units") and bool(held)
    if question.own_years and len(units) == 1:
        return _of_own_years(inquiry, units[0])
    if question.narrowing and not units:
        return inquiry.abstain(f"报告的表格没有单独列出“{'、'.join(question.narrowing)}”的数字。", "figures")
    if not units and not everyone:
        return inquiry.abstain(
            "题中没有写明单位，资料库里有不止一个单位的报告。" if held else "资料库里还没有报告。", "figures"
        )
    # 宿迁在各市里排第几: the others are what it is ranked among.
    ranked = question.operation == "rank" and question.over == "units" and len(units) == 1
    others = [unit for unit in held if unit not in question.named.left_out]
    compared = units_of_kind(question, others) if everyone or ranked else units
    if everyone and len(compared) == 1 and question.named.left_out and question.operation in _OF_ONE:
        only = replace(inquiry, question=replace(question, operation="value", over=""))  # the only other one
        return _of_unit(only, compared[0], held[compared[0]])
    if (len(compared) != 1 and question.over != "years") and question.operation in _SIDE_BY_SIDE:
        years = _years_of_all(inquiry, held)
        if question.operation in _GROWTH:
            years = [max(years)] if all(years) else []  # 2024年比2023年: over the year before
        if len(years) == 1:
            return _compared(inquiry, compared, years[0], held)
    if everyone and question.operation in _OVER_ALL:
        return _of_units_and_years(inquiry, compared)
    if everyone:
        return inquiry.abstain("这个问题要看多年，请写明单位。", "figures")
    return _joined(inquiry, [_of_unit(inquiry, unit, held[unit]) for unit in units])


def _of_the_nearest(inquiry: Inquiry) -> Answer | None:
    """清原区, where 清源区 is held: what its report says, told as such and asked back; ``None`` where no single unit is
    a slip of the pen away."""
    name = inquiry.question.named.unknown
    unit = unit_a_slip_away(name, inquiry.held)
    if not unit:
        return None
    named = replace(inquiry.question.named, units=(unit,), unknown="")
    found = figure_answer(replace(inquiry, question=replace(inquiry.question, named=named)))
    if not found.figures:
        return None
    told = f"资料库中没有“{name}”的报告，名称最接近的是{unit}：{found.answer}要问的是{unit}吗？"
    return found.model_copy(update={"answer": told, "figures": (), "abstained": True})


def _of_pairs(inquiry: Inquiry) -> Answer:
    """Units each of a year of its own: 清源2024年的许可比洪泽2023年多多少."""
    question, reports, answer = inquiry.question, Reports(inquiry.library), AnswerBuilder()
    for readings in question.metrics:
        held = []
        for unit, year in question.pairs:
            report = reports.open(unit, year) if year in inquiry.held[unit] else None
            figure = report.figure(readings) if report else None
            if report and figure:
                held.append((report, figure))
                answer.say(f"{report.name}{label(figure.id)}为{answer.stated(figure, report)}；")
            else:
                answer.missing = True
                answer.say(f"资料库中没有{unit}{year}年的这个数字；")
        if len(held) == 2:
            (one, first), (other, second) = held
            change = first.value - second.value
            words = answer.count(f"{abs(change):f}{first.unit}", change, f"{first.id}.apart", one.unit)
            told = f"{one.name}比{other.name}{'多' if change > 0 else '少'}{words}。" if change else "两者相等。"
            answer.say(told)
    return _with_note(inquiry, answer, "")


def _of_own_years(inquiry: Inquiry, unit: str) -> Answer:
    """Figures of one unit each of a year of its own: 2023年结转下年度、2024年上年结转各多少，一样吗."""
    question, reports, answer = inquiry.question, Reports(inquiry.library), AnswerBuilder()
    held: list[Figure] = []
    for year, readings in zip(question.own_years, question.metrics, strict=True):
        report = reports.open(unit, year) if year in inquiry.held[unit] else None
        figure = report.figure(readings) if report else None
        if report and figure:
            held.append(figure)
            answer.say(f"{report.name}{label(figure.id)}为{answer.stated(figure, report)}；")
        else:
            answer.missing = True
            answer.say(f"资料库中没有{unit}{year}年的这个数字；")
    if len(held) == 2:
        equal = bool(phrase("questions", "equal_asked").search(question.text))
        answer.say(apart_clause(held[0], held[1], answer, equal=equal))
    return _with_note(inquiry, answer, "")


def _years_of_all(inquiry: Inquiry, held: dict[str, list[int]]) -> list[int]:
    """The years to compare units in: those named; without any, the newest that the library has."""
    period = inquiry.question.period
    if inquiry.years or period.last or period.since:
        return list(inquiry.years) or [0, 0]
    years = [year for unit in inquiry.units or held for year in held[unit]]
    return [max(years)] if years else []


def _compared(inquiry: Inquiry, units: Sequence[str], year: int, held: dict[str, list[int]]) -> Answer:
    question = inquiry.question
    reports = Reports(inquiry.library)
    if question.operation in _GROWTH:
        answer = growth_of_units(question, units, year, reports)
    else:
        answer = compare_units(question, units, year, reports, inquiry.units)
    absent = [unit for unit in inquiry.units if year not in held[unit]]
    note = inquiry.no_report(tuple(absent)) if absent else ""
    if not answer.sentences:
        told = [unit for unit in units if unit not in absent]
        why = f"{'、'.join(told)}{year}年的报告中没有这个数字，或者不能这样计算。" if told else ""
        return inquiry.abstain(note + why or f"资料库中没有{year}年的报告，或报告中没有这个数字。", "figures")
    if not inquiry.years:
        note += f"题中没有写明年份，按最近的{year}年回答。"
    return _with_note(inquiry, answer, note)


def _of_units_and_years(inquiry: Inquiry, units: Sequence[str]) -> Answer:
    """Every unit for every year that is meant and held: 哪家哪年的行政复议最多."""
    question, held = inquiry.question, inquiry.held
    years = {
        unit: [year for year in inquiry.years or question.period.among(held[unit]) if year in held[unit]]
        for unit in units
    }
    answer = compare_units_and_years(question, units, years, Reports(inquiry.library))
    return _with_note(inquiry, answer, "") if answer.sentences else inquiry.abstain("报告中没有这个数字。", "figures")


def _of_unit(inquiry: Inquiry, unit: str, held: list[int]) -> Answer:
    """One unit: its years that are meant and held; a note when some are not, or when the question names none."""
    question, period = inquiry.question, inquiry.question.period
    years = list(inquiry.years) or period.among(held)
    years_held = sorted(set(years) & set(held))
    if taken_over := _taken_over(question, years, held):
        found = _of_unit(replace(inquiry, question=taken_over), unit, held)
        return found.model_copy(update={"answer": f"{inquiry.no_report((unit,))}{found.answer}"})
    if not years_held:
        near = _of_the_nearest_year(inquiry, unit, held, years)
        return near or inquiry.abstain(inquiry.no_report((unit,)) + nearest_year_message(held, years), "figures")
    note, side_by_side = "", False
    if len(years_held) < len(years):
        missing = "、".join(f"{year}年" for year in sorted(set(years) - set(years_held)))
        note, side_by_side = f"资料库中没有{unit}{missing}的报告。", True
    elif not (inquiry.years or period.open) and len(years_held) > 1:
        if question.operation == "value" and question.how == "each":
            note, side_by_side = "题中没有写明年份，列出各年。", True
        elif question.operation in ("value", "change", "parts") or question.over in ("parts", "applicants"):
            years = years_held = years_held[-1:]
            note = f"题中没有写明年份，按最近的{years_held[0]}年回答。"
    answer = _look_up(question, unit, years_held, Reports(inquiry.library), side_by_side=side_by_side)
    if question.operation == "change" and len(years_held) < min(len(years), 2):
        answer.missing = True
        note += "缺一年，算不出变化。"
    return _with_note(inquiry, answer, note)


def _taken_over(question: Question, years: Sequence[int], held: Sequence[int]) -> Question | None:
    """What a year that is not held left to the next is what the report of that says it took over (2022年结转到2023年);
    ``None`` where something else is asked."""
    if len(years) != 1 or years[0] in held or years[0] + 1 not in held or question.operation != "value":
        return None
    if any(".carried_out." not in readings[0] for readings in question.metrics):
        return None
    metrics = tuple((readings[0].replace("carried_out", "carried_in"),) for readings in question.metrics)
    period = replace(question.period, years=(years[0] + 1,), last=None, since=None, relative=())
    return replace(question, metrics=metrics, period=period)


def _of_the_nearest_year(inquiry: Inquiry, unit: str, held: Sequence[int], years: Sequence[int]) -> Answer | None:
    """What the nearest year held says, told as such and asked back; ``None`` where there is none."""
    if len(years) != 1 or not held:
        return None
    near = min(held, key=lambda year: (abs(year - years[0]), -year))
    answer = _look_up(inquiry.question, unit, [near], Reports(inquiry.library))
    if not answer.figures or answer.missing:
        return None
    told = _with_note(inquiry, answer, inquiry.no_report((unit,)) + f"最接近的是{near}年：")
    return told.model_copy(update={"figures": (), "abstained": True})


def _look_up(
    question: Question, unit: str, years: Sequence[int], reports: Reports, *, side_by_side: bool = False
) -> AnswerBuilder:
    """Answer a figure question about one unit for years that the library holds; two years are compared, unless they
    are wanted ``side_by_side``."""
    answer = AnswerBuilder()
    compares = not side_by_side and (
        question.operation == "change" or (question.operation == "value" and len(years) == 2 and question.how == "each")
    )
    over_years = len(years) > 1 or question.over == "years" or question.operation in ("trend", "which")
    of_one_year = question.over == "parts" or (question.operation == "which" and question.over == "applicants")
    over_years = over_years and not of_one_year
    if question.operation in _GROWTH:
        for readings in question.metrics:
            say_growth(question, readings, unit, years, reports, answer)
        return answer
    if compares or over_years:
        for readings in question.metrics:
            if compares:
                say_change(question, readings, unit, years, reports, answer)
            else:
                say_series(question, readings, unit, years, reports, answer)
        return answer
    for year in years:
        _of_report(question, unit, year, reports, answer)
    return answer


def _of_report(question: Question, unit: str, year: int, reports: Reports, answer: AnswerBuilder) -> None:
    report = reports.open(unit, year)
    if report is None:
        answer.missing = True
    elif question.operation in ("highest", "lowest"):
        say_most(question, report, answer)
    elif question.operation == "which":
        say_parts_that_fit(question, report, answer)
    elif len(question.metrics) > 1:
        say_list(question, report, answer)
    elif question.operation == "parts":
        say_parts(question, question.metrics[0], report, answer)
    else:
        say_value(question, question.metrics[0], report, answer)


def _with_note(inquiry: Inquiry, answer: AnswerBuilder, note: str) -> Answer:
    notes = relative_years_note(inquiry) + note
    if inquiry.question.measure and not answer.missing:
        _say_in_measure(inquiry.question.measure, answer)
    return Answer(
        question=inquiry.question.text,
        answer=(notes + "".join(answer.sentences)).strip(),
        citations=tuple(answer.citations),
        figures=tuple(answer.figures),
        abstained=answer.missing,
        route="figures",
    )


def _say_in_measure(measure: Measure, answer: AnswerBuilder) -> None:
    """The figures of an answer in the measure that was asked for, behind their own."""
    told = [(one, other) for one, other in dict(converted(answer.figures, measure)).items() if other.text != one.text]
    if not told:
        return
    answer.figures.extend(other for _, other in told)
    answer.say("".join(f"\n{one.text}即{other.text}。" for one, other in told))


def _joined(inquiry: Inquiry, parts: Sequence[Answer]) -> Answer:
    """One answer of several units'; at most as many as a table has rows."""
    if len(parts) == 1:
        return parts[0]
    shown = parts[:MOST_ROWS]
    return Answer(
        question=inquiry.question.text,
        answer="\n".join(part.answer for part in shown),
        citations=tuple(citation for part in shown for citation in part.citations),
        figures=tuple(figure for part in shown for figure in part.figures),
        abstained=all(part.abstained for part in shown),
        route="figures",
    )
