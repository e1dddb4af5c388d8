"""Word files for tests: reports drawn into tables as offices draw them, and raw WordprocessingML."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.table import Table as WordTable

from assistant.form.drawing import drawing
from assistant.readers.assemble import assemble
from assistant.readers.word.docx import read_docx
from assistant.report import Report

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def relations(target: str, kind: str = "officeDocument", **more: str) -> str:
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{name}" Target="{part}"/>'
        for n, (name, part) in enumerate({kind: target, **more}.items())
    )
    return f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>'


def raw_docx(path: Path, body: str, *, numbering: str = "", before: str = "", encoding: str = "utf-8") -> Path:
    """A package with nothing but the parts that a reader needs."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", relations("word/document.xml"))
        archive.writestr(
            "word/document.xml",
            f"{before}<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>".encode(encoding),
        )
        if numbering:
            archive.writestr("word/_rels/document.xml.rels", relations("numbering.xml", "numbering"))
            archive.writestr("word/numbering.xml", f"<w:numbering {_NAMESPACES}>{numbering}</w:numbering>")
    return path


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(inner: str, properties: str = "") -> str:
    inner = inner if inner.startswith("<") else paragraph(inner)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: list[str]) -> str:
    return f"<w:tbl>{''.join('<w:tr>' + ''.join(row) + '</w:tr>' for row in rows)}</w:tbl>"


def draw_table(word: WordDocument, name: str, figures: Mapping[str, str]) -> WordTable:
    """One table of the form with merged cells, as Word draws it."""
    plan = drawing(name)
    drawn = word.add_table(plan.rows, plan.columns)
    grid = [row.cells for row in drawn.rows]  # once: python-docx works out all of a table for each single cell
    for part in plan.cells:
        place = grid[part.row][part.column]
        if part.height > 1 or part.width > 1:
            place = place.merge(grid[part.row + part.height - 1][part.column + part.width - 1])
        place.text = figures.get(part.metric, "") if part.metric else part.text
    return drawn


def word_of(made: Report) -> WordDocument:
    """A whole report: headings by style, tables in their sections."""
    word = Document()
    word.add_heading(made.title, 1)
    for part in made.preamble:
        word.add_paragraph(part.text)
    figures = {metric: read.raw for metric, read in made.cells.items()}
    for section in made.sections:
        word.add_heading(f"{section.number}、{section.title}", 2)
        for part in section.paragraphs:
            word.add_paragraph(part.text)
        if any(found.section == section.id for found in made.tables):
            draw_table(word, str(section.id), figures)
    for part in made.closing:
        word.add_paragraph(part.text)
    return word


def report_of(path: Path) -> Report:
    return assemble(read_docx(path), path.name)
