"""What a part is to be made of: the context in which a model's answer is judged."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.drafting.slots import SLOT
from assistant.figures.book import Figure

__all__ = ["MARK", "Task", "pairs"]

MARK = "〓"
"""Stands for a slot while the words around it are looked at."""


@dataclass(frozen=True, slots=True)
class Task:
    """The validation context. ``one_each``: every point becomes one sentence; ``last_year``: the part as it was told then."""

    year: int
    slots: dict[str, Figure]
    required: tuple[str, ...]
    points: tuple[str, ...]
    one_each: bool = False
    last_year: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """All that the office wrote: what stands here, the model may write too."""
        own = (figure.label for name, figure in self.slots.items() if name not in self.required)
        return SLOT.sub(MARK, "\n".join((*self.points, *own)))  # the label of a point's number has the number in it

    def filled(self, text: str) -> str:
        """``text`` with its figures, as it will be printed; a slot that is not there stays."""
        return SLOT.sub(lambda found: self.slots[found[1]].text if found[1] in self.slots else found[0], text)


def pairs(text: str) -> frozenset[str]:
    """Neighbouring characters of a text: what two wordings of one thing share."""
    letters = re.sub(r"\W+", "", text)
    return frozenset(letters[n : n + 2] for n in range(len(letters) - 1))
