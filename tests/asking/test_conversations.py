"""Conversations over real figures: what points back at lists, and what was told is told again in another form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant.asking.conversation.chat import Conversation
from assistant.asking.conversation.history import History, Turn
from assistant.library import Library
from assistant.llm.model import Model
from tests.scripted_endpoint import Endpoint

TODAY = date(2025, 11, 1)
UNIT = "江州市清源区人民政府"


def turns(library: Library, *asked: str, before: Sequence[Turn] = ()) -> list[Turn]:
    conversation = Conversation(library, before=before, today=TODAY)
    for text in asked:
        conversation.ask(text)
    conversation.close()
    return conversation.turns


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        # The second of a ranking, then it, then the last.
        ("2024年各单位新收申请排名|第二名的办结总数", "咸安区人民政府2024年办结总数为"),
        ("2024年各单位新收申请排名|第二个是谁，它的不予公开几件", "咸安区人民政府2024年不予公开为7件"),
        ("2024年各单位新收申请排名|第二名呢|它的不予公开几件", "咸安区人民政府2024年不予公开为7件"),
        ("2024年各单位新收申请排名|最后一名呢", "咸安区人民政府2024年新收申请为97件"),
        ("2024年各单位新收申请排名|倒数第一是谁", "咸安区人民政府2024年新收申请为97件"),
        ("2024年各单位新收申请排名|前两名差多少", "多61件"),
        ("2024年各单位新收申请排名|第二名呢|第一名呢", f"{UNIT}2024年新收申请为158件"),
        ("清源和咸安2024年新收申请各多少|前者的不予公开", f"{UNIT}2024年不予公开为17件"),
        ("清源和咸安2024年新收申请各多少|后者的不予公开", "咸安区人民政府2024年不予公开为7件"),
        ("清源和咸安2024年新收申请各多少|差多少", "多61件"),
        ("2024年哪个单位新收申请最多|它的不予公开几件", f"{UNIT}2024年不予公开为17件"),
        # A step more after the day on which a term ends; what is left of it is a rule.
        ("2026年3月2日交了申请，20个工作日到哪天|延期呢", "延长后到2026年4月28日"),
        ("2026年3月2日交了申请，20个工作日到哪天|说错了，是3月4日收的", "到2026年4月1日"),
        ("2026年3月2日交了申请，20个工作日到哪天|记错了，3月4日交的|再批延期，最长到哪天", "延长后到2026年4月30日"),
        ("2024年各单位行政许可排名|垫底的呢|它上一年办了多少", f"{UNIT}2023年行政许可"),
        ("咸宁市2024年办了多少行政许可|那咸安的有吧", "咸安区人民政府2024年行政许可处理决定数量为59113件"),
        ("清源区2023年无法提供几件|主要是哪种情形|占无法提供的百分之几", "占无法提供"),
        ("2026年3月2日交了申请，20个工作日到哪天|延期要不要跟申请人讲", "第三十三条"),
        ("清源区2024年不予公开里行政执法案卷几件|总计跟各项加起来对得上吗", "相加为17件，与总计相符"),
        ("能当场答复的申请怎么办|要是他写得太笼统看不明白呢", "第三十条"),
        ("清源区2024年新收几件|上一年转过来的有几件", "上年结转申请为4件"),
        ("清源区2023年不予公开几件|主要是哪种情形", "“行政查询事项”最多，为5件"),
        ("2024年各单位行政许可排名|不算咸安呢", f"{UNIT}2024年行政许可处理决定数量为20318件"),
        # Ordinals without a measure word; what was listed added up, and as a whole.
        ("2024年各单位行政许可排名|第二呢", f"{UNIT}2024年行政许可处理决定数量为20318件"),
        ("清源、咸安2024年行政许可各多少|第一比第二多几件", "多38795件"),
        ("清源、咸安2024年行政许可各多少|第二呢|它比第一名少多少", "多38795件"),
        ("清源、咸安2024年行政许可各多少|第二呢|两家合计", "合计79431件"),
        ("清源、咸安2024年行政许可各多少|合计呢|清源占合计的百分之几", "25.58%"),
        ("清源、咸安2024年行政许可各多少|第二名占合计的多少", "25.58%"),
        ("清源区近三年新收申请|三年合计|2024年占合计的百分之几", "占2022—2024年合计425件的37.18%"),
        ("清源区近三年新收申请|哪年最多|第二呢", f"{UNIT}2023年新收申请为141件"),
        ("清源、咸安2024年行政许可各多少|最多的是谁", "咸安区人民政府最多，为59113件"),
        # A figure that is compared is the whole of it, whatever part was told before.
        ("咸安2024年行政诉讼几件|没审结的几件|跟清源比，诉讼多几件", "2024年行政诉讼，"),
        ("清源区2024年新收多少|自然人提的呢|跟2023年比新收多几件", "增加17件"),
        # What was refused does not take the place of what was told.
        ("清源、咸安2024年行政许可各多少|那个什么来着|合计呢", "合计79431件"),
        ("清源区2023年收费多少万元|再看后一年的，多少万元", f"{UNIT}2024年行政事业性收费"),
        # The years that the library was said to hold; a request ends with 请, 申请 does too.
        ("清源区你有几年的年报，哪几年|这几年新收申请列个表", "| 2023年 | 141件 |"),
        ("清源区你有几年的年报，哪几年|这几年新收申请列个表|哪年涨得更快", "2024年增长最快"),
        ("清源区的报告你收了哪几年的|那行政处罚做成表|哪一年降得更多些", "2024年下降最快"),
        # Rows: the one told first, the second; years that are compared with the least.
        ("清源区2023年不予公开几件|哪条理由最多|2024年这条几件", f"{UNIT}2024年行政查询事项为4件"),
        ("清源区2024年新收的申请人构成|最多的那类2023年几件", "（自然人）为127件"),
        ("清源区三年新收各多少|哪年最多|比最少那年多几件", "增加32件"),
        ("清源区2022年本机关不掌握的几件|2024年呢|多了还是少了", "增加3件"),
        ("清源区2024年许可多少|处罚呢|强制呢|三项合计", "为21759件"),
        ("清源区23年底有效规范性文件几件|22年底呢", f"{UNIT}2022年行政规范性文件现行有效件数为66件"),
        ("清源区2024年企业提的几件|全公开的几件", "如按予以公开（商业企业）计，为5件"),
        ("清源区2023年收费多少万|2024年呢|少收了多少", "减少21.54万元"),
        ("清源区2024年无法提供里，本机关不掌握的几件|另外两小项各多少", "需要另行制作3件"),
        ("清源区2024年无法提供里，本机关不掌握的几件|另外两小项各多少|三项加起来占办结的百分之几", "的19.87%"),
        # Years and parts.
        ("清源区近三年新收申请|最高和最低差多少", "增加32件"),
        ("清源区近三年新收申请|哪年最多|那一年不予公开几件", f"{UNIT}2024年不予公开为17件"),
        ("清源区近三年新收申请|哪年最多|比前一年多了多少", "增加17件"),
        ("清源区2024年不予公开多少件|都是什么原因|第二种占多少", "占办结总数156件"),
        ("清源区2024年新收多少件|2023年呢|差了几件|换成百分数", "12.06%"),
        ("清源区2024年新收多少件|跟2023年比呢", "增加17件"),
        ("清源区2024年新收多少件|是2022年的几倍", "1.25倍"),
        ("清源区2024年新收多少件|再说下2023年|涨了几倍", "是2023年的1.12倍"),
        ("清源区2024年不予公开占比|无法提供的呢|两个合起来呢", "不予公开＋无法提供为"),
        # Of these: what was told one after the other.
        ("清源2024年新收多少|咸安呢|谁最多", f"{UNIT}最多，为158件"),
        ("清源2024年新收多少|咸安呢|这两个单位排个序|第二是谁", "咸安区人民政府2024年新收申请为97件"),
        ("清源区2024年行政许可多少|处罚|强制|哪个最多", "“行政许可处理决定数量”最多，为20318件"),
        ("2024年各单位新收申请排名|第二名呢|它比第一名少多少", "多61件"),
        # Left out of what was told, and let go again.
        ("清源区2024年新收多少件|除了自然人，其他申请人占多少", "占新收申请158件（表三 一·总计）的11.39%"),
        ("清源区2024年新收多少件|自然人呢|其余的呢", "为18件"),
        ("清源区2024年不予处理多少件|去掉信访的呢|重复的也去掉呢", "为1件"),
        ("清源区2024年不予处理多少件|去掉信访的呢|占比呢", "占不予处理7件"),
        ("清源区2024年新收多少件|除了自然人，其他申请人占多少|不算商业企业的呢", "为7件"),
        ("清源区2024年不予处理多少件|去掉信访还剩多少", "为3件"),
        # What the form says is asked beside figures; they are gone on from.
        ("清源区2024年新收多少件|申请人逾期不补正，表三填哪一栏", "填第三项（六）其他处理的1"),
        ("清源区2024年新收多少件|申请人逾期不补正，表三填哪一栏|2023年呢", "2023年新收申请为141件"),
        # The report that was spoken of; a rule that was, which no table divides by.
        ("清源区2024年存在哪些不足|改进措施有哪些", f"{UNIT}2024年报告第五部分列出的改进"),
        ("清源区2024年监督保障情况|增加了多少", "不能据此计算"),
        ("内部会议纪要可以不公开吗|清源区2024年因为这个不公开的有几件", "没有单独列出“因为这个”的数字"),
        ("清源区2024年3月不予公开多少件", "要问的是这一项吗"),
        ("清源区2024年3月不予公开多少件|是的", f"{UNIT}2024年不予公开为17件"),
        ("清源区2024年予以公开几件|部分呢", f"{UNIT}2024年部分公开为21件"),
        ("清源区2024年予以公开几件|部分呢|两项占办结的多少", "占办结总数156件"),
        ("2024年各单位新收申请排名|平均呢", "平均127.50件"),
        ("清源区2024年报告里的主要问题有哪些|第一个问题怎么解决的|第二个呢", "征求第三方意见的做法不统一"),
        ("清源区2024年新收多少件|回到咸安，结转多少", "咸安区人民政府2024年"),
        ("清源区2024年不予公开多少件|无法提供的呢|其中哪种最多", "无法提供中，“本机关不掌握”最多"),
        ("清源区2024年自然人新收多少|行吧。那换2023，法人是几件", f"{UNIT}2023年新收申请（法人或其他组织）为14件"),
        ("清源区2024年监督保障情况|2023它存在什么问题", f"{UNIT}2023年报告第五部分列出的问题"),
        # What came last is not what an unknown place means.
        ("清源区2024年新收多少件|赤壁市呢", "资料库中没有“赤壁市”的报告"),
        ("清源区2024年新收多少件|赤壁市呢|那咸安呢", "咸安区人民政府2024年新收申请为97件"),
        # A list has an end.
        ("2024年各单位新收申请排名|第五名呢", "前面的回答里没有第五名（上面只列出2名）"),
        # A rule of what a figure counts; then the figure again.
        ("清源区2024年需要另行制作的几件|为什么这种可以不给", "第三十八条"),
        ("清源区2024年需要另行制作的几件|为什么这种可以不给|咸安呢", "咸安区人民政府2024年需要另行制作为0件"),
        # Another measure.
        ("清源区2024年新收多少件|换算成万件", "158件，即0.0158万件"),
        ("清源区2024年行政事业性收费多少|换算成元", "893.76万元，即8937600元"),
        ("清源区2024年新收多少件|换算成亿元", "没有可以换算成亿元的数字"),
        # An honest no, with the figures.
        ("清源区2024年新收多少件|2023年呢|为什么涨了", "的报告没有写明原因。数字是："),
        # The regulation: who and what is pointed back at.
        ("涉及商业秘密要怎么办|对方几天内要答复|这段时间算不算进我们的答复期", "不算在上述答复期限里"),
        ("答复申请的期限是多久|依据哪一条", "第三十三条"),
        # Greetings.
        ("清源区2024年新收多少件|你好", "您好。可以问"),
        ("清源区2024年复议维持几件|诉讼一共呢", "行政诉讼为5件"),
        ("清源区2024年新收多少件|帮助", "可以问年度报告里的数字"),
        ("清源区2024年新收多少件|好的谢谢|2023年呢", "141件"),
    ],
)
def test_the_last_turn_says(corpus_library: Library, asked: str, says: str) -> None:
    last = turns(corpus_library, *asked.split("|"))[-1]
    assert says in last.answer.answer, f"{last.understood}：{last.answer.answer}"


def test_a_table_of_what_was_asked(corpus_library: Library) -> None:
    told = turns(corpus_library, "清源区2024年新收多少件", "2023年呢", "不予公开呢", "列个表")[-1].answer
    rows = [line for line in told.answer.splitlines() if line.startswith("|")]
    assert rows == [
        "| 年份 | 新收申请 | 不予公开 |", "| --- | --- | --- |", "| 2023年 | 141件 | 18件 |", "| 2024年 | 158件 | 17件 |",
    ]  # fmt: skip
    assert {citation.where for citation in told.citations} == {"表三 一·总计", "表三 三（三）·总计"}


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ("清源区三年的行政强制列个表", ["2022年 | 47件", "2023年 | 52件", "2024年 | 44件"]),
        ("清源区2024年新收多少件|2023年呢|占比呢|两年列个表", ["2023年 |", "2024年 |"]),
        ("2024年各单位新收申请排名|把两家的部分公开列成表", [f"{UNIT} | 21件", "咸安区人民政府 | 7件"]),
        ("清源区2024年新收多少件|不予公开呢|这两项列个表", ["新收申请 | 不予公开", "158件 | 17件"]),
    ],
)
def test_tables(corpus_library: Library, asked: str, rows: list[str]) -> None:
    told = turns(corpus_library, *asked.split("|"))[-1].answer.answer
    assert [row in told for row in rows] == [True] * len(rows), told


def test_a_table_of_nothing_says_so(corpus_library: Library) -> None:
    told = turns(corpus_library, "答复申请的期限是多久", "列个表")[-1].answer
    assert told.abstained and "没有可以列成表的数字" in told.answer


def test_a_paragraph_of_what_was_told_keeps_figures_and_places(corpus_library: Library) -> None:
    told = turns(corpus_library, "咸安区2024年新收多少件", "清源区2024年新收多少件", "2023年呢", "写成一段话")[
        -1
    ].answer
    assert told.answer == (
        f"{UNIT}2024年新收申请为158件（表三 一·总计）。{UNIT}2023年新收申请为141件（表三 一·总计）。"
    ), "咸安区 was another topic"
    assert [figure.text for figure in told.figures] == ["158件", "141件"] and len(told.citations) == 2


def test_a_point_of_a_list_and_whether_another_year_has_it(corpus_library: Library) -> None:
    asked = ("清源区2024年报告里的主要问题有哪些", "第二条具体说说", "2023年还有这个问题吗")
    listed, second, again = (turn.answer for turn in turns(corpus_library, *asked))
    point = listed.answer.splitlines()[2].removeprefix("2. ")
    assert point in second.answer and len(second.citations) == 1
    assert "2023年的报告里没有找到写这个问题的句子" in again.answer and "2023年报告第五部分列出的问题" in again.answer


def test_whether_another_year_has_it_too_tells_the_figure(corpus_library: Library) -> None:
    asked = ("清源区2023年复议多少件", "纠正的呢", "为什么被纠正", "2024年还有这个问题吗")
    reason, again = (turn.answer for turn in turns(corpus_library, *asked)[-2:])
    assert "超过期限" in reason.answer
    assert f"{UNIT}2024年行政复议结果纠正为1件" in again.answer
    assert {citation.unit for citation in again.citations} == {UNIT}


def test_a_conversation_taken_up_again_goes_on_from_its_plans_and_lists(
    corpus_library: Library, tmp_path: Path
) -> None:
    history = History(tmp_path)
    for turn in turns(corpus_library, "2024年各单位新收申请排名", "第二名呢", "占比呢"):
        history.add(turn)
    resumed = History(tmp_path).resume()
    told = turns(corpus_library, "它的不予公开几件", "第一名呢", before=resumed)[-2:]
    assert "咸安区人民政府2024年不予公开为7件" in told[0].answer.answer
    assert f"{UNIT}2024年不予公开为17件" in told[1].answer.answer


def test_a_model_is_told_the_turns_before_and_what_it_plans_is_gone_on_from(
    corpus_library: Library, endpoint: Endpoint, model: Model
) -> None:
    planned = {
        "类别": "数字", "单位": ["咸安区人民政府"], "年份": [2024], "指标": ["不予公开"], "减去": [], "占": [], "运算": "数值",
        "查找": "", "条号": 0, "不明白": [],
    }  # fmt: skip
    conversation = Conversation(corpus_library, model, today=TODAY)
    conversation.ask("2024年各单位新收申请排名")
    assert endpoint.requests == [], "the grammar understands it"
    endpoint.says(planned)
    told = conversation.ask("垫底那位把人家挡回去的是几件来着").answer
    assert (
        "2. 咸安区人民政府" in endpoint.last_message() and "垫底那位把人家挡回去的是几件来着" in endpoint.last_message()
    )
    assert "咸安区人民政府2024年不予公开为7件" in told.answer and not told.abstained
    assert "咸安区人民政府2024年予以公开为" in conversation.ask("予以公开呢").answer.answer
    conversation.close()


def test_three_that_cannot_be_added_are_not_answered_by_one(corpus_library: Library) -> None:
    told = turns(corpus_library, "清源区2024年许可多少", "新收多少", "强制呢", "三项合计")[-1].answer
    assert told.abstained and not told.figures


def test_the_most_of_rows_that_were_not_told_is_asked_back(corpus_library: Library) -> None:
    told = turns(corpus_library, "清源区2024年不予公开几件", "最多的那条占几成")[-1].answer
    assert told.abstained and "没有列出各项" in told.answer


@pytest.mark.parametrize(
    "asked",
    [
        "清源区2024年不予公开几件|另外两项呢",
        "清源区2024年许可多少|新收多少|三项加起来占办结多少",
        "几天内要答复|清源区2024年这类申请多少件|2023年呢|下降了百分之几",
        "清源区2024年新收多少|加起来多少",
    ],
)
def test_what_is_not_known_to_be_meant_is_stated_by_no_turn_behind_it(corpus_library: Library, asked: str) -> None:
    told = turns(corpus_library, *asked.split("|"))[-1].answer
    assert told.abstained and not told.figures, told.answer


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("青原区2024年处罚多少，哦打错了，是清源区", "江州市清源区人民政府2024年行政处罚处理决定数量为1397件"),
        ("清源区2022年新收多少件|不对，我要的是办结的", "2022年办结总数为124件"),
        ("清源区2024年新收多少|说错了，是2023年", "2023年新收申请为141件"),
        ("清源区2024年新收多少|不是新收，是办结", "2024年办结总数为156件"),
        # What a rule was just quoted on, as those that a report counts.
        ("有人拿申请来信访、举报怎么回|清源区2024年这类申请多少件", "信访举报投诉类申请为4件"),
        ("清源区2024年新收多少|咸安呢|俩差几件", "江州市清源区人民政府比咸安区人民政府多61件"),
        ("清源区2023年新收多少|咸安2024年的呢|清源2024年也给我", "江州市清源区人民政府2024年新收申请为158件"),
        ("清源区2024年新收多少|咸安呢|他们一共多少", "合计255件"),
        ("清源区2022年新收多少|23、24呢", "2024年新收申请为158件"),
        ("清源区2024年有哪些不足|扫描件的转换后来做了多少份", "1260份"),
        ("清源区2024年复议有几件被纠正|那件是因为什么", "行政复议中被纠正的1件即属此类"),
    ],
)
def test_a_mistake_is_taken_back_and_what_was_told_is_gone_on_from(
    corpus_library: Library, asked: str, says: str
) -> None:
    assert says in turns(corpus_library, *asked.split("|"))[-1].answer.answer


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        # 收 without an object is of the fee that was spoken of, no application; who, how much each, by which rule.
        ("清源区2023年收了多少信息处理费|分别收了多少", "1件180元、1件330元"),
        ("清源区2023年收了多少信息处理费|收得最多的那件收了多少", "330元"),
        ("清源区2023年收了多少信息处理费|哪家收的", "330元"),
        ("清源区2023年收了多少信息处理费|一共几件", "2件"),
        ("清源区2023年收了多少信息处理费|分别收了多少|2024年还收吗", "0元"),
        ("清源区2023年收了多少信息处理费|咸安2024年收了没有", "均未收取"),
        ("清源区2023年收了多少信息处理费|凭哪条规定收的", "第四十二条"),
        ("清源区2023年收了多少信息处理费|条例哪条允许收的", "第四十二条"),
        ("清源区2023年培训办了几期|多少人参加", "263人次"),
        # Shares are not added up; two figures are those that were spoken of; 也 keeps the part that was told.
        ("清源区2024年企业提的申请几件|占几成|2023年的呢|两年合起来多少", "合计20件"),
        ("清源区2024年处罚多少件|比上年多还是少|许可也看一下|两项里哪个涨得多", "行政许可处理决定数量为20318件"),
        ("清源区2024年不予公开的理由列一下|哪个理由最多", "“第三方合法权益”"),
        ("清源区2024年诉讼没审完的几件|复议的也说一下", "行政复议尚未审结"),
        ("清源和咸安2024年予以公开率各多少|差几个百分点", "个百分点"),
        ("清源区2024年新收几件|最后怎么处理的", "予以公开74件"),
        ("清源区2024年新收多少|自然人提的呢|都怎么答复的", "（自然人）"),
        ("清源区2024年不予公开多少件|都因为什么", "第三方合法权益4件"),
        ("清源区2024年新收自然人几件|法人呢|加起来是不是158", "158件"),
        ("清源区2024年诉讼比上年少了多少|复议呢|哪个变得多，哪个降得厉害", "行政复议为11件"),
        ("清源区2024年复议纠正几件|2023年有吗", "2023年行政复议结果纠正为1件"),
        ("清源区2024年重复申请几件|依据条例哪一条处理的", "第三十六条"),
        ("清源区2024年重复申请几件|依据条例哪一条处理的|这样的2023年有几件", "2023年重复申请为2件"),
        ("咸安区2024年不予公开占多少|和清源比怎么样|清源哪年最高", "2023年最高，为12.50%"),
        ("清源区2024年许可多少件|单位换成万件", "2.0318万件"),
        ("清源区2024年培训办了几期|他们的公报出了几期", f"{UNIT}2024年报告正文写的是6期"),
        # A place that is not held is let go, and named no more.
        ("徐州市2024年新收多少|没有就看清源区吧，同一年", f"{UNIT}2024年新收申请为158件"),
        ("徐州市2024年新收多少|没有徐州就用清源的|2023年呢", f"{UNIT}2023年新收申请为141件"),
        ("徐州市2024年新收多少|不看徐州了，看咸安的", "咸安区人民政府2024年新收申请为97件"),
        ("徐州市2024年新收多少|那清源呢", f"{UNIT}2024年新收申请为158件"),
        ("徐州市2024年新收多少|那改查清源区", f"{UNIT}2024年新收申请为158件"),
    ],
)
def test_what_was_spoken_of_is_meant_where_no_object_is_named(corpus_library: Library, asked: str, says: str) -> None:
    assert says in turns(corpus_library, *asked.split("|"))[-1].answer.answer


def test_an_application_is_still_meant_behind_the_prose_of_applications(corpus_library: Library) -> None:
    told = turns(corpus_library, "清源区2023年收了多少信息处理费", "新收申请多少件")[-1].answer
    assert "新收申请为141件" in told.answer
