"""Numbers as Chinese reports write them, both ways."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.numerals import parse, rounded, write


@given(st.integers(0, 99) | st.integers(0, 10**9))
def test_what_is_written_is_read_back(number: int) -> None:
    numeral = parse(write(number))
    assert numeral is not None and (numeral.value, numeral.step) == (number, 1)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "零"), (10, "十"), (12, "十二"), (110, "一百一十"), (1003, "一千零三"), (1010, "一千零一十"), (101_000, "十万一千"),
     (10_300, "一万零三百"), (600_007_738, "六亿零七千七百三十八"), (30_000_000_000_000, "三十万亿")],
)  # fmt: skip
def test_a_number_is_written_as_people_do(number: int, text: str) -> None:
    assert write(number) == text


@given(st.decimals(0, 10**9, places=2))
def test_digits_with_separators_are_read_back(number: Decimal) -> None:
    numeral = parse(f"{number:,.2f}")
    assert numeral is not None and (numeral.value, numeral.step) == (number, Decimal("0.01"))


@pytest.mark.parametrize(
    ("text", "value", "step", "percent"),
    [
        ("0", "0", "1", False),
        ("1,950", "1950", "1", False),
        ("12，345，678", "12345678", "1", False),
        ("１２", "12", "1", False),
        ("１，９５０．５", "1950.5", "0.1", False),
        ("1.20", "1.20", "0.01", False),
        ("-3", "-3", "1", False),
        ("－3", "-3", "1", False),
        (" 7 ", "7", "1", False),
        ("1.2万", "12000", "1000", False),
        ("14 万", "140000", "10000", False),
        ("3亿", "300000000", "100000000", False),
        ("2.5万亿", "2500000000000", "100000000000", False),
        ("6千", "6000", "1000", False),
        ("1.05%", "1.05", "0.01", True),
        ("100％", "100", "1", True),
        ("三千六百四十六", "3646", "1", False),
        ("两百零五", "205", "1", False),
        ("十二", "12", "1", False),
        ("〇", "0", "1", False),
        ("一万二千", "12000", "1", False),
        ("三点五", "3.5", "0.1", False),
        ("二〇二四", "2024", "1", False),
        ("一千零十", "1010", "1", False),
        ("一万三百", "10300", "1", False),
        ("十万零一千", "101000", "1", False),
        ("一万二", "12000", "1", False),
        ("三百五", "350", "1", False),
        ("三亿五", "350000000", "1", False),
        ("二亿零七千", "200007000", "1", False),
        ("二亿十万", "200100000", "1", False),
        ("百分之五", "5", "1", True),
        ("百分之十二点三四", "12.34", "0.01", True),
    ],
)
def test_a_number_keeps_its_value_and_the_step_it_was_written_in(
    text: str, value: str, step: str, percent: bool
) -> None:
    numeral = parse(text)
    assert numeral is not None
    assert (numeral.value, numeral.step, numeral.percent) == (Decimal(value), Decimal(step), percent)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "无",
        "——",
        "件",
        "百",
        "万",
        "百分之",
        "12件",
        "1,95",
        "1..5",
        "5-7",
        "三四五件",
        "十十",
        "百五",
        "千点五",
        "一百零零五",
        "一二千万",
        "NaN",
        "1e5",
        "--3",
    ],
)
def test_what_is_not_one_number_is_none(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("value", "step", "expected"),
    [
        ("1.0813", "0.01", "1.08"),
        ("1.085", "0.01", "1.09"),
        ("-1.085", "0.01", "-1.09"),
        ("12500", "1000", "13000"),
        ("0", "1", "0"),
    ],
)
def test_halves_are_rounded_away_from_zero(value: str, step: str, expected: str) -> None:
    assert rounded(Decimal(value), Decimal(step)) == Decimal(expected)
