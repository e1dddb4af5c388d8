"""Numbers that are told by another year's: 由455件增至530件, 比上年增加75件, 同比增长16.48%."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Literal, NamedTuple

from assistant.figures.mentions import years_in
from assistant.language.sentences import without_brackets
from assistant.lexicon import ranked
from assistant.lexicon.match import tokens_in
from assistant.patterns import regex

__all__ = [
    "ARROW",
    "CHANNEL",
    "COMPARED_YEAR",
    "IN_A_YEAR",
    "PART_OF_TIME",
    "Comparison",
    "compared",
    "direction_of",
    "is_base",
    "is_yoy",
    "scope_of",
    "without_comparison",
    "year_of",
]

_LAST_YEAR = r"(?:上一?年度?|去年|前一年|20\d\d年度?)"
_COMPARED = rf"(?:较|比|与|同|和)(?:{_LAST_YEAR}|年初|期初)(?:末|底|同期)?(?:的)?(?:相比(?:较)?)?"
_RISES = (
    r"增长|上升|增加|增收|提高|增幅|增速|上涨|攀升|净增|(?<![一同]样)(?<!差不)(?<![不最众诸许])多(?![数年种次家个样元])"
)
_FALLS = r"下降|减少|减收|回落|降低|降幅|下滑|压减|净减|(?<![不最较])少(?![数量部])"
_YOY = regex(rf"同比|{_COMPARED}")
_OTHER_BASE = regex(r"环比|季度|月(?:份)?同期")
_RATE_THEN = regex(rf"(?:增|降|涨)[幅速](?:较|比|与|同|[高低大小快慢]于){_LAST_YEAR}的$")  # 增幅比上年的13.79%收窄
_UP, _DOWN = regex(rf"{_RISES}了?|(?<!新)[增升]$"), regex(rf"{_FALLS}了?|[减降]$")
_TREND = regex(rf"(?:{_RISES}|{_FALLS})(?:了|为|达|至)?")
_FROM = regex(rf"(?:(?<!(?<![处办受])理)(?<![事案])由|从)(?:{_LAST_YEAR}|年初|期初)?(?:末|底|同期)?(?:的)?\s*$")
ARROW = regex(r"\s*(?:→|⟶|——?>|=>)\s*")
_MOVES = regex(
    rf"(?:略|稍|小幅|明显|大幅|有所|显著|持续)?(?:有所)?(?:{_RISES}|{_FALLS}|[增减升降多少])(?:了|加|少|长|降|升)?(?:\d[\d.]*\s*[%％倍])?[（(]?$"
)
_UP_TO = regex("[到至]")
_IN_A_BRACKET = regex(r"[（(][\d.,]+[件条份起宗例]?[到至]$")
_TO = regex(rf"(?:{_RISES}|{_FALLS}|增|升|减|降|变)(?:至|到|为|成)(?:了)?(?:今年|本年度?|20\d\d年)?(?:的)?\s*$")
_GOES_TO = regex(rf"\s*(?:{_RISES}|{_FALLS}|增|升|减|降|变)(?:至|到|为)")
_FROM_BEFORE = regex(rf"(?:由|从|较|比)(?:{_LAST_YEAR}|年初)(?:末|底|同期)?(?:的)?$")  # 诉讼由上年下降到5件
_BASE = regex(rf"(?:较|比|同|与)(?P<year>{_LAST_YEAR}|年初)(?:末|底|同期)?(?:的|为|是)?\s*$")
_DONE_MORE = r"(?:新?收|办结?|受理|制发|制定|印发|发布|公开|废止|答复|作出|处罚|许可)"
_CHANGE = regex(rf"(?:{_RISES}|{_FALLS}){_DONE_MORE}?(?:了|为|达|到)?\s*$|(?:{_COMPARED}|同比)[增减升降]\s*$")
_THAN_ANOTHER = regex(
    r"(?:(?<![同环占相])比(?![重例率])|较之?|高于|低于)(?!上|去|前|同|往|历|年初|期初|20\d\d|[大小多少快慢高低为有])[^，,。；;]{2,}$"
    r"|比上年(?:结转|转入|遗留)[^，,。；;]*$"
)
_WENT_TO = regex(
    r"(?:增长|上升|提高|提升|下降|降低|减少|回落|升|降|增|减)(?:到|至|为)(?:了)?(?:今年|本年度?|20\d\d年)?的?$"
)
_MORE_THAN_THEN = regex(rf"[，,]?(?P<way>[多少高低])(?:于|出){_LAST_YEAR}(?:同期)?\s*$")  # 85件，少于上年24件
_CHANGE_ALONE = regex(r"[，,]?(?P<sign>[增减])\s*")  # 不予处理7件，增2件
# 新收2207件（+9.7%）
_SIGN = regex(r"(?:同比)?(?P<sign>[+＋↑]|[-－−↓])\s*$")

_SIGN_IN_BRACKET = regex(r"[（(](?:同比|较上年)?[+＋↑\-－−↓]\s*$")
_MOVES_BARELY = regex("(?<![新净递倍])[增减]$")
_MOVED_FIRST = regex(
    rf"[，,；;]?(?:其中|则|但|而)?(?:{_COMPARED}|同比)?[，,]?(?P<way>增加|新增|增多|减少|多(?!数)|少(?!数))了?(?=\p{{Han}}{{2,}}$)"
)
_NAMED_AMOUNT = regex("(?:增幅|降幅|涨幅|增速|升幅)(?:分别|为|是|达到?|约|近)*$")
_OPENING = regex(r"^[，,、；;\s]*(?:分别|依次|本年度?|今年|全年|相比(?:较)?)?")

Kind = Literal["from", "to", "base", "change"]


class Comparison(NamedTuple):
    """What a number is in a comparison: the figure it starts ``from``, goes ``to``, is compared with (``base``), or the
    ``change`` itself, in ``direction``. ``subject`` are the words in front that may name what is compared; ``leads`` where
    the direction stands before them, so that a list may go on with it."""

    kind: Kind
    subject: str
    direction: int = 0
    leads: bool = False


def compared(clause: str, before: str, follows_a_figure: bool, behind: str = "") -> Comparison | None:
    """The comparison a number at the end of ``clause`` belongs to; ``before`` is its sentence up to the number, ``behind``
    the words that follow it."""
    if ARROW.match(behind):
        return Comparison("from", _before_an_arrow(clause))  # 申请总量（162件→185件）
    if _UP_TO.fullmatch(behind) and _MOVES.search(clause):
        return Comparison("from", _before_an_arrow(clause))  # 申请量上升（8件到10件）
    if _GOES_TO.match(behind):
        return Comparison("from", _FROM.sub("", clause))  # 无法提供（13件增至32件）
    if ARROW.fullmatch(clause) or (_UP_TO.fullmatch(clause) and _IN_A_BRACKET.search(before)):
        return Comparison("to", "")
    if (found := _MOVED_FIRST.match(clause)) and _YOY.search(before) and tokens_in(clause[found.end() :]):
        # 比上年减少处罚5件、强制1件
        return Comparison("change", clause[found.end() :], -1 if "少" in found["way"] else 1, leads=True)
    if found := _FROM.search(clause):
        return Comparison("from", clause[: found.start()])
    if found := _TO.search(clause):
        return Comparison("to", _FROM_BEFORE.sub("", clause[: found.start()]))
    if found := _BASE.search(clause):
        return Comparison("base", clause[: found.start()])
    if follows_a_figure and (found := _MORE_THAN_THEN.fullmatch(clause)):
        return Comparison("change", "", 1 if found["way"] in "多高" else -1)
    found = _CHANGE.search(clause) or _CHANGE_ALONE.fullmatch(clause)
    if not found and follows_a_figure and _SIGN_IN_BRACKET.search(before):
        return Comparison("change", "", direction_of(clause))  # 办结30件（↑3件）
    if not found and _YOY.search(before):
        found = _MOVES_BARELY.search(clause) if tokens_in(clause) else None  # 与上年相比，许可增84件
    if _THAN_ANOTHER.search(clause):
        return None  # 新收比办结多1件
    if found and (follows_a_figure or _YOY.search(before) or clause.endswith("了")) and not _OTHER_BASE.search(clause):
        return Comparison("change", _YOY.sub("", clause[: found.start()]), direction_of(found.group()))
    return None


def direction_of(clause: str) -> int:
    """1 for a rise, −1 for a fall, 0 where the words tell neither."""
    if sign := _SIGN.search(clause):
        return 1 if sign["sign"] in "+＋↑" else -1
    last = max(
        ((found.start(), sign) for pattern, sign in ((_UP, 1), (_DOWN, -1)) for found in pattern.finditer(clause)),
        default=(0, 0),
    )
    return last[1]


def is_base(before: str) -> bool:
    """Whether the number behind these words is another year's that is compared with: 6件，较上年3件翻番."""
    return bool(_BASE.search(before))


