"""What a follow-up leaves out (那2023年呢？, 法人的呢？, 占比呢？, 第二名呢), taken from the questions before it and
what came of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from assistant.asking.conversation.memory import Memory, Point, Referents, resolve
from assistant.asking.questions.exclusion import Exclusion, find_exclusion, what_is_left
from assistant.asking.questions.expressions import cells_in, label, may_be_added, sides, spoken, whole_of
from assistant.asking.questions.metrics import find_metrics
from assistant.asking.questions.periods import Period
from assistant.asking.questions.question import Question, parse_question
from assistant.asking.questions.vocabulary import Operation, Over, operation_words, words_for
from assistant.asking.questions.wanted import How, Wanted
from assistant.language.numerals import CHINESE
from assistant.lexicon import phrase, run_of
from assistant.library.words import content_words
from assistant.patterns import regex

__all__ = ["FollowUp", "asks_for_sources", "follow_up", "is_courtesy"]

Kind = Literal["question", "reason", "rule", "again", "point", "nothing"]
Metrics = tuple[tuple[str, ...], ...]

# What 最多 was of may be named: else 最少的呢 is of the same.
_OVER = ("which_unit", "which_year", "which_part", "applicants")
# Years told by the one that was spoken of, and how far they lie from it.
_NEIGHBOURS = {"year_before": -1, "year_after": 1}
# 第六项呢, 第二款呢: of the article spoken of; an item of its paragraph too, where one was named.
_NTH = rf"第?\s*[（(]?(?:{CHINESE}|\d{{1,2}})[）)]?\s*"
_ARTICLE = regex(rf"(?P<article>.*?第?\s*(?:{CHINESE}|\d{{1,3}})\s*条)(?P<paragraph>的?{_NTH}款)?")
_PARTS = regex(rf"(?:{_NTH}款)?(?:{_NTH}项)?(?:是什么|说的?什么|内容)?")
_OPEN = ("trend", "average", "which", "highest", "lowest", "grew_most", "fell_most")
# How an operation is asked for, after what it is done with.
_ASKED_FOR: dict[tuple[Operation, Over], str] = {
    ("value", ""): "多少",
    ("change", ""): "同比增长多少",
    ("trend", ""): "变化趋势",
    ("parts", "parts"): "有哪些情形，各多少",
    ("parts", ""): "有哪些情形，各多少",
    ("parts", "applicants"): "的申请人构成",
    ("highest", "years"): "哪一年最多",
    ("highest", "units"): "哪个单位最多",
    ("highest", "parts"): "哪种情形最多",
    ("highest", "applicants"): "哪类申请人最多",
    ("lowest", "years"): "哪一年最少",
    ("lowest", "units"): "哪个单位最少",
    ("lowest", "parts"): "哪种情形最少",
    ("lowest", "applicants"): "哪类申请人最少",
    ("average", "years"): "年均多少",
    ("average", "units"): "平均多少",
    ("total", "years"): "合计多少",
    ("total", "units"): "合计多少",
    ("rank", "units"): "排第几",
    ("apart", "units"): "相差多少",
    ("grew_most", "years"): "哪一年增长最快",
    ("grew_most", "units"): "哪个单位增长最快",
    ("fell_most", "years"): "哪一年下降最快",
    ("fell_most", "units"): "哪个单位下降最快",
}
_APART_UNITS: tuple[Operation, Over] = ("apart", "units")
_APART_YEARS: tuple[Operation, Over] = ("change", "")
_CASES = ("review", "litigation.direct", "litigation.after_review", "litigation")
_COMPARES = ("几倍", "谁")
_BOTH = 2
_LONGEST_TOPIC = 60  # characters
_SHORT = 5  # characters of 部分的呢
_ENOUGH_YEARS = 3  # from here on values over the years are a trend


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question as it is to be executed, ``question.text`` saying it in words. ``kind``: reason, why a figure is as it
    is; rule, what the regulation says on what it counts; again, whether a matter is still told in another year; point,
    one of a list that was told; nothing, what is pointed at is not there (``missing``)."""

    question: Question
    kind: Kind = "question"
    point: Point | None = None
    missing: str = ""


