"""Changes of figures that no table has: 区政府网站公开信息2154条，同比增长8.40%, where last year's prose tells the 1987."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from rapidfuzz import fuzz

from assistant.figures.claim_reader import mentions_of
from assistant.figures.claims import Claim
from assistant.figures.comparisons import direction_of, is_yoy
from assistant.figures.mentions import Mention
from assistant.figures.repeats import SHORTEST, bare_name
from assistant.language.numerals import number, rounded
from assistant.language.sentences import clause_of
from assistant.patterns import regex
from assistant.report import Report

__all__ = ["OwnChange", "own_changes"]

_SAME_NAME = 80  # percent of likeness from which two names are of one figure
_CLEARLY = 8  # by how much the best must lead: else which figure of last year is meant is a guess
_LATTER = regex("[前后]者")
_BEHIND = regex(r"[^，,。；;：:\d]{0,8}[，,（(]?[^，,。；;：:\d]{0,10}")
_ANY = regex(r"\d")


class OwnChange(NamedTuple):
    """A stated rate, the number it is of, and that number last year as the prose of that year tells it."""

    rate: Claim
    value: Claim
    before: Mention

    @property
    def right(self) -> Decimal:
        """The rate by the two numbers, in percent or times, at the precision that was written."""
        scale = 1 if self.rate.mention.unit == "倍" else 100
        change = (self.value.mention.value - self.before.value) * scale / self.before.value
        return rounded(change, self.rate.mention.step)

    @property
    def stated(self) -> Decimal:
        return self.rate.mention.value * direction_of(_said_of(self.rate))

    @property
    def worked_out(self) -> str:
        return f"上年{number(self.before.value)}→本年{number(self.value.mention.value)}"


def own_changes(claims: Sequence[Claim], previous: Report | None) -> Iterator[OwnChange]:
    """Every rate of change of a number right before it that last year's prose tells under the same name."""
    named = [found for at, claim in enumerate(claims) if (found := _with_its_number(claim, claims[:at]))]
    if not named or previous is None:
        return
    past = [
        (bare_name(paragraph.text[: mention.start]), mention)
        for paragraph, mention in mentions_of(previous, _ANY)
        if not mention.percent and not mention.bound and mention.value
    ]
    for rate, value in named:
        name = bare_name(value.spot.paragraph.text[: value.mention.start])
        alike = sorted(
            ((fuzz.ratio(name, other), old) for other, old in past if old.unit == value.mention.unit),
            key=lambda pair: -pair[0],
        )
        if len(name) >= SHORTEST and alike and alike[0][0] >= _SAME_NAME:
            rivals = {old.value for likeness, old in alike if likeness > alike[0][0] - _CLEARLY}
            if len(rivals) == 1:
                yield OwnChange(rate, value, alike[0][1])


def _with_its_number(claim: Claim, before: Sequence[Claim]) -> tuple[Claim, Claim] | None:
    """The number that a rate of change is of: the last one of its sentence, or the one that 前者 and 后者 point at."""
    if claim.relation != "none" or not (claim.mention.percent or claim.mention.unit == "倍") or claim.mention.bound:
        return None
    said = _said_of(claim)
    told = [c for c in before if c.spot.sentence == claim.spot.sentence and not c.mention.percent]
    if not told or not is_yoy(said, claim.spot.paragraph.text[: claim.mention.start], follows_a_figure=True):
        return None
    value = told[-1]
    if pair := _LATTER.search(said):
        if len(told) != 2:
            return None
        value = told[0 if pair.group() == "前者" else 1]
    elif not _BEHIND.fullmatch(claim.spot.paragraph.text[value.mention.end : claim.mention.start]):
        return None
    return (claim, value) if value.relation == "none" and not value.mention.bound else None


def _said_of(claim: Claim) -> str:
    return re.sub(r"^[，,、（(]+", "", clause_of(claim.spot.paragraph.text[: claim.mention.start]))
