"""Two numbers of a sentence: which way it went, and by how much."""

from __future__ import annotations

import pytest

from assistant.figures.changes import movements, trends, wrong_amount
from assistant.figures.claim_reader import claims_in
from assistant.figures.exceeding import crowded_shares, exceeding_pairs


@pytest.mark.parametrize(
    ("text", "base", "value", "turned", "right"),
    [
        ("行政复议案件由15件减为2件。", 15, 2, False, None),
        ("行政复议案件由15件减为20件。", 15, 20, True, None),
        ("网站访问量61万次，较2019年的38万次增长60.5%。", 380000, 610000, False, None),
        ("网站访问量61万次，较2019年的38万次增长80.5%。", 380000, 610000, False, "60.5%"),
        ("行政处罚由上年的240件减至198件，减少240件，降幅17.5%。", 240, 198, False, "42"),
        ("新收较上年增加1.5倍：上年为10件，本年为25件。", 10, 25, False, None),
        ("新收较上年增加2.5倍：上年为10件，本年为25件。", 10, 25, False, "1.5倍"),
        ("今年办件90件，上年30件，是上年的3倍。", 30, 90, False, None),
        ("公开9件，比去年的7件少2件。", 7, 9, True, None),
        ("公开率由65%上升到80%，提高10个百分点。", 65, 80, False, "15"),
        ("主动公开条数翻了两番：2022年310条，2023年620条。", 310, 620, False, "2倍"),
        ("去年复议案件9件，今年9件，与上年持平，压降任务仍重。", 9, 9, False, None),
    ],
)
def test_what_went_from_one_number_to_another(
    text: str, base: int, value: int, turned: bool, right: str | None
) -> None:
    found = next(iter(movements(claims_in(text, 2023))))
    assert (found.base.mention.value, found.value.mention.value, found.turned) == (base, value, turned)
    wrong = wrong_amount(found)
    assert (wrong[1] if wrong else None) == right


@pytest.mark.parametrize(
    "text",
    [
        "新收141件，比上年多15件，同比增长11.90%。",
        "抖音号1个，比上年关停了2个，没有新增。",
        "共收到12件，其中公开9件。",
        "上年结转申请1件，本年新收8件。",
    ],
)
def test_an_amount_is_no_base(text: str) -> None:
    assert not list(movements(claims_in(text, 2023)))


@pytest.mark.parametrize(("last", "turned"), [("254", True), ("354", False)])
def test_a_series_that_is_said_to_rise(last: str, turned: bool) -> None:
    text = f"处罚案件逐年上升：2021年250件，2022年287件，2023年{last}件。"
    (trend,) = trends(claims_in(text, 2023))
    assert trend.turned is turned


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("发放问卷720份，收回735份。", [(720, 735)]),
        ("发放问卷720份，收回705份。", []),
        ("回复县长信箱248封（来信240封）。", [(240, 248)]),
        ("部分公开5件、不予公开28件，其余为无法提供。", []),
        ("收到申请12件（含转办3件），答复12件。", []),
    ],
)
def test_no_part_is_more_than_its_whole(text: str, pairs: list[tuple[int, int]]) -> None:
    found = exceeding_pairs(claims_in(text, 2023))
    assert [(whole.mention.value, part.mention.value) for whole, part in found] == pairs


@pytest.mark.parametrize(("last", "crowds"), [("25%", 1), ("20%", 0)])
def test_shares_side_by_side_are_no_more_than_all(last: str, crowds: int) -> None:
    assert len(list(crowded_shares(claims_in(f"其中咨询占50%、求助占30%、投诉占{last}。", 2023)))) == crowds
