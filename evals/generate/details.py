"""What is one unit's own: small stories in its paragraphs, so that no two units of a sound set have the same
paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from evals.generate.prose import Line
from evals.generate.slots import Piece
from evals.generate.units import place_name
from evals.generate.wording import wordings

__all__ = ["with_details"]

_TOLD = ("overview", "requests", "problems", "other")  # beside the other tables stand only figures
_FROM = 24  # characters: shorter paragraphs are alike in any two reports
_SHARE = 2  # a paragraph of templates as long as twice its story is less alike than nearly


def with_details(told: Mapping[str, Sequence[Line]], random: Random) -> dict[str, list[Line]]:
    """The lines of the sections, with stories in the paragraphs that are long enough to be compared."""
    return {
        name: [_longer(line, random, name) if name in _TOLD else line for line in lines] for name, lines in told.items()
    }


def _longer(line: Line, random: Random, section: str) -> Line:
    length = len(line.text)
    if line.heading or length < _FROM:
        return line
    stories = _stories(length // _SHARE, random)
    # Behind the last point of a list they would be part of what is planned.
    return Line((*stories, *line.pieces) if section == "problems" else (*line.pieces, *stories))


def _stories(length: int, random: Random) -> Iterator[Piece]:
    while length > 0:
        story = _story(random)
        length -= len(story)
        yield Piece(story)


def _story(random: Random) -> str:
    known = wordings()
    when, place, who, matter, why, did, then = (
        random.choice(known[f"detail_{part}"]) for part in ("when", "place", "who", "matter", "why", "did", "then")
    )
    return f"{when}，{place_name(random)}{place}{who}{why}，想了解{matter}，{did}，{then}。"
