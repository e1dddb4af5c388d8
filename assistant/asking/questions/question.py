"""A question taken apart: unit, years, figures, operation, and what is left unexplained."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from assistant.asking.questions.measures import Measure, measure_in
from assistant.asking.questions.metrics import parts_of
from assistant.asking.questions.operation import Condition, Frame, find_condition, find_operation, first_few
from assistant.asking.questions.periods import BLANK, Period, find_period
from assistant.asking.questions.unexplained import (
    clauses_aside,
    clauses_of,
    narrowing_words,
    outside_words,
    place_among,
)
from assistant.asking.questions.units import NamedUnits, find_units, without_left_out
from assistant.asking.questions.vocabulary import (
    OUTCOMES,
    Operation,
    Over,
    figure_terms,
    operation_words,
    without_asides,
    without_slips,
)
from assistant.asking.questions.wanted import How, Wanted, find_wanted
from assistant.language.numerals import CHINESE, parse
from assistant.language.sounds import misheard
from assistant.language.unit_names import short_names
from assistant.lexicon import phrase
from assistant.patterns import regex
from assistant.text import printable

__all__ = ["LONGEST_QUESTION", "Operation", "Question", "parse_question"]

LONGEST_QUESTION = 500  # characters; a question is a sentence, not a document

_ARTICLE = regex(rf"第\s*({CHINESE}|\d{{1,3}})\s*条(?![件款信])")
_IN_NUMBERS, _MARKS = regex(r"(?<=\d),(?=\d{3}(?!\d))"), str.maketrans(",;?!", "，；？！")
_A_COUNT = regex(r"\d+\s*[件份条个起宗]")
_IN_ORDER = regex(lambda: operation_words("rank"))
_OUTCOMES = tuple((f"requests.{row}.total",) for row in OUTCOMES)


@dataclass(frozen=True, slots=True)
class Question:
    """``metrics`` and ``how`` as in ``Wanted``; ``over`` is what an operation compares (years, units, parts of a
    figure); ``times`` asks for a multiple (几倍); ``narrowing`` are words that the tables of a report do not divide by
    (3月, 民政局); ``set_aside`` are clauses that ask for something else than figures of the tables
    (新收多少件，按时答复了吗); ``pairs`` are units each of a year of its own, ``own_years`` the years of
    the figures where each has its own (23年结转下年和24年上年结转); ``measure`` is what figures
    are wanted in (折合亿元); ``read_as`` are words as they were written and as they were read (形政, 行政)."""

    text: str
    named: NamedUnits
    period: Period
    metrics: tuple[tuple[str, ...], ...]
    how: How
    title: str
    operation: Operation
    over: Over
    condition: Condition | None
    wants_figure: bool
    yes_or_no: bool
    explains: bool
    all_units: bool
    first_few: int | None
    article: int | None
    times: bool
    narrowing: tuple[str, ...]
    today: date
    set_aside: tuple[str, ...] = ()
    pairs: tuple[tuple[str, int], ...] = ()
    measure: Measure | None = None
    own_years: tuple[int, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()


def parse_question(text: str, units: Iterable[str], today: date) -> Question:
    """Take a question apart, knowing the units that the library holds; 去年 is the year before ``today``'s."""
    held = tuple(units)
    whole = _as_it_sounds(_parsed(text, held, today), held, today)
    # 新收多少件，培训办了几期: beside a training nothing of the tables is seen.
    may_be_two = whole.wants_figure or whole.explains or not whole.metrics
    aside = clauses_aside(whole.text, whole.narrowing) if may_be_two and whole.named.units else ()
    if not aside:
        return whole
    rest = _parsed("，".join(clause for clause in clauses_of(whole.text) if clause not in aside), held, today)
    if not (rest.wants_figure and not rest.narrowing):
        return whole
    if not rest.named.units:
        rest = replace(rest, named=replace(rest.named, units=whole.named.units))
    if not rest.period.years:
        rest = replace(rest, period=replace(rest.period, years=whole.period.years))
    same = rest.named.units == whole.named.units and rest.period.years == whole.period.years
    return replace(rest, text=whole.text, set_aside=aside, read_as=whole.read_as) if same else whole


def _as_it_sounds(question: Question, held: tuple[str, ...], today: date) -> Question:
    """The question with words read as they sound (洪择区, 形政处罚), where that leaves less of it unexplained."""
    doubtful = [word for word in (question.named.unknown, *question.narrowing) if word]
    located = question.named.units or question.period.years
    if not doubtful and located and not (question.metrics or question.explains or question.article):
        doubtful = re.findall(r"[^\W\d_]{2,}", question.period.rest)
    if not doubtful:
        return question
    known = {name for unit in held for name in short_names(unit)} | figure_terms()
    text, read_as = question.text, []
    for start, end, right in sorted(misheard(text, frozenset(known), doubtful), reverse=True):
        read_as.append((text[start:end], right))
        text = text[:start] + right + text[end:]
    if not read_as:
        return question
    read = _parsed(text, held, today)
    clearer = _unexplained(read) < _unexplained(question)
    return replace(read, read_as=tuple(reversed(read_as))) if clearer else question


