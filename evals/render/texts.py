"""Renderings as text and Markdown: what copying a page, a converter or a person leaves of the three tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.report import Report
from evals.render.layout import Heading, Item, Plan, story

__all__ = ["TEXTS"]

_NBSP = "\u00a0"
_BLANK = re.compile(r"[\s/／\\—－-]*|无")


def _document(report: Report, table: Callable[[Plan], Iterator[str]], marks: bool = False) -> str:
    """The report with its tables written by ``table``; ``marks`` puts # before headings, as Markdown does."""
    parts: list[str] = []
    for item in story(report):
        if isinstance(item, Plan):
            parts.append("\n".join(table(item)))
        else:
            parts.append(_words(item, marks))
    return ("\n\n" if marks else "\n").join(parts) + "\n"


def _words(item: Item, marks: bool) -> str:
    if isinstance(item, Heading):
        return f"{'#' * item.level} {item.text}" if marks else item.text
    return str(item)


def _grid(plan: Plan) -> list[list[str]]:
    return [[cell.text.replace("|", "｜") if cell else "" for cell in row] for row in plan.rows()]


def _closed(row: list[str]) -> str:
    return f"| {' | '.join(row)} |"


def _separated(plan: Plan) -> Iterator[str]:
    first, *rest = _grid(plan)
    yield from (_closed(first), _closed(["---"] * plan.columns), *map(_closed, rest))


def _numbered(plan: Plan) -> Iterator[str]:
    """A converter that found no header row invents one: 数据1, 数据2 …, and keeps all rows as data."""
    yield _closed([f"数据{n}" for n in range(1, plan.columns + 1)])
    yield _closed([":---"] * plan.columns)
    yield from map(_closed, _grid(plan))


def _labelled(plan: Plan) -> Iterator[str]:
    """Names for the label columns, 数据1 … for those of figures; the header rows of table 3 are gone, merged labels
    repeated."""
    if plan.id != "requests":
        yield from _numbered(plan)
        return
    yield _closed(["类别", "情形", "事项", *(f"数据{n}" for n in range(1, plan.columns - 2))])
    yield _closed(["---"] * plan.columns)
    filled: list[list[str]] = [[""] * plan.columns for _ in plan.rows()]
    for cell in plan.cells:
        for row in filled[cell.row : cell.row + cell.height]:
            row[cell.column : cell.column + cell.width] = [cell.text] * cell.width
    yield from map(_closed, filled[plan.header_rows :])


def _dropping(plan: Plan) -> Iterator[str]:
    """Rows without the cells that a merged cell covers; a row of one cell still ends in a bar."""
    for row in plan.rows():
        kept = [cell.text.replace("|", "｜") for cell in row if cell]
        yield " | ".join(kept) + (" |" if len(kept) == 1 else "")


def _tabs(plan: Plan) -> Iterator[str]:
    """What a browser puts on the clipboard: one line a row, tabs between the cells that start in it."""
    for row in plan.rows():
        yield "\t".join(cell.text for cell in row if cell)


def _lines(blank: str | None) -> Callable[[Plan], Iterator[str]]:
    """One cell a line in reading order; an empty one is printed as ``blank``, or left out for ``None``."""

    def write(plan: Plan) -> Iterator[str]:
        for row in plan.rows():
            for cell in row:
                if cell and (cell.text.strip() or blank is not None):
                    yield cell.text.strip() or str(blank)

    return write


def _left_out(plan: Plan) -> Iterator[str]:
    """One cell a line, blank ones (also “/” and “—”) not there at all: nobody can tell which cell a figure belongs
    to."""
    for row in plan.rows():
        yield from (cell.text for cell in row if cell and not _BLANK.fullmatch(cell.text))


TEXTS: dict[str, tuple[str, Callable[[Report], str]]] = {
    "markdown": (".md", lambda report: _document(report, _separated, marks=True)),
    "markdown_numbered": (".md", lambda report: _document(report, _numbered, marks=True)),
    "markdown_labelled": (".md", lambda report: _document(report, _labelled, marks=True)),
    "pipes": (".txt", lambda report: _document(report, _dropping)),
    "tabs": (".txt", lambda report: _document(report, _tabs)),
    "lines_slash": (".txt", lambda report: _document(report, _lines("/"))),
    "lines_blank": (".txt", lambda report: _document(report, _lines(_NBSP))),
    "lines_left_out": (".txt", lambda report: _document(report, _left_out)),
}
