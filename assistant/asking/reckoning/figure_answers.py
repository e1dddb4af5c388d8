"""Answers from figures: which unit and which years are meant, and what to say when they are not there."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.asking.asker import Asker
from assistant.asking.not_found import nearest_year, no_such_unit, of_kind, reckoned_from, which_unit
from assistant.asking.questions.question import Question
from assistant.asking.reckoning.found import Found, Reports
from assistant.asking.reckoning.over_units import MOST_ROWS, compare_units
from assistant.asking.reckoning.over_years import growth_of_units, say_change, say_growth, say_series
from assistant.asking.reckoning.stating import say_list, say_most, say_parts, say_value
from assistant.asking.result import Answer

__all__ = ["figure_answer", "look_up"]

# Figures straight from the catalog, exact and cited to their cells; no model, no search.


def look_up(
    question: Question, unit: str, years: Sequence[int], reports: Reports, *, side_by_side: bool = False
) -> Found:
    """Answer a figure question about one unit for years that the library holds; two years are compared, unless they
    are wanted ``side_by_side``."""
    found = Found()
    compares = not side_by_side and (
        question.operation == "change" or (question.operation == "value" and len(years) == 2 and question.how == "each")
    )
    over_years = len(years) > 1 or question.over == "years" or question.operation in ("trend", "which")
    if question.operation in ("grew_most", "fell_most"):
        for readings in question.metrics:
            say_growth(question, readings, unit, years, reports, found)
        return found
    if compares or (over_years and question.over != "parts"):
        for readings in question.metrics:
            if compares:
                say_change(question, readings, unit, years, reports, found)
            else:
                say_series(question, readings, unit, years, reports, found)
        return found
    for year in years:
        _of_report(question, unit, year, reports, found)
    return found


def _of_report(question: Question, unit: str, year: int, reports: Reports, found: Found) -> None:
    report = reports.open(unit, year)
    if report is None:
        found.missing = True
    elif question.operation in ("highest", "lowest"):
        say_most(question, report, found)
    elif len(question.metrics) > 1:
        say_list(question, report, found)
    elif question.operation == "parts":
        say_parts(question, question.metrics[0], report, found)
    else:
        say_value(question, question.metrics[0], report, found)


_SIDE_BY_SIDE = (
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
    "grew_most",
    "fell_most",
)


def figure_answer(asker: Asker) -> Answer:
    """The figures asked for, for each unit and year that is meant and held."""
    question, held = asker.question, asker.held
    if question.named.unknown and not question.all_units:
        return asker.abstain(no_such_unit(question.named.unknown, held), "figures")
    if question.named.candidates and not question.named.units:
        return asker.abstain(which_unit(question.named.candidates), "figures")
    units = asker.units or (tuple(held) if len(held) == 1 else ())
    everyone = not units and (question.all_units or question.over == "units") and bool(held)
    if question.narrowing and not units:
        return asker.abstain(f"报告的表格没有单独列出“{'、'.join(question.narrowing)}”的数字。", "figures")
    if not units and not everyone:
        return asker.abstain(
            "题中没有写明单位，资料库里有不止一个单位的报告。" if held else "资料库里还没有报告。", "figures"
        )
    # 宿迁在各市里排第几: the others are what it is ranked among.
    ranked = question.operation == "rank" and len(units) == 1
    among = of_kind(question, held) if everyone or ranked else units
    if (len(among) != 1 and question.over != "years") and question.operation in _SIDE_BY_SIDE:
        years = _years_of_all(asker, held)
        if len(years) == 1:
            return _compared(asker, among, years[0], held)
    if everyone:
        return asker.abstain("这个问题要看多年，请写明单位。", "figures")
    return _joined(asker, [_of_unit(asker, unit, held[unit]) for unit in units])


def _years_of_all(asker: Asker, held: dict[str, list[int]]) -> list[int]:
    """The years to compare units in: those named; without any, the newest that the library has."""
    period = asker.question.period
    if asker.years or period.last or period.since:
        return list(asker.years) or [0, 0]
    years = [year for unit in asker.units or held for year in held[unit]]
    return [max(years)] if years else []


def _compared(asker: Asker, units: Sequence[str], year: int, held: dict[str, list[int]]) -> Answer:
    question = asker.question
    reports = Reports(asker.library)
    if question.operation in ("grew_most", "fell_most"):
        found = growth_of_units(question, units, year, reports)
    else:
        found = compare_units(question, units, year, reports, asker.units)
    if not found.sentences:
        why = asker.no_report(tuple(units)) if units else f"资料库中没有{year}年的报告，或报告中没有这个数字。"
        return asker.abstain(why, "figures")
    lacking = [unit for unit in asker.units if year not in held[unit]]
    note = asker.no_report(tuple(lacking)) if lacking else ""
    if not asker.years:
        note += f"题中没有写明年份，按最近的{year}年回答。"
    return _found(asker, found, note)


def _of_unit(asker: Asker, unit: str, held: list[int]) -> Answer:
    """One unit: its years that are meant and held; a note when some are not, or when the question names none."""
    question, period = asker.question, asker.question.period
    years = list(asker.years) or period.among(held)
    kept = sorted(set(years) & set(held))
    if not kept:
        return asker.abstain(asker.no_report((unit,)) + nearest_year(held, years), "figures")
    note, side_by_side = "", False
    if len(kept) < len(years):
        gone = "、".join(f"{year}年" for year in sorted(set(years) - set(kept)))
        note, side_by_side = f"资料库中没有{unit}{gone}的报告。", True
    elif not (asker.years or period.open) and len(kept) > 1:
        if question.operation == "value" and question.how == "each":
            note, side_by_side = "题中没有写明年份，列出各年。", True
        elif question.operation in ("value", "change", "parts") or question.over in ("parts", "applicants"):
            kept = kept[-1:]
            note = f"题中没有写明年份，按最近的{kept[0]}年回答。"
    return _found(asker, look_up(question, unit, kept, Reports(asker.library), side_by_side=side_by_side), note)


def _found(asker: Asker, found: Found, note: str) -> Answer:
    told = reckoned_from(asker) + note
    return Answer(
        question=asker.question.text,
        answer=(told + "".join(found.sentences)).strip(),
        citations=tuple(found.citations),
        figures=tuple(found.figures),
        abstained=found.missing,
        route="figures",
    )


def _joined(asker: Asker, parts: Sequence[Answer]) -> Answer:
    """One answer of several units'; at most as many as a table has rows."""
    if len(parts) == 1:
        return parts[0]
    shown = parts[:MOST_ROWS]
    return Answer(
        question=asker.question.text,
        answer="\n".join(part.answer for part in shown),
        citations=tuple(citation for part in shown for citation in part.citations),
        figures=tuple(figure for part in shown for figure in part.figures),
        abstained=all(part.abstained for part in shown),
        route="figures",
    )
