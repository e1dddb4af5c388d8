"""Answering by quoting: the one to three sentences that fit a question best, or none when nothing fits."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.figures.mentions import mentions_in, years_in
from assistant.library import Library, Passage
from assistant.library.passages import sentences
from assistant.library.words import content_words, words

__all__ = ["Quote", "best_quote", "coverage", "related", "word_weights"]

# Measured on evals/questions.jsonl and twenty more: what answers reaches 0.7 and more, what is about something else stays
# below 0.5. Nearness alone cannot tell: e5's cosines lie between 0.82 (红烧肉) and 0.94 (an article that answers).
FITS = 0.6
_NEAR_FROM, _NEAR_TO, _NEAR_WEIGHT = 0.86, 0.92, 0.4
RELATED = 0.3  # and below this a passage is not worth showing to a model either
_GOES_ALONG = 0.3  # a neighbouring sentence with so much of the question is quoted too
_MOST_SENTENCES = 3
_SHORT, _LONG = 25, 240  # characters
_RANK_STEP = 0.02  # what search put first before what it put fifth

_OWN_WORDS = 0.2  # of two sentences under one heading, the one that has the words itself
_OTHER_YEAR = 0.2  # taken off a sentence that tells of another year than the one asked about
_DATE = re.compile(r"\d+\s*[月日]|[一二三四五六七八九十]+[月日]|\d{4}\s*年")
_WHEN_ASKED = re.compile(r"什么时候|何时|哪一?[天日]|几月|几号")

# What is asked → units that an answer has.
_UNITS_ASKED = (
    (r"多久|期限|多长时间|几天|多少天|几个工作日|多少个?工作日|时限", ("个工作日", "工作日", "日", "天", "月", "小时")),
    (r"多少钱|费用多少|多少元|金额", ("元", "万元")),
    (r"百分之|比例|占比|[率]是?多少|满意率|合格率", ("%",)),
    (r"多少|几[个件条份次场期篇家名人项]|数量|总数", ()),
)


@dataclass(frozen=True, slots=True)
class Quote:
    """Sentences of one passage, word for word, and how well they fit the question (1: all its words are there)."""

    passage: Passage
    text: str
    fit: float


def word_weights(question: str, library: Library) -> dict[str, float]:
    """The words of a question that tell what is asked, with their rarity among the passages (idf)."""
    asked = content_words(question) or words(question)
    if not asked:
        return {}
    passages, counts = library.catalog.word_counts(asked)
    return {word: math.log((passages + 1) / (counts.get(word, 0) + 0.5)) for word in asked}


def coverage(weights: Mapping[str, float], text: str) -> float:
    """How much of the question, by weight, stands in ``text``: 0 to 1."""
    total = sum(weights.values())
    present = set(words(text))
    return sum(weight for word, weight in weights.items() if word in present) / total if total else 0.0


def related(
    question: str, passages: Sequence[Passage], library: Library, nearness: Mapping[int, float]
) -> list[Passage]:
    """Those of the passages that have something to do with the question at all."""
    weights = word_weights(question, library)
    return [
        passage
        for passage in passages
        if coverage(weights, f"{passage.heading} {passage.text}") + _near(passage, nearness) >= RELATED
    ]


def best_quote(
    question: str,
    passages: Sequence[Passage],
    library: Library,
    nearness: Mapping[int, float],
    *,
    required: Sequence[str] = (),
    years: Sequence[int] = (),
) -> Quote | None:
    """The sentences to quote, from the passage that search found and that fits best; ``None`` when none fits.

    ``nearness`` is the cosine of each passage to the question by id (empty without vectors); ``required`` are words
    that must stand in the sentence itself, ``years`` those asked about.
    """
    weights = word_weights(question, library)
    best: tuple[float, Quote] | None = None
    for rank, passage in enumerate(passages):
        for quote in _candidates(question, weights, passage, _near(passage, nearness), required):
            score = quote.fit + _OWN_WORDS * coverage(weights, quote.text) - rank * _RANK_STEP
            score -= _OTHER_YEAR if _tells_of_another_year(quote, years) else 0
            if quote.fit >= FITS and (best is None or score > best[0]):
                best = score, quote
    return best[1] if best else None


def _tells_of_another_year(quote: Quote, years: Sequence[int]) -> bool:
    """Whether the last year named up to the end of the quote is none of those asked about (2023年查找出的问题：…)."""
    end = quote.passage.text.find(quote.text) + len(quote.text)
    told = [year for place, year in years_in(quote.passage.text) if place < end]
    return bool(years and told and told[-1] not in years)


def _near(passage: Passage, nearness: Mapping[int, float]) -> float:
    """What nearness in meaning adds to a fit: 0 to ``_NEAR_WEIGHT``."""
    span = (nearness.get(passage.id, 0.0) - _NEAR_FROM) / (_NEAR_TO - _NEAR_FROM)
    return _NEAR_WEIGHT * min(1.0, max(0.0, span))


def _candidates(
    question: str, weights: Mapping[str, float], passage: Passage, near: float, required: Sequence[str]
) -> Iterator[Quote]:
    """Each sentence of a passage as a quote; those without the kind of figure that is asked for are left out."""
    told = sentences(passage.text)
    around = coverage(weights, f"{passage.heading} {passage.text}")
    for place, sentence in enumerate(told):
        if not _may_answer(question, sentence) or any(word not in sentence for word in required):
            continue
        # The heading tells what a sentence is about, the passage what it refers back to.
        covered = (2 * coverage(weights, f"{passage.heading} {sentence}") + around) / 3
        yield Quote(passage, _with_neighbours(told, place, weights), covered + near)


def _with_neighbours(told: Sequence[str], place: int, weights: Mapping[str, float]) -> str:
    first = last = place
    while last + 1 < len(told) and last - first + 1 < _MOST_SENTENCES:
        # “2024年仍有的问题。” only announces what follows it.
        announces = sum(map(len, told[first : last + 1])) < _SHORT
        if not announces and coverage(weights, told[last + 1]) < _GOES_ALONG:
            break
        last += 1
    # Half a list would mislead: what ends in a semicolon goes on to its full stop.
    while told[last].endswith(("；", ";")) and last + 1 < len(told) and sum(map(len, told[first : last + 2])) <= _LONG:
        last += 1
    while first > 0 and last - first + 1 < _MOST_SENTENCES and coverage(weights, told[first - 1]) >= _GOES_ALONG:
        first -= 1
    return "".join(told[first : last + 1])


def _may_answer(question: str, sentence: str) -> bool:
    """Whether a sentence has the kind of figure that the question asks for: a span of time, an amount, a date."""
    if _WHEN_ASKED.search(question):
        return bool(_DATE.search(sentence))
    units = next((units for pattern, units in _UNITS_ASKED if re.search(pattern, question)), None)
    if units is None:
        return True
    return any(not units or m.unit in units or (m.percent and "%" in units) for m in mentions_in(sentence))
