"""What opens a list of parts: 其中, 分别为, 包括, 按…分, a colon, 由…构成, in front of them or right behind their whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.figures.claims import Claim
from assistant.lexicon import phrase
from assistant.patterns import regex

__all__ = ["BACK", "openers"]

BACK = "这些之中"
"""What ``openers`` calls an opening that names the whole again: 在主动公开的信息中，"""

_COLON = regex(r"[^，。；\d（）()：:]{0,10}[：:]")


def openers(text: str, claims: Sequence[Claim]) -> Iterator[tuple[int, int, str]]:
    """(start, end, words) of what opens a list of parts."""
    for pattern in (phrase("lists", "opens"), phrase("lists", "holds")):
        yield from ((found.start(), found.end(), found.group()) for found in pattern.finditer(text))
    for found in phrase("lists", "made_up_of").finditer(text):
        yield found.start(), found.end(), "构成"
    for found in phrase("lists", "back").finditer(text):
        if found.start() == 0 or text[found.start() - 1] in "。；;，,":
            yield found.start(), found.end(), BACK
    for claim in claims:
        at = claim.mention.end
        for pattern, word in ((phrase("lists", "within"), "之中"), (_COLON, "：")):
            if pattern is _COLON and not claim.mention.unit and re.match(r"[：:]\s*\d", text[at:]):
                continue  # 两者之比为158:27
            if opening := pattern.match(text, at):
                yield at, opening.end(), word
