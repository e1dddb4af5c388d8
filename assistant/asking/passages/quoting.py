"""What was chosen to be quoted, as an answer: with its source, the whole of a short article, and what a list goes on with."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.asking.asker import Asker
from assistant.asking.passages.extract import LONGEST_LIST, Quote, announces, rest_of_point
from assistant.asking.passages.written import citation_of
from assistant.asking.result import Answer
from assistant.library import Passage
from assistant.library.passages import sentences
from assistant.library.provisions import provision_at
from assistant.library.regulation import is_digest
from assistant.text import enumerator

__all__ = ["quoted_answer"]

# Characters: an article quoted as it is; one that is too long to be read beside its telling sentence.
_SHORT_ARTICLE, _LONGEST_ARTICLE = 120, 600
_SHORT = 4  # punctuation and a particle: nothing that the quotation leaves out


def quoted_answer(asker: Asker, quotes: Sequence[Quote]) -> Answer:
    """The best quotation, and behind it the second article that tells."""
    first, *others = (_quoted(asker, quote.passage, quote.text) for quote in quotes)
    if not others:
        return _going_on(asker, first, quotes[0].passage, quotes[0].text)
    lines = [first.answer, *(f"另见{other.answer}" for other in others)]
    citations = tuple(citation for each in (first, *others) for citation in each.citations)
    return first.model_copy(update={"answer": "\n".join(lines), "citations": citations})


def _going_on(asker: Asker, answer: Answer, passage: Passage, text: str) -> Answer:
    """A quotation that ends with its passage goes on in those behind it: the items of a list that it announces, or the rest
    of a point that was cut because its paragraph is long."""
    if passage.kind != "report" or not passage.text.rstrip().endswith(text[-20:].rstrip()):
        return answer
    behind = [one for one in asker.library.catalog.passages_of(passage.document) if one.id > passage.id]
    parts = _items_behind(passage, text, behind) or _rest_behind(passage, text, behind)
    if not parts:
        return answer
    told = "".join(words for _, words in parts)
    return answer.model_copy(
        update={
            "answer": f"{answer.answer.removesuffix('”')}{told}”",
            "citations": (*answer.citations, *(citation_of(part, words.strip()) for part, words in parts)),
        }
    )


def _items_behind(passage: Passage, text: str, behind: Sequence[Passage]) -> list[tuple[Passage, str]]:
    """The passages behind a sentence that announces a list, as long as they are items under one heading."""
    items: list[tuple[Passage, str]] = []
    if not announces(sentences(text)[0]):
        return items
    for following in behind:
        length = len(text) + sum(len(item.text) for item, _ in items) + len(following.text)
        if following.heading != passage.heading or not enumerator(following.text) or length > LONGEST_LIST:
            break
        items.append((following, f"\n{following.text}"))
    return items


def _rest_behind(passage: Passage, text: str, behind: Sequence[Passage]) -> list[tuple[Passage, str]]:
    """What is left of the point that ``text`` ends with, where its paragraph was cut into two passages."""
    following = behind[0] if behind and behind[0].place == passage.place else None
    rest = rest_of_point(sentences(following.text), len(text)) if following else ""
    return [(following, rest)] if following and rest else []


def _quoted(asker: Asker, passage: Passage, text: str) -> Answer:
    if passage.kind == "regulation":
        return _quoted_article(asker, passage, text)
    line = f"{_source(passage)}：“{text}”"
    return Answer(question=asker.question.text, answer=line, citations=(citation_of(passage, text),), route="passages")


def _quoted_article(asker: Asker, passage: Passage, text: str) -> Answer:
    """The sentences that tell, by paragraph or item, and then the whole article: it is short, and an exception often stands
    beside the rule."""
    whole, part = passage.text, _part_of_article(asker, passage, text)
    if (not part and len(whole) <= _SHORT_ARTICLE) or len(whole) - len(text) < _SHORT:
        quoted = {passage.place: whole}
    else:
        quoted = {f"{passage.place}{part}": text}
        if len(whole) <= _LONGEST_ARTICLE:
            quoted[f"{passage.place}全文"] = whole
    lines = [f"{where}：“{words}”" for where, words in quoted.items()]
    return Answer(
        question=asker.question.text,
        answer="\n".join(lines),
        citations=tuple(
            citation_of(passage, words).model_copy(update={"where": where}) for where, words in quoted.items()
        ),
        route="passages",
    )


def _part_of_article(asker: Asker, passage: Passage, text: str) -> str:
    """The paragraph or item that a quotation from an official text stands in: 第二款."""
    if passage.article is None or is_digest(passage.title):
        return ""
    whole = asker.library.catalog.article(passage.article, passage.document)
    return provision_at("\n".join(part.text for part in whole), text)


def _source(passage: Passage) -> str:
    if passage.kind == "regulation":
        return passage.place
    return f"{passage.unit or passage.title}{f'{passage.year}年' if passage.year else ''}报告（{passage.place}）"
