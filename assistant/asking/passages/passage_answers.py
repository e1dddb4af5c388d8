"""Answers from passages: written by a model from what search found, or quoted word for word."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.asking.asker import Asker
from assistant.asking.passages.by_number import answer_by_number, laws_in
from assistant.asking.passages.listed import listed_answer
from assistant.asking.questions.operations import PART_OF_WHOLE
from assistant.asking.reckoning.figure_answers import figure_answer
from assistant.asking.reckoning.prose_figures import prose_figure_answer
from assistant.asking.result import Answer
from assistant.errors import AssistantError
from assistant.library import Passage
from assistant.library.in_force import laws

__all__ = ["narrowed_answer", "passage_answer", "year_by_the_way"]

_PASSAGES = 6
# Of a fit. A model is shown what fits well enough and not much worse than the best: of 109 questions the passage that answers
# is among these 105 times (107 times with twice the distance), and they are one or two instead of five to lose one's way in.
_RELATED, _WORSE = 0.3, 0.2
_NEAR, _FEW = 0.4, 3  # of a fit, and articles: worth naming where nothing fits well enough to be quoted
_NOBODYS = 0.15  # of a fit
_LAW = re.compile(r"条例|法规|法律|[吗么][?？]?$|([要能可该应会是算得用])不\1|[能可应是]否")
_PLAN = re.compile(r"打算|计划|安排|下一步|改进|准备")
_SECTION = re.compile(r"第([一二三四五六])(?:部分|章(?!程)|节)")
# What people call the sections of a report, by their number; found there first, but not only there.
_SECTIONS = (
    ("五", r"问题|不足|短板|改进|整改|打算|下一步|明年|计划"),
    ("六", r"信息处理费|其他需要报告|其他事项|建议提案|提案|建议办理"),
)


def narrowed_answer(asker: Asker) -> Answer:
    """A question for a part that the tables do not divide by (3月, 民政局): the prose may tell, the table does not."""
    narrowing = asker.question.narrowing
    stated = prose_figure_answer(asker)
    if stated:
        return stated
    words = "、".join(narrowing)
    why, whole = f"资料库中的报告没有单独列出“{words}”的数字。", figure_answer(asker)
    if whole.figures and not all(PART_OF_WHOLE.fullmatch(word) for word in narrowing):
        return asker.abstain(
            why, "figures"
        )  # 除了自然人: the number of what was understood would answer another question
    told = f"报告中的总数是：{whole.answer}" if whole.figures else whole.answer
    return whole.model_copy(update={"answer": f"{why}{told}", "figures": (), "abstained": True})


def _documents(asker: Asker) -> set[int] | None:
    """The documents a question is about; ``None`` for all. What is planned for a year stands in the report before it."""
    if not asker.units and (not asker.years or year_by_the_way(asker)):
        return None
    held = asker.library.catalog.titles("report")
    planned = tuple(year - 1 for year in asker.years) if _PLAN.search(asker.question.text) else ()
    for years in (asker.years, planned):
        found = {
            document
            for document, unit, year, _ in held
            if (not asker.units or unit in asker.units) and (not asker.years or year in years)
        }
        if found:
            return found
    return set()


def year_by_the_way(asker: Asker) -> bool:
    """Whether a year is only told by the way: 去年就在网站公布了，还要再寄给他吗, where there is more than one unit to be meant."""
    relative = {year for _, year in asker.question.period.relative}
    return len(asker.held) > 1 and set(asker.years) == relative and bool(_LAW.search(asker.question.text))


def passage_answer(asker: Asker) -> Answer:
    """What the passages say: an article named by its number, else the model's words, else a quotation, else an honest no."""
    question = asker.question
    if question.named.unknown and not question.named.units and question.period.years:
        return asker.abstain(f"资料库中没有“{question.named.unknown}”的报告。", route="passages")
    by_number = answer_by_number(asker)
    if by_number is not None:
        return by_number
    listed = listed_answer(asker)
    if listed is not None:
        return listed
    documents = _documents(asker)
    if documents is not None and not documents:
        units = asker.units or ()
        why = asker.no_report(units) if units else f"资料库中没有{'、'.join(f'{y}年' for y in asker.years)}的报告。"
        return asker.abstain(why, route="passages")
    law = set(laws(asker.library))
    # A rule is asked for: the regulation comes before what some report says about it.
    ruled = question.explains or _LAW.search(question.text)
    first, then = (law, None) if documents is None and ruled and law else (documents, law)
    told = _written(asker, first) or _quote(asker, first)
    if told is None and first is not None and not asker.years and not (first is law and _LAW.search(question.text)):
        # 咸安区答复申请的期限是多久: the report does not say, the regulation does.
        told = _quote(asker, then)
    return told or asker.abstain(
        f"资料库里没有找到能回答这个问题的内容。{_nearest_articles(asker, law)}", route="passages"
    )


def _nearest_articles(asker: Asker, law: set[int]) -> str:
    """The articles that a question for a rule comes nearest to; which of them answers is for a person to see."""
    if asker.units or asker.years or not law:
        return ""
    words, found = _found(asker, law)
    fits = asker.search().fits(words, found)
    near = [one for one in found if one.article and fits[one.id] >= _NEAR][:_FEW]
    return f"可能有关的条文：{'、'.join(one.heading.rpartition(' · ')[2] for one in near)}。" if near else ""


def _found(asker: Asker, documents: Collection[int] | None) -> tuple[str, list[Passage]]:
    """The question without unit and years (they choose the documents, not the passage), and what search finds for it."""
    words = asker.question.period.rest.replace("　", " ").strip() or asker.question.text
    numbers = tuple(found[1] for found in _SECTION.finditer(asker.question.text))
    sections = numbers or tuple(number for number, pattern in _SECTIONS if re.search(pattern, asker.question.text))
    every_year = len(asker.years) > 1
    found = asker.find(words, _PASSAGES, documents, sections=sections, every_year=every_year)
    ours = "".join(laws(asker.library).values())
    laws_named = [law for law in laws_in(words) if law not in ours]
    return words, [passage for passage in found if all(law in passage.text for law in laws_named)]


def _written(asker: Asker, documents: Collection[int] | None) -> Answer | None:
    if asker.model is None:
        return None
    from assistant.asking.passages.written import write_answer
    from assistant.library.ranking import joined

    words, found = _found(asker, documents)
    fits = asker.search().fits(words, found)
    least = max(_RELATED, max(fits.values(), default=0.0) - _WORSE)
    passages = [passage for passage in found if fits[passage.id] >= least]
    if not passages:
        return None
    try:
        return write_answer(asker.question.text, joined(passages), asker.model, show=asker.show)
    except AssistantError as error:
        asker.say(f"{error.what}。改为摘录原文回答。")
        return None


def _quote(asker: Asker, documents: Collection[int] | None) -> Answer | None:
    from assistant.asking.passages.extract import FITS, FITS_REPORT, best_quotes
    from assistant.asking.passages.quoting import quoted_answer

    words, found = _found(asker, documents)
    enough = FITS_REPORT if (asker.units or asker.years) and documents == _documents(asker) else FITS
    fits = asker.search().fits(words, found)
    if documents is None and len(asker.held) > 1 and not asker.question.all_units:
        # Nobody's report in particular is meant: what one of many happens to say is seldom the answer.
        fits = {one.id: fits[one.id] - (_NOBODYS if one.kind == "report" else 0.0) for one in found}
    quotes = best_quotes(words, found, asker.library, fits, years=asker.years, enough=enough)
    if not quotes:
        return None
    return quoted_answer(asker, quotes)
