"""Patterns compiled when a text may first hold what they find, and how a Chinese character is written in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.lexicon.schema import alternation, entries, files
from assistant.patterns import needed_by, regex


@pytest.mark.parametrize("character", "一县鿕〇𬭚")
def test_a_chinese_character_is_one(character: str) -> None:
    assert regex(r"\p{Han}").fullmatch(character)
    assert not regex(r"\P{Han}").fullmatch(character)


@pytest.mark.parametrize("character", ["a", "Z", "_", "7", "７", "，", "。", "（", "《", "“", "、", "—"])
def test_letters_figures_and_marks_are_none(character: str) -> None:
    assert not regex(r"\p{Han}").fullmatch(character)
    assert regex(r"\P{Han}").fullmatch(character)


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("收到", [["收到"]]),
        ("收到+了?", [["收到"]]),
        (r"申请表?\d{1,3}件", [["申请", "件"]]),
        ("申请?", [["申"]]),
        ("(?:上|去)年", [[[["上"], ["去"]], "年"]]),
        ("[上去]年|同期", [[[["上"], ["去"]], "年"], ["同期"]]),
        ("(?<!未)公开(?=信息)(?!栏)", [["公开", [["信息"]]]]),
        ("(?:予以)*公开(?:信息){0,2}", [["公开"]]),
        (r"\（[^）]*\）", [["（", "）"]]),
    ],
)
def test_what_stands_in_all_that_is_found(pattern: str, needed: list[Any]) -> None:
    assert needed_by(pattern) == needed


@pytest.mark.parametrize(
    "pattern",
    [
        "甲?",
        "(?:甲|)",
        "甲|[^乙]",
        r"\d+",
        "(?i:a)",
        "(?x)甲 乙",
        r"(甲)?(?(1)乙|丙)",
        r"(甲)\1",
        r"\x41",
        "甲(?#丙)*",
        "甲{,2}",
    ],
)
def test_what_may_find_anything_or_is_not_read_needs_nothing(pattern: str) -> None:
    assert needed_by(pattern) is None


def answers(pattern: re.Pattern[str], text: str) -> Iterator[Any]:
    """What each method finds, each a pattern's first use."""
    yield pattern.sub("<>", text)
    yield pattern.subn("<>", text, count=1)
    yield pattern.split(text)
    yield pattern.findall(text)
    yield [found.span() for found in pattern.finditer(text)]
    yield [found and found.span() for found in (pattern.match(text), pattern.fullmatch(text), pattern.search(text))]
    yield [found and found.span() for found in (pattern.search(text, 1, len(text) - 1), pattern.search(string=text))]


_CHARACTERS = "甲乙丙1\n"
_PARTS = st.recursive(
    st.text("甲乙丙", min_size=1, max_size=3) | st.sampled_from(["[甲乙]", "[^甲]", "[乙-甲1]", r"\d", ".", "^", "$", r"\b", "1"]),
    lambda within: (
        st.lists(within, min_size=1, max_size=3).map("".join)
        | st.lists(within, min_size=1, max_size=3).map("|".join)
        | st.tuples(within, st.sampled_from(["?", "*", "+", "*?", "{2}", "{1,2}", "{0,2}", "{,1}", "{0}"])).map("(?:{0[0]}){0[1]}".format)
        | st.tuples(st.sampled_from("甲乙丙"), st.sampled_from("?*+")).map("".join)
        | st.tuples(st.sampled_from(["(?:", "(", "(?=", "(?!"]), within).map("{0[0]}{0[1]})".format)
        | st.sampled_from(["(?<=甲)", "(?<!乙)", "(?<![甲乙]丙)", r"(?<=\d)"])
    ),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=2000, deadline=None)
@given(_PARTS, st.text(_CHARACTERS, max_size=6))
def test_any_pattern_answers_as_if_it_was_compiled_at_once(pattern: str, text: str) -> None:
    compiled = re.compile(pattern)
    assert [*answers(regex(pattern), text)] == [*answers(compiled, text)]


KNOWN = sorted(
    {
        (pattern, each.examples + each.counterexamples)
        for name in files()
        for each in entries(name)
        for pattern in (*each.pattern, *each.asked_pattern, alternation(each))
    }
)


@pytest.mark.parametrize("part", range(8))
def test_each_pattern_of_the_lexicon_answers_as_if_it_was_compiled_at_once(part: int) -> None:
    for pattern, examples in KNOWN[part::8]:
        compiled = re.compile(pattern)
        for text in examples:
            for piece in (text, text[: len(text) // 2], text[len(text) // 2 :], text[1:-1]):
                assert [*answers(regex(pattern), piece)] == [*answers(compiled, piece)], pattern


@settings(max_examples=500, deadline=None)
@given(st.data())
def test_what_a_pattern_of_the_lexicon_finds_has_what_it_needs(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from([pattern for pattern, _ in KNOWN if "(?<" not in pattern]))
    assert regex(pattern).search(data.draw(st.from_regex(pattern)))


def test_who_asks_often_gets_the_compiled_pattern() -> None:
    pattern, compiled = regex("甲[乙丙]"), re.compile("甲[乙丙]")
    assert not any(pattern.search("丁") for _ in range(1000))
    assert pattern.search == compiled.search
    assert pattern.findall == compiled.findall


def test_a_method_that_was_kept_finds_what_comes_later() -> None:
    search = regex("甲[乙丙]").search
    assert [bool(search(text)) for text in ("丁", "甲乙", "丁", "甲丙")] == [False, True, False, True]


@pytest.mark.parametrize("flags", [re.IGNORECASE, re.VERBOSE, re.IGNORECASE | re.MULTILINE])
def test_flags_that_change_what_is_written_are_heeded(flags: re.RegexFlag) -> None:
    assert regex("b c", flags).pattern == "b c"
    assert [*answers(regex("b c", flags), "aBC bc B C")] == [*answers(re.compile("b c", flags), "aBC bc B C")]
