"""Which years a question means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

__all__ = ["Period", "find_period"]

_DIGITS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_RANGE = re.compile(r"((?:19|20)?\d{2})\s*年?度?\s*(?:[—\-–~～－]+|至|到)\s*((?:19|20)?\d{2})\s*年度?")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)\s*年?度?|(?<![\d近前后过])(\d{2})\s*年度?(?![以来内间])")
_LAST_YEARS = re.compile(r"(?:最近|近|过去|这)\s*([一两二三四五六七八九十]|\d{1,2})\s*(?:个)?年(?:来|间|里)?")
_EVERY_YEAR = re.compile(r"历年|各年度?|每年|逐年|这几年|近几年|几年来|近年来?|往年|多年|哪一?年")
# 2023年结转到2024年的申请: the year they were carried to is not the report's.
_CARRIED_TO = re.compile(r"(?<=年)((?:的|度)*(?:结转|转入|顺延|转)(?:到|至|入)?)\s*(?:19|20)\d{2}\s*年度?")
_RELATIVE = {"前年": -2, "去年": -1, "上一年": -1, "今年": 0, "本年度": 0, "明年": 1}


@dataclass(frozen=True, slots=True)
class Period:
    """``years`` as named; ``last`` for 近三年; ``every`` for 历年, 各年. ``rest`` is the text with them blanked out."""

    years: tuple[int, ...]
    last: int | None
    every: bool
    rest: str

    def among(self, held: list[int]) -> list[int]:
        """The years meant of those held: named ones as named (held or not), the last few, or all."""
        if self.years:
            return sorted(self.years)
        return sorted(held)[-self.last :] if self.last else sorted(held)


def find_period(text: str, today: date) -> Period:
    """The years in ``text``; 去年 and 今年 are counted from ``today``."""
    rest = _CARRIED_TO.sub(lambda found: found[1] + "　" * (len(found[0]) - len(found[1])), text)
    years, last = list[int](), None
    for found in _RANGE.finditer(rest):
        first, until = _full(found[1]), _full(found[2])
        if first < until:
            years.extend(range(first, until + 1))
    rest = _blank(_RANGE, rest) if years else rest
    named = _LAST_YEARS.search(rest)
    if named:
        last = _DIGITS.get(named[1]) or int(named[1])
        rest = _blank(_LAST_YEARS, rest)
    years.extend(_full(found[1] or found[2]) for found in _YEAR.finditer(rest))
    rest = _blank(_YEAR, rest)
    for word, offset in _RELATIVE.items():
        # 比去年增长: the year compared with, not the one asked for; 去年结转: a row of table 3.
        pattern = re.compile(rf"(?<![比较]){word}(?!结转|相?比|同期)")
        if pattern.search(rest):
            years.append(today.year + offset)
            rest = _blank(pattern, rest)
    every = bool(_EVERY_YEAR.search(rest))
    return Period(tuple(dict.fromkeys(years)), last, every, _blank(_EVERY_YEAR, rest))


def _full(written: str) -> int:
    return int(written) if len(written) == 4 else 2000 + int(written)


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: "　" * len(found[0]), text)
