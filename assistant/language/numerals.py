"""Numbers as Chinese reports write them ↔ ``Decimal``.

``1,950`` · ``1.2万`` · ``14万余`` · ``１２`` · ``百分之五`` · ``1.05%`` · ``三千六百四十六``. A numeral keeps the step
it was written in (0.01 for 1.05, 10000 for 14万), so that comparisons are made at the precision that was claimed.
"""

from __future__ import annotations

import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from assistant.patterns import regex

__all__ = ["ARABIC", "CHINESE", "Numeral", "parse", "plain", "rounded", "write"]

_SCALE = {
    "": Decimal(1),
    "千": Decimal(10) ** 3,
    "万": Decimal(10) ** 4,
    "亿": Decimal(10) ** 8,
    "万亿": Decimal(10) ** 12,
}
# No figure of a report has twenty digits; Decimal reckons exactly with 28.
_LONGEST = 20
_DIGITS = r"[0-9０-９]"
ARABIC = rf"{_DIGITS}{{1,3}}(?:[,，]{_DIGITS}{{3}})+(?:[.．]{_DIGITS}+)?|{_DIGITS}+(?:[.．]{_DIGITS}+)?"
# Numerals of cheques, which no one can alter: 壹佰捌拾伍.
_CHEQUE = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬", "一二三四五六七八九十百千万")
CHINESE = r"[〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬]+(?:点[〇零一二三四五六七八九]+)?"

_DIGIT_OF = {digit: value for value, digits in enumerate(("零〇", "一", "二两", *"三四五六七八九")) for digit in digits}
_UNITS = (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10))
_TENTH = {sign: unit // 10 for sign, unit in _UNITS[:-1]}  # what a digit alone behind it counts: 一万二, 三百五

_ARABIC_NUMBER = regex(rf"(?P<number>[-－]?(?:{ARABIC}))\s*(?P<scale>万亿|[千万亿])?(?P<percent>[%％])?")
_CHINESE_NUMBER = regex(rf"(?P<percent>百分之)?(?P<number>{CHINESE})")


class Numeral(NamedTuple):
    """A number as written. ``value`` of a percentage is in percent (百分之五 → 5); ``step`` is its last written
    place."""

    value: Decimal
    step: Decimal
    percent: bool = False


@lru_cache(maxsize=4096)  # the numerals of a report are mostly small and come again in the next
def parse(text: str) -> Numeral | None:
    """The number that ``text`` as a whole writes; ``None`` when it is not one number."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    found = _ARABIC_NUMBER.fullmatch(text)
    if found:
        plain = unicodedata.normalize("NFKC", found["number"]).replace(",", "").replace("－", "-")
        return _numeral(Decimal(plain), found["scale"] or "", bool(found["percent"]))
    found = _CHINESE_NUMBER.fullmatch(text)
    return _parse_chinese(found["number"].translate(_CHEQUE), bool(found["percent"])) if found else None


def _numeral(number: Decimal, scale: str, percent: bool) -> Numeral:
    exponent = number.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return Numeral(number * _SCALE[scale], step * _SCALE[scale], percent)


def _parse_chinese(text: str, percent: bool) -> Numeral | None:
    if not any(character in text for character in "〇零一二两三四五六七八九十"):
        return None  # a bare 百 or 万 is a word, not a number
    written, _, decimals = text.partition("点")
    whole = _whole(written)
    if whole is None:
        return None
    places = "".join(str(_DIGIT_OF[digit]) for digit in decimals)
    return Numeral(Decimal(f"{whole}.{places}" if places else whole), Decimal(1).scaleb(-len(places)), percent)


def _whole(text: str) -> int | None:
    """三千六百四十六, 二〇二四, 一万二; ``None`` for what no one number is written like, as 百五 or 十十."""
    if all(digit in _DIGIT_OF for digit in text):
        return int("".join(str(_DIGIT_OF[digit]) for digit in text))
    if _COUNTED.fullmatch(text):
        return _counted(text)
    tenths = _DIGIT_OF.get(text[-1], 0) * _TENTH.get(text[-2:-1], 0)
    return _counted(text[:-1]) + tenths if tenths and _COUNTED.fullmatch(text[:-1]) else None


def _counted(text: str) -> int:
    for sign, unit in _UNITS:
        high, found, low = text.partition(sign)
        if found:
            return (_counted(high) or 1) * unit + _counted(low)
    return _DIGIT_OF[text[-1]] if text else 0


def _as_counted() -> str:
    """What a number is written like, level by level; what is left out between two levels may be told by 零, or not."""
    digit, zero = "[一二两三四五六七八九]", "[零〇]"
    tens = f"{digit}?十{digit}?"
    hundreds = f"{digit}百(?:{zero}{digit}|{tens})?"
    thousands = f"{digit}千(?:{zero}(?:{tens}|{digit})|{tens}|{hundreds})?"
    below = f"(?:{thousands}|{hundreds}|{tens}|{digit})"
    myriads = f"{below}万(?:{zero}{digit}|{zero}?(?:{thousands}|{hundreds}|{tens}))?"
    return f"(?:{myriads}|{below})亿(?:{zero}(?:{myriads}|{below})|{myriads}|{hundreds}|{tens})?|{myriads}|{below}"


_COUNTED = regex(_as_counted())


def write(value: Decimal | int) -> str:
    """A non-negative whole number in Chinese numerals: 3646 → 三千六百四十六."""
    written = _written(int(value))
    return written[1:] if written.startswith("一十") else written or "零"


def _written(whole: int) -> str:
    for sign, unit in _UNITS:
        high, low = divmod(whole, unit)
        if high:
            return f"{_written(high)}{sign}{'零' if 0 < low < unit // 10 else ''}{_written(low)}"
    return "零一二三四五六七八九"[whole] if whole else ""


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """``value`` rounded half up to a multiple of ``step``, the way statistics offices do (四舍五入)."""
    return (value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step


def plain(value: Decimal) -> Decimal:
    """A whole number without its places: 0.00 → 0."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def number(value: Decimal | None) -> str:
    """A figure as findings write it: no exponent, no trailing zeros; 空白 for a blank cell."""
    if value is None:
        return "空白"
    return f"{value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize():f}"
