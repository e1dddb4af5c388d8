"""W112: the name of the office, where the report speaks of itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rapidfuzz import fuzz

from assistant.figures.dossier import Dossier
from assistant.language.prose import Prose, prose
from assistant.lexicon import phrase
from assistant.rules.base import Hit, hit_at, mark_in, rule
from assistant.rules.wording_W.places_named import hits_on_places
from assistant.rules.wording_W.word_lists import everywhere

_PARTY = frozenset(("委", "党委"))
_SAME_ORGAN = 55  # percent of likeness of the organs' names, one of them perhaps a part of the other
_ALLOWED = {
    # What a unit may call itself or the place it is in, by how its name ends; higher levels are always right.
    "省": "省",
    "市": "省市州厅",
    "区": "省市区",
    "县": "省市州县",
    "旗": "市盟旗区",
    "镇": "省市州县区旗镇",
    "乡": "省市州县区旗乡",
    "街道": "省市州县区旗街道",
    "局": "省市州县区旗局",
    "厅": "省厅",
    "委": "省市州县区旗委",
}


@rule("W112", "单位名称前后不一致、错用他处区划名", severity="error", basis="行文一致", needs=("title",))
def unit_is_named_the_same(dossier: Dossier) -> Iterator[Hit]:
    """报告说到本单位的几处：落款、“本报告由……编制”、“……政府信息公开工作年度报告”、总体情况首句的主语，与题名不是一个单位的，多半是沿用别处的稿子。
    正文任何处：别处的政府（江州市清源区的报告写“宜宾市政府公开的信息”）、错了一个字的本单位名称和所在地名、与层级不合的称呼（区的报告写“县委、
    县政府”）、与单位类型不合的自称（县政府写“我局”）。只报有把握的：全称与简称、政府与其办公室、上级和下级的名称、为学习、协作、移送等提到的其他地方都
    不报；街道办事处自称“我街道”是对的。

    依据：行文一致。
    违例：题名为“云川县人民政府”，落款为“云岭县人民政府”；县政府的报告写“我局”。
    正例：题名为“云川县人民政府”，落款为“江州市云川县人民政府办公室”；赴云岭县政府学习。
    """
    unit = unicodedata.normalize("NFKC", dossier.report.unit)
    if not unit:
        return
    for paragraph in everywhere(dossier.report):
        for found in _names_of_itself(paragraph):
            group = next(n for n, name in enumerate(found.groups(), start=1) if name)
            name = found[group]
            if not _same(name, unit):
                message = f"题名的单位是“{unit}”，这里写作“{name}”"
                yield hit_at(found.start(group), found.end(group), paragraph, message, unit, name)
    yield from hits_on_places(list(prose(dossier.report)), unit)
    yield from _wrong_self(dossier, unit)


def _names_of_itself(paragraph: Prose) -> Iterator[re.Match[str]]:
    if paragraph.section == "closing":
        found = phrase("units", "signature").fullmatch(paragraph.text)
        yield from (found,) if found else ()
    elif paragraph.section == "preamble":
        yield from phrase("units", "names_itself").finditer(paragraph.text)
    elif paragraph.section == "overview":
        yield from phrase("units", "subject").finditer(paragraph.text)


def _same(name: str, unit: str) -> bool:
    """Whether two names may be of one unit: one holds the other, or both name the same place and a like organ; a name
    without its place may be of any."""
    mine, other = phrase("units", "office_end").sub("", unit), phrase("units", "office_end").sub("", name)
    if not other or not mine or other in unit or mine in name:
        return True
    my_place, its_place = _own_place(mine), _own_place(other)
    if my_place is None or its_place is None or my_place[1] != its_place[1]:
        return True  # another level: the city that the district belongs to
    if my_place[0] not in its_place[0] and its_place[0] not in my_place[0]:
        return False
    my_organ, its_organ = mine.rpartition(my_place[1])[2], other.rpartition(its_place[1])[2]
    return (
        not my_organ or not its_organ or its_organ in _PARTY or fuzz.partial_ratio(my_organ, its_organ) >= _SAME_ORGAN
    )


def _own_place(name: str) -> tuple[str, str] | None:
    """(name, level) of the last place in a unit's name: 江州市清源区 → (清源, 区)."""
    found = phrase("units", "place_and_level").findall(name)
    return found[-1] if found else None


def _wrong_self(dossier: Dossier, unit: str) -> Iterator[Hit]:
    """我局 in a county's report, 我镇 in a bureau's."""
    stem = phrase("units", "office_of_unit").sub("", unit)
    ends = "委" if stem.endswith("委员会") else stem
    kind = next((each for each in _ALLOWED if ends.endswith(each)), None)
    if kind is None:
        return
    found: dict[str, list[tuple[Prose, re.Match[str]]]] = {}
    # 我区 of a county in 广西, 内蒙古 … is the autonomous region.
    autonomous = any("自治区" in paragraph.text for paragraph in prose(dossier.report))
    for paragraph in prose(dossier.report):
        for word in phrase("units", "calls_itself").finditer(paragraph.text):
            if word["level"] not in _ALLOWED[kind] and not (word["level"] == "区" and autonomous):
                found.setdefault(word.group(), []).append((paragraph, word))
    for called, places in found.items():
        paragraph, first = places[0]
        marks = tuple(mark_in(each, *word.span()) for each, word in places)
        message = f"单位是“{unit}”，文中自称“{called}”，共{len(places)}处"
        quote = paragraph.sentence_at(first.start())
        yield Hit(paragraph.where, message, f"我{kind}", called, quote, anchor=called, marks=marks)
