"""Which units of the library a question names: by full name, by short name (咸安区, 咸安), or not held at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.language.unit_names import GENERIC, short_names
from assistant.lexicon import phrase
from assistant.patterns import regex

__all__ = ["NamedUnits", "find_units", "nearest_units", "unit_a_slip_away", "without_left_out"]

BLANK = "　"  # what was understood


@dataclass(frozen=True, slots=True)
class NamedUnits:
    """``units`` are full names held by the library, ``candidates`` those that an ambiguous name may mean, ``unknown``
    the place or organ named that is not held; ``rest`` is the question with the names blanked out. ``left_out`` are
    named only to be left out: 除宿迁外，哪个区最多."""

    units: tuple[str, ...]
    candidates: tuple[str, ...]
    unknown: str
    rest: str
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Names:
    """Every name of the units held: those who are called so most closely, and how long the longest name is."""

    meanings: dict[str, tuple[str, ...]]
    longest: int


@lru_cache(maxsize=4)  # a library of thousands is asked many times, and its names seldom change
def _names(held: tuple[str, ...]) -> _Names:
    loose: dict[str, dict[str, int]] = {}
    for unit in held:
        for name, looseness in short_names(unit).items():
            loose.setdefault(name, {})[unit] = looseness
    meanings = {
        name: tuple(unit for unit, looseness in units.items() if looseness == min(units.values()))
        for name, units in loose.items()
    }
    return _Names(meanings, max(map(len, meanings), default=0))


def find_units(text: str, held: Iterable[str]) -> NamedUnits:
    """The units that ``text`` names, longest name first; where none is, the place or organ it names instead."""
    names = _names(tuple(held))
    units: list[str] = []
    candidates: list[str] = []
    rest, at, after, generic = text, 0, 0, True
    while at < len(text):
        name = _name_at(text, at, names, after=after if generic else None)
        if not name:
            at += 1
            continue
        meant = [unit for unit in names.meanings[name] if not _of_another_place(unit, name, text[:at])]
        if another := _of_another_kind(name, text[at + len(name) :]):
            return NamedUnits(tuple(dict.fromkeys(units)), (), f"{name}{another}", rest)
        if not meant:
            at += len(name)
            continue
        (units if len(meant) == 1 else candidates).extend(meant)
        generic = generic and name in GENERIC
        government = phrase("questions", "unit.its_government").match(text, at + len(name))
        end = government.end() if government else at + len(name)
        # 咸宁市咸安区: the place in front of a name that needs none is part of it.
        start = at - len(area[0]) if (area := _area_before(text[:at])) else at
        rest = rest[:start] + "　" * (end - start) + rest[end:]
        at = after = end
    unknown = _unknown_place(text) if not units and not candidates else _unknown_beside(rest)
    return NamedUnits(tuple(dict.fromkeys(units)), tuple(dict.fromkeys(candidates)), unknown, rest)


def without_left_out(named: NamedUnits) -> NamedUnits:
    """``named`` with its units among those left out, where that is all they are named for: the others are meant."""
    found = phrase("questions", "unit.left_out").search(named.rest) if named.units else None
    if not found:
        return named
    rest = named.rest[: found.start()] + "，" + named.rest[found.end() :]
    if BLANK in rest or not phrase("questions", "unit.others").search(rest):
        return named
    return replace(
        named, units=(), rest=phrase("questions", "unit.others_alone").sub("各单位", rest), left_out=named.units
    )


def _name_at(text: str, at: int, names: _Names, *, after: int | None) -> str:
    """The longest name that begins at ``at``; 区政府 behind a name that is a unit's own is said of that one (``after``
    is none, else where the name before ended)."""
    for length in range(min(names.longest, len(text) - at), 1, -1):
        name = text[at : at + length]
        if name in GENERIC and (after is None or _part_of_a_name(text[after:at])):
            continue
        if name in names.meanings and not phrase("questions", "unit.own_channel").search(
            f"{text[:at]}\0{text[at + length :]}"
        ):
            return name
    return ""


def _part_of_a_name(before: str) -> bool:
    """区政府 behind the name of a place (赤壁区政府) is that place's, whoever else is called so here."""
    return bool(_without_small_words(regex(r"\P{Han}|年").split(before)[-1]))


def _of_another_place(unit: str, name: str, before: str) -> bool:
    """Whether the place right before a name (徐州市鼓楼区) is another than the one in the unit's own name
    (南京市鼓楼区)."""
    own, named, _ = unit.partition(name)
    area = _area_before(before)
    return bool(named and own and area and area[1] not in own)


def _of_another_kind(name: str, behind: str) -> str:
    """县 of 清源县, where 清源区 is held: another place, whose name only begins alike."""
    area = phrase("questions", "unit.area_named")
    if area.search(name) or not area.search(name + behind[:1]):
        return ""
    return "" if phrase("questions", "unit.no_area").match(behind) else behind[0]


def _area_before(before: str) -> re.Match[str] | None:
    name = _without_small_words(regex(r"\P{Han}|[年和与跟比及的]").split(before)[-1])
    return phrase("questions", "unit.area_before").search(name)


def _without_small_words(name: str) -> str:
    """A name without what stands before it: 请问咸安区."""
    return phrase("questions", "unit.before_name").sub("", name)


def _unknown_place(text: str) -> str:
    """A place or organ that the text names before anything else: 赤壁市, 某县民政局; empty when there is none."""
    for found in phrase("questions", "unit.place_like").finditer(phrase("questions", "unit.year_told").sub("，", text)):
        name = _without_small_words(found["name"])
        if _may_be_place(name) and _is_name(name):
            return name
    return ""


def _unknown_beside(rest: str) -> str:
    """A place that stands beside the units that are held: 咸安区和赤壁市. An organ right behind a unit is part of
    it."""
    for found in phrase("questions", "unit.beside").finditer(rest):
        name = _without_small_words(found[1])
        if _may_be_place(name) and _is_place(name):
            return name
    return ""


def _may_be_place(name: str) -> bool:
    return len(name) > 2 and not phrase("questions", "unit.no_place").search(name)


def _is_name(name: str) -> bool:
    """Whether the words before the last are a proper name: 赤壁市 is one, 信息公开工作办公室 is none."""
    import rjieba

    tags = [tag for _, tag in rjieba.tag(name)]
    return any(tag.startswith(("ns", "nt", "nr", "nz")) for tag in tags) or len(tags) == 1


def _is_place(name: str) -> bool:
    import rjieba

    return any(tag.startswith("ns") for _, tag in rjieba.tag(name))


def unit_a_slip_away(name: str, held: Iterable[str]) -> str:
    """The one unit with a name of the same length that differs in one character; empty when there is none, or more."""
    near = {
        unit
        for unit in held
        for known in short_names(unit)
        if len(known) == len(name) > 2 and sum(one != other for one, other in zip(known, name, strict=True)) == 1
    }
    return near.pop() if len(near) == 1 else ""


def nearest_units(name: str, held: Iterable[str]) -> list[str]:
    """The three units whose names are most like ``name``, best first; none when nothing is like it."""
    from rapidfuzz import fuzz, process

    bare = phrase("questions", "unit.area_named").sub("", name)
    found = process.extract(bare or name, list(held), scorer=fuzz.partial_ratio, limit=3, score_cutoff=50)
    return [unit for unit, _, _ in found]
