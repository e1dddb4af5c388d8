"""What the library tells of each part before it is written: the office's own last years on the matter, what was planned
then, and what the regulation and the form want answered.

It shapes the order, the terms and what is asked of the office, and a model sees a bounded piece of it as data. Nothing
of it is taken over: whoever writes, the words are proved against the notes alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from assistant.drafting.composer import compose
from assistant.drafting.frame import frame_of
from assistant.drafting.manuscript import PartText, Reference
from assistant.drafting.office import FOLLOWED_UP, OPENING, Part
from assistant.drafting.report_parts import SIDES, last_year_paragraphs, without_figures
from assistant.drafting.slots import SLOT, Material
from assistant.language.organs import is_government, same_unit
from assistant.language.sentences import sentences
from assistant.language.shortcomings import IMPROVEMENTS, PROBLEMS, items_of
from assistant.lexicon import phrase
from assistant.lexicon.data import load
from assistant.library.documents import Passage
from assistant.library.injection import without_orders
from assistant.library.ranking import coverage, word_weights
from assistant.library.regulation import citable_regulations, core_title
from assistant.library.store import Library
from assistant.patterns import regex
from assistant.report import Report
from assistant.text import enumerator

__all__ = [
    "Background",
    "OwnPast",
    "backgrounds",
    "in_order",
    "questions",
    "searching",
    "shown_to_model",
    "unanswered",
    "used",
    "with_references",
]

_YEARS = 3  # reports of the office before this one
_PASSAGES = 3  # looked at for what was said before of a note's matter
_ON_THE_MATTER = 0.5  # of a note's weight in words: a sentence that says as much is on the same matter …
_SAME_PLACE = 0.34  # … and one that says so much of it stands where the note belongs; below it words meet by chance
_UNTOLD = 0.25  # of a sentence's weight: with less of it in the whole part, nobody told the matter this year
_SHORTEST_MATTER = 24  # characters: a shorter sentence is a turn of phrase
_LONGEST = 120  # characters of one reference
_ASKED = 2  # matters of last year asked after, in one part
_SHOWN = 30
_LONG_TITLE = 6  # characters: a shorter one (公报, 指南) is a common word, too
_HELD = "核对有没有写到"
_REGULATION = "政府信息公开条例"
_ASPECT_WORDS = {entry["name"]: regex(entry["words"]) for entry in load("aspects")["aspect"]}
_NAMED = regex(r"《([^《》]{3,})》|“([^“”]{2,16})”")
_TITLE = regex(r"《([^《》]{3,})》")


class _Requirement(NamedTuple):
    name: str
    basis: str
    article: int
    answered: str

    @classmethod
    def of(cls, part: str, unit: str) -> Iterator[_Requirement]:
        for entry in load("requirements")["requirement"]:
            if entry["part"] == part and (is_government(unit) or not entry.get("governments")):
                yield cls(entry["name"], entry["basis"], entry["article"], entry["answered"])

    def is_answered(self, text: str) -> bool:
        return bool(regex(self.answered).search(text))


@dataclass(frozen=True, slots=True)
class Background:
    """What the library tells of one part, the most telling first; ``order`` are its points by number, as last year's
    report has their matters."""

    references: tuple[Reference, ...] = ()
    order: tuple[int, ...] = ()
    questions: tuple[str, ...] = ()


class OwnPast:
    """The reports of one office before a year, the latest first, and how their words weigh."""

    def __init__(self, library: Library, unit: str, year: int) -> None:
        self._library = library
        fitting = [(name, years) for name, years in library.units().items() if same_unit(name, unit)]
        name, years = fitting[0] if len(fitting) == 1 else ("", [])
        self.years = tuple(sorted((one for one in years if one < year), reverse=True)[:_YEARS])
        self._entries = [entry for one in self.years if (entry := library.entry(name, one))]
        self.documents = frozenset(entry.id for entry in self._entries)

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        return tuple(report for entry in self._entries if (report := self._library.show(entry.id)))

    def figures_of(self, year: int) -> Mapping[str, Decimal | None]:
        """The figures of the office's report on a year; none where the library has no such report."""
        report = next((one for one in self.reports if one.year == year), None)
        return {metric: cell.value for metric, cell in report.cells.items()} if report else {}

    def weights(self, text: str) -> Mapping[str, float]:
        """The telling words of a text by their weight in the library."""
        return word_weights(text, self._library.catalog)

    def article(self, number: int) -> str:
        """The text of an article of the regulation as it may be cited; empty where the library has none."""
        titles = citable_regulations(self._library)
        found = next((one for one, title in titles.items() if core_title(title) == _REGULATION), None)
        passages = self._library.catalog.article(number, found) if found is not None and number else []
        return without_orders(passages[0].text) if passages else ""


