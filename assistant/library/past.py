"""Last year's report of a unit, for whoever drafts or checks this year's."""

from __future__ import annotations

from pathlib import Path

from assistant.library.store import Library
from assistant.report import Report
from assistant.text import fold

__all__ = ["last_years_report"]


def last_years_report(root: Path, unit: str, year: int) -> Report | None:
    """The report on ``year - 1`` of ``unit`` in the library at ``root``; ``None`` where there is none, or no library.

    A name that ends in the other (清源区人民政府, 江州市清源区人民政府) is the same unit; two that fit are none.
    """
    if not Library.exists(root):
        return None
    with Library(root) as library:
        wanted = fold(unit)
        fitting = [
            name
            for name, years in library.units().items()
            if year - 1 in years and (fold(name).endswith(wanted) or wanted.endswith(fold(name)))
        ]
        return library.report(fitting[0], year - 1) if len(fitting) == 1 else None
