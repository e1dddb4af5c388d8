"""The figures of catalogued reports as an answer needs them, and the answer in the making: sentences, figures,
citations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from assistant.asking.questions.expressions import cells_in, evaluate
from assistant.asking.result import AnswerFigure, Citation
from assistant.figures.book import Book, Figure, label_of, noughts_left_blank, place_of
from assistant.form import APPLICANTS, all_metrics, leaves_of
from assistant.library import Library, PrintedFigure
from assistant.report import is_left_blank

__all__ = ["AnswerBuilder", "ReportFigures", "Reports", "cells_of"]

_MOST_CELLS_QUOTED = 8


@dataclass(frozen=True)
class ReportFigures:
    """One catalogued report's figures, or those of them that a question needs: as printed, and as a book."""

    document: int
    unit: str
    year: int
    printed: dict[str, PrintedFigure]
    book: Book
    library: Library | None = None

    @property
    def name(self) -> str:
        return f"{self.unit}{self.year}年"

    def figure(self, readings: Sequence[str]) -> Figure | None:
        """The first of the readings that the report has."""
        return next((figure for one in readings if (figure := evaluate(one, self.book))), None)

    def blank(self, metric: str) -> bool:
        """Whether the cell is there without a figure (its figure, if the book has one, is what its row adds up to)."""
        return metric in self.printed and self.printed[metric].value is None

    def why_not(self, metric: str) -> str:
        """Why a cell has no figure: 是空白, 写作“详见附件”, 没有读到; empty where the report just has no such cell."""
        if metric in self.printed:
            raw = self.printed[metric].raw
            return "是空白" if is_left_blank(raw) else f"写作“{raw}”，不是一个数字"
        table = all_metrics()[metric].table if metric in all_metrics() else None
        report = self.library.show(self.document) if self.library and table else None
        return "没有读到" if report and table and report.unread(table.id) else ""

    def quote(self, metric: str) -> str:
        """What is printed in the cells behind a metric: 结果维持 88; for a sum, each cell that was added."""
        parts = self.book.parts(metric) or (metric,)
        cells = [self.printed[part] for part in parts if part in self.printed]
        if len(cells) > _MOST_CELLS_QUOTED:
            cells = [cell for cell in cells if cell.value]
        return "；".join(f"{label_of(cell.metric)} {cell.raw or '（空白）'}" for cell in cells)


@lru_cache(maxsize=4096)
def cells_behind(metric: str) -> tuple[str, ...]:
    """The cells that tell a metric when none of them is blank: itself, or the rows and columns that it adds up."""
    family, _, rest = metric.partition(".")
    row, _, column = rest.rpartition(".")
    if family == "litigation" and not row:
        return (f"litigation.direct.{column}", f"litigation.after_review.{column}")
    if family != "requests":
        return (metric,)
    rows = ("received", "carried_in") if row == "workload" else leaves_of(row) or (row,)
    others = [one.id for one in APPLICANTS if one.id not in ("natural_person", "total")]
    return tuple(f"requests.{one}.{c}" for one in rows for c in (others if column == "legal_person" else (column,)))


def cells_of(metric: str) -> tuple[str, ...]:
    """The cells of the tables that show a figure: its own, or those that a subtotal adds up."""
    return (metric,) if metric in all_metrics() else cells_behind(metric)


class Reports:
    """The reports that a question is about, opened when needed."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def open(self, unit: str, year: int) -> ReportFigures | None:
        """A report with all its figures; ``None`` when the library has none for this unit and year."""
        entry = self._library.entry(unit, year)
        return self._whole(entry.id, unit, year) if entry else None

    def of_year(self, year: int, metrics: Sequence[Sequence[str]], units: Sequence[str] = ()) -> list[ReportFigures]:
        """The reports of a year, of all units or the given ones, each with what these metrics (as readings) need."""
        needed = {metric for readings in metrics for one in readings for metric in cells_in(one)}
        wanted = {cell for metric in needed for cell in (metric, *cells_behind(metric))}
        opened, chosen = [], set(units)
        for (document, unit), cells in self._library.catalog.figures_of_year(year, sorted(wanted), chosen).items():
            report = ReportFigures(
                document, unit, year, cells, Book({m: cell.value for m, cell in cells.items()}), self._library
            )
            complete = all(_is_complete(metric, cells) for metric in needed)
            opened.append(report if complete else self._whole(document, unit, year))
        return opened

    def _whole(self, document: int, unit: str, year: int) -> ReportFigures:
        printed = self._library.catalog.figures(document)
        book = Book({m: cell.value for m, cell in printed.items()}, noughts=noughts_left_blank(printed))
        return ReportFigures(document, unit, year, printed, book, self._library)


def _is_complete(metric: str, cells: dict[str, PrintedFigure]) -> bool:
    """Whether the cells tell a metric for certain: all there, none blank. Else the whole report is needed."""
    own = metric in cells and cells[metric].value is not None
    return own or all(part in cells and cells[part].value is not None for part in cells_behind(metric))


@dataclass
class AnswerBuilder:
    """Sentences of an answer in the making. ``missing`` is set when a figure asked for is not to be had."""

    sentences: list[str] = field(default_factory=list)
    figures: list[AnswerFigure] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    missing: bool = False

    def say(self, sentence: str) -> None:
        self.sentences.append(sentence)

    def state(self, figure: Figure, report: ReportFigures, text: str = "") -> str:
        """Take a figure into the answer; returns the words that state it."""
        return self.count(text or figure.text, figure.value, figure.id, report.unit, report.year)

    def count(self, text: str, value: Decimal, metric: str, unit: str = "", year: int | None = None) -> str:
        """Take a number that was reckoned over several reports into the answer; returns the words that state it."""
        self.figures.append(AnswerFigure(text=text, value=value, metric=metric, unit=unit, year=year))
        return text

    def cite(self, metric: str, report: ReportFigures) -> str:
        """Cite the cells behind a figure; returns the mark that stands in the answer: （表三 一·总计）."""
        places = [self._cite_one(one, report) for one in dict.fromkeys(cells_in(metric))]
        return f"（{'；'.join(places)}）"

    def _cite_one(self, metric: str, report: ReportFigures) -> str:
        where, name = place_of(metric), f"C{report.document}.{metric}"
        if all(citation.id != name for citation in self.citations):
            quote = report.quote(metric)
            self.citations.append(Citation(id=name, unit=report.unit, year=report.year, where=where, quote=quote))
        if report.blank(metric) and metric in report.book:
            noughts = any(report.blank(part) for part in report.book.parts(metric))
            return f"{where}，该格空白，由各列相加{'，空白的列按零计，表中其他总计都是如此' if noughts else ''}"
        return where

    def stated(self, figure: Figure, report: ReportFigures) -> str:
        """A figure with its citation: 97件（表三 一·总计）."""
        return f"{self.state(figure, report)}{self.cite(figure.id, report)}"
