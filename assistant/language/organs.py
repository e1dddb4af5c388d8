"""Whose place a unit is of, as far as its name tells: 江州市清源区教育局 is an office of 清源区, which is in 江州市."""

from __future__ import annotations

from assistant.lexicon import entries, phrase
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


def stem_of(unit: str) -> str:
    """A unit's name without 人民政府, 办公室, 办事处: 江州市清源区."""
    return phrase("units", "office_behind").sub("", unit)


def places_in(stem: str) -> list[str]:
    """The places that a name is made of: 江州市, 清源区."""
    return phrase("units", "place").findall(stem)


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


def is_government_office(unit: str) -> bool:
    """某市人民政府办公室: a department by its own report, yet it often reports for the whole government."""
    return bool(phrase("units", "government_office").search(unit))


def is_government(unit: str) -> bool:
    """Whether a report is one of a 人民政府 (due 31 March) rather than of a department (due 31 January)."""
    return bool(phrase("units", "government").search(unit)) and not is_government_office(unit)


def level_of(unit: str) -> str:
    """省级, 市级, 县区, 乡镇 or 部门, as the name tells; 市 may be a county's level, which no name tells."""
    if not (_is_place(unit) or is_government_office(unit)):
        return "部门"
    stem = stem_of(phrase("units", "office_of_government").sub("政府", unit))
    levels = (each for each in entries("units") if each.kind == "level")
    return next((each.says for each in levels if phrase("units", each.id).search(stem)), "部门")


def may_make_rules(unit: str) -> bool:
    """Whether the organ may have the power to make 规章 (《立法法》第九十一条、第九十三条); unsure means yes."""
    core = phrase("units", "government_end").sub("", unit)
    if not core or phrase("units", "central").match(unit):
        return True
    below_city = phrase("units", "below_city").search(core)
    return not below_city and (is_government(unit) or is_government_office(unit))


def same_unit(one: str, other: str) -> bool:
    """Whether two names are one organ's, as far as names tell: 清源区, 清源区人民政府, 江州市清源区人民政府."""
    first, second = (fold(name).removesuffix("人民政府") for name in (one, other))
    return bool(first and second) and (first.endswith(second) or second.endswith(first))
