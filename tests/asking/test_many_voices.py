"""One thing asked in many ways: sums, remainders, bounds, ranks, a figure to be confirmed, words that sound alike."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.asking import answer
from assistant.asking.conversation.chat import Conversation
from assistant.library import Library

TODAY = date(2025, 11, 1)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        # Sums and remainders.
        ("清源区2024年予以公开和部分公开凑一块儿几件", "为95件"),
        ("清源区2023年制发的规范性文件连同废止的规范性文件，加总是几件", "为25件"),
        ("清源区2024年新收的再算上年结转的，总盘子是多少", "为162件"),
        ("清源区2024年无法提供里头把不掌握的拿掉，剩几件", "除去本机关不掌握为4件"),
        ("清源区2022年办结总数 去掉 予以公开和部分公开", "为51件"),
        ("清源区2024年行政复议，维持之外的有多少件", "除去行政复议结果维持为4件"),
        ("清源区2024年予以公开减部分公开等于几", "多53件"),
        ("清源区2024年予以公开的超出部分公开的多少件", "多53件"),
        # Multiples and shares.
        ("清源区2024年处罚与强制之间的倍数关系", "是后者的31.75倍"),
        ("清源区2024年 新收申请÷行政复议", "前者是后者的14.36倍"),
        ("清源区2024年新收申请里企业的份额大概多少", "6.96%"),
        # How it went.
        ("清源区最近这三年收费的走势", "先增后减"),
        ("三年来清源区的行政处罚是逐年在减吗", "逐年减少"),
        ("清源区从2022年到2024年，新收申请一路是怎么走的", "逐年增加"),
        ("清源区其他处理哪年垫底，几件", "2022年最少"),
        ("清源区2024年复议/诉讼各多少件", "行政复议11件（表四 行政复议·总计），行政诉讼5件"),
        # Bounds, and what is nought.
        ("清源区新收申请达到130件以上的年份有哪几个", "达到130件以上的有2023—2024年"),
        ("清源区2022年不予公开的理由中，一件也没用上的是哪几条", "为零的有：国家秘密0件"),
        ("清源区2023年新收申请里哪类申请人一件都没提", "新收申请（科研机构）0件"),
        ("清源区2024年行政强制有一百件没有", "不是。"),
        ("清源区2024年复议案件里存不存在被纠正的", "有。"),
        # A figure that is told is held against the table.
        ("据悉清源区2024年结转下年度办理6件，请予确认", "与所说的6件一致"),
        ("报纸上登的是清源区2024年予以公开59件，是这个数不", "与所说的59件不一致"),
        ("领导讲话稿说清源区2024年许可两万零三百一十八件，数字准不准", "与所说的两万零三百一十八件一致"),
        ("网上传清源区23年收费915.30万元，真的假的", "与所说的915.30万元一致"),
        # Characters of the same sound.
        ("青源区2024年新收多少件", "（题中的“青源区”按“清源区”理解。）"),
        ("清源区2024年形政处罚多少", "（题中的“形政处罚”按“行政处罚”理解。）"),
        ("清源区2024年重副申请几件", "重复申请为2件"),
    ],
)
def test_it_is_understood(corpus_library: Library, question: str, says: str) -> None:
    given = answer(question, corpus_library, today=TODAY)
    assert says in given.answer and not given.abstained, given.answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("清原区2024年新收多少件", "要问的是江州市清源区人民政府吗"),  # a county of that name there is
        ("清源区2024年每个月新收几件", "没有单独列出"),
        ("清源区2024年每周新收几件", "没有单独列出"),
        ("你自己说，清源区和咸安区谁的领导更重视公开工作？给个立场", "不作评价"),
    ],
)
def test_it_is_asked_back_or_refused(corpus_library: Library, question: str, says: str) -> None:
    given = answer(question, corpus_library, today=TODAY)
    assert given.abstained and says in given.answer, given.answer


@pytest.mark.parametrize(
    ("turns", "says"),
    [
        ("清源区2023年新收几件|2024年呢|翻了几倍", "是2023年的1.12倍"),
        ("清源区2023年予以公开占几成|部分公开的占比呢|两者合计多少件", "为83件"),
        ("清源区2024年无法提供几件|最主要的原因是啥|第二多的原因", "需要另行制作为"),
        ("2024年哪几家单位行政复议超过12件|有几件", "咸安区人民政府2024年行政复议为15件"),
        ("清源区2022年社会评议满意率多少|2023年|2024年|从头到尾一共提高了几个百分点", "相差1.57个百分点"),
        ("借申请公开来信访举报的，表三填哪里|清源区2024年这样的申请有几件", "信访举报投诉类申请为4件"),
        (
            "借申请公开来信访举报的，表三填哪里|法律依据是条例哪条|清源区2024年这样的申请有几件",
            "信访举报投诉类申请为4件",
        ),
        ("清源区2024年规章现行有效几部|不说规章了，规范性文件废止几件", "废止件数为3件"),
        ("咸安区2023年新收几件申请|我年份敲错了，应该是2024年", "2024年新收申请为97件"),
        ("邮戳2025年12月24日，12月29日签收，20个工作日到哪天", "2026年1月27日"),
    ],
)
def test_it_goes_on(corpus_library: Library, turns: str, says: str) -> None:
    conversation = Conversation(corpus_library, today=TODAY)
    told = [conversation.ask(turn).answer for turn in turns.split("|")][-1]
    conversation.close()
    assert says in told.answer, told.answer
