"""What a follow-up leaves out is taken from the question before, and nothing else is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.asking.conversation.chat import chat
from assistant.asking.conversation.followups import asks_for_sources, follow_up
from assistant.asking.conversation.memory import Memory
from assistant.asking.questions.expressions import spoken
from assistant.asking.questions.question import Question, parse_question
from assistant.asking.questions.wanted import find_wanted
from assistant.form import EDITIONS
from assistant.library import Library

TODAY = date(2025, 11, 1)
HELD = {"甲市乙区人民政府": [2022, 2023, 2024], "丙市": [2023, 2024]}


def understood(*turns: str) -> Question:
    """The last of the turns, as understood after the others."""
    memory = Memory()
    for turn in turns:
        memory = memory.after(follow_up(turn, memory, HELD, TODAY).question)
    return memory.last


def executed(question: Question) -> tuple[object, ...]:
    """What an engine goes by."""
    period = question.period
    years = (period.years, period.last, period.since, period.every)
    figures = (question.metrics, question.operation, question.over) if question.wants_figure else ()
    return (question.named.units, question.wants_figure, question.article, years, figures)


@pytest.mark.parametrize(
    ("turns", "meant"),
    [
        ("丙市2024年新收申请多少件|那2023年呢？", "丙市2023年新收申请多少件"),
        ("丙市2024年新收申请多少件|上一年呢", "丙市2023年新收申请多少件"),
        ("丙市2022年新收申请多少件|去年呢", "丙市2024年新收申请多少件"),
        ("丙市2024年新收申请多少件|乙区呢", "甲市乙区人民政府2024年新收申请多少件"),
        ("丙市2024年新收申请多少件|乙区", "甲市乙区人民政府2024年新收申请多少件"),
        ("丙市2024年新收申请多少件|法人的呢？", "丙市2024年法人或其他组织新收申请多少"),
        ("丙市2024年不予公开多少件|自然人呢", "丙市2024年自然人不予公开多少"),
        ("丙市2024年自然人新收多少件|不予公开的呢", "丙市2024年自然人不予公开多少"),
        ("丙市2024年自然人新收多少件|行政复议呢", "丙市2024年行政复议多少"),
        ("丙市2024年行政复议多少件|维持的呢", "丙市2024年行政复议结果维持多少"),
        ("丙市2024年行政复议维持多少件|诉讼呢", "丙市2024年行政诉讼结果维持多少"),
        ("丙市2024年制发规范性文件多少件|废止的呢", "丙市2024年行政规范性文件废止件数多少"),
        ("丙市2024年行政许可多少件|处罚呢", "丙市2024年行政处罚处理决定数量多少"),
        ("丙市2024年不予公开多少件|占比呢", "丙市2024年不予公开占比是多少"),
        ("丙市2024年不予公开占比|无法提供的呢", "丙市2024年无法提供占比是多少"),
        ("丙市2024年不予公开占比|行政复议多少件", "丙市2024年行政复议多少"),
        ("丙市2024年不予公开多少件|公开率呢", "丙市2024年公开率多少"),
        ("丙市2024年新收多少件|和上年比呢", "丙市2024年新收申请同比增长多少"),
        ("丙市2024年新收多少件|同比呢", "丙市2024年新收申请同比增长多少"),
        ("丙市2024年新收同比增长多少|不予公开呢", "丙市2024年不予公开同比增长多少"),
        ("乙区2024年新收同比增长多少|近三年呢", "甲市乙区人民政府近3年新收申请变化趋势"),
        ("乙区2024年新收多少件|趋势呢", "甲市乙区人民政府历年新收申请变化趋势"),
        ("乙区近三年新收趋势|2023年呢", "甲市乙区人民政府2023年新收申请多少"),
        ("乙区2024年新收多少件|哪年最多", "甲市乙区人民政府历年新收申请哪一年最多"),
        ("乙区2024年新收多少件|和丙市比呢", "甲市乙区人民政府和丙市2024年新收申请相差多少"),
        ("2024年哪个区新收最多|不予公开呢", "2024年不予公开哪个区最多"),
        ("乙区2024年不予公开多少件|为什么？", "甲市乙区人民政府2024年不予公开有哪些情形，各多少"),
        ("乙区2024年新收同比增长多少|为什么", "甲市乙区人民政府2024年新收申请为什么有这样的变化"),
        ("乙区2024年监督保障情况|平台建设呢", "甲市乙区人民政府2024年平台建设情况"),
        ("乙区2024年新收多少件|该区2023年呢", "甲市乙区人民政府2023年新收多少件"),
        ("乙区2024年新收多少件|第三十三条说了什么|不予公开呢", "甲市乙区人民政府2024年不予公开多少"),
        ("乙区2024年新收同比增长多少|同比呢", "甲市乙区人民政府2024年新收申请同比增长多少"),
        ("乙区2024年新收多少件|23年也是这么算，是多少", "甲市乙区人民政府2023年新收多少件"),
        ("丙市2024年新收多少件|乙区呢|差多少", "丙市和甲市乙区人民政府2024年新收申请相差多少"),
        ("丙市2024年新收多少件|上一年呢|那两年的不予公开呢", "丙市2023年、2024年不予公开多少"),
        ("丙市2024年新收多少件|咸安呢|乙区同年的处罚有多少", "甲市乙区人民政府2024年行政处罚处理决定数量多少"),
        ("丙市2024年自然人新收多少件|换算成百分比", "丙市2024年自然人新收申请占比是多少"),
        ("丙市2024年不予公开多少件|自然人占多少", "丙市2024年自然人不予公开占比是多少"),
        ("答复申请的期限是多久|延长的呢", "答复申请的期限是多久，延长"),
    ],
)
def test_a_follow_up_takes_what_it_leaves_out(turns: str, meant: str) -> None:
    question = understood(*turns.split("|"))
    assert question.text == meant
    assert executed(question) == executed(parse_question(meant, HELD, TODAY)), "as if it had been asked at once"


def test_how_far_the_last_two_years_lie_apart() -> None:
    question = understood("丙市2024年新收多少件", "上一年呢", "差了几件")
    assert question.text == "丙市2023年、2024年新收申请相差多少"
    assert (question.period.years, question.operation) == ((2023, 2024), "change")


def test_the_other_side_and_that_time_are_named_in_questions_of_a_rule() -> None:
    asked = ("涉及商业秘密要怎么办", "对方几天内要答复", "这段时间算不算进我们的答复期")
    told = [understood(*asked[: place + 1]) for place in (1, 2)]
    assert told[0].period.rest == "第三方几天内要提出意见"
    assert told[1].period.rest == "第三方要提出意见的时间，算不算进我们答复期"
    assert not any(question.wants_figure for question in told), "nobody's report was spoken of"


@pytest.mark.parametrize(
    "question",
    [
        "答复申请的期限是多久", "第三十三条说了什么", "丁县2023年新收多少件", "丙市2023年行政复议多少件", "今天天气怎么样",
        "不予公开的条件是什么", "丙市的监督保障怎么样",
    ],
)  # fmt: skip
def test_a_question_that_stands_on_its_own_is_left_alone(question: str) -> None:
    assert understood("乙区2024年自然人新收多少件", question).text == question


@pytest.mark.parametrize("text", ["出处呢", "出处呢？", "依据是什么", "这个数字的来源是什么？", "哪里写的", "原文呢"])
def test_where_it_comes_from_is_asked_in_many_ways(text: str) -> None:
    assert asks_for_sources(text)


@pytest.mark.parametrize("text", ["不予公开的依据是什么", "丙市的呢", "来源于信访的有多少", "原文要不要公开"])
def test_other_questions_ask_for_no_sources(text: str) -> None:
    assert not asks_for_sources(text)


_METRICS = [metric for metric in EDITIONS["2021"].metrics if not metric.endswith((".produced", ".newly_published"))]


@given(st.sampled_from(_METRICS))
def test_what_is_said_of_a_figure_means_that_figure(metric: str) -> None:
    wanted = find_wanted(f"{spoken((metric,), 'value')}多少")
    assert [readings[0] for readings in wanted.metrics] == [metric]


def test_answers_over_several_turns(corpus_library: Library) -> None:
    asked = ["清源区2024年新收多少件申请？", "法人的呢？", "占比呢", "2023年呢", "出处呢", "和上年比呢", "为什么？"]
    given_ = list(chat(asked, corpus_library, today=TODAY))
    says = ["158件", "18件", "11.39%", "9.93%", "引用了", "2022年为", ""]
    assert [words in one.answer for words, one in zip(says, given_, strict=True)] == [True] * len(asked), [
        one.answer for one in given_
    ]
    assert given_[4].citations == given_[3].citations, "the sources are those of the answer before"
    assert given_[6].abstained, "no report says why"
