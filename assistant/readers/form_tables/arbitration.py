"""What the sums of a recognised table say of its doubtful cells: a sum that comes out confirms what was read, two that
fail where a row and a column cross point at a cell that was misread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from assistant.form import EDITION_2021
from assistant.readers.form_tables.labels import rows_known
from assistant.report import LEAST_CONFIDENCE, Cell

__all__ = ["arbitrated"]

_DOUBT, _CONFIRMED = 0.5, 0.95
_ONE_SUM = (
    0.985  # table 4 has no columns that add up: where a group fails, its cells that are not quite sure are doubtful
)

_Sum = tuple[frozenset[str], frozenset[str]]


def arbitrated(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """``cells`` with other confidences: written ones, and tables that were read surely, stay as they are."""
    made = dict(cells)
    recognised = {metric for metric, cell in cells.items() if cell.confidence < 1}
    if not recognised:
        return made
    sums = [(left, right) for left, right in _sums(tuple(cells)) if (left | right) & recognised]
    holding = {each for each in sums if _holds(each, cells)}
    _confirm(made, holding)
    for metric in recognised:
        over = [each for each in sums if metric in each[0] | each[1]]
        lone = len(over) == 1 and metric.startswith(("review.", "litigation.")) and made[metric].confidence < _ONE_SUM
        if over and not holding.intersection(over) and (len(over) > 1 or lone):
            made[metric] = made[metric].model_copy(update={"confidence": min(made[metric].confidence, _DOUBT)})
    return made


def _confirm(cells: dict[str, Cell], holding: set[_Sum]) -> None:
    """Take the doubt from cells whose sum comes out with nothing else doubtful in it, or whose row and column do. A sum
    does not tell 0 from a blank: a 0 is confirmed only in a table that has no blanks."""
    with_blanks = {metric.partition(".")[0] for metric, cell in cells.items() if cell.value is None}
    doubtful = {metric for metric, cell in cells.items() if cell.confidence < LEAST_CONFIDENCE}
    while True:
        sure = set()
        for metric in doubtful:
            over = [left | right for left, right in holding if metric in left | right]
            alone = any(each & doubtful == {metric} for each in over)
            told = cells[metric].value or metric.partition(".")[0] not in with_blanks
            if cells[metric].value is not None and told and (alone or len(over) > 1):
                sure.add(metric)
        if not sure:
            return
        for metric in sure:
            cells[metric] = cells[metric].model_copy(update={"confidence": _CONFIRMED})
        doubtful -= sure


def _holds(each: _Sum, cells: Mapping[str, Cell]) -> bool:
    """Whether both sides are the same; blanks add nothing."""
    left, right = (sum(cells[metric].value or 0 for metric in side) for side in each)
    return left == right


@cache
def _sums(metrics: tuple[str, ...]) -> Sequence[_Sum]:
    """The sums of tables 3 and 4 all of whose cells were read; of the results, those that the edition has."""
    known = frozenset(metrics)
    return [(left, right) for left, right in _of_form(known) if left and right and left | right <= known]


def _of_form(known: frozenset[str]) -> Iterator[_Sum]:
    columns = [column.id for column in EDITION_2021.table("requests").blocks[0].columns]
    rows = [row.id for row in rows_known("requests")]
    results = [row for row in rows if row not in {"received", "carried_in", "concluded", "carried_out"}]
    for row in rows:
        yield _cells([row], columns[:-1]), _cells([row], columns[-1:])
    for column in columns:
        yield _cells(["received", "carried_in"], [column]), _cells(["concluded", "carried_out"], [column])
        yield _cells(results, [column]) & known, _cells(["concluded"], [column])
    cases = [metric.id for metric in EDITION_2021.metrics_of("review")]
    for group in dict.fromkeys(metric.rpartition(".")[0] for metric in cases):
        own = [metric for metric in cases if metric.rpartition(".")[0] == group]
        yield frozenset(own[:-1]), frozenset(own[-1:])


def _cells(rows: Sequence[str], columns: Sequence[str]) -> frozenset[str]:
    return frozenset(f"requests.{row}.{column}" for row, column in product(rows, columns))
