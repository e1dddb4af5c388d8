"""Word files in the layout of official documents (GB/T 9704): A4, 仿宋三号, 28 pt lines, page numbers.

The look is in named styles (标题 1 to 3, 报告正文, 表格文字, 落款), so that what a person adds looks as the rest.
Where a font is missing, Word and LibreOffice fall back on their own Song and Hei; nothing depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from assistant.form.drawing import Drawing

__all__ = ["HEADING", "add_heading", "add_paragraph", "add_signature", "add_table", "official_document", "write"]

TITLE, HEADING, SUBHEADING, BODY = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
_LATIN = "Times New Roman"
_TEXT_WIDTH_CM = 21.0 - 2.8 - 2.6
_LINE_PITCH = Pt(28)
_KEPT_TOGETHER = 15  # rows: tables 2 and 4 stand on one page, table 3 runs on, cut between its groups
BODY_SIZE, TITLE_SIZE, _CELL_SIZE = Pt(16), Pt(22), Pt(9)
TEXT, CELLS, SIGNATURE = "报告正文", "表格文字", "落款"  # styles
_SECTION_FILL = "C6D9F1"  # of 第二十条第（一）项, as in the form that was issued
_LINE = _TEXT_WIDTH_CM / 2.54 * 72 / 16  # characters of the body in a line
_FROM_THE_EDGE, _DATE_IN = 2, 2  # characters: GB/T 9704 7.3.5.2, of a document without a seal


def official_document(title: str, author: str) -> WordDocument:
    """An empty document with the page, the fonts and the page numbers of official documents."""
    word = Document()
    _page(word)
    _styles(word)
    properties, now = word.core_properties, datetime.now(UTC)
    properties.title, properties.comments = title, ""
    properties.author = properties.last_modified_by = author
    properties.created = properties.modified = now.replace(tzinfo=None, microsecond=0)
    return word


def write(
    paragraph: Paragraph, text: str, font: str = "", size: Pt | None = None, colour: RGBColor | None = None
) -> Run:
    """Words in the look of their paragraph's style, or in a ``font`` of their own."""
    run = paragraph.add_run(text)
    if size is not None:
        run.font.size = size
    if font:
        _fonts(run._element.get_or_add_rPr(), font)
    if colour is not None:
        run.font.color.rgb = colour
    return run


def add_paragraph(word: WordDocument, *, indent: bool = False) -> Paragraph:
    return word.add_paragraph(style=TEXT if indent else "Normal")


def add_signature(word: WordDocument, unit: str, date: str) -> tuple[Paragraph, Paragraph]:
    """Who signs, and the date two characters in from it: both begin at a place of their own, so that they stand so
    whatever the font makes of digits. A date longer than the name ends where the name else would."""
    name, day = _characters(unit), _characters(date)
    begins = _LINE - _FROM_THE_EDGE - max(name, day + _DATE_IN)
    found = []
    for text, left in ((unit, begins), (date, begins + _DATE_IN)):
        paragraph = word.add_paragraph(style=SIGNATURE)
        paragraph.paragraph_format.left_indent = Pt(BODY_SIZE.pt * max(0, left))
        write(paragraph, text)
        found.append(paragraph)
    found[0].paragraph_format.keep_with_next = True  # the date never stands alone on a page
    return found[0], found[1]


def _characters(text: str) -> float:
    """How many characters of the body a text is wide."""
    return sum(0.5 if sign.isascii() else 1 for sign in text)


def add_heading(word: WordDocument, text: str, level: int, *, above_table: str = "") -> Paragraph:
    """A heading by its outline level, so that navigation panes and readers see it; ``above_table`` is the id of the
    form's table that follows it."""
    paragraph = word.add_paragraph(style=f"Heading {level}")
    if above_table:
        paragraph.paragraph_format.space_after = Pt(4)
    write(paragraph, text)
    return paragraph


