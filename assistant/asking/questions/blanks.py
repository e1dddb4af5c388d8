"""Blanking out what was understood of a question: what is left keeps its places."""

from __future__ import annotations

import re

__all__ = ["BLANK", "blanked"]

BLANK = "　"


def blanked(pattern: str | re.Pattern[str], text: str) -> str:
    """``text`` with every match of ``pattern`` replaced by as many blanks."""
    return re.sub(pattern, lambda found: BLANK * len(found[0]), text)
