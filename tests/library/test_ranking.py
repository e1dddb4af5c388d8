"""The order of what is found: sections preferred, repetitions of other years once, neighbours as one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_report import report

from assistant.library import Library, Passage
from assistant.library.ingest import ingest
from assistant.library.ranking import fuse, join_neighbours, order_by_fit, without_repeats
from assistant.library.search import LEXICAL, VECTORS, FusedSearch


def passage(id: int, text: str, year: int = 2024, place: str = "一、总体情况 · 第1段", unit: str = "甲区") -> Passage:
    return Passage(
        id, year, "report", unit, year, "报告", f"{unit} · {year}年 · {place[:6]}", place, None, text, str(id)
    )


@pytest.fixture
def years(library: Library, tmp_path: Path) -> Iterator[Library]:
    for year in (2022, 2023, 2024):
        (tmp_path / f"甲区_{year}.md").write_text(report(year, year - 2010), encoding="utf-8")
    ingest([tmp_path], library, vectors=False)
    yield library


def test_a_weight_of_zero_leaves_a_ranking_out() -> None:
    assert fuse([[1, 2], [3]], LEXICAL) == [1, 2] and fuse([[1, 2], [3]], VECTORS) == [3]


def test_what_is_repeated_from_year_to_year_comes_once_the_latest() -> None:
    same = "培训开办{}期，听课{}人次，课后逐人测试，成绩记入台账。"
    found = [passage(1, same.format(2, 214), 2022), passage(2, "网站改版。"), passage(3, same.format(3, 287), 2024)]
    assert [one.id for one in without_repeats(found, 5)] == [3, 2]
    other = passage(4, same.format(3, 99), 2023, unit="乙区")
    assert [one.id for one in without_repeats([*found, other], 5)] == [3, 2, 4], "another unit's words are its own"
    assert [one.id for one in without_repeats(found, 1)] == [3], (
        "the place goes to the latest, the others crowd nothing out"
    )


def test_search_keeps_to_the_year_asked_for_and_gives_every_year_on_demand(years: Library) -> None:
    search = FusedSearch(years, None, "")
    assert [found.year for found in search("培训几期", 5)] == [2024]
    assert sorted(found.year or 0 for found in search("培训几期", 5, every_year=True)) == [2022, 2023, 2024]
    of_2022 = {id for id, _, year, _ in years.catalog.titles("report") if year == 2022}
    assert [found.year for found in search("培训几期", 5, of_2022)] == [2022]


def test_what_fits_best_comes_first_and_the_section_asked_for_before_its_equals() -> None:
    found = [passage(1, "甲"), passage(2, "乙", place="五、存在的主要问题 · 第1段"), passage(3, "丙")]
    alike = {1: 0.7, 2: 0.7, 3: 0.7}
    assert [one.id for one in order_by_fit(found, alike)] == [1, 2, 3], "among equals what was found first"
    assert [one.id for one in order_by_fit(found, alike, ("五",))] == [2, 1, 3]
    assert [one.id for one in order_by_fit(found, {1: 0.2, 2: 0.2, 3: 0.9}, ("五",))] == [3, 2, 1], (
        "no section outweighs fit"
    )


def test_neighbours_are_read_together() -> None:
    found = [passage(8, "后段。", place="一、总体情况 · 第2段"), passage(5, "别处。", 2023), passage(7, "前段。")]
    first, second = join_neighbours(found)
    assert (first.id, first.text, first.place) == (7, "前段。\n后段。", "一、总体情况 · 第1段至第2段")
    assert second.id == 5
