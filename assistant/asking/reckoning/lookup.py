"""Figures straight from the catalog, exact and cited to their cells; no model, no search."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.asking.questions.question import Question
from assistant.asking.reckoning.found import Found, Reports
from assistant.asking.reckoning.growth import say_growth
from assistant.asking.reckoning.over_years import say_change, say_series
from assistant.asking.reckoning.stating import say_list, say_most, say_parts, say_value

__all__ = ["look_up"]


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
