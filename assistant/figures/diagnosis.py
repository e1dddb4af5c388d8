"""The likely story of a wrong number: where exactly that number stands, or which sum, slip or year gives it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from assistant.figures.arithmetic.slips import swapped
from assistant.figures.book import Book, label_of
from assistant.form import APPLICANTS, leaves_of
from assistant.lexicon.match import Reading
from assistant.patterns import regex

__all__ = ["story_of", "without_story"]

_ROWS = (
    "concluded", "received", "workload", "granted", "partly_granted", "denied", "unavailable", "not_processed",
    "otherwise_handled", "carried_in", "carried_out",
)  # fmt: skip
# A difference from a total is a likelier slip than any other: 不予公开或无法提供 counted as all that was not granted.
_WHOLES = ("concluded", "workload", "received")
# Small numbers stand in many cells: that one is found elsewhere tells nothing.
_TELLING = 10


def story_of(value: Decimal, readings: tuple[Reading, ...], book: Book) -> str:
    """How a number that should be one of ``readings`` comes about, e.g. 办理结果总计 － 予以公开（95 － 41）.

    Tried in this order: last year's figure of the same cell, two digits swapped, another column or a leaf of the same
    row, a neighbouring row, sums and differences over the column of totals. Empty when nothing fits exactly.
    """
    return next(_stories(value, readings, book), "") if value > 0 else ""


def without_story(message: str) -> str:
    """A message without the story of its number, which is idle where the number turns out to be right."""
    return _STORY.sub("", message)


_STORY = regex(r"。[\d.]+可能是[^。]*$")


def _stories(value: Decimal, readings: tuple[Reading, ...], book: Book) -> Iterator[str]:
    for reading in readings:
        before = [book.value(f"{metric}.last_year") for metric in reading]
        if (
            value >= _TELLING
            and all(part is not None for part in before)
            and sum(part for part in before if part is not None) == value
        ):
            yield f"上年的{'＋'.join(_name(metric) for metric in reading)}"
    for reading in readings:
        now = [book.value(metric) for metric in reading]
        expected = sum((part for part in now if part is not None), Decimal(0))
        if swapped(value, expected):
            yield f"{expected}的两位数字写颠倒了"
    single = (reading[0] for reading in readings if len(reading) == 1 and value >= _TELLING)
    for metric in single:
        for neighbour in _neighbours(metric):
            if book.value(neighbour) == value:
                yield f"{label_of(neighbour).removesuffix('（总计）')}（{value}）"
    if readings and readings[0][0].startswith("requests."):
        yield from _sums(value, book)


def _neighbours(metric: str) -> Iterator[str]:
    """Cells that are easily read instead: the columns and leaves of a row, the kinds of cases, the columns of table 2."""
    family, _, rest = metric.partition(".")
    row, _, column = rest.rpartition(".")
    if family == "requests":
        yield from (f"requests.{row}.{other.id}" for other in APPLICANTS if other.id != column)
        yield from (f"requests.{leaf}.{column}" for leaf in leaves_of(row) if leaf != row)
    elif family == "disclosure":
        yield from (f"disclosure.{row}.{other}" for other in ("issued", "repealed", "in_force") if other != column)
        yield from (f"disclosure.{other}.{column}" for other in ("licensing", "penalties", "coercion") if other != row)
    else:
        yield from (f"{other}.{column}" for other in ("review", "litigation.direct", "litigation.after_review"))


def _sums(value: Decimal, book: Book) -> Iterator[str]:
    found = {row: book.value(f"requests.{row}.total") for row in _ROWS}
    rows = {row: figure for row, figure in found.items() if figure}
    names = {row: _name(f"requests.{row}.total") for row in rows}
    for row, figure in rows.items():
        if figure == value:
            yield f"{names[row]}（{figure}）"
    for whole in _WHOLES:
        for row, figure in rows.items():
            if whole in rows and row not in _WHOLES and rows[whole] - figure == value:
                yield f"{names[whole]} － {names[row]}（{rows[whole]} － {figure}）"
    outcomes = {row: figure for row, figure in rows.items() if row not in _WHOLES}
    for first, second in combinations(outcomes, 2):
        if outcomes[first] + outcomes[second] == value:
            yield f"{names[first]} ＋ {names[second]}（{outcomes[first]} ＋ {outcomes[second]}）"


def _name(metric: str) -> str:
    return label_of(metric).removesuffix("（总计）")
