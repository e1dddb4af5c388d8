"""Which digits and numerals of prose are figures, and how roughly they are meant."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.figures.mentions import mentions_in, years_in

NO_FIGURES = [
    "2024年1月1日至12月31日",
    "自2024年3月起至5月8日，1至6月",
    "截至2023年底，2023—2024年度、2025年度的安排",
    "二〇二五年三月五日",
    "2024.03.05发布，2025-1-20更新",
    "第三季度、第12期、第2批、第1名",
    "第五十条第（二）项和第50条第一款",
    "国办公开办函〔2021〕30号、国令第711号、云政发[2024]5号、云政办（2023）12 号",
    "“十四五”规划与十四五期间",
    "“1+X”制度、“一网通办”、“三公”经费、“12345”",
    "H5页面、5G专网、A3纸、LED2屏",
    "拨打12345热线、12388平台、0599-7654321、13812345678，邮编 353000",
    "https://www.example.gov.cn/2024/06/30.html、xxgk2024@example.cn",
    "三审三校、一事一议、四个意识、三类内部事务信息、两会、一线、五级联动",
    "7×24小时，8:30开放",
    "（三）监督保障",
    "1.组织培训；2.加强考核",
    "每一件、一次性告知",
    "2019县域再出发",
]

FIGURES = [
    ("受理97件", "97件", "97", "1", "件", ""),
    ("共1,950条", "1,950条", "1950", "1", "条", ""),
    ("阅读14万余次", "14万余次", "140000", "10000", "次", "over"),
    ("近4000件", "4000件", "4000", "1", "件", "under"),
    ("将近300人", "300人", "300", "1", "人", "under"),
    ("约1.2万人次", "1.2万人次", "12000", "1000", "人次", "about"),
    ("超过60场", "60场", "60", "1", "场", "over"),
    ("不足30件", "30件", "30", "1", "件", "under"),
    ("200多条", "200多条", "200", "1", "条", "over"),
    ("50件以上", "50件", "50", "1", "件", "over"),
    ("50件左右", "50件", "50", "1", "件", "about"),
    ("收费1087.31万元", "1087.31万元", "10873100", "100", "元", ""),
    ("投入2亿元", "2亿元", "200000000", "100000000", "元", ""),
    ("满意率95.69%", "95.69%", "95.69", "0.01", "", ""),
    ("占百分之三十", "百分之三十", "30", "1", "", ""),
    ("举办培训十二场", "十二场", "12", "1", "场", ""),
    ("３期", "３期", "3", "1", "期", ""),
]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_these_are_no_figures(text: str) -> None:
    assert [mention.text for mention in mentions_in(text)] == []


@pytest.mark.parametrize(
    ("text", "written", "value", "step", "unit", "bound"), FIGURES, ids=[row[0] for row in FIGURES]
)
def test_a_figure_with_its_unit_and_bound(
    text: str, written: str, value: str, step: str, unit: str, bound: str
) -> None:
    (mention,) = mentions_in(text)
    assert text[mention.start : mention.end] == mention.text == written
    assert (mention.value, mention.step) == (Decimal(value), Decimal(step))
    assert (mention.unit, mention.bound) == (unit, bound)
    assert mention.percent == ("%" in text or "百分之" in text)


def test_figures_stand_in_the_order_of_the_text() -> None:
    text = "2024年新收申请24件（自然人20件），同比增长4.35%，第十二条规定的3类事项约1.2万条。"
    assert [mention.text for mention in mentions_in(text)] == ["24件", "20件", "4.35%", "3类", "1.2万条"]


@given(st.integers(0, 10**7), st.sampled_from(["件", "条", "份", "期", "人次", "家", "万元", "%"]))
def test_any_count_is_seen_once(number: int, unit: str) -> None:
    (mention,) = mentions_in(f"全年共计{number}{unit}。")
    assert mention.value == number * (10000 if unit == "万元" else 1)


def test_years_with_their_places() -> None:
    assert years_in("2023年与2022—2024年度，热线12345，20245年") == ((0, 2023), (6, 2022), (11, 2024))
