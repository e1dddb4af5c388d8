"""Dates and statistics periods as reports write them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.language.numerals import parse
from assistant.lexicon import phrase
from assistant.report import Report

__all__ = ["dated_on", "dates_in", "period_in", "signed_on"]

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def dates_in(text: str) -> Iterator[date]:
    """Every full date of ``text``, written with digits or Chinese numerals; impossible ones are left out."""
    for found in phrase("calendar", "date").finditer(text):
        year = int(found["year"].translate(_DIGITS))
        month, day = (parse(found[part]) for part in ("month", "day"))
        if month and day:
            try:
                yield date(year, int(month.value), int(day.value))
            except ValueError:
                continue


def period_in(text: str) -> tuple[tuple[int, int, int], tuple[int, int, int]] | None:
    """The first statistics period (自2024年1月1日起至2024年12月31日止) as two (year, month, day); not checked for sense."""
    found = phrase("calendar", "period").search(text)
    if not found:
        return None
    start, month, day = (int(found[part]) for part in ("y1", "m1", "d1"))
    return (start, month, day), (int(found["y2"] or start), int(found["m2"]), int(found["d2"]))


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
    lines = (
        paragraph.text for paragraph in report.preamble if phrase("calendar", "published").search(paragraph.text[:12])
    )
    day = next((day for line in lines for day in dates_in(line)), None) or report.published
    moved = day is not None and report.year is not None and day.year > report.year + 1
    return None if moved else day