def is_yoy(clause: str, before: str, follows_a_figure: bool) -> bool:
    """Whether a percentage at the end of ``clause`` compares with last year; a bare 增幅8% right behind a figure does."""
    if _OTHER_BASE.search(clause) or not direction_of(clause) or _WENT_TO.search(clause) or _RATE_THEN.search(clause):
        return False
    if _YOY.search(clause) or (_SIGN.search(clause) and follows_a_figure):
        return True
    if _NAMED_AMOUNT.search(clause) and "年" not in clause:
        return True  # 处罚增幅为20.8%
    opens = _TREND.match(_OPENING.sub("", clause))
    return bool(opens) and (bool(_YOY.search(before)) or (follows_a_figure and not _OTHER_BASE.search(before)))


def without_comparison(clause: str) -> str:
    """The words of a clause that name what is compared."""
    return _TREND.sub("", _YOY.sub("", clause))


def _before_an_arrow(clause: str) -> str:
    """强制略增（388→412）, 制发降25%（8→6）: what moves, without the word for its direction."""
    return _MOVES.sub("", _YOY.sub("", clause))


# Which year a number speaks of, and which set: the whole of the table, or some part that the table does not tell.

# 上年结转 is a row of this year's table; 去年收到 is a number of last year's.
_RELATIVE_YEAR = regex(
    r"(去年|(?<!结转)(?:上一?年度|上一?年(?!度))(?!的?(?:无|没有|未)?结转|转|遗留|接转|的?未|跨年|同期(?!则?[为是有仅])|相比))|今年|本年度?|(?<![年度])全年|当年|现在|目前"
)
COMPARED_YEAR = regex(
    r"(?:较|比|与|同|和|由|从|加上?|连同|减去|扣除|高出|高于|低于|超过|多于|少于|不足|不到|不及|接近|相当于|翻了?)\s*$"
)
# 废止4件，上年2件，为上年的2倍；制发6件: told by the way, the next number is of this year again.
_BY_THE_WAY = regex(
    r"(?:(?<=[，,（(；;])(?:上一?年度?|去年)(?:同期)?(?:为|是|仅|有|共)*(?=\d)|(?:上一?年度?|去年)(?:同期)?的?\s*\d[\d.]*(?:倍|[%％]|[件条份]?的))"
)
# 2022年结转12件 and 转入2025年办理 are rows of this year's table, too.
_OF_A_ROW = regex(r"年度?[末底]?的?(?:结转|转入|接转|遗留|未办结|未答复|跨年)")
_SO_MANY_TIMES = regex(r"年度?(?:同期)?的(?:约|近)?\d[\d.,]*(?:倍|[%％])")  # 新收185件，是2023年的1.14倍；办结184件
# 上年末有效的74件中，1件…: where this year begins
_AT_ITS_END = regex(r"年?度?[末底](?!的?(?:结转|转入))[^，,。；;：:\d]{0,10}\d")
# 比上年（26件审结、5件纠正）下降: all that the bracket tells is of the year in front of it
_YEAR_OF_A_BRACKET = regex(r"(?P<year>20\d\d(?=年)|上一?年|去年)[度末底同期的]*[（(][^（()）]*$")
_INTO = regex(r"(?:结转|转入|转至|转到|顺延至?|延续至?|结转至|结转到|转)$")
PART_OF_TIME = "时段"
CHANNEL = "渠道"
IN_A_YEAR = {"月": 12, "季": 4}
_OWN_TIME = regex(
    r"(?<=[，,；;：:])(?:去年|上年)(?=\d|为|是|有)|全年|今年|本年度?|当年|年内|(?<!\d)20\d\d年(?!以来|至|到|—|-)"
)


