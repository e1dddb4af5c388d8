"""A comparison of two reports for the terminal, as a spreadsheet and as a web page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Literal, NamedTuple

from rapidfuzz.distance import Levenshtein
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.comparing import Comparison, FigureChange, Pair, PartChange
from assistant.logs import step
from assistant.render.output import writing
from assistant.report import Report
from assistant.text import printable

__all__ = [
    "COMPARISONS", "FIGURE_COLUMNS", "KINDS", "figure_row", "name_of", "show_comparison", "write_comparison",
]  # fmt: skip

KINDS = {"same": "相同", "changed": "有改动", "added": "新增", "removed": "删去"}
FIGURE_COLUMNS = ("位置", "项目", "前", "后", "增减", "同比")


_SIGNS = re.compile(r"\d+(?:[.,]\d+)*|.", re.DOTALL)  # of 400 and 428 the number differs, not two digits of it


class Piece(NamedTuple):
    """Words of a paragraph, and the HTML element that says what became of them."""

    text: str
    mark: Literal["", "del", "ins"]


def name_of(report: Report) -> str:
    """What a column of the comparison is headed by: the unit and year, or the file where they are not known."""
    return printable(f"{report.unit}{report.year}年" if report.unit and report.year else report.file)


def shown(value: Decimal | None, *, signed: bool = False) -> str:
    """A figure; blank is not zero."""
    return "（空白）" if value is None else f"{value:+f}" if signed and value else f"{value:f}"


def figure_row(figure: FigureChange) -> tuple[str, ...]:
    """The texts of one figure, by ``FIGURE_COLUMNS``."""
    change = "" if figure.change is None else shown(figure.change, signed=True)
    rate = "" if figure.rate is None else f"{shown(figure.rate, signed=True)}%"
    return figure.where, figure.label, shown(figure.old), shown(figure.new), change, rate


def heading_of(part: PartChange) -> str:
    """The title of a part, how alike both texts are, and how many paragraphs changed."""
    alike = "" if part.alike is None else f"　相似度{part.alike:.2f}"
    counts = {kind: sum(pair.kind == kind for pair in part.pairs) for kind in KINDS}
    told = "，".join(f"{KINDS[kind]}{count}段" for kind, count in counts.items() if count)
    return printable(f"{part.title}{alike}　{told or '没有文字'}")


def pieces(pair: Pair) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both sides of a pair, what only one of them has marked."""
    return tuple(_pieces(pair.old, pair.new, "del")), tuple(_pieces(pair.new, pair.old, "ins"))


def _pieces(text: str, other: str, mark: Literal["del", "ins"]) -> Iterator[Piece]:
    mine = _SIGNS.findall(text)
    for piece in Levenshtein.opcodes(mine, _SIGNS.findall(other)):
        if piece.src_start < piece.src_end:
            yield Piece("".join(mine[piece.src_start : piece.src_end]), "" if piece.tag == "equal" else mark)


def show_comparison(compared: Comparison, out: Console) -> None:
    """Figures that differ, then the paragraphs that differ; what is the same is only counted."""
    old, new = name_of(compared.old), name_of(compared.new)
    out.print(f"[bold]{escape(old)} → {escape(new)}[/]")
    for note in compared.notes:
        out.print(f"  [yellow]注意[/] {escape(printable(note))}")
    changed = compared.changed_figures
    out.print(f"数字：{len(changed)}格有变化，{len(compared.figures) - len(changed)}格相同")
    if changed:
        table = Table(box=None, pad_edge=False)
        for n, title in enumerate((*FIGURE_COLUMNS[:2], old, new, *FIGURE_COLUMNS[4:])):
            table.add_column(escape(title), justify="right" if n > 1 else "left", overflow="fold")
        for figure in changed:
            table.add_row(*(escape(text) for text in figure_row(figure)))
        out.print(table)
    for part in compared.parts:
        out.print(f"[bold]{escape(heading_of(part))}[/]")
        for pair in (pair for pair in part.pairs if pair.kind != "same"):
            for mark, text in (("-", pair.old), ("+", pair.new)):
                if text:
                    out.print(f"  {mark} {printable(text)}", style="red" if mark == "-" else "green", markup=False)


def _spreadsheet(compared: Comparison, path: Path) -> None:
    from assistant.render.spreadsheet import save_comparison  # only who asks for a spreadsheet loads what writes it

    save_comparison(compared, path)


def _page(compared: Comparison, path: Path) -> None:
    from assistant.render.html import environment  # only who asks for a page loads the template engine

    page = environment().get_template("compare.html").render(
        compared=compared, old=name_of(compared.old), new=name_of(compared.new),
        figure_row=figure_row, heading_of=heading_of, sides=pieces, script_hash="",
    )  # fmt: skip
    path.write_text(page, encoding="utf-8")


COMPARISONS: dict[str, Callable[[Comparison, Path], None]] = {".xlsx": _spreadsheet, ".html": _page}


def write_comparison(compared: Comparison, path: Path) -> None:
    """The whole comparison in the format that the name of ``path`` asks for, one of ``COMPARISONS``.

    Raises:
        AssistantError: the file cannot be written.
    """
    with writing(path), step("render", path):
        COMPARISONS[path.suffix.lower()](compared, path)
