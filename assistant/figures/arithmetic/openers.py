"""What opens a list of parts: 其中, 分别为, 包括, 按…分, a colon, 由…构成, in front of them or right behind their whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.figures.claims import Claim
from assistant.patterns import regex

__all__ = ["BACK", "openers"]

BACK = "这些之中"
"""What ``openers`` calls an opening that names the whole again: 在主动公开的信息中，"""

_AMONG = regex(
    r"其中[，,：:]?|(?<=[，,])即(?![由从])|(?:分别|依次)(?:为|是)|(?<!不)包[括含](?:了)?[，,：:]?|(?:具体|主要)?(?:涵盖|包含|分为|囊括)(?:了)?[，,：:]?|具体(?:为|是|有)[，,：:]?|主要(?:是|有|为|包括|涉及)|(?:内容|事项|类型|构成)(?:主要)?(?:涉及|为|包括)"
    r"|按[^，。；\d]{2,12}(?:划?分|看|统计)[，,：:]|(?:申请|受理)?(?:方式|渠道|途径|路径|来源|形式|类别|种类)[^，。；\d]{0,6}(?:为|是|有|包括|：)"
)
# 7件，含网络3件: 含 alone opens a list right behind a number or a stop, and 含上年结转 names an addend of the whole.
_HOLDS = regex(r"(?<=[，,（(件条个份项篇起])含(?!上|在|结转|部分公开|去年)")
_WITHIN = regex(r"[^，。；\d（）()]{0,14}(?:之?中|里|当中)[，,：:]?")
_MADE_UP_OF = regex(r"由(?=[^。；;：:]{0,80}?\d[件条个份]?(?:申请|答复|案件)?(?:共同)?(?:构成|组成)(?:[，,。；;]|$))")
_COLON = regex(r"[^，。；\d（）()：:]{0,10}[：:]")
_BACK = regex(r"(?:在|从)[^，。；\d]{0,8}(?:公开(?!工作)|发布|办理|答复|受理|收到|上述|这些)[^，。；\d]{0,12}中[，,]")


def openers(text: str, claims: Sequence[Claim]) -> Iterator[tuple[int, int, str]]:
    """(start, end, words) of what opens a list of parts."""
    for pattern in (_AMONG, _HOLDS):
        yield from ((found.start(), found.end(), found.group()) for found in pattern.finditer(text))
    for found in _MADE_UP_OF.finditer(text):
        yield found.start(), found.end(), "构成"
    for found in _BACK.finditer(text):
        if found.start() == 0 or text[found.start() - 1] in "。；;，,":
            yield found.start(), found.end(), BACK
    for claim in claims:
        at = claim.mention.end
        for pattern, word in ((_WITHIN, "之中"), (_COLON, "：")):
            if pattern is _COLON and not claim.mention.unit and re.match(r"[：:]\s*\d", text[at:]):
                continue  # 两者之比为158:27
            if opening := pattern.match(text, at):
                yield at, opening.end(), word
