"""What is quoted: a whole point, the whole of a short article with the part that tells, a second article that fits as well."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_report import report

from assistant.asking import answer
from assistant.asking.passages.passage_answers import laws_named_in
from assistant.asking.passages.quotation import best_quotes, rest_of_point
from assistant.library import Library, Passage
from assistant.library.ingest import ingest


def passage(id: int, text: str, *, article: int | None = None) -> Passage:
    kind = "regulation" if article else "report"
    place = f"《办法》第{article}条" if article else "一、总体情况 · 第1段"
    return Passage(id, 1, kind, "" if article else "甲区", None, "办法", place, place, article, text, str(id))  # type: ignore[arg-type]


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Library]:
    (tmp_path / "甲区_2024.md").write_text(report(), encoding="utf-8")
    with Library(tmp_path / "library", create=True) as library:
        ingest([tmp_path / "甲区_2024.md"], library, vectors=False)
        yield library


def quoted(asked: str, found: list[Passage], library: Library, fits: dict[int, float]) -> list[str]:
    return [quote.text for quote in best_quotes(asked, found, library, fits)]


def test_a_point_is_quoted_up_to_the_next(filled: Library) -> None:
    text = "一是改版网站。二是开展全市依申请公开案卷互查活动并且形成通报和台账。随机抽取三十卷，两两互评。三是办讲座。"
    assert quoted("案卷互查怎么做", [passage(1, text)], filled, {1: 0.9}) == [
        "二是开展全市依申请公开案卷互查活动并且形成通报和台账。随机抽取三十卷，两两互评。"
    ]
    assert rest_of_point(["随机抽取。", "两两互评。", "三是讲座。"], 20) == "随机抽取。两两互评。"
    assert rest_of_point(["三是讲座。"], 20) == "" and rest_of_point(["长" * 300 + "。"], 20) == ""


def test_what_does_not_fit_is_not_quoted(filled: Library) -> None:
    assert quoted("案卷互查怎么做", [passage(1, "开展案卷互查。")], filled, {1: 0.4}) == []


def test_two_articles_that_fit_alike_are_both_quoted_and_passages_of_reports_are_not(filled: Library) -> None:
    articles = [passage(1, "办理不收费。", article=1), passage(2, "过多的可以收费。", article=2)]
    assert len(quoted("收费吗", articles, filled, {1: 0.9, 2: 0.89})) == 2
    assert quoted("收费吗", articles, filled, {1: 0.9, 2: 0.6}) == ["办理不收费。"]
    reports = [passage(1, "办理不收费。"), passage(2, "过多的可以收费。")]
    assert len(quoted("收费吗", reports, filled, {1: 0.9, 2: 0.89})) == 1


def test_which_one_is_answered_by_an_ordinal(filled: Library) -> None:
    told = passage(1, "全年培训2期。其中第七期培训班讲案卷。")
    assert quoted("培训班办到第几期", [told], filled, {1: 0.9}) == ["其中第七期培训班讲案卷。"]


def test_how_many_is_answered_by_none_too(filled: Library) -> None:
    assert quoted("收了多少信息处理费", [passage(1, "本年没有收取信息处理费。")], filled, {1: 0.9})


def test_what_another_law_says_is_not_told_by_ours(corpus_library: Library) -> None:
    assert laws_named_in("行政诉讼法规定的起诉期限") and not laws_named_in("收费办法和行政执法的做法")
    assert laws_named_in("行政复议法规定的复议机关") and not laws_named_in("条例和管理办法规定了什么")
    assert answer("档案法规定档案馆的查阅", corpus_library).abstained
    assert not answer("答复政府信息公开申请的期限是多久", corpus_library).abstained


def test_a_long_article_is_told_by_its_sentence_and_then_whole(corpus_library: Library) -> None:
    given = answer("答复期限可以延长多久", corpus_library)
    telling, whole = given.citations[:2]
    said, all_of_it = (cited.quote.replace("\n", "") for cited in (telling, whole))
    assert whole.where == f"{telling.where}全文" and said in all_of_it and len(said) < len(all_of_it)


def test_the_number_to_call_that_is_asked_for_speaks_for_its_passage(filled: Library) -> None:
    told = passage(1, "如有疑问，请拨打0555-1234567。")
    assert quoted("联系电话是多少", [told], filled, {1: 0.4}) == [told.text]
    assert quoted("疑问怎么提", [told], filled, {1: 0.4}) == []


def test_a_regulation_is_another_law_by_its_name_alone() -> None:
    assert laws_named_in("信访条例规定多少天办结") == ["信访条例"]
    assert not laws_named_in("违反条例规定怎么处理") and not laws_named_in("按条例规定几天答复")
