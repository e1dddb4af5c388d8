"""What has been read of one of the form's three tables, and how cells, odd rows and doubts are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import dropwhile
from typing import Literal, NamedTuple

from assistant.form import Column, Row
from assistant.readers.blocks import GridCell
from assistant.readers.form_tables.labels import group_labels, is_figure, nearly_a_row, parse_cell, value_of
from assistant.report import Cell, ReadingWarning, Source
from assistant.text import fold

__all__ = ["DOUBT", "Header", "TableReading", "has_figure", "short_by", "usual_length"]

_FEW = 5  # rows that a message names
DOUBT = 0.5  # how sure a cell is that was recognised as words, or in a row whose label was not


class Header(NamedTuple):
    """A header row of table 2: the edition it is of, the columns it names from left to right, its cells as drawn, and
    which of these name the columns."""

    edition: str
    columns: tuple[Column, ...]
    cells: Sequence[GridCell]
    places: tuple[int, ...]


@dataclass
class TableReading:
    """What has been read of one table so far; a table split in several grids is read into one of these."""

    table: str
    cells: dict[str, Cell] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    in_print: tuple[Column, ...] = ()  # of table 3: its columns in the order of its header
    unplaced: list[str] = field(default_factory=list)
    odd_rows: list[tuple[str, Source]] = field(default_factory=list)
    warnings: list[ReadingWarning] = field(default_factory=list)
    editions: set[str] = field(default_factory=set)
    next_row: int = 0
    header: Header | None = None  # of table 2: it holds for the rows below it, in the next grid too
    unread_header: str = ""  # of table 2: the words of the header above, where nobody can say which columns it names
    item: str = ""  # of table 2: the item of Article 20 above the rows, 第二十条第（一）项
    heads: dict[str, tuple[str, ...]] = field(default_factory=dict)
    strips: list[Sequence[GridCell]] = field(default_factory=list)  # rows of table 4 that may be its figures
    source: Source = field(default_factory=Source)

    def warn(self, message: str, source: Source, *, unread: bool = False) -> None:
        kind: Literal["", "unread"] = "unread" if unread else ""
        self.warnings.append(ReadingWarning(message=message, source=source, kind=kind, table=self.table))

    def store(
        self, prefix: str, columns: Sequence[Column], values: Sequence[GridCell], row: Sequence[GridCell]
    ) -> None:
        """Take the figures of a row, one for each column; the first reading of a row counts."""
        label = next((cell.text.strip() for cell in row if cell.text.strip()), "")
        if len(values) != len(columns):
            # Which cell is missing or too many cannot be told: figures in wrong columns would be worse than none.
            counts = f"应有{len(columns)}格，实有{len(values)}格"
            self.warn(f"“{label}”一行{counts}，不能确定各格是哪一项，没有采用", row[0].source, unread=True)
            return
        metrics = [f"{prefix}.{column.id}" for column in columns]
        before = [self.cells[metric].raw for metric in metrics if metric in self.cells]
        if before:
            if before != [value.text.strip() for value in values]:
                self.warn(f"“{label}”一行出现不止一次，数字不同，取第一次的", row[0].source)
            return
        for metric, value in zip(metrics, values, strict=True):
            self.keep(metric, value)
        self._tell_left_out(label, values, row)

    def _tell_left_out(self, label: str, values: Sequence[GridCell], row: Sequence[GridCell]) -> None:
        """Figures behind the label of a row that are below none of its columns."""
        taken = {(value.text, value.source) for value in values}
        behind = dropwhile(lambda cell: is_figure(cell.text), row)
        left_out = [
            cell
            for cell in behind
            if value_of(cell.text) is not None and not cell.covered and (cell.text, cell.source) not in taken
        ]
        if left_out:
            figures = "、".join(f"“{cell.text.strip()}”" for cell in left_out)
            what = f"“{label}”一行的{figures}不在任何一列的表头下面，没有采用，请核对"
            self.warn(what, left_out[0].source)

    def refuse_short(self, row: Sequence[GridCell], missing: int) -> None:
        """A row with fewer cells than those around it: nobody can say which of them is missing, so none is taken."""
        self.warn(
            f"“{_label_of(row)}”一行比表中其他行少{missing}格，不能确定缺的是哪一格，没有采用",
            row[0].source,
            unread=True,
        )

    def keep(self, metric: str, value: GridCell) -> None:
        """Take one cell; what is no figure is told at its place."""
        # Recognised, however surely, as something that no cell of figures holds: it is not what is printed there.
        odd = value.confidence < 1 and not is_figure(value.text)
        confidence = min(value.confidence, DOUBT) if odd else value.confidence
        self.cells[metric] = parse_cell(value.text, value.source, confidence)
        if not is_figure(value.text):
            self.warn(f"格内不是数字：“{value.text.strip()}”", value.source)

    def note_unplaced(self, row: Sequence[GridCell], rows: Sequence[Row]) -> None:
        """A row whose label fits none of ``rows``: kept by its text, when it has figures or is much like one of
        them."""
        label = _label_of(row)
        if fold(label) in group_labels() or not (has_figure(row) or nearly_a_row(label, rows)):
            return
        label = label or "（没有标签的一行）"
        self.unplaced.append(label)
        self.odd_rows.append((label, row[0].source))

    def tell_odd_rows(self, missing: Sequence[Row]) -> None:
        """Rows that fit none of the form's, when all are read: where rows of the form are ``missing``, the figures of
        one of these may be theirs, so these were not read; else they are rows too many."""
        names = "、".join(row.name for row in missing[:_FEW]) + ("等" if len(missing) > _FEW else "")
        for label, source in self.odd_rows:
            if missing:
                what = f"表格中有一行无法对应格式：“{label}”，没有采用；表中没有找到的行：{names}"
                self.warn(what, source, unread=True)
            else:
                self.warn(f"表格中有一行无法对应格式：“{label}”", source)


def usual_length(rows: Sequence[Sequence[GridCell]]) -> int:
    """How many cells most of these rows have; the fewer of two counts that are as common."""
    counts = Counter(map(len, rows))
    return min(counts, key=lambda length: (-counts[length], length), default=0)


def short_by(row: Sequence[GridCell], usual: int) -> int:
    return max(usual - len(row), 0)


def has_figure(row: Sequence[GridCell]) -> bool:
    return any(value_of(cell.text) is not None for cell in row)


def _label_of(row: Sequence[GridCell]) -> str:
    """The last words in front of the figures of a row: group labels stand to the left of them."""
    label = ""
    for cell in row:
        if not is_figure(cell.text):
            label = cell.text.strip()
        elif cell.text.strip() and label:
            break
    return label
