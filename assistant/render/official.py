"""Word files in the layout of official documents (GB/T 9704): A4, 仿宋三号, 28 pt lines, page numbers.

Where a font is missing, Word and LibreOffice fall back on their own Song and Hei; nothing depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

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

from assistant.form.drawing import Drawing

__all__ = [
    "BODY",
    "BODY_SIZE",
    "HEADING",
    "SUBHEADING",
    "TITLE",
    "TITLE_SIZE",
    "add_heading",
    "add_paragraph",
    "add_table",
    "official_document",
    "write",
]

TITLE, HEADING, SUBHEADING, BODY = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
_LATIN = "Times New Roman"
_TEXT_WIDTH_CM = 21.0 - 2.8 - 2.6
_LINE_PITCH = Pt(28)
_A_PAGE_LONG = (
    "requests"  # a table that fills a page begins on one, lest three of its rows stand at the foot of another
)
_KEPT_TOGETHER = 15  # rows: tables 2 and 4 stand on one page, table 3 runs on
BODY_SIZE, TITLE_SIZE, _CELL_SIZE = Pt(16), Pt(22), Pt(9)


def official_document(title: str, author: str) -> WordDocument:
    """An empty document with the page, the fonts and the page numbers of official documents."""
    word = Document()
    _page(word)
    word.core_properties.title = title
    word.core_properties.author = author
    word.core_properties.comments = ""
    return word


def write(
    paragraph: Paragraph, text: str, font: str = BODY, size: Pt = BODY_SIZE, colour: RGBColor | None = None
) -> Run:
    run = paragraph.add_run(text)
    run.font.size = size
    _fonts(run._element.get_or_add_rPr(), font)
    if colour is not None:
        run.font.color.rgb = colour
    return run


def add_paragraph(word: WordDocument, *, indent: bool = False) -> Paragraph:
    paragraph = word.add_paragraph()
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE_PITCH
    if indent:
        _indent(paragraph)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    return paragraph


def add_heading(
    word: WordDocument, text: str, level: int, font: str, *, size: Pt = BODY_SIZE, above_table: str = ""
) -> Paragraph:
    """A heading by its outline level, so that navigation panes and readers see it, in the look of official documents.

    ``above_table`` is the id of the form's table that follows it.
    """
    paragraph = word.add_paragraph(style=f"Heading {level}")
    layout = paragraph.paragraph_format
    layout.keep_with_next = True
    layout.page_break_before = above_table == _A_PAGE_LONG or None
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = Pt(34) if level == 1 else _LINE_PITCH
    layout.space_before, layout.space_after = Pt(0), _LINE_PITCH if level == 1 else Pt(4 if above_table else 0)
    if level == 1:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        _indent(paragraph)
    run = write(paragraph, text, font, size, RGBColor(0, 0, 0))
    run.font.bold = run.font.italic = False
    return paragraph


def add_table(word: WordDocument, plan: Drawing, text_of: Callable[[str], str]) -> dict[str, _Cell]:
    """Draw one of the form's tables; ``text_of`` gives the text of a metric's cell. The cells by metric."""
    table = word.add_table(plan.rows, plan.columns, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    grid = [row.cells for row in table.rows]  # ``table.cell`` goes through the whole table each time
    _layout(table, grid, plan)
    cells: dict[str, _Cell] = {}
    for drawn in plan.cells:
        cell = grid[drawn.row][drawn.column]
        if drawn.height > 1 or drawn.width > 1:
            cell = cell.merge(grid[drawn.row + drawn.height - 1][drawn.column + drawn.width - 1])
        text = text_of(drawn.metric) if drawn.metric else drawn.text
        _fill(cell, text, centred=bool(drawn.metric) or not plan.is_outcome(drawn))
        if plan.rows <= _KEPT_TOGETHER and drawn.row + drawn.height < plan.rows:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        if drawn.metric:
            cells[drawn.metric] = cell
    add_paragraph(word).paragraph_format.line_spacing = Pt(14)
    return cells


def _page(word: WordDocument) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Cm(3.7), Cm(3.5), Cm(2.8), Cm(2.6)
    page.footer_distance = Cm(2.5)
    normal = word.styles["Normal"]
    normal.font.size = BODY_SIZE
    _fonts(normal.element.get_or_add_rPr(), BODY)
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "zh-CN")  # without it punctuation falls back on Japanese or Traditional shapes
    normal.element.get_or_add_rPr().append(language)
    footer = page.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(footer, "— ", "宋体", Pt(14))
    _field(footer, "PAGE")
    write(footer, " —", "宋体", Pt(14))


def _fonts(properties: object, chinese: str) -> None:
    """The font of Chinese and of Latin characters; Word keeps them apart."""
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    fonts.set(qn("w:ascii"), _LATIN)
    fonts.set(qn("w:hAnsi"), _LATIN)
    fonts.set(qn("w:eastAsia"), chinese)


def _field(paragraph: Paragraph, code: str) -> None:
    run = write(paragraph, "", "宋体", Pt(14))
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.set(qn("xml:space"), "preserve")
            element.text = text
        run._element.append(element)


def _indent(paragraph: Paragraph) -> None:
    """Two characters, whatever the size of the font."""
    paragraph.paragraph_format.first_line_indent = BODY_SIZE * 2
    paragraph._element.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")


def _shares(plan: Drawing) -> Sequence[float]:
    """Widths of the columns, in parts of the text width."""
    if plan.table.id == "disclosure":
        return (30, *[70 / (plan.columns - 1)] * (plan.columns - 1))
    return (8, 10, 28, 8, 8, 8, 8, 8, 7, 7) if plan.table.id == "requests" else (1,) * plan.columns


def _layout(table: WordTable, grid: Sequence[Sequence[_Cell]], plan: Drawing) -> None:
    """Column widths, header rows that repeat on the next page, rows that do not break across pages."""
    shares = _shares(plan)
    for n, (column, share) in enumerate(zip(table.columns, shares, strict=True)):
        column.width = Cm(_TEXT_WIDTH_CM * share / sum(shares))
        for row_cells in grid:
            row_cells[n].width = column.width
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
    layout.space_before = layout.space_after = Pt(0.5)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(13)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    write(paragraph, text, "宋体", _CELL_SIZE)
