"""The numbers of the prose that nothing could be compared with: no finding, but nobody should take silence for a pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.figures.claims import Claim, mark_of
from assistant.figures.compare import compare
from assistant.figures.dossier import Dossier
from assistant.figures.mentions import unread_in
from assistant.figures.rates import MOVES, can_be_reckoned, changes_of
from assistant.language.prose import Prose, prose
from assistant.language.sentences import LONGEST_SENTENCE, sentences
from assistant.report import Mark

__all__ = ["Unchecked", "unchecked_numbers", "unexplained"]

# How much of the sentence is shown before a number, which tells what it counts, and behind it.
_BEFORE, _BEHIND = 16, 6


_NOWHERE = Mark()


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A number that a person has to check: where it stands, as it is written, the words around it, and its mark."""

    where: str
    text: str
    quote: str
    mark: Mark = _NOWHERE


def unchecked_numbers(dossier: Dossier) -> Iterator[Unchecked]:
    """What is written as a number and explained by no check, as often as it stands."""
    for claim in unexplained(dossier):
        text = claim.spot.paragraph.text
        around = text[max(0, claim.mention.start - _BEFORE) : claim.mention.end + _BEHIND]
        yield Unchecked(claim.spot.where, claim.mention.text, around, mark_of(claim))
    for paragraph in prose(dossier.report):
        yield from _unread(paragraph)


def unexplained(dossier: Dossier) -> Iterator[Claim]:
    """The numbers that are read as such and that no check compares with anything."""
    explained = _explained_elsewhere(dossier)
    for claim in dossier.claims:
        if id(claim) not in explained and not _can_be_compared(claim, dossier):
            yield claim


def _unread(paragraph: Prose) -> Iterator[Unchecked]:
    """What says a number and is not read as one, and sentences past a sane length, of which nothing is read."""
    text = paragraph.text
    for start, end in unread_in(text):
        around = text[max(0, start - _BEFORE) : end + _BEHIND]
        yield Unchecked(paragraph.where, text[start:end], around, Mark("", paragraph.paragraph, start, end))
    for start, sentence in sentences(text):
        if len(sentence) > LONGEST_SENTENCE:
            opening = sentence[: _BEFORE + _BEHIND]
            told = f"句子过长（{len(sentence)}字），其中的数字没有核对"
            yield Unchecked(paragraph.where, told, opening, Mark("", paragraph.paragraph, start, start + len(opening)))


def _explained_elsewhere(dossier: Dossier) -> set[int]:
    """Numbers of a list that adds up or not, rates of two numbers, numbers that are said again, names that are counted."""
    lists = (claim for found in dossier.breakdowns for claim in (found.whole, *found.parts))
    moves = (
        claim for found in dossier.movements if found.amounts for claim in (found.base, found.value, *found.amounts)
    )
    turns = (claim for found in dossier.movements if found.direction is not None for claim in (found.base, found.value))
    rates = (share.rate for share in dossier.shares if can_be_reckoned(share, dossier))
    again = (claim for pair in dossier.repeats if pair[0].mention.value == pair[1].mention.value for claim in pair)
    own = (change.rate for change in dossier.own_changes)
    counted = (counted.claim for counted in dossier.counted)
    return {id(claim) for claims in (lists, moves, turns, rates, again, own, counted) for claim in claims}


def _can_be_compared(claim: Claim, dossier: Dossier) -> bool:
    if claim.relation in MOVES:
        return bool(changes_of(claim, dossier))
    return claim.relation == "value" and compare(claim, dossier).checked
