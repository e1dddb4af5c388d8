"""Paragraphs as they are compared with others: their words alone.

Numbers, punctuation, headings' numbers and the office's own name do not count; nor do the sentences that the form and
the regulation ask of everybody (data/prescribed.toml), nor, between offices, those that state little but figures.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from assistant.language.organs import places_in, stem_of
from assistant.lexicon import phrase
from assistant.lexicon.data import load
from assistant.lexicon.openings import guarded
from assistant.patterns import regex
from assistant.report import Paragraph, Report
from assistant.text import enumerator

__all__ = ["SHORTEST", "SHORTEST_WHOLE", "Telling", "masked", "own_names", "telling", "telling_paragraphs"]

SHORTEST = 40
"""Fewest characters, numbers masked, that make two paragraphs alike by more than chance."""

SHORTEST_WHOLE = 80
"""Fewest characters of all short paragraphs together that make two reports alike by more than chance."""

# 共收到申请12件，办结12件，其中予以公开10件: two offices write it alike because there is no other way to write it.
_WORDS_A_NUMBER = 15
_PRESCRIBED = guarded("|".join(entry["words"] for entry in load("prescribed")["sentence"]))
_SENTENCE = regex(r"[^。！？]+[。！？]?")
_WIDE = regex(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_NUMBER = regex(r"\d+(?:[.,]\d+)*")
_UNSEEN = regex(r"[\s\W_]+")


class Telling(NamedTuple):
    """A paragraph as it is compared: ``key`` is its words without numbers, names and prescribed sentences."""

    paragraph: Paragraph
    key: str


def telling_paragraphs(report: Report, *sections: str) -> Iterator[Telling]:
    """Paragraphs that say something of the office's own and are long enough to be compared with another office's, its
    names masked.

    The preamble is prescribed. All sections, or the named ones. A report whose paragraphs are all too short is one
    telling paragraph as a whole, at its first one: a copy of it must not pass for want of long paragraphs.
    """
    names = own_names(report.unit)
    short: list[Telling] = []
    long = False
    for section in report.sections:
        if not sections or section.id in sections:
            for paragraph in section.paragraphs:
                key = _key(paragraph.text, names) if len(paragraph.text) >= SHORTEST else ""
                if len(key) >= SHORTEST:
                    long = True
                    yield Telling(paragraph, key)
                elif not long and not paragraph.heading and (words := key or _key(paragraph.text, names)):
                    short.append(Telling(paragraph, words))
    if not long and sum(len(each.key) for each in short) >= SHORTEST_WHOLE:
        yield Telling(short[0].paragraph, "".join(each.key for each in short))


@lru_cache(maxsize=1024)  # asked of the same paragraphs for their traces and for their words, by the set and by R104
def _key(text: str, names: tuple[str, ...]) -> str:
    told = "".join(part for part in _SENTENCE.findall(text) if not _states_figures(part))
    return phrase("units", "itself").sub("甲", telling(told, names))


def _states_figures(sentence: str) -> bool:
    numbers = len(_NUMBER.findall(sentence))
    return bool(numbers) and len(_UNSEEN.sub("", _NUMBER.sub("", sentence))) < _WORDS_A_NUMBER * numbers


@lru_cache(maxsize=1024)  # four rules ask it of the same paragraphs
def telling(text: str, names: tuple[str, ...] = ()) -> str:
    """``masked`` without the sentences that are asked of everybody."""
    own = "".join(part for part in _SENTENCE.findall(text) if not _PRESCRIBED.search(part))
    return masked(own, names)


def masked(text: str, names: Sequence[str] = ()) -> str:
    """The words of a text: numbers as 0, ``names`` as 甲; no blanks, punctuation or leading number; width folded."""
    # Punctuation goes anyway: only full-width letters and digits must be folded, and folding all text takes longest.
    plain = unicodedata.normalize("NFKC", text) if _WIDE.search(text) else text
    for name in names:
        plain = plain.replace(name, "甲")
    return _UNSEEN.sub("", _NUMBER.sub("0", plain[len(enumerator(plain)) :] if plain[:1] in "（(" else plain))


def own_names(unit: str) -> tuple[str, ...]:
    """The names by which a report calls its own office or place, longest first: 江州市清源区人民政府, …, 清源区."""
    whole = unicodedata.normalize("NFKC", unit)
    stem = stem_of(whole)
    names = {name for name in (whole, stem, *places_in(stem)[-1:]) if len(name) > 2}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


ALIKE, NEARLY_THE_SAME = 0.60, 0.85

SHORTEST_SENTENCE = 15


def likeness(texts: Sequence[str], others: Sequence[str]) -> tuple[float, list[tuple[float, int]]]:
    """How alike two sections are, 0 to 1, and for each paragraph (its own likeness, index of the paragraph it is most
    like).

    Both as a whole and by paragraph: paragraphs that change places or are joined to one would hide a copy from either.
    """
    closest = [
        max(((fuzz.ratio(text, other) / 100, -place) for place, other in enumerate(others)), default=(0.0, 0))
        for text in texts
    ]
    by_paragraph = sum(len(text) * score for text, (score, _) in zip(texts, closest, strict=True))
    whole = fuzz.ratio("".join(texts), "".join(others)) / 100
    return max(whole, by_paragraph / (sum(map(len, texts)) or 1)), [(score, -place) for score, place in closest]
