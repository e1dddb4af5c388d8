"""What the reports checked together with one tell of it: whose paragraphs are the same or nearly, who is added up in it."""

from __future__ import annotations

import struct
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from hashlib import blake2b
from itertools import groupby
from typing import NamedTuple
from zlib import crc32

from rapidfuzz import fuzz

from assistant.language.likeness import Telling, telling_paragraphs
from assistant.language.organs import agree, place_of, places_above
from assistant.report import Report

__all__ = [
    "ADDED_UP",
    "NAMED",
    "NEARLY_ALIKE",
    "Alike",
    "Among",
    "Around",
    "Others",
    "Part",
    "Place",
    "ReportSet",
    "Sketch",
    "Words",
    "beside",
    "digest_of",
    "others_among",
    "sketch",
    "words_of",
]

# A set of reports that are checked together: which units have the same paragraphs, or nearly, and who adds up whom.

ADDED_UP = ("requests.received.total", "requests.concluded.total", "review.total")
"""What a government's report adds up from those below it; in-force counts and fees are kept in different places."""

NAMED = 3
"""How many of the units that have the same paragraph are named."""

_OPENING = 200  # characters kept of a paragraph: more than a finding quotes
_RUN = 3  # characters: two are shared by any two texts on one matter, four are broken by every second changed word
# 16 bands of 4 values: paragraphs with 7 of 10 runs in common share a band 99 times in 100, with 3 of 10 one time in 9.
_BANDS, _VALUES = 16, 4
_SEED = 1
_MOST = 8  # likely paragraphs that are compared with one


class Part(NamedTuple):
    """The totals of one report that the government above it adds up."""

    unit: str
    totals: Mapping[str, Decimal | None]


class Trace(NamedTuple):
    """What is kept of a paragraph: the digest of its key, and one number for each band of its signature."""

    digest: bytes
    bands: bytes


class Sketch(NamedTuple):
    """What a set keeps of a report: whose it is, its totals, and a trace of each of its telling paragraphs."""

    unit: str
    year: int | None
    totals: Mapping[str, Decimal | None]
    paragraphs: tuple[Trace, ...]


class Place(NamedTuple):
    """A telling paragraph of the set: whose, the number of the report in the set, the number of the paragraph in it."""

    unit: str
    report: int
    paragraph: int


class Words(NamedTuple):
    """A telling paragraph in words: its key, and how it opens."""

    key: str
    opening: str


class Among(NamedTuple):
    """Where else a paragraph stands: ``same`` are the first places of other units by name, ``units`` how many units have it;
    ``likely`` are places where nearly the same may stand."""

    same: tuple[Place, ...]
    units: int
    likely: tuple[Place, ...]


class Around(NamedTuple):
    """As much of the set as checking one of its reports needs. ``among`` goes by the digests of its paragraphs."""

    units: bool
    parts: tuple[Part, ...]
    among: Mapping[bytes, Among]

    @property
    def reports(self) -> frozenset[int]:
        """The reports whose words are needed."""
        return frozenset(place.report for each in self.among.values() for place in (*each.same, *each.likely))


def sketch(report: Report, *, paragraphs: bool = True) -> Sketch:
    """A report as ``ReportSet`` takes it: a kilobyte, so that a set of thousands fits in memory. ``paragraphs`` may be left
    out where there is nobody to compare them with."""
    return Sketch(
        _name(report),
        report.year,
        {metric: report.value(metric) for metric in ADDED_UP},
        tuple(Trace(digest_of(each.key), _bands(each.key)) for each in telling_paragraphs(report))
        if paragraphs
        else (),
    )


def words_of(report: Report) -> list[Words]:
    """The words of the paragraphs that ``sketch`` has traces of, in the same order."""
    return [Words(each.key, _opening(each)) for each in telling_paragraphs(report)]


