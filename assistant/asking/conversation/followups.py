"""What a follow-up leaves out (那2023年呢？, 法人的呢？, 占比呢？, 第二名呢), taken from the questions before it and
what came of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from assistant.asking.calculation.prose_figures import subject_words
from assistant.asking.conversation.antecedents import (
    Metrics,
    core_of,
    counted_from,
    first_readings,
    name_of,
    names_anything,
    says_who_or_when,
    with_referents,
    without_place,
    words_of,
    years_in_words,
)
from assistant.asking.conversation.deadline_questions import in_the_year_told, term_question
from assistant.asking.conversation.differences import difference
from assistant.asking.conversation.figure_questions import (
    added_question,
    as_percentage,
    figure_question,
    most_of_these,
    operation_meant,
    outcomes_question,
    portion_question,
    same_question,
)
from assistant.asking.conversation.meant_figures import (
    figures_told,
    kind_counted,
    left_figure,
    metrics_meant,
    most_told,
    shares,
    with_more,
    without_whole,
)
from assistant.asking.conversation.memory import Memory, Point, Referents, resolve
from assistant.asking.conversation.prose_questions import (
    matter_of_report,
    matter_question,
    of_the_same_report,
    parts_question,
    point_question,
    reason_question,
    subject_before,
)
from assistant.asking.conversation.rule_questions import (
    asks_by_which_rule,
    beside_rule,
    is_about_a_rule,
    part_of_article,
    rule_question,
    subject_of_rule,
    subject_of_talk,
)
from assistant.asking.questions.expressions import divided, spoken
from assistant.asking.questions.metrics import find_metrics, parts_of
from assistant.asking.questions.question import Question, parse_question
from assistant.asking.questions.vocabulary import Operation, operation_words
from assistant.form import leaves_of
from assistant.lexicon import phrase, run_of, said

__all__ = ["FollowUp", "asks_for_sources", "follow_up", "is_courtesy"]

Kind = Literal["question", "reason", "rule", "again", "apart", "point", "nothing"]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question as it is to be executed, ``question.text`` saying it in words. ``kind``: reason, why a figure is as it
    is; rule, what the regulation says on what it counts; again, whether a matter is still told in another year; apart,
    what two numbers of the prose lie apart; point, one of a list that was told; nothing, what is pointed at is not
    there (``missing``)."""

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
    last = memory.last
    text = in_the_year_told(text, memory)
    text = phrase("followups", "last_of_list").sub("最后一名", text) if memory.unit_list else text
    newest = memory.exchanges[-1]
    asked_back = newest.question.narrowing and newest.answer and newest.answer.abstained
    if asked_back and phrase("followups", "yes").fullmatch(text):
        return FollowUp(replace(newest.question, narrowing=()))  # 要问的是这一项吗？
    means, left = (Referents(), text) if phrase("followups", "of_law").search(text) else resolve(text, memory)
    left = counted_from(phrase("followups", "said_beside").sub("", without_place(left, memory)), memory)
    asked = parse_question(phrase("followups", "same_unit").sub("", left), held, today)
    pronoun = phrase("followups", "same_unit").search(left)
    if pronoun and "年" not in pronoun[0] and len(last.named.units) == 1 and not means.units:
        means = replace(means, units=last.named.units)  # 他们的公报出了几期: of that unit, not of whoever has one
    if means.missing:
        return FollowUp(replace(asked, text=text), "nothing", missing=means.missing)
    asked = with_referents(asked, means, held)
    if means.point:
        question, kind = point_question(asked, means.point, memory)
        return FollowUp(question, kind, means.point)
    core = core_of(asked)
    if subject := subject_of_talk(core, last):
        whose = asked.named.units or last.named.units
        period = asked.period if asked.period.told else memory.period
        when = years_in_words(period, "value", "") if whose else ""
        own = phrase("followups", "asks_on").sub("", words_of(asked))
        return FollowUp(parse_question(f"{'和'.join(whose)}{when}{subject}{own}", held, today))
    in_form = phrase("questions", "about.form").search(phrase("passages", "table_named").sub("", text))
    if in_form and not asked.named.units:
        # 一直不补正的，表三填哪一栏: what the form says, no figure
        return FollowUp(replace(asked, metrics=(), wants_figure=False), "rule" if last.wants_figure else "question")
    adds_up = phrase("questions", "adds_up").search(asked.text) and not asked.named.units
    if adds_up and last.wants_figure and last.metrics:
        whole = divided(first_readings(asked.metrics or last.metrics)[0])
        same, said_so = replace(asked, narrowing=()), f"{spoken((whole,), 'parts')}各项加起来等不等于总计"
        return FollowUp(figure_question(same, memory, ((whole,),), "each", "parts", "parts", words=said_so))
    if term := term_question(asked, memory):
        return FollowUp(parse_question(term, held, today))
    if others := _without_units(asked, memory) or _mostly_which(asked, core, memory):
        return FollowUp(others)
    if len(memory.told_of_prose) > 1 and phrase("followups", "how_far_apart").fullmatch(core):
        return FollowUp(asked, "apart")
    if member := _member_asked(asked, memory):
        return FollowUp(parse_question(member, held, today))
    if (parts := parts_question(asked, core, memory, held)) is not None:
        return FollowUp(parts)
    if found := _of_prose(asked, core, memory) or _of_rule(asked, core, memory, means):
        return found
    if not last.wants_figure and last.named.units and not names_anything(asked) and _asks_to_reckon(asked, core):
        told = "前面的回答是报告正文里的话，不是表格里的数字，不能据此计算；请写明要算的指标和年份。"
        return FollowUp(replace(asked, text=text), "nothing", missing=told)
    return FollowUp(_completed(asked, core, memory, means))


