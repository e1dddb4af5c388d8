"""The book of figures: every number that a report may state, by id, with where it comes from.

Ids are the cells' (``requests.received.total``) and, derived from them:

- subtotals of table 3: ``requests.denied.<column>``, ``unavailable``, ``not_processed``, ``otherwise_handled``;
- ``requests.workload.<column>``: 新收 + 上年结转, which many reports call 收办;
- ``requests.<row>.legal_person``: the five columns under 法人或其他组织;
- ``litigation.<column>``: both kinds of lawsuits;
- a total of table 3 whose cell is blank: the sum of its row;
- of all sums: only where every addend is there. A partial sum is no figure: 147 where one cell is blank may be 158;
- suffixes: ``.last_year``, ``.change`` (件), ``.yoy`` (同比, %), ``.share`` (of its whole, %).

Percentages are rounded half up to two places (四舍五入); nothing else is rounded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Protocol

from assistant.form import APPLICANTS, CASES, GROUPS, all_metrics, leaves_of
from assistant.language.numerals import rounded
from assistant.report import is_left_blank

__all__ = ["Book", "Figure", "label_of", "noughts_left_blank", "place_of"]

PERCENT_STEP = Decimal("0.01")
_LEGAL_PERSONS = tuple(column.id for column in APPLICANTS if column.id not in ("natural_person", "total"))
_COLUMNS = {column.id: column.label for column in APPLICANTS} | {"legal_person": "法人或其他组织"}
_GROUP_NAMES = {group.id: group.name for group in GROUPS} | {"workload": "新收＋上年结转"}
_WHOLE = "requests.concluded.total"
# Rows that make up table 3 beside the outcomes; a share of these is not a share of what was concluded.
_NOT_OUTCOMES = ("received", "carried_in", "carried_out", "concluded", "workload")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the book: its value, how it is written in prose, and the cells it comes from."""

    id: str
    value: Decimal
    unit: str
    label: str
    source: str

    @property
    def text(self) -> str:
        """As prose writes it: 3646件, 同比增长1.08%, 1087.31万元."""
        if self.id.endswith(".yoy"):
            return _direction("同比增长", "同比下降", self.value, "%", "与上年持平")
        if self.id.endswith(".change"):
            return _direction("增加", "减少", self.value, self.unit, "与上年持平")
        return f"{self.value:f}{self.unit}"


def _direction(up: str, down: str, value: Decimal, unit: str, same: str) -> str:
    return same if value == 0 else f"{up if value > 0 else down}{abs(value):f}{unit}"


