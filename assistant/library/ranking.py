"""Putting found passages in order: rankings fused, what fits best first, repetitions of other years left out."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.lexicon.synonyms import same_meaning
from assistant.library.catalog.catalog import Catalog
from assistant.library.documents import Passage
from assistant.library.passages import sentences
from assistant.library.words import content_words, words
from assistant.patterns import regex

__all__ = ["coverage", "fit", "fuse", "join_neighbours", "order_by_fit", "without_repeats", "word_weights"]

_RANK_CONSTANT = 60  # of reciprocal rank fusion, as its authors set it (Cormack et al. 2009)
_SECTION = 0.1  # of a fit, for what stands in the section asked for
_RANK_STEP = 0.005  # of a fit, for each place further down in what was found
_SAME = 88  # of 100: with its figures taken out, a paragraph that was carried over from the year before
_FIGURES = regex(r"[\d.%％,，\s]+")
# Cosines of e5 lie between 0.82 (红烧肉) and 0.94 (an article that answers): what is nearer than _USUAL adds to a fit,
# what is farther takes away, _NEAR for each unit. Measured with logistic regression over 184 questions with the passage
# that answers and 117 that nothing answers, fitted on one half: words and nearness together tell them apart on the
# other half (area under the curve 0.997; words alone 0.990, nearness alone 0.93).
_NEAR, _USUAL = 7.0, 0.856
_HEADING = 0.1  # what its heading says it is about
# Of the weight: 编, 交, 去 are verbs of asking, whether or not reports happen to use them; and what no passage has and
# no dictionary, was likely cut wrongly (费收 of 信息处理费收了没有).
_LOOSE = 0.3
_OTHER_WORD = 0.85  # of the weight, where a text says the same in another word
# A word is telling where it is rare among the passages, and half as much where it is rare in the language: 离婚 and
# 后面 may both stand in no report, yet only one of them is a topic. Over 324 questions that the library answers, the
# right passage comes first for 299 so, for 294 by the passages alone.
_LANGUAGE = 0.5
_DICTIONARY = 60_101_967  # words counted for the frequencies of jieba's dictionary
_EVERYDAY, _RAREST = 6.0, 14.0  # -log of the share: 时候 has 7, 文件 9, 离婚 11, 补正 15
# 你是谁开发的 has one telling word, and finds it in 开发区: the fewer there are, the less it says that they are found.
_ONE_WORD = 0.3
_SLIGHT = 0.02  # of all weight: a word with less is no telling one


def fuse(rankings: Sequence[Sequence[int]], weights: Sequence[float] | None = None) -> list[int]:
    """Rankings joined by reciprocal rank fusion: ids, best first; what several rankings name rises."""
    scores: dict[int, float] = {}
    for ranking, weight in zip(rankings, weights or [1.0] * len(rankings), strict=True):
        for rank, one in enumerate(ranking, start=1):
            if weight:
                scores[one] = scores.get(one, 0.0) + weight / (_RANK_CONSTANT + rank)
    return sorted(scores, key=lambda one: -scores[one])


def order_by_fit(
    passages: Sequence[Passage], fits: Mapping[int, float], sections: Collection[str] = ()
) -> list[Passage]:
    """Those that fit best first (``fits`` by passage id); among equals those of the sections asked for (一 to 六), and
    then what was found first."""
    order = {
        passage.id: fits[passage.id]
        + (_SECTION if passage.place.partition("、")[0] in sections else 0.0)
        - rank * _RANK_STEP
        for rank, passage in enumerate(passages)
    }
    return sorted(passages, key=lambda passage: -order[passage.id])


def without_repeats(passages: Sequence[Passage], limit: int) -> list[Passage]:
    """The first ``limit``, where what one unit wrote in several years stands once: the latest, in the best place."""
    from rapidfuzz import fuzz

    kept: list[Passage] = []
    bare: list[str] = []
    for passage in passages:
        text = _FIGURES.sub("", passage.text)
        same = next(
            (
                place
                for place, other in enumerate(kept)
                if _of_another_year(passage, other) and fuzz.ratio(text, bare[place]) >= _SAME
            ),
            None,
        )
        if same is None:
            if len(kept) < limit:
                kept.append(passage)
                bare.append(text)
        elif (passage.year or 0) > (kept[same].year or 0):
            kept[same], bare[same] = passage, text
    return kept


def _of_another_year(one: Passage, other: Passage) -> bool:
    return one.kind == other.kind == "report" and one.unit == other.unit and one.year != other.year


def join_neighbours(passages: Sequence[Passage]) -> list[Passage]:
    """Passages that follow each other under one heading as one, where the first of them stood."""
    by_id = {passage.id: passage for passage in passages}
    done: set[int] = set()
    whole: list[Passage] = []
    for passage in passages:
        if passage.id in done:
            continue
        first = last = passage
        while _goes_on(by_id.get(first.id - 1), first):
            first = by_id[first.id - 1]
        while _goes_on(last, by_id.get(last.id + 1)):
            last = by_id[last.id + 1]
        run = [by_id[one] for one in range(first.id, last.id + 1)]
        done.update(one.id for one in run)
        whole.append(first if len(run) == 1 else _one(run))
    return whole


def _goes_on(before: Passage | None, after: Passage | None) -> bool:
    """Ids are given in a document's order, so that neighbours follow each other."""
    return bool(before and after and before.document == after.document and before.heading == after.heading)


