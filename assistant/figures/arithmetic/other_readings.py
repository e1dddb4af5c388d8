"""Whether numbers that do not add up as they were read add up when they are read another way.

Dense prose sets totals among their parts, lists within lists and lists of another whole side by side: 文字141篇、视频96篇，前两类合计
237篇. Where such a reading holds to the unit, the list is no fault but was taken apart wrongly.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.figures.arithmetic.breakdowns import Breakdown
from assistant.figures.arithmetic.measures import comparable
from assistant.figures.claims import Claim
from assistant.lexicon import phrase

__all__ = ["adds_up_otherwise"]

_FEWEST = 2
_TOO_SMALL = 100  # below it sums meet by chance
_MET_BY_CHANCE = 20  # three small numbers come to a fourth
_SURE = 3  # numbers in a row whose sum is no chance when another number of the paragraph says it


def adds_up_otherwise(found: Breakdown, claims: Sequence[Claim]) -> bool:
    """``claims`` are those of the paragraph that the list stands in."""
    whole, parts = found.whole.mention.value, [part.mention.value for part in found.parts]
    mine = {id(found.whole), *map(id, found.parts)}
    others = {
        claim.mention.value
        for claim in claims
        if id(claim) not in mine
        and claim.mention.start < found.parts[0].mention.start  # a total that stands behind is of another list
        and not claim.mention.percent
        and comparable(claim, found.whole)
    }
    if _is_what_is_left(found) or any(_is_the_rest(claim, found) for claim in claims):
        return True
    if _is_one_of_a_list(found, claims) or _is_of_what_overlaps(whole, parts):
        return True
    if max(whole, sum(parts)) < _TOO_SMALL:
        return False
    own = _without_totals(parts)
    if len(own) < len(parts) and (len(own) < _FEWEST or sum(own) == whole or sum(own) in others):
        return True
    if (
        any(sum(parts[:at]) and parts[at] == whole + sum(parts[:at]) for at in range(1, len(parts)))
        or whole + sum(parts) in others
    ):
        return True  # 小学3864人、初中4127人，共7991人: the first is no whole, but one of them
    return any(sum(parts[:length]) in others for length in range(_SURE, len(parts) + 1))


def _is_one_of_a_list(found: Breakdown, claims: Sequence[Claim]) -> bool:
    """收到意见92条，采纳31条，部分采纳18条，未采纳43条: whether what was taken for a whole makes up the number before it with its parts."""
    before = [
        claim
        for claim in claims
        if claim.mention.end <= found.whole.mention.start
        and not claim.mention.percent
        and claim.mention.unit == found.whole.mention.unit
    ]
    if _adds_up(before, found.whole.mention.value):
        return True  # 甲168件、乙141件、丙97件，三地合计406件；部门为92件、58件: a total of what stands before it
    return bool(before) and before[-1].mention.value == found.whole.mention.value + found.total


def _adds_up(claims: Sequence[Claim], value: Decimal) -> bool:
    told = [claim.mention.value for claim in claims]
    return value >= _TOO_SMALL and any(sum(told[-many:]) == value for many in range(_FEWEST, len(told) + 1))


def _is_of_what_overlaps(whole: Decimal, parts: Sequence[Decimal]) -> bool:
    """有身份证号的17份、有住址的9份，两种都有的4份，实际22份: two kinds, less what is of both, are the last."""
    if len(parts) != _SURE:
        return False
    other, both, in_all = parts
    return both <= min(whole, other) and whole + other - both == in_all >= _MET_BY_CHANCE


def _is_the_rest(claim: Claim, found: Breakdown) -> bool:
    """Whether what a list lacks is told in a sentence of its own: 收费通知3件，其中1件…；1件…。另外1件申请人没有缴费."""
    text, lacking = claim.spot.paragraph.text, found.whole.mention.value - found.total
    behind = claim.mention.start > found.parts[-1].mention.end and claim.mention.unit == found.parts[-1].mention.unit
    return (
        behind
        and claim.mention.value == lacking
        and bool(phrase("lists", "rest_by_itself").search(text, 0, claim.mention.start))
    )


def _is_what_is_left(found: Breakdown) -> bool:
    """Whether the last number is what the whole came to by what the others took away and added."""
    text, stock, place = found.whole.spot.paragraph.text, found.whole.mention.value, found.whole.mention.end
    *moves, left = found.parts
    for move in moves:
        went = phrase("lists", "went").search(text, place, move.mention.start)
        stock += -move.mention.value if went else move.mention.value
        place = move.mention.end
    return stock == left.mention.value and bool(phrase("lists", "left_at_last").search(text, place, left.mention.start))


def _without_totals(parts: Sequence[Decimal]) -> list[Decimal]:
    """The parts without those that others right before them add up to, and without lists that add up to one of them."""
    kept = list(parts)
    at = 0
    while at < len(kept):
        before = next((low for low in range(at - 1) if _makes_up(kept[low:at], kept[at])), None)
        behind = next((high for high in range(at + 3, len(kept) + 1) if _makes_up(kept[at + 1 : high], kept[at])), None)
        if before is not None:
            del kept[at]
        elif behind is not None:
            del kept[at + 1 : behind]
            at += 1
        else:
            at += 1
    return kept


def _makes_up(parts: Sequence[Decimal], whole: Decimal) -> bool:
    return all(0 < part < whole for part in parts) and sum(parts) == whole
