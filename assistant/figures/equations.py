"""Sums that the prose itself writes out: 185＋6＝184＋7, 12－9＝3, 184/191＝96.3%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import reduce
from typing import NamedTuple

from assistant.language.numerals import rounded
from assistant.language.sentences import LONGEST_SENTENCE, sentences
from assistant.patterns import regex

__all__ = ["Equation", "equations_in"]

_NUMBER = r"(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?"
_UNIT = r"\s*(?:件|条|个|份|项|次|人|家|起|宗|万元|元|%|％)?\s*"
_SIDE = rf"{_NUMBER}{_UNIT}(?:[＋+－−\-×xX*÷/]\s*{_NUMBER}{_UNIT})*"
# Behind a date, a document number or a name nothing is reckoned; a chain is read from its first number only.
_EQUATION = regex(rf"(?<![\d年月第.〔\[＋+－−\-×*÷/])({_SIDE})((?:[＝=]\s*{_SIDE})+)")
_EQUALS = regex("[＝=]")
_TERM = regex(rf"([＋+－−\-×xX*÷/]?)\s*({_NUMBER})(?:\s*(%|％))?")
_HUNDRED = Decimal(100)


class Equation(NamedTuple):
    """``text[start:end]`` says that its sides are equal; ``values`` are what they come to, ``holds`` whether they are, each
    at the places that it is written with."""

    text: str
    start: int
    end: int
    values: tuple[Decimal, ...]
    holds: bool


def equations_in(text: str) -> Iterator[Equation]:
    """Every equation of a text, but of sentences past a sane length, that reckons something: one side at least has an operator."""
    for offset, sentence in sentences(text):
        if len(sentence) <= LONGEST_SENTENCE and _EQUALS.search(sentence):
            yield from _in_sentence(sentence, offset)


def _in_sentence(sentence: str, offset: int) -> Iterator[Equation]:
    for found in _EQUATION.finditer(sentence):
        sides = _EQUALS.split(found.group())
        if not any(len(_TERM.findall(side)) > 1 for side in sides):
            continue
        told = [_value(side) for side in sides]
        if any(value is None for value in told):
            continue
        values = [value for value in told if value is not None]
        holds = all(_equal(values[0], sides[0], value, side) for value, side in zip(values, sides, strict=True))
        yield Equation(found.group().strip(), offset + found.start(), offset + found.end(), tuple(values), holds)


def _equal(one: Decimal, written: str, other: Decimal, as_written: str) -> bool:
    step = max(_step(written), _step(as_written))
    return rounded(one, step) == rounded(other, step) or abs(one - other) < step / 2


def _step(side: str) -> Decimal:
    """The place of the last digit of a side that is one number; of a reckoned one no place is lost."""
    terms = _TERM.findall(side)
    if len(terms) > 1:
        return Decimal("1e-9")
    number, percent = terms[0][1], terms[0][2]
    step = Decimal(1).scaleb(-len(number.partition(".")[2]))
    return step / _HUNDRED if percent else step


def _value(side: str) -> Decimal | None:
    """What a side comes to, products before sums; ``None`` for a division by zero."""
    sums: list[list[Decimal]] = []
    for sign, number, percent in _TERM.findall(side):
        value = Decimal(re.sub("[,，]", "", number)) / (_HUNDRED if percent else 1)
        if sign in ("÷", "/") and sums:
            if not value:
                return None
            sums[-1].append(1 / value)
        elif sign and sign in "×xX*" and sums:
            sums[-1].append(value)
        else:
            sums.append([-value if sign and sign in "－−-" else value])
    return sum((reduce(lambda one, other: one * other, product) for product in sums), Decimal(0))
