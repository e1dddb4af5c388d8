"""Whether something happened, in wordings that stand in no list."""

from __future__ import annotations

import pytest

from assistant.language.polarity import Topic, all_done, statements


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("全年办件均未向申请人收过一分钱的费用。", "fee"),
        ("处理费一项，年内收入为零。", "fee"),
        ("对外提供信息一律免费提供。", "fee"),
        ("2023年度信息处理费收取情况：无。", "fee"),
        ("答复作出以后，没有哪位申请人向法院起诉。", "litigation"),
        ("复议、诉讼案件均未发生。", "review"),
        ("零复议、零诉讼。", "litigation"),
        ("年内无一起因信息公开引发的行政复议。", "review"),
        ("没有跨年办理的申请。", "carried_out"),
        ("无需结转下年度。", "carried_out"),
        ("年内未收到任何单位和个人提出的信息公开申请。", "requests"),
        ("全年零申请。", "requests"),
    ],
)
def test_what_did_not_happen(text: str, topic: Topic) -> None:
    assert [each.polarity for each in statements(text, topic, 2023)] == ["none"]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("收取信息处理费200元。", "fee"),
        ("行政复议2件，行政诉讼1件。", "review"),
        ("结转下年度继续办理3件。", "carried_out"),
    ],
)
def test_what_did_happen(text: str, topic: Topic) -> None:
    assert [each.polarity for each in statements(text, topic, 2023)] == ["some"]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("没有被纠正的行政复议案件。", "review"),  # some of them
        ("上年未发生行政复议。", "review"),  # another year
        ("未发生因依申请公开引起的行政复议。", "requests"),  # the reviews are denied
        ("对政府信息公开申请未计收处理费。", "requests"),  # the fee is
        ("未收取行政事业性收费。", "fee"),  # another fee
        ("按照《信息处理费管理办法》的规定执行。", "fee"),  # a rule, no deed
    ],
)
def test_what_is_not_said(text: str, topic: Topic) -> None:
    assert not [each for each in statements(text, topic, 2023) if each.polarity == "none"]


@pytest.mark.parametrize(
    ("text", "done"), [("所有申请均在本年度内答复完毕", True), ("当年收当年结", True), ("答复了大部分申请", False)]
)
def test_all_of_it_is_done(text: str, done: bool) -> None:
    assert bool(list(all_done(text))) is done
