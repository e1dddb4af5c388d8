"""Questions in more than one part: units left out, the others of a part, which unit in which year, several at once, what
was just quoted, the form itself."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.asking import answer
from assistant.asking.conversation.chat import Conversation
from assistant.asking.conversation.one_breath import questions_in
from assistant.library import Library

TODAY = date(2026, 12, 1)


def asked(text: str, library: Library) -> str:
    given = answer(text, library, today=TODAY)
    assert not given.abstained, given.answer
    return given.answer


@pytest.mark.parametrize(
    ("question", "says", "not_said"),
    [
        ("除清源区外，2024年新收申请最多的是哪个区", "咸安区人民政府最多，为97件", "158"),
        ("把咸安刨掉，2024年行政复议最多的是哪家", "清源区人民政府最多，为11件", "15件"),
        ("2024年不算咸安，其他单位新收一共多少", "158件", "97"),
        ("哪家哪年有过要公开出版物的申请", "清源区人民政府2024年：1件", "2022年"),
        ("哪家哪年的行政复议最多", "咸安区人民政府2024年最多，为15件", ""),
        ("清源区2024年新收申请里除了自然人，其他申请人占百分之几", "的11.39%", "除去"),
        ("清源区2024年除信访外，其余不予处理占多少", "占不予处理", "信访举报投诉类申请为"),
        ("清源区2024年除了部分公开跟无法提供，其余办理结果各多少件", "予以公开74件", "部分公开"),
        ("清源区2024年新收申请不算自然人有几件", "为18件", ""),
        ("清源区2024年复议里没审结的有几件", "行政复议尚未审结为1件", "除去"),
        ("清源区2024年复议里没审结的占多少", "占行政复议11件", "诉讼尚未审结"),
        ("帮我把清源区2022到2024三年的行政处罚加一下", "合计4415件", ""),
        ("2024年清源区和咸安区两家新收申请加起来有多少", "合计255件", ""),
    ],
)
def test_all_parts_of_a_question_count(corpus_library: Library, question: str, says: str, not_said: str) -> None:
    told = asked(question, corpus_library)
    assert says in told and (not not_said or not_said not in told)


def test_several_questions_at_once_go_on_from_each_other(corpus_library: Library) -> None:
    told = asked("清源区哪一年的无法提供最多？占当年办结的多少？", corpus_library)
    assert "2023年最多，为32件" in told and "占办结总数144件" in told and "22.22%" in told
    told = asked("清源区2024年新收多少件，办结了多少件，公开率多少", corpus_library)
    assert "新收申请为158件" in told and "办结总数为156件" in told and "公开率" in told


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("清源区哪一年最多？占当年办结的多少？", 2),
        ("清源区2024年新收多少？我写材料用", 1),
        ("清源区2024年新收、办结各多少", 1),
        ("清源区2024年新收多少，办结多少", 2),
        ("清源区2024年新收几件 其中企业几件", 2),
        ("企业提的，清源区2024年几件、咸安区几件", 2),
    ],
)
def test_what_asks_is_a_question(text: str, count: int) -> None:
    assert len(questions_in(text)) == count


def test_what_opens_a_text_is_what_every_part_is_about() -> None:
    assert questions_in("清源区企业提的，2024年几件，2023年呢有几件？") == [
        "清源区企业提的，2024年几件",
        "清源区企业提的，2023年呢有几件",
    ]


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("清源区2024年新收多少，办结多少", ["158", "156"]),  # one sentence tells both
        ("清源区22年跨到下一年的几件 其中企业几件", ["7", "1"]),
        ("清源区2024年新收多少件？比上年多几件，复议几件？", ["158", "17", "11"]),
        ("清源区2024年本机关不掌握的有多少，其中商业企业提的几件", ["27", "3"]),
        ("清源区2024年新收、办结各多少，差多少", ["158", "156", "2"]),
    ],
)
def test_each_part_of_a_breath_is_answered(corpus_library: Library, question: str, figures: list[str]) -> None:
    told = asked(question, corpus_library)
    assert all(f"{one}件" in told for one in figures), told


def test_what_a_part_leaves_open_is_told(corpus_library: Library) -> None:
    told = asked("清源区2024年行政复议几件？食堂花了多少钱？", corpus_library)
    assert "11件" in told and "“食堂花了多少钱”这一问，资料库里没有找到答案" in told
    # 收了多少 goes on from the fee: no applications are meant.
    assert "158件" not in answer("清源区2024年向申请人收费了吗，收了多少", corpus_library, today=TODAY).answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("申请人逾期不补正的，这件在表三填哪一类", "其他处理"),
        ("年报表三的数怎么才算平？", "结转下年度"),
        ("现在用的年报格式是国办哪个文件印发的", "〔2021〕30号"),
        ("信息处理费写在第几部分", "第六部分"),
    ],
)
def test_the_form_itself_is_told(corpus_library: Library, question: str, says: str) -> None:
    assert says in asked(question, corpus_library)


def test_the_form_answers_nothing_else(corpus_library: Library) -> None:
    assert answer("一加一等于几", corpus_library, today=TODAY).abstained
    assert "格式" not in asked("清源区2024年哪一类不予公开最多", corpus_library)


def test_what_was_just_quoted_is_gone_on_about(corpus_library: Library) -> None:
    talk = Conversation(corpus_library, today=TODAY)
    told = [talk.ask(one).answer for one in ("申请内容不明确，该按哪条办？", "几天之内要告知？", "要是他不补正呢")]
    assert all("第三十条" in one.answer for one in told)
    assert "7个工作日" in told[1].answer and "逾期" in told[2].answer
    talk = Conversation(corpus_library, today=TODAY)
    talk.ask("清源区2023年收的信息处理费一共多少？")
    assert "180元" in talk.ask("是几件申请，每件收了多少").answer.answer
    assert "第四十二条" in talk.ask("收这个钱条例里是哪一条说的").answer.answer
    talk.close()


def test_a_paragraph_is_of_what_is_asked_with_it(corpus_library: Library) -> None:
    talk = Conversation(corpus_library, today=TODAY)
    talk.ask("清源区2024年新收多少件")
    told = talk.ask("把行政许可这三年的变化写成一段话，我放材料里").answer.answer
    assert all(figure in told for figure in ("18427", "19652", "20318")) and "158" not in told
    talk.close()


def test_a_no_shows_what_comes_nearest_and_stays_a_no(corpus_library: Library) -> None:
    given = answer("清源区2024年为视障群众做了什么", corpus_library, today=TODAY)
    assert not given.abstained or (given.citations and "意思最接近的是" in given.answer)
    assert all(one.unit == "江州市清源区人民政府" for one in given.citations)