def _without_units(asked: Question, memory: Memory) -> Question | None:
    """不算宿迁呢, after units were held beside each other: the others alone."""
    last, units = memory.last, asked.named.units
    apart = phrase("questions", "unit.left_out").search(f"{asked.named.rest}，") if units else None
    everyone = last.all_units or (last.over == "units" and not last.named.units)
    if not (apart and last.wants_figure) or asked.metrics:
        return None
    among = () if everyone else next((one for one in reversed(memory.unit_lists) if set(units) < set(one)), ())
    if not (everyone or len(among) > len(units) + 1):
        return None
    left = phrase("followups", "asks_on").sub("", asked.named.rest.replace(apart[0].rstrip("，"), "")).strip("，的话再")
    own = asked.operation if asked.operation in ("average", "total", "highest", "lowest") else None
    if left and not own and not phrase("followups", "saying").fullmatch(left):
        return None
    left_out = tuple(dict.fromkeys((*last.named.left_out, *units)))
    others = tuple(one for one in among if one not in units)  # of those that were listed
    named = replace(last.named, left_out=left_out, units=others or last.named.units)
    if own or others:  # 不算宿迁，平均呢
        last = replace(last, operation=own or "value", over="units" if own else "")
    return replace(
        last, text=f"除{'、'.join(left_out)}外，{words_of(last)}", named=named, all_units=everyone or last.all_units
    )


def _mostly_which(asked: Question, core: str, memory: Memory) -> Question | None:
    """主要是哪种情形, after a figure that has parts: the most of them."""
    last = memory.last
    if not last.wants_figure or not last.metrics or asked.metrics or asked.named.units:
        return None
    whole = first_readings(last.metrics)[-1].partition("/")[0]
    row, _, column = whole.rpartition(".")
    if not parts_of(whole) and row.count(".") > 1:  # of a reason: of all of its kind
        whole = f"{row.rpartition('.')[0]}.{column}"
    if not phrase("followups", "mostly_which").fullmatch(core) or not parts_of(whole):
        return None
    same = replace(asked, explains=False, narrowing=())
    words = f"{spoken((whole,), 'value')}哪一项最多"
    return figure_question(same, memory, ((whole,),), "each", "highest", "parts", words=words)


