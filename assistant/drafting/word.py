"""A draft as a Word file in the layout of official documents (GB/T 9704): A4, 仿宋三号, 28 pt lines, page numbers.

Where a font is missing, Word and LibreOffice fall back on their own Song and Hei; nothing depends on it.
"""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from assistant.drafting.manuscript import Drafted, figure_text
from assistant.drafting.tables import Drawing, Drawn, drawing
from assistant.form import EDITION_2021, SECTIONS

__all__ = ["docx"]

_TITLE, _HEADING, _SUBHEADING, _BODY = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
_LATIN = "Times New Roman"
_TEXT_WIDTH_CM = 21.0 - 2.8 - 2.6
_LINE_PITCH = Pt(28)
_BODY_SIZE, _TITLE_SIZE, _CELL_SIZE = Pt(16), Pt(22), Pt(9)
_CHINESE = "一二三四五六七八九十"
# Widths of the columns of each table, in parts of the text width.
_WIDTHS = {
    "disclosure": (30, 22, 22, 26),
    "requests": (8, 10, 28, 8, 8, 8, 8, 8, 7, 7),
    "review": (1,) * 15,
}
_RED = RGBColor(0xC0, 0, 0)


def docx(draft: Drafted, path: Path) -> None:
    """Write the report to ``path``, over what is there; ``saving.save`` looks after that. Raises ``OSError``."""
    word = Document()
    _page(word)
    _core(word, draft)
    for text in draft.warnings:
        _write(_paragraph(word), text, _HEADING, colour=_RED)
    _heading(word, draft.title, 1, _TITLE, size=_TITLE_SIZE)
    _write(_paragraph(word, indent=True), draft.preamble)
    tables = {table.section: table.id for table in EDITION_2021.tables}
    for section in SECTIONS:
        _heading(word, f"{section.number}、{section.title}", 2, _HEADING, above_table=section.id in tables)
        if section.id in tables:
            _table(word, drawing(tables[section.id]), draft)
        _prose(word, section.number, draft)
    _signature(word, draft)
    word.save(str(path))


def _page(word: WordDocument) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Cm(3.7), Cm(3.5), Cm(2.8), Cm(2.6)
    page.footer_distance = Cm(2.5)
    normal = word.styles["Normal"]
    normal.font.size = _BODY_SIZE
    _fonts(normal.element.get_or_add_rPr(), _BODY)
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "zh-CN")  # without it punctuation falls back on Japanese or Traditional shapes
    normal.element.get_or_add_rPr().append(language)
    footer = page.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(footer, "— ", "宋体", Pt(14))
    _field(footer, "PAGE")
    _write(footer, " —", "宋体", Pt(14))


def _core(word: WordDocument, draft: Drafted) -> None:
    word.core_properties.title = draft.title
    word.core_properties.author = draft.data.unit
    word.core_properties.comments = ""


def _fonts(properties: object, chinese: str) -> None:
    """The font of Chinese and of Latin characters; Word keeps them apart."""
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    fonts.set(qn("w:ascii"), _LATIN)
    fonts.set(qn("w:hAnsi"), _LATIN)
    fonts.set(qn("w:eastAsia"), chinese)


def _write(
    paragraph: Paragraph, text: str, font: str = _BODY, size: Pt = _BODY_SIZE, colour: RGBColor | None = None
) -> Run:
    run = paragraph.add_run(text)
    run.font.size = size
    _fonts(run._element.get_or_add_rPr(), font)
    if colour is not None:
        run.font.color.rgb = colour
    return run


def _field(paragraph: Paragraph, code: str) -> None:
    run = _write(paragraph, "", "宋体", Pt(14))
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.set(qn("xml:space"), "preserve")
            element.text = text
        run._element.append(element)


def _paragraph(word: WordDocument, *, indent: bool = False) -> Paragraph:
    paragraph = word.add_paragraph()
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE_PITCH
    if indent:
        _indent(paragraph)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    return paragraph


def _indent(paragraph: Paragraph) -> None:
    """Two characters, whatever the size of the font."""
    paragraph.paragraph_format.first_line_indent = _BODY_SIZE * 2
    paragraph._element.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")


def _heading(
    word: WordDocument, text: str, level: int, font: str, *, size: Pt = _BODY_SIZE, above_table: bool = False
) -> None:
    """A heading by its outline level, so that navigation panes and readers see it, in the look of official documents."""
    paragraph = word.add_paragraph(style=f"Heading {level}")
    layout = paragraph.paragraph_format
    layout.keep_with_next = True
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = Pt(34) if level == 1 else _LINE_PITCH
    layout.space_before, layout.space_after = Pt(0), _LINE_PITCH if level == 1 else Pt(4 if above_table else 0)
    if level == 1:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        _indent(paragraph)
    run = _write(paragraph, text, font, size, RGBColor(0, 0, 0))
    run.font.bold = run.font.italic = False


def _prose(word: WordDocument, section: str, draft: Drafted) -> None:
    parts = [text for text in draft.parts if text.part.number.startswith(section)]
    for n, text in enumerate(parts):
        if text.part.heading:
            _heading(word, f"（{_CHINESE[n]}）{text.part.heading}", 3, _SUBHEADING)
        for paragraph in text.paragraphs:
            _write(_paragraph(word, indent=True), paragraph)


def _signature(word: WordDocument, draft: Drafted) -> None:
    _paragraph(word)
    for text, characters in ((draft.data.unit, 2), (draft.signed, 4)):
        paragraph = _paragraph(word)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = _BODY_SIZE * characters
        paragraph.paragraph_format.keep_together = True
        _write(paragraph, text)


def _table(word: WordDocument, plan: Drawing, draft: Drafted) -> None:
    table = word.add_table(plan.rows, plan.columns, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _layout(table, plan)
    for drawn in plan.cells:
        cell = table.cell(drawn.row, drawn.column)
        if drawn.height > 1 or drawn.width > 1:
            cell = cell.merge(table.cell(drawn.row + drawn.height - 1, drawn.column + drawn.width - 1))
        text = figure_text(draft.cells.get(drawn.metric)) if drawn.metric else drawn.text
        _fill(cell, text, centred=bool(drawn.metric) or not _is_sentence(plan, drawn))
    _paragraph(word).paragraph_format.line_spacing = Pt(14)


def _is_sentence(plan: Drawing, drawn: Drawn) -> bool:
    """Labels of outcomes in table 3 read better from the left; all others are centred as in the form."""
    return (
        plan.table.id == "requests" and drawn.row >= plan.header_rows and drawn.column + drawn.width == 3 > drawn.width
    )


def _layout(table: WordTable, plan: Drawing) -> None:
    """Column widths, header rows that repeat on the next page, rows that do not break across pages."""
    shares = _WIDTHS[plan.table.id]
    for column, share in zip(table.columns, shares, strict=True):
        width = Cm(_TEXT_WIDTH_CM * share / sum(shares))
        column.width = width
        for cell in column.cells:
            cell.width = width
    for n, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if n < plan.header_rows and plan.table.id != "disclosure":
            properties.append(OxmlElement("w:tblHeader"))


def _fill(cell: _Cell, text: str, *, centred: bool) -> None:
    for extra in cell.paragraphs[1:]:
        extra._element.getparent().remove(extra._element)  # merging keeps the empty paragraphs of what it merges
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(1)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(13)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _write(paragraph, text, "宋体", _CELL_SIZE)
