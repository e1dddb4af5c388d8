"""Answering by quoting: the one to three sentences that fit a question best, or none when nothing fits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.asking.passages.expected import has_shape, may_answer
from assistant.figures.mentions import years_in
from assistant.library import Library, Passage
from assistant.library.fitting import coverage, word_weights
from assistant.library.passages import sentences
from assistant.library.provisions import provisions
from assistant.library.regulation import is_digest
from assistant.text import enumerator

__all__ = ["FITS", "FITS_REPORT", "LONGEST_LIST", "Quote", "announces", "best_quotes", "rest_of_point"]

# Of 244 questions that an article answers 237 reach it, of 75 that come near one and that nothing answers 6; in reports 171 of
# 178, and 4 of 50 (evals/questions.jsonl, tests/asking/matters.yaml and 250 questions more; what `may_answer` refuses counted in).
FITS = 0.6
# Where unit or year is named: whatever is asked, it is not about what no report is about.
FITS_REPORT = 0.47
_GOES_ALONG = 0.3  # a neighbouring sentence with so much of the question is quoted too
_SHORT, _LONG = 25, 300  # characters of a quotation
_POINT = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]{1,2}[，,是：:]|其[一二三四五六七八九十][，,是：:]|首先|其次|再次|此外|另外)"
)
LONGEST_LIST = 600  # characters of a list that is quoted with the sentence that announces it
_ANNOUNCES = re.compile(
    r"(?:以下|如下|下列)[^。；：:]{0,10}[。：:]$|(?:存在|有)[^。；：:]{0,16}(?:不足|问题|差距|短板|方面)[。：:]$|[：:]$"
)
_AS_GOOD = 0.1  # of a fit: 收费 stands in 第三十五条 and 第四十二条, and whoever asks wants to see both
_RANK_STEP = 0.02  # of a fit, for each place further down in what search found (the section asked for stands early)
_OWN_WORDS = 0.2  # of a fit, for a sentence that has all the words itself
_SHAPE = 0.25  # of a fit, for the telephone number that is asked for
_OTHER_YEAR = 0.2  # taken off a sentence that tells of another year than the one asked about


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
) -> list[Quote]:
    """The sentences to quote, from the passage that fits best; none when none fits. Of a regulation two articles, where both
    fit nearly as well.

    ``fits`` is how well each passage fits by id (as search tells it), ``years`` those asked about; what fits less than ``enough``
    is not quoted.
    """
    weights = word_weights(question, library.catalog)
    quotes: list[tuple[float, Quote]] = []
    for rank, passage in enumerate(passages):
        fit = fits[passage.id] + (_SHAPE if has_shape(question, passage.text) else 0.0)
        scored = list(_scored(question, weights, passage, years)) if fit >= enough else []
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
    question: str, weights: Mapping[str, float], passage: Passage, years: Sequence[int]
) -> Iterator[tuple[float, list[str], int]]:
    """The sentences of a passage that may answer (those it stands among, its place), with what each adds to the fit."""
    blocks = [sentences(block) for block in _blocks(passage)]
    # The heading tells what a sentence is about.
    covered = {one: coverage(weights, passage.heading, one) for told in blocks for one in told}
    most = max(covered.values(), default=0.0)
    for told in blocks:
        for place, sentence in enumerate(told):
            if may_answer(question, sentence):
                other = _OTHER_YEAR if _tells_of_another_year(passage, sentence, years) else 0.0
                added = _OWN_WORDS * coverage(weights, sentence) - (most - covered[sentence]) / 2 - other
                yield added, told, place


def _tells_of_another_year(passage: Passage, sentence: str, years: Sequence[int]) -> bool:
    """Whether the last year named up to the end of the sentence is none of those asked about (2023年查找出的问题：…)."""
    end = max(passage.text.find(sentence), 0) + len(sentence)
    told = [year for place, year in years_in(passage.text) if place < end]
    return bool(years and told and told[-1] not in years)


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
    # What a point says goes on to the next one: 三是开展互查活动。采取随机抽取的方式…
    in_a_point = any(map(_opens_a_point, told[: place + 1]))
    while last + 1 < len(told) and not _opens_a_point(told[last + 1]) and _room(told, first, last + 1):
        opens = sum(map(len, told[first : last + 1])) < _SHORT  # “2024年仍有的问题。” only announces what follows it
        if not (in_a_point or opens) and coverage(weights, told[last + 1]) < _GOES_ALONG:
            break
        last += 1
    # Half a list would mislead: what ends in a semicolon goes on to its full stop.
    while told[last].endswith(("；", ";")) and last + 1 < len(told) and _room(told, first, last + 1):
        last += 1
    while first > 0 and coverage(weights, told[first - 1]) >= _GOES_ALONG and _room(told, first - 1, last):
        first -= 1
    return "".join(told[first : last + 1])


def _room(told: Sequence[str], first: int, last: int) -> bool:
    return sum(map(len, told[first : last + 1])) <= _LONG


def _opens_a_point(sentence: str) -> bool:
    return bool(_POINT.match(sentence) or enumerator(sentence))


def rest_of_point(told: Sequence[str], length: int) -> str:
    """Of the sentences behind a quotation of ``length`` characters those that still belong to its last point."""
    last = 0
    while last < len(told) and not _opens_a_point(told[last]) and length + sum(map(len, told[: last + 1])) <= _LONG:
        last += 1
    return "".join(told[:last])


def announces(sentence: str) -> bool:
    """Whether a sentence only says that a list follows."""
    return bool(_ANNOUNCES.search(sentence.strip()))