def add_table(word: WordDocument, plan: Drawing, text_of: Callable[[str], str]) -> dict[str, _Cell]:
    """Draw one of the form's tables; ``text_of`` gives the text of a metric's cell. The cells by metric."""
    table = word.add_table(plan.rows, plan.columns, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    grid = [row.cells for row in table.rows]  # ``table.cell`` goes through the whole table each time
    _layout(table, grid, plan)
    cells: dict[str, _Cell] = {}
    together = _rows_kept_with_next(plan)
    for drawn in plan.cells:
        cell = grid[drawn.row][drawn.column]
        if drawn.height > 1 or drawn.width > 1:
            cell = cell.merge(grid[drawn.row + drawn.height - 1][drawn.column + drawn.width - 1])
        text = text_of(drawn.metric) if drawn.metric else drawn.text
        whole_row = drawn.width == plan.columns
        _fill(cell, text, centred=not whole_row and (bool(drawn.metric) or not plan.is_row_label(drawn)))
        if whole_row:
            _shade(cell)
        if drawn.row in together:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        if drawn.metric:
            cells[drawn.metric] = cell
    add_paragraph(word).paragraph_format.line_spacing = Pt(14)
    return cells


def _rows_kept_with_next(plan: Drawing) -> frozenset[int]:
    """The rows that stand on one page with the row below: all of a short table; of a long one its head, and the rows of
    a group ((三)不予公开), so that no page ends inside one."""
    if plan.rows <= _KEPT_TOGETHER:
        return frozenset(range(plan.rows - 1))
    groups = (cell for cell in plan.cells if 1 < cell.height <= _KEPT_TOGETHER and not cell.metric)
    inside = (row for cell in groups for row in range(cell.row, cell.row + cell.height - 1))
    return frozenset((*range(plan.header_rows + 1), *inside))


def _shade(cell: _Cell) -> None:
    fill = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _SECTION_FILL)):
        fill.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(fill)


def _page(word: WordDocument) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Cm(3.7), Cm(3.5), Cm(2.8), Cm(2.6)
    page.footer_distance = Cm(2.5)
    footer = page.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(footer, "— ", "宋体", Pt(14))
    _field(footer, "PAGE")
    write(footer, " —", "宋体", Pt(14))


def _styles(word: WordDocument) -> None:
    """The styles of an official document, in place of those of Word's template."""
    _style(word, "Normal", BODY, BODY_SIZE)
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "zh-CN")  # without it punctuation falls back on Japanese or Traditional shapes
    word.styles["Normal"].element.get_or_add_rPr().append(language)
    for name, size in ((TEXT, BODY_SIZE), (SIGNATURE, BODY_SIZE), (CELLS, _CELL_SIZE)):
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = word.styles["Normal"], True
        _style(word, name, "宋体" if name == CELLS else BODY, size)
    text, cells = (word.styles[name].paragraph_format for name in (TEXT, CELLS))
    _indent(word.styles[TEXT])
    text.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    cells.space_before = cells.space_after = Pt(0.5)
    cells.line_spacing = Pt(13)
    for level, (font, size) in enumerate(((TITLE, TITLE_SIZE), (HEADING, BODY_SIZE), (SUBHEADING, BODY_SIZE)), start=1):
        _style(word, f"Heading {level}", font, size)
        style = word.styles[f"Heading {level}"]
        style.font.color.rgb, style.font.bold, style.font.italic = RGBColor(0, 0, 0), False, False
        style.paragraph_format.keep_with_next = True
        if level == 1:
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
            style.paragraph_format.line_spacing, style.paragraph_format.space_after = Pt(34), _LINE_PITCH
        else:
            _indent(style)
        style.next_paragraph_style = word.styles[TEXT]


def _style(word: WordDocument, name: str, font: str, size: Pt) -> None:
    style = word.styles[name]
    style.font.size = size
    _fonts(style.element.get_or_add_rPr(), font)
    layout = style.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, _LINE_PITCH


def _fonts(properties: object, chinese: str) -> None:
    """The font of Chinese and of Latin characters; Word keeps them apart."""
    fonts = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    fonts.set(qn("w:ascii"), _LATIN)
    fonts.set(qn("w:hAnsi"), _LATIN)
    fonts.set(qn("w:eastAsia"), chinese)
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # a theme's font would win over the named one
        fonts.attrib.pop(qn(f"w:{name}"), None)


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


def _indent(style: ParagraphStyle) -> None:
    """Two characters, whatever the size of the font."""
    style.paragraph_format.first_line_indent = BODY_SIZE * 2
    style.element.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")


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
    paragraph.style = CELLS
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    write(paragraph, text)