def _unexplained(question: Question) -> tuple[bool, int, bool]:
    return bool(question.named.unknown), len(question.narrowing), not question.metrics


def _folded(text: str) -> str:
    """Digits and letters at half width, the marks that end clauses at full width, however they were typed."""
    folded = unicodedata.normalize("NFKC", printable(text))
    return _IN_NUMBERS.sub("", folded).translate(_MARKS)


def _parsed(text: str, units: Iterable[str], today: date) -> Question:
    measure, text = measure_in(without_asides(_folded(text)[:LONGEST_QUESTION]))
    if found := phrase("questions", "period.this_year_told").search(text):  # 今年（2024）比去年多几件
        text = text[: found.start()] + f"{found['year']}年" + text[found.end() :]
        today = today.replace(year=int(found["year"]), day=min(today.day, 28))
    named = without_left_out(find_units(text, units))
    period = find_period(named.rest, today)
    if len(named.units) == 1 and not period.told:
        period = find_period(phrase("questions", "period.reports").sub(_as_years, named.rest), today)
    period = replace(period, rest=without_slips(period.rest))
    wanted = find_wanted(period.rest)
    if not wanted.metrics and phrase("questions", "applicants").search(period.rest):
        wanted = find_wanted(f"{period.rest}申请")  # 申请人构成: of those who applied
    frame = Frame(named, period)
    condition, unbound = _condition(frame, wanted.rest)
    operation, over = find_operation(frame, wanted, condition)
    if operation in ("highest", "lowest") and over in ("parts", "applicants") and wanted.how == "share":
        # 占比最高的是哪类申请人: the shares of one whole stand in the order of their figures.
        wanted = replace(wanted, metrics=tuple((one[0].partition("/")[0],) for one in wanted.metrics), how="each")
    if operation == "parts" and _IN_ORDER.search(period.rest) and wanted.metrics == _OUTCOMES:
        wanted = replace(wanted, metrics=(("requests.concluded.total",),))  # its parts are told the largest first
    # 用得最多的理由是哪一条: of the rows, no rule.
    of_rows = operation in ("highest", "lowest")
    left = phrase("questions", "which_part").sub(BLANK, wanted.rest) if of_rows else wanted.rest
    told = phrase("questions", "explanation").search(left) and not _asks_numbers(period.rest, wanted.rest)
    explains = wanted.how != "parts" and bool(told or (wanted.metrics and _asks_why(period.rest, wanted)))
    article = _article(text)
    narrowing = narrowing_words(text, unbound) if wanted.metrics and not explains else ()
    if operation == "change" and len(period.years) > 1:  # from one year to another: what is left of more and less
        narrowing = tuple(word for word in narrowing if not phrase("questions", "net").fullmatch(word))
    narrowing += outside_words(frame, wanted, operation, over)
    if not (named.units or named.candidates or named.unknown) and (
        period.years or phrase("questions", "how_many").search(text)
    ):
        place = place_among(narrowing, wanted.rest)  # 赤壁: a place without its 市
        named, narrowing = (replace(named, unknown=place), ()) if place else (named, narrowing)
    own = _own_years(text, units, today) if len(named.units) == 1 and len(period.years) == 2 else {}
    if own:
        wanted, operation, over = replace(wanted, metrics=tuple(own), how="each"), "value", ""
    asks = bool(wanted.metrics) and not explains and article is None and _asks_number(named, period, wanted, operation)
    return Question(
        text=text, named=named, period=period, metrics=wanted.metrics, how=wanted.how, title=wanted.title,
        operation=operation, over=over, condition=condition, wants_figure=asks,
        yes_or_no=bool(phrase("questions", "yes_or_no").search(named.rest)), explains=explains,
        all_units=frame.all_units,
        first_few=first_few(period.rest), article=article, times=bool(phrase("questions", "times").search(period.rest)),
        narrowing=narrowing, today=today, pairs=_pairs(text, units, today) if len(named.units) == 2 else (),
        measure=measure, own_years=tuple(own.values()),
    )  # fmt: skip


def _as_years(found: re.Match[str]) -> str:
    """这三份年报里 as 近三年, in as many characters."""
    return f"近{found['count']}年".ljust(len(found[0]), BLANK)


