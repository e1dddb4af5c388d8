"""How well a passage fits: words by their rarity, other words of the same meaning, and nearness."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_report import report

from assistant.library import Library
from assistant.library.ingest import ingest
from assistant.library.ranking import coverage, fit, word_weights


@pytest.fixture
def filled(library: Library, tmp_path: Path) -> Library:
    (tmp_path / "甲区_2024.md").write_text(report(), encoding="utf-8")
    ingest([tmp_path / "甲区_2024.md"], library, vectors=False)
    return library


def test_words_of_asking_weigh_nothing_and_rare_words_most(filled: Library) -> None:
    weights = word_weights("要不要请问培训怎么做", filled.catalog)
    assert set(weights) == {"培训"}
    weights = word_weights("信息公开的茅台", filled.catalog)
    assert weights["茅台"] > weights["信息"]


def test_a_topic_weighs_more_than_an_everyday_word_that_no_passage_has_either(filled: Library) -> None:
    weights = word_weights("护照还有", filled.catalog)
    assert weights["护照"] > 1.2 * weights["还有"]


def test_finding_one_word_says_less_than_finding_two(filled: Library) -> None:
    passage = filled.catalog.passages()[0]
    told = ["甲词乙词"]
    assert fit({"甲词": 1.0}, passage, extra=told) < fit({"甲词": 1.0, "乙词": 1.0}, passage, extra=told)


@pytest.mark.parametrize("asked", ["收没收信息处理费", "信息处理费收不收"])
def test_a_verb_asked_either_way_is_the_verb(filled: Library, asked: str) -> None:
    assert not {"没收", "不收", "收不收"} & set(word_weights(asked, filled.catalog))


def test_a_compound_counts_for_what_it_tells_beyond_its_parts(filled: Library) -> None:
    weights = word_weights("征求意见", filled.catalog)
    assert weights["征求意见"] < weights["征求"]


def test_another_word_of_the_same_meaning_covers_nearly_as_much() -> None:
    weights = {"自来水": 3.0, "自来": 2.0, "收费": 1.0}
    assert coverage(weights, "自来水收费") == 1.0
    assert 0.8 < coverage(weights, "供水的收费") < 1.0, "供水 says 自来水, and with it the part it was cut into"
    assert coverage(weights, "培训") == 0.0 and coverage({}, "培训") == 0.0


def test_nearness_adds_to_what_words_cover_and_distance_takes_away(filled: Library) -> None:
    passage = filled.catalog.passages()[0]
    weights = {"绝无此词": 1.0}
    assert fit(weights, passage, 0.93) > fit(weights, passage) > fit(weights, passage, 0.80)
    assert fit(weights, passage, extra=["绝无此词"]) > fit(weights, passage), "a digest's words are the article's too"
