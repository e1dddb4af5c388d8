"""The words that questions are made of, out of the lexicon (``questions``, ``typed``)."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, cast

from assistant.asking.questions.tokens import figure_words
from assistant.figures.book import label_of
from assistant.form import APPLICANTS, EDITIONS
from assistant.language.key_terms import Index, Term, index_of, near_misses
from assistant.lexicon import entries, entry, ranked, said
from assistant.patterns import regex

__all__ = [
    "BY_APPLICANT",
    "OUTCOMES",
    "Operation",
    "Over",
    "figure_terms",
    "operation_in",
    "operation_words",
    "without_asides",
    "without_slips",
]

Operation = Literal[
    "value", "change", "share", "trend", "parts", "highest", "lowest", "average", "total", "which", "rank", "apart",
    "portion",  # of the first unit in what all of them come to
    "grew_most", "fell_most", "grew", "fell",
]  # fmt: skip
Over = Literal["years", "units", "parts", "applicants", ""]

_ID = regex(r"[A-Za-z_]{3,}(?:\.[A-Za-z_]+)*")
_SURE = 3  # characters of a word that was found as it is written
# The outcomes of table 3 that 办理结果 asks for, in the form's order.
OUTCOMES = ("granted", "partly_granted", "denied", "unavailable", "not_processed", "otherwise_handled")
# All applicants, which 申请人构成 asks for.
BY_APPLICANT = tuple(column.id for column in APPLICANTS if column.id != "total")


def operation_words(name: Operation | None = None) -> str:
    """A pattern of the words of one operation, or of all."""
    known = (words for words, each in ranked("questions") if name in (None, each.says))
    return "|".join(known)


def operation_in(text: str) -> Operation:
    """The operation that ``text`` names; ``value`` where it names none."""
    return next((cast(Operation, each.says) for words, each in ranked("questions") if re.search(words, text)), "value")


def without_asides(text: str) -> str:
    """A question with the characters put right that an input method mistakes for others of the same sound, with figures
    named by their ids (carried_in) in words, and without what is told by the way (领导急着问, 按表格口径)."""
    for slip in entries("typed"):
        text = re.sub(said("typed", slip.id), slip.instead, text)
    text = _ID.sub(lambda found: _named_by_id().get(found[0].lower(), found[0]), text)
    return re.sub("|".join(entry("questions", "of_asking").pattern), "", text) or text


def without_slips(text: str) -> str:
    """``text`` (units and years blanked out) with the longer words for figures put right that have one character wrong:
    规范性文建, 不与处理."""
    said_right = [hit for hit in figure_words(text) if hit.end - hit.start >= _SURE]
    for miss in reversed(list(near_misses(text, _terms()))):
        # 里予以公开 is no slip of 不予以公开: what is said right within it stays.
        if not any(hit.start < miss.end and miss.start < hit.end for hit in said_right):
            text = text[: miss.start] + miss.term.words + text[miss.end :]
    return text


@cache
def _named_by_id() -> dict[str, str]:
    """What a data officer calls figures and columns, in the words of the form."""
    columns = {one.id: one.label for one in APPLICANTS}
    rows = {id: id for id in EDITIONS["2021"].metrics}
    bare = {one.removeprefix("requests.").removesuffix(".total"): one for one in rows if one.endswith(".total")}
    named = {name: label_of(id).replace("（总计）", "") for name, id in (bare | rows).items()}
    return named | {id: label for id, label in columns.items() if id != "total"}


@cache
def figure_terms() -> frozenset[str]:
    """The words for figures, whole and cut into those that they are made of."""
    import rjieba

    known = {word for each in entries("metrics") for word in (*each.words, *each.asked)}
    return frozenset(part for word in known for part in (word, *rjieba.cut(word)) if len(part) > 1)


@cache
def _terms() -> Index:
    """The longer words for figures, found with one character wrong: 规范性文建, 不与处理."""
    known = {word for each in entries("metrics") for word in each.words}
    return index_of(Term(word) for word in sorted(known))