class ReportSet:
    """An index of reports, built once, in time linear in their number; asking takes the same whatever their number.

    Only what several units have is kept: most paragraphs are one unit's own.
    """

    def __init__(self, sketches: Sequence[Sketch]) -> None:
        # Reports by the names of their units: what is told does not depend on the order of the files.
        order = sorted((n for n, each in enumerate(sketches) if each.unit), key=lambda n: (sketches[n].unit, n))
        self._units = len({sketches[n].unit for n in order})
        self._below: dict[tuple[int | None, str], list[Part]] = {}
        self._named: dict[str, set[tuple[str, ...]]] = {}  # the places of one name: 鼓楼区 is a district of four cities
        for n in order:
            unit, year = sketches[n].unit, sketches[n].year
            if above := places_above(unit):
                self._below.setdefault((year, above[-1]), []).append(Part(unit, sketches[n].totals))
            if place := place_of(unit):
                self._named.setdefault(place[-1], set()).add(place)
        self._same, self._total = _shared(sketches, order, _digest, NAMED + 1)
        self._bands = [_shared(sketches, order, partial(_band, band), _MOST + 1)[0] for band in range(_BANDS)]

    def around(self, of: Sketch) -> Around:
        """What checking this one of the set's reports needs to know: small enough to hand to another process."""
        if not of.unit:
            return Around(False, (), {})
        among = ((trace.digest, self._among(trace, of.unit)) for trace in of.paragraphs)
        return Around(
            self._units > 1,
            tuple(self._parts(of)),
            {digest: each for digest, each in among if each.same or each.likely},
        )

    def _parts(self, of: Sketch) -> Iterator[Part]:
        """The reports of those right below; not of one that could as well be below another place of the same name."""
        place = place_of(of.unit)
        for part in self._below.get((of.year, place[-1]), ()) if place else ():
            above = places_above(part.unit)
            if [each for each in self._named[place[-1]] if agree(each, above)] == [place] or above == place:
                yield part

    def _among(self, trace: Trace, unit: str) -> Among:
        same = tuple(place for place in self._same.get(trace.digest, ()) if place.unit != unit)[:NAMED]
        if same:
            return Among(same, self._total[trace.digest] - 1, ())
        near = (places.get(_band(band, trace)) for band, places in enumerate(self._bands))
        met = Counter([place for places in near if places for place in places if place.unit != unit])
        return Among((), 0, tuple(sorted(met, key=lambda place: (-met[place], place))[:_MOST]))


def _shared(
    sketches: Sequence[Sketch], order: Sequence[int], mark: Callable[[Trace], bytes], most: int
) -> tuple[dict[bytes, tuple[Place, ...]], dict[bytes, int]]:
    """Marks that paragraphs of several units bear: the first place in each of the first ``most`` units, how many units."""
    alone: dict[bytes, int] = {}  # the number of the report: most marks are met in one unit only
    places: dict[bytes, list[Place]] = {}
    total: dict[bytes, int] = {}
    for unit, group in groupby(order, key=lambda n: sketches[n].unit):
        mine: dict[bytes, tuple[int, int]] = {}
        for n in group:
            for number, trace in enumerate(sketches[n].paragraphs):
                mine.setdefault(mark(trace), (n, number))
        for value, place in mine.items():
            if value not in alone:
                alone[value] = place[0]
                continue
            if value not in places:
                places[value], total[value] = [_first(sketches[alone[value]], alone[value], value, mark)], 1
            total[value] += 1
            if len(places[value]) < most:
                places[value].append(Place(unit, *place))
    return {value: tuple(found) for value, found in places.items()}, total


def _digest(trace: Trace) -> bytes:
    return trace.digest


def _band(number: int, trace: Trace) -> bytes:
    return trace.bands[number * 4 : number * 4 + 4]


def _first(of: Sketch, report: int, value: bytes, mark: Callable[[Trace], bytes]) -> Place:
    return Place(of.unit, report, next(n for n, trace in enumerate(of.paragraphs) if mark(trace) == value))


def _name(report: Report) -> str:
    return unicodedata.normalize("NFKC", report.unit).strip()


def _opening(each: Telling) -> str:
    return " ".join(each.paragraph.text.split())[:_OPENING]


def digest_of(key: str) -> bytes:
    """By which equal keys are known."""
    return blake2b(key.encode(), digest_size=8).digest()


def _bands(key: str) -> bytes:
    """A number for each band of the key's MinHash signature."""
    from rensa import RMinHash  # only reports that are checked together are compared

    made = RMinHash(num_perm=_BANDS * _VALUES, seed=_SEED)
    made.update([key[n : n + _RUN] for n in range(len(key) - _RUN + 1)])
    signature = struct.pack(f"<{_BANDS * _VALUES}I", *made.digest())
    size = len(signature) // _BANDS
    return struct.pack(f"<{_BANDS}I", *(crc32(signature[at : at + size]) for at in range(0, len(signature), size)))


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