class Book(Mapping[str, Figure]):
    """Figures by id; derived ones are worked out when asked for. A blank cell has no entry.

    ``noughts`` are blank cells that count nothing in a sum (``noughts_left_blank``); any other blank leaves it open.
    """

    def __init__(
        self,
        cells: Mapping[str, Decimal | None],
        last_year: Book | Mapping[str, Decimal | None] | None = None,
        own: Iterable[Figure] = (),
        noughts: Collection[str] = (),
    ) -> None:
        self._cells = {metric: value for metric, value in cells.items() if value is not None}
        self._noughts = noughts
        self._last = last_year if last_year is None or isinstance(last_year, Book) else Book(last_year)
        self._own = {figure.id: figure for figure in own}
        self._worked_out: dict[str, Figure | None] = {}

    def __getitem__(self, key: str) -> Figure:
        figure = self._own.get(key) or self._derived(key)
        if figure is None:
            raise KeyError(key)
        return figure

    def __iter__(self) -> Iterator[str]:
        yield from self._own
        for base in self._bases():
            for key in (base, *(f"{base}.{suffix}" for suffix in ("last_year", "change", "yoy", "share"))):
                if self._derived(key) is not None:
                    yield key

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def value(self, key: str) -> Decimal | None:
        """The number alone; ``None`` when the book does not have it."""
        figure = self.get(key)
        return figure.value if figure else None

    @property
    def before(self) -> Book | None:
        """Last year's book; it has a ``before`` of its own where the year before that is known."""
        return self._last

    def _bases(self) -> Iterator[str]:
        yield from self._cells
        for row in (*_GROUP_NAMES, "received"):
            for column in _COLUMNS:
                key = f"requests.{row}.{column}"
                if key not in self._cells and self._base(key) is not None:
                    yield key
        yield from (key for case in CASES if self._base(key := f"litigation.{case.id}") is not None)

    def _derived(self, key: str) -> Figure | None:
        if key not in self._worked_out:
            self._worked_out[key] = self._work_out(key)
        return self._worked_out[key]

    def _work_out(self, key: str) -> Figure | None:
        base, _, suffix = key.rpartition(".")
        if suffix == "last_year":
            return self._from_last_year(key, base)
        if suffix in ("change", "yoy"):
            return self._compared(key, base, suffix)
        if suffix == "share":
            return self._share(key, base)
        return self._base(key)

    def _base(self, key: str) -> Figure | None:
        parts = self.parts(key)
        if not parts:
            return None
        values = [self._cells[part] for part in parts if part in self._cells]
        # A group whose cells are all blank is blank, whatever blanks mean in its table.
        if not values or self.missing(key):
            return None
        source = place_of(key) if len(parts) == 1 else f"{place_of(key)}（{len(parts)}格之和）"
        return Figure(key, sum(values, Decimal(0)), _unit(parts[0]), label_of(key), source)

    def parts(self, key: str) -> tuple[str, ...]:
        """The cells whose sum a key is: one for a cell, several for a subtotal, none for an unknown key."""
        if key in self._cells:
            return (key,)
        family, _, rest = key.partition(".")
        row, _, column = rest.rpartition(".")
        printed = family == "requests" and any(f"requests.{row}.{c.id}" in self._cells for c in APPLICANTS)
        if printed and column == "total":
            # A total left blank (上海 2019 leaves twenty) is what its row adds up to.
            return tuple(f"requests.{row}.{c.id}" for c in APPLICANTS if c.id != "total")
        if family == "litigation" and not row:
            return (f"litigation.direct.{column}", f"litigation.after_review.{column}")
        if family != "requests" or column not in _COLUMNS:
            return ()
        if row == "workload":
            rows: tuple[str, ...] = ("received", "carried_in")
            return tuple(part for each in rows for part in self._addends(f"requests.{each}.{column}"))
        if row in _GROUP_NAMES:
            return tuple(part for leaf in leaves_of(row) for part in self._addends(f"requests.{leaf}.{column}"))
        if column == "legal_person":
            return tuple(f"requests.{row}.{legal}" for legal in _LEGAL_PERSONS)
        return ()

    def _addends(self, cell: str) -> tuple[str, ...]:
        """What a cell adds to a sum: itself, or, where a total is blank, its row; a row that is not there is missing."""
        return self.parts(cell) or (cell,)

    def missing(self, key: str) -> tuple[str, ...]:
        """The addends that keep a sum from being told: those of its parts that are blank or were not read."""
        return tuple(part for part in self.parts(key) if part not in self._cells and part not in self._noughts)

    def _from_last_year(self, key: str, base: str) -> Figure | None:
        before = self._last.get(base) if self._last is not None else None
        if before is None:
            return None
        return Figure(key, before.value, before.unit, f"上年{before.label}", f"上年报告 {before.source}")

    def _compared(self, key: str, base: str, suffix: str) -> Figure | None:
        now, before = self._derived(base), self._from_last_year(f"{base}.last_year", base)
        if now is None or before is None:
            return None
        source = f"{now.source}；{before.source}"
        if suffix == "change":
            return Figure(key, now.value - before.value, now.unit, f"{now.label}比上年增减", source)
        if before.value == 0:
            return None  # no rate over nothing
        rate = rounded((now.value - before.value) * 100 / before.value, PERCENT_STEP)
        return Figure(key, rate, "%", f"{now.label}同比", source)

    def _share(self, key: str, base: str) -> Figure | None:
        row, _, column = base.removeprefix("requests.").rpartition(".")
        if not base.startswith("requests.") or (row in _NOT_OUTCOMES and column == "total"):
            return None
        whole_id = f"requests.{row}.total" if row in _NOT_OUTCOMES else _WHOLE
        part, whole = self._derived(base), self._derived(whole_id)
        if part is None or whole is None or whole.value == 0 or (row not in _NOT_OUTCOMES and column != "total"):
            return None
        value = rounded(part.value * 100 / whole.value, PERCENT_STEP)
        return Figure(key, value, "%", f"{part.label}占{whole.label}", f"{part.source}；{whole.source}")


