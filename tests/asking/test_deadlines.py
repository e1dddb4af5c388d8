"""Days that terms end on, what the library holds, and help: answers that no report gives."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.asking import Answer, answer
from assistant.asking.deadlines import UnknownCalendar, working_day_after
from assistant.library import Library

TODAY = date(2026, 11, 30)


def ask(question: str, library: Library) -> Answer:
    return answer(question, library, today=TODAY)


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2024, 9, 25), 20, date(2024, 10, 28)),  # the National Day holidays and two Saturdays that were worked
        (date(2025, 1, 27), 1, date(2025, 2, 5)),  # over the Spring Festival
        (date(2026, 3, 2), 20, date(2026, 3, 30)),
    ],
)
def test_working_days_are_counted_from_the_day_after(start: date, days: int, last: date) -> None:
    assert working_day_after(start, days) == last


def test_a_year_without_a_calendar_is_not_guessed() -> None:
    with pytest.raises(UnknownCalendar):
        working_day_after(date(2090, 12, 20), 20)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("2024年9月25日收到的申请，20个工作日到哪天", ["2024年10月28日", "星期一", "次日"]),
        ("规范性文件2026年3月2日印发，最晚哪天要主动公开", ["2026年3月30日", "主动公开的期限"]),
        ("昨天收到的申请什么时候到期", ["答复期限为20个工作日", "2026年12月25日"]),
        ("2026年3月2日收到申请，告知补正最晚哪天", ["7个工作日", "2026年3月11日"]),
        # An extension runs after the term of the answer, where the day named is that of receipt.
        ("2025年3月3日收到申请，负责人同意延期20个工作日，哪天到期", ["共40个工作日", "2025年4月28日"]),
        ("2024年7月1日收到的申请，20个工作日内答不完，批了15个工作日的延期，最晚哪天", ["2024年8月19日"]),
        ("2024年7月1日收到的申请，没有延期，哪天到期", ["答复期限为20个工作日", "2024年7月29日"]),
        ("2024年7月1日起延长20个工作日，到哪天", ["2024年7月29日"]),
        # A step that is not taken has no term.
        ("2024年7月1日签收的申请，没发补正通知，也不征求第三方意见，最迟哪天答复", ["答复期限为20个工作日", "7月29日"]),
        ("2024年7月1日收到申请，延期没批下来，哪天到期", ["答复期限为20个工作日", "2024年7月29日"]),
        ("2024年7月1日收到申请，要补正，最晚哪天通知", ["告知补正的期限为7个工作日", "2024年7月10日"]),
        ("今年的年报几号前要发", ["2026年的年度报告", "1月31日前", "3月31日前", "2026年11月30日"]),
    ],
)
def test_the_day_is_told_with_what_it_was_counted_by(corpus_library: Library, question: str, says: list[str]) -> None:
    given = ask(question, corpus_library)
    assert not given.abstained and [words for words in says if words not in given.answer] == []


def test_what_a_report_counts_of_reports_is_no_question_about_the_library(corpus_library: Library) -> None:
    for question in ("清源区2024年报告里列了几个问题", "清源区2024年编了几份监测报告"):
        assert ask(question, corpus_library).route != "library"


def test_a_term_into_an_unknown_year_is_refused(corpus_library: Library) -> None:
    given = ask("2090年12月20日收到申请，最晚哪天答复", corpus_library)
    assert given.abstained and "节假日安排还没有" in given.answer


def test_how_long_a_term_is_stays_a_question_for_the_regulation(corpus_library: Library) -> None:
    given = ask("答复申请的期限是几天", corpus_library)
    assert given.route == "passages" and "第三十三条" in given.answer


@pytest.mark.parametrize(
    ("question", "route", "says"),
    [
        ("资料库里有多少份报告", "library", "4份报告，2个单位"),
        ("清源区有哪几年的报告", "library", "2022年、2023年、2024年"),
        ("清源区的年报你手里有几份，哪几年的", "library", "3份（2022年、2023年、2024年）"),
        ("清源区和咸安区的数据各有几年", "library", "咸安区人民政府：2024年"),
        ("你有清源区2023年的年报吗", "library", "2023年的报告有1份"),
        ("你好", "help", "可以问年度报告里的数字"),
        ("你能干什么", "help", "assistant check"),
        ("帮我写一段总体情况", "help", "assistant draft"),
        ("帮我核查一下这份报告", "help", "assistant check"),
    ],
)
def test_what_no_report_answers(corpus_library: Library, question: str, route: str, says: str) -> None:
    given = ask(question, corpus_library)
    assert (given.route, given.abstained) == (route, False) and says in given.answer
