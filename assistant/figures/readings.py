"""What a reading comes to in a book, and whether a number as it is written says so."""

from __future__ import annotations

from decimal import Decimal

from assistant.figures.book import Book
from assistant.figures.mentions import Mention
from assistant.language.numerals import rounded
from assistant.lexicon.match import Reading

__all__ = ["fits", "sum_of"]


def sum_of(reading: Reading, suffix: str, book: Book) -> Decimal | None:
    """What a reading comes to in a book, in 件 or 元; ``None`` where a part of it is not there."""
    figures = [book.get(metric + suffix) for metric in reading]
    if any(figure is None for figure in figures):
        return None
    # Prose may write yuan where table 2 has 万元; mentions are in 元.
    return sum((f.value * (10000 if f.unit == "万元" else 1) for f in figures if f), Decimal(0))


def fits(mention: Mention, value: Decimal) -> bool:
    """Whether a true value is rightly written as ``mention``: 14万余 for 140,357, 近4000 for 3,907, 1.2万 for 12,048."""
    written, step = mention.value, mention.step
    # A bound on a round number speaks at the place of its last digit that is not zero: 200余 is 200 to 299.
    coarse = step * Decimal(10) ** _trailing_zeros(written / step)
    match mention.bound:
        case "over":
            return written <= value < written + coarse
        case "under":
            return written - coarse < value <= written
        case "about":
            return abs(value - written) <= coarse
        case _:
            return rounded(value, step) == written if step > 1 else value == written


def _trailing_zeros(value: Decimal) -> int:
    digits = str(int(value))
    return len(digits) - len(digits.rstrip("0")) if value else 0
