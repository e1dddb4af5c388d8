"""What the name of an organ tells of it: a government or a department, and whether it may make 规章."""

from __future__ import annotations

import re

from assistant.text import fold

__all__ = ["is_government", "is_government_office", "may_make_rules", "same_unit"]

_OFFICE = re.compile(r"政府(?:办公[厅室]|办)$")
_GOVERNMENT = re.compile(r"(?:人民政府|[省市县区州旗镇乡]|街道办事处|街道)(?:政府)?$")
# 新区, 开发区 and all districts, counties and below have no power to make 规章; a city's name alone does not tell.
_BELOW_CITY = re.compile(r"(?:(?<!自治)区|县|旗|镇|乡|街道|街道办事处)$")
_CENTRAL = re.compile(r"^(?:国家|国务院|中华人民共和国|中国)")


def is_government_office(unit: str) -> bool:
    """某市人民政府办公室: a department by its own report, yet it often reports for the whole government."""
    return bool(_OFFICE.search(unit))


def is_government(unit: str) -> bool:
    """Whether a report is one of a 人民政府 (due 31 March) rather than of a department (due 31 January)."""
    return bool(_GOVERNMENT.search(unit)) and not is_government_office(unit)


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
