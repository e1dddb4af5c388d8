"""Which years a question means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.lexicon import phrase
from assistant.patterns import regex

__all__ = ["BLANK", "Period", "blanked", "find_period"]

# Blanking out what was understood of a question: what is left keeps its places.

BLANK = "　"


def blanked(pattern: str | re.Pattern[str], text: str) -> str:
    """``text`` with every match of ``pattern`` replaced by as many blanks."""
    compiled = re.compile(pattern) if isinstance(pattern, str) else pattern
    return compiled.sub(lambda found: BLANK * len(found[0]), text)


_DIGITS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_NUMERALS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_WRITTEN_OUT = regex(  # 二〇二四年, 二四年; 近二三年 are two or three
    r"二[〇零○][〇零○一二三四五六七八九]{2}(?=年)"
    r"|(?<![〇零○一二三四五六七八九十百第近前后过这])[一二][〇零○一二三四五六七八九](?=年(?!以?[来内间]))"
)
_Y = r"(?:19|20)?\d{2}"
_RANGE = regex(rf"(?<!\d)({_Y})\s*年?度?\s*(?:[—\-–~～－]+|至|到)\s*({_Y})(?!\d)\s*(?:年度?)?")
_LIST = regex(rf"(?<!\d){_Y}(?:\s*[、,，和与及跟]\s*{_Y})+\s*(?:这?[两二三四五六七八九]?个?年度?)")
_MANY = "多(?![了出少几])"  # 2000多件, but 比2023多几件
_YEAR = regex(
    r"(?<!\d)(?:(?=\d{4}\s*年)|(?<!超过|多于|少于|不足|不到|高于|低于|大于|小于))"  # 超过2000张的
    rf"((?:19|20)\d{{2}})(?!\d|\s*[件条次起个项份元万人家宗期篇张页名场处余]|\s*部(?!分)|\s*{_MANY})\s*年?(?:度|[底末](?!数))?|(?<![\d近前后过])(\d{{2}})\s*年(?:度|[底末](?!数))?(?![以来内间])"
)
# 24比23, 宿迁24: years in two figures, and no number of anything.
_TWO, _NO_MEASURE = (
    r"(?:1[5-9]|2\d)",
    r"(?!\d|\s*[件条次起个项份元万亿人家宗期篇张页名场处余号日月天小%％.：:类种成倍]|\s*部(?!分)|\s*" + _MANY + ")",
)
_PAIR = regex(rf"(?<![\d近前后过.]){_TWO}(?=\s*(?:比|较|跟|和|与|同|、)\s*{_TWO}{_NO_MEASURE})")
_SHORT = regex(rf"(?:(?<=　)|(?<=　[比较跟和与同、])){_TWO}{_NO_MEASURE}")
_SINCE = regex(rf"(?:自|从)?({_Y})年?(?:度)?(?:以来|起(?!诉)|以后|至今|到现在|开始)")
_LAST_YEARS = regex(
    r"(?<!\d)(?:最近|近|过去|这|前|连续)\s*([一两二三四五六七八九十]|\d{1,2})\s*(?:个)?年(?:来|间|里)?|(?<![\d第])([两二三四五六七八九十])年(?:以?来|间|里|内|下来|(?=[的各每都]|分别|走势|趋势|变化|[^，。？年]{0,8}(?:合计|累计|一共|总共|之和|各(?:[是有几多]|\w{1,2}[几多])|分别)|累计|一共|总共|合计|共|加起来|平均))"
)
_RELATIVE = {"大前年": -3, "前年": -2, "去年": -1, "上一年": -1, "上年度": -1, "今年": 0, "本年度": 0, "明年": 1}
_COUNTED_BACK = ("上一年度", "上一年", "上年度")
# 比去年增长: the year compared with, not the one asked for; 去年结转: a row of table 3.
_ASKED_FOR = (
    r"(?<![比较大]){word}(?!度?(?:的)?(?:结转|结余|积压|遗留|"
    r"(?:转|留|剩|带|接|跨|拖)(?:过来|进来|下来|来)|项目)|相比|同期|的?(?:几|多少)倍)"
)


@dataclass(frozen=True, slots=True)
class Period:
    """``years`` as named; ``last`` for 近三年; ``since`` for 2022年以来; ``every`` for 历年, 各年. ``relative`` are the
    words that were reckoned from today, with their years (去年, 2024); ``rest`` is the text with all of them blanked
    out."""

    years: tuple[int, ...]
    last: int | None
    every: bool
    rest: str
    since: int | None = None
    relative: tuple[tuple[str, int], ...] = ()

    @property
    def open(self) -> bool:
        """Whether the library's own years decide which are meant: 近三年, 历年, 2022年以来."""
        return bool(self.last or self.every or self.since)

    @property
    def told(self) -> bool:
        """Whether the question says at all which years are meant."""
        return bool(self.years or self.open)

    def among(self, held: list[int]) -> list[int]:
        """The years meant, of those held: named ones as named (held or not), the last few up to the newest, or all."""
        if self.years:
            return sorted(self.years)
        newest = max(held, default=0)
        if self.last:
            return list(range(newest - self.last + 1, newest + 1))
        if self.since:
            return list(range(self.since, max(newest, self.since) + 1))
        return sorted(held)