def year_of(before: str, year: int | None) -> int | None:
    """The year a number speaks of: the last one its sentence names before it, unless only compared with."""
    if year is not None and (told := _YEAR_OF_A_BRACKET.search(before)):
        return int(told["year"]) if told["year"].isdigit() else year - 1
    named = [
        (place, y)
        for place, y in years_in(before)
        if not (
            COMPARED_YEAR.search(before[:place])
            or _OF_A_ROW.match(before, place + 4)
            or _INTO.search(before[:place])
            or _SO_MANY_TIMES.match(before, place + 4)
            or _AT_ITS_END.match(before, place + 4)
        )
    ]
    if year is not None:
        first = min(named, default=(len(before), year))[0]
        named += [
            (word.start(), year - 1 if word[1] else year)
            for word in _RELATIVE_YEAR.finditer(before)
            if not COMPARED_YEAR.search(before[: word.start()])
            and not _is_left_behind(before, word.start())
            and not _AT_ITS_END.match(before, word.end())
            and not (word.group() == "当年" and first < word.start())  # 2023年收到3511件，当年办结3486件
            and not (_BY_THE_WAY.match(before, word.start()) and re.search(r"\d", before[: word.start()]))
        ]
    return max(named)[1] if named else year


def _is_left_behind(before: str, place: int) -> bool:
    """许可440件，上年523件；处罚20件: last year's number told beside this year's, before a semicolon that ends it."""
    start = max(before.rfind(mark, 0, place) for mark in "；;") + 1
    told = re.search(r"\d", before[start:place])
    return bool(told and before.startswith(("上", "去"), place) and re.search("[；;]", before[place:]))


@cache
def _scopes() -> tuple[tuple[Callable[[str], re.Match[str] | None], str], ...]:
    return tuple((re.compile(words).search, scope.says) for words, scope in ranked("scopes"))


def scope_of(before: str) -> str:
    """What narrows or shifts the set that is counted, by the words of the sentence before a number; empty for the whole.

    A time of its own ends the scope of an earlier one: 上半年收到9件，全年共22件.
    """
    before = without_brackets(before)
    own_time = max((found.start() for found in _OWN_TIME.finditer(before)), default=-1)
    for search, name in _scopes():
        found = search(before)
        if found and not (name == PART_OF_TIME and found.end() <= own_time):
            return name or found.group()
    return ""
