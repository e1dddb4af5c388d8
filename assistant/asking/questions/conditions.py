"""Bounds that a question sets: 超过100件, 不到一万元, 有过, 没有."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.figures.numerals import ARABIC, CHINESE, parse

__all__ = ["Condition", "find_condition"]

_COMPARED = (
    (">=", r"大于(?:或|或者)?等于|不少于|不低于|至少|达到|以上"), ("<=", r"小于(?:或|或者)?等于|不超过|不多于|不高于|以下|以内"),
    (">", r"超过|大于|高于|多于|超|突破|逾|过(?=\d)"), ("<", r"少于|低于|小于|不足|不到|没到|没超过|未超过"),
)  # fmt: skip
_NUMBER = rf"(?P<number>(?:{ARABIC})(?:万)?|{CHINESE})\s*(?P<percent>%|％)?\s*(?:件|条|次|起|个|项|元|万元)?"
_NONE = r"(?:没有?|无|零|从未|未)(?:过|发生|出现)?(?=[^公予办处现掌审答缴补完法理　])|为零|是零|为0|是0|没有过|零败诉|没有?(?=　)|有没有"
_SOME = r"有过|(?<=　)过(?!程)|出现过|发生过|(?<!所)有(?!效|关|多少)|出现|发生|不为零"


@dataclass(frozen=True, slots=True)
class Condition:
    """What a figure must be for its year or unit to be listed: ``test`` (``>`` …) and ``bound``; ``counted`` where a number
    was named (超过100件), not 有 or 没有."""

    test: Literal[">", "<", ">=", "<=", "="]
    bound: Decimal
    text: str
    counted: bool = False

    def holds(self, value: Decimal, unit: str) -> bool:
        """Whether ``value``, counted in ``unit``, is so: 900万 and 900 are the same bound of what counts in 万元."""
        tens = unit == "万元" and re.search("[万亿]|(?<!万)元", self.text)
        bound = self.bound / 10_000 if tens else self.bound
        return {
            ">": value > bound, "<": value < bound, ">=": value >= bound, "<=": value <= bound, "=": value == bound,
        }[self.test]  # fmt: skip


def find_condition(text: str) -> tuple[Condition | None, str]:
    """The bound that ``text`` (figures blanked out) sets, and the text without it: 超过100件, 有过, 没有."""
    for test, words in _COMPARED:
        pattern = rf"{_NUMBER}(?:及)?(?:{words})" if test in (">=", "<=") else rf"(?:{words})(?:了)?\s*{_NUMBER}"
        for found in (re.search(pattern, text), re.search(rf"(?:{words})(?:了)?\s*{_NUMBER}", text)):
            if found and (numeral := parse(found["number"])):
                blank = text[: found.start()] + "　" * len(found[0]) + text[found.end() :]
                return Condition(test, numeral.value, found[0].strip(), counted=True), blank  # type: ignore[arg-type]
    if found := re.search(_NONE.removesuffix("|有没有"), text):
        return Condition("=", Decimal(0), "为零"), text.replace(found[0], "　", 1)
    if found := re.search(_SOME, text):
        return Condition(">", Decimal(0), "不为零"), text.replace(found[0], "　", 1)
    return None, text
