"""Word files. Paragraphs and tables in document order, as they read with all tracked changes accepted.

The parts are parsed here with lxml: python-docx opens every part of a package whatever its size, and knows neither text
boxes nor tracked changes.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from assistant.errors import UnreadableReport
from assistant.readers.archive import open_archive, read_xml
from assistant.readers.blocks import Block, Document, TextBlock
from assistant.readers.form_tables.recognition import recognise
from assistant.readers.identity import is_title
from assistant.readers.office_xml import attribute, child, kind, parse_xml
from assistant.readers.word.styles import Styles
from assistant.readers.word.tables import Placed, TooManyCells, as_grid, cell_sources, place_cells
from assistant.readers.word.text import content, paragraph_text
from assistant.readers.word.traces import traces_in
from assistant.report import ReadingWarning, Source
from assistant.settings import settings

__all__ = ["DocxPlaces", "docx_places", "read_docx"]

_DEEPEST = 25  # tables and boxes within each other; pages saved as Word files have some five
_SAVE_AS = "请用 Word 或 WPS 打开，另存为新的 .docx 后再试。"


def read_docx(path: Path) -> Document:
    """A Word file as blocks. Cells know table, row and column; a paragraph its number as line.

    Raises:
        UnreadableReport: no Word file, encrypted, damaged, only pictures, or larger than the settings allow.
    """
    reader, body = _read(path)
    if not reader.blocks and any(kind(element) in ("drawing", "pict", "object") for element in body.iter()):
        raise UnreadableReport(
            "文件里只有图片，没有文字",
            where=str(path),
            help="请提供有文字的 Word 文件；扫描件请另存为 PDF 或图片再读取。",
        )
    return Document(tuple(reader.blocks), warnings=tuple(reader.traces), pictures=tuple(reader.pictures))


@dataclass(frozen=True, slots=True)
class DocxPlaces:
    """Where a Word file has what was read: of each line its text and its paragraph, of each cell the cell, as places
    among all ``w:p`` and all ``w:tc`` of the main part, counted from 0."""

    lines: tuple[tuple[str, int], ...]
    cells: Mapping[Source, int]


def docx_places(path: Path) -> DocxPlaces:
    """The places of ``read_docx``'s paragraphs and cells, for who writes into a copy of the file. Raises as it does."""
    reader, body = _read(path)
    paragraphs = {element: place for place, element in enumerate(body.iter("{*}p"))}
    cells = {element: place for place, element in enumerate(body.iter("{*}tc"))}
    texts = [block.text for block in reader.blocks if isinstance(block, TextBlock)]
    lines = ((text, paragraphs[element]) for text, element in zip(texts, reader.paragraphs, strict=True))
    placed = ((source, cells[element]) for rows in reader.tables for source, element in cell_sources(*rows))
    return DocxPlaces(tuple(lines), dict(placed))


def _read(path: Path) -> tuple[_Reader, etree._Element]:
    where = str(path)
    with open_archive(path) as archive:
        try:
            return _walked(archive, where)
        except etree.XMLSyntaxError as error:
            if "depth" in str(error.msg):
                raise _too_deep(where) from error
            raise UnreadableReport("文件内容不完整或已损坏", where=where, help=_SAVE_AS) from error
        except RecursionError as error:
            raise _too_deep(where) from error


def _walked(archive: zipfile.ZipFile, where: str) -> tuple[_Reader, etree._Element]:
    main = _related(archive, "", "officeDocument", where)
    if main is None:
        raise UnreadableReport("文件里没有 Word 文档", where=where, help=_SAVE_AS)
    root = parse_xml(read_xml(archive, main, where))
    body = child(root, "body")
    if kind(root) != "document" or body is None:
        sheet = kind(root) == "workbook"
        raise UnreadableReport(
            "扩展名是 .docx，内容却是 Excel 表格" if sheet else "文件里没有 Word 文档",
            where=where,
            help="请把扩展名改为 .xlsx。" if sheet else _SAVE_AS,
        )
    styles = Styles()
    for name, add in (("styles", styles.add_styles), ("numbering", styles.add_numbering)):
        part = _related(archive, main, name, where)
        if part is not None and part in archive.namelist():
            add(parse_xml(read_xml(archive, part, where)))
    styles.spell_out(body)
    reader = _Reader(styles, where)
    reader.take(body)
    notes = _related(archive, main, "comments", where)
    commented = None
    if notes is not None and notes in archive.namelist():
        commented = parse_xml(read_xml(archive, notes, where))
    reader.traces = list(traces_in(body, commented))
    return reader, body


