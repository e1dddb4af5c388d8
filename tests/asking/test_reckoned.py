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
        ("同一个人当月递了45件，信息处理费应收多少元", "应收5500元"),
        ("一个月8份申请，信息处理费要收多少", "应收0元"),
    ],
)
def test_what_is_reckoned(corpus_library: Library, question: str, says: str) -> None:
    given = answer(question, corpus_library, today=TODAY)
    assert says in given.answer and not given.abstained and given.figures and given.citations


def test_a_standard_that_is_not_held_is_not_reckoned_by(corpus_library: Library) -> None:
    given = answer("信息处理费按量收，120页要收多少钱", corpus_library, today=TODAY)
    assert given.abstained and "没有按量计收的标准" in given.answer


def test_the_number_of_cases_is_no_measure(corpus_library: Library) -> None:
    given = answer("清源区2024年不予公开的理由按件数排，前三名是哪些", corpus_library, today=TODAY)
    assert "即" not in given.answer and "行政执法案卷" in given.answer
