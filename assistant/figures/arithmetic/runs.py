"""Which numbers of a sentence make up a list: from what opens it to where something else begins, and the numbers before it that
may be its whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from assistant.figures.arithmetic.measures import TIMES, comparable, measure_of, same_measure
from assistant.figures.claims import Claim, total
from assistant.figures.comparisons import CHANNEL, is_base
from assistant.figures.mentions import Mention
from assistant.lexicon import phrase
from assistant.lexicon.match import tokens_in
from assistant.patterns import regex

__all__ = [
    "depth_at",
    "holds_the_next",
    "is_compared_with",
    "loosened",
    "of_one_kind",
    "opens_another",
    "run_of",
    "whole_of_list",
    "wholes_before",
]

_STOPS = regex("[，,；;]")
_HOLDER_UNITS = frozenset(["个", "家", "所", "名", "位", "户", "人"])
_BACK_OVER = 3  # ends of sentences
_ITEMS = regex(r"[、，,；;（(][^。\d]{0,14}(?:\d[\d.]*[%％][^。\d]{0,16})?")


def whole_of_list(claims: Sequence[Claim], last: int) -> Claim | None:
    """The number that the ones behind it, up to ``claims[last]``, add up to: what follows a list may go on about it
    (20件，直接起诉7件、复议后起诉13件，较上年的15件增加5件)."""
    listed = claims[last].mention.value
    for at in range(last - 1, -1, -1):
        one = claims[at]
        if one.mention.percent:
            continue
        if one.mention.bound or measure_of(one) != measure_of(claims[last]):
            return None
        if one.mention.value == listed and at < last - 1:
            return one
        listed += one.mention.value
    return None


def wholes_before(
    text: str, at: int, claims: Sequence[Claim], part: Claim, *, points_back: bool = False
) -> list[Claim]:
    """The numbers that a list may be of, likeliest first: the last one before it, in this sentence or at the end of the one
    before, then those told with it. What opens the list may name its whole again (在主动公开的信息中) and so point back over
    sentences that count nothing."""
    before = [
        c for c in claims
        if c.mention.end <= at
        and not phrase("lists", "counts_times").match(text, c.mention.end)
        and not phrase("lists", "is_multiplied").match(text, c.mention.end)
        and not is_compared_with(text, c, part)
        and comparable(c, part)
        and (c.relation == "change") == (part.relation == "change")
        and not _inside(text, c, at)
    ]  # fmt: skip
    if not before:
        return []
    between = text[before[-1].mention.end : at]
    if between.count("。") > (_BACK_OVER if points_back else 1 if between.rstrip("，, ").endswith("。") else 0):
        return []
    if re.search("[；;]", between) and not same_measure(before[-1], part):
        return []  # 面向服务业的只有3场；…渠道以网络为主，61件里有6件
    told = [before[-1]]
    if not between.strip() and phrase("lists", "names_its_parts").match(text, at):
        return told  # 非公开目录1条，重点领域信息56条包括…: what is joined to a number is of that number alone
    joined = (
        _ITEMS if text[at - 1] in "；;" else phrase("lists", "joined")
    )  # 其中 behind a semicolon is of all that semicolons part
    for claim in reversed(before[:-1]):
        if not joined.fullmatch(text[claim.mention.end : told[-1].mention.start]):
            break
        told.append(claim)
    # 30件，公开17件，占56.7%；其他处理13件，占43.3%；其中延期4件: of the list's whole, too
    whole = whole_of_list(before, len(before) - 1)
    return [*told, whole] if whole and whole not in told else told


def is_compared_with(text: str, claim: Claim, part: Claim) -> bool:
    """较上年的265篇增长, 多26条, 从2022年的6件看起: what there was before, and by how much it moved, are no wholes of this
    year's parts."""
    lead = text[max(0, claim.mention.start - 14) : claim.mention.start]
    moved = part.relation != "change" and bool(phrase("lists", "moved_by").search(lead)) and claim.relation != "value"
    return is_base(lead) or moved or bool(phrase("lists", "then").search(lead))


