"""Slips of the hand in a written number."""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["one_off", "swapped"]

_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


def swapped(text: str) -> str | None:
    """``text`` with the first two neighbouring digits that differ swapped; ``None`` where there are none."""
    found = _DIGITS.search(text)
    if not found:
        return None
    written = found.group()
    for at in range(len(written) - 1):
        first, second = written[at], written[at + 1]
        changed = written[:at] + second + first + written[at + 2 :]
        if first.isdigit() and second.isdigit() and first != second and not re.match(r"0\d", changed):
            return text[: found.start()] + changed + text[found.end() :]
    return None


def one_off(text: str, step: int) -> str | None:
    """``text`` with its last digit one up or down, carrying over; commas stay where thousands are."""
    found = _DIGITS.search(text)
    if not found:
        return None
    written = found.group()
    places = len(written.partition(".")[2])
    value = Decimal(written.replace(",", "")) + step * Decimal(1).scaleb(-places)
    if value < 0:
        return None
    changed = f"{value:,.{places}f}" if "," in written else f"{value:.{places}f}"
    return text[: found.start()] + changed + text[found.end() :]
