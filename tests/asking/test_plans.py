"""Plans from a model: what it may name, what is executed, and that the figures are the program's."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.asking import Answer, answer
from assistant.library import Library
from assistant.llm.model import Model
from tests.scripted_endpoint import Endpoint

TODAY = date(2025, 11, 1)
UNIT = "江州市清源区人民政府"


def plan(**fields: object) -> dict[str, object]:
    """What a model writes, with what it leaves empty."""
    empty: dict[str, object] = {
        "类别": "数字", "单位": [UNIT], "年份": [2024], "指标": [], "减去": [], "占": [], "运算": "数值", "查找": "", "条号": 0,
        "不明白": [],
    }  # fmt: skip
    return empty | fields


def ask(question: str, library: Library, model: Model) -> Answer:
    return answer(question, library, model, today=TODAY)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"指标": ["新收申请"]}, "158件"),
        ({"指标": ["不予处理"], "减去": ["信访举报投诉类申请"]}, "除去信访举报投诉类申请为"),
        ({"指标": ["予以公开（自然人）"], "占": ["办结总数（自然人）"]}, "%"),
        ({"指标": ["新收申请"], "年份": [], "运算": "逐年"}, "由2022年的126件增加到2024年的158件"),
        ({"指标": ["新收申请"], "运算": "与上年比"}, "增加17件"),
        ({"指标": ["新收申请"], "单位": ["全部"], "运算": "排名"}, "咸安区人民政府"),
        ({"指标": ["不予公开", "无法提供"], "运算": "合计"}, "不予公开＋无法提供"),
    ],
)
def test_a_plan_is_executed_by_the_program(
    corpus_library: Library, endpoint: Endpoint, model: Model, fields: dict[str, object], says: str
) -> None:
    endpoint.says(plan(**fields))
    given = ask("清源区2024年老铁们关心的那个量是几件来着申请", corpus_library, model)
    assert not given.abstained and says in given.answer and given.reading.startswith("按：")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"指标": ["好评数"]}, "没有指标“好评数”"),
        ({"指标": ["新收申请"], "单位": ["赤壁市人民政府"]}, "没有单位“赤壁市人民政府”"),
        ({"指标": ["予以公开"], "减去": ["行政复议"]}, "不是“予以公开”的一部分"),
        ({"指标": ["行政复议"], "减去": ["行政诉讼结果维持"]}, "不是“行政复议”的一部分"),
        ({"指标": ["办结总数"], "减去": ["无法提供", "本机关不掌握"]}, "有重叠"),
        ({"指标": []}, "问数字要写明指标"),
    ],
)
def test_what_there_is_not_goes_back_to_the_model(
    corpus_library: Library, endpoint: Endpoint, model: Model, fields: dict[str, object], told: str
) -> None:
    endpoint.otherwise = plan(**fields)  # type: ignore[assignment]
    endpoint.says(*[plan(**fields)] * 3)
    given = ask("清源区2024年老年人申请多少件", corpus_library, model)
    assert given.abstained and told in endpoint.last_message()


@pytest.mark.parametrize(
    ("question", "fields", "told"),
    [
        ("清源区2024年老年人申请多少件", {"指标": ["新收申请"], "单位": ["咸安区人民政府"]}, f"问题里写的是“{UNIT}”"),
        ("清源区2022年老年人申请多少件", {"指标": ["新收申请"], "年份": [2024]}, "问题里写的是2022年"),
        ("撇开清源区，2024年老年人申请哪家最多", {"指标": ["新收申请"], "运算": "最多"}, f"问题不要“{UNIT}”"),
        ("清源区2024年老年人不予公开多少件", {"指标": ["行政复议"]}, "问题里写的是“不予公开”"),
    ],
)
def test_what_the_question_names_in_plain_words_must_stand_in_the_plan(
    corpus_library: Library, endpoint: Endpoint, model: Model, question: str, fields: dict[str, object], told: str
) -> None:
    endpoint.says(*[plan(**fields)] * 3)
    given = ask(question, corpus_library, model)
    assert given.abstained and told in endpoint.last_message()


def test_other_words_for_the_same_names_are_understood_and_the_reading_is_told(
    corpus_library: Library, endpoint: Endpoint, model: Model
) -> None:
    endpoint.says(plan(单位=["清源区政府"], 指标=["结转到下年的申请"]))
    given = ask("清源区2024年老年人没等到答复的有几件", corpus_library, model)
    assert not given.abstained and given.plan and given.plan.units == (UNIT,)
    assert given.answer.startswith(f"模型把问题理解为“{UNIT}2024年，结转下年度继续办理”：\n")


def test_words_that_the_model_does_not_understand_keep_the_figure_back(
    corpus_library: Library, endpoint: Endpoint, model: Model
) -> None:
    endpoint.says(plan(指标=["新收申请"], 不明白=["老年人"]))
    given = ask("清源区2024年老年人申请多少件", corpus_library, model)
    assert given.abstained and "没有单独列出“老年人”" in given.answer


def test_a_model_that_is_down_leaves_the_grammar_s_answer(
    corpus_library: Library, endpoint: Endpoint, model: Model
) -> None:
    endpoint.otherwise = 500
    given = ask("清源区2024年老年人申请多少件", corpus_library, model)
    assert given.abstained and "老年人" in given.answer