def run_of(text: str, start: int, behind: Sequence[Claim], measure: str) -> list[Claim]:
    """The numbers of one measure of a list from its opening to its end; lists inside an item are passed over."""
    run: list[Claim] = []
    place, inner = start, False
    left = Decimal(0)
    for at, claim in enumerate(behind):
        gap = text[place : claim.mention.start]
        following = behind[at + 1].mention if at + 1 < len(behind) else None
        if (
            following
            and phrase("lists", "range").fullmatch(text[claim.mention.end : following.start])
            and (following.unit in TIMES or not claim.mention.unit)
        ):
            continue  # 11至20个工作日的44件, 31至100页部分计700元
        if phrase("lists", "points_back").search(gap) or phrase("joints", "aim").match(text, claim.mention.end):
            continue
        depth = depth_at(text, start, claim)
        if following and holds_the_next(text, claim.mention, following):
            continue
        if depth > 0:
            place = claim.mention.end
            continue  # 视频9件（为上年6件的1.5倍）、宣讲5件
        if (phrase("lists", "list_ends").search(gap) and (run or "。" in gap)) or (
            run and phrase("lists", "another_list").search(gap)
        ):
            break
        place = claim.mention.end
        if depth < 0:
            break
        if run and phrase("lists", "nested").search(gap):
            inner, left = True, run[-1].mention.value
        if inner:
            # 甲10件，其中丙4件、丁6件；乙5件: the inner list ends where it is full, or at a semicolon.
            if left > 0 and not re.search(r"[；;]", gap):
                left -= claim.mention.value
                continue
            inner = False
        if claim.mention.unit in TIMES or phrase("lists", "average").search(gap):
            continue
        alike = measure_of(claim) == measure and run and claim.mention.unit != run[-1].mention.unit
        if alike and not phrase("lists", "parted").search(gap):
            break  # 就其中7件提出修改意见11条
        if alike and claim.mention.bound and loosened(text, [*run, claim]):
            break  # 律师类11075件、公证类365件、其他类2485件，获感谢150余次: about so many is no part of an exact whole
        if len(run) == 1 and "有效" in text[start : run[0].mention.start]:
            break  # 收回1428份，其中有效问卷1386份，满意的812份: of those that are valid
        if (
            alike
            and re.search("[；;]", gap)
            and not re.search("[；;]", text[run[0].mention.start : run[-1].mention.end])
        ):
            break  # 办件12306件，其中网上12097件；收到评价8650条
        if (
            run
            and phrase("lists", "went_to").search(gap)
            and phrase("lists", "came_from").search(text[start : run[-1].mention.start])
        ):
            run[-1] = claim  # 其中自然人由3件增至5件: what it was before is no part
            continue
        if (
            run
            and run[0].relation != "change"
            and (claim.relation == "change" or phrase("lists", "moved_by").search(gap))
        ):
            continue  # 直接起诉5件，复议后起诉4件，分别增加1件
        if (
            len(run) > 1
            and phrase("lists", "their_total").search(gap)
            and any(
                total(run[low:high]) == claim.mention.value
                for low in range(len(run) - 1)
                for high in range(low + 2, len(run) + 1)
            )
        ):
            continue  # 公开7件、部分公开2件，两样合起来9件；不予公开1件
        if measure_of(claim) != measure:
            if not run:
                continue
            if re.search(r"[；;]", gap) and not _several_units(text, start, claim):
                break
            continue
        run.append(claim)
    return run


def loosened(text: str, run: Sequence[Claim]) -> bool:
    """Whether a comma parts the last number from items that 、 parts from each other."""
    gaps = [text[one.mention.end : other.mention.start] for one, other in pairwise(run)]
    tight = ["、" in gap and not _STOPS.search(gap) for gap in gaps]
    return len(tight) > 1 and all(tight[:-1]) and not tight[-1]


def holds_the_next(text: str, one: Mention, other: Mention) -> bool:
    """9个镇街合计47件, 38个部门818件, 其余6县共12期: who they are, not what they have."""
    return (
        (one.unit in _HOLDER_UNITS or (not one.unit and bool(phrase("lists", "places").match(text, one.end))))
        and other.unit not in _HOLDER_UNITS
        and bool(phrase("lists", "holders").fullmatch(text, one.end, other.start))
    )