class Printed(Protocol):
    """A cell as it is printed: of a report, or of the catalog."""

    @property
    def value(self) -> Decimal | None: ...

    @property
    def raw(self) -> str: ...


@cache
def _metrics_of(table: str) -> tuple[str, ...]:
    return tuple(metric for metric, known in all_metrics().items() if known.table.id == table)


def noughts_left_blank(printed: Mapping[str, Printed]) -> frozenset[str]:
    """The blank cells of tables 3 and 4 that a report itself shows to be noughts: its table prints no nought anywhere, and every
    total beside blank cells is what the others add up to (上海 2019: 821 + 35 + 2 + 1 = 859, two cells blank).

    A cell with words in it, or one that was not read, is never among them.
    """
    found: set[str] = set()
    for table in ("requests", "review"):
        cells = {metric: printed[metric] for metric in _metrics_of(table) if metric in printed}
        blank = {metric for metric, cell in cells.items() if cell.value is None and is_left_blank(cell.raw)}
        if not blank:
            continue
        rows: dict[str, list[str]] = {}
        for metric in cells:
            rows.setdefault(metric.rpartition(".")[0], []).append(metric)
        told = [_adds_up(row, cells) for row in rows.values() if blank.intersection(row)]
        if True in told and False not in told and all(cell.value != 0 for cell in cells.values()):
            found |= blank
    return frozenset(found)


def _adds_up(row: list[str], cells: Mapping[str, Printed]) -> bool | None:
    """Whether the printed figures of a row are its total; ``None`` where it has no total to tell by."""
    total = next((cells[metric].value for metric in row if metric.endswith(".total")), None)
    values = [value for metric in row if not metric.endswith(".total") and (value := cells[metric].value) is not None]
    return None if total is None else sum(values, Decimal(0)) == total


def _unit(metric: str) -> str:
    known = all_metrics().get(metric)
    return known.unit if known else "件"


@lru_cache(maxsize=4096)  # a ranking asks for the same few names a thousand times
def label_of(key: str) -> str:
    """The Chinese name of a cell or subtotal, of this year or of last: 不予公开（总计）."""
    if key.endswith(".last_year"):
        return f"上年{label_of(key.removesuffix('.last_year'))}"
    known = all_metrics().get(key)
    if known:
        return known.name
    family, _, rest = key.partition(".")
    row, _, column = rest.rpartition(".")
    if family == "litigation":
        return f"行政诉讼{next((case.label for case in CASES if case.id == column), column)}"
    total = all_metrics().get(f"requests.{row}.total")
    name = _GROUP_NAMES.get(row) or (total.row.name if total else row)
    return f"{name}（{_COLUMNS.get(column, column)}）"


@lru_cache(maxsize=4096)
def place_of(key: str) -> str:
    """Where people look for a cell or subtotal: 表三 三（三）·总计."""
    known = all_metrics().get(key)
    if known:
        return known.place
    family, _, rest = key.partition(".")
    row, _, column = rest.rpartition(".")
    if family == "litigation":
        return f"表四 行政诉讼两类·{next((case.label for case in CASES if case.id == column), column)}"
    group = next((g for g in GROUPS if g.id == row), None)
    mark = group.mark if group else "一＋二" if row == "workload" else row
    total = all_metrics().get(f"requests.{row}.total")
    if group is None and total is not None:
        mark = total.row.mark
    return f"表三 {mark}·{_COLUMNS.get(column, column)}"
