"""What a number in prose claims about the figures of the report.

A claim says which sums of the book's figures a number may mean (``readings``, likeliest first), for which year, and
within which scope. It holds when any reading agrees at the precision that was written. Numbers that claim nothing are
kept too: what could not be checked is listed, so that nobody takes silence for a pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Literal, NamedTuple

from assistant.figures.mentions import Mention
from assistant.lexicon.match import Reading
from assistant.report import Mark, Paragraph

__all__ = ["Claim", "Relation", "Spot", "by_paragraph", "mark_of", "total"]

Relation = Literal["value", "change", "yoy", "multiple", "points", "share", "none"]


class Spot(NamedTuple):
    """Where a number stands: section, paragraph and the sentence around it, for findings and for a person's eye."""

    section: str
    where: str
    paragraph: Paragraph
    sentence: str


class Claim(NamedTuple):
    """One number with what it says. ``relation``: a figure itself (``value``), how much it changed since last year (``change``, ``yoy``),
    which ``multiple`` of last year's it is, its ``share`` or by how many ``points`` that changed. ``kind`` is the family of words it was read by (row, group, leaf, column, total, case, stage,
    decisions, sum, rate); ``why`` names the words for people; ``year`` is the year it speaks of; ``direction`` of a
    change is 1 or −1; ``of`` are the wholes that a rate is of by its name (公开率); ``per`` is 12 for what came a month."""

    mention: Mention
    spot: Spot
    relation: Relation
    readings: tuple[Reading, ...] = ()
    kind: str = ""
    year: int | None = None
    scope: str = ""
    direction: int = 0
    why: str = ""
    of: tuple[Reading, ...] = ()
    per: int = 1


def by_paragraph(claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    """The claims of each paragraph, in order."""
    for _, members in groupby(claims, key=lambda claim: id(claim.spot.paragraph)):
        yield list(members)


def total(claims: Iterable[Claim]) -> Decimal:
    """What the numbers of claims come to."""
    return sum((claim.mention.value for claim in claims), Decimal(0))


def mark_of(claim: Claim) -> Mark:
    """Where the number of a claim stands."""
    return Mark("", claim.spot.paragraph, claim.mention.start, claim.mention.end)
