"""By which characters what a pattern finds can begin."""

from __future__ import annotations

import re

import pytest
from assistant.lexicon.report_words import PHRASES, Phrase
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.lexicon.openings import guarded, openings, phrases_by_opening


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("收到|受理", "收受"),
        ("(?:政府)?信息(?:公开)?申请|依申请", "政信依"),
        ("(?<!不)(?:予以)*公开(?=情况)", "予公"),
        ("[没无]有?|(?:未|尚未)+办", "没无未尚"),
        ("[1-3]类", "123"),
        ("^a{0,2}b", "ab"),
    ],
)
def test_what_can_come_first(words: str, first: str) -> None:
    assert openings(words) == set(first)


def test_classes_of_characters_are_told_as_they_are_written() -> None:
    assert openings(r"\d+件|[\s（(]*共") == {r"\d", r"\s", "（", r"\(", "共"}


@pytest.mark.parametrize("words", [r"\w+件", "[^，]件", ".件", "共?", "(?:件|)"])
def test_what_can_begin_with_nearly_anything_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="can"):
        openings(words)


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.words[:20])
@settings(deadline=None, max_examples=10)
@given(data=st.data())
def test_no_phrase_begins_with_another_character(phrase: Phrase, data: st.DataObject) -> None:
    words = re.sub(r"\(\?<[!=](?:[^()]|\([^()]*\))*\)", "", phrase.words)  # a text of its own has nothing in front
    found = data.draw(st.from_regex(words))
    at = next(each.start() for each in re.finditer(words, found))
    assert phrase in [each for each, _ in phrases_by_opening()[found[at]]]


@given(st.text("收到受理申请公开件12（) \n"))
def test_a_look_ahead_changes_nothing_that_is_found(text: str) -> None:
    words = r"(?:已)?收到|受理(?=申)|[（(]\s*公开|\d+件|(?<=请)公"
    assert [each.span() for each in guarded(words).finditer(text)] == [each.span() for each in re.finditer(words, text)]