def _related(archive: zipfile.ZipFile, part: str, relation: str, where: str) -> str | None:
    """The part that ``part`` (or the package, for an empty name) names by this relation; ``None`` when it names
    none."""
    folder, file = posixpath.split(part)
    name = posixpath.join(folder, "_rels", f"{file}.rels")
    if name not in archive.namelist():
        return None
    for link in parse_xml(read_xml(archive, name, where)):
        kind_of_link, target = attribute(link, "Type") or "", attribute(link, "Target") or ""
        if kind_of_link.endswith(f"/{relation}") and attribute(link, "TargetMode") != "External":
            return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return None


def _words_of(box: etree._Element) -> str:
    return "".join(paragraph_text(line)[0] for line in box.iter("{*}p")).strip()


def _too_deep(where: str) -> UnreadableReport:
    return UnreadableReport(
        f"表格或文本框嵌套过深（超过{_DEEPEST}层）", where=where, help="请把内容复制到新文件，去掉外层表格后另存。"
    )


@dataclass
class _Reader:
    styles: Styles
    where: str
    blocks: list[Block] = field(default_factory=list)
    paragraphs: list[etree._Element] = field(default_factory=list)  # of each line, the paragraph it is in
    tables: list[tuple[int, list[list[Placed]]]] = field(default_factory=list)  # number and cells of each table
    traces: list[ReadingWarning] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)  # how many blocks stand before each
    _lines: int = 0
    _tables: int = 0
    _cells: int = 0
    _carried: str = ""  # text of a paragraph whose end was deleted: it runs on into the next

    def take(self, parent: etree._Element, depth: int = 0) -> None:
        """Add what stands in a body, a cell or a text box."""
        if depth > _DEEPEST:
            raise _too_deep(self.where)
        for element in content(parent):
            if kind(element) == "p":
                self._paragraph(element, depth)
            elif kind(element) == "tbl":
                self._table(element, depth)

    def _paragraph(self, element: etree._Element, depth: int) -> None:
        text, boxes = paragraph_text(element)
        if (
            not text.strip()
            and not boxes
            and next(element.iter("{*}drawing", "{*}pict", "{*}object"), None) is not None
        ):
            self.pictures.append(len(self.blocks))
        titles = [box for box in boxes if is_title(_words_of(box))]  # drawn above the line that it hangs on
        for box in titles:
            self.take(box, depth + 1)
        boxes = [box for box in boxes if box not in titles]
        text = self._carried + text
        self._carried = ""
        if child(element, "pPr", "rPr", "del") is not None:
            self._carried = text
        elif text.strip() and not self.styles.in_contents(element):
            level = self.styles.level(element)
            self._lines_of(element, self.styles.number(element, text) + text.strip(), level)
        for box in boxes:
            self.take(box, depth + 1)

    def _lines_of(self, element: etree._Element, text: str, level: int) -> None:
        """Lines broken by hand are paragraphs to a reader; a title over two lines is one title."""
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        if len(lines) > 1 and is_title("".join(lines)):
            lines = ["".join(lines)]
        for line in lines:
            self._lines += 1
            if self._lines > settings().max_paragraphs:
                raise UnreadableReport(
                    f"段落过多（上限{settings().max_paragraphs}段）",
                    where=self.where,
                    help="请确认这是一份年度报告；确需读取时调高 ASSISTANT_MAX_PARAGRAPHS。",
                )
            self.blocks.append(TextBlock(line, Source(line=self._lines), level))
            self.paragraphs.append(element)

    def _table(self, element: etree._Element, depth: int) -> None:
        limits = settings()
        self._tables += 1
        number = self._tables
        try:
            rows = place_cells(element, limits.max_table_rows, limits.max_table_cells - self._cells)
        except TooManyCells as error:
            raise UnreadableReport(
                f"第{number}张表过大（{error}）",
                where=self.where,
                help="请确认这是一份年度报告；确需读取时调高 ASSISTANT_MAX_TABLE_ROWS 和 ASSISTANT_MAX_TABLE_CELLS。",
            ) from error
        self._cells += sum(cell.width for row in rows for cell in row)
        self.tables.append((number, rows))
        has_tables = next(element.iterdescendants("{*}tbl"), None) is not None
        grid, boxes = as_grid(rows, number, nested=False) if rows else (None, [])
        if grid and has_tables and recognise(grid):
            grid, boxes = as_grid(rows, number, nested=True)
        elif has_tables or all(len(row) == 1 for row in rows):
            # A table that only arranges the page: what stands in its cells is read as if it were not there.
            for cell in (cell for row in rows for cell in row):
                if cell.element is not None and not cell.covered:
                    self.take(cell.element, depth + 1)
            return
        if grid and any(cell.text for line in grid.rows for cell in line):
            self.blocks.append(grid)
        for box in boxes:
            self.take(box, depth + 1)
