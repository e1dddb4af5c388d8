"""Whose place a unit is of, as far as its name tells: 江州市清源区教育局 is an office of 清源区, which is in 江州市."""

from __future__ import annotations

import re

__all__ = ["agree", "place_of", "places_above", "places_in", "stem_of"]

_SUFFIX = re.compile(r"(?:人民政府)?(?:办公厅|办公室|办事处)?$")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:自治[州县区]|[省市县区旗镇乡州盟]|街道)")


def stem_of(unit: str) -> str:
    """A unit's name without 人民政府, 办公室, 办事处: 江州市清源区."""
    return _SUFFIX.sub("", unit)


def places_in(stem: str) -> list[str]:
    """The places that a name is made of: 江州市, 清源区."""
    return _PLACE.findall(stem)


def places_above(unit: str) -> tuple[str, ...]:
    """The place whose government stands right above a unit, with those above it as far as the name tells: 清源区 for
    清源区教育局 and for 清源区城关镇人民政府."""
    return place_of(unit)[:-1] if _is_place(unit) else tuple(places_in(stem_of(unit)))


def place_of(unit: str) -> tuple[str, ...]:
    """The place that a government speaks for, with those above it; nothing for a department."""
    return tuple(places_in(stem_of(unit))) if _is_place(unit) else ()


def _is_place(unit: str) -> bool:
    stem = stem_of(unit)
    return bool(places := places_in(stem)) and stem.endswith(places[-1])


def agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names of places may be of the same: 清源区, 江州市清源区."""
    common = min(len(one), len(other))
    return one[len(one) - common :] == other[len(other) - common :]
