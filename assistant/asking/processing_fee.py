"""What an applicant owes by the number of applications of a month (国办函〔2020〕109号): tiers, each by itself."""

from __future__ import annotations

from decimal import Decimal

from assistant.asking.inquiry import Inquiry
from assistant.asking.result import Answer, AnswerFigure, passage_citation
from assistant.language.numerals import CHINESE, parse
from assistant.lexicon import phrase
from assistant.library import Passage
from assistant.patterns import regex

__all__ = ["fee_answer"]

# Up to 10 applications are free, the 11th to the 30th cost 100 yuan each, and from there on every ten cost 100 more.
_FREE, _FIRST_TIER, _TIER, _STEP = 10, 30, 10, 100
_ITEMS = regex(rf"(?<![\d第])(?P<number>{CHINESE}|\d{{1,4}})\s*多?\s*[件份]")


def fee_answer(inquiry: Inquiry) -> Answer | None:
    """What so many applications of one applicant cost; ``None`` where that is not asked, or nothing held rules it."""
    text = inquiry.question.text
    if (
        inquiry.units
        or inquiry.years
        or not all(phrase("passages", id).search(text) for id in ("fee_named", "fee_owed"))
    ):
        return None
    by_amount = phrase("passages", "fee_by_amount").search(text)
    source = _source(inquiry, "fee_by_amount" if by_amount else "fee_tiers")
    found = _ITEMS.search(text)
    numeral = parse(found["number"]) if found else None
    if source is None or (numeral is None and not by_amount):
        return None
    if by_amount:
        told = f"资料库里没有按量计收的标准，只有按件计收的。（{source.place}）“{_sentence(source, 'fee_by_amount')}”"
        no = inquiry.abstain(told, "passages")
        return no.model_copy(update={"citations": (passage_citation(source, _sentence(source, "fee_by_amount")),)})
    assert numeral is not None
    count = int(numeral.value)
    parts, total = _reckoned(count)
    figures = tuple(
        AnswerFigure(text=text, value=Decimal(value), metric="fee", unit="", year=None) for text, value in parts
    )
    steps = "，".join(part for part, _ in parts)
    told = f"按件计收，一个月{count}件应收{total}元：{steps}。（{source.place}）“{_sentence(source, 'fee_tiers')}”"
    return Answer(
        question=inquiry.question.text,
        answer=told,
        citations=(passage_citation(source, _sentence(source, "fee_tiers")),),
        figures=(AnswerFigure(text=f"{total}元", value=Decimal(total), metric="fee", unit="", year=None), *figures),
        route="figures",
    )


def _reckoned(count: int) -> tuple[list[tuple[str, int]], int]:
    """The tiers that so many applications reach, in words with what each costs, and the sum."""
    parts = [(f"第1至{min(count, _FREE)}件不收费", 0)]
    start, end, price = _FREE, _FIRST_TIER, _STEP
    while count > start:
        last = min(count, end)
        cost = (last - start) * price
        parts.append((f"第{start + 1}至{last}件{last - start}件，每件{price}元，计{cost}元", cost))
        start, end, price = end, end + _TIER, price + _STEP
    return parts, sum(cost for _, cost in parts)


def _source(inquiry: Inquiry, id: str) -> Passage | None:
    """The passage of a regulation that states the tiers, or that there is another standard."""
    catalog = inquiry.library.catalog
    # An appendix of a digest stays, where the official text took the place of its articles.
    passages = (one for document, *_ in catalog.titles("regulation") for one in catalog.passages_of(document))
    return next((one for one in passages if phrase("passages", id).search(one.text) and "费" in one.heading), None)


def _sentence(passage: Passage, id: str) -> str:
    return next(line for line in passage.text.split("\n") if phrase("passages", id).search(line))
