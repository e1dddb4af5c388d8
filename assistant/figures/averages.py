"""Averages that a sentence tells beside what they are of: 组织培训4期，参训180人次，平均每期45人次; 来电41个，月均3.4个."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from assistant.figures.claims import Claim
from assistant.figures.comparisons import IN_A_YEAR, PART_OF_TIME, direction_of
from assistant.figures.readings import fits
from assistant.language.numerals import rounded
from assistant.lexicon import phrase

__all__ = ["Average", "averages"]

_LONGEST_CHANGE = 4  # characters: 增加了约


_PEOPLE = frozenset(["人", "名", "位", "人次"])


@dataclass(frozen=True, slots=True)
class Average:
    """What one of ``count`` comes to of ``total``, as the sentence tells it (``told``). ``counted`` is the claim that tells
    the count; of the months and quarters of a year none does."""

    told: Claim
    total: Claim
    count: Decimal
    counted: Claim | None = None

    @property
    def true(self) -> Decimal:
        """At the precision that was written."""
        return rounded(self.total.mention.value / self.count, self.told.mention.step)

    @property
    def holds(self) -> bool:
        told = self.told.mention
        return fits(told, self.true) if told.bound else told.value == self.true


def averages(claims: Sequence[Claim]) -> Iterator[Average]:
    """Every average of a number right before it by the months or quarters of a year, and every one of two numbers of its
    sentence; of several pairs that it may be of, one that holds. ``claims`` are those of a report, in order."""
    for _, members in groupby(claims, key=lambda claim: (id(claim.spot.paragraph), claim.spot.sentence)):
        sentence = list(members)
        for at, claim in enumerate(sentence):
            text = claim.spot.paragraph.text
            start = sentence[at - 1].mention.end if at else max(claim.mention.start - 20, 0)
            per = phrase("comparisons", "average_per").search(text[start : claim.mention.start])
            if at and (of_year := _of_a_year(text, sentence[at - 1], claim)):
                yield of_year
            if claim.mention.percent:
                continue
            if not per:
                yield from _multiplied(sentence, at, text[start : claim.mention.start])
                continue
            before = [one for one in sentence[:at] if not one.mention.percent and not one.mention.bound]
            pairs = [
                Average(claim, total, count.mention.value, count)
                for count in reversed(before)
                if count.mention.unit == per["what"] and count.mention.value
                for total in reversed(before)
                if total is not count and total.mention.unit == claim.mention.unit
            ]
            if pairs:
                yield next((pair for pair in pairs if pair.holds), pairs[0])


def _multiplied(sentence: Sequence[Claim], at: int, lead: str) -> Iterator[Average]:
    """How many there were of each, between how often and the total."""
    each = phrase("comparisons", "each").search(lead)
    if not each or not at or at + 1 == len(sentence):
        return
    count, told, total = (one.mention for one in sentence[at - 1 : at + 2])
    gap = sentence[at].spot.paragraph.text[told.end : total.start]
    alike = told.unit == total.unit or {told.unit, total.unit} <= _PEOPLE
    exact = alike and not any(one.bound or one.percent for one in (count, told, total))
    if exact and count.unit == each["what"] and count.value and phrase("comparisons", "in_all").fullmatch(gap):
        yield Average(sentence[at], sentence[at + 1], count.value, sentence[at - 1])


def _of_a_year(text: str, total: Claim, claim: Claim) -> Average | None:
    """公民来电全年41个，平均每季度10.25个: a number of the year that the tables do not have."""
    found = phrase("comparisons", "each_period").fullmatch(text, total.mention.end, claim.mention.start)
    alike = total.mention.unit == claim.mention.unit and not total.mention.percent and not total.mention.bound
    if not found or not alike or total.scope == PART_OF_TIME:
        return None
    if claim.relation != "none" or total.relation not in ("none", "value"):
        return None
    if direction_of(text[max(0, total.mention.start - _LONGEST_CHANGE) : total.mention.start]):
        return None  # 比上年少12件，月均4件: the average is of what it was less than
    start = text.rfind("。", 0, total.mention.start) + 1
    if phrase("comparisons", "some_months").search(text, start, total.mention.start):
        return None
    return Average(claim, total, Decimal(IN_A_YEAR[found["each"] or found["by"]]))
