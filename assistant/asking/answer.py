"""One question, one answer: a figure from the catalog when it asks for one, else from passages; else an honest no."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.asking.about import about_answer
from assistant.asking.calculation.breakdowns import breakdown_answer
from assistant.asking.calculation.figure_answers import figure_answer
from assistant.asking.calculation.prose_figures import before_and_after_answer, lacks_measure, prose_figure_answer
from assistant.asking.calculation.prose_series import prose_series_answer
from assistant.asking.deadlines import deadline_answer
from assistant.asking.inquiry import Inquiry, holdings_text
from assistant.asking.not_found import answer_from_adjacent_year, answer_from_other_units
from assistant.asking.passages.passage_answers import narrowed_answer, passage_answer, year_by_the_way
from assistant.asking.passages.reasons import told_reason
from assistant.asking.passages.section_five import section_five_answer
from assistant.asking.plan import plan_of, reading_of
from assistant.asking.processing_fee import fee_answer
from assistant.asking.questions.question import Question, parse_question
from assistant.asking.questions.vocabulary import operation_words
from assistant.asking.result import Answer, joined
from assistant.errors import AssistantError, UnknownName
from assistant.language.scripts import simplified
from assistant.lexicon import phrase
from assistant.library import Library
from assistant.library.store import files_set_aside
from assistant.logs import step
from assistant.text import printable

if TYPE_CHECKING:
    from assistant.library.search import FusedSearch
    from assistant.llm.model import Model

__all__ = ["answer"]

_MOST_YEARS = 5  # of a matter, each with its own quotation


@step("answer")
def answer(
    question: str | Question,
    library: Library,
    model: Model | None = None,
    unit: str | None = None,
    year: int | None = None,
    *,
    today: date | None = None,
    say: Callable[[str], None] | None = None,
    search: FusedSearch | None = None,
    show: Callable[[str], None] | None = None,
    opener: Callable[[Library], FusedSearch] | None = None,
    before: Sequence[str] = (),
    typed: str = "",
    focus: Sequence[int] = (),
) -> Answer:
    """Answer ``question``, in words or as it was understood, from what ``library`` holds.

    ``unit`` and ``year`` fill in what the question leaves out; ``today`` is what 去年 is counted from; ``say`` hears
    notices in Chinese (search by words alone, the model gave way to quoting), ``show`` each sentence of a model as soon
    as it was held against what it cites. ``search`` is an open one, ``opener`` gives one when the first question needs
    it. ``before`` are the turns of a conversation and ``typed`` the question as it was put in it, for a model;
    ``focus`` are the passages that its last answer quoted.

    Raises:
        UnknownName: ``unit`` or ``year`` is not in the library, or the question is empty.
    """
    held = library.units()
    if isinstance(question, str):
        question = parse_question(simplified(printable(question)), held, today or date.today())
    parsed = question
    if not parsed.text:
        raise UnknownName("没有写问题", help='例如：assistant ask "咸安区2024年新收了多少件政府信息公开申请？"')
    full_name = _known_unit(unit, library) if unit else None
    if year and all(year not in years for name, years in held.items() if full_name in (None, name)):
        raise UnknownName(f"资料库中没有{full_name or ''}{year}年的报告", help=holdings_text(library))
    inquiry = Inquiry(parsed, library, held, model, say or (lambda _: None), full_name, year, search, show, opener)
    inquiry.focus = tuple(focus)
    # Words that no figure was found in, though a number is asked for: a model may know which is meant.
    figure_meant = model and not parsed.wants_figure and _may_ask_a_figure(parsed)
    planned = _as_a_model_understands(inquiry, model, before, typed) if model and figure_meant else None
    by_model = bool(planned and planned[0].question.wants_figure)
    if planned and by_model:
        inquiry, result = planned
    else:
        result = _first_answer(inquiry)
    of_ours = bool(parsed.metrics or parsed.narrowing or parsed.named.units or before)
    undecided = result.abstained and not inquiry.model_said_no and not figure_meant  # its no is final
    if undecided and model and of_ours and (planned := _as_a_model_understands(inquiry, model, before, typed)):
        by_model, (inquiry, result) = planned[0].question.wants_figure, planned
    if result.abstained and not inquiry.model_said_no:
        result = answer_from_other_units(inquiry) or result
    without = (result.abstained and not inquiry.model_said_no) or _quotes_no_cause(result)
    if without and (moved := _without_a_reason(inquiry)):
        inquiry, result = moved
    elif not result.abstained and lacks_measure(parsed, result):
        result = inquiry.abstain("报告里没有找到所问的这个数字。", "passages")
    for clause in parsed.set_aside:
        opening = "和".join(inquiry.units) + "、".join(f"{one}年" for one in inquiry.years)
        asked = replace(inquiry, question=parse_question(f"{opening}{clause}", held, parsed.today))
        more = _first_answer(asked)
        result = _with_clause(result, clause, passage_answer(asked) if more.abstained else more)
    plan = plan_of(inquiry)
    told = {"plan": plan, "reading": reading_of(plan), "not_understood": plan.not_understood}
    # What a model took the question for is no fact: it is said before the figure, for who asked to see.
    meant = (
        f"模型把问题理解为“{reading_of(plan).removeprefix('按：')}”：\n" if by_model and not result.abstained else ""
    )
    relied_on = {(one.unit, one.year) for one in result.citations}
    read_as = [f"题中的“{written}”按“{right}”理解。" for written, right in parsed.read_as]
    said = "".join(f"\n（{line}）" for line in (*read_as, *files_set_aside(library, relied_on)))
    update = {
        "question": printable(question if isinstance(question, str) else question.text),
        "answer": f"{meant}{result.answer}{said}",
        **told,
    }
    return result.model_copy(update=update)


def _may_ask_a_figure(question: Question) -> bool:
    """Whether a number of reports is asked for in words that name no figure of the form: 谁家攒下的尾巴最多."""
    if question.article or phrase("passages", "rules_asked").search(question.text):
        return False
    located = question.named.units or question.period.years or question.period.open or question.all_units
    counts = phrase("questions", "number_asked").search(question.text) or re.search(operation_words(), question.text)
    compares = len(question.named.units) > 1 or "谁" in question.text
    return bool(located and (counts or compares or phrase("passages", "how_many").search(question.period.rest)))


def _as_a_model_understands(
    inquiry: Inquiry, model: Model, before: Sequence[str], typed: str
) -> tuple[Inquiry, Answer] | None:
    """The question as a model understands it, and the answer to that; ``None`` where it gives none, or the model leaves
    words over that may narrow."""
    from assistant.asking.from_model import question_from_model

    try:
        as_typed = replace(inquiry, question=replace(inquiry.question, text=typed)) if typed else inquiry
        question = question_from_model(as_typed, model, before)
    except AssistantError as error:
        inquiry.say(f"{error.what}。按字面理解回答。")
        return None
    if question is None or question.narrowing:
        return None
    planned = replace(inquiry, question=question)
    result = figure_answer(planned) if question.wants_figure else passage_answer(planned)
    return None if result.abstained else (planned, result)


def _first_answer(inquiry: Inquiry) -> Answer:
    parsed = inquiry.question
    if elsewhere := about_answer(inquiry) or deadline_answer(inquiry) or fee_answer(inquiry):
        return elsewhere
    of_prose = told_reason(inquiry) or section_five_answer(inquiry) or breakdown_answer(inquiry)
    if of_prose := of_prose or before_and_after_answer(inquiry):
        return of_prose
    if not parsed.wants_figure:
        return prose_series_answer(inquiry) or _year_by_year(inquiry) or _from_prose(inquiry)
    narrowed = parsed.narrowing and (inquiry.units or len(inquiry.held) == 1)
    result = narrowed_answer(inquiry) if narrowed else figure_answer(inquiry)
    if result.abstained and (_asks_a_rule(inquiry) or _asks_no_number(inquiry)):
        passages = passage_answer(inquiry)
        result = result if passages.abstained and (inquiry.units or not parsed.narrowing) else passages
    return result


def _from_prose(inquiry: Inquiry) -> Answer:
    return answer_from_adjacent_year(inquiry) or prose_figure_answer(inquiry) or passage_answer(inquiry)


def _year_by_year(inquiry: Inquiry) -> Answer | None:
    """What each year's report of one unit says on a matter of the prose (23年是第几期，24年呢; 三年各几家)."""
    question, units = inquiry.question, inquiry.units
    held = inquiry.held.get(units[0], []) if len(units) == 1 else []
    wanted = question.period.years or (held[-question.period.last :] if question.period.last else ())
    years = [year for year in wanted if year in held]
    if not 1 < len(years) <= _MOST_YEARS or question.operation == "change":
        return None
    told = []
    for year in years:
        period = replace(question.period, years=(year,), last=None, since=None)
        asked = replace(question, period=period, operation="value", over="")
        told.append(_from_prose(replace(inquiry, question=asked)))
    return joined(question.text, told) if all(not one.abstained for one in told) else None


