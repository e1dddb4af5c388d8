"""Which units of the library a question names: by full name, by short name (咸安区, 咸安), or not held at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from assistant.language.unit_names import GENERIC, short_names
from assistant.lexicon import said
from assistant.patterns import regex

__all__ = ["NamedUnits", "find_units", "nearest_units", "unit_a_slip_away", "without_left_out"]

BLANK = "　"  # what was understood

_PLACE_LIKE = regex(
    r"(?P<name>[\u4e00-\u9fff]{2,10}?(?:省|自治区|市|区|县|自治州|州|盟|旗|镇|乡|街道|人民政府|政府|委员会|局|厅|办公室))"
)
# What stands before a name without being part of it, and what ends like a place and is none.
_BEFORE_NAME = regex(
    r"^(?:请问|问一下|查一下|查询|帮我|看看|看一下|想知道|告诉我|那么?|和|与|跟|比|在|年|的|我们|咱们)+"
)
_NO_PLACE = regex(
    r"(?:地|社|小|园|校|城|专|战|山|景|灾|辖|全|本|我|各|该|某|哪个|哪|几个|每个|你|咱|这个|那个|不同)(?:省|市|区|县|州|旗|镇|乡|街道|政府)|门市|上市|夜市|集市|行政区|当局|布局|结局|格局|大局|[区县市乡镇]政府$|向政府|对政府"
)
# 政府 after a name (咸安区政府) belongs to it, unless it is its office (政府办), which is another set.
_ITS_GOVERNMENT = regex(r"(?:人民)?政府(?!办|信息|网|公报|采购|集中|规章|部门)(?:的)?")
# 云上咸安, 咸安发布: an app or account that is named after its place.
_OWN_CHANNEL = regex(
    r"(?:云上|掌上|爱|智慧|[“\"])\0|\0(?:发布[”\"]|发布(?:公众号|微信|微博|上|平台|客户端)|融媒|日报|晚报|电视台|之窗|在线|APP|通(?=APP|客户端|上))"
)
_AREA_BEFORE = regex(r"([\u4e00-\u9fff]{2,})[省市区县州盟旗]$")
_NO_AREA = regex(
    r"市(?:场|民|直|级|里|区|内|辖|政)|区(?:域|划|直|级|里|内|间|政|别|分)|县(?:级|城|直|里|域|内|政)|[镇乡](?:街|村|里|级|镇)|州(?:级|直)|旗(?:舰|下)"
)
# 除宿迁外，其他单位: whoever is left out is left out of these.
_OTHERS = regex(
    r"[这那][几一两二三四五六七八九十\d]+[个家]|哪[个家些几]|谁|其[他它余]|别的|剩下|各[个家]?(?:单位|地|区|县|市)|所有|全部|排|最|前[一二两三四五六七八九十\d]"
)
_OTHERS_ALONE = regex(
    r"(?:其[他它余]|别的|剩下|[这那](?=[几两二三四五六七八九十\d]+[个家]))的?(?:几|各|这?[一二两三四五六七八九十\d]+)?[个家]?(?:单位|地方|区县|县区|区|县|市)?(?=[^类项种人])"
)
_AREA_NAMED = regex(r"[省市区县州盟旗镇乡]$|街道$|政府$")


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
        government = _ITS_GOVERNMENT.match(text, at + len(name))
        end = government.end() if government else at + len(name)
        # 咸宁市咸安区: the place in front of a name that needs none is part of it.
        start = at - len(area[0]) if (area := _area_before(text[:at])) else at
        rest = rest[:start] + "　" * (end - start) + rest[end:]
        at = after = end
    unknown = _unknown_place(text) if not units and not candidates else _unknown_beside(rest)
    return NamedUnits(tuple(dict.fromkeys(units)), tuple(dict.fromkeys(candidates)), unknown, rest)


def without_left_out(named: NamedUnits) -> NamedUnits:
    """``named`` with its units among those left out, where that is all they are named for: the others are meant."""
    found = _left_out().search(named.rest) if named.units else None
    if not found:
        return named
    rest = named.rest[: found.start()] + "，" + named.rest[found.end() :]
    if BLANK in rest or not _OTHERS.search(rest):
        return named
    return replace(named, units=(), rest=_OTHERS_ALONE.sub("各单位", rest), left_out=named.units)


@cache
def _left_out() -> re.Pattern[str]:
    taking, names = f"(?:{said('questions', 'taken_away')})", f"{BLANK}+(?:[、和与及]{BLANK}+)*"
    aside = f"(?:这|那)?[一两二三四五六\\d]?[个家]?(?:单位)?(?:都|先)?(?:{taking}|除外)"
    return re.compile(
        f"{taking}(?:了|掉|开)?{names}(?:以外|之外|外|不算|不看)?[，,的]?|(?:把|将)?{names}{aside}(?:了|掉|在外|在内)?[，,的]?"
    )


def _name_at(text: str, at: int, names: _Names, *, after: int | None) -> str:
    """The longest name that begins at ``at``; 区政府 behind a name that is a unit's own is said of that one (``after``
    is none, else where the name before ended)."""
    for length in range(min(names.longest, len(text) - at), 1, -1):
        name = text[at : at + length]
        if name in GENERIC and (after is None or _part_of_a_name(text[after:at])):
            continue
        if name in names.meanings and not _OWN_CHANNEL.search(f"{text[:at]}\0{text[at + length :]}"):
            return name
    return ""


def _part_of_a_name(before: str) -> bool:
    """区政府 behind the name of a place (赤壁区政府) is that place's, whoever else is called so here."""
    return bool(_BEFORE_NAME.sub("", re.split(r"[^\u4e00-\u9fff]|年", before)[-1]))


