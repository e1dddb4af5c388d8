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
    """The validation context: every point is to become one item. ``last_year`` is the part as it was told then; ``measures``:
    the points are measures, taken or still to come."""

    year: int
    slots: dict[str, Figure]
    points: tuple[str, ...]
    last_year: tuple[str, ...] = ()
    measures: bool = False

    @property
    def words(self) -> str:
        """All that the office wrote: what stands here, the model may write too."""
        return SLOT.sub(MARK, "\n".join(self.points))

    def filled(self, text: str) -> str:
        """``text`` with its figures, as it will be printed; a slot that is not there stays."""
        return SLOT.sub(lambda found: self.slots[found[1]].text if found[1] in self.slots else found[0], text)


def pairs(text: str) -> frozenset[str]:
    """Neighbouring characters of a text: what two wordings of one thing share."""
    letters = re.sub(r"\W+", "", text)
    return frozenset(letters[n : n + 2] for n in range(len(letters) - 1))
