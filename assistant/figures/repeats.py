"""Numbers that the prose tells twice: 公共资源配置信息117条 in two places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.figures.claims import Claim

__all__ = ["label_of", "repeats_of"]

_CLAUSE = re.compile(r"[，,。；;：:、（）()“”\d%]")
_SAYS_NOTHING = re.compile(
    r"全年|本年度?|今年|20\d\d年度?|总?共|累计|总计|合计|主动|政府|相关|各类|有关|其中|以及|的|了|为|达|一是|二是|三是|\s"
)
SHORTEST = 4


def label_of(claim: Claim) -> str:
    """What a number is called, without words that say nothing: 全年公开政府信息1950条 → 公开信息."""
    return _SAYS_NOTHING.sub("", _CLAUSE.split(claim.spot.paragraph.text[: claim.mention.start])[-1])


def repeats_of(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of numbers in different sentences that carry the same name, unit and year, and that no table tells. A name told
    three times is a column of a list, not a repetition."""
    told: dict[tuple[str, str, int | None], list[Claim]] = {}
    for claim in claims:
        label = label_of(claim)
        if claim.relation == "none" and not claim.mention.percent and not claim.scope and len(label) >= SHORTEST:
            told.setdefault((label, claim.mention.unit, claim.year), []).append(claim)
    for same in told.values():
        if len(same) == 2 and same[0].spot.sentence != same[1].spot.sentence:
            yield same[0], same[1]
