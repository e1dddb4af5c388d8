"""A province of invented places: cities, each with departments and counties, each of these with departments and
towns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, islice
from random import Random
from typing import Literal

__all__ = ["Unit", "place_name", "units"]

Kind = Literal["city", "county", "town", "department"]

# Rare characters that places are seldom named with: no name is meant to be that of a real place.
_FIRST = "霁澹璟瑭昀栩苒莳槿翎缃珞岫煦瑀琇翀昶暄曈玟琰珣瑄"
_SECOND = "浦埠岭渡洲泽坪崖汀澜湾塬墅圩岚砚"
_COUNTIES, _TOWNS = 6, 6
_CITY_DEPARTMENTS = (
    "人民政府办公室",
    "财政局",
    "公安局",
    "自然资源局",
    "教育局",
    "卫生健康委员会",
    "市场监督管理局",
    "交通运输局",
)
_COUNTY_DEPARTMENTS = ("人民政府办公室", "财政局", "教育局", "民政局", "住房和城乡建设局", "农业农村局", "人力资源和社会保障局")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """One organ. ``place`` is the area it speaks for, ``whole`` and ``own`` how it names that area and itself;
    ``parent`` is the index of the government whose report takes in this one's figures, ``children`` how many units name
    it so."""

    index: int
    name: str
    kind: Kind
    place: str
    whole: str
    own: str
    office: str
    topic: str
    parent: int | None = None

    @property
    def government(self) -> bool:
        return self.kind != "department"


def units(how_many: int, seed: int) -> list[Unit]:
    """The first ``how_many`` units of the province, each behind the one that it belongs to."""
    return list(islice(_province(Random(f"units {seed}")), how_many))


def _province(random: Random) -> Iterator[Unit]:
    names = _names(random)
    index = count()
    for name in names:
        city = f"{name}市"
        top = next(index)
        yield Unit(top, f"{city}人民政府", "city", city, "全市", "市政府", "市政府办公室", "城市建设")
        yield from (_department(next(index), top, city, organ) for organ in _CITY_DEPARTMENTS)
        for _ in range(_COUNTIES):
            # Half of them are districts, which are named with their city.
            district = random.random() < 0.5
            county = next(names) + ("区" if district else "县")
            middle = next(index)
            full = f"{city}{county}" if district else county
            yield Unit(
                middle, f"{full}人民政府", "county", full, f"全{county[-1]}", f"{county[-1]}政府", f"{county[-1]}政府办公室",
                "项目审批", top,
            )  # fmt: skip
            yield from (_department(next(index), middle, county, organ) for organ in _COUNTY_DEPARTMENTS)
            for town in random.sample([a + b for a in _FIRST for b in _SECOND], _TOWNS):
                yield _town(next(index), middle, county, town, random.random() < 0.3)


def place_name(random: Random) -> str:
    """The name of some small place, which may be met anywhere."""
    return random.choice(_FIRST) + random.choice(_SECOND)


def _names(random: Random) -> Iterator[str]:
    """Names without end; the same one again only after all others, and then with a third character."""
    pairs = [a + b for a in _FIRST for b in _SECOND]
    random.shuffle(pairs)
    yield from pairs
    for first in _FIRST:
        yield from (first + pair for pair in pairs if pair[0] != first)


def _town(index: int, parent: int, county: str, name: str, street: bool) -> Unit:
    if street:
        return Unit(index, f"{county}{name}街道办事处", "town", f"{county}{name}街道", "全街道", "街道办事处", "街道党政办", "征收拆迁", parent)  # fmt: skip
    return Unit(index, f"{county}{name}镇人民政府", "town", f"{county}{name}镇", "全镇", "镇政府", "镇党政办公室", "宅基地", parent)  # fmt: skip


_TOPICS = {
    "财政局": "预算资金", "公安局": "户籍管理", "自然资源局": "土地登记", "教育局": "招生入学", "卫生健康委员会": "医疗服务",
    "市场监督管理局": "食品监管", "交通运输局": "道路运输", "民政局": "社会救助", "住房和城乡建设局": "房屋征收",
    "农业农村局": "土地承包", "人力资源和社会保障局": "社会保险",
}  # fmt: skip


def _department(index: int, parent: int, place: str, organ: str) -> Unit:
    own = {"室": "我办", "会": "我委"}.get(organ[-1], "我局")
    whole = f"全{own[1]}系统" if own != "我办" else "我办"
    office = f"{own}综合科" if own == "我办" else f"{own}办公室"
    return Unit(
        index, f"{place}{organ}", "department", place, whole, own, office, _TOPICS.get(organ, "文件查询"), parent
    )
