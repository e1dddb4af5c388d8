"""Formulas that no program has computed yet: sums of cells of the same sheet, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from assistant.patterns import regex

__all__ = ["NotASum", "Place", "place_of", "sum_of"]

Place = tuple[int, int]
"""(row, column), from 1."""

_REFERENCE = regex(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_TERM = rf"(?:SUM\([^()]*\)|{_REFERENCE.pattern}|\d+(?:\.\d+)?)"
_SUM = regex(rf"=?\s*\+?\s*{_TERM}(?:\s*\+\s*{_TERM})*\s*")
_PART = regex(rf"SUM\((?P<list>[^()]*)\)|(?P<cell>{_REFERENCE.pattern})|(?P<number>\d+(?:\.\d+)?)")
_MOST_CELLS = 50_000  # that one range may cover; the data workbook needs some ten


class NotASum(ValueError):
    """A formula is more than a sum. ``part`` is what cannot be understood; empty where it is the whole."""

    def __init__(self, part: str = "") -> None:
        super().__init__(part)
        self.part = part


def sum_of(formula: str, value_at: Callable[[Place], Decimal | None]) -> Decimal | None:
    """What a formula adds up to; ``None`` where all its cells are blank. ``value_at`` gives the figure of a cell.

    Raises:
        NotASum: it does anything else than add cells, ranges of cells and numbers.
    """
    formula = formula.upper()
    if not _SUM.fullmatch(formula):
        raise NotASum
    found: list[Decimal | None] = []
    for part in _PART.finditer(formula):
        if part["number"]:
            found.append(Decimal(part["number"]))
        else:
            found += [value_at(place) for place in _places(part["list"] or part["cell"])]
    numbers = [value for value in found if value is not None]
    return sum(numbers, Decimal(0)) if numbers else None


def place_of(reference: str) -> Place | None:
    """B12 → (12, 2); ``None`` for what is no reference."""
    found = _REFERENCE.fullmatch(reference.strip().upper())
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _places(arguments: str) -> Iterator[Place]:
    for argument in arguments.split(","):
        first, _, last = argument.partition(":")
        top_left, bottom_right = place_of(first), place_of(last or first)
        if not top_left or not bottom_right:
            raise NotASum(argument)
        rows = range(top_left[0], bottom_right[0] + 1)
        columns = range(top_left[1], bottom_right[1] + 1)
        if len(rows) * len(columns) > _MOST_CELLS:
            raise NotASum(argument)
        yield from ((row, column) for row in rows for column in columns)
