"""How well a text fits a question: how much of what is asked stands in it, and how near it is in meaning."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

from assistant.library import Library, Passage
from assistant.library.synonyms import same_meaning
from assistant.library.words import content_words, words

__all__ = ["RELATED", "coverage", "near", "related", "word_weights"]

_NEAR_FROM, _NEAR_TO, _NEAR_WEIGHT = 0.86, 0.92, 0.4
RELATED = 0.3  # below this a passage is not worth showing to a model either
# Of the weight: 编, 交, 去 are verbs of asking, whether or not reports happen to use them; and so is what the words were cut
# wrongly into around a small word (编了, 会受, 上要), when no passage has it.
_LOOSE = 0.3
_OTHER_WORD = 0.85  # of the weight, where a text says the same in another word
_SMALL = frozenset("了着过要会不没来该应到得给去算")


def word_weights(question: str, library: Library) -> dict[str, float]:
    """The words of a question that tell what is asked, with their rarity among the passages (idf).

    A word is as common as the most common of those that mean the same here.
    """
    asked = content_words(question) or words(question)
    if not asked:
        return {}
    passages, counts = library.catalog.word_counts([*asked, *(other for word in asked for other in same_meaning(word))])
    weights = {}
    for word in asked:
        common = max(counts.get(one, 0) for one in (word, *same_meaning(word)))
        loose = len(word) == 1 or (not common and len(word) <= 3 and not _SMALL.isdisjoint(word))
        weights[word] = math.log((passages + 1) / (common + 0.5)) * (_LOOSE if loose else 1.0)
    return weights


def coverage(weights: Mapping[str, float], text: str) -> float:
    """How much of the question, by weight, stands in ``text``, in its words or in others that mean the same: 0 to 1."""
    total = sum(weights.values())
    present = _words_of(text)
    found = sum(
        weight * (1.0 if word in present else _OTHER_WORD if same_meaning(word) & present else 0.0)
        for word, weight in weights.items()
    )
    return found / total if total else 0.0


@lru_cache(maxsize=512)  # the sentences of a passage are looked at for what they say and for what goes along with them
def _words_of(text: str) -> frozenset[str]:
    return frozenset(words(text))


def near(passage: Passage, nearness: Mapping[int, float]) -> float:
    """What nearness in meaning adds to a fit: 0 to ``_NEAR_WEIGHT``."""
    span = (nearness.get(passage.id, 0.0) - _NEAR_FROM) / (_NEAR_TO - _NEAR_FROM)
    return _NEAR_WEIGHT * min(1.0, max(0.0, span))


def related(
    question: str, passages: Sequence[Passage], library: Library, nearness: Mapping[int, float]
) -> list[Passage]:
    """Those of the passages that have something to do with the question at all."""
    weights = word_weights(question, library)
    return [
        passage
        for passage in passages
        if coverage(weights, f"{passage.heading} {passage.text}") + near(passage, nearness) >= RELATED
    ]
