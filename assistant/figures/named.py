"""Numbers that count the names in front of them: 《甲》《乙》《丙》3份清单, 行政复议、行政诉讼2类案件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.figures.claims import Claim

__all__ = ["Counted", "counted_names"]

_MOST = 12
_TITLES = re.compile(r"(?:[《“][^》”]{1,40}[》”](?:[（(][^（()）]{1,16}[）)])?(?:、|和|及|与|以及)?\s*){2,}$")
_TITLE = re.compile(r"[《“][^》”]{1,40}[》”]")
# Plain names only before a word for kinds, and only where 、 alone parts them.
_NAMES = re.compile(
    r"(?<![、\u4e00-\u9fff])(?:对|将|把|就|按|涉及[\u4e00-\u9fff]{0,10}的)?(?P<names>[\u4e00-\u9fff]{2,8}(?:、[\u4e00-\u9fff]{2,8}){1,8})$"
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
