"""What a question wants done with the figures, and over what: a trend over years, a rank of units, the parts of a
whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.asking.questions.metrics import parts_of
from assistant.asking.questions.periods import Period
from assistant.asking.questions.units import NamedUnits
from assistant.asking.questions.vocabulary import Operation, Over, operation_in
from assistant.asking.questions.wanted import Wanted
from assistant.language.numerals import ARABIC, CHINESE, parse, rounded
from assistant.lexicon import phrase, said
from assistant.patterns import regex

__all__ = ["Condition", "Frame", "find_condition", "find_operation", "first_few"]

# Bounds that a question sets: 超过100件, 不到一万元, 有过, 没有.

_BOUNDS = ((">=", "bound.at_least"), ("<=", "bound.at_most"), (">", "bound.more"), ("<", "bound.less"))
_NUMBER = rf"(?P<number>(?:{ARABIC})(?:万)?|{CHINESE})\s*(?P<percent>%|％)?\s*(?:[件条次起个项元]|万元)?(?![\d倍番])"


# A figure that is told, to be held against the table: 据悉结转125件，请予确认.
_STATED = regex(
    rf"(?P<number>{ARABIC}万?|(?=[〇零一二两三四五六七八九十百千万]{{2}}){CHINESE})\s*(?:[件条次起个项元宗份部]|万元)"
)

_HAS_SO_MANY = regex(rf"有(?:到)?\s*{_NUMBER}\s*没有?(?=[?？]?$)")  # 有一百件没有


@dataclass(frozen=True, slots=True)
class Condition:
    """What a figure must be for its year or unit to be listed: ``test`` (``>`` …) and ``bound``; ``counted`` where a
    number was named (超过100件), not 有 or 没有; ``most`` is the upper bound of a range."""

    test: Literal[">", "<", ">=", "<=", "="]
    bound: Decimal
    text: str
    counted: bool = False
    most: Decimal | None = None

    def holds(self, value: Decimal, unit: str) -> bool:
        """Whether ``value``, counted in ``unit``, is so: 900万 and 900 are the same bound of what counts in 万元."""
        tens = unit == "万元" and re.search("[万亿]|(?<!万)元", self.text)
        bound = self.bound / 10_000 if tens else self.bound
        if self.most is not None and value > (self.most / 10_000 if tens else self.most):
            return False
        return {
            ">": value > bound, "<": value < bound, ">=": value >= bound, "<=": value <= bound, "=": value == bound,
        }[self.test]  # fmt: skip


_BETWEEN = regex(
    rf"(?P<low>{ARABIC})\s*[件起项条个元]?\s*(?:到|至|和|-|—|~|～)\s*(?P<high>{ARABIC})\s*(?:件|起|项|条|个|元|万元|%)?\s*(?:之间|以内的?之间|区间)"
)
# 三分之一, 一半, 六成: bounds of shares.
_FRACTION = regex(
    rf"(?P<whole>{CHINESE})分之(?P<part>{CHINESE})|(?P<half>一半|半数)|(?P<tenths>[一二三四五六七八九])成(?!立|为|效|果)"
)


def _as_percent(found: re.Match[str]) -> str:
    """A share in words as a percentage of as many characters, blanks in front, so that places stay."""
    if found["half"]:
        percent = Decimal(50)
    elif found["tenths"]:
        numeral = parse(found["tenths"])
        percent = numeral.value * 10 if numeral else Decimal(0)
    else:
        whole, part = parse(found["whole"]), parse(found["part"])
        percent = (
            rounded(part.value * 100 / whole.value, Decimal("0.01")) if whole and part and whole.value else Decimal(0)
        )
    return f"{percent}%"


def find_condition(text: str) -> tuple[Condition | None, str]:
    """The bound that ``text`` (figures blanked out) sets, and the text without it: 超过100件, 有过, 没有."""
    if found := _BETWEEN.search(text):
        low, high = (parse(found[side]) for side in ("low", "high"))
        if low and high and low.value < high.value:
            blank = text[: found.start()] + "　" * len(found[0]) + text[found.end() :]
            return Condition(">=", low.value, found[0].strip(), counted=True, most=high.value), blank
    text = _FRACTION.sub(_as_percent, text)
    for test, id in _BOUNDS:
        words = said("questions", id)
        pattern = (
            rf"(?:达到?|在|够|满|上)?\s*{_NUMBER}(?:及)?(?:{words})"
            if test in (">=", "<=")
            else rf"(?:{words})(?:了)?\s*{_NUMBER}"
        )
        for found in (re.search(pattern, text), re.search(rf"(?:{words})(?:了)?\s*{_NUMBER}", text)):
            if found and (numeral := parse(found["number"])):
                blank = text[: found.start()] + "　" * len(found[0]) + text[found.end() :]
                return Condition(test, numeral.value, found[0].strip(), counted=True), blank  # type: ignore[arg-type]
    if (found := phrase("questions", "bound.digits").search(text)) and (
        digits := parse(found["digits"].replace("个", "一").replace("两", "二"))
    ):
        least, most = (Decimal(10) ** (int(digits.value) - less) for less in (1, 0))  # 个位数: nought is one, too
        blank = text[: found.start()] + "　" * len(found[0]) + text[found.end() :]
        return Condition(">=", least if least > 1 else Decimal(0), found[0], counted=True, most=most - 1), blank
    if (found := _HAS_SO_MANY.search(text)) and (numeral := parse(found["number"])):
        blank = text[: found.start()] + "　" * len(found[0]) + text[found.end() :]
        return Condition(">=", numeral.value, found[0].strip(), counted=True), blank
    told = _STATED.search(text) if phrase("questions", "confirms").search(text) else None
    if told and (numeral := parse(told["number"])):
        blank = text[: told.start()] + "　" * len(told[0]) + text[told.end() :]
        return Condition("=", numeral.value, told[0].strip(), counted=True), blank
    if found := phrase("questions", "bound.none").search(text):
        return Condition("=", Decimal(0), "为零"), text.replace(found[0], "　", 1)
    if found := phrase("questions", "bound.some").search(text):
        return Condition(">", Decimal(0), "不为零"), text.replace(found[0], "　", 1)
    return None, text


_BOTH = 2
_FEW = r"(\d{1,2}|[一二两三四五六七八九十])"
_FIRST_FEW = regex(rf"前\s*{_FEW}\s*(?![年期季天日月述]|个[月季])|最[多少高低大小]的\s*{_FEW}\s*[个家名]")


@dataclass(frozen=True, slots=True)
class Frame:
    """Whose reports of which years a question looks at."""

    named: NamedUnits
    period: Period

    @property
    def all_units(self) -> bool:
        """Whether every unit of the library is meant: 哪个单位, 各区; 哪家 where no unit is named; all but one."""
        bare = len(self.named.units) != 1 and phrase("questions", "which_bare").search(self.named.rest)
        return bool(bare or self.named.left_out or phrase("questions", "all_units").search(self.named.rest))

    @property
    def several_units(self) -> bool:
        return self.all_units or len(self.named.units) > 1

    @property
    def several_years(self) -> bool:
        return (self.period.open and self.period.last != 1) or len(self.period.years) > 1

    @property
    def asks_year(self) -> bool:
        return bool(phrase("questions", "which_year").search(self.named.rest))


def first_few(text: str) -> int | None:
    """How many of a ranking are wanted: 前三名, 最少的两个单位."""
    found = _FIRST_FEW.search(text)
    written = (found[1] or found[2]).replace("两", "二") if found else ""
    numeral = parse(written) if written else None
    return int(numeral.value) if numeral else None


def find_operation(frame: Frame, wanted: Wanted, condition: Condition | None) -> tuple[Operation, Over]:
    """What is done with the figures wanted, and over what."""
    chosen = _said(frame, wanted)
    adds_up = wanted.how == "each" and phrase("questions", "adds_up").search(frame.period.rest)
    if wanted.how == "parts" or (adds_up and not frame.several_units):
        return "parts", "parts"
    if (
        frame.all_units
        and chosen not in ("grew_most", "fell_most", "rank", "highest", "lowest")
        and (way := phrase("questions", "which_grew").search(frame.named.rest))
    ):
        return ("grew" if phrase("questions", "more").search(way[0]) else "fell"), "units"
    by_part = phrase("questions", "by_part").search(frame.period.rest)
    if chosen == "rank" and len(frame.named.units) == 1 and by_part:
        return "parts", "applicants" if "人" in by_part[0] else "parts"  # 按结果从多到少排序
    of_rows = condition and phrase("questions", "which_rows").search(frame.period.rest)
    have_rows = wanted.metrics and all(parts_of(readings[0]) for readings in wanted.metrics)
    if of_rows and wanted.how == "each" and have_rows and not frame.several_units:
        return "which", "parts"  # 不予公开里超过3件的是哪几项
    of_applicants = condition and phrase("questions", "applicants").search(frame.period.rest)
    if of_applicants and wanted.how == "each" and len(wanted.metrics) == 1 and not frame.several_units:
        return "which", "applicants"  # 哪类申请人一件都没提
    if chosen in ("highest", "lowest"):
        return chosen, _most_of(frame, wanted)
    if chosen == "rank" and len(frame.named.units) == 1 and len(wanted.metrics) > 1 and wanted.how == "each":
        return "rank", "parts"
    if chosen in ("rank", "apart"):
        return chosen, "units"
    if chosen in ("grew_most", "fell_most"):
        return chosen, "units" if frame.several_units and not frame.asks_year else "years"
    if chosen == "average":
        nobody = not frame.named.units and len(frame.period.years) == 1
        over_units = nobody or (frame.several_units and (len(frame.named.units) > 1 or not frame.several_years))
        return "average", "units" if over_units else "years"
    if condition and (frame.asks_year or frame.several_units or frame.several_years):
        return "which", "units" if frame.several_units and not frame.asks_year else "years"
    return _of_values(frame, wanted, chosen)


def _said(frame: Frame, wanted: Wanted) -> Operation:
    """The operation that the words name, where they are not said of something else."""
    text, units, years = frame.period.rest, frame.named.units, frame.period.years
    chosen = operation_in(text)
    if chosen in ("value", "highest", "lowest") and len(wanted.metrics) == 1 and wanted.how == "each":
        if len(units) == 2 and phrase("questions", "equal_asked").search(text):
            return "apart"  # 咸安和洪泽办结一样多吗
        if len(units) == 1 and len(years) == 2 and phrase("questions", "equal_asked").search(text):
            return "change"
    if phrase("questions", "times").search(text) and chosen in ("value", "change", "trend") and wanted.how == "each":
        if len(units) == 2 and not frame.several_years:
            return "apart"
        return "value" if frame.several_units or len(wanted.metrics) == 2 else "change"
    if chosen == "value" and len(years) == 2 and phrase("questions", "compared").search(text):
        chosen = "change"
    if (
        chosen in ("value", "change")
        and len(units) == 2
        and len(wanted.metrics) == 1
        and phrase("questions", "beside_each_other").search(frame.named.rest)
    ):
        return "apart"  # 宿迁跟咸安比
    if (
        chosen == "change"
        and len(years) != 2
        and (frame.period.every or len(years) > 2)
        and phrase("questions", "year_by_year").search(frame.named.rest)
    ):
        return "trend"  # 逐年下降吗
    if chosen == "change" and (
        wanted.how == "difference" or (phrase("questions", "apart").search(text) and len(units) == 2)
    ):
        return "value"
    return chosen


def _of_values(frame: Frame, wanted: Wanted, chosen: Operation) -> tuple[Operation, Over]:
    """What is done with values that no order, mean or bound is asked of."""
    text, years = frame.period.rest, frame.period.years
    if chosen in ("value", "parts") and len(frame.named.units) == 2 and phrase("questions", "apart").search(text):
        return "apart", "units"
    summed = phrase("questions", "sum_asked").search(text) or (
        phrase("questions", "whole_number").search(text) and not frame.period.every
    )
    if summed and chosen != "change" and wanted.how == "each" and (frame.several_years or frame.several_units):
        return "total", "years" if frame.several_years else "units"
    divided = any(phrase("questions", id).search(text) for id in ("which_part", "made_of"))
    if chosen == "parts" and not divided and (frame.several_years or frame.several_units):
        chosen = "value"  # 2023、2024年分别是多少
    if chosen == "parts":
        return "parts", "applicants" if phrase("questions", "applicants").search(text) else "parts"
    if phrase("questions", "applicants").search(text) and chosen == "value" and wanted.how == "each":
        return "parts", "applicants"
    if chosen == "trend" and len(years) in (1, 2):
        return "change", ""  # 2024年有什么变化, 2023到2024年的变化
    over_years = frame.several_years and len(years) != 2
    return ("trend", "") if chosen == "value" and over_years else (chosen, "")


def _most_of(frame: Frame, wanted: Wanted) -> Over:
    """What 最多 is the most of: years, units, applicants, or the parts of a figure."""
    text = frame.named.rest
    if frame.asks_year:
        return "years"
    if phrase("questions", "applicants").search(text):
        return "applicants"
    if len(wanted.metrics) == _BOTH and len(frame.named.units) == 1:
        return "parts"  # 信访投诉和重复申请谁多
    if phrase("questions", "which_unit").search(text) or frame.several_units:
        return "units"
    if phrase("questions", "which_part").search(text) or len(wanted.metrics) > 1:
        return "parts"
    return "parts" if len(frame.period.years) == 1 and not frame.period.open else "years"
