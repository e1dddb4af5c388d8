"""W112 in the body of a report: other places' governments, the unit's own name misspelt, governments of another level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from assistant.language.key_terms import Index, Term, index_of, near_misses
from assistant.language.organs import places_in, stem_of
from assistant.language.prose import Prose
from assistant.lexicon import phrase
from assistant.lexicon.data import load
from assistant.patterns import regex
from assistant.rules.base import Hit, hit_at

__all__ = ["hits_on_places"]

_LEVELS = {"省": 0, "市": 1, "州": 1, "盟": 1, "县": 2, "区": 2, "旗": 2, "镇": 3, "乡": 3, "街道": 3}
_CITY = 1
_SEVERAL = frozenset("全多某该的地个市县区省乡镇州旗两三四五六七八九十各") | frozenset(
    ["各级", "所辖", "下辖", "部分", "有关", "相关", "个别", "其他", "其它", "先进", "兄弟", "试点", "几个", "一些"]
)
_LONGEST_CITY = 4
_OTHER_LEVEL = {"区": "not_of_district", "县": "not_of_county", "市": "not_of_city"}
_LONGEST_NAME = 8


class _Place(NamedTuple):
    """A place that the unit is, or is in: 清源, 区."""

    stem: str
    level: str

    @property
    def name(self) -> str:
        return self.stem + self.level

    @property
    def rank(self) -> int:
        return _LEVELS[self.level]


def hits_on_places(paragraphs: Sequence[Prose], unit: str) -> Iterator[Hit]:
    """Names of places and governments in the body that are not the unit's."""
    whole = "\n".join(paragraph.text for paragraph in paragraphs)
    chain = _chain(unit, whole)
    if not chain:
        return
    names = index_of(Term(name, fixed=True) for name in dict.fromkeys((unit, stem_of(unit))) if len(name) > 4)
    for paragraph in paragraphs:
        told: set[int] = set()
        for hit in (*_misspelt(paragraph, names), *_nearly_own(paragraph, chain)):
            if not told.intersection(places := range(hit.marks[0].start, hit.marks[0].end)):
                told.update(places)
                yield hit
        for found in phrase("units", "government_of_level").finditer(paragraph.text):
            if found.start() not in told:
                yield from _of_another(paragraph, found, chain, whole)
        yield from _of_another_city(paragraph, chain, unit)
        yield from _of_another_level(paragraph, chain[-1], whole)


def _of_another_city(paragraph: Prose, chain: Sequence[_Place], unit: str) -> Iterator[Hit]:
    """方便南通市民, “宜宾发布”: the people or the account of a city that the unit is not in."""
    for found in phrase("units", "people_of").finditer(paragraph.text):
        before = paragraph.text[max(0, found.start() - _LONGEST_CITY) : found.start()]
        name = next((before[-length:] for length in range(_LONGEST_CITY, 1, -1) if before[-length:] in _cities()), "")
        if not name or name in unit or any(place.stem == name for place in chain):
            continue
        if not phrase("units", "named_on_purpose").search(paragraph.sentence_at(found.start())):
            right, written = chain[-1].name, name + found.group()
            message = f"文中写作“{written}”，不是本单位所在的{right}"
            start = found.start() - len(name)
            yield hit_at(start, found.end(), paragraph, message, right, written)._replace(severity="warning")


@cache
def _cities() -> frozenset[str]:
    return frozenset(load("cities")["names"].split())


def _of_another_level(paragraph: Prose, own: _Place, whole: str) -> Iterator[Hit]:
    """全县 and 我县 in the report of a district, 我区 in that of a county."""
    other = _OTHER_LEVEL.get(own.level)
    for found in phrase("units", other).finditer(paragraph.text) if other else ():
        if "自治区" in whole or phrase("units", "named_on_purpose").search(paragraph.sentence_at(found.start())):
            continue
        meant = found.group()[0] + own.level
        message = f"{own.name}的报告写作“{found.group()}”，应为“{meant}”"
        yield hit_at(*found.span(), paragraph, message, meant, found.group())._replace(severity="warning")


def _chain(unit: str, whole: str) -> tuple[_Place, ...]:
    """The places in the unit's name from above, with the one above the highest where the text tells it: 江州市清源区."""
    names = [name.rpartition("局")[2] for name in places_in(stem_of(unit))]
    other = phrase("units", "not_of_a_place")
    chain = [place for name in names if (place := _place(name)) and not other.search(place.stem)]
    if chain and chain[0].rank > _CITY and any(f"{mark}{chain[0].name}" in whole for mark in "市州盟"):
        above = regex(rf"(\p{{Han}}{{2,3}}?)([市州盟]){re.escape(chain[0].name)}").search(whole)
        if above:
            chain.insert(0, _Place(above[1], above[2]))
    return tuple(chain)


