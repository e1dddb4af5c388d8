"""Counts of the names that stand in front of them: 《甲》《乙》《丙》3份清单, 行政复议、行政诉讼两类案件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.figures.claims import Claim
from assistant.language.numerals import parse
from assistant.lexicon import phrase
from assistant.patterns import regex

__all__ = ["Counted", "CountedKinds", "counted_kinds", "counted_names"]

_MOST = 12
_TITLE = regex(r"[《“][^》”]{1,40}[》”]")
_KINDS = ("类", "种")
_UNITS = ("份", "项", "个", "类", "种", "件", "部", "本", "篇")


class Counted(NamedTuple):
    """A number and how many names stand right before it."""

    claim: Claim
    names: int


def counted_names(claims: Sequence[Claim]) -> Iterator[Counted]:
    """Every small number that a full list of names leads to; a list that ends in 等 is not full."""
    for claim in claims:
        if claim.relation != "none" or claim.mention.unit not in _UNITS or not 2 <= claim.mention.value <= _MOST:
            continue
        lead = claim.spot.paragraph.text[: claim.mention.start].rstrip()
        if titles := phrase("joints", "titles_listed").search(lead):
            yield Counted(claim, len(_TITLE.findall(titles.group())))
        elif claim.mention.unit in _KINDS and (names := phrase("joints", "names_listed").search(lead)):
            yield Counted(claim, names["names"].count("、") + 1)


class CountedKinds(NamedTuple):
    """A count in words, where it stands, and how many names stand right before it: with the word that joins the last two,
    if there is one, and without."""

    found: re.Match[str]
    stated: int
    names: tuple[int, ...]


def counted_kinds(text: str) -> Iterator[CountedKinds]:
    """Every count in words of kinds, sides or fields that a list of names leads to."""
    for found in phrase("joints", "counted_kinds").finditer(text) if "、" in text else ():
        stated, names = parse(found["number"]), found["names"].count("、") + 1
        joined = bool(phrase("naming", "and").search(found["names"].rpartition("、")[2]))
        if stated:
            yield CountedKinds(found, int(stated.value), (names, names + 1) if joined else (names,))
