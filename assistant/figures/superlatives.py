"""Which number of a list is said to be the greatest or the least: 一季度12件、二季度15件、三季度9件，以一季度为最多."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.figures.claims import Claim, by_paragraph
from assistant.lexicon import phrase

__all__ = ["Superlative", "superlatives"]

_FEWEST = 3


class Superlative(NamedTuple):
    """``said`` is called the greatest or least, in ``words``, of numbers of which ``right`` is."""

    said: Claim
    right: Claim
    words: str


def superlatives(claims: Sequence[Claim]) -> Iterator[Superlative]:
    """Every number of a plain list of three and more that is said to be the most or the least, and is not."""
    for members in by_paragraph(claims):
        text = members[0].spot.paragraph.text
        for found in phrase("shares", "superlative").finditer(text) if "最" in text else ():
            run = _list_before(text, members, found.start())
            named = [one for lead, one in run if found["name"] in lead]
            if len(run) < _FEWEST or len(named) != 1:
                continue
            most = (max if found["way"] in "多高" else min)((one for _, one in run), key=lambda one: one.mention.value)
            if most.mention.value != named[0].mention.value:
                yield Superlative(named[0], most, f"{found['name']}{found['words']}")


def _list_before(text: str, claims: Sequence[Claim], at: int) -> list[tuple[str, Claim]]:
    """The numbers of one measure right before ``at``, each with the words in front of it."""
    before = [one for one in claims if one.mention.end <= at]
    run: list[tuple[str, Claim]] = []
    for place in range(len(before) - 1, -1, -1):
        one = before[place]
        start = (
            before[place - 1].mention.end
            if place
            else max(text.rfind(mark, 0, one.mention.start) for mark in "。；：:") + 1
        )
        lead = text[start : one.mention.start]
        alike = not run or (
            one.mention.unit == run[0][1].mention.unit and one.mention.percent == run[0][1].mention.percent
        )
        if not alike or one.mention.bound or one.relation == "change":
            break
        run.insert(0, (lead, one))
        if not phrase("sentences", "listed").fullmatch(lead):
            break
    return run