def _member_asked(asked: Question, memory: Memory) -> str:
    """泗阳县是多少, after the number that a report's prose has of another place: the question before with this one."""
    told = memory.answer and any(figure.metric == "prose" for figure in memory.answer.figures)
    place, last = asked.named.unknown, memory.last.text
    before = next((one for one in subject_words(last) if phrase("passages", "place_named").search(one)), "")
    if not (told and place and before) or asked.metrics or asked.narrowing:
        return ""
    return last.replace(before, place)


def _of_prose(asked: Question, core: str, memory: Memory) -> FollowUp | None:
    """What goes on about the words of a report: what it was quoted with, whether a matter is told again, why a figure
    is as it is."""
    last, words = memory.last, words_of(asked)
    if _goes_on_about_a_quotation(asked, last, memory):
        matter = replace(asked, metrics=(), narrowing=(), wants_figure=False)
        return FollowUp(matter_question(words_of(last), matter, memory, f"，{words}"))
    again = asked.period.years and phrase("followups", "told_again").fullmatch(words.strip("，,的"))
    if again and (memory.units or asked.named.units):
        return FollowUp(matter_question(subject_before(memory), asked, memory, "还有这个问题吗"), "again")
    of_a_count = not asked.wants_figure and phrase("questions", "of_a_count").search(asked.period.rest)
    if of_a_count and memory.units and not asked.named.units:
        return FollowUp(matter_question(words, asked, memory, ""))  # 那正文里写的受理17件指的是什么
    why = reason_question(asked, core, memory)
    return FollowUp(*why) if why is not None else None


def _of_rule(asked: Question, core: str, memory: Memory, means: Referents) -> FollowUp | None:
    """What goes on about a rule: which one a figure rests on, or the one that was asked about before."""
    last = memory.last
    of_this = phrase("followups", "rule_of_this").search(core) and not names_anything(asked)
    by_which_rule = asks_by_which_rule(core) and last.article is None
    if by_which_rule or (last.period.told and of_this):
        return FollowUp(rule_question(name_of(last) if last.wants_figure else subject_of_rule(last), asked), "rule")
    if not means.metrics and not memory.units and not last.wants_figure and is_about_a_rule(asked, last):
        return FollowUp(beside_rule(asked, core, memory))
    return None


def _goes_on_about_a_quotation(asked: Question, last: Question, memory: Memory) -> bool:
    """Whether a number is asked of what a report was just quoted with (是几件申请，每件收了多少, of a fee): it names no
    unit and no year, and the tables have no such number."""
    quoted = not last.wants_figure and last.named.units and memory.answer and memory.answer.route == "passages"
    return bool(quoted and asked.narrowing and asked.wants_figure) and not says_who_or_when(asked)


def _asks_to_reckon(asked: Question, core: str) -> bool:
    """Whether only a reckoning is asked for: 增加了多少, 差几件, 占比."""
    left = re.sub(f"{operation_words()}|{said('questions', 'number_asked')}|{said('questions', 'filler')}|了", "", core)
    reckons = any(phrase("followups", id).fullmatch(core) for id in ("how_far_apart", "as_percentage"))
    return (reckons or asked.operation != "value" or asked.how == "share") and not left


def asks_for_sources(text: str) -> bool:
    """Whether all that is asked is where the answer before comes from: 出处呢？, 哪里写的？"""
    return bool(phrase("followups", "sources_asked").fullmatch(re.sub(r"\s", "", text)))


def is_courtesy(text: str) -> bool:
    """Whether nothing is asked: 谢谢, 好的，再见."""
    bare = re.sub(r"[^\w]", "", text)
    greets = phrase("questions", "about.greeting").fullmatch(bare)
    return bool(run_of("followups", "courtesy").fullmatch(bare)) and not greets