Search = Callable[[str, int, Collection[int]], list[Passage]]


def backgrounds(
    material: Material, past: OwnPast, search: Search, parts: Iterable[Part] = (), *, ordered: bool = True
) -> dict[str, Background]:
    """Every part of the report by its id, or the given ones. ``search`` finds passages of given documents; ``ordered``
    is false where the notes keep the order in which a person has put them."""
    wanted = tuple(parts) or frame_of(material.data)
    return {part.id: _background(part, material, past, search, ordered) for part in wanted}


def _background(part: Part, material: Material, past: OwnPast, search: Search, ordered: bool) -> Background:
    before = tuple(_told_before(part, past))
    points = material.points_of(part.id)
    placed = {n: at for n, point in enumerate(points) if (at := _position(point, before, past)) is not None}
    order = _order(points, placed) if ordered and part.id in _ASPECT_WORDS else ()
    moved = order and order != tuple(range(len(points)))
    points = tuple(points[n] for n in order) if moved else points
    plans = tuple(_plans(part, past))
    matters = tuple(_matters(points, past, search))
    untold = tuple(_untold(part, SLOT.sub("", "\n".join(compose(part.id, material))), past, before))
    undone = tuple(_undone(material, past, plans)) if part.id in SIDES else ()
    uses = {one.source: (_HELD,) for one in (*untold, *undone)}
    if moved:
        uses |= {before[at].source: (*uses.get(before[at].source, ()), "定次序") for at, _ in placed.values()}
    told = (
        replace(one, used=(_HELD,) if one.kind == "article" else uses.get(one.source, ()))
        for one in (*_wanted(part, material.data.unit, past), *plans, *matters, *before)
    )
    asked = (
        *(f"{one.source}写过“{_short(one.text)}”，今年的要点没有写到；还在做的请补一条要点" for one in untold),
        *(f"{one.source}提出“{_short(one.text)}”，没有写到后来怎样；请在“问题与改进”写明进展" for one in undone),
        *_terms(points, (*before, *matters)),
    )
    return Background(tuple(told), order if moved else (), tuple(f"{_name(part)}：{text}" for text in asked))


def _name(part: Part) -> str:
    return f"{part.number}{part.heading or part.id}"


def _short(text: str) -> str:
    text = text.strip().rstrip("。；")
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _told_before(part: Part, past: OwnPast) -> Iterator[Reference]:
    """The paragraphs of this part in the office's reports, the latest first."""
    if part.id in SIDES or part.id == OPENING.id:
        return
    for year, report in zip(past.years, past.reports, strict=False):
        for n, text in enumerate(last_year_paragraphs(part, report), start=1):
            if text := without_orders(text):
                yield Reference("past", f"{year}年报告{part.number}第{n}段", text)


def _plans(part: Part, past: OwnPast) -> Iterator[Reference]:
    """Problems, and what was to be done about them, in last year's report, where they touch the part."""
    if not past.reports:
        return
    sides = {PROBLEMS: "五（一）", IMPROVEMENTS: "五（二）"}
    for side, number in sides.items():
        for n, item in enumerate(items_of(past.reports[0], side), start=1):
            text = without_orders(item.text)
            if text and (SIDES.get(part.id) == side or _touches(text) == part.id):
                yield Reference("plan", f"{past.years[0]}年报告{number}第{n}条", text)


