"""Whose place a unit is of, as far as its name tells: 江州市清源区教育局 is an office of 清源区, which is in 江州市."""

from __future__ import annotations

import re

from assistant.patterns import regex
from assistant.text import fold

__all__ = [
    "agree",
    "is_government",
    "is_government_office",
    "level_of",
    "may_make_rules",
    "place_of",
    "places_above",
    "places_in",
    "same_unit",
    "stem_of",
]

_SUFFIX = regex(r"(?:人民政府)?(?:办公厅|办公室|办事处)?$")
_PLACE = regex(r"\p{Han}{2,6}?(?:自治[州县区]|[省市县区旗镇乡州盟]|街道)")


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


# What the name of an organ tells of it: a government or a department, and whether it may make 规章.

_OFFICE = regex(r"政府(?:办公[厅室]|办)$")
_GOVERNMENT = regex(r"(?:人民政府|[省市县区州旗镇乡]|街道办事处|街道)(?:政府)?$")
# 新区, 开发区 and all districts, counties and below have no power to make 规章; a city's name alone does not tell.
_BELOW_CITY = regex(r"(?:(?<!自治)区|县|旗|镇|乡|街道|街道办事处)$")
# 财政部, 审计署, 海关总署: hardly any organ below the State Council is called so.
_CENTRAL = regex(r"^(?:国家|国务院|中华人民共和国|中国|[^省市区县州旗镇乡]{2,9}(?:部|署|总局)$)")


def is_government_office(unit: str) -> bool:
    """某市人民政府办公室: a department by its own report, yet it often reports for the whole government."""
    return bool(_OFFICE.search(unit))


def is_government(unit: str) -> bool:
    """Whether a report is one of a 人民政府 (due 31 March) rather than of a department (due 31 January)."""
    return bool(_GOVERNMENT.search(unit)) and not is_government_office(unit)


_LEVELS = {
    "省级": regex(r"(?:省|自治区)$"),
    "市级": regex(r"[市州盟]$"),
    "县区": regex(r"[区县旗]$"),
    "乡镇": regex(r"(?:[镇乡]|街道)$"),
}


def level_of(unit: str) -> str:
    """省级, 市级, 县区, 乡镇 or 部门, as the name tells; 市 may be a county's level, which no name tells."""
    if not (_is_place(unit) or is_government_office(unit)):
        return "部门"
    stem = stem_of(re.sub("政府办公[厅室]$", "政府", unit))
    return next((level for level, ends in _LEVELS.items() if ends.search(stem)), "部门")


def may_make_rules(unit: str) -> bool:
    """Whether the organ may have the power to make 规章 (《立法法》第九十一条、第九十三条); unsure means yes."""
    core = re.sub(r"(?:人民)?政府(?:办公[厅室]|办)?$", "", unit)
    if not core or _CENTRAL.match(unit):
        return True
    return is_government(unit) or is_government_office(unit) if not _BELOW_CITY.search(core) else False


def same_unit(one: str, other: str) -> bool:
    """Whether two names are one organ's, as far as names tell: 清源区, 清源区人民政府, 江州市清源区人民政府."""
    first, second = (fold(name).removesuffix("人民政府") for name in (one, other))
    return bool(first and second) and (first.endswith(second) or second.endswith(first))
