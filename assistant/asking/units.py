"""Which units of the library a question names: by full name, by short name (咸安区, 咸安), or not held at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["NamedUnits", "find_units", "short_names"]

_GOVERNMENT = re.compile(r"(?:人民政府|政府)(办公[厅室])?$")
_AREA = re.compile(r"[省市区县州盟旗]")
_PLACE_LIKE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,10}?(?:省|自治区|市|区|县|自治州|州|盟|旗|镇|乡|街道|人民政府|委员会|局|厅|办公室))"
)
# What stands before a name without being part of it, and what ends like a place and is none.
_BEFORE_NAME = re.compile(r"^(?:请问|问一下|查一下|查询|帮我|看看|看一下|想知道|告诉我|那么?|和|与|在|年|的)+")
_NO_PLACE = re.compile(
    r"(?:地|社|小|园|校|城|专|战|山|景|灾|辖|全|本|我|各|该|某|哪个|哪|几个|每个|你|咱|这个|那个|不同)(?:省|市|区|县|州|旗|镇|乡|街道)|门市|上市|夜市|集市|行政区|当局|布局|结局|格局|大局"
)


@dataclass(frozen=True, slots=True)
class NamedUnits:
    """``units`` are full names held by the library, ``candidates`` those that an ambiguous name may mean, ``unknown``
    the place or organ named that is not held; ``rest`` is the question with the names blanked out."""

    units: tuple[str, ...]
    candidates: tuple[str, ...]
    unknown: str
    rest: str


def short_names(unit: str) -> dict[str, int]:
    """What people call a unit, with how loosely (0: its full name).

    淮安市洪泽区人民政府 → 淮安市洪泽区 (1), 洪泽区 (1), 洪泽 (2); 上海市人民政府办公厅 → 上海市政府办公厅 (1), 上海市 (3).
    """
    names = {unit: 0}
    government = _GOVERNMENT.search(unit)
    place = _GOVERNMENT.sub("", unit) if government else unit
    office = government[1] if government else None
    tails = [place[cut.end() :] for cut in _AREA.finditer(place[:-1]) if len(place) - cut.end() >= 2]
    for name in (place, *tails):
        if office:
            names |= dict.fromkeys(
                (f"{name}{word}" for word in (f"政府{office}", "政府办", "府办", f"人民政府{office}")), 1
            )
        names.setdefault(name, 3 if office else 1)
        stem = name[:-1] if len(name) > 2 and _AREA.fullmatch(name[-1]) else ""
        if stem and not _AREA.search(stem):
            names.setdefault(stem, 4 if office else 2)
    return names


def find_units(text: str, held: Iterable[str]) -> NamedUnits:
    """The units that ``text`` names, longest name first; where none is, the place or organ it names instead."""
    meanings: dict[str, dict[str, int]] = {}
    for unit in held:
        for name, looseness in short_names(unit).items():
            meanings.setdefault(name, {})[unit] = looseness
    units: list[str] = []
    candidates: list[str] = []
    rest = text
    names = "|".join(re.escape(name) for name in sorted(meanings, key=len, reverse=True))
    # 政府 after a name (咸安区政府) belongs to it, unless it is its office (政府办), which is another set.
    for found in re.finditer(rf"({names})(?:(?:人民)?政府(?!办|信息))?", text) if names else ():
        meant = meanings[found[1]]
        closest = [unit for unit, looseness in meant.items() if looseness == min(meant.values())]
        (units if len(closest) == 1 else candidates).extend(closest)
        rest = rest[: found.start()] + "　" * (found.end() - found.start()) + rest[found.end() :]
    unknown = "" if units or candidates else _unknown_place(text)
    return NamedUnits(tuple(dict.fromkeys(units)), tuple(dict.fromkeys(candidates)), unknown, rest)


def _unknown_place(text: str) -> str:
    """A place or organ that the text names before anything else: 赤壁市, 某县民政局; empty when there is none."""
    for found in _PLACE_LIKE.finditer(re.sub(r"[\d\s]+年?|[去今前本]年", "，", text)):
        name = _BEFORE_NAME.sub("", found["name"])
        if len(name) > 2 and not _NO_PLACE.search(name) and _is_name(name):
            return name
    return ""


def _is_name(name: str) -> bool:
    """Whether the words before the last are a proper name: 赤壁市 is one, 信息公开工作办公室 is none."""
    import rjieba

    tags = [tag for _, tag in rjieba.tag(name)]
    return any(tag.startswith(("ns", "nt", "nr", "nz")) for tag in tags) or len(tags) == 1
