"""What reports have in common: paragraphs as they are compared, and a set of reports that tells who has the same.

Numbers, punctuation, headings' numbers and the office's own name do not count; nor do the sentences that the form and the
regulation ask of everybody (data/prescribed.toml).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby, islice
from typing import NamedTuple

from assistant.report import Paragraph, Report
from assistant.rules.data import load
from assistant.text import enumerator

__all__ = [
    "ADDED_UP",
    "NAMED",
    "SHORTEST",
    "Alike",
    "Part",
    "ReportSet",
    "Sketch",
    "Telling",
    "masked",
    "own_names",
    "place_above",
    "sketch",
    "telling",
    "telling_paragraphs",
]

SHORTEST = 40
"""Fewest characters, numbers masked, that make two paragraphs alike by more than chance."""

NAMED = 3
"""How many of the units that have the same paragraph are named."""

_OPENING = 200  # characters kept of a paragraph: more than a finding quotes
_PRESCRIBED = re.compile("|".join(f"(?:{entry['words']})" for entry in load("prescribed")["sentence"]))
_SENTENCE = re.compile(r"[^。！？]+[。！？]?")
_WIDE = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_UNSEEN = re.compile(r"[\s\W_]+")
_SUFFIX = re.compile(r"(?:人民政府)?(?:办公厅|办公室)?$")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:自治[州县区]|[省市县区旗镇乡州盟]|街道)")
_SELF = re.compile(
    r"[我本全](?:[省市县区旗镇乡州盟局委办厅院]|街道)|[省市县区旗镇乡州盟](?=委|政府|直|级|内)|(?:区|县|市)(?=人民政府)"
)


class Telling(NamedTuple):
    """A paragraph as it is compared: ``key`` is its words without numbers, prescribed sentences left out."""

    paragraph: Paragraph
    key: str


class Part(NamedTuple):
    """The totals of one report that the government above it adds up."""

    unit: str
    totals: Mapping[str, Decimal | None]


ADDED_UP = ("requests.received.total", "requests.concluded.total", "review.total")
"""What a government's report adds up from those below it; in-force counts and fees are kept in different places."""


class Sketch(NamedTuple):
    """What a set keeps of a report: whose it is, its totals, and the digest and opening words of its paragraphs."""

    unit: str
    year: int | None
    totals: Mapping[str, Decimal | None]
    paragraphs: tuple[tuple[bytes, str], ...]


class Alike(NamedTuple):
    """Other units that have a paragraph: the first of them by name, how many they are, the words of the first."""

    units: tuple[str, ...]
    total: int
    words: str


class _Held(NamedTuple):
    first: tuple[tuple[str, str], ...]
    total: int


def sketch(report: Report) -> Sketch:
    """A report as ``ReportSet`` takes it: a few kilobytes, so that a set of thousands fits in memory."""
    return Sketch(
        _unit(report),
        report.year,
        {metric: report.value(metric) for metric in ADDED_UP},
        tuple(
            (_digest(each.key), " ".join(each.paragraph.text.split())[:_OPENING]) for each in telling_paragraphs(report)
        ),
    )


class ReportSet:
    """An index of reports, built once: which units have a paragraph. Building takes time linear in their number, asking
    takes the same whatever their number. A report that asks of a unit in the set is itself in the set."""

    def __init__(self, sketches: Iterable[Sketch]) -> None:
        self._held: dict[bytes, _Held] = {}
        self._units: dict[str, None] = {}  # by name
        self._below: dict[tuple[int | None, str], list[Part]] = {}
        by_unit = sorted((each for each in sketches if each.unit), key=lambda each: each.unit)
        for unit, group in groupby(by_unit, key=lambda each: each.unit):
            self._units[unit] = None
            above = place_above(unit)
            words: dict[bytes, str] = {}
            for each in group:
                if above:
                    self._below.setdefault((each.year, above), []).append(Part(unit, each.totals))
                for digest, opening in each.paragraphs:
                    words.setdefault(digest, opening)
            for digest, opening in words.items():
                held = self._held.get(digest, _Held((), 0))
                first = (*held.first, (unit, opening)) if held.total <= NAMED else held.first
                self._held[digest] = _Held(first, held.total + 1)

    def around(self, of: Sketch) -> ReportSet:
        """As much of the set as checking this one of its reports needs: small enough to hand to another process."""
        small = ReportSet(())
        small._units = dict.fromkeys([of.unit, *islice((unit for unit in self._units if unit != of.unit), 1)])
        if of.unit:
            small._held = {digest: self._held[digest] for digest, _ in of.paragraphs if self._held[digest].total > 1}
            small._below = {key: self._below[key] for key in [self._key(of.year, of.unit)] if key in self._below}
        return small

    def told(self) -> str:
        """All that the set can tell, for a digest; of a small part of it."""
        return repr((self._units, sorted(self._held.items()), self._below))

    def has_others(self, report: Report) -> bool:
        """Whether the set holds a report of another unit."""
        return bool(self._units.keys() - {_unit(report)}) and bool(_unit(report))

    def others_with(self, key: str, report: Report) -> Alike | None:
        """The other units that have the paragraph ``key``; at most ``NAMED`` of them by name."""
        held, unit = self._held.get(_digest(key), _Held((), 0)), _unit(report)
        first = [(name, words) for name, words in held.first if name != unit][:NAMED]
        if not first:
            return None
        return Alike(tuple(name for name, _ in first), held.total - (unit in self._units), first[0][1])

    def parts_of(self, report: Report) -> Sequence[Part]:
        """The totals of the reports on the same year of the offices and places right below, as far as their names tell."""
        return self._below.get(self._key(report.year, _unit(report)), [])

    @staticmethod
    def _key(year: int | None, unit: str) -> tuple[int | None, str]:
        """Under which year and place the parts of a unit are kept."""
        places = _PLACE.findall(_SUFFIX.sub("", unit))
        return year, places[-1] if places else ""


def place_above(unit: str) -> str:
    """The place whose government stands right above a unit: 清源区 for 清源区教育局 and for 清源区城关镇人民政府."""
    stem = _SUFFIX.sub("", unit)
    places = _PLACE.findall(stem)
    of_a_place = bool(places) and stem.endswith(places[-1])
    above = places[:-1] if of_a_place else places
    return above[-1] if above else ""


def telling_paragraphs(report: Report, *sections: str) -> Iterator[Telling]:
    """Paragraphs that say something of the office's own and are long enough to be compared, its names masked.

    The preamble is prescribed. All sections, or the named ones.
    """
    names = own_names(report.unit)
    for section in report.sections:
        if not sections or section.id in sections:
            for paragraph in section.paragraphs:
                key = _SELF.sub("甲", telling(paragraph.text, names)) if len(paragraph.text) >= SHORTEST else ""
                if len(key) >= SHORTEST:
                    yield Telling(paragraph, key)


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
    stem = _SUFFIX.sub("", whole)
    places = _PLACE.findall(stem)
    names = {name for name in (whole, stem, *places[-1:]) if len(name) > 2}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


def _unit(report: Report) -> str:
    return unicodedata.normalize("NFKC", report.unit).strip()


def _digest(key: str) -> bytes:
    return blake2b(key.encode(), digest_size=8).digest()
