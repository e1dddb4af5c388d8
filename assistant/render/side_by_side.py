"""A comparison of two reports for the terminal, as a spreadsheet and as a web page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Literal, NamedTuple, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from rapidfuzz.distance import Levenshtein
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.comparing import FigureChange, ParagraphPair, ReportComparison, SectionChange
from assistant.files import writing
from assistant.logs import step
from assistant.patterns import regex
from assistant.render.spreadsheet import put_text
from assistant.report import Report
from assistant.text import printable

__all__ = ["COMPARISONS", "DiffPiece", "diff_pieces", "show_comparison", "write_comparison"]

_KINDS = {"same": "相同", "changed": "有改动", "added": "新增", "removed": "删去"}
_FIGURE_COLUMNS = ("位置", "项目", "前", "后", "增减", "同比")
_MARKED = PatternFill("solid", fgColor="FFF2CC")
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_SIGNS = regex(r"\d+(?:[.,]\d+)*|.", re.DOTALL)  # of 400 and 428 the number differs, not two digits of it


class DiffPiece(NamedTuple):
    """Words of a paragraph, and the HTML element that says what became of them."""

    text: str
    mark: Literal["", "del", "ins"]


def _report_name(report: Report) -> str:
    """What a column of the comparison is headed by: the unit and year, or the file where they are not known."""
    return printable(f"{report.unit}{report.year}年" if report.unit and report.year else report.file)


def _shown(value: Decimal | None, *, signed: bool = False) -> str:
    """A figure; blank is not zero."""
    return "（空白）" if value is None else f"{value:+f}" if signed and value else f"{value:f}"


def _figure_row(figure: FigureChange) -> tuple[str, ...]:
    """The texts of one figure, by ``_FIGURE_COLUMNS``."""
    change = "" if figure.change is None else _shown(figure.change, signed=True)
    rate = "" if figure.rate is None else f"{_shown(figure.rate, signed=True)}%"
    return figure.where, figure.label, _shown(figure.old), _shown(figure.new), change, rate


def _section_heading(section: SectionChange) -> str:
    """The title of a section, how alike both texts are, and how many paragraphs changed."""
    alike = "" if section.alike is None else f"　相似度{section.alike:.2f}"
    counts = {kind: sum(pair.kind == kind for pair in section.pairs) for kind in _KINDS}
    changes = "，".join(f"{_KINDS[kind]}{count}段" for kind, count in counts.items() if count)
    return printable(f"{section.title}{alike}　{changes or '没有文字'}")


def diff_pieces(pair: ParagraphPair) -> tuple[tuple[DiffPiece, ...], tuple[DiffPiece, ...]]:
    """Both sides of a pair, what only one of them has marked."""
    return tuple(_diff_side(pair.old, pair.new, "del")), tuple(_diff_side(pair.new, pair.old, "ins"))


def _diff_side(text: str, other: str, mark: Literal["del", "ins"]) -> Iterator[DiffPiece]:
    mine = _SIGNS.findall(text)
    for piece in Levenshtein.opcodes(mine, _SIGNS.findall(other)):
        if piece.src_start < piece.src_end:
            yield DiffPiece("".join(mine[piece.src_start : piece.src_end]), "" if piece.tag == "equal" else mark)


def show_comparison(compared: ReportComparison, out: Console) -> None:
    """Figures that differ, then the paragraphs that differ; what is the same is only counted."""
    old, new = _report_name(compared.old), _report_name(compared.new)
    out.print(f"[bold]{escape(old)} → {escape(new)}[/]")
    for note in compared.notes:
        out.print(f"  [yellow]注意[/] {escape(printable(note))}")
    changed = compared.changed_figures
    out.print(f"数字：{len(changed)}格有变化，{len(compared.figures) - len(changed)}格相同")
    if changed:
        table = Table(box=None, pad_edge=False)
        for n, title in enumerate((*_FIGURE_COLUMNS[:2], old, new, *_FIGURE_COLUMNS[4:])):
            table.add_column(escape(title), justify="right" if n > 1 else "left", overflow="fold")
        for figure in changed:
            table.add_row(*(escape(text) for text in _figure_row(figure)))
        out.print(table)
    for section in compared.sections:
        out.print(f"[bold]{escape(_section_heading(section))}[/]")
        for pair in (pair for pair in section.pairs if pair.kind != "same"):
            for mark, text in (("-", pair.old), ("+", pair.new)):
                if text:
                    out.print(f"  {mark} {printable(text)}", style="red" if mark == "-" else "green", markup=False)


def _workbook(compared: ReportComparison, path: Path) -> None:
    """Two reports side by side in two sheets: every figure, every paragraph; what has changed is coloured."""
    old, new = _report_name(compared.old), _report_name(compared.new)
    book = Workbook()
    figures, texts = book.worksheets[0], book.create_sheet("文字")
    figures.title = "数字"
    _head(figures, (*_FIGURE_COLUMNS[:2], old, new, *_FIGURE_COLUMNS[4:]), (26, 60, 16, 16, 12, 12))
    for figure in compared.figures:
        where, label, *_, rate = _figure_row(figure)
        _add_row(figures, (where, label, figure.old, figure.new, figure.change, rate), marked=figure.old != figure.new)
    _head(texts, ("章节", "变化", old, new), (26, 10, 70, 70))
    for section in compared.sections:
        for pair in section.pairs:
            _add_row(texts, (section.title, _KINDS[pair.kind], pair.old, pair.new), marked=pair.kind != "same")
    book.save(path)


def _page(compared: ReportComparison, path: Path) -> None:
    from assistant.render.html import environment  # only who asks for a page loads the template engine

    page = (
        environment()
        .get_template("compare.html")
        .render(
            compared=compared,
            old=_report_name(compared.old),
            new=_report_name(compared.new),
            figure_row=_figure_row,
            section_heading=_section_heading,
            sides=diff_pieces,
            script_hash="",
        )
    )
    path.write_text(page, encoding="utf-8")


COMPARISONS: dict[str, Callable[[ReportComparison, Path], None]] = {".xlsx": _workbook, ".html": _page}


def write_comparison(compared: ReportComparison, path: Path) -> None:
    """The whole comparison in the format that the name of ``path`` asks for, one of ``COMPARISONS``.

    Raises:
        AssistantError: the file cannot be written.
    """
    with writing(path) as aside, step("render", path):
        COMPARISONS[path.suffix.lower()](compared, aside)


def _head(sheet: Worksheet, titles: Sequence[str], widths: Sequence[int]) -> None:
    _add_row(sheet, titles)
    for column, width in enumerate(widths, start=1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"


def _add_row(sheet: Worksheet, values: Sequence[str | Decimal | None], *, marked: bool = False) -> None:
    """The next row; what is marked has changed."""
    row = sheet.max_row + bool(sheet["A1"].value)
    for column, value in enumerate(values, start=1):
        cell = cast(Cell, sheet.cell(row, column))
        cell.alignment = _WRAPPED
        if marked:
            cell.fill = _MARKED
        if isinstance(value, str):
            put_text(cell, value)
        else:
            cell.value = value