def _quotes_no_cause(result: Answer) -> bool:
    """Whether sentences of reports were quoted, and none says that anything came of something else."""
    of_reports = [one.quote for one in result.citations if one.unit] if result.route == "passages" else []
    return bool(of_reports) and not any(phrase("followups", "cause").search(one) for one in of_reports)


def _without_a_reason(inquiry: Inquiry) -> tuple[Inquiry, Answer] | None:
    """行政诉讼为什么增加了, where no report tells why: by how much it did, for what is asked may not be so."""
    asked = phrase("passages", "why_it_moved").search(inquiry.question.text)
    if not asked:
        return None
    text = f"{inquiry.question.text[: asked.start()]}{asked['what']}{asked['how']}了多少"
    asked_again = replace(inquiry, question=parse_question(text, inquiry.held, inquiry.question.today))
    result = _first_answer(asked_again)
    if result.abstained or not result.figures:
        return None
    return asked_again, result.model_copy(update={"answer": f"报告里没有找到原因。{result.answer}"})


def _with_clause(first: Answer, clause: str, more: Answer) -> Answer:
    """An answer with that to another clause of the question; where there is none, it says so."""
    if more.abstained:
        return first.model_copy(update={"answer": f"{first.answer}\n“{clause}”这一问，资料库里没有找到答案。"})
    cited = tuple(one for one in more.citations if all(one.id != other.id for other in first.citations))
    return first.model_copy(
        update={
            "answer": f"{first.answer}\n{more.answer}",
            "citations": (*first.citations, *cited),
            "figures": (*first.figures, *more.figures),
        }
    )


