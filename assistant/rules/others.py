"""What the reports checked together with one tell of it: whose paragraphs are the same or nearly, who is added up in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from assistant.report import Report
from assistant.rules.report_set import (
    NAMED,
    Among,
    Around,
    Part,
    Place,
    ReportSet,
    Words,
    digest_of,
    sketch,
    words_of,
)
from assistant.rules.telling import telling_paragraphs

__all__ = ["NEARLY_ALIKE", "Alike", "Others", "beside", "others_among"]

NEARLY_ALIKE = 0.85
"""From this likeness on a paragraph was copied and a few words changed: twice the longest common subsequence of characters,
over the characters of both."""


class Alike(NamedTuple):
    """Other units that have a paragraph: the first of them by name, how many they are, the words of the first, and how
    alike theirs is: 1 where it is the same."""

    units: tuple[str, ...]
    total: int
    words: str
    likeness: float = 1


class Others(NamedTuple):
    """What the set tells of one of its reports: whether it holds other ``units``, the reports of those right below it, and
    who has its paragraphs, by digest."""

    units: bool
    parts: Sequence[Part]
    alike: Mapping[bytes, Alike]

    def with_paragraph(self, key: str) -> Alike | None:
        """The other units that have the paragraph ``key``; at most ``NAMED`` of them by name."""
        return self.alike.get(digest_of(key))


def beside(report: Report, around: Around, words: Callable[[Place], Words]) -> Others:
    """What the set tells of a report; ``words`` gives those of the places of ``around``."""
    found: dict[bytes, Alike] = {}
    for each in telling_paragraphs(report) if around.among else ():
        digest = digest_of(each.key)
        if (among := around.among.get(digest)) and digest not in found and (alike := _alike(each.key, among, words)):
            found[digest] = alike
    return Others(around.units, around.parts, found)


def _alike(key: str, among: Among, words: Callable[[Place], Words]) -> Alike | None:
    if among.same:
        return Alike(tuple(place.unit for place in among.same), among.units, words(among.same[0]).opening)
    best: dict[str, tuple[float, str]] = {}
    for place in among.likely:
        other = words(place)
        likeness = fuzz.ratio(key, other.key, score_cutoff=100 * NEARLY_ALIKE) / 100
        if likeness > best.get(place.unit, (0.0, ""))[0]:
            best[place.unit] = likeness, other.opening
    if not best:
        return None
    units = sorted(best, key=lambda unit: (-best[unit][0], unit))
    likeness, opening = best[units[0]]
    return Alike(tuple(units[:NAMED]), len(units), opening, likeness)


def others_among(report: Report, others: Iterable[Report]) -> Others:
    """What a set of reports in memory, this one among them, tells of it."""
    reports = [report, *others]
    sketches = [sketch(each) for each in reports]
    told = [words_of(each) for each in reports]
    around = ReportSet(sketches).around(sketches[0])
    return beside(report, around, lambda place: told[place.report][place.paragraph])
