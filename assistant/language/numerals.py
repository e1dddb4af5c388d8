"""Numbers as Chinese reports write them ↔ ``Decimal``.

``1,950`` · ``1.2万`` · ``14万余`` · ``１２`` · ``百分之五`` · ``1.05%`` · ``三千六百四十六``. A numeral keeps the step it was
written in (0.01 for 1.05, 10000 for 14万), so that comparisons are made at the precision that was claimed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

__all__ = ["ARABIC", "CHINESE", "Numeral", "parse", "rounded", "write"]

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
CHINESE = r"[〇零一二两三四五六七八九十百千万亿]+(?:点[〇零一二三四五六七八九]+)?"

_ONES = ("", *"一二三四五六七八九")
_TENS = ("", "十", *(f"{ones}十" for ones in _ONES[2:]))
_TO_99 = {f"{ten}{one}": Decimal(10 * tens + ones) for tens, ten in enumerate(_TENS) for ones, one in enumerate(_ONES)}

_ARABIC_NUMBER = re.compile(rf"(?P<number>[-－]?(?:{ARABIC}))\s*(?P<scale>万亿|[千万亿])?(?P<percent>[%％])?")
_CHINESE_NUMBER = re.compile(rf"(?P<percent>百分之)?(?P<number>{CHINESE})")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written. ``value`` of a percentage is in percent (百分之五 → 5); ``step`` is its last written place."""

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
    return _parse_chinese(found["number"], bool(found["percent"])) if found else None


def _numeral(number: Decimal, scale: str, percent: bool) -> Numeral:
    exponent = number.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return Numeral(number * _SCALE[scale], step * _SCALE[scale], percent)


def _parse_chinese(text: str, percent: bool) -> Numeral | None:
    if text in _TO_99:
        return Numeral(_TO_99[text], Decimal(1), percent)
    if not any(character in text for character in "〇零一二两三四五六七八九十"):
        return None  # a bare 百 or 万 is a word, not a number
    import cn2an  # a fifth of a second that most reports need not pay: what they number goes no further than 99

    try:
        value = Decimal(str(cn2an.cn2an(text, "normal")))
    except ValueError:
        return None
    written_places = len(text.partition("点")[2])
    return Numeral(value, Decimal(1).scaleb(-written_places), percent)


def write(value: Decimal | int) -> str:
    """A non-negative whole number in Chinese numerals: 3646 → 三千六百四十六."""
    import cn2an

    return str(cn2an.an2cn(int(value), "low"))


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """``value`` rounded half up to a multiple of ``step``, the way statistics offices do (四舍五入)."""
    return (value / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step


def number(value: Decimal | None) -> str:
    """A figure as findings write it: no exponent, no trailing zeros; 空白 for a blank cell."""
    if value is None:
        return "空白"
    return f"{value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize():f}"
