"""Slots: places in a text that the book of figures fills, ``{{requests.received.total}}`` → 173件.

Numbers that the office itself wrote into its points become slots too (``note.1`` …): every figure of a draft, whoever
worded it, has a source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from assistant.drafting.office import OfficeData, OwnFigure
from assistant.figures.book import Book, Figure
from assistant.figures.mentions import mentions_in
from assistant.patterns import regex

__all__ = ["SLOT", "Material", "Use", "fill", "fill_all", "gather", "is_fee", "note_slots"]

_NAMED = regex(r"[{｛]{2}\s*([^{}｛｝]{1,40}?)\s*[}｝]{2}")  # as an office names a figure of its own in a point
SLOT = regex(r"\{\{\s*([^{}\s]*)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Use:
    """One figure as it stands in the text, the slot it was put in by, and the cell it comes from.

    ``paragraph`` and ``start`` are where it stands: the paragraph of its part and the character in it, from 0.
    """

    text: str
    slot: str
    source: str
    paragraph: int
    start: int


@dataclass(frozen=True, slots=True)
class Quoted(Figure):
    """A figure that keeps the form the office wrote it in: 1.2万余件."""

    written: str

    @property
    def text(self) -> str:
        return self.written


@dataclass(frozen=True, slots=True)
class Material:
    """What a draft is made of: the book, and the office's points with their numbers turned into slots."""

    data: OfficeData
    book: Book
    points: Mapping[str, tuple[str, ...]]

    def points_of(self, part: str) -> tuple[str, ...]:
        return self.points.get(part, ())

    @property
    def named(self) -> frozenset[str]:
        """The slots that stand in the office's points: figures that it placed itself."""
        return frozenset(slot for points in self.points.values() for point in points for slot in SLOT.findall(point))

    def own_figures_of(self, part: str) -> tuple[tuple[str, Figure], ...]:
        """(slot, figure) of the office's own figures meant for a part."""
        numbered = enumerate(self.data.own, start=1)
        return tuple((f"own.{n}", self.book[f"own.{n}"]) for n, figure in numbered if figure.part == part)


def gather(data: OfficeData, last_year: Book | Mapping[str, Decimal | None] | None) -> Material:
    """The book of a year with the office's own figures, and its points ready for slots; ``last_year`` may be a book
    that knows the year before it."""
    notes: list[Figure] = []
    points: dict[str, tuple[str, ...]] = {}
    for part, own_points in data.points.items():
        masked = []
        for point in own_points:
            pieces = _pieces(point.text, part, data)
            masked.append("".join(slot or _masked(text, point.address, notes) for text, slot in pieces))
        points[part] = tuple(masked)
    own = [_own_figure(f"own.{n}", figure) for n, figure in enumerate(data.own, start=1)]
    cells = {metric: entry.value for metric, entry in data.cells.items()}
    return Material(data, Book(cells, last_year, [*own, *notes]), MappingProxyType(points))


def _pieces(text: str, part: str, data: OfficeData) -> Iterator[tuple[str, str]]:
    """A point cut at the own figures that it names in braces: (words, ""), ("", slot). A unit behind the braces is the
    figure's, and is not told twice; a name that is none is left to be filled in."""
    end = 0
    for found in _NAMED.finditer(text):
        yield text[end : found.start()], ""
        end = found.end()
        n = _own_called(found[1], part, data)
        if n is None:
            yield f"【待补：“{found[1]}”的数字】", ""
            continue
        unit = data.own[n].unit
        end += len(unit) if text.startswith(unit, end) else 0
        yield "", f"{{{{own.{n + 1}}}}}"
    yield text[end:], ""


def _own_called(name: str, part: str, data: OfficeData) -> int | None:
    """Where the own figure of that name stands, the one for ``part`` before others."""
    found = [n for n, own in enumerate(data.own) if own.name == name]
    return min(found, key=lambda n: data.own[n].part != part, default=None)


def _masked(text: str, address: str, notes: list[Figure]) -> str:
    """Words of a point with a slot for each number in them; the numbers are added to ``notes``."""
    masked, end = "", 0
    for mention in mentions_in(text):
        slot = f"note.{len(notes) + 1}"
        notes.append(Quoted(slot, mention.value, mention.unit, f"要点中的“{mention.text}”", address, mention.text))
        masked += f"{text[end : mention.start]}{{{{{slot}}}}}"
        end = mention.end
    return masked + text[end:]


def _own_figure(slot: str, figure: OwnFigure) -> Figure:
    source = f"{figure.address}（{figure.source or '来源未填'}）"
    if figure.written:
        return Quoted(slot, figure.value, figure.unit, figure.name, source, f"{figure.written}{figure.unit}")
    return Figure(slot, figure.value, figure.unit, figure.name, source)


def is_fee(part: str, figure: Figure) -> bool:
    """信息处理费, which section six must tell and the composer therefore always tells."""
    return part == "其他事项" and "信息处理费" in figure.label


def note_slots(part: str, material: Material) -> dict[str, Figure]:
    """The numbers in the office's points for a part: the slots that any wording of them must keep, and the only ones it
    may use.

    The figures of the form and the office's own are not among them: the composer tells them, completely, around the
    points. A small model that is offered more puts them anywhere.
    """
    names = (name for point in material.points_of(part) for name in SLOT.findall(point))
    return {name: material.book[name] for name in names}


def fill(text: str, book: Mapping[str, Figure], paragraph: int = 0) -> tuple[str, tuple[Use, ...]]:
    """``text``, the given paragraph of its part, with every slot filled, and what was filled in, in order.

    Raises:
        KeyError: a slot that the book does not have; texts are validated before they come here.
    """
    uses: list[Use] = []
    grown = 0  # characters that the figures so far are longer than their slots

    def figure(found: re.Match[str]) -> str:
        nonlocal grown
        entry = book[found[1]]
        uses.append(Use(entry.text, found[1], entry.source, paragraph, found.start() + grown))
        grown += len(entry.text) - len(found[0])
        return entry.text

    return SLOT.sub(figure, text), tuple(uses)


def fill_all(paragraphs: Iterable[str], book: Mapping[str, Figure]) -> tuple[tuple[str, ...], tuple[Use, ...]]:
    """``fill`` over several paragraphs."""
    filled = [fill(paragraph, book, n) for n, paragraph in enumerate(paragraphs)]
    return tuple(text for text, _ in filled), tuple(use for _, uses in filled for use in uses)