def follow_up(text: str, memory: Memory, held: Mapping[str, Sequence[int]], today: date) -> FollowUp:
    """What ``text`` asks after what was said: unit, years, figure and operation of the question before, where it leaves
    them out and asks on.

    A question that stands on its own (names its unit, an article, or asks for an explanation) is left as it is.
    """
    if not memory.exchanges:
        return FollowUp(parse_question(text, held, today))
    if (
        phrase("followups", "yes").fullmatch(text)
        and memory.last.narrowing
        and memory.answer
        and memory.answer.abstained
    ):
        return FollowUp(replace(memory.last, narrowing=()))  # 要问的是这一项吗？
    means, left = (Referents(), text) if phrase("followups", "of_law").search(text) else resolve(text, memory)
    asked = parse_question(
        phrase("followups", "same_unit").sub(
            "", _counted_from(phrase("followups", "said_beside").sub("", left), memory)
        ),
        held,
        today,
    )
    if means.missing:
        return FollowUp(replace(asked, text=text), "nothing", missing=means.missing)
    asked = _with_referents(asked, means, held)
    if means.point:
        return _of_point(asked, means.point, memory)
    last, core = memory.last, phrase("followups", "small_word").sub("", _words(asked))
    if re.search(words_for("about.form"), phrase("passages", "table_named").sub("", text)) and not asked.named.units:
        kind: Kind = "rule" if memory.last.wants_figure else "question"
        return FollowUp(
            replace(asked, metrics=(), wants_figure=False), kind
        )  # 一直不补正的，表三填哪一栏: what the form says, no figure
    if _goes_on_about_a_quotation(asked, last, memory):
        matter = replace(asked, metrics=(), narrowing=(), wants_figure=False)
        return FollowUp(_matter_of(_words(last), matter, memory, f"，{_words(asked)}"))
    if (
        asked.period.years
        and phrase("followups", "told_again").fullmatch(_words(asked).strip("，,的"))
        and (memory.units or asked.named.units)
    ):
        return FollowUp(_matter_of(_subject(memory), asked, memory, "还有这个问题吗"), "again")
    if (
        memory.units
        and not asked.named.units
        and not asked.wants_figure
        and phrase("questions", "of_a_count").search(asked.period.rest)
    ):
        return FollowUp(_matter_of(_words(asked), asked, memory, ""))  # 那正文里写的受理17件指的是什么
    if (why := _why(asked, core, memory)) is not None:
        return why
    if _names_years(last.period) and phrase("followups", "rule_of_this").search(core) and not _names_anything(asked):
        return FollowUp(
            _rule_of(
                _named(last) if last.wants_figure else phrase("followups", "asked_of_rule").sub("", _topic(last)), asked
            ),
            "rule",
        )
    if not means.metrics and not memory.units and not last.wants_figure and _about_a_rule(asked, last):
        return FollowUp(_beside_rule(asked, core, memory))
    if not last.wants_figure and last.named.units and not _names_anything(asked) and _asks_to_reckon(asked, core):
        told = "前面的回答是报告正文里的话，不是表格里的数字，不能据此计算；请写明要算的指标和年份。"
        return FollowUp(replace(asked, text=text), "nothing", missing=told)
    return FollowUp(_completed(asked, core, memory, means))


def _goes_on_about_a_quotation(asked: Question, last: Question, memory: Memory) -> bool:
    """Whether a number is asked of what a report was just quoted with (是几件申请，每件收了多少, of a fee): it names no
    unit and no year, and the tables have no such number."""
    quoted = not last.wants_figure and last.named.units and memory.answer and memory.answer.route == "passages"
    return bool(quoted and asked.narrowing and asked.wants_figure) and not _says_who_or_when(asked)


def _names_anything(asked: Question) -> bool:
    named = asked.named
    return bool(asked.metrics or named.units or named.unknown or named.candidates or asked.all_units or asked.article)


def _asks_to_reckon(asked: Question, core: str) -> bool:
    """Whether only a reckoning is asked for: 增加了多少, 差几件, 占比."""
    left = re.sub(f"{operation_words()}|{words_for('number_asked')}|{words_for('filler')}|了", "", core)
    reckons = (
        asked.operation != "value"
        or asked.how == "share"
        or phrase("followups", "how_far_apart").fullmatch(core)
        or phrase("followups", "as_percentage").fullmatch(core)
    )
    return bool(reckons) and not left


def asks_for_sources(text: str) -> bool:
    """Whether all that is asked is where the answer before comes from: 出处呢？, 哪里写的？"""
    return bool(phrase("followups", "sources_asked").fullmatch(re.sub(r"\s", "", text)))


def is_courtesy(text: str) -> bool:
    """Whether nothing is asked: 谢谢, 好的，再见."""
    bare = re.sub(r"[^\w]", "", text)
    greets = re.fullmatch(words_for("about.greeting"), bare)
    return bool(run_of("followups", "courtesy").fullmatch(bare)) and not greets


