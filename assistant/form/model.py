"""What an edition of the statutory form is made of.

The form is data (``edition_2021``, ``edition_2019``); everything that concerns it, from reading a table to naming a
cell in a finding, follows these few types.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity, as Row is
class Column:
    """One column: id, printed label, other labels met in real reports, and the unit of its figures."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    unit: str = "件"


@dataclass(frozen=True, slots=True, eq=False)  # by identity: the readers remember what they found by tuples of rows
class Row:
    """One row of figures. ``mark`` is its place in the form's own numbering (三（三）1), ``group`` the subtotal it
    belongs to, ``short`` what people call it."""

    id: str
    label: str
    mark: str = ""
    group: str = ""
    short: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.short or self.label


class Block(NamedTuple):
    """Rows that share their columns. ``heading`` is the item of Article 20 that table 2 prints above a block."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    heading: str = ""


class Table(NamedTuple):
    """One of the three tables. ``layout`` is ``rows`` (a row's figures stand to the right of its label) or ``strip``
    (all figures stand in one line, table 4)."""

    id: str
    number: str
    section: str
    blocks: tuple[Block, ...]
    layout: str = "rows"
    caption: str = ""

    @property
    def prefix(self) -> str:
        """What metric ids of this table open with; ids of table 4 (review.*, litigation.*) open with their row."""
        return "" if self.id == "review" else f"{self.id}."

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for block in self.blocks for row in block.rows)


class Metric(NamedTuple):
    """One number of the form. ``place`` is how people point at it: 表三 三（三）1·总计."""

    id: str
    table: Table
    row: Row
    column: Column

    @property
    def place(self) -> str:
        return f"表{self.table.number} {self.row.mark or self.row.name}·{self.column.label}"

    @property
    def unit(self) -> str:
        return self.column.unit

    @property
    def name(self) -> str:
        if self.table.id == "requests":
            return f"{self.row.name}（{self.column.label}）"
        return f"{self.row.name}{self.column.label}"


class SectionTitle(NamedTuple):
    """One of the six parts: canonical title and other wordings that still name it."""

    id: str
    number: str
    title: str
    aliases: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.number}、{self.title}"


@dataclass(frozen=True)
class Edition:
    """One edition of the form (格式), with the document that sets it."""

    id: str
    basis: str
    tables: tuple[Table, ...]
    sections: tuple[SectionTitle, ...]

    @cached_property
    def metrics(self) -> dict[str, Metric]:
        """Every number of the form by id, in the form's order."""
        return {metric.id: metric for metric in self._walk()}

    def _walk(self) -> Iterator[Metric]:
        for table in self.tables:
            for block in table.blocks:
                for row in block.rows:
                    for column in block.columns:
                        yield Metric(f"{table.prefix}{row.id}.{column.id}", table, row, column)

    @property
    def table_ids(self) -> tuple[str, ...]:
        return tuple(table.id for table in self.tables)

    def table(self, table_id: str) -> Table:
        return next(table for table in self.tables if table.id == table_id)

    def metrics_of(self, table_id: str) -> tuple[Metric, ...]:
        return tuple(metric for metric in self.metrics.values() if metric.table.id == table_id)
