"""The likely story of a wrong number: which exact sum or difference over the same column gives it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from assistant.figures.book import Book, label_of

__all__ = ["story_of"]

_ROWS = (
    "concluded", "received", "workload", "granted", "partly_granted", "denied", "unavailable", "not_processed",
    "otherwise_handled", "carried_in", "carried_out",
)  # fmt: skip
# A difference from a total is a likelier slip than any other: 不予公开或无法提供 counted as all that was not granted.
_WHOLES = ("concluded", "workload", "received")


def story_of(value: Decimal, book: Book, column: str = "total") -> str:
    """How ``value`` comes about from table 3, e.g. 办理结果总计 － 予以公开（95 － 41）; empty when nothing fits exactly."""
    return next(_stories(value, _figures(book, column)), "") if value > 0 else ""


def _figures(book: Book, column: str) -> dict[str, Decimal]:
    found = {row: book.value(f"requests.{row}.{column}") for row in _ROWS}
    return {row: value for row, value in found.items() if value}


def _stories(value: Decimal, rows: dict[str, Decimal]) -> Iterator[str]:
    names = {row: label_of(f"requests.{row}.total").removesuffix("（总计）") for row in rows}
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
