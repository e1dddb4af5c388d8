"""Which figures of the form a question asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from assistant.asking.phrases import ASKED, OUTCOMES
from assistant.form import leaves_of
from assistant.form.phrases import Phrase, phrases

__all__ = ["Asked", "find_metrics", "parts_of"]

_DOCUMENTS = ("normative_documents", "rules")
_DECISIONS = ("licensing", "penalties", "coercion")
_CASES = ("review", "litigation", "litigation.direct", "litigation.after_review")


@dataclass(frozen=True, slots=True)
class Asked:
    """``metrics``: each figure asked for, as its readings, likeliest first (收到: new, or new and carried in).
    ``rest`` is the text with their phrases blanked out."""

    metrics: tuple[tuple[str, ...], ...]
    rest: str


@cache
def _pattern() -> tuple[re.Pattern[str], tuple[Phrase, ...]]:
    known = (*ASKED, *phrases())
    return re.compile("|".join(f"(?P<p{index}>{phrase.words})" for index, phrase in enumerate(known))), known


def find_metrics(text: str) -> Asked:
    """The figures that ``text`` (units and years blanked out) asks for; none when it asks about something else."""
    pattern, known = _pattern()
    found = [(known[int((hit.lastgroup or "p0")[1:])], hit.span()) for hit in pattern.finditer(text)]
    rest = text
    for _, (start, end) in found:
        rest = rest[:start] + "　" * (end - start) + rest[end:]
    return Asked(_metrics([phrase for phrase, _ in found]), rest)


def _of(found: list[Phrase], kind: str) -> list[str]:
    return list(dict.fromkeys(phrase.readings[0] for phrase in found if phrase.kind == kind))


def _metrics(found: list[Phrase]) -> tuple[tuple[str, ...], ...]:
    objects = _of(found, "object")
    if "other" in objects:
        return ()
    if any(thing in _CASES for thing in objects) or (_of(found, "case") and not objects):
        return _cases([thing for thing in objects if thing in _CASES], _of(found, "case"))
    table_2 = [thing for thing in objects if thing in (*_DOCUMENTS, *_DECISIONS, "fees")]
    if table_2:
        return tuple(one for thing in table_2 for one in _disclosure(thing, found))
    return _requests(found)


def _cases(kinds: list[str], cases: list[str]) -> tuple[tuple[str, ...], ...]:
    # 复议后起诉 and 直接起诉 are kinds of lawsuits: the general word beside them adds nothing.
    special = [kind for kind in kinds if kind.startswith("litigation.")]
    wanted = [kind for kind in kinds if kind != "litigation" or not special] or ["review", "litigation"]
    return tuple((f"{kind}.{case}",) for kind in wanted for case in cases or ["total"])


def _disclosure(thing: str, found: list[Phrase]) -> list[tuple[str, ...]]:
    if thing in _DECISIONS:
        return [(f"disclosure.{thing}.decisions",)]
    if thing == "fees":
        return [("disclosure.fees.amount",)]
    stages = [phrase.readings for phrase in found if phrase.kind == "stage"]
    # The form of 2019 counts 新制作 where that of 2021 counts 制发.
    return [
        tuple(f"disclosure.{thing}.{stage}" for stage in readings)
        for readings in stages or [("issued", "produced"), ("repealed",), ("in_force", "published_total")]
    ]


def _requests(found: list[Phrase]) -> tuple[tuple[str, ...], ...]:
    columns = _of(found, "column") or ["total"]
    rows: list[tuple[str, ...]] = [(leaf,) for leaf in _of(found, "leaf")]
    for phrase in found:
        if phrase.kind == "outcome":
            # 不掌握而无法提供: the leaf says it more exactly than its group.
            rows.extend((row,) for row in phrase.readings if not any(leaf[0].startswith(f"{row}.") for leaf in rows))
    if not rows:
        rows = [phrase.readings for phrase in found if phrase.kind == "verb"]
    if not rows and (_of(found, "object") or columns != ["total"]):
        rows = [("received",)]  # 自然人提的有多少; 申请有多少
    unique = dict.fromkeys(
        tuple(f"requests.{row}.{column}" for row in readings) for readings in rows for column in columns
    )
    return tuple(unique)


def parts_of(metric: str) -> tuple[str, ...]:
    """The rows that a subtotal or the total of outcomes is made of; the kinds of outcomes of a case; else nothing."""
    family, _, rest = metric.partition(".")
    row, _, column = rest.rpartition(".")
    if family == "requests":
        below = OUTCOMES if row == "concluded" else leaves_of(row)
        return tuple(f"requests.{leaf}.{column}" for leaf in below)
    if family in ("review", "litigation") and column == "total":
        prefix = metric.removesuffix(".total")
        return tuple(f"{prefix}.{case}" for case in ("upheld", "corrected", "other_outcome", "pending"))
    return ()
