"""What the rules of all three tables share: whole numbers, blank cells, sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from assistant.figures.dossier import Dossier
from assistant.form import Metric, all_metrics
from assistant.language.numerals import number
from assistant.report import Mark
from assistant.rules.base import Hit, Severity, hit_in

__all__ = ["Sum", "added", "blank", "blank_cells", "hit_on_blank", "not_read", "not_whole", "wrong_sum"]

# Money may have fractions, and what changed since last year in table 2 of 2019 may be negative; all else is counted.
_MAY_BE_FRACTION = ("disclosure.fees.amount", "disclosure.procurement.amount")
_MAY_BE_NEGATIVE = "change"


def not_whole(dossier: Dossier, table_id: str) -> Iterator[Hit]:
    """A hit on each cell of a table that should be a whole number of at least zero and is none."""
    for metric in dossier.metrics_of(table_id):
        value = dossier.report.value(metric.id)
        if value is None:
            continue
        fraction = value != value.to_integral_value() and metric.id not in _MAY_BE_FRACTION
        if fraction or (value < 0 and metric.column.id != _MAY_BE_NEGATIVE):
            yield hit_in(metric, f"{number(value)}不是非负整数", "非负整数", number(value))


def blank(dossier: Dossier, table_id: str) -> list[Metric]:
    """The cells that a table should have figures for and has none. One that was not read is not blank: F119 tells of it."""
    report = dossier.report
    none = [metric for metric in dossier.expected_metrics(table_id) if report.value(metric.id) is None]
    return [metric for metric in none if metric.id in report.cells] if report.unread(table_id) else none


def blank_cells(dossier: Dossier, table_id: str) -> Iterator[Hit]:
    """One hit for all blank cells of a table, with the place of each."""
    cells = blank(dossier, table_id)
    if cells:
        table = f"表{cells[0].table.number}"
        places = "、".join(metric.place.removeprefix(f"{table} ") for metric in cells)
        yield hit_on_blank(table, f"{len(cells)}格没有数字：{places}", cells, places)


def hit_on_blank(where: str, message: str, cells: Iterable[Metric], anchor: str) -> Hit:
    """A hit on several blank cells."""
    marks = tuple(Mark(metric.id) for metric in cells)
    return Hit(where, message, "数字", "空白", severity="warning", anchor=anchor, marks=marks)


class Sum(NamedTuple):
    """A sum of cells that may be blank: ``value`` of those that are not, how many are blank, and how many are not."""

    value: Decimal
    blanks: int
    filled: int


def added(dossier: Dossier, metrics: Sequence[str]) -> Sum:
    """The sum of cells; a blank one counts nothing but is remembered."""
    values = [dossier.report.value(metric) for metric in metrics]
    filled = [value for value in values if value is not None]
    return Sum(sum(filled, Decimal(0)), len(values) - len(filled), len(filled))


def not_read(dossier: Dossier, metrics: Sequence[str]) -> bool:
    """Whether one of these cells is absent because its row or table was not read."""
    absent = [all_metrics()[metric].table.id for metric in metrics if metric not in dossier.report.cells]
    return any(dossier.report.unread(table) for table in set(absent))


def wrong_sum(dossier: Dossier, total: str, parts: Sequence[str], message: str) -> Iterator[Hit]:
    """A hit on a total that is not the sum of its parts. ``message`` may name ``{sum}``, ``{addends}``, ``{total}`` and
    ``{gap}``. A blank part may hold what is missing: then a person must look, unless the parts are too many already."""
    stated, summed = dossier.report.value(total), added(dossier, parts)
    if stated is None or not summed.filled or summed.value == stated:
        return
    if summed.value < stated and not_read(dossier, parts):
        return  # the rest may stand where nothing was read: F119 tells of it
    words = message.format(
        sum=number(summed.value),
        addends="＋".join(number(dossier.report.value(part)) for part in parts),
        total=number(stated),
        gap=number(abs(stated - summed.value)),
    )
    severity: Severity | None = "warning" if summed.blanks and summed.value < stated else None
    yield hit_in(all_metrics()[total], words, number(summed.value), number(stated), severity=severity)
