"""Why a figure is as it is, where another part of the report tells it: 被纠正的1件正是因此而起, far from the table."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.asking.inquiry import Inquiry
from assistant.asking.passages.quotation import Quote, quoted_answer
from assistant.asking.questions.tokens import figure_words
from assistant.asking.result import Answer
from assistant.lexicon import phrase
from assistant.library import Passage
from assistant.library.passages import sentences

__all__ = ["told_reason"]

# What a reason is of, narrowest first: a kind of outcome before the cases or applications that it is one of.
_OF = (("case", "leaf"), ("outcome", "stage"), ("object", "verb"))


def told_reason(inquiry: Inquiry) -> Answer | None:
    """The sentences of the reports asked about that tell of the same outcome and name a cause; ``None`` where no reason
    is asked for, or none is told."""
    question, text = inquiry.question, inquiry.question.period.rest
    if len(inquiry.units) != 1 or not inquiry.years or not phrase("passages", "why_told").search(text):
        return None
    if question.operation == "parts" and phrase("questions", "tell_each").search(text):
        return None  # 都是因为啥，逐个列一下: the rows of the table, each with its number
    said = figure_words(text)
    subject: set[str] = set()
    for kinds in _OF:
        subject = subject or {hit.entry.says for hit in said if hit.entry.kind in kinds}
    if not subject or question.article is not None:
        return None
    moved = phrase("followups", "moved")
    asks_move = bool(moved.search(text)) and not any(hit.entry.kind == "case" for hit in said)
    quotes = [
        Quote(passage, sentence)
        for passage, sentence in _sentences(inquiry)
        if phrase("followups", "cause").search(sentence)
        and subject <= {hit.entry.says for hit in figure_words(sentence)}
        and (not asks_move or moved.search(sentence))
    ]
    return quoted_answer(inquiry, quotes) if quotes else None


def _sentences(inquiry: Inquiry) -> Iterator[tuple[Passage, str]]:
    for year in inquiry.years:
        entry = inquiry.library.entry(inquiry.units[0], year)
        for passage in inquiry.library.catalog.passages_of(entry.id) if entry else ():
            for sentence in sentences(passage.text):
                yield passage, sentence
