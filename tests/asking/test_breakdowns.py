"""What a sentence splits a number into, the parts of a figure that fit a bound, and why an outcome was."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.asking import answer
from assistant.asking.calculation.breakdowns import _breakdowns
from assistant.library import Library, Passage

TODAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("question", "says", "not_said"),
    [
        ("清源区2023年政策解读图解和短视频一共几篇", "图解9篇、短视频5篇，合计14篇", "文字17篇，"),
        ("清源区2023年政策解读，去掉文字的还有几篇", "图解9篇、短视频5篇，合计14篇", ""),
        ("清源区2023年网民留言里咨询和求助加起来占百分之几", "合计345条，占389条的88.69%", ""),
        ("清源区2022年考核优秀和合格的各几家", "优秀8家、合格7家", "良好25家、"),
        ("清源区2023年网民留言回应哪类最多", "咨询最多，为243条", ""),
        ("清源区2023年信息处理费分别收了多少钱", "1件180元、1件330元", ""),
        ("清源区2023年信息处理费最多的一笔多少钱", "330元", ""),
    ],
)
def test_parts_that_the_prose_lists(corpus_library: Library, question: str, says: str, not_said: str) -> None:
    given = answer(question, corpus_library, today=TODAY)
    told = given.answer.partition("原文")[0]
    assert not given.abstained and says in told and (not not_said or not_said not in told)
    assert given.citations


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("清源区2022年清理政务新媒体账号，清理前后各剩几个", "从29个整合为23个"),
        ("清源区2022年网站栏目原来有多少个，后来剩几个", "原有信息公开栏目46个"),
        ("清源区2024年群众投诉治理前后各多少件", "由15件减为2件"),
        ("清源区2023年到2024年行政处罚从多少件变为多少件", "减少85件"),  # which the tables tell
    ],
)
def test_before_and_after(corpus_library: Library, question: str, says: str) -> None:
    given = answer(question, corpus_library, today=TODAY)
    assert not given.abstained and says in given.answer


def test_before_and_after_of_another_thing_is_not_told(corpus_library: Library) -> None:
    assert answer("清源区2022年新闻发布会合并前后各几场", corpus_library, today=TODAY).abstained


def test_the_parts_of_one_measure_are_not_those_of_another() -> None:
    told = "有3件申请收取信息处理费2230元。其中，甲局1件，收取880元；乙镇1件，收取1080元；丙办1件，收取270元。"
    passage = Passage(1, 1, "report", "甲市", 2024, "", "", "", None, told, "")
    split = _breakdowns(passage, told)
    kinds = {one.whole.text: [part.name for part in one.parts] for one in split if one.whole}
    assert kinds == {"3件": ["甲局", "乙镇", "丙办"], "2230元": ["甲局", "乙镇", "丙办"]}


def test_parts_of_another_thing_are_not_told(corpus_library: Library) -> None:
    told = answer("清源区2023年办事指南图解和短视频一共几场", corpus_library, today=TODAY)
    assert "14" not in told.answer
    # The tables tell it, cell by cell.
    assert answer("清源区2023年予以公开和部分公开一共几件", corpus_library, today=TODAY).route == "figures"


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("清源区2024年不予公开里超过3件的是哪几项", "超过3件的有：第三方合法权益4件"),
        ("清源区2024年表三（三）到（五）下面的小项，哪些超过4件", "超过4件的有：本机关不掌握27件"),
        ("清源区2024年不予公开里超过100件的是哪几项", "没有超过100件的"),
    ],
)
def test_rows_that_fit_a_bound(corpus_library: Library, question: str, says: str) -> None:
    given = answer(question, corpus_library, today=TODAY)
    assert not given.abstained and says in given.answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("清源区2022年复议被纠正那一件是因为什么", "说理不够"),
        ("清源区2023年复议被纠正的那件错在哪儿", "超过期限"),
        ("清源区2024年复议为什么被纠正了1件", "反对意见"),
    ],
)
def test_a_reason_is_found_far_from_the_table(corpus_library: Library, question: str, says: str) -> None:
    given = answer(question, corpus_library, today=TODAY)
    assert not given.abstained and says in given.answer and says in given.citations[0].quote


def test_no_reason_is_made_up(corpus_library: Library) -> None:
    told = answer("清源区2024年诉讼为什么少了", corpus_library, today=TODAY).answer
    assert "没有找到原因" in told and "减少2件" in told


def test_a_change_without_its_year_is_the_newest(corpus_library: Library) -> None:
    given = answer("清源区新收申请比上年多几件", corpus_library, today=TODAY)
    assert not given.abstained and "增加17件" in given.answer and "按最近的2024年回答" in given.answer


def test_what_came_of_one_kind_of_applicants_goes_down_to_the_rows(corpus_library: Library) -> None:
    told = answer("清源区2023年律所那4件最后怎么答复的", corpus_library, today=TODAY).answer
    assert "予以公开（法律服务机构）2件" in told and "本机关不掌握（法律服务机构）1件" in told


def test_names_are_not_answered_by_their_number(corpus_library: Library) -> None:
    assert answer("清源区2024年换了经办人的是哪5个镇街，名字列给我", corpus_library, today=TODAY).abstained


def test_a_plan_is_quoted_from_what_is_planned(corpus_library: Library) -> None:
    told = answer("清源区2024年镇街经办人员更换频繁的问题，2025年打算怎么解决", corpus_library, today=TODAY).answer
    assert "交接清单" in told


def test_a_number_of_several_things_is_not_told_of_one(corpus_library: Library) -> None:
    given = answer("咸安区2024年公开的通知公告多少条", corpus_library, today=TODAY)
    assert not given.figures and "写的是632条" not in given.answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("咸安区2024年新收和办结哪个多", "新收申请比办结总数多2件"),
        ("咸安区2024年不予公开和无法提供谁更多", "不予公开比无法提供少25件"),
        ("咸安区2024年行政复议是维持的多还是纠正的多", "行政复议结果维持比行政复议结果纠正多7件"),
        ("咸安区2024年新收与办结一样多吗", "两者不相等，新收申请比办结总数多2件"),
    ],
)
def test_two_figures_of_one_report_are_held_against_each_other(
    corpus_library: Library, question: str, says: str
) -> None:
    given = answer(question, corpus_library, today=TODAY)
    assert not given.abstained and says in given.answer


def test_the_second_reason_is_one_of_the_reasons_not_of_the_units(corpus_library: Library) -> None:
    told = answer("清源区2024年不予公开最多的理由比第二多的多几件", corpus_library, today=TODAY).answer
    assert "其中：" in told and "各单位中" not in told