def _several_units(text: str, start: int, claim: Claim) -> bool:
    """沭阳县1件，收取880元；泗洪县1件，收取1080元: a semicolon parts items that each name several numbers."""
    first_item = re.split(r"[；;]", text[start : claim.mention.start])[0]
    return len(set(re.findall(r"\d\s*([^\d\s，,、.%])", first_item))) >= 2


def of_one_kind(text: str, run: Sequence[Claim]) -> list[Claim]:
    """The first numbers of a list, as long as they are told by words of one kind; 其余 is of every kind, and what stands before
    其他信息80条, which names no cell of a table, is of the list that this ends."""
    kept: list[Claim] = []
    ends = max(
        (at for at, claim in enumerate(run) if at and not claim.readings and _is_the_rest(text, run[at - 1], claim)),
        default=0,
    )
    for at, claim in enumerate(run):
        if kept and at > ends and opens_another(text, kept[-1], claim, kept[0]):
            break
        if kept and _is_some_of(claim, kept[-1]):
            continue
        kept.append(claim)
    return kept


def _is_the_rest(text: str, before: Claim, claim: Claim) -> bool:
    return bool(
        phrase("lists", "the_rest").match(
            phrase("lists", "parted").split(text[before.mention.end : claim.mention.start])[-1]
        )
    )


def _is_some_of(claim: Claim, before: Claim) -> bool:
    """审结11件，纠正2件: what is counted is one of the cells that the number before adds up."""
    return bool(claim.readings and before.readings) and set(claim.readings[0]) < set(before.readings[0])


def opens_another(text: str, before: Claim, claim: Claim, first: Claim | None = None) -> bool:
    """Whether a number behind a list begins something else: by another kind of thing, another measure and a doing, or a
    doing behind a full stop of any weight."""
    lead = text[before.mention.end : claim.mention.start]
    clause = re.split(r"[，,；;。、：:]", lead)[-1]
    if phrase("lists", "the_rest").search(clause):
        return False
    one, other = _family((first or before).kind), _family(claim.kind)
    # By channel and by outcome are two ways to take the same apart.
    by_channel = not one and other == "outcome" and (before.scope, claim.scope) == (CHANNEL, "")
    if (one and other and one != other) or (not one and other in ("total", "case")) or by_channel:
        return True  # 线上7件，线下4件，发生行政复议2件
    own = text[max(0, first.mention.start - 12) : first.mention.start] if first else ""
    does = bool(phrase("lists", "does").search(clause)) and not phrase("lists", "does").search(
        phrase("lists", "before_doing").split(own)[-1]
    )
    if re.search(r"[；;]", lead):
        # A heavier stop than those of the list, or another subject behind it, begins something else.
        if first and before is not first and not re.search(r"[；;]", text[first.mention.start : before.mention.end]):
            return True
        if any(token.kind == "object" and token.says not in ("requests", "other") for token in tokens_in(clause)):
            return True
    if first is None:
        return does or bool(re.search(r"[；;。]", lead)) or not same_measure(before, claim)
    return does and (not same_measure(first, claim) or bool(re.search(r"[；;。]", lead)) or one != other)


def _family(kind: str) -> str:
    return "outcome" if kind in ("row", "group", "leaf") else kind


def depth_at(text: str, start: int, claim: Claim) -> int:
    """How many brackets are open at a claim since ``start``; negative behind the one that was open there."""
    depth = 0
    for character in text[start : claim.mention.start]:
        depth += (character in "（(") - (character in "）)")
        if depth < 0:
            return depth
    return depth


def _inside(text: str, claim: Claim, at: int) -> bool:
    """Whether a claim stands in a bracket that is closed before ``at``."""
    before = text[: claim.mention.start]
    opened = max(before.rfind("（"), before.rfind("("))
    return opened > max(before.rfind("）"), before.rfind(")")) and bool(
        re.search(r"[）)]", text[claim.mention.end : at])
    )
