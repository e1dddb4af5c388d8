"""Answering by quoting: the one to three sentences that fit a question best, with their source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.asking.inquiry import Inquiry
from assistant.asking.result import Answer, passage_citation
from assistant.figures.mentions import mentions_in, years_in
from assistant.lexicon import entries, entry, phrase
from assistant.library import Library, Passage
from assistant.library.passages import sentences
from assistant.library.provisions import provision_at, provisions
from assistant.library.ranking import coverage, word_weights
from assistant.library.regulation import is_digest
from assistant.patterns import regex
from assistant.text import enumerator

__all__ = [
    "FITS",
    "FITS_REPORT",
    "Quote",
    "best_quotes",
    "has_shape",
    "may_answer",
    "named_in_quotes",
    "quoted_answer",
    "rest_of_point",
]

# Of 244 questions that an article answers 237 reach it, of 75 that come near one and that nothing answers 6; in reports
# 171 of 178, and 4 of 50 (evals/questions.jsonl, tests/asking/matters.yaml and 250 questions more; what `may_answer`
# refuses counted in).
FITS = 0.6
# Where unit or year is named: whatever is asked, it is not about what no report is about.
FITS_REPORT = 0.47
_GOES_ALONG = 0.3  # a neighbouring sentence with so much of the question is quoted too
_SHORT, _LONG = 25, 300  # characters of a quotation
_LONGEST_LIST = 600  # characters of a list that is quoted with the sentence that announces it
_AS_GOOD = 0.1  # of a fit: 收费 stands in 第三十五条 and 第四十二条, and whoever asks wants to see both
_RANK_STEP = 0.02  # of a fit, for each place further down in what search found (the section asked for stands early)
_OWN_WORDS = 0.2  # of a fit, for a sentence that has all the words itself
_SHAPE = 0.25  # of a fit, for the telephone number that is asked for
_OTHER_YEAR = 0.2  # taken off a sentence that tells of another year than the one asked about
# Characters: an article quoted as it is; one that is too long to be read beside its telling sentence.
_SHORT_ARTICLE, _LONGEST_ARTICLE = 120, 600
_IN_QUOTES = regex(r"[“\"]([^”\"]{2,20})[”\"]")
_NOTHING_MORE = 4  # punctuation and a particle: nothing that the quotation leaves out


@dataclass(frozen=True, slots=True)
class Quote:
    """Sentences of one passage, word for word."""

    passage: Passage
    text: str


def best_quotes(
    question: str,
    passages: Sequence[Passage],
    library: Library,
    fits: Mapping[int, float],
    *,
    years: Sequence[int] = (),
    enough: float = FITS,
    any_kind: bool = False,
) -> list[Quote]:
    """The sentences to quote, from the passage that fits best; none when none fits. Of a regulation two articles, where
    both fit nearly as well.

    ``fits`` is how well each passage fits by id (as search tells it), ``years`` those asked about; what fits less than
    ``enough`` is not quoted. ``any_kind``: also what has not the kind of thing that is asked for.
    """
    weights = word_weights(question, library.catalog)
    quotes: list[tuple[float, Quote]] = []
    for rank, passage in enumerate(passages):
        fit = fits[passage.id] + (_SHAPE if has_shape(question, passage.text) else 0.0)
        scored = list(_scored(question, weights, passage, years, any_kind)) if fit >= enough else []
        if scored:
            added, told, place = max(scored, key=lambda one: one[0])
            score = fit + added - rank * _RANK_STEP
            quotes.append((score, Quote(passage, _with_neighbours(told, place, weights))))
    quotes.sort(key=lambda one: -one[0])
    return [quote for score, quote in quotes[:2] if quote is quotes[0][1] or _as_good(quotes[0], score, quote)]


def _as_good(first: tuple[float, Quote], score: float, quote: Quote) -> bool:
    one, other = first[1].passage, quote.passage
    return one.kind == other.kind == "regulation" and one.article != other.article and first[0] - score <= _AS_GOOD


def _scored(
    question: str, weights: Mapping[str, float], passage: Passage, years: Sequence[int], any_kind: bool
) -> Iterator[tuple[float, list[str], int]]:
    """The sentences of a passage that may answer (those it stands among, its place), with what each adds to the fit."""
    blocks, names = [sentences(block) for block in _blocks(passage)], named_in_quotes(question)
    # The heading tells what a sentence is about.
    covered = {one: coverage(weights, passage.heading, one) for told in blocks for one in told}
    most = max(covered.values(), default=0.0)
    for told in blocks:
        for place, sentence in enumerate(told):
            if any_kind or may_answer(question, sentence, years):
                other = _OTHER_YEAR if _tells_of_another_year(passage, sentence, years) else 0.0
                other -= sum(name in sentence for name in names)
                added = _OWN_WORDS * coverage(weights, sentence) - (most - covered[sentence]) / 2 - other
                yield added, told, place


def named_in_quotes(question: str) -> list[str]:
    """What a question puts in quotation marks: the very words are looked for."""
    return _IN_QUOTES.findall(question)


def _tells_of_another_year(passage: Passage, sentence: str, years: Sequence[int]) -> bool:
    """Whether the last year named up to the end of the sentence is none of those asked about
    (2023年查找出的问题：…)."""
    end = max(passage.text.find(sentence), 0) + len(sentence)
    told = [year for place, year in years_in(passage.text) if place < end]
    return bool(years and told and told[-1] not in years)


def _blocks(passage: Passage) -> list[str]:
    """What a quotation stays within: a passage of a report, a paragraph (款) of an article."""
    if passage.article is None or is_digest(passage.title):
        return [passage.text]
    return [part.text for part in provisions(passage.text) if part.item is None]


def _with_neighbours(block: Sequence[str], place: int, weights: Mapping[str, float]) -> str:
    first = last = place
    if _announces(block[place]):
        # 仍有以下不足。 is no answer without what follows it.
        while last + 1 < len(block) and sum(map(len, block[first : last + 2])) <= _LONGEST_LIST:
            last += 1
        return "".join(block[first : last + 1])
    # What a point says goes on to the next one: 三是开展互查活动。采取随机抽取的方式…
    in_a_point = any(map(_opens_a_point, block[: place + 1]))
    while last + 1 < len(block) and not _opens_a_point(block[last + 1]) and _room(block, first, last + 1):
        opens = sum(map(len, block[first : last + 1])) < _SHORT  # “2024年仍有的问题。” only announces what follows it
        if not (in_a_point or opens) and coverage(weights, block[last + 1]) < _GOES_ALONG:
            break
        last += 1
    # 收取信息处理费2230元。其中…: what a sum is made of belongs to it.
    while (
        last + 1 < len(block)
        and phrase("passages", "what_it_is_made_of").match(block[last + 1])
        and _room(block, first, last + 1)
    ):
        last += 1
    # Half a list would mislead: what ends in a semicolon goes on to its full stop.
    while block[last].endswith(("；", ";")) and last + 1 < len(block) and _room(block, first, last + 1):
        last += 1
    while first > 0 and coverage(weights, block[first - 1]) >= _GOES_ALONG and _room(block, first - 1, last):
        first -= 1
    return "".join(block[first : last + 1])


def _room(block: Sequence[str], first: int, last: int) -> bool:
    return sum(map(len, block[first : last + 1])) <= _LONG


def _opens_a_point(sentence: str) -> bool:
    return bool(phrase("passages", "opens_point").match(sentence) or enumerator(sentence))


def rest_of_point(block: Sequence[str], length: int) -> str:
    """Of the sentences behind a quotation of ``length`` characters those that still belong to its last point."""
    last = 0
    while last < len(block) and not _opens_a_point(block[last]) and length + sum(map(len, block[: last + 1])) <= _LONG:
        last += 1
    return "".join(block[:last])


def _announces(sentence: str) -> bool:
    """Whether a sentence only says that a list follows."""
    return bool(phrase("passages", "announces").search(sentence.strip()))


def quoted_answer(inquiry: Inquiry, quotes: Sequence[Quote]) -> Answer:
    """The best quotation, and behind it the second article that tells."""
    first, *others = (_quoted(inquiry, quote.passage, quote.text) for quote in quotes)
    if not others:
        return _going_on(inquiry, first, quotes[0].passage, quotes[0].text)
    lines = [first.answer, *(f"另见{other.answer}" for other in others)]
    citations = tuple(citation for each in (first, *others) for citation in each.citations)
    return first.model_copy(update={"answer": "\n".join(lines), "citations": citations})


def _going_on(inquiry: Inquiry, answer: Answer, passage: Passage, text: str) -> Answer:
    """A quotation that ends with its passage goes on in those behind it: the items of a list that it announces, or the
    rest of a point that was cut because its paragraph is long."""
    if passage.kind != "report" or not passage.text.rstrip().endswith(text[-20:].rstrip()):
        return answer
    behind = [one for one in inquiry.library.catalog.passages_of(passage.document) if one.id > passage.id]
    parts = _items_behind(passage, text, behind) or _rest_behind(passage, text, behind)
    if not parts:
        return answer
    continuation = "".join(words for _, words in parts)
    return answer.model_copy(
        update={
            "answer": f"{answer.answer.removesuffix('”')}{continuation}”",
            "citations": (*answer.citations, *(passage_citation(part, words.strip()) for part, words in parts)),
        }
    )


def _items_behind(passage: Passage, text: str, behind: Sequence[Passage]) -> list[tuple[Passage, str]]:
    """The passages behind a sentence that announces a list, as long as they are items under one heading."""
    items: list[tuple[Passage, str]] = []
    if not _announces(sentences(text)[0]):
        return items
    for following in behind:
        length = len(text) + sum(len(item.text) for item, _ in items) + len(following.text)
        if following.heading != passage.heading or not enumerator(following.text) or length > _LONGEST_LIST:
            break
        items.append((following, f"\n{following.text}"))
    return items


def _rest_behind(passage: Passage, text: str, behind: Sequence[Passage]) -> list[tuple[Passage, str]]:
    """What is left of the point that ``text`` ends with, where its paragraph was cut into two passages."""
    following = behind[0] if behind and behind[0].place == passage.place else None
    rest = rest_of_point(sentences(following.text), len(text)) if following else ""
    return [(following, rest)] if following and rest else []


def _quoted(inquiry: Inquiry, passage: Passage, text: str) -> Answer:
    if passage.kind == "regulation":
        return _quoted_article(inquiry, passage, text)
    line = f"{_source(passage)}：“{text}”"
    return Answer(
        question=inquiry.question.text, answer=line, citations=(passage_citation(passage, text),), route="passages"
    )


def _quoted_article(inquiry: Inquiry, passage: Passage, text: str) -> Answer:
    """The sentences that tell, by paragraph or item, and then the whole article: it is short, and an exception often
    stands beside the rule."""
    whole, part = passage.text, _part_of_article(inquiry, passage, text)
    if (not part and len(whole) <= _SHORT_ARTICLE) or len(whole) - len(text) < _NOTHING_MORE:
        quoted = {passage.place: whole}
    else:
        quoted = {f"{passage.place}{part}": text}
        if len(whole) <= _LONGEST_ARTICLE:
            quoted[f"{passage.place}全文"] = whole
    lines = [f"{where}：“{words}”" for where, words in quoted.items()]
    return Answer(
        question=inquiry.question.text,
        answer="\n".join(lines),
        citations=tuple(
            passage_citation(passage, words).model_copy(update={"where": where}) for where, words in quoted.items()
        ),
        route="passages",
    )


def _part_of_article(inquiry: Inquiry, passage: Passage, text: str) -> str:
    """The paragraph or item that a quotation from an official text stands in: 第二款."""
    if passage.article is None or is_digest(passage.title):
        return ""
    whole = inquiry.library.catalog.article(passage.article, passage.document)
    return provision_at("\n".join(part.text for part in whole), text)


def _source(passage: Passage) -> str:
    if passage.kind == "regulation":
        return passage.place
    return f"{passage.unit or passage.title}{f'{passage.year}年' if passage.year else ''}报告（{passage.place}）"


# What a sentence must have to answer: a date, a span of time, an amount, a reason, a name, a number to call.

# What is asked for by its amount, in the order in which it is looked for: 多少天 is a term, though 多少 asks a number.
_AMOUNTS = ("amount.term", "amount.money", "amount.share", "amount.number")


def may_answer(question: str, sentence: str, years: Sequence[int] = ()) -> bool:
    """Whether a sentence has the kind of thing that the question asks for; a question that asks for no certain kind
    takes any. ``years`` are those asked about: when something was is not told by them."""
    if phrase("passages", "when_asked").search(question) and not phrase("passages", "reckoned").search(question):
        told = phrase("passages", "date").finditer(phrase("passages", "no_date").sub("", sentence))
        return any(not found[1] or int(found[1]) not in years for found in told)
    if which := phrase("passages", "which_asked").search(question):
        return bool(re.search(rf"第[\d一二三四五六七八九十]+{which[1]}", sentence))
    if any(asked.search(question) for asked, _ in _shapes()):
        return has_shape(question, sentence)
    if phrase("passages", "reason_asked").search(question):
        return bool(phrase("passages", "reason_told").search(sentence))
    if phrase("passages", "names_asked").search(question):
        return bool(phrase("passages", "names_told").search(sentence))
    if phrase("passages", "officer_asked").search(question):
        return _names_an_officer(question, sentence)
    return _has_amount(question, sentence)


def has_shape(question: str, text: str) -> bool:
    """Whether a text has what little else has, and the question asks for: a number to call, a street, an hour."""
    return any(shape.search(text) for asked, shape in _shapes() if asked.search(question))


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """How something is asked for that has a shape of its own, and the shape."""
    known = (each for each in entries("passages") if each.kind == "shape")
    return tuple((phrase("passages", each.id), re.compile(each.says)) for each in known)


def _has_amount(question: str, sentence: str) -> bool:
    asked = next((id for id in _AMOUNTS if phrase("passages", id).search(question)), None)
    if asked is None:
        return True
    units = entry("passages", asked).measures
    asks_else = ("asked_beside_number", "article_asked")
    if not units and any(phrase("passages", id).search(question) for id in asks_else):
        return True
    if any(not units or m.unit in units or (m.percent and "%" in units) for m in mentions_in(sentence)):
        return True
    return (
        bool(phrase("passages", "none_told").search(sentence))
        and phrase("questions", "how_many").search(question) is not None
    )


def _names_an_officer(question: str, sentence: str) -> bool:
    """Whether a person's name stands beside a word of the question: 区长李某, not 习近平总书记 for whoever is
    市委书记."""
    import rjieba  # loads its dictionary: most questions ask for no person

    asked = {word for word, tag in rjieba.tag(question) if tag.startswith("n")}
    told = rjieba.tag(sentence)
    return any(
        tag.startswith("nr") and any(word in asked for word, _ in told[max(place - 1, 0) : place + 2])
        for place, (_, tag) in enumerate(told)
    )
