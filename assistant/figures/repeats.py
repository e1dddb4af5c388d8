"""Numbers that the prose tells twice: 公共资源配置信息117条 in two places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from assistant.figures.arithmetic.slips import one_slip_from
from assistant.figures.claims import Claim
from assistant.lexicon import phrase
from assistant.patterns import regex

__all__ = ["SHORTEST", "bare_name", "label_of", "near_repeats_of", "repeats_of", "written_twice"]

_CLAUSE = regex(r"[，,。；;：:、（）()“”\d%]")
SHORTEST = 4


def label_of(claim: Claim) -> str:
    """What a number is called, without words that say nothing: 全年公开政府信息1950条 → 公开信息."""
    return bare_name(claim.spot.paragraph.text[: claim.mention.start])


def bare_name(before: str) -> str:
    """What the number right behind ``before`` is called."""
    return phrase("comparisons", "says_nothing").sub("", _CLAUSE.split(before)[-1])


def repeats_of(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of numbers in different sentences that carry the same name, unit and year, and that no table tells. A name told
    three times is a column of a list, not a repetition."""
    told: dict[tuple[str, str, int | None], list[Claim]] = {}
    for label, claim in _named(claims):
        if len(label) >= SHORTEST:
            told.setdefault((label, claim.mention.unit, claim.year), []).append(claim)
    for same in told.values():
        if len(same) == 2 and same[0].spot.sentence != same[1].spot.sentence:
            yield same[0], same[1]


_SHORTEST_CORE = 2
_SMALLEST_NEAR = Decimal(50)


def near_repeats_of(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of numbers in different sentences, one slip apart, of which the name of one holds the other's: 动态信息340条 and
    公开工作动态341条."""
    told: dict[tuple[Decimal, str, int | None], list[tuple[str, Claim]]] = {}
    for label, claim in _named(claims):
        core, value = phrase("comparisons", "of_any_information").sub("", label), claim.mention.value
        if value < _SMALLEST_NEAR or len(core) < _SHORTEST_CORE:
            continue
        for near in one_slip_from(value):
            for name, before in told.get((near, claim.mention.unit, claim.year), ()):
                if (name in core or core in name) and before.spot.sentence != claim.spot.sentence:
                    yield before, claim
        told.setdefault((value, claim.mention.unit, claim.year), []).append((core, claim))


def _named(claims: Sequence[Claim]) -> Iterator[tuple[str, Claim]]:
    """The numbers that no table tells, with what they are called."""
    for claim in claims:
        label = label_of(claim)
        moved = phrase("comparisons", "moved_since").search(label) or "百分点" in claim.mention.unit
        if claim.relation == "none" and not moved and not claim.mention.percent and not claim.scope:
            yield label, claim


def written_twice(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of the same number in two measures, one right behind the other."""
    for first, second in pairwise(claims):
        one, other = first.mention, second.mention
        if (
            first.spot.paragraph is second.spot.paragraph
            and one.unit == other.unit
            and not one.percent
            and not other.percent
            and phrase("joints", "scaled").findall(one.text) != phrase("joints", "scaled").findall(other.text)
            and phrase("comparisons", "again").fullmatch(first.spot.paragraph.text, one.end, other.start)
        ):
            yield first, second
