"""What a question means: everyday names of the rows, fees that are not the table's, several things asked at once, and
what the reports at hand tell of a place or a year that has no report of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from small_report import report

from assistant.asking import Answer, answer
from assistant.asking.conversation.chat import chat
from assistant.asking.questions.question import parse_question
from assistant.library import Library
from assistant.library.ingest import ingest

TODAY = date(2025, 11, 1)
HELD = {"咸安区人民政府": [2024]}
# Rows and columns of the form (of table 3: the total, unless a column is named) in the words of an office.
EVERYDAY = {
    "requests.received.total": ("当年收进来多少件申请", "新接了多少件申请"),
    "requests.carried_in.total": ("从上一年转过来多少件", "上年结余多少件申请", "上年留下来的申请有几件", "跨年过来的有几件"),
    "requests.granted.total": ("全给了的有几件", "答应公开的多少件"),
    "requests.partly_granted.total": ("给了一部分的有几件", "只公开一部分的有几件"),
    "requests.denied.total": ("不让公开的有多少件", "不给公开的有几件"),
    "requests.denied.state_secret.total": ("因保密没公开的有几件", "属于机密不公开的有几件"),
    "requests.denied.prohibited_by_law.total": ("法律规定不能公开的几件", "法律法规不让公开的有几件"),
    "requests.denied.safety_and_stability.total": ("怕影响社会稳定不公开的有几件",),
    "requests.denied.third_party_rights.total": ("涉及别人隐私不公开的几件", "第三方不同意的有几件"),
    "requests.denied.process_information.total": ("讨论过程中的信息不公开的有几件", "过程信息几件"),
    "requests.denied.enforcement_file.total": ("行政执法案卷信息有几件",),
    "requests.denied.administrative_query.total": ("查询类的几件",),
    "requests.unavailable.total": ("给不了的有几件", "没办法给的有几件"),
    "requests.unavailable.not_held.total": ("我们没掌握的有几件", "手里没有这信息的几件", "不归我们管的有几件"),
    "requests.unavailable.needs_creation.total": ("得重新整理的有几件",),
    "requests.unavailable.still_unclear.total": ("补了材料还是不清楚的几件", "补正以后还说不清楚的几件"),
    "requests.not_processed.petition.total": ("投诉举报类的几件", "投诉类的申请有几件"),
    "requests.not_processed.repeated.total": ("反复提同一申请的有几件",),
    "requests.not_processed.publication.total": ("要书报的有几件",),
    "requests.not_processed.excessive.total": ("频繁大量申请的有几件",),
    "requests.not_processed.reconfirmation.total": ("要求再开一份的有几件",),
    "requests.otherwise_handled.total": ("别的处理方式几件",),
    "requests.otherwise_handled.correction_overdue.total": ("没按时补正的几件", "到期没补正不再处理的几件"),
    "requests.otherwise_handled.fee_overdue.total": ("没交费被终止办理的有多少件", "不肯交费的有几件", "因为没付费不再处理的几件"),
    "requests.concluded.total": ("当年办理完毕多少件",),
    "requests.carried_out.total": ("到年底手上还有几件没办", "跨到下年的几件"),
    "review.corrected": ("行政复议里被否的几件",),
    "review.pending": ("复议没出结果的有几件",),
    "litigation.total": ("上法庭的有几件",),
    "litigation.after_review.total": ("复议完又去起诉的几件",),
    "disclosure.rules.in_force": ("还管用的规章几件",),
    "disclosure.normative_documents.issued": ("规范性文件新出了几件",),
    "disclosure.normative_documents.repealed": ("清理掉规范性文件几件", "取消了几件规范性文件"),
    "disclosure.normative_documents.in_force": ("还在执行的规范性文件几件",),
    "disclosure.licensing.decisions": ("批了多少许可",),
    "disclosure.penalties.decisions": ("罚了多少件",),
    "disclosure.fees.amount": ("行政事业收费多少",),
}  # fmt: skip


def ask(question: str, library: Library) -> Answer:
    return answer(question, library, today=TODAY)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """乙区 2023, and 甲区 2023, whose report tells of 南湖镇, of events and persons, and plans for 2024."""
    folder = tmp_path_factory.mktemp("city")
    told = (
        "比较满意。南湖镇建成公开书屋4处，居民可以当场查阅。全区收到申请12件，其中南湖镇3件、甲区北山镇5件。"
        "民生热线答疑会办了40余场次。\n\n## 五、存在的主要问题及改进情况\n\n"
        "当前窗口人手偏少。2024年计划为每个镇配一名专职公开员，并把答疑会开到村里。\n\n"
    )
    text = report(2023).replace("比较满意。", told)
    (folder / "甲区_2023.md").write_text(text, encoding="utf-8")
    (folder / "乙区_2023.md").write_text(report(2023).replace("甲区", "乙区"), encoding="utf-8")
    with Library(folder / "library", create=True) as library:
        ingest(sorted(folder.glob("*.md")), library, vectors=False)
        yield library


@pytest.mark.parametrize(("metric", "words"), [(metric, one) for metric, all_ in EVERYDAY.items() for one in all_])
def test_everyday_words_for_rows_and_columns(metric: str, words: str) -> None:
    asked = parse_question(f"咸安2024年{words}", HELD, TODAY)
    own, group = (metric,), (metric.removesuffix(".total"),)
    assert [readings[0] for readings in asked.metrics] in ([*own], [*group])
    assert asked.wants_figure
    assert asked.narrowing == ()


@pytest.mark.parametrize("words", ["取消了几项行政许可", "有效的行政处罚有多少件"])
def test_a_stage_that_a_line_of_table_2_has_not_is_no_figure_of_it(words: str) -> None:
    assert parse_question(f"咸安2024年{words}", HELD, TODAY).metrics == ()


@pytest.mark.parametrize("words", ["有没有向申请人收费", "对申请人收过钱吗", "跟申请人收了多少钱"])
def test_what_applicants_pay_is_not_the_fees_of_table_2(words: str, corpus_library: Library) -> None:
    given = ask(f"清源区2024年{words}", corpus_library)
    assert "893.76" not in given.answer
    assert "信息处理费" in given.answer
    assert "893.76万元" in ask("清源区2024年行政事业性收费多少", corpus_library).answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("清源区2024年诉讼总数和败诉的各几件", ["行政诉讼5件", "结果纠正0件"]),
        ("清源区2024年复议合计多少，维持多少", ["行政复议11件", "结果维持"]),
        ("清源区2024年新收多少件申请，培训办了几期", ["158件", "3期"]),
        ("清源区2024年开了几场新闻发布会，新收多少件申请", ["158件", "5场"]),
        ("清源区2024年新收多少件申请，食堂换了谁承包", ["158件", "“食堂换了谁承包”这一问，资料库里没有找到答案"]),
        ("清源区2024年按申请人类型从多到少排个序", ["140件", "11件"]),
    ],
)
def test_all_that_is_asked_is_answered_or_said_to_be_missing(
    question: str, says: list[str], corpus_library: Library
) -> None:
    given = ask(question, corpus_library)
    assert not given.abstained
    assert [words for words in says if words not in given.answer] == []


def test_a_clause_that_goes_on_about_the_one_before_is_not_taken_alone(corpus_library: Library) -> None:
    given = ask("清源区2024年向申请人收费了吗，收了多少", corpus_library)
    assert "158件" not in given.answer
    assert "信息处理费" in given.answer


def test_outcomes_are_told_the_largest_first(corpus_library: Library) -> None:
    # In the form's own order 不予公开 (17) would stand before 无法提供 (31).
    whole, *parts = ask("清源区2024年按办理结果从多到少排个序", corpus_library).figures
    values = [part.value for part in parts]
    assert values == sorted(values, reverse=True)
    assert sum(values) == whole.value


@pytest.mark.parametrize(
    ("question", "not_said"),
    [
        ("清源区2027年会收到多少申请", "“会”"),
        ("清源区2024年提起诉讼的人叫什么名字", "提、"),
    ],
)
def test_small_verbs_are_no_names_of_figures(question: str, not_said: str, corpus_library: Library) -> None:
    given = ask(question, corpus_library)
    assert given.abstained
    assert not_said not in given.answer


@pytest.mark.parametrize(
    "question",
    [
        "清源区2024年复议被纠正的那1件是什么案子",
        "清源区2023年有几名工作人员被开除",
        "清源区2024年158件申请分别问的是什么",
    ],
)
def test_a_number_of_something_else_is_no_answer(question: str, corpus_library: Library) -> None:
    given = ask(question, corpus_library)
    assert given.figures == ()
    assert "新收申请为" not in given.answer


def test_the_number_quoted_is_counted_in_what_was_asked(city: Library) -> None:
    assert "40余场次" in ask("甲区2023年民生热线答疑会办了多少场", city).answer
    assert ask("甲区2023年民生热线答疑会来了多少人", city).abstained


def test_a_place_told_of_in_another_report(city: Library) -> None:
    given = ask("南湖镇2023年公开书屋建得怎么样", city)
    assert not given.abstained
    assert "没有“南湖镇”的报告" in given.answer
    assert "公开书屋4处" in given.answer
    assert given.citations[0].unit.endswith("甲区")
    counted = ask("南湖镇2023年收到申请多少件", city)
    assert counted.abstained
    assert "南湖镇3件" in counted.answer
    assert "写到它" not in ask("南湖镇2023年行政许可多少件", city).answer


def test_a_year_told_of_in_the_report_beside_it(city: Library, corpus_library: Library) -> None:
    planned = ask("甲区2024年打算做什么", city)
    assert "没有某市甲区2024年的报告" in planned.answer
    assert "2024年计划为每个镇配一名专职公开员" in planned.answer
    assert "窗口人手偏少" not in planned.answer
    amiss = ask("咸安区2023年有什么问题", corpus_library)
    assert "2024年的报告写到2023年的有" in amiss.answer
    assert "2024年仍有的问题" not in amiss.answer
    assert ask("咸安区2022年有什么问题", corpus_library).abstained


def test_after_thanks_a_follow_up_means_the_question_before(corpus_library: Library) -> None:
    asked = ["清源区2023年新收多少件申请", "谢谢！", "好的，再见", "那2024年呢"]
    first, thanks, leave, last = chat(asked, corpus_library, today=TODAY)
    assert "141件" in first.answer
    assert "没有找到" not in thanks.answer + leave.answer
    assert "158件" in last.answer


def test_what_the_reasons_of_so_many_cases_are_is_asked_of_the_table(corpus_library: Library) -> None:
    told = ask("清源区2024年不予公开的那17件都是什么理由", corpus_library)
    assert told.route == "figures" and "第三方合法权益4件" in told.answer