def _completed(asked: Question, core: str, memory: Memory, means: Referents) -> Question:
    last = memory.last
    if last.metrics and not asked.named.units and (left := _what_is_left(_words(asked), last)):
        own = replace(asked, narrowing=(), named=replace(asked.named, unknown="", candidates=()))
        return _figures(own, memory, left.metrics, left.how, "value", "", words=spoken(_first(left.metrics), "value"))
    marked = bool(phrase("followups", "asks_on").search(asked.text) or means.units or means.years or means.metrics)
    if asked.named.unknown and marked and last.wants_figure and asked.named.unknown == core.removesuffix("是"):
        text = f"{asked.named.unknown}{_when(memory.period, 'value', '')}{_words(last)}"
        named = replace(last.named, units=(), candidates=(), unknown=asked.named.unknown)
        return replace(last, text=text, named=named)  # 武汉市呢: is not held, it says so
    if asked.article is not None or asked.named.unknown or (asked.named.candidates and not asked.named.units):
        return asked
    if last.article is not None and _PARTS.fullmatch(core) and (article := _ARTICLE.search(last.text)):
        text = f"{article['article']}{(article['paragraph'] or '') if '款' not in core else ''}{core}"
        return replace(asked, text=text, article=last.article, wants_figure=False)
    if (
        last.metrics
        and (more := phrase("followups", "counted_in").search(core))
        and (counted := _with_more(last, more["more"]))
    ):
        asked = replace(asked, narrowing=())
        return _figures(asked, memory, (counted,), last.how, "value", "", words=spoken(counted, "value"))
    asked_who = _says_who_or_when(asked)
    of_report = last.wants_figure or last.named.units
    fee_again = (
        not last.wants_figure
        and phrase("followups", "of_money").search(_words(last))
        and run_of("followups", "how_much").fullmatch(core)
    )
    if asked_who and (
        fee_again
        or not phrase("followups", "saying").sub("", core)
        or (of_report and phrase("followups", "same_again").fullmatch(core))
    ):
        return _same_of(asked, memory, means)
    if not core:
        return asked
    if (apart := _apart(asked, core, memory)) is not None:
        return apart
    if last.metrics and phrase("followups", "as_percentage").fullmatch(core):
        return _as_percentage(asked, memory)
    names = asked.named.units or _names_years(asked.period)
    if not names and not asked.metrics and (of_these := _most_of_these(asked, core, memory)):
        return of_these
    if asked.named.units and not marked:
        # 因为这个不公开的有几件, after a rule: what 这个 narrows is not told by the table.
        this = (
            phrase("followups", "for_this").search(_words(asked))
            if asked.wants_figure and not last.wants_figure
            else None
        )
        return replace(asked, narrowing=(*asked.narrowing, this[0])) if this else asked
    if not marked and last.named.units and _of_the_same_report(asked, core):
        return _matter(core, asked, memory)
    if means.metrics and not asked.metrics:
        asked = replace(asked, metrics=tuple((one,) for one in means.metrics))
    if last.metrics and phrase("followups", "how_many_alone").fullmatch(core):
        return _figures(asked, memory, last.metrics, "each", "value", "", words=_named(last))
    whole = phrase("followups", "of_which_whole").search(core) if phrase("followups", "these_two").match(core) else None
    if whole and (of := find_metrics(whole["whole"]).metrics) and (both := _last_two(memory)):
        share = f"{'+'.join(one.partition('/')[0] for one in both)}/{of[0][0]}"
        return _figures(asked, memory, ((share,),), "share", "value", "", words=f"{spoken(both, 'value')}一共")
    if (
        not asked.metrics
        and not asked_who
        and phrase("followups", "together").fullmatch(core)
        and (both := _of_one(last) or _last_two(memory))
    ):
        added = _sum_of(both)
        how: How = "share" if "/" in added else "sum"
        if added:
            return _figures(asked, memory, ((added,),), how, "value", "", words=f"{spoken(both, 'value')}一共")
    body = _words(asked)
    meant = _metrics_meant(body, asked, last, asks_on=marked)
    metrics: Metrics = tuple((one,) for one in means.metrics) or meant
    inherits = marked and not (asked.metrics and re.search(words_for("number_asked"), body))
    operation, over, how = _operation(asked, last, inherits=inherits and bool(metrics))
    summed = phrase("questions", "sum_asked").search(body)
    if metrics or (last.metrics and (how == "share" or operation != "value" or summed)):
        if not marked and asked.explains:
            return asked
        title = asked.title or (last.title if not metrics and not asked.metrics else "")
        words = asked.title or (spoken(_first(metrics), operation) if metrics else _named(last))
        chosen = metrics or last.metrics
        if how == "share" and not title:
            chosen = _shares(chosen, body)
        return _figures(asked, memory, chosen, how, operation, over, words=words, title=title)
    of_another_year = memory.units and asked.period.years and not asked.all_units and last.named.units
    return _matter(core, asked, memory) if marked or of_another_year else asked


def _about_a_rule(asked: Question, last: Question) -> bool:
    """Whether a follow-up goes on about the regulation: nobody's report was spoken of, and it names none."""
    named = asked.named
    return not (named.units or named.unknown or named.candidates or asked.all_units or asked.article) and not (
        _names_years(asked.period) or last.all_units or last.period.years or last.article
    )


def _beside_rule(asked: Question, core: str, memory: Memory) -> Question:
    """A question of a rule, with what it points back at named (对方, 这段时间), or beside the one before (延长的呢)."""
    last = _topic(memory.last)
    named = core
    if phrase("followups", "other_side").search(core) and phrase("followups", "third_party").search(
        f"{last}{_quoted(memory)}"
    ):
        named = phrase("followups", "other_side").sub("第三方", core)
        named = phrase("followups", "reply").sub("提出意见", named)  # which is what the regulation has a third party do
    about = phrase("followups", "asked_of_rule").sub("", last)
    if phrase("followups", "that_time").search(named):
        named = phrase("followups", "that_time").sub(f"{about}的时间，", named)
    elif phrase("followups", "this_case").search(named):
        named = phrase("followups", "this_case").sub(f"{about}，", named)
    elif (
        named == core
        and phrase("followups", "asks_on").search(asked.text)
        and (of_form := phrase("followups", "place_in_form").search(_words(memory.last)))
    ):
        named = f"{core}{of_form[0]}"  # 没按通知交钱的呢: where that is filled in
    elif named == core and (
        (phrase("followups", "asks_on").search(asked.text) and not phrase("followups", "asks").search(core))
        or not _tells(core)
    ):
        named = f"{last}，{core}"
    text = asked.text if named == core else named
    period = asked.period if named == core else replace(asked.period, rest=named)
    return replace(asked, text=text, period=period, wants_figure=False, metrics=(), narrowing=())


def _topic(question: Question) -> str:
    """What a question of a rule is about: its clauses that tell something, without those that only ask."""
    clauses = [
        one
        for one in re.split("[，,。；]", _words(question))
        if _tells(phrase("followups", "asked_of_rule").sub("", one))
    ]
    return "，".join(clauses)[-_LONGEST_TOPIC:] or _words(question)


def _tells(text: str) -> bool:
    """Whether words tell what they are about: 几天之内要告诉他 do not."""
    return bool(content_words(text))


def _quoted(memory: Memory) -> str:
    return "".join(one.quote for one in memory.answer.citations) if memory.answer else ""


