"""Numbers that nothing reads, and that miss a figure of the tables on the matter named beside them by one slip."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from assistant.figures.arithmetic.slips import one_slip_from
from assistant.figures.claims import Claim
from assistant.figures.dossier import Dossier
from assistant.figures.unchecked import unexplained
from assistant.lexicon import phrase
from assistant.lexicon.schema import entries
from assistant.patterns import regex

__all__ = ["NearMiss", "near_misses"]

# Below it two numbers of unlike things are as close by chance.
_SMALLEST = Decimal(10)
_CLAUSE = regex(r"[，,。；;：:（）()]")
_STOP = regex(r"[。；;]")


class NearMiss(NamedTuple):
    """A number, and the figure of the tables that it may have been meant to be."""

    claim: Claim
    metric: str
    value: Decimal


def near_misses(dossier: Dossier) -> Iterator[NearMiss]:
    """Each such number with the first figure that it misses; a number that is some figure of the tables misses none."""
    told = {cell.value for cell in dossier.report.cells.values()}
    for claim in unexplained(dossier):
        value = claim.mention.value
        if value < _SMALLEST or value in told or claim.mention.percent or claim.year not in (None, dossier.report.year):
            continue
        of_another = phrase("comparisons", "another_year").search(_said_before(claim))
        if not of_another and (missed := _missed_by(claim, dossier)) is not None:
            yield missed


def _missed_by(claim: Claim, dossier: Dossier) -> NearMiss | None:
    clause, figures = _clause_around(claim), list[NearMiss]()
    for each in entries("matters"):
        if claim.mention.unit in each.measures and phrase("matters", each.id).search(clause):
            told = (dossier.book.get(metric) for metric in each.means)
            figures += (NearMiss(claim, figure.id, figure.value) for figure in told if figure)
    if any(claim.mention.value == figure.value for figure in figures):
        return None  # a sum that stands in no cell: 行政诉讼9件
    near = set(one_slip_from(claim.mention.value))
    return next((figure for figure in figures if figure.value >= _SMALLEST and figure.value in near), None)


def _said_before(claim: Claim) -> str:
    """What leads to a number since the last full stop or semicolon: the year it speaks of holds on over commas."""
    return _STOP.split(claim.spot.paragraph.text[: claim.mention.start])[-1]


def _clause_around(claim: Claim) -> str:
    text = claim.spot.paragraph.text
    return _CLAUSE.split(text[: claim.mention.start])[-1] + _CLAUSE.split(text[claim.mention.end :])[0]