def _completed(asked: Question, core: str, memory: Memory, means: Referents) -> Question:
    """``asked`` with what it leaves out; as it is where it stands on its own."""
    last = memory.last
    if last.metrics and not asked.named.units and (left := left_figure(words_of(asked), last)):
        own = replace(asked, narrowing=(), named=replace(asked.named, unknown="", candidates=()))
        words = spoken(first_readings(left.metrics), "value")
        return figure_question(own, memory, left.metrics, left.how, "value", "", words=words)
    marked = bool(phrase("followups", "asks_on").search(asked.text) or means.units or means.years or means.metrics)
    if asked.named.unknown and marked and last.wants_figure and asked.named.unknown == core.removesuffix("是"):
        text = f"{asked.named.unknown}{years_in_words(memory.period, 'value', '')}{words_of(last)}"
        named = replace(last.named, units=(), candidates=(), unknown=asked.named.unknown)
        return replace(last, text=text, named=named)  # 武汉市呢: is not held, it says so
    if last.wants_figure and (rows := phrase("followups", "other_rows").search(words_of(asked))):
        return _other_rows(asked, memory, rows)
    if asked.article is not None or asked.named.unknown or (asked.named.candidates and not asked.named.units):
        return asked
    if part := part_of_article(asked, core, last):
        return part
    more = phrase("followups", "counted_in").search(core) if last.metrics else None
    if more and (counted := with_more(last, more["more"])):
        asked = replace(asked, narrowing=())
        return figure_question(asked, memory, (counted,), last.how, "value", "", words=spoken(counted, "value"))
    if last.wants_figure and (outcomes := outcomes_question(asked, core, memory)):
        return outcomes
    if last.wants_figure and (portion := portion_question(asked, core, memory, means)):
        return portion
    of_other_things = last.metrics and not first_readings(last.metrics)[0].startswith("requests.")
    dealt_with = of_other_things and phrase("followups", "dealt_with").fullmatch(core)
    if says_who_or_when(asked) and (_asks_the_same(core, last) or dealt_with):
        return same_question(asked, memory, means)
    if not core and not means.metrics:
        return asked
    if (apart := difference(asked, core, memory, tuple((one,) for one in means.metrics))) is not None:
        return apart
    if last.metrics and phrase("followups", "as_percentage").fullmatch(core):
        return as_percentage(asked, memory)
    names = asked.named.units or asked.period.told
    if not names and not asked.metrics and (of_these := most_of_these(asked, core, memory)):
        return of_these
    if asked.named.units and last.wants_figure and phrase("followups", "added_to").search(asked.period.rest):
        units = tuple(dict.fromkeys((*(memory.run_units or last.named.units), *asked.named.units)))
        named, summed = replace(asked.named, units=units), phrase("followups", "all_together").search(core)
        return figure_question(
            replace(asked, named=named, narrowing=()), memory, last.metrics, last.how, "total" if summed else "value",
            "units" if summed else "", words=name_of(last),
        )  # fmt: skip
    if not last.wants_figure and asked.named.units and (kind := kind_counted(asked, memory)):
        own = replace(asked, metrics=(), narrowing=())
        return figure_question(own, memory, (kind,), "each", "value", "", words=spoken(kind, "value"))
    if asked.named.units and not marked and not (last.metrics and _asks_to_reckon(asked, core)):
        # 因为这个不公开的有几件, after a rule: what 这个 narrows is not told by the table.
        of_rule = asked.wants_figure and not last.wants_figure
        this = phrase("followups", "for_this").search(words_of(asked)) if of_rule else None
        return replace(asked, narrowing=(*asked.narrowing, this[0])) if this else asked
    if not marked and last.named.units and of_the_same_report(asked, core):
        return matter_of_report(core, asked, memory)
    return _with_figures(asked, core, memory, means, marked=marked)


def _other_rows(asked: Question, memory: Memory, said: re.Match[str]) -> Question:
    """另外两小项各多少, after one row: those beside it under its subtotal; asked back where there are not so many."""
    row, _, column = first_readings(memory.last.metrics)[0].removeprefix("requests.").rpartition(".")
    beside = [leaf for leaf in leaves_of(row.partition(".")[0]) if leaf != row] if "." in row else []
    count = "〇一两三四五六七".find(said["count"].replace("二", "两"))
    own = replace(asked, metrics=(), how="each", narrowing=())
    if not beside or (said["count"] != "几" and count != len(beside)):
        return replace(same_question(own, memory, Referents()), narrowing=(said[0],))
    metrics: Metrics = tuple((f"requests.{leaf}.{column}",) for leaf in beside)
    return figure_question(own, memory, metrics, "each", "value", "", words=spoken(first_readings(metrics), "value"))


