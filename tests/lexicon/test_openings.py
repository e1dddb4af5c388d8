"""By which characters what a pattern finds can begin."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.lexicon.check import MATCHED
from assistant.lexicon.openings import guarded, openings
from assistant.lexicon.schema import entries


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


PATTERNS = sorted({one for name in MATCHED for each in entries(name) for one in (*each.pattern, *each.asked_pattern)})


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda one: one[:20])
@settings(deadline=None, max_examples=10)
@given(data=st.data())
def test_no_pattern_begins_with_another_character(pattern: str, data: st.DataObject) -> None:
    words = re.sub(r"\(\?<[!=](?:[^()]|\([^()]*\))*\)", "", pattern)  # a text of its own has nothing in front
    found = data.draw(st.from_regex(words))
    at = next(hit.start() for hit in re.finditer(words, found))
    assert re.fullmatch(f"[{''.join(openings(pattern))}]", found[at])


@given(st.text("收到受理申请公开件12（) \n"))
def test_a_look_ahead_changes_nothing_that_is_found(text: str) -> None:
    words = r"(?:已)?收到|受理(?=申)|[（(]\s*公开|\d+件|(?<=请)公"
    assert [each.span() for each in guarded(words).finditer(text)] == [each.span() for each in re.finditer(words, text)]