def _asks_a_rule(inquiry: Inquiry) -> bool:
    """Whether no figure is meant but a rule, nobody's in particular: 要主动公开吗, 盲人来申请有没有照顾."""
    named = inquiry.question.named
    if inquiry.units or named.candidates or named.unknown or (inquiry.years and not year_by_the_way(inquiry)):
        return False
    text = inquiry.question.text
    asked = phrase("passages", "rules_asked").search(text) or not phrase("passages", "number_told").search(text)
    aside = inquiry.question.narrowing and asked
    return bool(aside or phrase("passages", "may_it_be").search(text))


def _asks_no_number(inquiry: Inquiry) -> bool:
    """Whether words that narrow a figure (依申请页面新加了什么功能) show that none is asked for."""
    rest = inquiry.question.period.rest
    return bool(
        inquiry.question.narrowing
        and phrase("passages", "words_asked").search(rest)
        and not phrase("passages", "number_told").search(rest)
    )


def _known_unit(name: str, library: Library) -> str:
    from assistant.asking.questions.units import find_units

    found = find_units(name, library.units())
    if len(found.units) != 1:
        meant = f"“{name}”可能指：{'、'.join(found.candidates)}" if found.candidates else f"资料库中没有“{name}”"
        raise UnknownName(meant, help=holdings_text(library))
    return found.units[0]