def _asks_the_same(core: str, last: Question) -> bool:
    """Whether a follow-up that names units or years says nothing else than the question before: 那2023年办了几场."""
    core = phrase("followups", "of_this_kind").sub("", core) if last.wants_figure else core  # 这样的2023年有几件
    left = phrase("followups", "saying").sub("", core)
    if not left:
        return True
    return bool((last.wants_figure or last.named.units) and phrase("followups", "same_again").fullmatch(left))


def _with_figures(asked: Question, core: str, memory: Memory, means: Referents, *, marked: bool) -> Question:
    """``asked`` of the figures that it means, or of those before; a matter of the prose where it means none.
    ``marked`` says that it has a word that asks on, or points back."""
    last = memory.last
    pointed: Metrics = tuple((one,) for one in means.metrics)
    if pointed and asked.how != "share" and not asked.metrics:
        words = spoken(means.metrics, "value")
        moves: Operation = "change" if phrase("followups", "grew_by").search(core) else "value"
        own = replace(
            asked, all_units=asked.all_units and len(memory.units) != 1
        )  # 两项里哪个涨得多: which of the rows
        return figure_question(own, memory, pointed, "each", moves, "", words=words)  # 这条几件, of those told
    if pointed and not asked.metrics:
        asked = replace(asked, metrics=pointed)
    if last.metrics and phrase("followups", "how_many_alone").fullmatch(core):
        return figure_question(asked, memory, last.metrics, "each", "value", "", words=name_of(last))
    if together := added_question(asked, core, memory):
        return together
    body = words_of(asked)
    summed = phrase("questions", "sum_asked").search(body)
    alone = len(last.named.units) == 1 and not (asked.metrics or says_who_or_when(asked))
    if summed and alone and (listed := memory.listed_units):
        asked = replace(asked, named=replace(asked.named, units=listed))  # 一共呢, after 第二名呢: of the list
    part = without_whole(body)
    if part != body:
        asked = replace(asked, metrics=find_metrics(part).metrics, how="share")  # 占办结的呢: of the figure before
    # 那年诉讼又是几件, after 维持: of all, or of those.
    number = bool(phrase("questions", "number_asked").search(body)) and not phrase("followups", "asks_on").search(
        asked.text
    )
    goes_on = marked or phrase("followups", "as_well").search(body)  # 复议的也说一下
    meant = metrics_meant(part, asked, last, rows="kept" if goes_on and not number else "either")
    metrics: Metrics = pointed or meant
    inherits = marked and not (asked.metrics and phrase("questions", "number_asked").search(body))
    operation, over, how = operation_meant(asked, last, inherits=inherits and bool(metrics))
    if metrics or (last.metrics and (how == "share" or operation != "value" or summed)):
        if not marked and asked.explains:
            return asked
        if operation == "total" and over == "years" and alone and len(memory.years) == 1 and not metrics:
            # 加起来, of one figure of one year: nothing was told to be added to it.
            return replace(same_question(replace(asked, how="each"), memory, means), narrowing=(core,))
        title = asked.title or (last.title if not metrics and not asked.metrics else "")
        words = asked.title or (spoken(first_readings(metrics), operation) if metrics else name_of(last))
        chosen = metrics or last.metrics
        if how == "share" and operation == "total":
            how, chosen = "each", tuple((one[0].partition("/")[0],) for one in chosen)  # no sum of percentages
            words = spoken(first_readings(chosen), operation)
        elif how == "share" and not title:
            chosen = shares(metrics or most_told(memory) or figures_told(last), body, memory)
        return figure_question(asked, memory, chosen, how, operation, over, words=words, title=title)
    if last.wants_figure and not names_anything(asked) and _asks_to_reckon(asked, core):
        # What is to be reckoned was not told: no sentence of the prose is meant either.
        return replace(same_question(replace(asked, how="each"), memory, means), narrowing=(core,))
    of_another_year = memory.units and asked.period.years and not asked.all_units and last.named.units
    return matter_of_report(core, asked, memory) if marked or of_another_year else asked