def find_period(text: str, today: date) -> Period:
    """The years in ``text``; 去年 and 今年 are counted from ``today``."""
    text = _WRITTEN_OUT.sub(lambda found: found[0].translate(_NUMERALS), text)
    newest, every_year = phrase("questions", "period.newest"), phrase("questions", "period.every_year")
    carried_to = phrase("questions", "period.carried_to")
    rest = carried_to.sub(lambda found: found[1] + "　" * (len(found[0]) - len(found[1])), text)
    since, last = None, None
    if newest.search(rest):
        last, rest = 1, blanked(newest, rest)
    if found := _SINCE.search(rest):
        since, rest = _full(found[1]), blanked(_SINCE, rest)
    if found := _LAST_YEARS.search(rest):
        last, rest = _DIGITS.get(found[1] or found[2]) or int(found[1]), blanked(_LAST_YEARS, rest)
    named, rest = _named_years(rest)
    before, rest = _year_before(rest, named)
    named += before
    relative, rest = _relative_years(rest, today)
    years = tuple(dict.fromkeys((*named, *(year for _, year in relative))))
    return Period(years, last, bool(every_year.search(rest)), blanked(every_year, rest), since, relative)


def _named_years(rest: str) -> tuple[list[int], str]:
    years: list[int] = []
    for found in _RANGE.finditer(rest):
        first, until = _full(found[1]), _full(found[2])
        if first < until:
            years.extend(range(first, until + 1))
            rest = rest[: found.start()] + "　" * len(found[0]) + rest[found.end() :]
    for found in _LIST.finditer(rest):
        years.extend(_full(year) for year in re.findall(r"\d+", found[0]))
    rest = blanked(_LIST, rest)
    years.extend(_full(found[1] or found[2]) for found in _YEAR.finditer(rest))
    rest = blanked(_YEAR, rest)
    for pattern in (_PAIR, _SHORT):
        years.extend(_full(found[0]) for found in pattern.finditer(rest))
        rest = blanked(pattern, rest)
    return years, rest


def _year_before(rest: str, named: list[int]) -> tuple[list[int], str]:
    """2024年跟上一年比: with 去年 people count from today, with 上一年 from the year that they have named."""
    found = next((one for word in _COUNTED_BACK if (one := re.search(_ASKED_FOR.format(word=word), rest))), None)
    if not named or not found:
        return [], rest
    return [max(named) - 1], rest[: found.start()] + BLANK * len(found[0]) + rest[found.end() :]


def _relative_years(rest: str, today: date) -> tuple[tuple[tuple[str, int], ...], str]:
    relative: list[tuple[str, int]] = []
    for word, offset in _RELATIVE.items():
        pattern = re.compile(_ASKED_FOR.format(word=word))
        if pattern.search(rest):
            relative.append((word, today.year + offset))
            rest = blanked(pattern, rest)
    for word, offset in _RELATIVE.items():
        # 今年比前年: both are reckoned from today; 2024年比去年 is over the year before 2024.
        if relative and (found := re.search(rf"(?<=[比较]){word}", rest)):
            relative.append((word, today.year + offset))
            rest = rest[: found.start()] + "　" * len(word) + rest[found.end() :]
    return tuple(relative), rest


def _full(written: str) -> int:
    return int(written) if len(written) == 4 else 2000 + int(written)
