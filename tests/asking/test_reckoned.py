"""What is reckoned beside the tables: a measure that was asked for, a number of the prose over the years, a fee."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.asking import answer
from assistant.library import Library

TODAY = date(2025, 11, 1)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("清源区2023年度行政事业性收费折合多少亿元", "915.30万元即0.09153亿元"),
        ("咸安区2024年许可用“万件”来说大概几万（留一位小数就行）", "59113件即5.9万件"),
        ("清源区2023年行政事业性收费是多少亿", "0.09153亿元"),
        ("清源区政府网站公开信息条数，24年跟22年比多出多少条", "2024年比2022年多291条"),
        ("清源区三年培训一共多少人次", "3年合计764人次"),
        ("清源区2024年社会评议满意率比2022年高几个百分点", "多1.57个百分点"),
        ("某申请人一个月提了25件，按件计收信息处理费应收多少元", "应收1500元"),
        ("同一申请人一个月申请12件，信息处理费合计多少", "应收200元"),
        ("一个人一个月提了35件，信息处理费是多少", "应收3000元"),
        # Whether two cells are the same; sums side by side; who is more, and by how much.
        ("清源区2023年的结转下年度、2024年的上年结转各多少，两个数一样吗", "两者相等"),
        ("清源区23年办结和24年新收相等吗", "两者不相等"),
        ("咸安2024年新收加上年结转等于办结加结转下年吗", "办结总数＋结转下年度继续办理97件"),
        ("咸安2024年新收加上年结转、办结加结转下年各多少，平不平", "两者相等"),
        ("清源区2024年予以公开加部分公开和不予公开各多少", "不予公开17件"),
        ("2024年行政许可咸安和清源谁多？多多少件", "多38795件"),
        ("2024年咸安和清源的新收哪家少？少几件", "最少，为97件，江州市清源区人民政府比咸安区人民政府多61件"),
        # Words that only lead to another clause, or are of the answer's office.
        ("清源区23年新收141件，可24年呢，多少件", "2024年新收申请为158件"),
        ("“重复申请”，清源区2024年答了几件", "2024年重复申请为"),
        ("正文说清源区2024年新收17件，表里新收其实是多少", "2024年新收申请为158件"),
        ("同一个人当月递了45件，信息处理费应收多少元", "应收5500元"),
        ("一个月8份申请，信息处理费要收多少", "应收0元"),
    ],
)
def test_what_is_reckoned(corpus_library: Library, question: str, says: str) -> None:
    given = answer(question, corpus_library, today=TODAY)
    assert says in given.answer and not given.abstained and given.figures and given.citations


@pytest.mark.parametrize("question", ["清源区2024年可公开的多少件", "清源区2024年正文里的新收是多少件"])
def test_words_that_may_narrow_are_asked_back(corpus_library: Library, question: str) -> None:
    assert answer(question, corpus_library, today=TODAY).abstained


def test_a_standard_that_is_not_held_is_not_reckoned_by(corpus_library: Library) -> None:
    given = answer("信息处理费按量收，120页要收多少钱", corpus_library, today=TODAY)
    assert given.abstained and "没有按量计收的标准" in given.answer


def test_the_number_of_cases_is_no_measure(corpus_library: Library) -> None:
    given = answer("清源区2024年不予公开的理由按件数排，前三名是哪些", corpus_library, today=TODAY)
    assert "即" not in given.answer and "行政执法案卷" in given.answer
