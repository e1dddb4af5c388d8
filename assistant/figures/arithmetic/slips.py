"""Sums that miss their whole by what one slip makes: one too many or too few, or two neighbouring digits that changed places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

__all__ = ["SMALLEST", "Transposed", "misses_by_one_slip", "one_slip_from", "swapped", "transposed_in"]

SMALLEST = Decimal(20)  # a whole below it is missed so narrowly by chance, too
_THREE_DIGITS = 100
Transposed = tuple[Decimal, Decimal]
"""What was written, and what stands there with the two digits the other way round."""


def swapped(value: Decimal, expected: Decimal) -> bool:
    """Whether two neighbouring digits of ``expected`` change places in ``value``: 2837 → 2873."""
    return value in _turned(expected)


def one_slip_from(value: Decimal) -> Iterator[Decimal]:
    """What ``value`` may have been meant to be: one more or less, or, of three digits or more, two neighbouring ones changed
    over; of two digits they change places by chance."""
    yield value - 1
    yield value + 1
    if value >= _THREE_DIGITS:
        yield from _turned(value)


def _turned(value: Decimal) -> Iterator[Decimal]:
    """A number with any two neighbouring digits changed over; none that would begin with 0."""
    written = f"{value:f}"
    for at, (first, second) in enumerate(pairwise(written)):
        if first != second and (first + second).isdigit() and not (at == 0 and second == "0"):
            yield Decimal(f"{written[:at]}{second}{first}{written[at + 2 :]}")


def transposed_in(whole: Decimal, parts: Sequence[Decimal]) -> Transposed | None:
    """The number whose two digits changed places, be it the whole or a part, where that alone makes the sum wrong."""
    added = sum(parts, Decimal(0))
    if swapped(whole, added):
        return whole, added
    rights = ((part, whole - added + part) for part in parts)
    return next(((part, right) for part, right in rights if right > 0 and swapped(part, right)), None)


def misses_by_one_slip(whole: Decimal, parts: Sequence[Decimal]) -> bool:
    """Whether the parts do not make up the whole, and one slip would tell why."""
    return abs(whole - sum(parts, Decimal(0))) == 1 or transposed_in(whole, parts) is not None