def _place(name: str) -> _Place | None:
    level = next((level for level in _LEVELS if name.endswith(level)), None)
    stem = name.removesuffix(level or "").removesuffix("自治")
    return _Place(stem, name[len(stem) :]) if level and name[len(stem) :] in _LEVELS and len(stem) > 1 else None


def _misspelt(paragraph: Prose, names: Index) -> Iterator[Hit]:
    for slip in near_misses(paragraph.text, names):
        if not phrase("units", "named_on_purpose").search(paragraph.sentence_at(slip.start)):
            yield _wrong_name(paragraph, slip.start, slip.end, slip.term.words)


def _one_character_off(text: str, place: _Place) -> Iterator[tuple[int, int]]:
    """Where a text has the name of a place with one character of it wrong; no pattern, for every unit would need its
    own."""
    length, at = len(place.stem), text.find(place.level)
    while at >= 0:
        written = text[max(0, at - length) : at]
        wrong = [one for one, right in zip(written, place.stem, strict=False) if one != right]
        if len(written) == length and len(wrong) == 1 and "\u4e00" <= wrong[0] <= "\u9fff":
            yield at - length, at + len(place.level)
        at = text.find(place.level, at + 1)


def _nearly_own(paragraph: Prose, chain: Sequence[_Place]) -> Iterator[Hit]:
    """清原区 for 清源区: no word that the dictionary knows, or right behind the name of the place above."""
    text = paragraph.text
    for place in chain:
        for start, end in _one_character_off(text, place):
            above = next((each for each in chain if each.rank < place.rank and text[:start].endswith(each.name)), None)
            on_purpose = phrase("units", "named_on_purpose").search(text)
            if above is None and (on_purpose or _is_known(text[start:end], text[:start])):
                continue
            hit = _wrong_name(paragraph, start, end, place.name)
            yield hit if above else hit._replace(severity="warning")


def _is_known(name: str, before: str) -> bool:
    """Whether the characters are words of the dictionary, alone or with those beside them."""
    import rjieba

    stem = name[:-1]
    pairs = (stem[at : at + 2] for at in range(len(stem) - 1))
    return any(map(rjieba.has_word, (stem, name, *pairs, before[-1:] + stem[0], stem[-1] + name[-1])))


def _wrong_name(paragraph: Prose, start: int, end: int, right: str) -> Hit:
    written = paragraph.text[start:end]
    return hit_at(start, end, paragraph, f"“{written}”疑为“{right}”，与本单位的名称只差一字", right, written)


def _of_another(paragraph: Prose, found: re.Match[str], chain: Sequence[_Place], whole: str) -> Iterator[Hit]:
    """A government whose place is none of the unit's, or that is of a level which the unit has none of above it."""
    level, start = found["level"], found.start()
    rank = _LEVELS[level]
    mine = [place for place in chain if place.rank == rank]
    if not mine or (rank == _CITY and chain[-1].rank == _CITY and not _has_counties(whole)):
        return  # a city's own city above it, or one that its name does not tell
    before = paragraph.text[max(0, start - _LONGEST_NAME) : start]
    if any(before.endswith((place.stem, place.stem + "自治")) for place in mine):
        return
    name, bare = _name_before(before, level)
    if not name and (not bare or any(place.level == level for place in mine)):
        return
    if phrase("units", "named_on_purpose").search(paragraph.sentence_at(start)):
        return
    right = mine[-1].name
    if name:
        written = f"{name}{level}{found['organ']}"
        message = f"文中写作“{written}”，不是本单位所在的{right}"
        yield hit_at(start - len(name), found.end(), paragraph, message, right, written)._replace(severity="warning")
    elif level != "区" or "自治区" not in whole:  # 区党委 is the autonomous region's
        written, meant = found.group(), f"{mine[-1].level}{found['organ']}"
        yield hit_at(start, found.end(), paragraph, f"{right}的报告写作“{written}”", meant, written)


def _has_counties(whole: str) -> bool:
    """Whether a city's report speaks of the counties or districts below it."""
    return bool(phrase("units", "has_counties").search(whole))


def _name_before(before: str, level: str) -> tuple[str, bool]:
    """The name of the place whose level follows, and whether there is none: 公众查找宜宾 has one, 围绕 none, 各 several."""
    import rjieba

    words = rjieba.tag(before + level)
    last, _ = words[-1]
    if last != level:
        stem = last.removesuffix(level)
        return (stem, False) if words[-1][1] == "ns" and len(stem) > 1 else ("", False)
    if len(words) == 1:
        return "", True
    word, kind = words[-2]
    if kind == "ns" and len(word) > 1:
        return word, False
    if phrase("units", "level_before").search(before) or word in _SEVERAL:
        return "", False
    return "", len(word) > 1 or kind in ("x", "p", "c", "d", "w", "v")
