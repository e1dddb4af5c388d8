"""A report as it was published: its words, its cells, and where each of them stands.

Everything is frozen. A blank cell has ``value=None``: blank is not zero. Figures are ``Decimal``, never float.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "LEAST_CONFIDENCE",
    "Cell",
    "EditionId",
    "Paragraph",
    "ReadingWarning",
    "Report",
    "Section",
    "Source",
    "TableRead",
    "is_left_blank",
    "place_names",
]

# Below this a recognised cell is wrong often enough that a person must look.
LEAST_CONFIDENCE = 0.9

EditionId = Literal["2019", "2021", "free"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands in the file; lines, tables, rows and columns count from 1.

    A plain dataclass: a report has hundreds of places, and the readers make them all themselves.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    line: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    page: int | None = None
    address: str = ""

    def __str__(self) -> str:
        if self.address:
            return self.address
        parts = (
            (self.page, "第{}页"),
            (self.line, "第{}行"),
            (self.table, "第{}张表"),
            (self.row, "表内第{}行"),
            (self.column, "第{}格"),
        )
        return "".join(text.format(number) for number, text in parts if number is not None)


# How a figure is left out: a blank, a stroke, 无. None of them is a nought.
_LEFT_BLANK = frozenset({"", "/", "／", "-", "—", "－", "——", "--", "无", "\\"})


def is_left_blank(raw: str) -> bool:
    """Whether a cell holds one of the ways to leave a figure out."""
    return raw.strip() in _LEFT_BLANK


class Cell(_Frozen):
    """One figure of a table: what is printed (``raw``), the number it means, and any note in the cell. ``confidence``
    is below 1 for what was recognised from a picture."""

    raw: str
    value: Decimal | None
    note: str = ""
    source: Source = Source()
    confidence: float = 1.0


class Paragraph(_Frozen):
    """One paragraph of prose. ``heading`` is true for sub-headings such as （一）主动公开情况."""

    text: str
    source: Source = Source()
    heading: bool = False


class Section(_Frozen):
    """One of the parts of a report. ``id`` is the form's section it was recognised as, ``number`` as printed."""

    id: str | None
    number: str
    title: str
    paragraphs: tuple[Paragraph, ...] = ()
    source: Source = Source()

    @property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def label(self) -> str:
        """The heading as people point at it: 三、收到和处理政府信息公开申请情况."""
        return f"{self.number}、{self.title}" if self.number else self.title

    @cached_property  # every rule that reads prose asks for it
    def places(self) -> tuple[str, ...]:
        """Where each paragraph stands, as ``place_names`` tells it."""
        return place_names(self.label, self.paragraphs)


class ReadingWarning(_Frozen):
    """Something in the file that could not be placed or understood. ``kind`` tells what checks must know of: ``unread``
    is a part of the file that was not read, ``picture`` a picture where the form has the table ``table``, ``draft`` a
    trace of drafting that Word keeps (revisions, comments, highlighting). ``table`` is its table, if any."""

    message: str
    source: Source = Source()
    kind: Literal["", "unread", "picture", "draft"] = ""
    table: str = ""


class TableRead(_Frozen):
    """What was found of one table: which section it stands in, labels of rows as printed, the columns of table 3 in the
    order of its header where that was found, labels that fit nothing, of table 2 what is printed above each row: the
    item of Article 20 and the names of its columns."""

    id: str
    section: str | None
    rows: Mapping[str, str] = Field(default_factory=dict)
    columns: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    heads: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    source: Source = Source()


class Report(_Frozen):
    """One yearly report. ``cells`` maps metric ids of DOMAIN to cells, in the form's order.

    ``edition`` tells by rows and headers, never by the year; ``free`` is a report without the form's tables.
    ``published`` is the day the page it was read from tells.
    """

    file: str
    unit: str
    year: int | None
    edition: EditionId
    title: str
    preamble: tuple[Paragraph, ...] = ()
    sections: tuple[Section, ...] = ()
    closing: tuple[Paragraph, ...] = ()
    cells: Mapping[str, Cell] = Field(default_factory=lambda: MappingProxyType({}))
    tables: tuple[TableRead, ...] = ()
    warnings: tuple[ReadingWarning, ...] = ()
    published: date | None = None

    def value(self, metric: str) -> Decimal | None:
        """The figure of a metric; ``None`` when the cell is blank or the table has no such cell."""
        cell = self.cells.get(metric)
        return cell.value if cell else None

    @property
    def doubtful(self) -> tuple[str, ...]:
        """Metrics of the cells that the recognition of a picture is not sure of."""
        return tuple(metric for metric, cell in self.cells.items() if cell.confidence < LEAST_CONFIDENCE)

    def section(self, section_id: str) -> Section | None:
        return next((section for section in self.sections if section.id == section_id), None)

    def table(self, table_id: str) -> TableRead | None:
        return next((table for table in self.tables if table.id == table_id), None)

    def unread(self, table_id: str) -> tuple[ReadingWarning, ...]:
        """What was not read of one of the form's tables, or of the file, where it may be: its cells are absent, and
        nobody may call them blank or missing."""
        told = (warning for warning in self.warnings if warning.kind in ("unread", "picture"))
        return tuple(warning for warning in told if warning.table in ("", table_id))


def place_names(label: str, paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """How a person finds each of these paragraphs in the file that he has open: 一、总体情况·第3段，第2页.

    Sub-headings on a line of their own are counted; an only paragraph has no number. Lines are those of the text that
    we made of the file, which nobody has before him: they are not told. The page is, where the file has pages.
    """
    several = len(paragraphs) > 1
    names = []
    for number, paragraph in enumerate(paragraphs, start=1):
        page = paragraph.source.page
        place = "，".join(([f"第{number}段"] if several else []) + ([f"第{page}页"] if page else []))
        names.append("·".join(filter(None, (label, place))))
    return tuple(names)


class Mark(NamedTuple):
    """A place of the report that a finding points at: a cell by its metric, or characters of one of its paragraphs."""

    metric: str = ""
    paragraph: Paragraph | None = None
    start: int = 0
    end: int = 0
