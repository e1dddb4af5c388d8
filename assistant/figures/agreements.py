"""What was compared and agrees: each sum of the tables with its terms, each number of the prose with its cell. Findings
tell what is wrong; this tells what a person need not look at again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.figures.book import place_of
from assistant.figures.claims import mark_of
from assistant.figures.compare import compare
from assistant.figures.dossier import Dossier
from assistant.form import APPLICANTS, CASES
from assistant.language.numerals import number
from assistant.report import Mark

__all__ = ["Agreement", "agreements"]

Kind = Literal["tables", "prose", "last_year"]
_SIDES = (("received", "carried_in"), ("concluded", "carried_out"))
_NO_OUTCOMES = ("received", "carried_in", "concluded", "carried_out")
_TABLE_4 = ("review", "litigation.direct", "litigation.after_review")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two values that are the same: ``left`` is what stands at ``where`` with how it comes about, ``right`` what it was
    held against. ``mark`` is its place."""

    kind: Kind
    where: str
    left: str
    right: str
    mark: Mark


def agreements(dossier: Dossier) -> Iterator[Agreement]:
    """All of them, the tables first; a sum with a blank or unread term is none."""
    yield from _of_tables(dossier)
    yield from _of_last_year(dossier)
    for claim in dossier.claims:
        found = compare(claim, dossier) if claim.relation == "value" else None
        if found and found.agrees:
            last = claim.year is not None and claim.year != dossier.report.year
            cells = (_cell(metric, dossier, last_year=last) for metric in found.agreeing[0])
            yield Agreement("prose", claim.spot.where, claim.mention.text, "＋".join(cells), mark_of(claim))


def _cell(metric: str, dossier: Dossier, *, last_year: bool) -> str:
    figure = dossier.book[f"{metric}.last_year" if last_year else metric]
    unit = figure.unit if figure.unit == "万元" else ""
    return f"{'上年 ' if last_year else ''}{place_of(metric)} {number(figure.value)}{unit}"


def _of_tables(dossier: Dossier) -> Iterator[Agreement]:
    report = dossier.report
    table = report.table("requests")
    for column in APPLICANTS if table else ():
        in_, out = ([f"requests.{row}.{column.id}" for row in side] for side in _SIDES)
        yield from _equal(dossier, in_, out, in_[0])
    for row in table.rows if table else ():
        parts = [f"requests.{row}.{column.id}" for column in APPLICANTS if column.id != "total"]
        yield from _equal(dossier, parts, [f"requests.{row}.total"], f"requests.{row}.total")
    for column in APPLICANTS if table else ():
        assert table
        rows = [f"requests.{row}.{column.id}" for row in table.rows if row not in _NO_OUTCOMES]
        yield from _equal(dossier, rows, [f"requests.concluded.{column.id}"], f"requests.concluded.{column.id}")
    for group in _TABLE_4:
        parts = [f"{group}.{case.id}" for case in CASES if case.id != "total"]
        yield from _equal(dossier, parts, [f"{group}.total"], f"{group}.total")


def _of_last_year(dossier: Dossier) -> Iterator[Agreement]:
    if dossier.previous is None:
        return
    for column in APPLICANTS:
        now, before = f"requests.carried_in.{column.id}", f"requests.carried_out.{column.id}"
        value, then = dossier.report.value(now), dossier.previous.value(before)
        if value is not None and value == then:
            right = f"上年 {place_of(before)} {number(then)}"
            yield Agreement("last_year", place_of(now), number(value), right, Mark(now))


def _equal(dossier: Dossier, left: Sequence[str], right: Sequence[str], at: str) -> Iterator[Agreement]:
    """The sums of two sides where every term is a figure, and they are the same."""
    sides = [[dossier.report.value(metric) for metric in side] for side in (left, right)]
    known = [[value for value in side if value is not None] for side in sides]
    whole = all(len(there) == len(side) > 0 for there, side in zip(known, sides, strict=True))
    if whole and sum(known[0], Decimal(0)) == sum(known[1], Decimal(0)):
        yield Agreement("tables", place_of(at), _said(left, known[0]), _said(right, known[1]), Mark(at))


def _said(metrics: Sequence[str], values: Sequence[Decimal]) -> str:
    if len(metrics) == 1:
        return number(values[0])
    written = "＋".join(number(value) for value in values)
    return f"{written} ＝ {number(sum(values, Decimal(0)))}"