def _one(run: Sequence[Passage]) -> Passage:
    first, last = run[0], run[-1]
    place = first.place if first.place == last.place else f"{first.place}至{last.place.rpartition(' · ')[2]}"
    return replace(first, place=place, text="\n".join(passage.text for passage in run))


def word_weights(question: str, catalog: Catalog) -> dict[str, float]:
    """The words of a question that tell what is asked, each with its share of the weight: as rare as it is among the
    passages (idf) and in the language.

    A word is as common as the most common of those that mean the same here.
    """
    asked = content_words(question) or words(question)
    if not asked:
        return {}
    passages, counts = catalog.words.counts([*asked, *(other for word in asked for other in same_meaning(word))])
    known = set(words(question, guess=False))
    here, anywhere = dict[str, float](), dict[str, float]()
    for word in asked:
        common = max(counts.get(one, 0) for one in (word, *same_meaning(word)))
        loose = len(word) == 1 or (not common and word not in known)
        here[word] = math.log((passages + 1) / (common + 0.5)) * (_LOOSE if loose else 1.0)
        anywhere[word] = _rarity(word) * (_LOOSE if len(word) == 1 else 1.0)
    one, other = _shares(here), _shares(anywhere)
    return {word: one[word] + _LANGUAGE * other[word] for word in asked}


def _shares(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights as parts of one. 征求意见 is cut into 征求, 意见 and itself: it counts for what it tells beyond its
    parts."""
    beyond = {
        word: max(0.0, weight - max((weights[part] for part in weights if part != word and part in word), default=0.0))
        for word, weight in weights.items()
    }
    total = sum(beyond.values()) or 1.0
    return {word: weight / total for word, weight in beyond.items()}


@lru_cache(maxsize=4096)
def _rarity(word: str) -> float:
    """How rare a word is in the language, from 0 (everybody says it every day)."""
    import rjieba  # loads its dictionary: a question about a figure need not

    share = max(1, rjieba.suggest_freq(word)) / _DICTIONARY
    return max(0.0, min(-math.log(share), _RAREST) - _EVERYDAY)


def coverage(weights: Mapping[str, float], *texts: str) -> float:
    """How much of the question, by weight, stands in ``texts``, in its words or in others that mean the same: 0 to
    1."""
    total = sum(weights.values())
    within = "\n".join(map(_folded, texts))  # cutting text into words costs ten times what the search itself does
    said = {word for word in weights if word in within}
    meant = {word for word in weights if any(one in within for one in same_meaning(word))}
    found = sum(
        weight * (1.0 if word in said else _OTHER_WORD if any(word in longer for longer in meant) else 0.0)
        for word, weight in weights.items()  # 供水 says 自来水, and with it the 自来 that it was cut into
    )
    return found / total if total else 0.0


@lru_cache(maxsize=4096)  # headings come with every sentence, passages are looked at again for what to quote
def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def fit(
    weights: Mapping[str, float], passage: Passage, cosine: float | None = None, extra: Sequence[str] = ()
) -> float:
    """How well a passage fits: around 0.5 it is open whether it has to do with the question, at 1 it says all of it.

    The mean of what the whole passage and its best sentence cover, ``extra`` (the words of a digest, questions that
    people ask) being part of the passage; ``cosine`` is its nearness in meaning, ``None`` where there is no vector.
    """
    words_that_tell = sum(1 for weight in weights.values() if weight > _SLIGHT * sum(weights.values()))
    whole = coverage(weights, passage.heading, passage.text, *extra)
    best = max((coverage(weights, passage.heading, one) for one in (*sentences(passage.text), *extra)), default=0.0)
    named = _HEADING * coverage(weights, passage.heading)
    said = ((whole + best) / 2 + named) * words_that_tell / (words_that_tell + _ONE_WORD)
    return said + (_NEAR * (cosine - _USUAL) if cosine is not None else 0.0)
