"""A total and its items in sentences, or paragraphs, of their own, where no word opens a list.

累计公开信息1687条。网站发布796条；微信发布398条；微博发布162条。通过报刊公开331条。 Nothing says that the items are all of it. Where they come
to it they are; where they miss it by what one slip makes they are so by no chance; anything else is told beside the total.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from itertools import groupby, pairwise

from assistant.figures.arithmetic.breakdowns import Breakdown
from assistant.figures.arithmetic.measures import same_measure
from assistant.figures.arithmetic.slips import SMALLEST, misses_by_one_slip
from assistant.figures.claims import Claim, total
from assistant.figures.comparisons import CHANNEL
from assistant.lexicon import phrase

__all__ = ["tallies"]

_FEWEST_CLASSES = 3
_NAME = 16  # characters of what ends right before a number
_LONGEST = 40
_PAIR = 2
_RECEIVED = (("requests.received.total",),)
_COUNTED = (_RECEIVED, (("requests.concluded.total",),))  # what came in by channels, or was answered by them


def tallies(claims: Sequence[Claim], lists: Sequence[Breakdown]) -> Iterator[Breakdown]:
    """Totals of what was published with the items told after them. ``claims`` are those of a report, in order, ``lists`` the
    ones that were found in its sentences: their parts are no items beside their wholes."""
    full = [found for found in lists if found.total in found.wholes]
    inner = {id(part): id(found.whole) for found in full for part in found.parts}
    # What comes to less than half of its whole may be the beginning of its items.
    taken = {*inner, *(id(found.whole) for found in lists if found.total * 2 >= found.whole.mention.value)}
    for _, members in groupby(claims, key=lambda claim: claim.spot.section):
        section = list(members)
        counted = [one for one in section if not one.mention.percent]
        yield from _by_channel(counted, taken)
        yield from _behind_items(counted, taken)
        yield from _by_class(counted, taken)
        for at, claim in enumerate(section):
            if id(claim) not in taken and _is_a_total(claim, section[at - 1] if at else None):
                items = [one for one in _items(claim, section[at + 1 :]) if inner.get(id(one)) in (None, id(claim))]
                if parts := _that_make_it_up(claim.mention.value, items):
                    yield Breakdown(claim, (claim.mention.value,), parts, parts, "near", False)


def _by_channel(section: Sequence[Claim], taken: Set[int]) -> Iterator[Breakdown]:
    """收到申请13件，已答复13件。网上申请5件，信函申请8件: channels in a row, of what was received in the sentence before."""
    for of_channels, members in groupby(enumerate(section), key=lambda told: told[1].scope == CHANNEL):
        row = list(members)
        first, parts = row[0][0], tuple(one for _, one in row)
        before = [one for one in section[:first] if one.relation not in ("change", "yoy")]
        told = (one for one in reversed(before) if one.readings[:1] == _RECEIVED and one.relation == "value")
        follows = bool(before and before[-1].readings[:1] in _COUNTED and _follows(before[-1], parts[0]))
        whole = before[-1] if follows else next(told, None)
        if not of_channels or len(parts) < _PAIR or whole is None or taken & {id(whole), *map(id, parts)}:
            continue
        listed = all(_is_next(one, other) for one, other in pairwise(parts))
        alone = (
            listed
            and whole.spot.paragraph is parts[0].spot.paragraph
            and phrase("lists", "ends").match(*_behind(parts[-1]))
        )
        exact = same_measure(whole, parts[0]) and not any(one.mention.bound for one in (whole, *parts))
        if alone and exact and _comes_near(whole.mention.value, parts):
            yield Breakdown(whole, (whole.mention.value,), parts, parts, "near", False)
        elif exact and listed and follows:
            # 收到申请15件，网络申请8件，信函申请7件: each came by one way alone.
            yield Breakdown(whole, (whole.mention.value,), parts, parts, "likely", False)


def _follows(whole: Claim, part: Claim) -> bool:
    return whole.spot.sentence == part.spot.sentence and whole.spot.paragraph is part.spot.paragraph


def _behind_items(section: Sequence[Claim], taken: Set[int]) -> Iterator[Breakdown]:
    """公开预决算信息共42条，发布动态共150条，总计公开信息192条: the items of a sentence and their total behind them."""
    for at, whole in enumerate(section):
        text = whole.spot.paragraph.text
        if not phrase("lists", "total_of").search(text, max(0, whole.mention.start - _NAME), whole.mention.start):
            continue
        items: list[Claim] = []
        for one, other in pairwise(reversed(section[max(0, at - _LONGEST) : at + 1])):
            beside = one.spot.paragraph is other.spot.paragraph and same_measure(one, other)
            if not beside or not phrase("lists", "item_before").fullmatch(text, other.mention.end, one.mention.start):
                break
            items.insert(0, other)
        if len(items) >= _PAIR and not taken & {id(whole), *map(id, items)}:
            yield from _near(whole, items, total_last=True)


def _by_class(section: Sequence[Claim], taken: Set[int]) -> Iterator[Breakdown]:
    for at, whole in enumerate(section):
        parts: list[Claim] = []
        for one, other in pairwise(section[at : at + _LONGEST]):
            beside = one.spot.paragraph is other.spot.paragraph and (not parts or same_measure(one, other))
            if not beside or not phrase("lists", "class").fullmatch(
                whole.spot.paragraph.text, one.mention.end, other.mention.start
            ):
                break
            parts.append(other)
        if len(parts) >= _FEWEST_CLASSES and not taken & {id(whole), *map(id, parts)}:
            yield from _near(whole, parts)


def _near(whole: Claim, parts: Sequence[Claim], *, total_last: bool = False) -> Iterator[Breakdown]:
    exact = not any(one.mention.bound or one.relation != "none" for one in (whole, *parts))
    if exact and whole.mention.value >= SMALLEST and _comes_near(whole.mention.value, parts):
        told = tuple(parts)
        yield Breakdown(whole, (whole.mention.value,), told, told, "near", False, total_last)


def _is_next(one: Claim, other: Claim) -> bool:
    return same_measure(one, other) and bool(
        phrase("lists", "goes_on").fullmatch(one.spot.paragraph.text, one.mention.end, other.mention.start)
    )


def _behind(claim: Claim) -> tuple[str, int]:
    return claim.spot.paragraph.text, claim.mention.end


def _comes_near(whole: Decimal, parts: Sequence[Claim]) -> bool:
    return total(parts) == whole or misses_by_one_slip(whole, [one.mention.value for one in parts])


def _is_a_total(claim: Claim, before: Claim | None) -> bool:
    mention, text = claim.mention, claim.spot.paragraph.text
    if claim.relation != "none" or mention.percent or mention.bound or mention.value < SMALLEST:
        return False
    beside = before is not None and before.spot.paragraph is claim.spot.paragraph and same_measure(before, claim)
    if beside and before and phrase("lists", "goes_on").fullmatch(text, before.mention.end, mention.start):
        return False
    return bool(phrase("lists", "general").search(text, max(0, mention.start - _NAME), mention.start))


def _items(whole: Claim, behind: Sequence[Claim]) -> Iterator[Claim]:
    """The numbers of the measure of a total up to the first one about applications or cases."""
    for claim in behind[:_LONGEST]:
        if claim.relation == "value" and claim.readings[0][0].startswith(("requests.", "litigation.")):
            return
        exact = claim.relation == "none" and not claim.mention.percent and not claim.mention.bound
        if exact and same_measure(claim, whole):
            yield claim


def _that_make_it_up(whole: Decimal, items: Sequence[Claim]) -> tuple[Claim, ...]:
    """The first items that come to a total; else those up to the end of a sentence that miss it by one slip."""
    runs = [tuple(items[:length]) for length in range(2, len(items) + 1)]
    exact = next((run for run in runs if total(run) == whole), None)
    ended = (run for run in runs if phrase("lists", "ends").match(*_behind(run[-1])))
    slip = (run for run in ended if misses_by_one_slip(whole, [one.mention.value for one in run]))
    return exact or next(slip, ())
