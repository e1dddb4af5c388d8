"""Changes of figures that no table has: 区政府网站公开信息2154条，同比增长8.40%, where last year's prose tells the 1987."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

from assistant.figures.arithmetic.slips import swapped
from assistant.figures.changes import Movement, direction_in, wrong_amount
from assistant.figures.claim_reader import mentions_of
from assistant.figures.claims import Claim
from assistant.figures.comparisons import direction_of, is_yoy
from assistant.figures.mentions import Mention
from assistant.figures.repeats import SHORTEST, bare_name
from assistant.language.numerals import number, rounded
from assistant.language.sentences import clause_of
from assistant.lexicon import phrase
from assistant.patterns import regex
from assistant.report import Report

__all__ = ["OwnBase", "OwnChange", "own_bases", "own_changes", "own_leaps", "own_movements"]

_SAME_NAME = 80  # percent of likeness from which two names are of one figure
_CLEARLY = 8  # by how much the best must lead: else which figure of last year is meant is a guess
_BEHIND = regex(r"[^，,。；;：:\d]{0,8}[，,（(]?[^，,。；;：:\d]{0,10}")
_ANY = regex(r"\d")


_ALIKE = 55  # percent of likeness of two names, where the two numbers are near each other, too
_NEAR = Decimal("0.25")
_LEAP = 100  # times


class OwnBase(NamedTuple):
    """What is said to have been last year's number, and what last year's prose tells under the same name."""

    claim: Claim
    before: Mention


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
    if pair := phrase("comparisons", "one_of_two").search(said):
        if len(told) != 2:
            return None
        value = told[0 if pair.group() == "前者" else 1]
    elif not _BEHIND.fullmatch(claim.spot.paragraph.text[value.mention.end : claim.mention.start]):
        return None
    return (claim, value) if value.relation == "none" and not value.mention.bound else None


def _said_of(claim: Claim) -> str:
    return re.sub(r"^[，,、（(]+", "", clause_of(claim.spot.paragraph.text[: claim.mention.start]))


def own_bases(claims: Sequence[Claim], previous: Report | None) -> Iterator[OwnBase]:
    """Every number of last year that stands behind this year's and that last year's prose tells otherwise, once: a number
    that stands there under any name may be the one that is meant."""
    pairs = list(_pairs(claims, phrase("comparisons", "was"))) if previous else []
    past = _past(previous) if pairs else []
    for value, behind in pairs:
        if not any(old.value == behind.mention.value for _, old in past):
            named = _of_name(value, past, near=behind.mention.value) or [
                old for _, old in past if old.unit == value.mention.unit and swapped(old.value, behind.mention.value)
            ]
            if len(named) == 1:
                yield OwnBase(behind, named[0])


def own_movements(claims: Sequence[Claim], previous: Report | None) -> Iterator[Movement]:
    """Movements from the number of last year's prose to this year's that do not go as they are said to: 满意率95.69%，较上年
    回落0.81个百分点, and it was 94.88 %."""
    pairs = list(_pairs(claims, phrase("comparisons", "than_then"))) if previous else []
    past = _past(previous) if pairs else []
    for value, amount in pairs:
        words = value.spot.paragraph.text[value.mention.end : amount.mention.start]
        direction = direction_in(words)
        if direction is None:
            continue
        moved = [
            Movement(value._replace(mention=old), value, direction, (amount,), words.strip("，,（("))
            for old in _of_name(value, past, near=value.mention.value)
        ]
        wrong = [found for found in moved if found.turned or wrong_amount(found)]
        # Of several that are called so, the one by which it moved so much: 96.71%，提高1.58%, and it was 95.13 %.
        by_so_much = [
            found
            for found in wrong
            if abs(found.value.mention.value - found.base.mention.value) == amount.mention.value
        ]
        if len(by_so_much) == 1 or len(wrong) == len(moved) == 1:
            yield (by_so_much or wrong)[0]


def own_leaps(claims: Sequence[Claim], previous: Report | None) -> Iterator[OwnBase]:
    """Numbers that are a hundred and more times last year's of the same name, or so much less, one of them in 万 or 亿:
    2870万人次 for 2870人次."""
    own = [
        c for c in claims if c.relation == "none" and not c.mention.percent and not c.mention.bound and c.mention.value
    ]
    scaled = [claim for claim in own if phrase("joints", "scaled").search(claim.mention.text)]
    past = _past(previous, _ANY if scaled else phrase("joints", "scaled"))
    for claim in own if past else ():
        leaps = [
            (lead, old)
            for lead, old in past
            if old.unit == claim.mention.unit
            and bool(phrase("joints", "scaled").search(old.text)) != (claim in scaled)
            and _leaps(old, claim.mention)
        ]
        name = bare_name(claim.spot.paragraph.text[: claim.mention.start]) if leaps else ""
        named = [
            old for lead, old in leaps if len(name) >= SHORTEST and fuzz.ratio(name, bare_name(lead)) >= _SAME_NAME
        ]
        if len(named) == 1:
            yield OwnBase(claim, named[0])


def _leaps(old: Mention, new: Mention) -> bool:
    return bool(old.value) and max(old.value, new.value) >= _LEAP * min(old.value, new.value)


def _pairs(claims: Sequence[Claim], between: re.Pattern[str]) -> Iterator[tuple[Claim, Claim]]:
    """Two numbers that no table has, of one sentence, with these words between them."""
    for value, behind in pairwise(claims):
        if value.spot.paragraph is not behind.spot.paragraph or value.spot.sentence != behind.spot.sentence:
            continue
        exact = not value.mention.bound and not behind.mention.bound
        of_no_table = value.relation == "none" and behind.relation == "none"
        if (
            exact
            and of_no_table
            and between.fullmatch(value.spot.paragraph.text, value.mention.end, behind.mention.start)
        ):
            yield value, behind


def _past(previous: Report | None, having: re.Pattern[str] = _ANY) -> list[tuple[str, Mention]]:
    """The numbers of last year's prose with what stands before them, of paragraphs ``having`` these words."""
    found = mentions_of(previous, having) if previous else ()
    return [(paragraph.text[: mention.start], mention) for paragraph, mention in found if not mention.bound]


def _of_name(value: Claim, past: Sequence[tuple[str, Mention]], near: Decimal) -> list[Mention]:
    """The numbers of last year that are called as this one is: a rate by its name alone, others by likeness, where they are
    near ``near``."""
    before = value.spot.paragraph.text[: value.mention.start]
    if value.mention.percent:
        rate = phrase("comparisons", "rate_name").search(before)
        named = [old for lead, old in past if rate and old.percent and lead.endswith(before[rate.start() :])]
    else:
        name = bare_name(before)
        named = [
            old
            for lead, old in past
            if len(name) >= SHORTEST
            and old.unit == value.mention.unit
            and abs(old.value - near) <= near * _NEAR
            and fuzz.ratio(name, bare_name(lead)) >= _ALIKE
        ]
    return list({old.value: old for old in named}.values())
