"""The five figures that whoever answers for a report looks at first, beside last year's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.figures.dossier import Dossier
from assistant.language.numerals import number

__all__ = ["Headline", "headlines"]

_NAMES = {
    "requests.received.total": "新收申请",
    "requests.concluded.total": "办理总计",
    "requests.denied.total": "不予公开",
    "review.total": "行政复议",
    "litigation.total": "行政诉讼",
}


@dataclass(frozen=True, slots=True)
class Headline:
    """One of them; empty what is blank, not in the report, or of a year that is not here. ``change`` is in words:
    增加12件，同比增长8.51%."""

    name: str
    now: str
    before: str
    change: str


def headlines(dossier: Dossier) -> Iterator[Headline]:
    """All five, in the order of the tables."""
    book = dossier.book
    for metric, name in _NAMES.items():
        now, before = book.get(metric), book.get(f"{metric}.last_year")
        changes = [found.text for suffix in ("change", "yoy") if (found := book.get(f"{metric}.{suffix}"))]
        yield Headline(
            name,
            f"{number(now.value)}{now.unit}" if now else "",
            f"{number(before.value)}{before.unit}" if before else "",
            "，".join(dict.fromkeys(changes)),
        )
