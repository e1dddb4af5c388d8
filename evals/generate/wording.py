"""Wordings as data: how they are read from their files and filled; which numbers a text states, and where."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from evals.generate.slots import Piece, Slots

__all__ = ["Writer", "wordings"]

_PART = re.compile(r"\[([^\]]*)\]|\{([^{}]*)\}")
_SLOT = re.compile(r"\{([^{}]*)\}")


@cache
def wordings() -> Mapping[str, Any]:
    """All statements by name, each with its wordings; the layouts and topics of section five."""
    found: dict[str, Any] = {}
    for path in sorted((Path(__file__).parent / "wording").glob("*.toml")):
        found |= tomllib.loads(path.read_text(encoding="utf-8"))
    return found


class Writer:
    """Chooses the wordings of one unit; ``used`` remembers last year's, which are not taken again."""

    def __init__(self, slots: Slots, random: Random, used: Mapping[str, Sequence[str]]) -> None:
        self.slots, self.random, self.before = slots, random, used
        self.used: dict[str, list[str]] = {}

    def say(self, statement: str, how_many: int = 1) -> list[Piece]:
        """Up to ``how_many`` sentences of a statement, those that have something to say."""
        told: list[Piece] = []
        taken = self.used.setdefault(statement, [])
        templates = [text for text in wordings()[statement] if text not in self.before.get(statement, ())]
        self.random.shuffle(templates)
        for template in templates:
            if how_many == 0:
                break
            pieces = self.fill(template)
            if pieces is not None:
                told += pieces
                taken.append(template)
                how_many -= 1
        return told

    def fill(self, template: str) -> list[Piece] | None:
        """A wording with its choices made and its slots filled; ``None`` when one of them has nothing to say."""
        self.slots.renew()
        text = _PART.sub(self._choose, template)
        while "[" in text:
            text = _PART.sub(self._choose, text)
        pieces: list[Piece] = []
        at = 0
        for found in _SLOT.finditer(text):
            filled = self.slots.fill(found[1])
            if filled is None:
                return None
            pieces += [Piece(text[at : found.start()]), *filled]
            at = found.end()
        return [*pieces, Piece(text[at:])]

    def _choose(self, found: re.Match[str]) -> str:
        return found.group() if found[1] is None else self.random.choice(found[1].split("|"))