def _with_referents(asked: Question, means: Referents, held: Mapping[str, Sequence[int]]) -> Question:
    """``asked`` with what its words point back at. 那两年 of another unit, which has not those but as many reports, are
    its own."""
    named, period = asked.named, asked.period
    own = held.get(named.units[0], ()) if len(named.units) == 1 else ()
    if len(own) == len(means.years) > 1 and set(means.years) - set(own):
        means = replace(means, years=tuple(own))
    if means.units and not named.units:
        named = replace(named, units=means.units, candidates=(), unknown="")
    if means.years and not period.years:
        period = replace(period, years=means.years, last=None, since=None, every=False)
    return replace(asked, named=named, period=period)


def _of_point(asked: Question, point: Point, memory: Memory) -> FollowUp:
    """A point of a list that was told: itself, or something that is asked about it."""
    core = phrase("followups", "small_word").sub("", _words(asked))
    cited = point.citation
    named = replace(asked.named, units=(cited.unit,) if cited.unit in memory.units or cited.unit else ())
    years = asked.period.years or ((cited.year,) if cited.year else ())
    again = bool(asked.period.years) and asked.period.years != (cited.year,)
    itself = again or not core or phrase("followups", "tell_it").fullmatch(core)
    rest = point.text if itself else f"{point.text}，{core}"
    text = f"{cited.unit}{'、'.join(f'{year}年' for year in years)}“{point.text}”{core}"
    question = replace(
        asked, text=text, named=named, period=Period(years, None, False, rest), metrics=(), wants_figure=False,
        narrowing=(), set_aside=(), article=None, explains=True,
    )  # fmt: skip
    return FollowUp(question, "again" if again else "point", point)


def _why(asked: Question, core: str, memory: Memory) -> FollowUp | None:
    """Why a figure is as it is: the reasons that table 3 gives (why information was denied) are its rows; any other
    only prose can tell, that of the same unit and year."""
    last = memory.last
    if not phrase("followups", "why").search(core) or (last.article is not None and not asked.named.units):
        return None
    only = bool(phrase("followups", "only_why").fullmatch(core))
    groups = [one for one in _first(last.metrics) if one.count(".") == 2 and one.split(".")[1] in _WITH_REASONS]
    if only and last.wants_figure and groups and last.operation == "value" and last.how == "each":
        metrics: Metrics = ((groups[0],),)
        return FollowUp(_figures(asked, memory, metrics, "each", "parts", "parts", words=spoken((groups[0],), "value")))
    if not last.wants_figure:
        if not only:
            return None
        return FollowUp(_matter_of(_words(last), asked, memory, "，为什么"), "reason")
    rest = phrase("followups", "this").sub("", phrase("followups", "why_of").sub("", core))
    if asked.named.units and not (asked.metrics or phrase("followups", "moved").fullmatch(rest)):
        return None
    if asked.metrics and not (asked.named.units or memory.units):
        return None
    ruled = phrase("followups", "ruled").search(rest) and not (asked.named.units or asked.period.years)
    if ruled and not asked.metrics:
        # 为什么这种可以不给: a rule is asked for, of what the figure counts.
        words = f"{label(cells_in(_first(last.metrics)[0])[0])}，{rest}"
        return FollowUp(_rule_of(words, asked, "，为什么"), "rule")
    if asked.metrics:
        metrics, subject = asked.metrics, rest
    elif only or phrase("followups", "moved").fullmatch(rest):
        metrics, subject = last.metrics, _named(last)
    elif phrase("followups", "this").search(core):
        metrics, subject = last.metrics, _named(last) + rest
    else:
        return None
    moved = bool(phrase("followups", "moved").search(rest)) or (
        last.operation in ("change", "trend") and not asked.metrics
    )
    if moved and not asked.metrics and not asked.period.years and (told := memory.moved()):
        metrics = told[0]
        subject = spoken(_first(metrics), "value")
        asked = replace(asked, period=replace(asked.period, years=told[1]))
    tail = "为什么有这样的变化" if moved and not asked.metrics else "为什么是这样" if only else "，为什么"
    question = _matter_of(subject, asked, memory, tail, metrics=metrics)
    if asked.metrics:  # said in words of its own
        question = replace(question, period=replace(question.period, rest=_words(asked)))
    return FollowUp(replace(question, operation="change" if moved else "value"), "reason")


_WITH_REASONS = ("denied", "unavailable", "not_processed", "otherwise_handled")


def _rule_of(words: str, asked: Question, tail: str = "，依据哪条规定") -> Question:
    """What the regulation says on what was talked about."""
    return replace(
        asked, text=f"{words}{tail}", named=replace(asked.named, units=()), period=Period((), None, False, words),
        wants_figure=False, metrics=(), narrowing=(), explains=True,
    )  # fmt: skip


def _matter_of(subject: str, asked: Question, memory: Memory, tail: str, metrics: Metrics = ()) -> Question:
    """What the passages of the units and years spoken of say on a matter."""
    units, period = _whose(asked, memory), _period(asked, memory)
    text = f"{'和'.join(units)}{_when(period, 'value', '')}{subject}{tail}"
    named = replace(asked.named, units=units, candidates=(), unknown="")
    rest = f"{subject}{'原因' if '为什么' in tail else ''}"
    return replace(
        asked, text=text, named=named, period=replace(period or asked.period, rest=rest), metrics=metrics, how="each",
        operation="value", over="", wants_figure=False, explains=True, narrowing=(), set_aside=(), pairs=(),
    )  # fmt: skip


def _subject(memory: Memory) -> str:
    """What was talked about last: the figure, or the matter."""
    last = memory.exchanges[-1].question
    return _named(last) if last.metrics else phrase("followups", "why").sub("", _words(last)).strip("，的")


