"""Formulas that no program has computed yet: sums of cells of the same sheet, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from assistant.readers.labels import is_figure, parse_cell
from assistant.report import Source

__all__ = ["Place", "Sums", "place_of", "plain"]

Place = tuple[int, int]
"""(row, column), from 1."""

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_TERM = r"(?:SUM\([^()]*\)|\$?[A-Z]{1,3}\$?\d{1,7}|\d+(?:\.\d+)?)"
_SUM = re.compile(rf"=?\s*\+?\s*{_TERM}(?:\s*\+\s*{_TERM})*\s*")
_PART = re.compile(r"SUM\((?P<list>[^()]*)\)|(?P<cell>\$?[A-Z]{1,3}\$?\d{1,7})|(?P<number>\d+(?:\.\d+)?)")
_PLACES = 6  # what is left of a float's noise; money in 万元 has at most four
_MOST_VISITS = 50_000  # cells looked at for the sums of one sheet; the data workbook needs some 400
_DEEPEST = 8  # sums of sums of sums; more than this is a circle


def place_of(reference: str) -> Place | None:
    found = _REFERENCE.fullmatch(reference.strip().upper())
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def plain(value: Decimal) -> str:
    rounded = round(value, _PLACES)
    return f"{rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize():f}"


@dataclass
class Sums:
    """Works out formulas that no program has computed: sums of cells of the same sheet, nothing else."""

    texts: dict[Place, str]
    formulas: dict[Place, str]
    _visits: int = 0

    def fill(self) -> None:
        for place, formula in self.formulas.items():
            try:
                value = self._at(place)
            except (ValueError, InvalidOperation):
                # Shown as it is: a formula is no figure, so the reader warns of it at its place.
                self.texts[place] = f"={formula}（公式没有计算结果）"
            else:
                if value is not None:
                    self.texts[place] = plain(value)

    def _at(self, place: Place, depth: int = 0) -> Decimal | None:
        self._visits += 1
        if depth > _DEEPEST or self._visits > _MOST_VISITS:
            raise ValueError("a circle of sums, or too many of them")
        if place in self.texts:
            return _operand(self.texts[place])
        if place not in self.formulas:
            return None
        value = self._sum(self.formulas[place], depth + 1)
        if value is not None:
            self.texts[place] = plain(value)
        return value

    def _sum(self, formula: str, depth: int) -> Decimal | None:
        if not _SUM.fullmatch(formula.upper()):
            raise ValueError(formula)
        found: list[Decimal | None] = []
        for part in _PART.finditer(formula.upper()):
            if part["number"]:
                found.append(Decimal(part["number"]))
            else:
                found += [self._at(place, depth) for place in _listed(part["list"] or part["cell"])]
        numbers = [value for value in found if value is not None]
        return sum(numbers, Decimal(0)) if numbers else None


def _operand(text: str) -> Decimal | None:
    cell = parse_cell(text, Source())
    if cell.note or not is_figure(text):
        raise ValueError(text)  # what stands there is no figure: a sum without it would be a wrong one
    return cell.value


def _listed(arguments: str) -> Iterator[Place]:
    for argument in arguments.split(","):
        first, _, last = argument.partition(":")
        top_left, bottom_right = place_of(first), place_of(last or first)
        if not top_left or not bottom_right:
            raise ValueError(arguments)
        for row in range(top_left[0], bottom_right[0] + 1):
            for column in range(top_left[1], bottom_right[1] + 1):
                yield row, column
