"""Faults in cells: one more, one less, digits swapped; a case in the wrong row of outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from assistant.figures.dossier import Dossier
from assistant.form import all_metrics
from assistant.report import Cell, Report
from evals.inject.base import Fault, Number, Sample, agrees, value_of
from evals.inject.digits import swapped

__all__ = ["cell_faults", "moved_cases"]

_MAIN = ("received", "carried_in", "concluded", "carried_out")


def cell_faults(sample: Sample) -> Iterator[Fault]:
    """Every cell with a figure."""
    for metric, cell in sample.dossier.report.cells.items():
        if cell.value is None:
            continue
        step = Decimal(1).scaleb(int(cell.value.as_tuple().exponent))
        for kind, value in (
            ("one_off", cell.value + step),
            ("one_off", cell.value - step),
            ("swapped", _swapped(cell.value)),
        ):
            if value is not None and value >= 0:
                yield _fault(sample, f"cell_{kind}", {metric: value})


def moved_cases(sample: Sample) -> Iterator[Fault]:
    """One case of a natural person counted in the next row of outcomes: every sum of the table still holds."""
    report = sample.dossier.report
    table = report.table("requests")
    rows = [row for row in (table.rows if table else ()) if row not in _MAIN]
    for row, other in zip(rows, (*rows[1:], *rows[:1]), strict=True):
        changes = {}
        for column in ("natural_person", "total"):
            for name, step in ((row, -1), (other, 1)):
                value = report.value(f"requests.{name}.{column}")
                changes[f"requests.{name}.{column}"] = value + step if value is not None else None
        if all(value is not None and value >= 0 for value in changes.values()):
            yield _fault(
                sample, "moved_case", {metric: value for metric, value in changes.items() if value is not None}
            )


def _swapped(value: Decimal) -> Decimal | None:
    written = swapped(f"{value:f}")
    return Decimal(written) if written else None


def _fault(sample: Sample, kind: str, values: Mapping[str, Decimal]) -> Fault:
    report = sample.dossier.report
    cells = {**report.cells, **{metric: _cell(report, metric, value) for metric, value in values.items()}}
    changed = report.model_copy(update={"cells": cells})
    told = "，".join(
        f"{all_metrics()[metric].place} {report.cells[metric].raw}→{value:f}" for metric, value in values.items()
    )
    after = Dossier(changed, sample.dossier.previous)
    tellers = [number for number in sample.numbers if _tells(number, after)]
    alone = kind == "moved_case" or next(iter(values)).startswith("disclosure.")
    impossible = (
        "" if tellers or not alone or _from_last_year(sample, values) else "no sum, no prose and no earlier year has it"
    )
    return Fault(kind, changed, told, frozenset(_equations(report, values)), figures_only=True, impossible=impossible)


def _cell(report: Report, metric: str, value: Decimal) -> Cell:
    return report.cells[metric].model_copy(update={"raw": f"{value:f}", "value": value})


def _tells(number: Number, after: Dossier) -> bool:
    """Whether the prose states what the changed table no longer has, in any way that it may be read."""
    if number.relation != "value":
        return False
    values = [value_of(after, reading) for reading in number.readings]
    return bool(values) and all(value is not None and not agrees(_written(number), value) for value in values)


def _written(number: Number) -> str:
    """The number with the 万 and 余 behind it: labels name its digits alone."""
    text = number.paragraph.text[number.start :]
    scale = text[len(number.text) : len(number.text) + 2]
    return number.text if number.text[-1:] in "万余元" else number.text + scale


def _from_last_year(sample: Sample, values: Mapping[str, Decimal]) -> bool:
    """现行有效 follows from last year's, and where no 规章 can be made, any is wrong."""
    previous = sample.dossier.previous
    rows = {metric.rpartition(".")[0] for metric in values}
    return previous is not None and any(previous.value(f"{row}.in_force") is not None for row in rows)


def _equations(report: Report, values: Mapping[str, Decimal]) -> Iterator[str]:
    """The changed cells and those of their rows and columns: a sum is marked where it stands."""
    yield from values
    for metric in values:
        row, _, column = metric.rpartition(".")
        yield from (other for other in report.cells if other.rpartition(".")[0] == row)
        if metric.startswith("requests."):
            yield from (
                other for other in report.cells if other.startswith("requests.") and other.endswith(f".{column}")
            )
