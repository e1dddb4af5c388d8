"""What a look-up finds: sentences, the figures they state, and the cells they cite."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from assistant.asking.result import AnswerFigure, Citation
from assistant.figures.book import Book, Figure, label_of, place_of
from assistant.library import CatalogEntry, Library, PrintedFigure

__all__ = ["Found", "ReportFigures", "Reports", "label"]

_MOST_CELLS_QUOTED = 8


class ReportFigures:
    """One catalogued report's figures: as printed, and as a book. ``before`` is the year it is compared with."""

    def __init__(self, library: Library, entry: CatalogEntry, before: dict[str, Decimal | None] | None = None) -> None:
        self.entry = entry
        self.unit, self.year = entry.unit, entry.year
        self.printed: dict[str, PrintedFigure] = library.catalog.figures(entry.id)
        self.book = Book({metric: cell.value for metric, cell in self.printed.items()}, before)

    @property
    def name(self) -> str:
        return f"{self.unit}{self.year}年"

    def figure(self, readings: tuple[str, ...]) -> Figure | None:
        """The first of the readings that the report has."""
        return next((self.book[metric] for metric in readings if metric in self.book), None)

    def blank(self, metric: str) -> bool:
        """Whether the cell is there and empty (its figure, if any, is what its row adds up to)."""
        return metric in self.printed and self.printed[metric].value is None

    def quote(self, metric: str) -> str:
        """What is printed in the cells behind a metric: 结果维持 88; for a sum, each cell that was added."""
        parts = self.book.parts(metric) or (metric,)
        cells = [self.printed[part] for part in parts if part in self.printed]
        if len(cells) > _MOST_CELLS_QUOTED:
            cells = [cell for cell in cells if cell.value]
        return "；".join(f"{label_of(cell.metric)} {cell.raw or '（空白）'}" for cell in cells)


class Reports:
    """The reports that a question is about, opened when needed."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def open(self, unit: str, year: int, compared_with: int | None = None) -> ReportFigures | None:
        entry = self._library.entry(unit, year)
        before = self._library.cells(unit, compared_with) if compared_with else None
        return ReportFigures(self._library, entry, before or None) if entry else None


@dataclass
class Found:
    """Sentences of an answer in the making. ``missing`` is set when a figure asked for is not to be had."""

    sentences: list[str] = field(default_factory=list)
    figures: list[AnswerFigure] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    missing: bool = False

    def state(self, figure: Figure, report: ReportFigures, text: str = "") -> str:
        """Take a figure into the answer; returns the words that state it."""
        written = text or figure.text
        self.figures.append(
            AnswerFigure(text=written, value=figure.value, metric=figure.id, unit=report.unit, year=report.year)
        )
        return written

    def cite(self, metric: str, report: ReportFigures) -> str:
        """Cite a cell or subtotal; returns the mark that stands in the answer: （表三 一·总计）."""
        where, name = place_of(metric), f"C{report.entry.id}.{metric}"
        if all(citation.id != name for citation in self.citations):
            quote = report.quote(metric)
            self.citations.append(Citation(id=name, unit=report.unit, year=report.year, where=where, quote=quote))
        note = "，该格空白，由各列相加" if report.blank(metric) and metric in report.book else ""
        return f"（{where}{note}）"

    def stated(self, figure: Figure, report: ReportFigures) -> str:
        """A figure with its citation: 97件（表三 一·总计）."""
        return f"{self.state(figure, report)}{self.cite(figure.id, report)}"


def label(metric: str) -> str:
    """What a sentence calls a figure; a total needs no column, the year no 本年: 不予公开, 新收申请, 行政许可处理决定数量."""
    plain = label_of(metric).removesuffix("（总计）").replace("办理结果总计", "办结总数").replace("本年", "")
    return plain.removesuffix("总计") or plain
