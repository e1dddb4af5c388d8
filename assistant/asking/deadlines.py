"""Days that a term ends on: working days of the regulation, counted by the State Council's holidays, and the day by
which a yearly report must be published (国务院令第711号，第二十六条、第三十条、第三十二条、第三十三条、第四十九条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from assistant.asking.inquiry import Inquiry
from assistant.asking.other_laws import law_beside_ours, told_of
from assistant.asking.questions.unexplained import clauses_of
from assistant.asking.result import Answer, AnswerFigure, passage_citation
from assistant.figures.dates import dates_in
from assistant.language.numerals import CHINESE, parse
from assistant.lexicon import phrase
from assistant.library.regulation import citable_regulations
from assistant.patterns import regex

__all__ = ["Term", "UnknownCalendar", "deadline_answer", "working_day_after"]

_DAYS = regex(rf"(?<![后哪某每])(?P<number>\d{{1,3}}|{CHINESE})\s*个?\s*(?P<kind>工作日|自然日|日|天)(?!期|前|后就)")
_SHORT_YEAR = regex(r"(?<!\d)(?P<year>\d{2})(?=年\d{1,2}月\d{1,2}[日号])")  # 25年9月26日
_SHORT_DATE = regex(r"(?<!\d)(?P<month>\d{1,2})\s*(?:月|[./-])\s*(?P<day>\d{1,2})\s*[日号]?(?!\d)")
_TODAY = (("前天", -2), ("昨天", -1), ("昨日", -1), ("今天", 0), ("今日", 0), ("明天", 1))
_NEXT_DAY = timedelta(days=1)
_MOST_DAYS = 250
_RECKONED_BY = "按国务院办公厅公布的节假日和调休安排推算；{}另有规定的从其规定。"
_OTHERS_ASKED = "征求第三方意见的时间不计入，"


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the regulation: the entry whose words mean it, its working days, its article."""

    id: str
    days: int
    article: int
    name: str


_TERMS = (
    Term("term.extended", 20, 33, "延长的答复期限"),
    Term("term.third_party", 15, 32, "第三方提出意见的期限"),
    Term("term.correction", 7, 30, "告知补正的期限"),
    Term("term.answer", 20, 33, "答复期限"),
    Term("term.publication", 20, 26, "主动公开的期限（自信息形成或者变更之日起）"),
)


