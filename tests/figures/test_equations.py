"""Sums that the prose writes out."""

from __future__ import annotations

import pytest

from assistant.figures.equations import equations_in


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("185＋6＝184＋7", True),
        ("185件+6件=184件+8件", False),
        ("12－9＝3", True),
        ("50+6-4=51", False),
        ("184/191=96.3%", True),
        ("184/191=97.3%", False),
        ("12,845×2=25,690", True),
        ("3÷0=1", None),
    ],
)
def test_an_equation_holds_or_not(text: str, holds: bool | None) -> None:
    assert [found.holds for found in equations_in(f"平衡关系：{text}。")] == ([] if holds is None else [holds])


def test_what_reckons_nothing_is_no_equation() -> None:
    assert not list(equations_in("国办函〔2021〕30号，2023-2024年，“1+X”=一个平台，a=5。"))


def test_an_equation_tells_where_it_stands() -> None:
    text = "第一句。12－9＝3，9－7＝1。"
    assert [(text[found.start : found.end], found.holds) for found in equations_in(text)] == [
        ("12－9＝3", True),
        ("9－7＝1", False),
    ]
