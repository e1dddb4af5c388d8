"""A file as the library takes it: read as a report or a regulation, cut into passages, made rows of the catalog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from assistant.errors import AssistantError, UnreadableReport, reason
from assistant.library.catalog.rows import DocumentRows, rows_of
from assistant.library.documents import PrintedFigure, ReadDocument, catalog_path, content_hash
from assistant.library.injection import orders_in
from assistant.library.passages import passages_of
from assistant.library.regulation import articles_of, is_regulation, regulation_title
from assistant.readers.folders import where_of
from assistant.settings import settings
from assistant.text import name_of

if TYPE_CHECKING:
    from assistant.readers.blocks import Document
    from assistant.report import Report

__all__ = ["FileToRead", "Unchanged", "crashed_read", "read_for_library", "rows_of_file"]


Unchanged = Literal["未变化"]


class FileToRead(NamedTuple):
    """A file, and the SHA-256 of what the catalog holds of it already; empty when that is nothing."""

    path: Path
    known_hash: str


def rows_of_file(job: FileToRead) -> DocumentRows | AssistantError | Unchanged:
    """What one process does with one file: its rows, or the error that kept it from being read, or nothing."""
    try:
        if job.known_hash and content_hash(job.path.read_bytes()) == job.known_hash:
            return "未变化"
        return rows_of(read_for_library(job.path))
    except AssistantError as error:
        error.where = error.where.replace(str(job.path), where_of(job.path))
        return error
    except OSError as error:
        return _cannot_open(job.path, error)


def crashed_read(job: FileToRead) -> AssistantError:
    """The outcome of a file that ends the process that reads it."""
    return UnreadableReport(
        f"处理这份文件的进程意外结束（可能是内存不足），或者{settings().report_seconds:g}秒没有结果",
        where=where_of(job.path),
        help="请单独导入这份文件，或用 --jobs 1 再试；需要更久的，调高 ASSISTANT_REPORT_SECONDS。",
    )


def read_for_library(path: Path) -> ReadDocument:
    """A file read and cut: a regulation when it has the title and articles of one, otherwise a report.

    Raises:
        UnreadableReport: it is neither, or cannot be read.
    """
    from assistant.readers import read_document, report_from_document

    try:
        document = read_document(path)
        content = content_hash(path.read_bytes())
    except OSError as error:
        raise _cannot_open(path, error) from error
    except UnreadableReport as error:
        error.where = error.where or str(path)  # readers of text in memory do not know the file
        raise
    source = _source_text(document)
    if is_regulation(document):
        title, articles = regulation_title(document), articles_of(document)
        return ReadDocument(
            "regulation",
            "",
            None,
            title,
            "",
            name_of(path),
            catalog_path(path),
            content,
            source,
            None,
            (),
            articles,
            tuple(_orders(source)),
        )
    report = report_from_document(document, path)
    return ReadDocument(
        kind="report",
        unit=report.unit,
        year=report.year,
        title=report.title or f"{report.unit}{report.year or ''}年政府信息公开工作年度报告",
        edition=report.edition,
        file=name_of(path),
        path=catalog_path(path),
        sha256=content,
        source=source,
        report=report.model_dump_json(),
        figures=_figures(report),
        passages=passages_of(report),
        warnings=(*(warning.message for warning in report.warnings), *_orders(source)),
    )


def _orders(source: str) -> list[str]:
    return [f"有一句像是对程序下的指令，没有编入检索：“{one}”" for one in orders_in(source)]


def _cannot_open(path: Path, error: OSError) -> UnreadableReport:
    return UnreadableReport(
        f"无法打开文件（{reason(error)}）", where=str(path), help="请检查文件权限，或先关闭占用它的程序。"
    )


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
