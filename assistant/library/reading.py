"""A file as the library takes it: read as a report or a regulation, and cut into passages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import UnreadableReport
from assistant.library.documents import PrintedFigure, ReadDocument, content_hash
from assistant.library.orders import orders_in
from assistant.library.passages import passages_of
from assistant.library.regulation import articles_of, is_regulation, regulation_title

if TYPE_CHECKING:
    from assistant.readers.blocks import Document
    from assistant.report import Report

__all__ = ["read_for_library"]


def read_for_library(path: Path) -> ReadDocument:
    """A file read and cut: a regulation when it has the title and articles of one, otherwise a report.

    Raises:
        UnreadableReport: it is neither, or cannot be read.
    """
    from assistant.readers import read, read_document

    try:
        document = read_document(path)
        content = content_hash(path.read_bytes())
    except OSError as error:
        raise UnreadableReport(
            f"无法打开文件（{error.strerror or error}）", where=str(path), help="请检查文件权限，或先关闭占用它的程序。"
        ) from error
    source = _source_text(document)
    if is_regulation(document):
        title, articles = regulation_title(document), articles_of(document)
        return ReadDocument(
            "regulation", "", None, title, "", path.name, _absolute(path), content, source, None, (), articles,
            tuple(_orders(source)),
        )  # fmt: skip
    report = read(path)
    return ReadDocument(
        kind="report",
        unit=report.unit,
        year=report.year,
        title=report.title or f"{report.unit}{report.year or ''}年政府信息公开工作年度报告",
        edition=report.edition,
        file=path.name,
        path=_absolute(path),
        sha256=content,
        source=source,
        report=report.model_dump_json(),
        figures=_figures(report),
        passages=passages_of(report),
        warnings=(*(warning.message for warning in report.warnings), *_orders(source)),
    )


def _orders(source: str) -> list[str]:
    return [f"有一句像是对程序下的指令，没有编入检索：“{one}”" for one in orders_in(source)]


def _absolute(path: Path) -> str:
    return path.resolve().as_posix()


def _figures(report: Report) -> tuple[PrintedFigure, ...]:
    from assistant.figures.book import place_of

    return tuple(
        PrintedFigure(metric, cell.value, cell.raw, place_of(metric), str(cell.source))
        for metric, cell in report.cells.items()
    )


def _source_text(document: Document) -> str:
    """The document as text: paragraphs as lines, tables with ``|``."""
    from assistant.readers.blocks import TextBlock

    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, TextBlock):
            lines.append(f"{'#' * block.level} {block.text}" if block.level else block.text)
        else:
            lines.extend(" | ".join(cell.text for cell in row) for row in block.rows)
    return "\n".join(lines)
