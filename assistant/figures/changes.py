"""Two numbers of a sentence and which way it went: 由15件减为2件, 61万次较2019年的38万次增长60.5%, 上年10件、本年25件，增加1.5倍.

No table is needed for these: the sentence holds what it went from, where it went to, and often by how much.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import groupby, pairwise
from typing import NamedTuple

from assistant.figures.arithmetic import whole_of_list
from assistant.figures.claims import Claim
from assistant.figures.mentions import Mention
from assistant.figures.readings import fits
from assistant.language.numerals import number, rounded
from assistant.lexicon import phrase, said
from assistant.lexicon.match import tokens_in
from assistant.patterns import regex

__all__ = ["Movement", "Trend", "direction_in", "movements", "multiples", "trends", "wrong_amount"]

_FOLDS = {"一": 2, "1": 2, "二": 4, "两": 4, "2": 4, "三": 8, "3": 8}
_GAP = regex(r"[^。；\d]{0,18}")
_SENTENCE_END = regex(r"[。！？\n]")
_WORDS = regex(r"[^。！？\n\d]{0,24}")
_SUBJECTS = ("object", "column", "outcome", "leaf", "case", "stage")
_HARDLY = Decimal("0.05")  # 基本持平 is said of a change below a twentieth
_LOOSELY = Decimal("0.1")  # 翻一番 is said of 1.9 times, too


class Movement(NamedTuple):
    """``value`` was ``base`` before; ``direction`` is 1, −1, 0 (unchanged) or ``None`` where no word tells; ``amounts`` are by how
    much, each as a claim of its own; ``words`` tell the direction; ``fold`` is 2 where it doubled (翻一番)."""

    base: Claim
    value: Claim
    direction: int | None
    amounts: tuple[Claim, ...]
    words: str
    fold: int = 0

    @property
    def turned(self) -> bool:
        """Whether the words say another direction than the numbers."""
        if self.direction is None or self.base.mention.bound or self.value.mention.bound:
            return False
        went = _sign(self.value.mention.value - self.base.mention.value)
        if self.direction == 0 and phrase("comparisons", "nearly").search(self.words):
            return abs(self.value.mention.value - self.base.mention.value) > self.base.mention.value * _HARDLY
        return went != self.direction


class Trend(NamedTuple):
    """Numbers of three or more years in a row that are said to rise or to fall all along."""

    values: tuple[Claim, ...]
    direction: int
    words: str

    @property
    def turned(self) -> bool:
        told = [claim.mention.value for claim in self.values]
        return any(_sign(later - earlier) != self.direction for earlier, later in pairwise(told))


def movements(claims: Sequence[Claim]) -> Iterator[Movement]:
    """Every pair of numbers that a sentence tells as before and after. ``claims`` are those of a report, in order."""
    for text, members in _sentences(claims):
        masked = phrase("comparisons", "written_year").sub("〇〇〇〇", text)
        yield from _one_part_than_another(text, members)
        for at, first in enumerate(members[:-1]):
            if _alike(first.mention, members[at + 1].mention) and (found := _pair(text, masked, members, at)):
                yield found


def _one_part_than_another(text: str, members: Sequence[Claim]) -> Iterator[Movement]:
    """上半年收到15件、下半年收到21件，下半年比上半年多6件: two numbers of the sentence by the words in front of them."""
    ends = [_begin(text, members[0]), *(one.mention.end for one in members)]
    leads = [text[end : one.mention.start] for end, one in zip(ends, members, strict=False)]
    for at in range(2, len(members)):
        told = phrase("comparisons", "than_the_other").search(leads[at])
        if not told:
            continue
        one, other = (
            next((n for n in range(at - 1, -1, -1) if told[name] in leads[n] and "比" not in leads[n]), None)
            for name in ("one", "other")
        )
        if one is None or other is None or one == other:
            continue
        value, base, amount = members[one], members[other], members[at]
        if _alike(value.mention, base.mention) and _alike(value.mention, amount.mention):
            yield Movement(base, value, 1 if told["way"] in "多高" else -1, (amount,), told.group())


def trends(claims: Sequence[Claim]) -> Iterator[Trend]:
    """Series of years with a word for their direction: 逐年上升：2021年310件，2022年287件，2023年254件."""
    for text, members in _sentences(claims):
        start, end = members[0].mention.start, members[-1].mention.end
        begin = max((found.end() for found in _SENTENCE_END.finditer(text, 0, start)), default=0)
        steady = phrase("comparisons", "steadily").search(text, begin, min(len(text), end + 16))
        named = phrase("comparisons", "dated")
        dated = [(int(year[1]), one) for one in members if (year := named.search(text, begin, one.mention.start))]
        years = [year for year, _ in dated]
        if not steady or len(dated) < 3 or len(set(years)) != len(years):
            continue
        direction = direction_in(text[steady.start() : steady.end() + 8])
        if direction:
            in_order = tuple(claim for _, claim in sorted(dated, key=lambda pair: pair[0]))
            yield Trend(in_order, direction, steady.group())


def multiples(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim, Claim]]:
    """(number, what it is a multiple of, the multiple): 许可12845件，是处罚3216件的3.99倍."""
    for text, members in _sentences(claims):
        for part, base, rate in zip(members, members[1:], members[2:], strict=False):
            if (
                rate.mention.unit == "倍"
                and base.mention.value
                and not any(one.mention.bound or one.mention.percent for one in (part, base, rate))
                and "）" not in text[part.mention.end : base.mention.start]  # 214人次（机关38、学校176），是133的1.6倍
                and re.fullmatch(r"\s*的", text[base.mention.end : rate.mention.start])
                and phrase("comparisons", "is_so_many_times").fullmatch(text[part.mention.end : base.mention.start])
                and _alike(part.mention, base.mention)
            ):
                yield part, base, rate


def _pair(text: str, masked: str, members: Sequence[Claim], at: int) -> Movement | None:
    """``masked`` is the text with years that are no numbers of it."""
    first, second = members[at], members[at + 1]
    start = members[at - 1].mention.end if at else _begin(text, first)
    before, gap = masked[start : first.mention.start], masked[first.mention.end : second.mention.start]
    if (opening := phrase("comparisons", "from_far").search(before)) and phrase("comparisons", "to_far").fullmatch(gap):
        return _movement(text, first, second, (gap, before[: opening.start()][-12:]), members, at)
    behind = _behind(masked, second)
    closed = text[second.mention.end : second.mention.end + 1] in ("）", ")")
    if phrase("comparisons", "arrow").fullmatch(gap) or (
        closed and gap in ("到", "至") and before.endswith(("（", "("))
    ):
        return _movement(text, first, second, (before,) if closed else (behind, before), members, at)
    if phrase("comparisons", "other_matter").search(gap) or second.relation == "change":
        return None
    if phrase("comparisons", "then_alone").fullmatch(gap):
        return _movement(text, second, first, (behind,), members, at)
    if phrase("comparisons", "than_far").fullmatch(gap) and _compares(gap, behind):
        if direction_in(before[-1:]) in (1, -1):
            # 129件，比2022年的133件少4件，但仍高于2021年的118件: the 4 is by how much, what is compared stands before
            told = (
                one for one in reversed(members[:at]) if one.relation == "value" and _alike(one.mention, second.mention)
            )
            made = (_movement(text, second, one, (gap,), members, at) for one in told)
            return next((one for one in made if _tells(one)), None)
        # 9件，比去年的7件少2件: the number before is what it is now.
        inside = gap if phrase("comparisons", "exceeds").search(gap) else ""
        if not inside and direction_in(gap[-4:]) is not None:
            return None  # 141件，比上年多15件: the second is by how much
        found = _movement(text, second, first, (inside or behind,), members, at)
        if not _tells(found):
            # 20件，直接起诉7件、复议后起诉13件，较上年的15件增加5件; 864个，月均72个，比上年900个减少36个
            others = (
                [whole_of_list(members, at), *reversed(members[:at])] if found.amounts else [whole_of_list(members, at)]
            )
            fitting = (found._replace(value=one) for one in others if one and _alike(one.mention, second.mention))
            return next((one for one in fitting if _tells(one)), found)
        return found
    if phrase("comparisons", "then").search(before) and phrase("comparisons", "now").search(gap):
        return _movement(text, first, second, (behind, before), members, at)
    if phrase("comparisons", "then").search(gap) and phrase("comparisons", "now_first").search(before):
        return _movement(text, second, first, (behind,), members, at)
    named = phrase("comparisons", "dated")
    earlier, later = (named.search(text, start, each.mention.start) for each in (first, second))
    if earlier and later and int(later[1]) == int(earlier[1]) + 1 and len(gap) < 24:
        return _movement(text, first, second, (behind, text[_begin(text, first) : earlier.start()][-16:]), members, at)
    return None


def _names_a_part(opening: str) -> bool:
    """118件，比上年少9件：不掌握86件（上年94件）: what follows is of a part."""
    return any(token.kind in ("leaf", "column", "case") for token in tokens_in(opening))


def _tells(found: Movement) -> bool:
    """Whether the words and amounts of a movement fit its numbers."""
    return not found.turned and wrong_amount(found) is None


def _behind(text: str, claim: Claim) -> str:
    """The words right behind a number, up to the next one."""
    return _WORDS.match(text, claim.mention.end)[0]  # type: ignore[index]


def _compares(gap: str, behind: str) -> bool:
    """Whether what is compared with is an earlier time, or a number that the words right behind tell the difference to."""
    return bool(phrase("comparisons", "earlier_time").search(gap)) or direction_in(behind[:4]) in (1, -1)


def _movement(
    text: str, base: Claim, value: Claim, places: Sequence[str], members: Sequence[Claim], at: int
) -> Movement:
    """``places`` are the words that may tell the direction, likeliest first; ``members[at]`` is the first of the two."""
    several = phrase("comparisons", "of_several")
    places = [place for place in places if not several.search(place)]  # 无法提供1078→941件，…前两项下降
    words = next((place for place in places if direction_in(place) is not None), "")
    # What stands behind the numbers tells first which way they went: 与上年持平，压降任务仍重.
    words = next((part for part in re.split(r"[，,；;]", words) if direction_in(part) is not None), "")
    direction = direction_in(words)
    amounts: list[Claim] = []
    place = members[at + 1].mention.end
    for claim in members[at + 2 :]:
        between = text[place : claim.mention.start]
        if between[:1] in ("）", ")") and phrase("comparisons", "arrow").fullmatch(
            text[members[at].mention.end : members[at + 1].mention.start]
        ):
            break  # 处罚少了（3540→3216），许可多了（11230→12845）
        amount = _GAP.fullmatch(between) and not phrase("comparisons", "no_amount").search(between)
        if not amount or direction_in(between) is None:
            break
        of_earlier = base.year and value.year and base.year < value.year - 1
        if of_earlier and phrase("comparisons", "over_last_year").search(between):
            break  # 与2019年的131件相比翻了一番，同比增长14.85%
        of_another = any(token.kind in _SUBJECTS for token in tokens_in(between))
        if of_another or phrase("comparisons", "bracket_of_its_own").search(between):
            break  # 降量主要来自商业企业（减24件）和社会公益组织（减3件）; 诉讼增加的3件里，直接起诉净增1件
        amounts.append(claim)
        if direction is None and not words:
            direction, words = direction_in(between), between  # 由上年的388件到412件，下降6.2%
        place = claim.mention.end
    if at and not amounts:
        # 较上年增加1.5倍：上年为10件，本年为25件
        told = members[at - 1]
        lead = text[max(0, told.mention.start - 14) : told.mention.start]
        opening = text[told.mention.end : members[at].mention.start]
        if (
            phrase("comparisons", "tells_both").match(opening)
            and not _names_a_part(opening)
            and direction_in(lead) is not None
        ):
            amounts, direction, words = [told], direction_in(lead), lead
    folds = [phrase("comparisons", "fold").search(place) for place in places]
    fold = next((_FOLDS[found[1]] for found in folds if found), 0)
    return Movement(base, value, direction, tuple(amounts), words.strip("，,。；：:、 "), fold)


def wrong_amount(found: Movement) -> tuple[Claim | None, str, str] | None:
    """(the amount, what it should be, how it comes about) where an amount does not follow from the two numbers; ``None``
    where all do, or nothing tells."""
    base, value = found.base.mention, found.value.mention
    if base.bound or value.bound or not base.value:
        return None
    both = f"{base.text}→{value.text}"
    if found.fold and abs(value.value / base.value - found.fold) > found.fold * _LOOSELY:
        return None, f"{_shown(value.value / base.value)}倍", f"{both}，是{_shown(value.value / base.value)}倍"
    for claim in found.amounts:
        right = _right(base, value, claim) if claim.mention.bound in ("", "about") else None
        if right:
            return claim, right[0], f"{both}，{right[1]}"
    return None


def _right(base: Mention, value: Mention, claim: Claim) -> tuple[str, str] | None:
    """What an amount should be, and how it comes about; ``None`` where it is right."""
    amount, difference = claim.mention, abs(value.value - base.value)
    if amount.unit == "倍":
        lead = claim.spot.paragraph.text[max(0, amount.start - 10) : amount.start]
        multiple = bool(phrase("comparisons", "multiple_of").search(lead))
        true = value.value / base.value if multiple else difference / base.value
        if abs(rounded(true, amount.step) - amount.value) >= amount.step:
            return f"{_shown(true)}倍", f"{'是其' if multiple else '增减'}{_shown(true)}倍"
    elif amount.percent and base.percent:
        # 由86.4%降至85.4%，下降1.0%: points are called per cent.
        relative = rounded(difference * 100 / base.value, amount.step) if base.value else difference
        if amount.value == rounded(difference, amount.step) and amount.value != relative:
            return f"{number(difference)}个百分点", f"相差{number(difference)}个百分点，不是%"
    elif amount.percent and not base.percent:
        low, high = _rates(base, value)
        if not low - amount.step / 2 <= amount.value <= high + amount.step / 2:
            rate = _shown(rounded(difference * 100 / base.value, amount.step))
            return f"{rate}%", f"{number(difference)}÷{number(base.value)}＝{rate}%"
    elif ("百分点" in amount.unit or _alike(base, amount)) and not _says(amount, difference):
        return number(difference), f"相差{number(difference)}"
    return None


def _says(amount: Mention, difference: Decimal) -> bool:
    if amount.bound or amount.step > 1:
        return fits(amount, difference)
    return amount.value == difference


def _rates(base: Mention, value: Mention) -> tuple[Decimal, Decimal]:
    """The least and the greatest change in per cent that two rounded numbers allow."""
    half_base, half_value = (each.step / 2 if each.step > 1 or each.step < 1 else Decimal(0) for each in (base, value))
    rates = [
        abs(v - b) * 100 / b
        for v in (value.value - half_value, value.value + half_value)
        for b in (base.value - half_base, base.value + half_base)
        if b > 0
    ]
    return min(rates), max(rates)


def direction_in(text: str) -> int | None:
    """The direction that words tell: the last of them; ``None`` for none."""
    last: tuple[int, int, int] | None = None
    for id, direction in (("up", 1), ("down", -1), ("same", 0)):
        for found in _pattern(id).finditer(text):
            place = (found.end(), found.end() - found.start(), direction)
            last = max(last, place) if last else place
    return last[2] if last else None


@cache
def _pattern(id: str) -> re.Pattern[str]:
    return regex(f"(?:{said('directions', id)})")


def _alike(one: Mention, other: Mention) -> bool:
    return one.percent == other.percent and (one.unit == other.unit or not (one.unit and other.unit))


def _sign(value: Decimal) -> int:
    return (value > 0) - (value < 0)


def _shown(value: Decimal) -> str:
    return number(rounded(value, Decimal("0.01")))


def _begin(text: str, claim: Claim) -> int:
    return max((found.end() for found in _SENTENCE_END.finditer(text, 0, claim.mention.start)), default=0)


def _sentences(claims: Sequence[Claim]) -> Iterator[tuple[str, list[Claim]]]:
    """The numbers of each sentence; semicolons part what is compared."""
    for _, members in groupby(claims, key=lambda claim: (id(claim.spot.paragraph), claim.spot.sentence)):
        told = list(members)
        if len(told) > 1:
            yield told[0].spot.paragraph.text, told
