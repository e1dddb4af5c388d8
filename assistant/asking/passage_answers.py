"""Answers from passages: written by a model from what search found, or quoted word for word."""

from __future__ import annotations

from collections.abc import Collection

from assistant.asking.asker import Asker
from assistant.asking.figure_answers import figure_answer
from assistant.asking.question import Question
from assistant.asking.result import Answer, Citation
from assistant.errors import AssistantError
from assistant.library import CatalogEntry, Passage

__all__ = ["narrowed_answer", "passage_answer"]

_PASSAGES = 6


def narrowed_answer(asker: Asker) -> Answer:
    """A question for a part that the tables do not divide by (3月, 民政局): the prose may tell, the table does not."""
    narrowing = asker.question.narrowing
    quoted = _quote(asker, _documents(asker), required=narrowing)
    if quoted:
        return quoted
    words = "、".join(narrowing)
    whole = figure_answer(asker)
    told = f"报告中的总数是：{whole.answer}" if whole.figures else whole.answer
    return whole.model_copy(update={"answer": f"资料库中的报告没有单独列出“{words}”的数字。{told}", "abstained": True})


def _documents(asker: Asker) -> set[int] | None:
    """The documents a question is about; ``None`` for all."""
    if not asker.units and not asker.years:
        return None
    return {
        entry.id
        for entry in asker.library.documents("report")
        if (not asker.units or entry.unit in asker.units) and (not asker.years or entry.year in asker.years)
    }


def passage_answer(asker: Asker) -> Answer:
    """What the passages say: an article named by its number, else the model's words, else a quotation, else an honest no."""
    question = asker.question
    if question.named.unknown and not question.named.units and question.period.years:
        return asker.abstain(f"资料库中没有“{question.named.unknown}”的报告。", route="passages")
    if question.article is not None:
        return _article(asker, question.article)
    documents = _documents(asker)
    if documents is not None and not documents:
        units = asker.units or ()
        why = asker.no_report(units) if units else f"资料库中没有{'、'.join(f'{y}年' for y in asker.years)}的报告。"
        return asker.abstain(why, route="passages")
    law = {entry.id for entry in asker.library.documents("regulation")}
    # A rule is asked for: the regulation comes before what some report says about it.
    first, then = (law, None) if documents is None and question.explains and law else (documents, law)
    told = _written(asker, first) or _quote(asker, first)
    if told is None and first is not None and not asker.years:
        # 咸安区答复申请的期限是多久: the report does not say, the regulation does.
        told = _quote(asker, then)
    return told or asker.abstain("资料库里没有找到能回答这个问题的内容。", route="passages")


def _article(asker: Asker, number: int) -> Answer:
    found = asker.library.catalog.article(number)
    if not found:
        return asker.abstain(f"资料库中的法规没有第{number}条。", route="passages")
    return _quoted(asker, [(passage, passage.text) for passage in found])


def _without_unit(question: Question) -> str:
    """The question without unit and years: they choose the documents, not the passage."""
    return question.period.rest.replace("　", " ").strip() or question.text


def _written(asker: Asker, documents: Collection[int] | None) -> Answer | None:
    if asker.model is None:
        return None
    from assistant.asking.extract import related
    from assistant.asking.written import write_answer

    words, search = _without_unit(asker.question), asker.search()
    found = search(words, _PASSAGES, documents)
    passages = related(words, found, asker.library, search.nearness(words, found))
    if not passages:
        return None
    try:
        return write_answer(asker.question.text, passages, asker.model)
    except AssistantError as error:
        asker.say(f"{error.what}。改为摘录原文回答。")
        return None


def _quote(asker: Asker, documents: Collection[int] | None, required: tuple[str, ...] = ()) -> Answer | None:
    from assistant.asking.extract import best_quote

    words, search = _without_unit(asker.question), asker.search()
    found = search(words, _PASSAGES, documents)
    quote = best_quote(words, found, asker.library, search.nearness(words, found), required=required, years=asker.years)
    return _quoted(asker, [(quote.passage, quote.text)]) if quote else None


def _quoted(asker: Asker, quotes: list[tuple[Passage, str]]) -> Answer:
    from assistant.asking.written import citation_of

    citations: list[Citation] = [citation_of(passage, text) for passage, text in quotes]
    names = {entry.id: entry for entry in asker.library.documents()}
    lines = [f"{_source(passage, names)}：“{text}”" for passage, text in quotes]
    return Answer(question=asker.question.text, answer="\n".join(lines), citations=tuple(citations), route="passages")


def _source(passage: Passage, names: dict[int, CatalogEntry]) -> str:
    return passage.place if passage.kind == "regulation" else f"{names[passage.document].name}（{passage.place}）"