def _apart(asked: Question, core: str, memory: Memory) -> Question | None:
    """How far two things lie apart: those pointed at, those compared with, the highest and the lowest told, or what the
    last two questions asked for."""
    last, previous = memory.last, memory.previous
    metrics = _metrics_meant(_words(asked), asked, last, asks_on=True) or last.metrics
    words = spoken(_first(metrics), "value") if asked.metrics else _named(last)
    rest = phrase("followups", "small_word").sub("", find_metrics(_words(asked)).rest) if asked.metrics else core
    if phrase("followups", "highest_and_lowest").search(_words(asked)) and (ends := memory.extremes()) and last.metrics:
        units = tuple(dict.fromkeys(one.unit for one in ends))
        years = tuple(sorted({one.year for one in ends if one.year}))
        asked = _with_referents(asked, Referents(units, years), {})
        operation, over = _APART_UNITS if len(units) > 1 else _APART_YEARS
        return _figures(asked, memory, metrics, last.how, operation, over, words=words, tail="相差多少")
    if asked.named.units and metrics and phrase("followups", "compared_with").search(asked.named.rest):
        named = replace(asked.named, units=tuple(dict.fromkeys((*memory.units, *asked.named.units))))
        operation, over = _APART_UNITS if len(metrics) == 1 else ("value", "")
        return _figures(replace(asked, named=named), memory, metrics, "each", operation, over, words=words)
    focus = memory.period.years[-1:] if memory.period else ()
    beside = len(asked.period.years) == 1 and focus and focus != asked.period.years and not asked.named.units
    if beside and last.metrics and phrase("followups", "beside_year").search(asked.period.rest):
        asked = replace(asked, period=replace(asked.period, years=tuple(sorted((*focus, *asked.period.years)))))
        return _figures(asked, memory, metrics, last.how, "change", "", words=words, title=last.title, tail="相比")
    if (
        not (phrase("followups", "how_far_apart").fullmatch(rest) or phrase("followups", "grew_by").fullmatch(rest))
        or not metrics
    ):
        return None
    if len(asked.named.units) == _BOTH:
        return _figures(asked, memory, metrics, "each", "apart", "units", words=words)
    if len(asked.period.years) == _BOTH:
        return _figures(asked, memory, metrics, last.how, "change", "", words=words, tail="相差多少")
    if asked.metrics or asked.period.years:
        return None
    if len(last.named.units) == _BOTH and last.metrics and not phrase("followups", "grew_by").fullmatch(rest):
        return _figures(asked, memory, metrics, "each", "apart", "units", words=words)
    if len(last.period.years) == _BOTH:
        return _figures(asked, memory, metrics, last.how, "change", "", words=words, tail="相差多少")
    if previous is None:
        return None
    whose, before_that = memory.units, memory.earlier
    same_figure = previous.metrics == last.metrics
    if phrase("followups", "grew_by").fullmatch(rest) and not (
        same_figure and previous.named.units == last.named.units
    ):
        return None  # over the year before
    both = tuple(dict.fromkeys((*before_that, *whose)))
    years = tuple(sorted({*previous.period.years, *last.period.years}))
    if same_figure and previous.named.units == last.named.units and len(years) == 2:
        asked = replace(asked, period=replace(asked.period, years=years))
        return _figures(asked, memory, metrics, last.how, "change", "", words=words, tail="相差多少")
    if len(both) == 2 and last.named.units != previous.named.units and not asked.named.units:
        named = replace(asked.named, units=both)
        return _figures(replace(asked, named=named), memory, metrics, "each", "apart", "units", words=words)
    cells = (*_first(previous.metrics), *_first(last.metrics))
    alike = len(cells) == 2 and not same_figure and len({one.partition(".")[0] for one in cells}) == 1
    if alike and not any(re.search("[-+/]", one) for one in cells):
        told = f"{label(cells[0])}与{label(cells[1])}"
        return _figures(asked, memory, (("-".join(cells),),), "difference", "value", "", words=told, tail="相差多少")
    return None


def _of_the_same_report(asked: Question, core: str) -> bool:
    """改进措施有哪些, after what the report of a unit says: of that report."""
    own = asked.metrics or asked.article or asked.all_units or asked.named.units
    return (
        not own
        and bool(phrase("followups", "report_matter").search(core))
        and not phrase("followups", "rule_asked").search(core)
    )


def _most_of_these(asked: Question, core: str, memory: Memory) -> Question | None:
    """哪个最多, after one figure was told of several units, or several figures of one report: of those."""
    if not phrase("followups", "which_of_these").fullmatch(core) or asked.operation not in ("highest", "lowest"):
        return None
    operation: Operation = asked.operation
    if len(memory.run_units) > 1:
        named = replace(asked.named, units=memory.run_units)
        words = _named(memory.last)
        return _figures(
            replace(asked, named=named), memory, memory.last.metrics, memory.last.how, operation, "units", words=words
        )
    metrics = memory.run_metrics
    alike = {one.partition(".")[0] for one in _first(metrics)}
    if len(metrics) > 1 and len(alike) == 1 and memory.last.how == "each":
        own = replace(asked, all_units=False, named=replace(asked.named, units=memory.units))
        words = spoken(_first(metrics), operation)
        tail = "哪个最多" if operation == "highest" else "哪个最少"
        return _figures(own, memory, metrics, "each", operation, "parts", words=words, tail=tail)
    return None


def _as_percentage(asked: Question, memory: Memory) -> Question:
    """What was told as a number, as a percentage: a change as its rate, a part as its share."""
    last = memory.last
    if last.how == "share" or last.operation in ("change", "apart", "trend"):
        return _figures(asked, memory, last.metrics, last.how, last.operation, last.over, words=_named(last),
                        title=last.title)  # fmt: skip
    return _figures(asked, memory, _shares(last.metrics, ""), "share", "value", "", words=_named(last))