def _of_another_place(unit: str, name: str, before: str) -> bool:
    """Whether the place right before a name (徐州市鼓楼区) is another than the one in the unit's own name
    (南京市鼓楼区)."""
    own, named, _ = unit.partition(name)
    area = _area_before(before)
    return bool(named and own and area and area[1] not in own)


def _of_another_kind(name: str, behind: str) -> str:
    """县 of 清源县, where 清源区 is held: another place, whose name only begins alike."""
    if _AREA_NAMED.search(name) or not _AREA_NAMED.search(name + behind[:1]):
        return ""
    return "" if _NO_AREA.match(behind) else behind[0]


def _area_before(before: str) -> re.Match[str] | None:
    return _AREA_BEFORE.search(_BEFORE_NAME.sub("", re.split(r"[^\u4e00-\u9fff]|[年和与跟比及的]", before)[-1]))


def _unknown_place(text: str) -> str:
    """A place or organ that the text names before anything else: 赤壁市, 某县民政局; empty when there is none."""
    for found in _PLACE_LIKE.finditer(re.sub(r"[\d\s]+年?|[去今前本]年", "，", text)):
        name = _BEFORE_NAME.sub("", found["name"])
        if len(name) > 2 and not _NO_PLACE.search(name) and _is_name(name):
            return name
    return ""


def _unknown_beside(rest: str) -> str:
    """A place that stands beside the units that are held: 咸安区和赤壁市. An organ right behind a unit is part of
    it."""
    for found in re.finditer(r"(?:^|[、,，和与跟比及])([\u4e00-\u9fff]{2,8}?[省市区县州盟旗])(?![长级直属])", rest):
        name = _BEFORE_NAME.sub("", found[1])
        if len(name) > 2 and not _NO_PLACE.search(name) and _is_place(name):
            return name
    return ""


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


def nearest_units(name: str, held: Iterable[str], limit: int = 3) -> list[str]:
    """The units whose names are most like ``name``, best first; none when nothing is like it."""
    from rapidfuzz import fuzz, process

    bare = _AREA_NAMED.sub("", name)
    found = process.extract(bare or name, list(held), scorer=fuzz.partial_ratio, limit=limit, score_cutoff=50)
    return [unit for unit, _, _ in found]
