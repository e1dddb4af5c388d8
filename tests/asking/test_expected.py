"""The kind of answer that a question expects: a sentence without it is none, however many words it shares."""

from __future__ import annotations

import pytest

from assistant.asking.passages.quotation import has_shape, may_answer


@pytest.mark.parametrize(
    ("asked", "tells", "tells_not"),
    [
        ("平台什么时候上线", "平台4月9日上线。", "平台已经上线。"),
        ("答复期限是多久", "应当在20个工作日内答复。", "答复要及时。"),
        ("申请人的平均年龄", "申请人平均43岁。", "平均用时11个工作日。"),
        ("联系电话是多少", "电话：0555-1234567。", "开通咨询电话2部。"),
        ("邮箱是什么", "电子邮箱：a@b.cn。", "开设领导邮箱1个。"),
        ("办公地址在哪里、地址是什么", "地址：甲区中山路8号。", "指南写明了地址。"),
        ("几点下班", "下班时间为17:30。", "延长了办公时间。"),
        ("区长是谁", "区长张伟主持会议。", "区长信箱收到留言9件。"),
        ("市委书记是谁", "市委书记王芳出席。", "学习习近平总书记重要讲话精神。"),
        ("复议被纠正是什么原因", "因超过期限，被纠正1件。", "行政复议9件，纠正1件。"),
        ("第几期培训班", "举办第六期培训班。", "举办培训班6期。"),
    ],
)
def test_a_sentence_must_have_the_kind_of_thing_that_is_asked_for(asked: str, tells: str, tells_not: str) -> None:
    assert may_answer(asked, tells) and not may_answer(asked, tells_not)


@pytest.mark.parametrize(
    "asked",
    [
        "网上提交的申请哪天算收到",
        "传真来的申请以哪天为准",
        "几个部门联合发文由谁公开",
        "几页材料会不会收钱",
        "主管部门是谁",
    ],
)
def test_a_rule_needs_no_figure_and_an_organ_no_name(asked: str) -> None:
    assert may_answer(asked, "以双方确认之日为准，由牵头的机关公开。")


def test_what_little_else_has_speaks_for_a_passage() -> None:
    asked = "联系电话是多少"
    assert has_shape(asked, "请拨打0555-1234567。") and not has_shape(asked, "请来信。")
    assert not has_shape("培训了几次", "请拨打0555-1234567。"), "nobody asked for a number to call"
