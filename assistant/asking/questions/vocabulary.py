"""The words that questions are made of, out of the lexicon (``questions``, ``typed``)."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, cast

from assistant.form import APPLICANTS
from assistant.lexicon import entries, entry, ranked, said

__all__ = [
    "BY_APPLICANT",
    "OUTCOMES",
    "Operation",
    "Over",
    "operation_in",
    "operation_words",
    "without_asides",
    "words_for",
]

Operation = Literal[
    "value", "change", "share", "trend", "parts", "highest", "lowest", "average", "total", "which", "rank", "apart",
    "grew_most", "fell_most", "grew", "fell",
]  # fmt: skip
Over = Literal["years", "units", "parts", "applicants", ""]

# The outcomes of table 3 that 办理结果 asks for, in the form's order.
OUTCOMES = ("granted", "partly_granted", "denied", "unavailable", "not_processed", "otherwise_handled")
# All applicants, which 申请人构成 asks for.
BY_APPLICANT = tuple(column.id for column in APPLICANTS if column.id != "total")


@cache
def words_for(id: str) -> str:
    """A pattern of the words that questions ask ``id`` with (which_year, number_asked, filler …)."""
    if id == "all_units":
        return f"{said('questions', 'which_unit')}|{said('questions', id)}"
    return said("questions", id)


def operation_words(name: Operation | None = None) -> str:
    """A pattern of the words of one operation, or of all."""
    known = (words for words, each in ranked("questions") if name in (None, each.says))
    return "|".join(known)


def operation_in(text: str) -> Operation:
    """The operation that ``text`` names; ``value`` where it names none."""
    return next((cast(Operation, each.says) for words, each in ranked("questions") if re.search(words, text)), "value")


def without_asides(text: str) -> str:
    """A question with the characters put right that an input method mistakes for others of the same sound, and without
    what is told by the way (领导急着问, 按表格口径)."""
    for slip in entries("typed"):
        text = re.sub(said("typed", slip.id), slip.instead, text)
    return re.sub("|".join(entry("questions", "of_asking").pattern), "", text) or text
