"""How well a passage fits a question: how much of what is asked stands in it, and how near it is in meaning."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from assistant.library.catalog import Catalog
from assistant.library.documents import Passage
from assistant.library.passages import sentences
from assistant.library.synonyms import same_meaning
from assistant.library.words import content_words, words

__all__ = ["coverage", "fit", "word_weights"]

# Cosines of e5 lie between 0.82 (红烧肉) and 0.94 (an article that answers): what is nearer than _USUAL adds to a fit, what
# is farther takes away, _NEAR for each unit. Measured with logistic regression over 184 questions with the passage that
# answers and 117 that nothing answers, fitted on one half: words and nearness together tell them apart on the other half
# (area under the curve 0.997; words alone 0.990, nearness alone 0.93).
_NEAR, _USUAL = 7.0, 0.856
_HEADING = 0.1  # what its heading says it is about
# Of the weight: 编, 交, 去 are verbs of asking, whether or not reports happen to use them; and what no passage has and no
# dictionary, was likely cut wrongly (费收 of 信息处理费收了没有).
_LOOSE = 0.3
_OTHER_WORD = 0.85  # of the weight, where a text says the same in another word


def word_weights(question: str, catalog: Catalog) -> dict[str, float]:
    """The words of a question that tell what is asked, with their rarity among the passages (idf).

    A word is as common as the most common of those that mean the same here.
    """
    asked = content_words(question) or words(question)
    if not asked:
        return {}
    passages, counts = catalog.word_counts([*asked, *(other for word in asked for other in same_meaning(word))])
    weights, known = {}, set(words(question, guess=False))
    for word in asked:
        common = max(counts.get(one, 0) for one in (word, *same_meaning(word)))
        loose = len(word) == 1 or (not common and word not in known)
        weights[word] = math.log((passages + 1) / (common + 0.5)) * (_LOOSE if loose else 1.0)
    # 征求意见 is cut into 征求, 意见 and itself: it counts for what it tells beyond its parts.
    return {
        word: max(0.0, weight - max((weights[part] for part in weights if part != word and part in word), default=0.0))
        for word, weight in weights.items()
    }


def coverage(weights: Mapping[str, float], *texts: str) -> float:
    """How much of the question, by weight, stands in ``texts``, in its words or in others that mean the same: 0 to 1."""
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


def fit(weights: Mapping[str, float], passage: Passage, cosine: float | None = None, told: Sequence[str] = ()) -> float:
    """How well a passage fits: around 0.5 it is open whether it has to do with the question, at 1 it says all of it.

    The mean of what the whole passage and its best sentence cover, ``told`` (the words of a digest, questions that people
    ask) being part of the passage; ``cosine`` is its nearness in meaning, ``None`` where there is no vector.
    """
    whole = coverage(weights, passage.heading, passage.text, *told)
    best = max((coverage(weights, passage.heading, one) for one in (*sentences(passage.text), *told)), default=0.0)
    named = _HEADING * coverage(weights, passage.heading)
    return (whole + best) / 2 + named + (_NEAR * (cosine - _USUAL) if cosine is not None else 0.0)