class UnknownCalendar(Exception):
    """The holidays of a year that the State Council has not published, or that the calendar here does not have yet."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year


def working_day_after(start: date, days: int) -> date:
    """The last of ``days`` working days, the first being the one after ``start``.

    Raises:
        UnknownCalendar: the term reaches into a year whose holidays are not known.
    """
    from chinese_calendar import is_workday

    day = start
    while days:
        day += _NEXT_DAY
        try:
            days -= is_workday(day)
        except NotImplementedError:
            raise UnknownCalendar(day.year) from None
    return day


def deadline_answer(inquiry: Inquiry) -> Answer | None:
    """When a term ends, counted from a day that the question names, or by when the report of a year must be out;
    ``None`` where no such day is asked for."""
    text, today = inquiry.question.text, inquiry.question.today
    undated = _SHORT_DATE.sub("，", text)  # the 25日 of a date is no number of days
    if not phrase("passages", "which_day").search(text) and not _DAYS.search(undated):
        return None
    if (
        phrase("passages", "the_report").search(text)
        and phrase("passages", "which_day").search(text)
        and phrase("passages", "publish").search(text)
        and not inquiry.units
    ):
        return _of_the_report(inquiry)
    start = _start(text, today)
    if start is None or not (
        phrase("passages", "which_day").search(text) or phrase("passages", "past_due").search(text)
    ):
        return None
    if matter := law_beside_ours(text, inquiry.library):
        return inquiry.abstain(told_of(matter), "passages")  # 最晚哪天申请复议 is no term of an answer
    days = _DAYS.search(undated)
    numeral = parse(days["number"]) if days else None
    taken, undated = (phrase("passages", "step_not_taken").sub("，", one) for one in (text, undated))
    term = next((one for one in _TERMS if phrase("passages", one.id).search(taken)), None)
    if term is None and not numeral and phrase("passages", "received_on").search(taken):
        term = next(one for one in _TERMS if one.id == "term.answer")  # 当面收的一件，截止是哪天
    count = int(numeral.value) if numeral else term.days if term else 0
    if term and term.id == "term.extended" and phrase("passages", "received_on").search(text):
        return _extended(inquiry, start, _days_more(undated) or term.days)
    if not 0 < count <= _MOST_DAYS:
        return None
    if days and days["kind"] != "工作日":
        told = f"从{_day(start)}的次日起数{count}天，到{_day(start + timedelta(days=count))}。"
        return _told(inquiry, None, told, count, "天")
    term = term if not days or (term and term.days == count) else None
    opening = f"{term.name}为{count}个工作日。" if term else ""
    try:
        last = working_day_after(start, count)
    except UnknownCalendar as unknown:
        return inquiry.abstain(f"{opening}{_not_in_the_calendar(unknown)}", "figures")
    beside = "" if term and term.id == "term.publication" else _OTHERS_ASKED
    told = (
        f"{opening}从{_day(start)}的次日（{_day(start + _NEXT_DAY)}）起数{count}个工作日，到{_day(last)}"
        f"（{_weekday(last)}）。{_RECKONED_BY.format(beside)}"
    )
    return _told(inquiry, term.article if term else None, told, count, "个工作日")


def _not_in_the_calendar(unknown: UnknownCalendar) -> str:
    return f"{unknown.year}年的节假日安排还没有（本程序的日历到{unknown.year - 1}年），算不出到哪一天。"


def _days_more(text: str) -> int:
    """The working days that an extension is told to have: 延期15个工作日, 15个工作日的延期; 0 where none are."""
    said = phrase("passages", "term.extended").search(text)
    if said is None:
        return 0
    before = (one for one in _DAYS.finditer(text, 0, said.start()) if text[one.end() : said.start()] in ("", "的"))
    found = next(before, None) or _DAYS.search(text, said.end())
    numeral = parse(found["number"]) if found and found["kind"] == "工作日" else None
    return int(numeral.value) if numeral else 0


def _extended(inquiry: Inquiry, start: date, more: int) -> Answer | None:
    """The term of an answer together with its extension: both run from the day on which the application came."""
    own = next(one.days for one in _TERMS if one.id == "term.answer")
    if not 0 < more <= own:
        return None  # the longest extension there is: a term of its own, not a day to count from
    try:
        first, last = working_day_after(start, own), working_day_after(start, own + more)
    except UnknownCalendar as unknown:
        return inquiry.abstain(_not_in_the_calendar(unknown), "figures")
    told = (
        f"答复期限{own}个工作日，加上延长的{more}个工作日，共{own + more}个工作日。"
        f"从{_day(start)}的次日（{_day(start + _NEXT_DAY)}）起数：原期限到{_day(first)}，延长后到{_day(last)}"
        f"（{_weekday(last)}）。{_RECKONED_BY.format(_OTHERS_ASKED)}"
    )
    return _told(inquiry, 33, told, own + more, "个工作日")


def _of_the_report(inquiry: Inquiry) -> Answer:
    """The report of a year is published in the year after: by departments until 31 January, by governments until 31
    March (第四十九条)."""
    today = inquiry.question.today
    named = {year for word, year in inquiry.question.period.relative if word in ("今年", "本年度")}
    reports = [year for year in inquiry.years if year not in named]
    # 今年的年报 is, from February on, the one that comes out next; 今年要发的 is of the year before.
    year = reports[0] if reports else today.year if today > date(today.year, 3, 31) else today.year - 1
    months = (date(year + 1, 1, 31), date(year + 1, 3, 31))
    weekend = "、".join(f"{one.month}月{one.day}日是{_weekday(one)}" for one in months if one.weekday() > 4)
    told = (
        f"{year}年的年度报告在{year + 1}年公布：县级以上政府部门在1月31日前报送并公布，"
        "县级以上地方政府在3月31日前公布。"
        f"{weekend + '，请提前。' if weekend else ''}（按今天{_day(today)}推算。）"
    )
    return _told(inquiry, 49, told, 0, "")


def _start(text: str, today: date) -> date | None:
    """The day that is counted from: of a letter the one on which it was signed for (第三十一条), else the first."""
    days = [(day, clause) for clause in clauses_of(text) if (day := _day_in(clause, today))]
    if len(days) > 1 and phrase("passages", "by_post").search(text):
        signed = [one for one in days if phrase("passages", "signed_for").search(one[1])]
        if signed:
            (first, _), (last, clause) = days[0], signed[-1]
            # 2025年12月24日寄出，1月4日签收: of the year that was told, or the one behind it.
            return last if "年" in clause else last.replace(year=first.year + (last.month < first.month))
    return _day_in(text, today)


def _day_in(text: str, today: date) -> date | None:
    full = next(dates_in(_SHORT_YEAR.sub(lambda found: f"20{found['year']}", text)), None)
    if full:
        return full
    if short := _SHORT_DATE.search(text):
        try:
            return date(today.year, int(short["month"]), int(short["day"]))
        except ValueError:
            return None
    return next((today + timedelta(days=off) for word, off in _TODAY if word in text), None)


def _told(inquiry: Inquiry, article: int | None, text: str, count: int, unit: str) -> Answer:
    held = citable_regulations(inquiry.library)
    passages = inquiry.library.catalog.article(article) if article else []
    cited = [passage for passage in passages if passage.document in held]
    figure = AnswerFigure(text=f"{count}{unit}", value=Decimal(count), metric="deadline", unit="", year=None)
    return Answer(
        question=inquiry.question.text,
        answer=text,
        citations=tuple(passage_citation(passage, passage.text) for passage in cited),
        figures=(figure,) if count else (),
        route="figures",
    )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _weekday(day: date) -> str:
    return f"星期{'一二三四五六日'[day.weekday()]}"
