"""Shares in prose: 自然人601件，占96.9% — which number is the part, and which may be the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from assistant.figures.arithmetic import whole_of_list
from assistant.figures.claims import Claim, by_paragraph, total
from assistant.figures.comparisons import is_base
from assistant.lexicon import phrase
from assistant.patterns import regex

__all__ = ["Ratio", "Share", "name_of_share", "ratios_in", "shares_of", "wholes_before"]

_COUNTS = {"两": 2, "三": 3, "四": 4}
_LEAST = 2  # the whole and the part of a rate that is called by its name
_MOST_BESIDE = 5
_FEWEST = 3  # parts whose shares are of them all by no chance
_TIME_UNITS = frozenset(["年", "月", "日", "天", "周", "小时", "分钟", "个工作日", "工作日"])
_MARK = regex("[，,、；;。：:]")
_CLAUSE = regex(r"[^，,、；;。：:（(\d]*")
_TIMES = frozenset({"次", "人次", "件次", "场次", "批次"})
_SAME_UNIT = {"名": "人", "位": "人", "人次": "人"}


class Share(NamedTuple):
    """A rate and what it may be of. ``part`` is the number stated for it (``None``: only words name it), ``wholes`` the
    numbers stated before that it may be a share of, nearest first. ``named`` are the words that name the whole; ``listed``
    is what a list adds up to that the part is the last of: the share may be its, too. ``beside`` are the numbers that stand
    right before a rate that is called by its name (应办14件，办结12件，办结率85.7%): it may be of two of them."""

    rate: Claim
    part: Claim | None
    wholes: tuple[Claim, ...]
    named: str = ""
    listed: Claim | None = None
    beside: tuple[Claim, ...] = ()


def shares_of(claims: Sequence[Claim]) -> Iterator[Share]:
    """Every percentage that the prose calls a share, in order. A number that has a share of its own is no whole."""
    for members in by_paragraph(claims):
        text = members[0].spot.paragraph.text
        found = [
            share
            for index, claim in enumerate(members)
            if (claim.mention.percent or claim.relation == "share") and (share := _share(text, members, index))
        ]
        if found and (base := phrase("shares", "base_of_all").search(text)):
            at = base.start("whole")
            whole = tuple(claim for claim in members if claim.mention.start == at)
            sentence = whole[0].spot.sentence if whole else ""
            found = [
                _of_base(share, whole, base["named"]) if share.rate.spot.sentence == sentence else share
                for share in found
            ]
        parts = {id(share.part) for share in found}
        for share in _with_what_they_make_up(found):
            yield share._replace(wholes=tuple(whole for whole in share.wholes if id(whole) not in parts))


def _with_what_they_make_up(found: Sequence[Share]) -> Iterator[Share]:
    """公开类87件，占41.04%；依申请类66件，占31.13%；不公开类59件，占27.83%: shares of a sentence that make up 100 % may be of what
    their parts come to."""
    for _, members in groupby(found, key=lambda share: share.rate.spot.sentence):
        told = list(members)
        parts = [share.part for share in told if share.part and not share.named and not share.rate.of]
        rates = [share.rate.mention for share in told]
        off = abs(sum((rate.value for rate in rates), Decimal(-100)))
        if len(told) < _FEWEST or len(parts) < len(told) or off > sum(rate.step for rate in rates):
            yield from told
        else:
            yield from (share._replace(wholes=(*share.wholes, _added_up(parts))) for share in told)


def _of_base(share: Share, whole: tuple[Claim, ...], named: str) -> Share:
    """无法提供4件（44.4%），占比以办结的9件为基数: what all shares of the sentence are of, told behind them."""
    return share._replace(rate=share.rate._replace(of=()), wholes=whole, named=named) if share.part else share


def _share(text: str, members: Sequence[Claim], index: int) -> Share | None:
    rate = members[index]
    if rate.of:
        return Share(rate, None, (), beside=_beside(members, index))
    if phrase("shares", "part_behind").match(text, rate.mention.end):
        return None  # 占3.7%的其他申请人（1件），and what these are could not be read
    before = [
        c for c in members[:index] if c.spot.sentence == rate.spot.sentence and c.mention.unit not in _TIME_UNITS
    ]  # 147件在15个工作日内答复，占95.5%
    if named := _named_by_its_part(text, before, rate):
        return named
    lead = text[_sentence_start(text, rate.mention.start) : rate.mention.start]
    clause = re.split(r"[，,；;。（(]", lead)[-1]
    told_in_order = _apportioned(text, before, rate)
    if told_in_order is not None:
        one, listed_so = told_in_order
        like = (each for each in reversed(before) if _measured_alike(each, one))
        added = (_added_up(listed_so),) if len(listed_so) >= _FEWEST else ()
        return Share(rate, one, tuple(dict.fromkeys((*wholes_before(members, one), *like, *added))))
    if stated := _of_a_stated_whole(text, before, rate):
        return stated
    told = phrase("shares", "called").search(lead)
    if told and told["which"] and len(before) > 1:
        pointed = before[-2] if told["which"] == "前" else before[-1]  # 咨询503912件、诉求360291件，前者占58.31%
        return Share(rate, pointed, wholes_before(members, before[-2]))
    if told and told["name"] and phrase("shares", "and_more").search(told["name"]):
        return None  # 橙色以上预警占比: of several that are not added up
    if told and told["name"] and not rate.readings:
        called = _named_part(text, before, told["name"])  # 主动公开286件、不予公开77件，主动公开比重为55.86%
        if called is None:
            return None
        beside = tuple(one for one in reversed(before) if not one.mention.percent and _measured_alike(one, called))
        return Share(rate, called, tuple(dict.fromkeys((*beside, *wholes_before(members, called)))))
    told = phrase("shares", "of_the_whole").search(clause)
    bracketed = phrase("shares", "bracketed").search(lead)
    if phrase("shares", "own_matter").search(clause) or "属性" in lead:
        return None  # 行政规范性文件解读比例100%: of a matter of its own
    if (not told and not bracketed) or (told and phrase("shares", "new_matter").search(clause[: told.start()])):
        return None
    name = name_of_share(clause) if told else ""
    part = _named_part(text, before, name) if name and not rate.readings else _part(text, before, rate)
    if (
        part
        and rate.readings
        and part.readings
        and not set(rate.readings) & set(part.readings)
        and clause.partition("占")[0].strip()
    ):
        part = None  # 共收到158件，自然人占88.6%: the rate has a part of its own, which only words name
    if part and rate.readings and len(part.readings) != 1 and name and not _is_called(text, part, name):
        part = None  # 上年办结25件、自然人占92%: so, too, where what the number is of could not be settled
    if part is None and not rate.readings:
        return None
    counts = tuple(
        one for one in reversed(before) if not (one.mention.percent or one.mention.bound or one.relation == "change")
    )
    wholes = wholes_before(members, part) if part else counts
    if name and part:  # 在线19件、邮政17件，合计36件；在线占52.78%
        alike = (one for one in counts if _measured_alike(one, part))
        wholes = tuple(dict.fromkeys((*alike, *_all_listed(text, before, part), *wholes)))
    listed = whole_of_list(before, len(before) - 1) if before and part is before[-1] else None
    if listed is None and len(before) > 1 and part is before[-1] and _listed_with(text, before[-2], part):
        listed = _added_up(before[-2:])  # 申请200份，复议6件、诉讼4件，占申请的5%
        wholes = tuple(dict.fromkeys((*wholes, *(one for one in reversed(before[:-2]) if not one.mention.percent))))
    return Share(rate, part, wholes, told["named"] if told else "", listed)


def _beside(members: Sequence[Claim], index: int) -> tuple[Claim, ...]:
    """The last numbers of the sentence before a rate, back to another rate."""
    found: list[Claim] = []
    for claim in reversed(members[max(0, index - _MOST_BESIDE) : index]):
        if claim.mention.percent or claim.spot.sentence != members[index].spot.sentence:
            break
        if claim.relation != "change" and not claim.mention.bound:
            found.insert(0, claim)
    return tuple(found)


_COUNTED = regex(r"\d[^\d，,；;。]{0,2}")


def name_of_share(clause: str) -> str:
    """What the words in front of 占 name as the part; empty where they name nothing, or there is no 占."""
    lead, told, _ = clause.rpartition("占")
    return phrase("shares", "no_name").sub("", _COUNTED.split(lead)[-1]) if told else ""


def _named_part(text: str, before: Sequence[Claim], name: str) -> Claim | None:
    """电话3126件次、网络815件次，电话占74.3%: the number whose own words begin as the name of the share does."""
    names = phrase("naming", "between_names").split(name)
    if len(names) > 1 and all(names):
        parts = [_named_part(text, before, one) for one in names]
        found = [part for part in parts if part]
        if len({id(part) for part in found}) < len(names):
            return None
        return _added_up(found)
    name = name.removesuffix("的").removesuffix("合计")
    called = [
        (text[before[at - 1].mention.end if at else _sentence_start(text, one.mention.start) : one.mention.start], one)
        for at, one in enumerate(before)
    ]
    for lead, one in called:
        if lead.lstrip("、，,") == name and not one.mention.percent:
            return one  # 满意2213份、基本满意168份、不满意79份
    for lead, one in reversed(called):
        behind = re.split(r"[，,、；;。\d]", text[one.mention.end :], maxsplit=1)[0]
        if name[:2] in lead or name[:2] in behind:
            return None if one.mention.percent else one
    return None


def _all_listed(text: str, before: Sequence[Claim], part: Claim) -> tuple[Claim, ...]:
    """What a list comes to that has the part in it: 网络151件、信函62件、当面21件，网络占64.53% is of all three."""
    at = next((n for n, one in enumerate(before) if one.mention.start == part.mention.start), None)
    if at is None:
        return ()
    low = high = at
    while low and _listed_with(text, before[low - 1], before[low]):
        low -= 1
    while high + 1 < len(before) and _listed_with(text, before[high], before[high + 1]):
        high += 1
    return (_added_up(before[low : high + 1]),) if high - low > 1 else ()


def _added_up(claims: Sequence[Claim]) -> Claim:
    """Several numbers as one, which no table has."""
    return claims[-1]._replace(mention=claims[-1].mention._replace(value=total(claims)), readings=(), kind="sum")


def _listed_with(text: str, one: Claim, other: Claim) -> bool:
    listed = phrase("shares", "in_a_list").fullmatch(text, one.mention.end, other.mention.start)
    return bool(listed) and _measured_alike(one, other)


def _is_called(text: str, claim: Claim, name: str) -> bool:
    """Whether the words right around a number have the name of a share."""
    before, behind = text[: claim.mention.start], text[claim.mention.end :]
    return name[:2] in _MARK.split(before)[-1] + _MARK.split(behind, maxsplit=1)[0]


def _named_by_its_part(text: str, before: Sequence[Claim], rate: Claim) -> Share | None:
    """问卷808份，满意781份，满意率96.66%: the rate has the name of its part, the whole stands before it."""
    told = phrase("shares", "rate_name").search(text[: rate.mention.start])
    if told and len(before) > _LEAST and f"未{told['name']}" in text[before[-2].mention.end : before[-1].mention.start]:
        before = before[:-1]  # 22项，完成20项，未完成2项，完成率90.91%
    if len(before) < _LEAST or not told:
        return None
    part = before[-1]
    wholes = tuple(whole for whole in reversed(before[:-1]) if _may_hold(whole, part))
    # What the part is called stands in front of it or right behind it: 废止3件（均已按时报备，报备率100%）is of neither.
    lead = text[before[-2].mention.end : part.mention.start] + _CLAUSE.match(text, part.mention.end)[0]  # type: ignore[index]
    apart = before[-2].mention.percent and not phrase("lists", "nested").search(lead)
    if not wholes or apart or not any(name in lead for name in (told["name"], told["name"][::-1])):  # 收回…，回收率
        return None
    if re.search("[。；;]", text[before[-2].mention.end : rate.mention.start]):
        return None
    return Share(rate, part, wholes)


def _may_hold(whole: Claim, part: Claim) -> bool:
    units = [_SAME_UNIT.get(claim.mention.unit, claim.mention.unit) for claim in (whole, part)]
    exact = not (whole.mention.bound or part.mention.bound or whole.mention.percent or part.mention.percent)
    return exact and units[0] == units[1] and part.mention.value <= whole.mention.value


def _of_a_stated_whole(text: str, before: Sequence[Claim], rate: Claim) -> Share | None:
    """占办结总量64件的48.4%, 在办结的64件里占48.4%: the whole stands in front of the rate, the part before it."""
    if len(before) < 2:
        return None
    behind = text[before[-1].mention.end : rate.mention.start]
    if phrase("shares", "among").fullmatch(behind):
        part = next((c for c in reversed(before[:-1]) if not c.mention.percent and c.relation != "change"), None)
        return Share(rate, part, (before[-1],)) if part else None
    if not phrase("shares", "of_so_many").fullmatch(behind):
        return None
    part = next((c for c in reversed(before[:-1]) if not c.mention.percent and c.relation != "change"), None)
    if part is None:
        return None
    between = text[part.mention.end : before[-1].mention.start]
    if "占" not in between or re.search("[。；;]", between):
        return None
    return Share(rate, part, (before[-1],))


def _sentence_start(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in "。！？\n") + 1


def _part(text: str, before: Sequence[Claim], rate: Claim) -> Claim | None:
    """The number right before a rate, as long as no other rate and no new subject stands between; 两项合计 is two of them."""
    if not before or before[-1].mention.percent:
        return None
    between = text[before[-1].mention.end : rate.mention.start]
    if re.search(r"[。；;]", between) or between.count("，") + between.count(",") > 1:
        return None
    together = phrase("shares", "together").search(between)
    if not together and "占" in between:
        # 9件，比上年多1件，占4.9%; 6件，较上年3件翻番，占18.2%
        told = [one for one in before if one.relation != "change" and not is_base(text[: one.mention.start])]
        if before[-1] not in told:
            return told[-1] if told else None
    if not together:
        return before[-1]
    count = _COUNTS[together[1]] if together[1] else 2
    added = before[-count:]
    if between[: together.start()].endswith("前"):
        # 收到69件：自然人54、企业12、律所3，前两者合计占95.7%
        begin = next((at + 1 for at, one in enumerate(before) if one.mention.value == total(before[at + 1 :])), 0)
        added = before[begin : begin + count]
    return _added_up(added)


def _apportioned(text: str, before: Sequence[Claim], rate: Claim) -> tuple[Claim, Sequence[Claim]] | None:
    """法人3件、自然人21件，分别占12.5%、87.5%: the first rate is of the first number; which one, and all that have a rate."""
    rates: list[Claim] = []
    for claim in reversed(before):
        if not claim.mention.percent:
            break
        rates.insert(0, claim)
    parts = before[: len(before) - len(rates)]
    first = rates[0] if rates else rate
    lead = text[parts[-1].mention.end : first.mention.start] if parts else ""
    if len(parts) > 1 and phrase("comparisons", "of_which").fullmatch(lead):
        # 公开74件、部分公开18件，分别占办结总数184件的40.2%和9.8%: the whole stands between the parts and their rates
        lead, parts = text[parts[-2].mention.end : parts[-1].mention.start] + lead, parts[:-1]
    in_a_row = phrase("shares", "share_or_rate").search(lead) and phrase("shares", "next_rate").match(
        text, first.mention.end
    )
    in_order = phrase("shares", "apportioned").search(lead) and phrase("shares", "share_or_ratio").search(lead)
    if not in_a_row and not in_order:
        return None
    run = [c for c in parts if c.mention.unit == parts[-1].mention.unit]
    listed = len(rates) + 1 + _rates_behind(text, rate)
    if len(run) > listed and run[-1].mention.value == total(run[-1 - listed : -1]):
        run = run[:-1]  # 1872条、312条、216条，三个平台共2400条，占比依次为78%、13%、9%
    return (run[len(rates) - listed], run[-listed:]) if listed <= len(run) else None


def _rates_behind(text: str, rate: Claim) -> int:
    """How many more rates the list goes on with."""
    found = phrase("shares", "rates_behind").match(text, rate.mention.end)
    return len(re.findall(r"[%％]", found.group())) if found else 0


def wholes_before(claims: Sequence[Claim], part: Claim) -> tuple[Claim, ...]:
    """Numbers of the same unit before the part, in its paragraph, that are no smaller."""
    return tuple(
        claim
        for claim in reversed(claims)
        if claim.mention.start < part.mention.start
        and _measured_alike(claim, part)
        and not claim.mention.percent
        and not claim.mention.bound
        and claim.mention.value >= part.mention.value
    )


def _measured_alike(one: Claim, other: Claim) -> bool:
    """Whether two numbers are counted by the same word; visits and visitors are called 次 and 人次 by turns."""
    return one.mention.unit == other.mention.unit or {one.mention.unit, other.mention.unit} <= _TIMES


class Ratio(NamedTuple):
    """A share told in words: 超八成, 近一半. The true share lies between ``low`` and ``high``, both included or not."""

    text: str
    start: int
    end: int
    low: Decimal
    high: Decimal


_TENTH, _SOME = Decimal("0.1"), Decimal("0.1")
_HUNDREDTH = Decimal("0.01")
_DIGITS = {c: n for n, c in enumerate("一二三四五六七八九", 1)} | {"两": 2, "半": 5}


def ratios_in(text: str) -> Iterator[Ratio]:
    """Every share told in words. A bare 八成 is 75 % to 85 %, 八成五 is 84.5 % to 85.5 %."""
    for found in phrase("shares", "ratio").finditer(text):
        if found["over"] or found["near"]:
            exact, bound = Decimal("0.5"), "超" if found["over"] else "近"
        else:
            exact, bound = _exact(found), found["after"] or found["before"] or ""
        low, high = _range(exact, bound, _HUNDREDTH if found["more"] not in (None, "半") else _TENTH)
        yield Ratio(found.group().removeprefix("占"), found.start(), found.end(), low, high)


def _exact(found: re.Match[str]) -> Decimal:
    if found["tenths"]:
        return _DIGITS[found["tenths"]] * _TENTH + _HUNDREDTH * _DIGITS.get(found["more"] or "", 0)
    if found["halved"]:
        return Decimal("0.5")
    return Decimal(_DIGITS[found["count"]]) / Decimal(_DIGITS[found["parts"]])


def _range(exact: Decimal, bound: str, step: Decimal) -> tuple[Decimal, Decimal]:
    if bound in ("超", "超过", "逾", "突破", "高达", "以上", "多"):
        return exact, Decimal(1)
    if bound in ("不足", "不到", "近", "将近", "接近", "以下"):
        low = Decimal(0) if bound in ("不足", "不到", "以下") else exact - _SOME
        return low, exact
    return exact - step / 2, exact + step / 2
