"""What a model may not do, fault by fault, and what it may."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from assistant.drafting.wording import Draft, Task
from assistant.figures.book import Figure

TASK = Task(
    2025,
    {
        "own.1": Figure("own.1", Decimal(37), "篇", "政策解读", "其他数据!B2"),
        "note.1": Figure("note.1", Decimal(12), "场", "要点中的“12场”", "工作要点!B2"),
    },
    ("note.1",),
    (
        "新闻发布会走进社区和园区，召开{{note.1}}。",
        "解读材料与政策文件同步起草、同步发布，12345热线收集的问题附在文末。",
    ),
)
FIRST, SECOND = (
    "新闻发布会走进社区和园区，召开{{note.1}}。",
    "政策文件与解读材料同步起草、同步发布，{{own.1}}政策解读附有热线问题。",
)


def faults(*sentences: str, task: Task = TASK) -> str:
    with pytest.raises(ValidationError) as error:
        Draft.model_validate({"sentences": list(sentences)}, context={"task": task})
    return str(error.value.errors()[0]["msg"])


def taken(*sentences: str, task: Task = TASK) -> list[str]:
    return Draft.model_validate({"sentences": list(sentences)}, context={"task": task}).sentences


def test_words_around_slots_are_taken():
    assert taken(FIRST, SECOND) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "free",
    ["2025年，", "2026年将继续，", "12345热线反映的，", "一是", "一批", "一次性"],
)
def test_what_is_no_figure_may_be_written(free):
    assert taken(FIRST, free + SECOND)


@pytest.mark.parametrize(
    "typed",
    ["37篇", "３７篇", "三十七篇", "两次", "三类", "近百件", "98.5%", "百分之五", "超八成", "2019年", "12月31日", "第1条", "1.2万余"],
)  # fmt: skip
def test_numbers_are_refused_however_they_are_written(typed):
    told = faults(FIRST, f"政策文件与解读材料同步起草、同步发布，{typed}。")
    assert "不要自己写" in told


@pytest.mark.parametrize("word", ["同比", "增长", "下降", "持平", "翻番", "最多", "过半"])
def test_directions_are_arithmetics_to_say(word):
    assert word in faults(FIRST, f"{SECOND[:-1]}，数量{word}。")


@pytest.mark.parametrize(
    ("sentences", "told"),
    [
        ((FIRST, "政策文件与解读材料同步起草、同步发布{{own.9}}，热线问题附在文末。"), "没有填充项 {{own.9}}"),
        (("新闻发布会走进社区和园区。", SECOND), "还没有写到 {{note.1}}"),
        ((FIRST, SECOND + SECOND), "用了不止一次"),
        ((FIRST, "政策文件同步起草、同步发布；重大项目{{own.1}}。"), "{{own.1}} 是“政策解读”"),
        ((FIRST, SECOND[:-1] + "，依据《某市公开办法》。"), "没有《某市公开办法》"),
        ((FIRST, SECOND[:-1] + "【待补】。"), "不要用符号"),
        ((FIRST, SECOND[:-1] + "\n## 六。"), "不要用符号"),
        ((FIRST,), "第2条要点没有写到"),
        ((FIRST, SECOND, "我是人工智能助手，很高兴为您服务，祝您生活愉快。"), "在要点里没有"),
        ((FIRST, SECOND * 40), "字之间"),
    ],
)  # fmt: skip
def test_each_fault_is_told(sentences, told):
    assert told in faults(*sentences)


def test_all_faults_are_told_at_once():
    told = faults("政策文件同步起草、同步发布，共37篇，同比增长，{{own.7}}。")
    assert all(part in told for part in ("37", "增长", "{{own.7}}", "{{note.1}}", "第1条要点"))


def test_a_list_has_one_item_a_point():
    task = Task(2025, {}, (), ("部分栏目更新不够及时。", "有的答复书说理不够充分，引用条款不完整。"), one_each=True)
    assert (
        taken("1.部分栏目更新还不及时。", "（2）有的答复书说理不够充分，引用条款不完整。", task=task)[0]
        == "部分栏目更新还不及时。"
    )
    assert "应写2项" in faults("部分栏目更新不够及时，有的答复书说理不够充分，引用条款不完整。", task=task)


def test_a_unit_written_again_is_dropped():
    assert taken("新闻发布会走进社区和园区，召开{{note.1}}场。", SECOND)[0] == FIRST
