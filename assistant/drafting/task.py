"""What a model writes a sentence of a draft from, and what the sentence is held against (``proof``)."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.drafting.manuscript import Reference
from assistant.drafting.slots import SLOT
from assistant.figures.book import Figure

__all__ = ["MARK", "Task"]

MARK = "〓"
"""Stands for a slot while the words around it are looked at."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a sentence is held against: the notes of its part. ``last_year`` is what was told of it in other years,
    which no sentence may repeat; ``measures``: the points are measures, taken or still to come; ``references``: what
    the model sees beside the notes."""

    year: int
    slots: dict[str, Figure]
    points: tuple[str, ...]
    last_year: tuple[str, ...] = ()
    measures: bool = False
    references: tuple[Reference, ...] = ()

    @property
    def words(self) -> str:
        """All that the office wrote: what stands here, the model may write too."""
        return SLOT.sub(MARK, "\n".join(self.points))

    def filled(self, text: str) -> str:
        """``text`` with its figures, as it will be printed; a slot that is not there stays."""
        return SLOT.sub(lambda found: self.slots[found[1]].text if found[1] in self.slots else found[0], text)
