"""Answers out of several reports, each under its unit's name."""

from __future__ import annotations

from datetime import date

from assistant.asking import answer
from assistant.library import Library

TODAY = date(2025, 11, 1)


def test_each_unit_s_problems_are_told_under_its_name(corpus_library: Library) -> None:
    given = answer("2024年各单位有哪些问题", corpus_library, today=TODAY)
    assert not given.abstained and "2024年的报告有2份，写到的有2份" in given.answer
    assert {one.unit for one in given.citations} == {"咸安区人民政府", "江州市清源区人民政府"}


def test_only_units_whose_report_tells_of_the_matter_are_named(corpus_library: Library) -> None:
    given = answer("2024年哪些单位提到镇街专区", corpus_library, today=TODAY)
    assert "写到的有1份" in given.answer and {one.unit for one in given.citations} == {"江州市清源区人民政府"}


def test_what_no_report_tells_is_told_by_none(corpus_library: Library) -> None:
    assert answer("有哪些单位写到人工智能", corpus_library, today=TODAY).abstained
