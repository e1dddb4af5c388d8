"""Outcomes of applications listed one after the other: 予以公开11件、部分公开3件、不予公开2件…"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from assistant.figures.claims import Claim, by_paragraph
from assistant.form import GROUPS

__all__ = ["OUTCOMES", "OutcomeList", "outcome_lists"]

OUTCOMES = ("granted", "partly_granted", *(group.id for group in GROUPS))
_WHOLES = ("concluded", "received", "workload", "carried_in")
_FEWEST = 3


class OutcomeList(NamedTuple):
    """Three or more outcomes in a row, and the totals before them that they may add up to, nearest first. ``rest`` is
    what the list says is carried over to next year, ``covered`` the outcomes it names, ``leaves`` what leaves told behind
    their group come to: they are some of it, or what it left out (无法提供1件，信息不存在1件)."""

    parts: tuple[Claim, ...]
    rest: Decimal
    wholes: tuple[Claim, ...]
    leaves: Decimal

    @property
    def covered(self) -> frozenset[str]:
        return frozenset(row for part in self.parts for row in _rows(part))

    @property
    def totals(self) -> tuple[Claim, ...]:
        """Totals that the list alone may add up to: not what was carried in."""
        return tuple(claim for claim in self.wholes if _row(claim) != "carried_in")

    @property
    def workload(self) -> Decimal | None:
        """What was received and what was carried in, where both are told before the list."""
        told = {_row(claim): claim.mention.value for claim in reversed(self.wholes)}
        return told["received"] + told["carried_in"] if {"received", "carried_in"} <= told.keys() else None

    @property
    def total(self) -> Decimal:
        return sum((part.mention.value for part in self.parts), Decimal(0))


def outcome_lists(claims: Sequence[Claim]) -> Iterator[OutcomeList]:
    """Every list of outcomes that a total stands before, in the same paragraph."""
    for members in by_paragraph(claims):
        counted = [claim for claim in members if not claim.mention.percent and claim.year == members[0].year]
        run: list[Claim] = []
        rest = leaves = Decimal(0)
        for claim in [*counted, None]:
            if claim and run and _in_brackets(claim) and not _in_brackets(run[0]):
                continue  # 予以公开和部分公开96件（予以公开81件、部分公开15件） names the same twice
            if claim and _groups(claim) & {row for part in run for row in _rows(part)}:
                leaves += claim.mention.value
                continue  # 不予公开3件，其中国家秘密1件: the leaf is counted with its group
            if claim and _rows(claim) and not set(_rows(claim)) & {row for part in run for row in _rows(part)}:
                run.append(claim)
            elif claim and run and _row(claim) == "carried_out":
                rest += claim.mention.value
            else:
                wholes = _wholes(counted, run[0]) if len(run) >= _FEWEST else ()
                listed = OutcomeList(tuple(run), rest, wholes, leaves)
                if listed.totals:
                    yield listed
                run, rest, leaves = ([claim] if claim and _rows(claim) else []), Decimal(0), Decimal(0)


def _row(claim: Claim) -> str:
    first = claim.readings[0][0] if claim.readings else ""
    if claim.relation != "value" or not first.startswith("requests.") or not first.endswith(".total"):
        return ""
    return first.removeprefix("requests.").removesuffix(".total")


def _rows(claim: Claim) -> tuple[str, ...]:
    """The outcomes that a number counts, leaves as leaves (``denied.state_secret``); empty for anything else."""
    if not _row(claim) or claim.mention.bound:
        return ()
    rows = tuple(metric.removeprefix("requests.").removesuffix(".total") for metric in claim.readings[0])
    return rows if all(row.partition(".")[0] in OUTCOMES for row in rows) else ()


def _groups(claim: Claim) -> set[str]:
    """The groups that the leaves of a number lie in."""
    return {row.partition(".")[0] for row in _rows(claim) if "." in row}


def _in_brackets(claim: Claim) -> bool:
    text, at = claim.spot.paragraph.text, claim.mention.start
    return max(text.rfind("（", 0, at), text.rfind("(", 0, at)) > max(text.rfind("）", 0, at), text.rfind(")", 0, at))


def _wholes(claims: Sequence[Claim], first: Claim) -> tuple[Claim, ...]:
    return tuple(
        claim for claim in reversed(claims) if claim.mention.start < first.mention.start and _row(claim) in _WHOLES
    )