def _touches(text: str) -> str:
    """The part of section one whose words a text uses most; empty for none."""
    hits = {name: len(words.findall(text)) for name, words in _ASPECT_WORDS.items()}
    best = max(hits, key=lambda name: hits[name])
    return best if hits[best] else ""


def _matters(points: tuple[str, ...], past: OwnPast, search: Search) -> Iterator[Reference]:
    """What the office said before of the matter of each note: the sentence that fits it best."""
    seen: set[str] = set()
    for n, point in enumerate(points if past.documents else (), start=1):
        bare = SLOT.sub("", point)
        weights, found = past.weights(bare), search(bare, _PASSAGES, past.documents)
        said = [(coverage(weights, text), passage, text) for passage in found for _, text in sentences(passage.text)]
        share, passage, text = max(said, key=lambda each: each[0], default=(0.0, None, ""))
        if passage is not None and share >= _ON_THE_MATTER and text not in seen:
            seen.add(text)
            yield Reference("matter", f"{passage.year}年报告{_place(passage.place)}", text.strip(), notes=(n,))


def _place(place: str) -> str:
    """一、总体情况 · （四）公开平台建设 · 第2段 as people cite it: 一（四）第2段."""
    section, *rest = place.split(" · ")
    found = phrase("workbook", "part_number").match(section)
    heads = "".join(enumerator(head).strip() for head in rest[:-1])
    return f"{found['section'] if found else section}{heads}{rest[-1].split(' ')[0] if rest else ''}"


def _wanted(part: Part, unit: str, past: OwnPast) -> Iterator[Reference]:
    for one in _Requirement.of(part.id, unit):
        text = past.article(one.article)
        yield Reference("article", one.basis, f"{one.name}：{text}" if text else one.name)


@contextmanager
def searching(library: Library, *, meaning: bool) -> Iterator[Search]:
    """Passages of the library; by ``meaning`` too, which loads the embedding, for a model to see."""
    from assistant.library.search import FUSED, LEXICAL, open_search

    with open_search(library, FUSED if meaning else LEXICAL) as search:
        yield lambda query, limit, documents: search(query, limit, documents, every_year=True)


# Without a model: order, terms, and what is missing.


def _position(point: str, before: tuple[Reference, ...], past: OwnPast) -> tuple[int, int] | None:
    """Which of last year's paragraphs, and which sentence of it, tells the matter of a note."""
    weights = past.weights(SLOT.sub("", point))
    told = ((n, m, text) for n, one in _latest(before) for m, (_, text) in enumerate(sentences(one.text)))
    share, at = max(((coverage(weights, text), (-n, -m)) for n, m, text in told), default=(0.0, (0, 0)))
    return (-at[0], -at[1]) if share >= _SAME_PLACE else None


def _latest(before: tuple[Reference, ...]) -> list[tuple[int, Reference]]:
    return [(n, one) for n, one in enumerate(before) if one.source[:4] == before[0].source[:4]]


def _order(points: tuple[str, ...], placed: Mapping[int, tuple[int, int]]) -> tuple[int, ...]:
    """The notes by number in the order of last year's matters; what was not told then, or leans on the note before,
    stays behind that."""
    if any(phrase("drafts", "counts_itself").match(point) for point in points):
        return ()
    groups: list[list[int]] = []
    for n, point in enumerate(points):
        if groups and (n not in placed or phrase("drafts", "leans_on").match(point)):
            groups[-1].append(n)
        else:
            groups.append([n])
    groups.sort(key=lambda group: placed.get(group[0], (-1, 0)))
    return tuple(chain.from_iterable(groups))


def _untold(part: Part, told: str, past: OwnPast, before: tuple[Reference, ...]) -> Iterator[Reference]:
    """Matters that last year's part told and this year's, without a model, does not."""
    left = _ASKED if part.id in _ASPECT_WORDS and "【待补" not in told else 0
    for _, one in _latest(before):
        for _, text in sentences(one.text):
            bare = without_figures(text, "")
            if left and len(bare) >= _SHORTEST_MATTER and coverage(past.weights(bare), told) < _UNTOLD:
                left -= 1
                yield replace(one, text=text.strip())