def _figures(
    asked: Question, memory: Memory, metrics: Metrics, how: How, operation: Operation, over: Over, *, words: str,
    title: str = "", tail: str = "",
) -> Question:  # fmt: skip
    """A question for figures, with the units and years that it names, else those last spoken of."""
    units = _whose(asked, memory, operation, over)
    period = _period(asked, memory)
    several = operation in _OPEN and over in ("years", "") and not (asked.operation == "value" and asked.period.years)
    if several and (period is None or (not period.open and len(period.years) < 2)):
        period = Period((), None, True, "")
    period = period or asked.period
    if asked.operation == "change" and phrase("followups", "than_before").search(asked.text):
        focus = memory.period.years if memory.period else ()
        period = Period(focus, None, False, "")
    operation, over = _fitting(operation, over, units, period, how)
    rest = words + (
        tail or ("占比是多少" if how == "share" and not title else _tail(asked, memory.last, operation, over))
    )
    text = "和".join(units) + _when(period, operation, over) + rest
    named = replace(asked.named, units=units, candidates=(), unknown="", rest=rest)
    everyone = asked.all_units or (over == "units" and not units) or (not units and memory.last.all_units)
    # 最多的是最少的几倍, 跟宿迁比谁高: said of what lies apart.
    compared = operation in ("apart", "change")
    narrowing = tuple(
        word
        for word in asked.narrowing
        if not ((compared and word in _COMPARES) or run_of("followups", "changes_topic").fullmatch(word))
    )
    return replace(
        asked, text=text, named=named, period=replace(period, rest=rest), metrics=metrics, how=how, title=title,
        narrowing=narrowing,
        operation=operation, over=over, wants_figure=True, explains=False, all_units=everyone, article=None,
        set_aside=(), pairs=(), first_few=asked.first_few, condition=asked.condition,
    )  # fmt: skip


def _fitting(
    operation: Operation, over: Over, units: Sequence[str], period: Period, how: How
) -> tuple[Operation, Over]:
    """The operation that fits the units and years: one year has no trend, many years of a unit have one."""
    one_year = len(period.years) == 1 and not period.open
    many = (period.open and period.last != 1) or len(period.years) >= _ENOUGH_YEARS
    if one_year and (operation == "trend" or (operation in ("average", "highest", "lowest") and over == "years")):
        return "value", ""
    if many and len(units) < 2 and ((operation == "value" and how != "sum") or operation == "change"):
        return "trend", ""
    if len(units) == 1 and operation in ("apart", "highest", "lowest", "total", "average") and over == "units":
        return ("value", "") if one_year else ("trend", "")
    if operation == "rank" and len(units) > 1:
        return "value", ""  # those alone, in their order
    if len(period.years) == 2 and operation == "trend":
        return "change", ""
    return operation, over


def _same_of(asked: Question, memory: Memory, means: Referents) -> Question:
    """The question before, of another unit or other years; a change over several years is a trend, and one year of a
    trend is a figure."""
    last = memory.last
    if not last.wants_figure:
        units, period = _whose(asked, memory), _period(asked, memory) or asked.period
        words = _words(last)
        text = "和".join(units) + _when(period, "value", "") + words
        named = replace(last.named, units=units, candidates=(), unknown="")
        period = replace(period, rest=last.period.rest)
        return replace(last, text=text, named=named, period=period, all_units=asked.all_units, pairs=())
    metrics: Metrics = tuple((one,) for one in means.metrics) or last.metrics
    base = replace(
        asked, condition=last.condition, first_few=last.first_few, times=last.times, narrowing=last.narrowing,
        yes_or_no=last.yes_or_no,
    )  # fmt: skip
    open_now = asked.period.open and last.operation == "change"
    operation: Operation = "trend" if open_now else last.operation
    over = last.over
    how = "each" if means.metrics else last.how
    if means.metrics or (len(means.units) == 1 and operation == "rank"):
        operation, over = "value", ""  # 第二名呢: its figure
    made = _figures(
        base,
        memory,
        metrics,
        how,
        operation,
        over,
        words=spoken(_first(metrics), operation) if means.metrics else _named(last),
        title="" if means.metrics else last.title,
    )
    opening = "和".join(made.named.units) + _when(made.period, made.operation, made.over)
    changed = made.operation != last.operation
    words = made.period.rest if changed or means.metrics else _words(last)
    return replace(made, text=opening + words, period=replace(made.period, rest=words))


def _whose(asked: Question, memory: Memory, operation: Operation = "value", over: Over = "") -> tuple[str, ...]:
    over_units = asked.all_units or over == "units"
    compared = memory.last.named.units
    if over_units and not asked.all_units and not asked.named.units and len(compared) > 1:
        return compared  # 差多少, of the two that were told
    return asked.named.units or (() if over_units and operation != "rank" else memory.units)


def _period(asked: Question, memory: Memory) -> Period | None:
    return asked.period if _names_years(asked.period) else memory.period


def _first(metrics: Metrics) -> tuple[str, ...]:
    return tuple(readings[0] for readings in metrics)


def _shares(metrics: Metrics, body: str) -> Metrics:
    """Each figure over the whole that is named (占办结的比例), else over its usual one."""
    named = phrase("followups", "of_which_whole").search(body)
    wholes = find_metrics(named["whole"]).metrics if named else ()
    return tuple(tuple(_share(one, wholes) for one in readings) for readings in metrics)


