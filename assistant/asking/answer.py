"""One question, one answer: a figure from the catalog when it asks for one, else from passages; else an honest no."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.asking.asker import Asker, holdings
from assistant.asking.not_found import told_of_unit, told_of_year
from assistant.asking.passages.passage_answers import narrowed_answer, passage_answer, year_by_the_way
from assistant.asking.questions.question import parse_question
from assistant.asking.reckoning.figure_answers import figure_answer
from assistant.asking.reckoning.prose_figures import lacks_its_measure, prose_figure_answer
from assistant.asking.result import Answer
from assistant.errors import UnknownName
from assistant.library import Library
from assistant.logs import step
from assistant.text import printable

if TYPE_CHECKING:
    from assistant.library.search import FusedSearch
    from assistant.llm.model import Model

__all__ = ["answer"]

_RULE = re.compile(r"[吗么][?？]?$|([要能可该应会是算得用])不\1|[能可应是]否")
_WORDS_ASKED = re.compile(r"什么|怎么|怎样|如何|哪些|哪种|哪几|为何|为什么|[啥咋]")
_NUMBER = re.compile(r"多少|几(?!乎)|[数率比]|\d")


@step("answer")
def answer(
    question: str,
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
) -> Answer:
    """Answer ``question`` from what ``library`` holds.

    ``unit`` and ``year`` fill in what the question leaves out; ``today`` is what 去年 is counted from; ``say`` hears
    notices in Chinese (search by words alone, the model gave way to quoting), ``show`` each sentence of a model as soon as
    it was held against what it cites. ``search`` is an open one, ``opener`` gives one when the first question needs it.

    Raises:
        UnknownName: ``unit`` or ``year`` is not in the library, or the question is empty.
    """
    held = library.units()
    parsed = parse_question(question, held, today or date.today())
    if not parsed.text:
        raise UnknownName("没有写问题", help='例如：assistant ask "咸安区2024年新收了多少件政府信息公开申请？"')
    full_name = _known_unit(unit, library) if unit else None
    if year and all(year not in years for name, years in held.items() if full_name in (None, name)):
        raise UnknownName(f"资料库中没有{full_name or ''}{year}年的报告", help=holdings(library))
    asker = Asker(parsed, library, held, model, say or (lambda _: None), full_name, year, search, show, opener)
    given = _given(asker)
    if given.abstained:
        given = told_of_unit(asker) or given
    elif lacks_its_measure(parsed, given):
        given = asker.abstain("报告里没有找到所问的这个数字。", "passages")
    for clause in parsed.set_aside:
        opening = "和".join(asker.units) + "、".join(f"{one}年" for one in asker.years)
        asked = replace(asker, question=parse_question(f"{opening}{clause}", held, parsed.today))
        told = _given(asked)
        given = _joined(given, clause, passage_answer(asked) if told.abstained else told)
    return given.model_copy(update={"question": printable(question)})


def _given(asker: Asker) -> Answer:
    parsed = asker.question
    if not parsed.wants_figure:
        return told_of_year(asker) or prose_figure_answer(asker) or passage_answer(asker)
    narrowed = parsed.narrowing and (asker.units or len(asker.held) == 1)
    given = narrowed_answer(asker) if narrowed else figure_answer(asker)
    if given.abstained and (_asks_a_rule(asker) or _asks_no_number(asker)):
        told = passage_answer(asker)
        given = given if told.abstained and (asker.units or not parsed.narrowing) else told
    return given


def _joined(given: Answer, clause: str, told: Answer) -> Answer:
    """An answer with that to another clause of the question; where there is none, it says so."""
    if told.abstained:
        return given.model_copy(update={"answer": f"{given.answer}\n“{clause}”这一问，资料库里没有找到答案。"})
    cited = tuple(one for one in told.citations if all(one.id != other.id for other in given.citations))
    return given.model_copy(
        update={
            "answer": f"{given.answer}\n{told.answer}",
            "citations": (*given.citations, *cited),
            "figures": (*given.figures, *told.figures),
        }
    )


def _asks_a_rule(asker: Asker) -> bool:
    """Whether no figure is meant but a rule, nobody's in particular: 要主动公开吗, 盲人来申请有没有照顾."""
    named = asker.question.named
    if asker.units or named.candidates or named.unknown or (asker.years and not year_by_the_way(asker)):
        return False
    aside = asker.question.narrowing and not _NUMBER.search(asker.question.text)
    return bool(aside or _RULE.search(asker.question.text))


def _asks_no_number(asker: Asker) -> bool:
    """Whether words that narrow a figure (依申请页面新加了什么功能) show that none is asked for."""
    rest = asker.question.period.rest
    return bool(asker.question.narrowing and _WORDS_ASKED.search(rest) and not _NUMBER.search(rest))


def _known_unit(name: str, library: Library) -> str:
    from assistant.asking.questions.units import find_units

    found = find_units(name, library.units())
    if len(found.units) != 1:
        meant = f"“{name}”可能指：{'、'.join(found.candidates)}" if found.candidates else f"资料库中没有“{name}”"
        raise UnknownName(meant, help=holdings(library))
    return found.units[0]
