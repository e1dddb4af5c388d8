"""Numbers that the prose tells twice: 公共资源配置信息117条 in two places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.figures.claims import Claim
from assistant.language.numerals import parse
from assistant.patterns import regex

__all__ = [
    "SHORTEST",
    "Counted",
    "CountedKinds",
    "bare_name",
    "counted_kinds",
    "counted_names",
    "label_of",
    "repeats_of",
    "written_twice",
]

_CLAUSE = regex(r"[，,。；;：:、（）()“”\d%]")
_SAYS_NOTHING = regex(
    r"全年|本年度?|今年|20\d\d年度?|总?共|累计|总计|合计|主动|政府|相关|各类|有关|其中|以及|的|了|为|达|一是|二是|三是|\s"
)
SHORTEST = 4
_MOVED = regex(r"(?:比|较)(?:上一?年|去年|20\d\d年)|同比|(?:提高|下降|增加|减少|增长|上升|降低|压缩|缩短)$")


def label_of(claim: Claim) -> str:
    """What a number is called, without words that say nothing: 全年公开政府信息1950条 → 公开信息."""
    return bare_name(claim.spot.paragraph.text[: claim.mention.start])


def bare_name(before: str) -> str:
    """What the number right behind ``before`` is called."""
    return _SAYS_NOTHING.sub("", _CLAUSE.split(before)[-1])


def repeats_of(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of numbers in different sentences that carry the same name, unit and year, and that no table tells. A name told
    three times is a column of a list, not a repetition."""
    told: dict[tuple[str, str, int | None], list[Claim]] = {}
    for claim in claims:
        label = label_of(claim)
        moved = _MOVED.search(label) or "百分点" in claim.mention.unit
        if moved or claim.mention.percent or claim.scope or len(label) < SHORTEST:
            continue
        if claim.relation == "none":
            told.setdefault((label, claim.mention.unit, claim.year), []).append(claim)
    for same in told.values():
        if len(same) == 2 and same[0].spot.sentence != same[1].spot.sentence:
            yield same[0], same[1]


# 893.76万元（约合0.089亿元）: the same number in another measure, in a bracket of its own or behind 折合.
_AGAIN = regex(r"\s*(?:[（(]\s*(?:约合|折合|折算|合|即|约|相当于)?|[，,]\s*(?:约合|折合|折算|合))(?:为|约)?\s*")
_SCALED = regex("[万亿]")


def written_twice(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of the same number in two measures, one right behind the other."""
    for first, second in pairwise(claims):
        one, other = first.mention, second.mention
        if (
            first.spot.paragraph is second.spot.paragraph
            and one.unit == other.unit
            and not one.percent
            and not other.percent
            and _SCALED.findall(one.text) != _SCALED.findall(other.text)
            and _AGAIN.fullmatch(first.spot.paragraph.text, one.end, other.start)
        ):
            yield first, second


# Numbers that count the names in front of them: 《甲》《乙》《丙》3份清单, 行政复议、行政诉讼2类案件.

_MOST = 12
_TITLES = regex(r"(?:[《“][^》”]{1,40}[》”](?:[（(][^（()）]{1,16}[）)])?(?:、|和|及|与|以及)?\s*){2,}$")
_TITLE = regex(r"[《“][^》”]{1,40}[》”]")
# Plain names only before a word for kinds, and only where 、 alone parts them.
_NAMES = regex(
    r"(?<!、|\p{Han})(?:对|将|把|就|按|涉及\p{Han}{0,10}的)?(?P<names>\p{Han}{2,8}(?:、\p{Han}{2,8}){1,8})(?<!等)$"
)
_KINDS = ("类", "种")
_UNITS = ("份", "项", "个", "类", "种", "件", "部", "本", "篇")


class Counted(NamedTuple):
    """A number and how many names stand right before it."""

    claim: Claim
    names: int


def counted_names(claims: Sequence[Claim]) -> Iterator[Counted]:
    """Every small number that a full list of names leads to; a list that ends in 等 is not full."""
    for claim in claims:
        if claim.relation != "none" or claim.mention.unit not in _UNITS or not 2 <= claim.mention.value <= _MOST:
            continue
        lead = claim.spot.paragraph.text[: claim.mention.start].rstrip()
        if titles := _TITLES.search(lead):
            yield Counted(claim, len(_TITLE.findall(titles.group())))
        elif claim.mention.unit in _KINDS and (names := _NAMES.search(lead)):
            yield Counted(claim, names["names"].count("、") + 1)


# 民生实事、重大项目、惠企资金三类信息: a count in words, which is no figure of the report.
_COUNTED_KINDS = regex(
    r"(?<!、|\p{Han})(?P<names>\p{Han}{2,10}(?:、\p{Han}{2,8}){1,8}?)(?<!等)"
    r"(?P<count>(?P<number>[两三四五六七八九])(?:个方面|个环节|个领域|大?类|种|大领域|个维度))"
)
_MAY_JOIN = regex("[和与及]|以及")


class CountedKinds(NamedTuple):
    """A count in words, where it stands, and how many names stand right before it: with the word that joins the last two,
    if there is one, and without."""

    found: re.Match[str]
    stated: int
    names: tuple[int, ...]


def counted_kinds(text: str) -> Iterator[CountedKinds]:
    """Every count in words of kinds, sides or fields that a list of names leads to."""
    for found in _COUNTED_KINDS.finditer(text) if "、" in text else ():
        stated, names = parse(found["number"]), found["names"].count("、") + 1
        joined = bool(_MAY_JOIN.search(found["names"].rpartition("、")[2]))
        if stated:
            yield CountedKinds(found, int(stated.value), (names, names + 1) if joined else (names,))