def _share(figure: str, wholes: Metrics) -> str:
    """``figure`` over the first of ``wholes``, else over its usual one; a whole without some of its parts is what is
    left of it."""
    pair = sides(figure)
    part = what_is_left(figure) if pair and pair[1] == "-" else "" if pair else figure
    usual = pair[0] if pair else whole_of(figure)
    whole = wholes[0][0] if wholes and wholes[0][0] != part else usual
    return f"{part}/{whole}" if part and whole else figure


def _says_who_or_when(asked: Question) -> bool:
    return bool(asked.named.units or asked.all_units) or _names_years(asked.period)


def _words(question: Question) -> str:
    """The question without its unit and years."""
    return question.period.rest.replace("　", "").rstrip("?？。!！ ")


def _named(question: Question) -> str:
    return question.title or spoken(_first(question.metrics), question.operation)


def _counted_from(text: str, memory: Memory) -> str:
    """上一年呢 as a year: the one before those that were spoken of."""
    years = memory.period.years if memory.period else ()
    for id, step in _NEIGHBOURS.items() if years else ():
        year = (min(years) if step < 0 else max(years)) + step
        text = phrase("followups", id).sub(f"{year}年", text)
    return text


def _of_one(last: Question) -> tuple[str, ...]:
    """The figures that the last question asked for together, where they may be added."""
    named = tuple(one.partition("/")[0] for one in _first(last.metrics))
    return named if len(named) > 1 and may_be_added(named) else ()


def _with_more(last: Question, words: str) -> tuple[str, ...]:
    """The last figure with another counted in (把部分公开也算进去); a share of the same whole."""
    more, named = find_metrics(words).metrics, _first(last.metrics)
    if len(more) != 1 or len(named) != 1:
        return ()
    part, over, whole = named[0].partition("/")
    return (f"{part}+{more[0][0]}{over}{whole}",) if may_be_added((*part.split("+"), more[0][0])) else ()


def _last_two(memory: Memory) -> tuple[str, ...]:
    """The figures of the last two questions, where both were of the same units and years: 加起来多少."""
    last, previous = memory.last, memory.previous
    if previous is None or (previous.named.units, previous.period.years) != (last.named.units, last.period.years):
        return ()
    both = tuple(dict.fromkeys((*_first(previous.metrics), *_first(last.metrics))))
    return both if may_be_added(tuple(one.partition("/")[0] for one in both)) else ()


def _sum_of(both: Sequence[str]) -> str:
    """Figures added up; shares of one whole as the share of their sum; empty for shares of different wholes."""
    parts, wholes = zip(*(one.partition("/")[::2] for one in both), strict=True)
    if len(set(wholes)) > 1:
        return ""
    return "+".join(parts) + (f"/{wholes[0]}" if wholes[0] else "")


def _operation(asked: Question, last: Question, *, inherits: bool) -> tuple[Operation, Over, How]:
    """What is done, over what, and how: the new question's own, else the one before's."""
    if asked.how == "share" and not asked.title and asked.operation not in ("highest", "lowest"):
        return "value", "", "share"
    if phrase("questions", "sum_asked").search(_words(asked)) and not asked.metrics:
        over_units = asked.all_units or len(asked.named.units) > 1
        return "total", "units" if over_units else "years", last.how
    if (
        asked.operation in ("highest", "lowest")
        and last.operation in ("highest", "lowest")
        and not any(phrase("questions", id).search(asked.text) for id in _OVER)
    ):
        return asked.operation, last.over, last.how
    everyone = last.all_units or last.over == "units" or len(last.named.units) > 1
    if asked.operation == "average" and everyone and not _says_who_or_when(asked):
        return "average", "units", last.how  # 平均呢, of the units that were added up
    if asked.operation != "value" or asked.title:
        kept = last.how if not asked.metrics and last.how == "share" else asked.how
        return asked.operation, asked.over, "share" if asked.title else kept
    if not inherits or asked.how != "each":
        return "value", "", asked.how
    return last.operation, last.over, "share" if last.how == "share" and not last.title else "each"


def _tail(asked: Question, last: Question, operation: Operation, over: Over) -> str:
    if asked.how == "difference" or operation == "which":
        return "多少"
    tail = _ASKED_FOR.get((operation, over), _ASKED_FOR.get((operation, ""), "多少"))
    kind = re.search(words_for("which_unit"), last.text)
    return tail.replace("哪个单位", kind[0]) if kind and kind[0].startswith("哪") else tail


def _when(period: Period | None, operation: Operation, over: Over) -> str:
    """Years in words; an operation over years looks at all of them when one alone was spoken of."""
    several = operation in _OPEN and over in ("years", "")
    if period is None or (several and not period.open and len(period.years) < 2):
        return "历年" if several else ""
    if period.years:
        return "、".join(f"{year}年" for year in period.years)
    if period.open:
        return f"近{period.last}年" if period.last else f"{period.since}年以来" if period.since else "历年"
    return ""


def _matter(core: str, asked: Question, memory: Memory) -> Question:
    """A matter of the prose or the regulation: of the same report; of a rule, beside the question before."""
    last = memory.last
    units, period = _whose(asked, memory), _period(asked, memory)
    if last.wants_figure or last.named.units or _names_years(last.period):
        rest = f"{core}情况"
        text = f"{'和'.join(units)}{_when(period, 'value', '')}{rest}"
        named = replace(asked.named, units=units)
        return replace(asked, text=text, named=named, period=replace(period or asked.period, rest=rest))
    text = f"{_words(last)}，{core}"
    return replace(asked, text=text, period=replace(asked.period, rest=text))


def _names_years(period: Period) -> bool:
    """Whether a question names its years."""
    return bool(period.years or period.open)


