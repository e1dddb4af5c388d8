"""Dates and statistics periods as reports write them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.language.numerals import parse
from assistant.patterns import regex
from assistant.report import Report

__all__ = ["dated_on", "dates_in", "period_in", "signed_on"]

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_PUBLISHED = regex(r"(?:发布|公布|公开|发文|成文)(?:日期|时间)\s*[:：]")
_DATE = regex(
    r"(?P<year>(?:19|20)\d{2}|[〇零一二三四五六七八九]{4})\s*(?:年|[-./])\s*(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s*(?:月|[-./])"
    r"\s*(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日?"
)
_PERIOD = regex(
    r"((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*(?:起[^，。；]{0,4}[，,]?)?\s*(?:至|到|—+|-+|－|~|～)\s*"
    r"(?:((?:19|20)\d{2})\s*年)?\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
)


def dates_in(text: str) -> Iterator[date]:
    """Every full date of ``text``, written with digits or Chinese numerals; impossible ones are left out."""
    for found in _DATE.finditer(text):
        year = int(found["year"].translate(_DIGITS))
        month, day = (parse(found[part]) for part in ("month", "day"))
        if month and day:
            try:
                yield date(year, int(month.value), int(day.value))
            except ValueError:
                continue


def period_in(text: str) -> tuple[tuple[int, int, int], tuple[int, int, int]] | None:
    """The first statistics period (自2024年1月1日起至2024年12月31日止) as two (year, month, day); not checked for sense."""
    found = _PERIOD.search(text)
    if not found:
        return None
    start_year, start_month, start_day, end_year, end_month, end_day = found.groups()
    return (int(start_year), int(start_month), int(start_day)), (
        int(end_year or start_year),
        int(end_month),
        int(end_day),
    )


def signed_on(report: Report) -> date | None:
    """The date under the signature."""
    return next((day for paragraph in reversed(report.closing) for day in dates_in(paragraph.text)), None)


def dated_on(report: Report) -> date | None:
    """The date under the signature, else the day of publication that the page or a line such as 发布时间：2025-03-06 tells.

    The latter is no signature: pages that moved to another site carry the day of the move, so that one of a later year
    than the report is published in tells nothing.
    """
    if signed := signed_on(report):
        return signed
    lines = (paragraph.text for paragraph in report.preamble if _PUBLISHED.search(paragraph.text[:12]))
    day = next((day for line in lines for day in dates_in(line)), None) or report.published
    moved = day is not None and report.year is not None and day.year > report.year + 1
    return None if moved else day
