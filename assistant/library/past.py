"""Last year's report of a unit, for whoever drafts or checks this year's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.library.store import Library
from assistant.report import Report
from assistant.rules.units import same_unit

__all__ = ["LastYears", "last_years", "last_years_report"]

LastYears = Callable[[str, int], Report | None]


@contextmanager
def last_years(root: Path) -> Iterator[LastYears]:
    """The library at ``root``, open once for many look-ups: (unit, year) → its report on ``year - 1``.

    ``None`` where there is none, or no library. Two units whose names both fit (``same_unit``) are none.
    """
    if not Library.exists(root):
        yield lambda _unit, _year: None
        return
    with Library(root) as library:
        units = list(library.units().items())

        def find(unit: str, year: int) -> Report | None:
            fitting = [name for name, years in units if year - 1 in years and same_unit(name, unit)]
            return library.report(fitting[0], year - 1) if len(fitting) == 1 else None

        yield find


def last_years_report(root: Path, unit: str, year: int) -> Report | None:
    """The report on ``year - 1`` of one ``unit`` in the library at ``root``."""
    with last_years(root) as find:
        return find(unit, year)
