"""Which year a number speaks of, and which set: the whole of the table, or some part that the table does not tell."""

from __future__ import annotations

import re

from assistant.figures.mentions import years_in
from assistant.form.phrases import OTHER_TIME, SCOPES

__all__ = ["COMPARED_YEAR", "scope_of", "year_of"]

# 上年结转 is a row of this year's table; 去年收到 is a number of last year's.
_RELATIVE_YEAR = re.compile(
    r"(去年|(?<!结转)(?:上一?年度|上一?年(?!度))(?!的?结转|转|遗留|接转|的?未|跨年|同期|相比))|今年|本年度?|全年|当年"
)
COMPARED_YEAR = re.compile(r"(?:较|比|与|同|和|高出|高于|低于|超过|多于|少于)\s*$")
# 2022年结转12件 and 转入2025年办理 are rows of this year's table, too.
_OF_A_ROW = re.compile(r"年度?[末底]?的?(?:结转|转入|接转|遗留|未办结|未答复|跨年)")
_INTO = re.compile(r"(?:结转|转入|转至|转到|顺延至?|延续至?|结转至|结转到)$")
_SCOPES = tuple((re.compile(pattern), name) for pattern, name in SCOPES)
_OWN_TIME = re.compile(r"全年|今年|本年度?|当年|年内|(?<!\d)20\d\d年(?!以来|至|到|—|-)")


def year_of(before: str, year: int | None) -> int | None:
    """The year a number speaks of: the last one its sentence names before it, unless only compared with."""
    named = [
        (place, y)
        for place, y in years_in(before)
        if not (
            COMPARED_YEAR.search(before[:place]) or _OF_A_ROW.match(before, place + 4) or _INTO.search(before[:place])
        )
    ]
    if year is not None:
        named += [
            (word.start(), year - 1 if word[1] else year)
            for word in _RELATIVE_YEAR.finditer(before)
            if not COMPARED_YEAR.search(before[: word.start()])
        ]
    return max(named)[1] if named else year


def scope_of(before: str) -> str:
    """What narrows or shifts the set that is counted, by the words of the sentence before a number; empty for the whole.

    A time of its own ends the scope of an earlier one: 上半年收到9件，全年共22件.
    """
    own_time = max((found.start() for found in _OWN_TIME.finditer(before)), default=-1)
    for pattern, name in _SCOPES:
        found = pattern.search(before)
        if found and not (name == OTHER_TIME and found.end() <= own_time):
            return name or found.group()
    return ""
