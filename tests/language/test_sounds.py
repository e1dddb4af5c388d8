"""Words in other characters of the same sound."""

from __future__ import annotations

import pytest

from assistant.language.sounds import misheard

KNOWN = frozenset({"行政处罚", "处罚", "行政", "洪泽区", "宿迁", "宿迁市", "申请", "重复申请"})


@pytest.mark.parametrize(
    ("text", "doubtful", "read"),
    [
        ("形政处罚多少件", ("形政",), [("形政处罚", "行政处罚")]),
        ("洪择区有几件", ("洪择区",), [("洪择区", "洪泽区")]),
        ("宿千去年几件", ("宿千",), [("宿千", "宿迁")]),
        ("虫复审请几件", (), [("虫复审请", "重复申请")]),  # 重 has two readings
    ],
)
def test_what_sounds_alike_is_read_as_meant(text: str, doubtful: tuple[str, ...], read: list[tuple[str, str]]) -> None:
    assert [(text[one.start : one.end], one.right) for one in misheard(text, KNOWN, doubtful)] == read


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("行政处罚多少件", ("行政处罚",)),  # right as it stands
        ("宿州市去年几件", ("宿州市",)),  # sounds otherwise
        ("审请几件", ()),  # short, and nobody doubts it
        ("深情几件", ("深情",)),  # a word of its own, and no character of 申请
    ],
)
def test_what_is_something_else_stays(text: str, doubtful: tuple[str, ...]) -> None:
    assert list(misheard(text, KNOWN, doubtful)) == []


def test_a_place_that_there_is_stays() -> None:
    assert list(misheard("清原区几件", {"清源区"}, ("清原区",))) == [], "清原 is a county"
