"""Units, figures and prose as reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from random import Random

from assistant.figures.book import Book
from assistant.form import SECTIONS
from assistant.report import Cell, Paragraph, Report, Section, TableRead
from evals.generate.details import with_details
from evals.generate.figures import FORM, Year, figures_of, value_of
from evals.generate.prose import Line, sections, topics_of
from evals.generate.slots import Said, Slots
from evals.generate.units import Unit, units
from evals.generate.wording import Writer

__all__ = ["LAST_YEAR", "Made", "Stated", "generate"]

LAST_YEAR = 2024


@dataclass(frozen=True, slots=True)
class Stated:
    """One number of the prose that can be checked: characters of a paragraph of a section, and what it says."""

    section: str
    paragraph: int
    start: int
    end: int
    said: Said


@dataclass(frozen=True, slots=True)
class Made:
    """One report of a unit, with what its prose states and last year's report, ``None`` for the first."""

    unit: Unit
    report: Report
    stated: tuple[Stated, ...]
    previous: Report | None = None


def generate(how_many: int, years: int = 1, seed: int = 1, last_year: int = LAST_YEAR) -> Iterator[Made]:
    """``years`` reports of each of ``how_many`` units, unit by unit, the oldest first; the last is for
    ``last_year``."""
    province = units(how_many, seed)
    for unit, figures in zip(province, figures_of(province, years, seed), strict=True):
        random = Random(f"prose {seed} {unit.index}")
        topics = topics_of(unit, years, random)
        used: Mapping[str, Sequence[str]] = {}
        previous: Made | None = None
        for n, year in enumerate(range(last_year - years + 1, last_year + 1)):
            before = figures[n - 1] if n else None
            slots = Slots(_book(figures[n], before), _words(unit, year), _extra(figures[n]), random)
            writer = Writer(slots, random, used)
            told = sections(unit, writer, random, topics[n], topics[n - 1] if n else ())
            used = writer.used
            told = with_details(told, Random(f"details {seed} {unit.index} {year}"))
            previous = _made(unit, year, figures[n], told, random, previous)
            yield previous


def _book(figures: Year, before: Year | None) -> Book:
    now = {metric: value_of(figures, metric) for metric in FORM.metrics}
    return Book(now, {metric: value_of(before, metric) for metric in FORM.metrics} if before is not None else None)


def _words(unit: Unit, year: int) -> dict[str, str]:
    # A city and a county speak of all their offices, others of themselves.
    site = f"{unit.own}网站"
    return {
        "unit": unit.name, "year": str(year), "next": str(year + 1), "whole": unit.whole, "own": unit.own, "office": unit.office,
        "topic": unit.topic, "site": site, "channel": site if unit.government else "门户网站",
    }  # fmt: skip


def _extra(figures: Counter[str]) -> dict[str, int]:
    return {name: figures[name] for name in ("fee.notices", "fee.amount") if figures[name]}


def _made(
    unit: Unit, year: int, figures: Year, told: Mapping[str, Sequence[Line]], random: Random, previous: Made | None
) -> Made:
    latest = (3, 31) if unit.government else (1, 31)
    month = random.randint(1, latest[0])
    signed = f"{year + 1}年{month}月{random.randint(5, latest[1] if month == latest[0] else 28)}日"
    report = Report(
        file=f"{unit.name}_{year}.txt",
        unit=unit.name,
        year=year,
        edition="2021",
        title=told["title"][0].text,
        preamble=_paragraphs(told["preamble"]),
        sections=tuple(
            Section(id=section.id, number=section.number, title=section.title, paragraphs=_paragraphs(told[section.id]))
            for section in SECTIONS
        ),
        closing=(Paragraph(text=unit.name), Paragraph(text=signed)),
        cells={metric: _cell(f"{value_of(figures, metric):f}") for metric in FORM.metrics},
        tables=_tables(),
    )
    return Made(unit, report, tuple(_stated(told)), previous.report if previous else None)


def _paragraphs(lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text=line.text, heading=line.heading) for line in lines)


@cache
def _cell(raw: str) -> Cell:
    return Cell(raw=raw, value=Decimal(raw))


@cache
def _tables() -> tuple[TableRead, ...]:
    return tuple(
        TableRead(id=table.id, section=table.section, rows={row.id: row.label for row in table.rows})
        for table in FORM.tables
    )


def _stated(told: Mapping[str, Sequence[Line]]) -> Iterator[Stated]:
    for section in (section.id for section in SECTIONS):
        for place, line in enumerate(told[section]):
            at = 0
            for piece in line.pieces:
                if piece.said:
                    yield Stated(section, place, at, at + len(piece.text), piece.said)
                at += len(piece.text)
