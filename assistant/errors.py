"""Errors that a user can act on.

    AssistantError
    ├── UnreadableReport        a file that is no report, is broken, or is in a format we cannot read
    ├── BadWorkbook             the data workbook has cells that are no numbers, or sheets that are missing
    ├── UnknownName             a unit, year, metric, rule or file that does not exist
    ├── LibraryError            the library is missing, locked, damaged or not ours
    └── ModelUnavailable        no model is set, or its endpoint is down, slow or answers nonsense

Bad *data* in a readable report is never an exception: it is a Finding (see ``rules.base``).
"""

from __future__ import annotations

from assistant.text import clean

__all__ = [
    "AssistantError",
    "BadWorkbook",
    "LibraryError",
    "ModelUnavailable",
    "UnknownName",
    "UnreadableReport",
]


class AssistantError(Exception):
    """What happened, where, and what to do next; all three in Chinese.

    ``where`` is a file, a cell address or a setting, ``help`` the way out.
    """

    def __init__(self, what: str, *, where: str = "", help: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.help = help

    def __str__(self) -> str:
        place = f"{self.where}：" if self.where else ""
        way_out = f"\n  怎么办：{self.help}" if self.help else ""
        return clean(
            f"{place}{self.what}{way_out}"
        )  # names of files, words of services: nothing that drives a terminal


class UnreadableReport(AssistantError):
    """The file cannot be understood as a report."""


class BadWorkbook(AssistantError):
    """The data workbook has faults; ``what`` lists every one with its address."""


class UnknownName(AssistantError):
    """Something was named that is not there; ``help`` says what is."""


class LibraryError(AssistantError):
    """The library cannot be opened or written."""


class ModelUnavailable(AssistantError):
    """The model cannot be used now; callers fall back to what needs no model."""
