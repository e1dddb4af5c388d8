"""New and carried in, done and carried out, where one paragraph tells all four: 收到95件，上年结转7件，办结99件，结转下年3件."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.figures.claims import Claim, by_paragraph

__all__ = ["Balance", "balances"]

_ROWS = ("received", "carried_in", "concluded", "carried_out")


class Balance(NamedTuple):
    """The four numbers that must balance: received and carried in are concluded or carried out."""

    received: Claim
    carried_in: Claim
    concluded: Claim
    carried_out: Claim

    @property
    def holds(self) -> bool:
        received, carried_in, concluded, carried_out = (claim.mention.value for claim in self)
        return received + carried_in == concluded + carried_out or received == concluded + carried_out


def balances(claims: Sequence[Claim]) -> Iterator[Balance]:
    """One for each paragraph that tells all four once, as values of this year and of the whole report. What was received may
    hold what was carried in already."""
    for members in by_paragraph(claims):
        told: dict[str, list[Claim]] = {}
        for claim in members:
            either = {("requests.carried_in.total",), ("requests.carried_out.total",)} <= set(claim.readings)
            told_so = claim.relation == "value" and claim.kind == "row" and not claim.scope
            if told_so and not claim.mention.bound and not either:
                told.setdefault(claim.readings[0][0].removeprefix("requests.").removesuffix(".total"), []).append(claim)
        if all(len(told.get(row, ())) == 1 for row in _ROWS) and len({told[row][0].year for row in _ROWS}) == 1:
            yield Balance(*(told[row][0] for row in _ROWS))
