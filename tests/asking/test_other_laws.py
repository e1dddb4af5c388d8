"""Where nothing in the library answers, it is said so, with the law that would; not the paragraph that looks most like
it. Without a model."""

from __future__ import annotations

import pytest

from assistant.asking import answer
from assistant.library import Library


@pytest.mark.parametrize(
    ("asked", "law"),
    [
        ("申请行政复议的期限是多久", "行政复议法"),
        ("对答复不服，多少天内可以申请复议", "行政复议法"),
        ("行政诉讼多久内提起", "行政诉讼法"),
        # The matter and what is asked of it in two clauses, or the day itself.
        ("对公开答复有意见去复议，法律给的时限是几天", "行政复议法"),
        ("行政复议申请应在知道行政行为之日起几日内提出", "行政复议法"),
        ("2024年7月1日收到答复，最晚哪天申请复议", "行政复议法"),
        ("行政复议收不收费", "行政复议法"),
        ("打行政官司，一审多久能判", "行政诉讼法"),
        ("国家赔偿怎么申请", "国家赔偿法"),
    ],
)
def test_what_another_law_rules_is_told_as_that(corpus_library: Library, asked: str, law: str) -> None:
    given = answer(asked, corpus_library)
    assert given.abstained and f"这是《{law}》规定的事" in given.answer
    assert "第三十条" not in given.answer and "第三十三条" not in given.answer


def test_which_article_speaks_of_a_review_is_ours_to_tell(corpus_library: Library) -> None:
    given = answer("认为政府没公开该公开的，我能申请复议吗，第几条", corpus_library)
    assert not given.abstained and "第五十一条" in given.answer


def test_when_a_report_was_published_is_not_told_by_the_dates_it_covers(corpus_library: Library) -> None:
    for asked in ("清源区2024年年报什么时候公布的", "清源区2024年的报告是哪天公布的"):
        assert answer(asked, corpus_library).abstained


def test_what_comes_of_a_breach_is_not_told_by_the_term(corpus_library: Library) -> None:
    for asked in ("逾期没答复算不算违法，会不会被罚款", "逾期没答复要承担什么责任", "超期未答复有什么后果"):
        assert "第三十三条" not in answer(asked, corpus_library).answer
    assert "第五十三条" in answer("逾期没答复要承担什么责任", corpus_library).answer


def test_a_matter_that_the_regulation_has_no_word_of_is_not_answered_from_another(corpus_library: Library) -> None:
    given = answer("条例里电子签章是怎么规定的", corpus_library)
    assert given.abstained and "没有写到“签章”" in given.answer
    assert not answer("条例里补正怎么规定的", corpus_library).abstained
