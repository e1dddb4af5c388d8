"""Putting found passages in order: rankings fused, what fits best first, repetitions of other years left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from assistant.library.documents import Passage

__all__ = ["by_fit", "fuse", "joined", "without_repeats"]

_RANK_CONSTANT = 60  # of reciprocal rank fusion, as its authors set it (Cormack et al. 2009)
_SECTION = 0.1  # of a fit, for what stands in the section asked for
_RANK_STEP = 0.005  # of a fit, for each place further down in what was found
_SAME = 88  # of 100: with its figures taken out, a paragraph that was carried over from the year before
_FIGURES = re.compile(r"[\d.%％,，\s]+")


def fuse(rankings: Sequence[Sequence[int]], weights: Sequence[float] | None = None) -> list[int]:
    """Rankings joined by reciprocal rank fusion: ids, best first; what several rankings name rises."""
    scores: dict[int, float] = {}
    for ranking, weight in zip(rankings, weights or [1.0] * len(rankings), strict=True):
        for rank, one in enumerate(ranking, start=1):
            if weight:
                scores[one] = scores.get(one, 0.0) + weight / (_RANK_CONSTANT + rank)
    return sorted(scores, key=lambda one: -scores[one])


def by_fit(passages: Sequence[Passage], fits: Mapping[int, float], sections: Collection[str] = ()) -> list[Passage]:
    """Those that fit best first (``fits`` by passage id); among equals those of the sections asked for (一 to 六), and then
    what was found first."""
    order = {
        passage.id: fits[passage.id]
        + (_SECTION if passage.place.partition("、")[0] in sections else 0.0)
        - rank * _RANK_STEP
        for rank, passage in enumerate(passages)
    }
    return sorted(passages, key=lambda passage: -order[passage.id])


def without_repeats(passages: Sequence[Passage], limit: int) -> list[Passage]:
    """The first ``limit``, where what one unit wrote in several years stands once: the latest, in the best place."""
    from rapidfuzz import fuzz

    kept: list[Passage] = []
    bare: list[str] = []
    for passage in passages:
        text = _FIGURES.sub("", passage.text)
        same = next(
            (
                place
                for place, other in enumerate(kept)
                if _of_another_year(passage, other) and fuzz.ratio(text, bare[place]) >= _SAME
            ),
            None,
        )
        if same is None:
            if len(kept) < limit:
                kept.append(passage)
                bare.append(text)
        elif (passage.year or 0) > (kept[same].year or 0):
            kept[same], bare[same] = passage, text
    return kept


def _of_another_year(one: Passage, other: Passage) -> bool:
    return one.kind == other.kind == "report" and one.unit == other.unit and one.year != other.year


def joined(passages: Sequence[Passage]) -> list[Passage]:
    """Passages that follow each other under one heading as one, where the first of them stood."""
    by_id = {passage.id: passage for passage in passages}
    done: set[int] = set()
    whole: list[Passage] = []
    for passage in passages:
        if passage.id in done:
            continue
        first = last = passage
        while _goes_on(by_id.get(first.id - 1), first):
            first = by_id[first.id - 1]
        while _goes_on(last, by_id.get(last.id + 1)):
            last = by_id[last.id + 1]
        run = [by_id[one] for one in range(first.id, last.id + 1)]
        done.update(one.id for one in run)
        whole.append(first if len(run) == 1 else _one(run))
    return whole


def _goes_on(before: Passage | None, after: Passage | None) -> bool:
    """Ids are given in a document's order, so that neighbours follow each other."""
    return bool(before and after and before.document == after.document and before.heading == after.heading)


def _one(run: Sequence[Passage]) -> Passage:
    first, last = run[0], run[-1]
    place = first.place if first.place == last.place else f"{first.place}至{last.place.rpartition(' · ')[2]}"
    return replace(first, place=place, text="\n".join(passage.text for passage in run))
