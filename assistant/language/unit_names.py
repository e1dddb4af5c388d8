"""What people call the organs that publish reports: 咸安区, 咸安, 区政府, 市监局."""

from __future__ import annotations

from functools import cache

from assistant.lexicon import entries, phrase

__all__ = ["GENERIC", "short_names"]

# What area a place is → what its government is called by those who live there, when there is only one of it.
_KINDS = {"省": "省", "市": "市", "区": "区", "县": "县", "州": "州", "旗": "旗", "镇": "镇", "乡": "乡", "道": "街道"}
_GOVERNMENTS = frozenset(
    f"{front}{kind}{tail}"
    for kind in _KINDS.values()
    for front, tail in (
        ("", "政府"),
        ("", "人民政府"),
        ("我", ""),
        ("我", "政府"),
        ("本", ""),
        ("咱", ""),
        ("咱们", ""),
    )
)
# 市政府办公室 of those who live there, as 市政府.
_OFFICES = {
    kind: tuple(
        f"{kind}{word}" for word in ("政府办公室", "政府办公厅", "人民政府办公室", "人民政府办公厅", "政府办", "府办")
    )
    for kind in _KINDS.values()
}
GENERIC = _GOVERNMENTS | {name for names in _OFFICES.values() for name in names}


@cache
def _organs() -> dict[str, tuple[str, ...]]:
    """How an organ's name ends → the names that everybody uses for it."""
    return {each.says: each.words for each in entries("organ_names")}


def short_names(unit: str) -> dict[str, int]:
    """What people call a unit, with how loosely (0: its full name).

    淮安市洪泽区人民政府 → 淮安市洪泽区 (1), 洪泽区 (1), 洪泽 (2), 区政府 (5); 上海市人民政府办公厅 → 上海市政府办公厅
    (1), 上海市 (3); 清源区市场监督管理局 → 清源区市监局 (1), 清源市监局 (2), 市监局 (4).
    """
    names = {unit: 0}
    government = phrase("units", "government_name_end").search(unit)
    place = phrase("units", "government_name_end").sub("", unit) if government else unit
    office = government[1] if government else None
    for name in (place, *_tails(place)):
        if office:
            for word in (f"政府{office}", "政府办", "府办", f"人民政府{office}"):
                names.setdefault(f"{name}{word}", 1)
        names.setdefault(name, 3 if office else 1)
        if stem := _stem(name):
            names.setdefault(stem, 4 if office else 2)
            if office:
                names |= {f"{stem}{word}": 2 for word in (f"政府{office}", office, "政府办", "府办")}
            if not office:
                names.setdefault(f"{stem}政府", 2)
    if not office and place[-1] in _KINDS:
        names |= dict.fromkeys((word for word in _GOVERNMENTS if _KINDS[place[-1]] in word), 5)
    if office and place[-1] in _KINDS:
        names |= {word: 5 for word in _OFFICES[_KINDS[place[-1]]] if office in word or not word.endswith(("室", "厅"))}
    if not government:
        for name, looseness in _organ_names(place).items():
            names.setdefault(name, looseness)
    return names


def _tails(place: str) -> list[str]:
    """清源区财政局, 财政局 of 江州市清源区财政局."""
    return [place[cut.end() :] for cut in phrase("units", "area").finditer(place[:-1]) if len(place) - cut.end() >= 2]


def _stem(name: str) -> str:
    """洪泽 of 洪泽区, 恩施 of 恩施土家族苗族自治州; empty when nothing that stands alone is left."""
    bare = phrase("units", "kind_of_place").sub("", name)
    if bare == name:
        return ""
    people = phrase("units", "ethnic").search(bare)
    bare = bare[: people.start()] if people and people.start() >= 2 else bare
    return bare if len(bare) >= 2 and not phrase("units", "area").search(bare) else ""


def _organ_names(place: str) -> dict[str, int]:
    """Names with the organ's short form, and with the place's: 清源区市监局, 清源市监局, 市监局."""
    organ = next((full for full in _organs() if place.endswith(full)), "")
    cuts = [cut.end() for cut in phrase("units", "area").finditer(place[:-1])]
    start = len(place) - len(organ) if organ else max(cuts, default=0)
    own = place[start:]
    if not start or not own or own[-1] in _KINDS:
        return {}
    shorts = (own, *_organs().get(organ, ()))
    areas = (place[:start], *_tails(place[:start]))
    names: dict[str, int] = {}
    for short in shorts:
        for area in areas:
            names.setdefault(f"{area}{short}", 1)
            if stem := _stem(area):
                names.setdefault(f"{stem}{short}", 2)
        if not short.startswith("街道"):  # every place has its 街道
            names.setdefault(short, 4)
            names |= {f"{front}{short}": 4 for front in ("区", "县", "市", "省") if areas[0].endswith(front)}
    return names
