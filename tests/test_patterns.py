"""Patterns compiled at their first use, and how a Chinese character is written in them."""

from __future__ import annotations

import pytest

from assistant.patterns import regex


@pytest.mark.parametrize("character", "一县鿕〇𬭚")
def test_a_chinese_character_is_one(character: str) -> None:
    assert regex(r"\p{Han}").fullmatch(character)
    assert not regex(r"\P{Han}").fullmatch(character)


@pytest.mark.parametrize("character", ["a", "Z", "_", "7", "７", "，", "。", "（", "《", "“", "、", "—"])
def test_letters_figures_and_marks_are_none(character: str) -> None:
    assert not regex(r"\p{Han}").fullmatch(character)
    assert regex(r"\P{Han}").fullmatch(character)
