"""Questions about matters (matters.yaml) over the shipped corpus, by words alone: found, quoted, or honestly not there."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.asking import Citation, answer
from assistant.library import Library, Passage
from assistant.library.search import FusedSearch

TODAY = date(2025, 11, 1)
MATTERS: dict[str, list[Any]] = yaml.safe_load(Path(__file__).with_name("matters.yaml").read_text(encoding="utf-8"))
ANSWERABLE: list[dict[str, Any]] = MATTERS["answerable"]


def place(unit: str, year: int | None, where: str) -> str:
    short = unit.removeprefix("江州市").removesuffix("人民政府")
    return f"{short} {year} {where}" if unit else where.partition("》")[2]


def stands(found: Passage | Citation, at: list[str]) -> bool:
    where = found.place if isinstance(found, Passage) else found.where
    return any(place(found.unit, found.year, where).startswith(opening) for opening in at)


def test_search_finds_where_the_answer_stands(corpus_library: Library) -> None:
    search = FusedSearch(corpus_library, None, "")
    missed = [
        case["ask"] for case in ANSWERABLE if not any(stands(found, case["at"]) for found in search(case["ask"], 5))
    ]
    assert len(missed) <= 0.08 * len(ANSWERABLE), missed


def test_what_the_library_tells_is_answered_from_the_right_place(corpus_library: Library) -> None:
    given = [(case, answer(case["ask"], corpus_library, today=TODAY)) for case in ANSWERABLE]
    silent = [case["ask"] for case, told in given if told.abstained]
    wrong = [
        case["ask"]
        for case, told in given
        if not told.abstained and not any(stands(cited, case["at"]) for cited in told.citations)
    ]
    assert len(silent) <= 0.10 * len(given), silent  # with vectors two of 67
    assert len(wrong) <= 0.08 * len(given), wrong


def test_over_half_of_what_is_asked_in_everyday_words_is_answered_from_the_right_place(corpus_library: Library) -> None:
    asked: list[dict[str, Any]] = MATTERS["colloquial"]
    given = [(case, answer(case["ask"], corpus_library, today=TODAY)) for case in asked]
    right = [case["ask"] for case, told in given if any(stands(cited, case["at"]) for cited in told.citations)]
    assert len(right) >= 0.5 * len(given), right  # 22 of 38; with vectors 31


@pytest.mark.parametrize("asked", ["清源区2024年政府公报编了几期", "不服答复去哪里投诉", "部门年报什么时候交"])
def test_everyday_words_are_understood(corpus_library: Library, asked: str) -> None:
    (case,) = (one for one in ANSWERABLE if one["ask"] == asked)
    given = answer(asked, corpus_library, today=TODAY)
    assert not given.abstained and any(stands(cited, case["at"]) for cited in given.citations)


@pytest.mark.parametrize("asked", MATTERS["unanswerable"])
def test_what_is_about_something_else_is_not_answered(corpus_library: Library, asked: str) -> None:
    assert answer(asked, corpus_library, today=TODAY).abstained
