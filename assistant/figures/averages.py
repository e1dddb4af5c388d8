"""Averages that a sentence tells beside what they are of: 组织培训4期，参训180人次，平均每期45人次."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from assistant.figures.claims import Claim
from assistant.figures.readings import fits
from assistant.language.numerals import rounded
from assistant.patterns import regex

__all__ = ["Average", "averages"]

_PER = regex(r"平均每(?P<what>[\u4e00-\u9fff]{1,3}?)(?:约|为|有|达)?$")


@dataclass(frozen=True, slots=True)
class Average:
    """What one of ``count`` comes to of ``total``, as the sentence tells it (``told``)."""

    told: Claim
    total: Claim
    count: Claim

    @property
    def true(self) -> Decimal:
        """At the precision that was written."""
        return rounded(self.total.mention.value / self.count.mention.value, self.told.mention.step)

    @property
    def holds(self) -> bool:
        told = self.told.mention
        return fits(told, self.true) if told.bound else told.value == self.true


def averages(claims: Sequence[Claim]) -> Iterator[Average]:
    """Every average of two numbers of its sentence; of several pairs that it may be of, one that holds. ``claims`` are
    those of a report, in order."""
    for _, members in groupby(claims, key=lambda claim: (id(claim.spot.paragraph), claim.spot.sentence)):
        sentence = list(members)
        for at, claim in enumerate(sentence):
            text = claim.spot.paragraph.text
            start = sentence[at - 1].mention.end if at else max(claim.mention.start - 20, 0)
            per = _PER.search(text[start : claim.mention.start])
            if not per or claim.mention.percent:
                continue
            before = [one for one in sentence[:at] if not one.mention.percent and not one.mention.bound]
            pairs = [
                Average(claim, total, count)
                for count in reversed(before)
                if count.mention.unit == per["what"] and count.mention.value
                for total in reversed(before)
                if total is not count and total.mention.unit == claim.mention.unit
            ]
            if pairs:
                yield next((pair for pair in pairs if pair.holds), pairs[0])