def _undone(material: Material, past: OwnPast, plans: Iterable[Reference]) -> Iterator[Reference]:
    """Last year's measures of which this year's notes do not say what became."""
    told = "\n".join((*material.points_of(FOLLOWED_UP), *material.points_of("改进"), *material.points_of("问题")))
    for one in plans:
        if "五（二）" in one.source and coverage(past.weights(without_figures(one.text, "")), told) < _UNTOLD:
            yield one


def _terms(points: tuple[str, ...], before: Iterable[Reference]) -> Iterator[str]:
    """Names that the notes write otherwise than the office did: without their marks, or shortened."""
    told: set[str] = set()
    for one in before:
        for found in _NAMED.finditer(one.text):
            name, marked = found[1] or found[2], found[0]
            for point in points:
                bare = name in point and marked not in point and (not found[1] or len(name) >= _LONG_TITLE)
                short = any(title != name and title in name for title in _TITLE.findall(point)) if found[1] else False
                if (bare or short) and name not in told:
                    told.add(name)
                    yield f"“{_short(SLOT.sub('□', point))}”里的名称，{one.source}写作{marked}；请核对今年用哪一个"


def in_order(material: Material, known: Mapping[str, Background]) -> Material:
    """The notes of each part in the order that its background gives."""
    points = {
        part: tuple(texts[n] for n in known[part].order) if part in known and known[part].order else texts
        for part, texts in material.points.items()
    }
    return replace(material, points=MappingProxyType(points))


def _missing(part: str, unit: str, told: str) -> list[_Requirement]:
    return [one for one in _Requirement.of(part, unit) if not one.is_answered(told)]


def unanswered(part: str, unit: str, told: str) -> tuple[int, tuple[str, ...]]:
    """How many things a part is to answer, and those that ``told`` does not."""
    return len(tuple(_Requirement.of(part, unit))), tuple(one.name for one in _missing(part, unit, told))


def questions(known: Mapping[str, Background], unit: str, parts: Iterable[PartText]) -> Iterator[str]:
    """What the office is asked: requirements that a part does not answer, matters and plans that nobody told."""
    for text in parts:
        told = "\n".join(text.paragraphs)
        missing = _missing(text.part.id, unit, told)
        if missing and "【待补" not in told:
            named = "、".join(f"{one.name}（{one.basis}）" for one in missing)
            yield f"{_name(text.part)}：没有写到{named}；有这方面工作的请补充要点"
        yield from known[text.part.id].questions if text.part.id in known else ()


# What a model sees, and what the sheet of sources says of it.


def with_references(parts: Mapping[str, PartText], known: Mapping[str, Background]) -> dict[str, PartText]:
    """The parts with what of the library shaped each; so far they have what a model saw."""
    return {
        name: replace(text, references=used(known[name], text.references)) if name in known else text
        for name, text in parts.items()
    }


def shown_to_model(known: Background, most: int) -> tuple[Reference, ...]:
    """References of one part, cut and masked, at most ``most`` characters in all; each told as shown. Of an article it
    is what it wants answered: its own words end up in a small model's sentences (政府网站 for 市政府门户网站)."""
    shown: list[Reference] = []
    left = most
    for one in known.references:
        wanted = one.text.partition("：")[0] if one.kind == "article" else one.text
        text = without_figures(wanted)[:_LONGEST]
        if len(text) + len(one.source) > left:
            continue
        left -= len(text) + len(one.source)
        shown.append(replace(one, text=text, used=(*one.used, "给模型看")))
    return tuple(shown)


def used(known: Background, shown: Iterable[Reference]) -> tuple[Reference, ...]:
    """The references that shaped a part: those a model saw, and those that gave its order or were held against it."""
    seen = {one.source: one for one in shown}
    told = (replace(one, used=(seen.get(one.source) or one).used) for one in known.references)
    return tuple(one for one in told if one.used)
