"""Numbers that are told by another year's: 由455件增至530件, 比上年增加75件, 同比增长16.48%."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from assistant.figures.mentions import years_in
from assistant.language.sentences import without_brackets
from assistant.lexicon import phrase, ranked
from assistant.lexicon.match import tokens_in
from assistant.patterns import regex

__all__ = [
    "CHANNEL",
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
    if phrase("comparisons", "arrow").match(behind):
        return Comparison("from", _before_an_arrow(clause))  # 申请总量（162件→185件）
    if phrase("comparisons", "up_to").fullmatch(behind) and phrase("comparisons", "moved").search(clause):
        return Comparison("from", _before_an_arrow(clause))  # 申请量上升（8件到10件）
    if phrase("comparisons", "goes_to").match(behind):
        return Comparison("from", phrase("comparisons", "from").sub("", clause))  # 无法提供（13件增至32件）
    if phrase("comparisons", "arrow").fullmatch(clause) or (
        phrase("comparisons", "up_to").fullmatch(clause) and phrase("comparisons", "first_in_bracket").search(before)
    ):
        return Comparison("to", "")
    year_on_year = phrase("comparisons", "year_on_year")
    found = phrase("comparisons", "moved_first").match(clause)
    if found and year_on_year.search(before) and tokens_in(clause[found.end() :]):
        # 比上年减少处罚5件、强制1件
        return Comparison("change", clause[found.end() :], -1 if "少" in found["way"] else 1, leads=True)
    if found := phrase("comparisons", "from").search(clause):
        return Comparison("from", clause[: found.start()])
    if found := phrase("comparisons", "went_to").search(clause):
        return Comparison("to", phrase("comparisons", "from_before").sub("", clause[: found.start()]))
    if found := phrase("comparisons", "base").search(clause):
        return Comparison("base", clause[: found.start()])
    if follows_a_figure and (found := phrase("comparisons", "more_than_then").fullmatch(clause)):
        return Comparison("change", "", 1 if found["way"] in "多高" else -1)
    found = phrase("comparisons", "change").search(clause) or phrase("comparisons", "change_alone").fullmatch(clause)
    if not found and follows_a_figure and phrase("comparisons", "sign_in_bracket").search(before):
        return Comparison("change", "", direction_of(clause))  # 办结30件（↑3件）
    if not found and year_on_year.search(before) and tokens_in(clause):
        found = phrase("comparisons", "moves_barely").search(clause)  # 与上年相比，许可增84件
    if phrase("comparisons", "than_another").search(clause):
        return None  # 新收比办结多1件
    led = follows_a_figure or year_on_year.search(before) or clause.endswith("了")
    if not found or not led or phrase("comparisons", "other_base").search(clause):
        return None
    return Comparison("change", year_on_year.sub("", clause[: found.start()]), direction_of(found.group()))


def direction_of(clause: str) -> int:
    """1 for a rise, −1 for a fall, 0 where the words tell neither."""
    if sign := phrase("comparisons", "sign").search(clause):
        return 1 if sign["sign"] in "+＋↑" else -1
    ways = (("up", 1), ("down", -1))
    told = ((found.start(), sign) for id, sign in ways for found in phrase("comparisons", id).finditer(clause))
    return max(told, default=(0, 0))[1]


def is_base(before: str) -> bool:
    """Whether the number behind these words is another year's that is compared with: 6件，较上年3件翻番."""
    return bool(phrase("comparisons", "base").search(before))


def is_yoy(clause: str, before: str, follows_a_figure: bool) -> bool:
    """Whether a percentage at the end of ``clause`` compares with last year; a bare 增幅8% right behind a figure does."""
    if phrase("comparisons", "no_change").search(clause) or not direction_of(clause):
        return False
    year_on_year = phrase("comparisons", "year_on_year")
    if year_on_year.search(clause) or (phrase("comparisons", "sign").search(clause) and follows_a_figure):
        return True
    if phrase("comparisons", "named_amount").search(clause) and "年" not in clause:
        return True  # 处罚增幅为20.8%
    opens = phrase("comparisons", "trend").match(phrase("comparisons", "opening").sub("", clause))
    of_a_figure = follows_a_figure and not phrase("comparisons", "other_base").search(before)
    return bool(opens and (of_a_figure or year_on_year.search(before)))


def without_comparison(clause: str) -> str:
    """The words of a clause that name what is compared."""
    return phrase("comparisons", "trend").sub("", phrase("comparisons", "year_on_year").sub("", clause))


def _before_an_arrow(clause: str) -> str:
    """强制略增（388→412）, 制发降25%（8→6）: what moves, without the word for its direction."""
    return phrase("comparisons", "moved").sub("", phrase("comparisons", "year_on_year").sub("", clause))


# Which year a number speaks of, and which set: the whole of the table, or some part that the table does not tell.

PART_OF_TIME = "时段"
CHANNEL = "渠道"
IN_A_YEAR = {"月": 12, "季": 4}


def year_of(before: str, year: int | None) -> int | None:
    """The year a number speaks of: the last one its sentence names before it, unless only compared with."""
    if year is not None and (told := phrase("comparisons", "year_of_a_bracket").search(before)):
        return int(told["year"]) if told["year"].isdigit() else year - 1
    named = [
        (place, y)
        for place, y in years_in(before)
        if not (
            phrase("comparisons", "compared_year").search(before[:place])
            or phrase("comparisons", "into").search(before[:place])
            or phrase("comparisons", "year_of_a_row").match(before, place + 4)
        )
    ]
    if year is not None:
        first = min(named, default=(len(before), year))[0]
        named += [
            (word.start(), year - 1 if word[1] else year)
            for word in phrase("comparisons", "relative_year").finditer(before)
            if not phrase("comparisons", "compared_year").search(before[: word.start()])
            and not _is_left_behind(before, word.start())
            and not phrase("comparisons", "at_its_end").match(before, word.end())
            and not (word.group() == "当年" and first < word.start())  # 2023年收到3511件，当年办结3486件
            and not (
                phrase("comparisons", "by_the_way").match(before, word.start())
                and re.search(r"\d", before[: word.start()])
            )
        ]
    return max(named)[1] if named else year


def _is_left_behind(before: str, place: int) -> bool:
    """许可440件，上年523件；处罚20件: last year's number told beside this year's, before a semicolon that ends it."""
    start = max(before.rfind(mark, 0, place) for mark in "；;") + 1
    told = re.search(r"\d", before[start:place])
    return bool(told and before.startswith(("上", "去"), place) and re.search("[；;]", before[place:]))


@cache
def _scopes() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((regex(words), scope.says) for words, scope in ranked("scopes"))


def scope_of(before: str) -> str:
    """What narrows or shifts the set that is counted, by the words of the sentence before a number; empty for the whole.

    A time of its own ends the scope of an earlier one: 上半年收到9件，全年共22件.
    """
    before = without_brackets(before)
    own_time = max((found.start() for found in phrase("comparisons", "own_time").finditer(before)), default=-1)
    for pattern, name in _scopes():
        found = pattern.search(before)
        if found and not (name == PART_OF_TIME and found.end() <= own_time):
            return name or found.group()
    return ""
