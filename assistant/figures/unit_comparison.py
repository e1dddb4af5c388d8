"""Units side by side: how many applications, what became of them, how often reviews and lawsuits set something right,
each held against the mean and the rank among units of its level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.figures.book import Book, noughts_left_blank
from assistant.language.numerals import rounded
from assistant.report import Report

__all__ = ["MEASURES", "Measure", "Measured", "Standing", "measured", "standings"]

# Of fewer cases one more or less moves a share by ten points: a rank by it says nothing.
_FEWEST_CASES = 10
_STEP = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Measure:
    """A count (no ``whole``), or the share that some figures are of a whole, in %."""

    name: str
    parts: tuple[str, ...]
    whole: str = ""


MEASURES = (
    Measure("新收申请", ("requests.received.total",)),
    Measure(
        "予以公开（含部分）", ("requests.granted.total", "requests.partly_granted.total"), "requests.concluded.total"
    ),
    Measure("不予公开", ("requests.denied.total",), "requests.concluded.total"),
    Measure("无法提供", ("requests.unavailable.total",), "requests.concluded.total"),
    Measure("复议被纠正", ("review.corrected",), "review.total"),
    Measure("诉讼被纠正", ("litigation.corrected",), "litigation.total"),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one report gives; ``None`` where a cell is blank or the whole is nought. ``cases`` are those of the whole."""

    value: Decimal | None
    cases: Decimal | None = None

    @property
    def few(self) -> bool:
        """Too few cases for a share to say anything."""
        return self.cases is not None and self.cases < _FEWEST_CASES


@dataclass(frozen=True, slots=True)
class Standing:
    """A value among those of units of the same level: the mean of them, its rank (1 is the highest), how many they
    are. No rank for a share of few cases, nor for a unit that is alone on its level."""

    measured: Measured
    mean: Decimal | None
    rank: int | None
    among: int


def measured(report: Report) -> tuple[Measured, ...]:
    """Every measure of ``MEASURES``, in their order."""
    values = {metric: cell.value for metric, cell in report.cells.items()}
    book = Book(values, noughts=noughts_left_blank(report.cells))
    return tuple(_one(each, book) for each in MEASURES)


def _one(measure: Measure, book: Book) -> Measured:
    parts = [book.get(part) for part in measure.parts]
    if any(part is None for part in parts):
        return Measured(None)
    total = sum((part.value for part in parts if part), Decimal(0))
    if not measure.whole:
        return Measured(total)
    whole = book.get(measure.whole)
    if whole is None or whole.value == 0:
        return Measured(None, whole.value if whole else None)
    return Measured(rounded(total * 100 / whole.value, _STEP), whole.value)


def standings(levels: Sequence[str], rows: Sequence[Sequence[Measured]]) -> list[list[Standing]]:
    """Where each row stands in each column, among the rows of the same level."""
    columns: dict[tuple[str, int], list[Decimal]] = {}
    for level, row in zip(levels, rows, strict=True):
        for number, one in enumerate(row):
            if one.value is not None and not one.few:
                columns.setdefault((level, number), []).append(one.value)
    return [
        [_standing(one, columns, level, number) for number, one in enumerate(row)]
        for level, row in zip(levels, rows, strict=True)
    ]


def _standing(one: Measured, columns: Mapping[tuple[str, int], Sequence[Decimal]], level: str, number: int) -> Standing:
    others = columns.get((level, number), ())
    mean = rounded(sum(others, Decimal(0)) / len(others), _STEP) if others else None
    ranked = one.value is not None and not one.few and len(others) > 1
    rank = 1 + sum(other > one.value for other in others) if ranked and one.value is not None else None
    return Standing(one, mean, rank, len(others))