def _metrics_meant(body: str, asked: Question, last: Question, *, asks_on: bool) -> Metrics:
    """The figures that ``body`` means after ``last``; none when it names none.

    法人的呢 after 不予公开: its column in that row. 不予公开呢 after 自然人新收: its row in that column. 维持的呢 after
    复议, 废止的呢 after 规范性文件: of that kind. Without a word that asks on (``asks_on``) a row means its total.
    """
    found = find_metrics(body)
    named = _first(asked.metrics)
    before = tuple(cells_in(readings[0])[0] for readings in last.metrics)
    if not named:
        return _each(_of_the_same_kind(body, before))
    if found.bare and before and all(one.startswith("requests.") for one in before):
        columns = dict.fromkeys(cells_in(one)[0].rpartition(".")[2] for one in named)
        return _each(dict.fromkeys(f"{one.rpartition('.')[0]}.{column}" for one in before for column in columns))
    if any(mark in one for one in named for mark in "+-/"):
        return asked.metrics
    if (
        _kinds(before) == {"review"}
        and _kinds(named) == {"litigation"}
        and not phrase("followups", "of_court").search(body)
    ):
        return _each(f"review.{one.rpartition('.')[2]}" for one in named)  # 输了几件, of 复议
    if _kinds(named) == {"review", "litigation"} and len(_kinds(before)) == 1 and _kinds(before) & set(_CASES):
        kind = next(iter(_kinds(before)))
        return _each(dict.fromkeys(f"{kind}.{one.rpartition('.')[2]}" for one in named))
    whole = phrase("followups", "all_together").search(body)  # 诉讼一共呢 behind 维持 is all of them
    moved = tuple(_in_column(one, before) for one in named) if asks_on and not whole else named
    return asked.metrics if moved == named else _each(moved)


def _what_is_left(body: str, last: Question) -> Wanted | None:
    """The last figure without what ``body`` leaves out (除了自然人，其他占多少; 去掉信访的呢), or, after a part, the
    rest of its whole (其余的呢); ``None`` where it leaves out nothing."""
    figure = _first(last.metrics)[0].partition("/")[0]
    whole, _, taken = figure.partition("-")
    if len(last.metrics) != 1:
        return None
    added = tuple(whole.split("+"))
    if len(added) > 1:
        whole = whole_of(added[0])
    body = phrase("followups", "how_many_left").sub("", body)
    if phrase("followups", "the_rest").search(body) and not find_metrics(body).metrics:
        of, part = (whole, "+".join(added)) if len(added) > 1 else (whole_of(whole), whole)
        expression = figure if taken else f"{of}-{part}" if of else ""
    elif phrase("followups", "left_out").search(body) and (left := _excluded(body, spoken((whole,), "value"))):
        out = tuple(left.expressions[0].partition("-")[2].split("+"))
        if set(out) <= set(added):  # of several that were added up, one is let go
            return Wanted((("+".join(one for one in added if one not in out),),), "sum", "")
        before = f"+{taken}" if taken and phrase("followups", "as_well").search(body) else ""
        expression = left.expressions[0] + before
    else:
        return None
    if not expression or not (last.how == "share" or phrase("followups", "share_named").search(body)):
        return Wanted(((expression,),), "rest", "") if expression else None
    parts = what_is_left(expression)
    return Wanted(((f"{parts}/{expression.partition('-')[0]}",),), "share", "") if parts else None


def _excluded(body: str, named: str) -> Exclusion | None:
    """What ``body`` leaves out of a figure that it does not name."""
    return find_exclusion(f"{body}，{named}") or find_exclusion(f"{body}{named}")


def _each(metrics: Any) -> Metrics:
    return tuple((one,) for one in metrics)


def _kinds(metrics: tuple[str, ...]) -> set[str]:
    return {one.rpartition(".")[0] for one in metrics}


def _of_the_same_kind(body: str, before: tuple[str, ...]) -> tuple[str, ...]:
    """废止的呢 after 制发规范性文件: a stage says nothing by itself, beside its thing it does."""
    if len(before) == 1 and before[0].startswith("requests.") and len(body) <= _SHORT:
        # 部分呢, after 予以公开: the end that both have in common is left out.
        end = phrase("followups", "outcome_end").search(label(before[0]))
        short = phrase("followups", "small_word").sub("", body)
        whole = find_metrics(f"{short}{end[0]}") if end and short else None
        return _first(whole.metrics) if whole and not whole.rest.strip("　") else ()
    things = {one.rpartition(".")[0]: one for one in before if one.startswith("disclosure.")}
    if len(things) != 1:
        return ()
    thing = label(next(iter(things.values()))).removesuffix("件数")
    for stage in ("制发", "废止", "现行有效", "处理决定数量", "总金额"):
        thing = thing.replace(stage, "")
    found = _first(find_metrics(f"{thing}{body}").metrics)
    # All stages are what the thing alone means: the words beside it named none.
    alone = _first(find_metrics(thing).metrics)
    return () if found == alone else found


def _in_column(metric: str, before: tuple[str, ...]) -> str:
    """A row named alone is asked for in the column, or with the outcome, of the figures before."""
    tails = {one.rpartition(".")[2] for one in before}
    family = {one.partition(".")[0] for one in before}
    if len(tails) != 1 or not metric.endswith(".total") or metric.startswith("disclosure."):
        return metric
    own = metric.partition(".")[0]
    cases = own in ("review", "litigation") and family <= {"review", "litigation"}
    if cases or family == {"requests"} == {own}:
        return f"{metric.rpartition('.')[0]}.{tails.pop()}"
    return metric
