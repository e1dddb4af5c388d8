"""Answering by quoting: the one to three sentences that fit a question best, or none when nothing fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.asking.passages.evidence import coverage, near, word_weights
from assistant.figures.mentions import mentions_in, years_in
from assistant.library import Library, Passage
from assistant.library.passages import sentences
from assistant.library.provisions import provisions
from assistant.library.regulation import is_digest

__all__ = ["LONGEST_LIST", "Quote", "announces", "best_quote"]

# Measured on tests/asking/matters.yaml, with the digest and with the official text: what is about something else stays at
# 0.53 and below, all but three of what answers reach 0.60. Nearness alone cannot tell: e5's cosines lie between 0.82
# (红烧肉) and 0.93 (an article that answers), and 0.89 is reached by both.
FITS = 0.57
_GOES_ALONG = 0.3  # a neighbouring sentence with so much of the question is quoted too
_MOST_SENTENCES = 3
_SHORT, _LONG = 25, 240  # characters
LONGEST_LIST = 600  # characters of a list that is quoted with the sentence that announces it
_ANNOUNCES = re.compile(
    r"(?:以下|如下|下列)[^。；：:]{0,10}[。：:]$|(?:存在|有)[^。；：:]{0,16}(?:不足|问题|差距|短板|方面)[。：:]$|[：:]$"
)
_RANK_STEP = 0.02  # what search put first before what it put fifth

_OWN_WORDS = 0.2  # of two sentences under one heading, the one that has the words itself
_OTHER_YEAR = 0.2  # taken off a sentence that tells of another year than the one asked about
_DATE = re.compile(r"\d+\s*[月日]|[一二三四五六七八九十]+[月日]|\d{4}\s*年")
_WHEN_ASKED = re.compile(r"什么时候|何时|(?<!从)哪一?[天日](?!算|起|计)|几月|几号")
# 几个部门联合发文由谁公开: several, not how many.
_ELSE_ASKED = re.compile(r"谁|怎么|如何|吗[?？]?$")

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


def best_quote(
    question: str,
    passages: Sequence[Passage],
    library: Library,
    nearness: Mapping[int, float],
    *,
    years: Sequence[int] = (),
    also_told: Callable[[Passage], str] = lambda _: "",
) -> Quote | None:
    """The sentences to quote, from the passage that search found and that fits best; ``None`` when none fits.

    ``nearness`` is the cosine of each passage to the question by id (empty without vectors), ``years`` those asked about;
    ``also_told`` is what a digest says of a passage.
    """
    weights = word_weights(question, library)
    best: tuple[float, Quote] | None = None
    for rank, passage in enumerate(passages):
        told = also_told(passage)
        for quote in _candidates(question, weights, passage, near(passage, nearness), told):
            score = quote.fit + _OWN_WORDS * coverage(weights, quote.text) - rank * _RANK_STEP
            score -= _OTHER_YEAR if _tells_of_another_year(quote, years) else 0
            if quote.fit >= FITS and (best is None or score > best[0]):
                best = score, quote
    return best[1] if best else None


def _tells_of_another_year(quote: Quote, years: Sequence[int]) -> bool:
    """Whether the last year named up to the end of the quote is none of those asked about (2023年查找出的问题：…)."""
    end = max(quote.passage.text.find(quote.text), 0) + len(quote.text)
    told = [year for place, year in years_in(quote.passage.text) if place < end]
    return bool(years and told and told[-1] not in years)


def _candidates(
    question: str, weights: Mapping[str, float], passage: Passage, near: float, digest: str
) -> Iterator[Quote]:
    """Each sentence of a passage as a quote; those without the kind of figure that is asked for are left out."""
    around = coverage(weights, f"{passage.heading} {digest} {passage.text}")
    for told in map(sentences, _blocks(passage)):
        for place, sentence in enumerate(told):
            if not _may_answer(question, sentence):
                continue
            # The heading tells what a sentence is about, the passage what it refers back to.
            covered = (2 * coverage(weights, f"{passage.heading} {sentence}") + around) / 3
            yield Quote(passage, _with_neighbours(told, place, weights), covered + near)


def _blocks(passage: Passage) -> list[str]:
    """What a quotation stays within: a passage of a report, a paragraph (款) of an article."""
    if passage.article is None or is_digest(passage.title):
        return [passage.text]
    return [part.text for part in provisions(passage.text) if part.item is None]


def _with_neighbours(told: Sequence[str], place: int, weights: Mapping[str, float]) -> str:
    first = last = place
    if announces(told[place]):
        # 仍有以下不足。 is no answer without what follows it.
        while last + 1 < len(told) and sum(map(len, told[first : last + 2])) <= LONGEST_LIST:
            last += 1
        return "".join(told[first : last + 1])
    while last + 1 < len(told) and last - first + 1 < _MOST_SENTENCES:
        # “2024年仍有的问题。” only announces what follows it.
        opens = sum(map(len, told[first : last + 1])) < _SHORT
        if not opens and coverage(weights, told[last + 1]) < _GOES_ALONG:
            break
        last += 1
    # Half a list would mislead: what ends in a semicolon goes on to its full stop.
    while told[last].endswith(("；", ";")) and last + 1 < len(told) and sum(map(len, told[first : last + 2])) <= _LONG:
        last += 1
    while first > 0 and last - first + 1 < _MOST_SENTENCES and coverage(weights, told[first - 1]) >= _GOES_ALONG:
        first -= 1
    return "".join(told[first : last + 1])


def announces(sentence: str) -> bool:
    """Whether a sentence only says that a list follows."""
    return bool(_ANNOUNCES.search(sentence.strip()))


def _may_answer(question: str, sentence: str) -> bool:
    """Whether a sentence has the kind of figure that the question asks for: a span of time, an amount, a date."""
    if _WHEN_ASKED.search(question):
        return bool(_DATE.search(sentence))
    units = next((units for pattern, units in _UNITS_ASKED if re.search(pattern, question)), None)
    if units is None or (not units and _ELSE_ASKED.search(question)):
        return True
    return any(not units or m.unit in units or (m.percent and "%" in units) for m in mentions_in(sentence))
