"""Where the figures and the words of a draft come from: sheets to tick off, a row for each figure in the text, for
each sentence that is not as the office noted it, and for what of the library a part was written with."""

from __future__ import annotations

from functools import cache
from math import ceil
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from assistant.drafting.manuscript import Manuscript, PartText
from assistant.drafting.rewording import marked
from assistant.drafting.slots import Use
from assistant.drafting.workbook.layout import address_of
from assistant.figures.book import Book
from assistant.form import EDITION_2021
from assistant.render.spreadsheet import put_text

__all__ = ["source_cells", "write_provenance"]

Columns = tuple[tuple[str, int], ...]

# (heading, width in characters) of each sheet; the last one is for the person who checks
_FIGURES = (
    ("序号", 6),
    ("所在部分", 18),
    ("正文（所指数字在［］内）", 60),
    ("数字", 18),
    ("来源", 34),
    ("单元格", 44),
    ("已核对", 9),
)
_WORDS = (
    ("序号", 6),
    ("所在部分", 18),
    ("要点（单位的原话）", 50),
    ("正文（改动处标［删］［增］）", 60),
    ("谁写的", 10),
    ("退回的理由", 50),
    ("模型的另一种写法（没有写进去）", 50),
    ("已核对", 9),
)
_REFERENCES = (
    ("序号", 6),
    ("所在部分", 18),
    ("参考了", 34),
    ("那里写的", 70),
    ("用来", 24),
    ("已核对", 9),
)
_WRITERS = {"model": "模型", "composer": "程序"}
_TICKS = ("√", "×")
_DERIVED = ("last_year", "change", "yoy", "share")
_THIN = Side(style="thin", color="808080")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD, _OPEN = PatternFill("solid", fgColor="DCE6F1"), PatternFill("solid", fgColor="FFF9E0")
_LINE_HEIGHT = 17  # pt
_STOPS = "。；！？"


def write_provenance(draft: Manuscript, path: Path) -> None:
    """Write the sheets to ``path``, over what is there; ``saving`` looks after that. Raises ``OSError``."""
    book = Workbook()
    book.properties.title = draft.title
    book.remove(book.worksheets[0])
    _write(book, "数字来源", _FIGURES, _figure_rows(draft))
    if words := _word_rows(draft):
        _write(book, "文字改动", _WORDS, words)
    if references := _reference_rows(draft):
        _write(book, "参考", _REFERENCES, references)
    book.save(path)


def _write(book: Workbook, title: str, columns: Columns, rows: list[tuple[str, ...]]) -> None:
    sheet = book.create_sheet(title)
    numbered = [(str(n), *row, "") for n, row in enumerate(rows, start=1)]
    for down, texts in enumerate([tuple(heading for heading, _ in columns), *numbered], start=1):
        for right, text in enumerate(texts, start=1):
            cell = sheet.cell(down, right)
            put_text(cell, text)
            cell.border, cell.alignment = _FRAME, Alignment(vertical="center", wrap_text=True)
            if down == 1:
                cell.font, cell.fill = Font(bold=True), _HEAD
            elif right == len(columns):
                cell.fill = _OPEN
        sheet.row_dimensions[down].height = _LINE_HEIGHT * _lines(texts, columns)
    _layout(sheet, columns, len(rows))


def _figure_rows(draft: Manuscript) -> list[tuple[str, ...]]:
    return [
        (
            f"{text.part.number} {text.part.id}",
            _sentence(text, use),
            use.text,
            use.source,
            source_cells(use, draft),
        )
        for text in draft.parts
        for use in text.uses
    ]


def _word_rows(draft: Manuscript) -> list[tuple[str, ...]]:
    """The sentences that say a note in other words, and those of which others were refused."""
    return [
        (
            f"{text.part.number} {text.part.id}",
            each.note,
            marked(each.changes) or each.text,
            _WRITERS[each.by],
            "；".join(each.refusals),
            each.suggestion,
        )
        for text in draft.parts
        for each in text.sentences()
        if each.changed or each.refusals
    ]


def _reference_rows(draft: Manuscript) -> list[tuple[str, ...]]:
    return [
        (f"{text.part.number} {text.part.id}", one.source, one.text, "、".join(one.used))
        for text in draft.parts
        for one in text.references
    ]


def _sentence(part: PartText, use: Use) -> str:
    """The sentence that a figure stands in, the figure between brackets: 173件 may stand there twice."""
    text, end = part.paragraphs[use.paragraph], use.start + len(use.text)
    first = max((text.rfind(stop, 0, use.start) for stop in _STOPS), default=-1) + 1
    last = min((place + 1 for stop in _STOPS if (place := text.find(stop, end)) >= 0), default=len(text))
    return f"{text[first : use.start]}［{use.text}］{text[end:last]}"


def _lines(texts: tuple[str, ...], columns: Columns) -> int:
    """How many lines a row needs: not every program works that out when it opens the file. A 汉字 is two wide."""
    widths = (sum(1 if sign.isascii() else 2 for sign in text) for text in texts)
    return max(ceil(wide / (width - 1)) for wide, (_, width) in zip(widths, columns, strict=True))


def _layout(sheet: Worksheet, columns: Columns, rows: int) -> None:
    for n, (_, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    tick = get_column_letter(len(columns))
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    sheet.auto_filter.ref = f"A1:{tick}{rows + 1}"
    choices = DataValidation(type="list", formula1=f'"{",".join(_TICKS)}"', allow_blank=True)
    choices.error, choices.errorTitle = "核对无误填 √，有误填 ×", "不在列表中"
    sheet.add_data_validation(choices)
    choices.add(f"{tick}2:{tick}{max(rows, 1) + 1}")
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def source_cells(use: Use, draft: Manuscript) -> str:
    """The workbook's cells behind a figure: 表三!J4, or 表三!J7、J8 for a sum. Empty for last year's figures alone."""
    family, _, rest = use.slot.partition(".")
    if family == "own":
        return draft.data.own[int(rest) - 1].address
    if family == "note":
        return use.source
    base, _, suffix = use.slot.rpartition(".")
    key = base if suffix in _DERIVED else use.slot
    parts = () if suffix == "last_year" else Book(draft.cells).parts(key)
    found = [address_of(metric) for metric in parts]
    found += [address for place in use.source.split("；") if (address := _addresses().get(place))]
    return _joined(dict.fromkeys(found))


@cache
def _addresses() -> dict[str, str]:
    return {metric.place: address_of(metric.id) for metric in EDITION_2021.metrics.values()}


def _joined(addresses: dict[str, None]) -> str:
    """表三!J7、J8；表四!E4: the sheet is named where it changes."""
    by_sheet: dict[str, list[str]] = {}
    for sheet, _, cell in (address.partition("!") for address in addresses):
        by_sheet.setdefault(sheet, []).append(cell)
    return "；".join(f"{sheet}!{'、'.join(cells)}" for sheet, cells in by_sheet.items())