def _pairs(text: str, units: Iterable[str], today: date) -> tuple[tuple[str, int], ...]:
    """Two units each with a year of its own, 清源2024年…比洪泽2023年…; none where both have the same years."""
    sides = phrase("questions", "between_two").split(text, maxsplit=1)
    if len(sides) != 2:
        return ()
    named = [find_units(side, units).units for side in sides]
    years = [find_period(side, today).years for side in sides]
    if any(len(one) != 1 for one in (*named, *years)) or named[0] == named[1] or years[0] == years[1]:
        return ()
    return tuple((unit[0], year[0]) for unit, year in zip(named, years, strict=True))


def _own_years(text: str, units: Iterable[str], today: date) -> dict[tuple[str, ...], int]:
    """Two figures each with the year of its own, 2023年结转下年度、2024年上年结转; empty where years and figures are
    not told in pairs."""
    own: dict[tuple[str, ...], int] = {}
    for piece in phrase("questions", "between_sums").split(text):
        period = find_period(find_units(piece, units).rest, today)
        metrics = find_wanted(period.rest).metrics
        if not metrics and not period.told:
            continue
        if len(metrics) != 1 or len(period.years) != 1 or metrics[0] in own:
            return {}
        own[metrics[0]] = period.years[0]
    return own if len(own) == 2 == len(set(own.values())) else {}


def _article(text: str) -> int | None:
    found = None if phrase("questions", "place.table").search(text) else _ARTICLE.search(text)
    numeral = parse(found[1]) if found else None
    return int(numeral.value) if numeral else None


def _condition(frame: Frame, text: str) -> tuple[Condition | None, str]:
    """The bound that ``text`` sets for years or units to be listed, or that a figure is held against (不到200件吧), and
    the text without it. 有没有败诉 sets none: it asks for the figure."""
    listed = frame.several_units and phrase("questions", "listed_out").search(text)
    which = frame.all_units or frame.asks_year or listed
    rows = phrase("questions", "which_rows").search(text) or phrase("questions", "applicants").search(frame.period.rest)
    if not (which or rows or any(phrase("questions", id).search(text) for id in ("asks_whether", "confirms"))):
        return None, text
    condition, rest = find_condition(text)
    set_by_words = which or (rows and ("零" in text or phrase("questions", "bound.nought").search(text)))
    return (condition, rest) if condition and (set_by_words or condition.counted) else (None, text)


def _asks_number(named: NamedUnits, period: Period, wanted: Wanted, operation: Operation) -> bool:
    # 那3件都是什么理由: rows of the table; 那3件分别问的是什么: no number.
    of_rows = operation == "parts" and phrase("questions", "which_part").search(period.rest)
    if (
        operation != "which"
        and not of_rows
        and phrase("questions", "of_a_count").search(period.rest)
        and not phrase("questions", "how_many_cases").search(period.rest)
    ):
        return False
    if (
        operation != "value"
        or wanted.how != "each"
        or any(phrase("questions", id).search(period.rest) for id in ("number_asked", "yes_or_no", "applicants"))
    ):
        return True
    located = named.units or named.candidates or named.unknown or period.years or period.open
    # 办理结果怎么样: several figures tell how it went; of one figure (新收申请情况) the prose tells more.
    tell = phrase("questions", "tell" if len(wanted.metrics) < 2 else "tell_more")
    return bool(located) and not tell.search(wanted.rest)


def _asks_numbers(text: str, rest: str) -> bool:
    """Whether one clause names a figure and asks for its number, or names several and asks for each: what is to be
    explained in another is said beside it (怎么填的：补正后仍不明确合计是几; 怎么处理的？公开、部分公开分别列一下)."""
    each, rows = phrase("questions", "tell_each"), phrase("questions", "which_part")
    for clause in re.finditer(r"[^，,。；;：:？?！!]+", text):
        left = rest[clause.start() : clause.end()]
        number = phrase("questions", "number_asked").search(clause[0]) or _A_COUNT.search(clause[0])
        listed = each.search(clause[0]) and ("、" in clause[0] or phrase("questions", "made_of").search(clause[0]))
        named = left != clause[0] and (number or listed)
        if (named or (listed and rows.search(text))) and not phrase("questions", "explanation").search(left):
            return True
    return False


def _asks_why(text: str, wanted: Wanted) -> bool:
    """Whether reasons are asked for that no table gives: those for 不予公开 are its rows, those for 被纠正 are
    prose."""
    rows = all(readings[0].startswith("requests.") and parts_of(readings[0]) for readings in wanted.metrics)
    return not rows and bool(phrase("questions", "reason").search(text))
