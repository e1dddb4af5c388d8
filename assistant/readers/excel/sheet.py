"""A worksheet's XML as text by cell: values as people see them, dates, merged cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from lxml import etree

from assistant.patterns import regex
from assistant.readers.excel.sums import Place, place_of, sum_of
from assistant.readers.form_tables.labels import is_figure, parse_cell
from assistant.readers.office_xml import add_raised, attribute, child, children, is_on, is_raised, kind
from assistant.report import Source
from assistant.text import clean

__all__ = ["Sheet", "cells_named", "column_letters", "date_styles", "read_sheet", "shared_strings"]

_DATE_FORMATS = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))  # built in, with the Chinese ones
_QUOTED = regex(r'"[^"]*"|\[[^\]]*\]|\\.')
_FIRST_DAY, _LAST_SERIAL = date(1899, 12, 30), 2_958_465  # Excel's day 0, and 9999-12-31
_WHOLE_COLUMN = 1_048_576  # cells
_MOST_MERGE_VISITS = 1_000_000  # cells looked at for the merges of one sheet
_MOST_SUM_VISITS = 50_000  # cells looked at for the sums of one sheet; the data workbook needs some 400
_DEEPEST = 8  # sums of sums of sums; more than this is a circle
_PLACES = 6  # what is left of a float's noise; money in 万元 has at most four


@dataclass(frozen=True, slots=True)
class Merge:
    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Sheet:
    """The texts of one sheet, without blanks; ``drawn`` are rows that have cells, with or without text."""

    texts: dict[Place, str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    drawn: set[int] = field(default_factory=set)


def column_letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def shared_strings(root: etree._Element) -> list[str]:
    return [_text_of(item) for item in children(root, "si")]


def _text_of(item: etree._Element) -> str:
    """Text of a plain or rich string; the phonetic guide of East Asian text is no text, and what is crossed out is not
    said."""
    parts: list[str] = []
    for part in item:
        if kind(part) == "t":
            parts.append(part.text or "")
        elif kind(part) == "r" and not is_on(properties := child(part, "rPr"), "strike"):
            texts = [text.text or "" for text in children(part, "t")]
            if is_raised(properties):
                add_raised(parts, texts)
            else:
                parts += texts
    return "".join(parts)


def date_styles(root: etree._Element) -> frozenset[str]:
    """Indexes of the cell styles that show a number as a date."""
    custom = {
        attribute(form, "numFmtId"): _QUOTED.sub("", attribute(form, "formatCode") or "").lower()
        for form in children(child(root, "numFmts"), "numFmt")
    }
    dates: set[str] = set()
    for index, style in enumerate(children(child(root, "cellXfs"), "xf")):
        form = attribute(style, "numFmtId") or "0"
        if form in custom:
            if "y" in custom[form] and "d" in custom[form]:
                dates.add(str(index))
        elif form.isdigit() and int(form) in _DATE_FORMATS:
            dates.add(str(index))
    return frozenset(dates)


def read_sheet(root: etree._Element, strings: list[str], dates: frozenset[str]) -> Sheet:
    """The sheet's cells where they really stand; what the sheet claims of its dimensions is not looked at."""
    sheet = Sheet(merges=list(_merges(root)))
    formulas: dict[Place, str] = {}
    row_number = 0
    for row in children(child(root, "sheetData"), "row"):
        stated = attribute(row, "r") or ""
        row_number = int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 8 else row_number + 1
        column = 0
        for cell in children(row, "c"):
            place = place_of(attribute(cell, "r") or "") or (row_number, column + 1)
            column = place[1]
            sheet.drawn.add(place[0])
            text = clean(_shown(cell, strings, dates)).strip()
            formula = child(cell, "f")
            if text:
                sheet.texts[place] = text
            elif formula is not None:
                formulas[place] = (formula.text or "").strip()
    _Sums(sheet.texts, formulas).fill()
    _drop_covered(sheet)
    return sheet


def cells_named(root: etree._Element) -> int:
    """How many cells the sheet names by ranges that openpyxl makes cells of: merged ones, and links over several. One
    range to the sheet's end is 17 thousand million."""
    named = 0
    for group, each in (("mergeCells", "mergeCell"), ("hyperlinks", "hyperlink")):
        for one in children(child(root, group), each):
            first, _, last = (attribute(one, "ref") or "").replace("$", "").partition(":")
            top_left, bottom_right = place_of(first), place_of(last or first)
            if top_left and bottom_right:
                rows, columns = (abs(end - start) + 1 for start, end in zip(top_left, bottom_right, strict=True))
                named += rows * columns
            else:
                named += _WHOLE_COLUMN  # A:XFD, or what is no place
    return named


def _merges(root: etree._Element) -> Iterator[Merge]:
    for merge in children(child(root, "mergeCells"), "mergeCell"):
        first, _, last = (attribute(merge, "ref") or "").partition(":")
        top_left, bottom_right = place_of(first), place_of(last)
        if top_left and bottom_right:
            yield Merge(*top_left, *bottom_right)


def _shown(cell: etree._Element, strings: list[str], dates: frozenset[str]) -> str:
    form = attribute(cell, "t") or "n"
    if form == "inlineStr":
        inline = child(cell, "is")
        return "" if inline is None else _text_of(inline)
    value = child(cell, "v")
    text = (value.text or "") if value is not None else ""
    if form == "s":
        return strings[int(text)] if text.isascii() and text.isdigit() and int(text) < len(strings) else ""
    return _number(text, attribute(cell, "s") in dates) if form == "n" else text


def _number(text: str, is_date: bool) -> str:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite() or abs(value.adjusted()) > 30:
        return text
    if is_date and 0 < value <= _LAST_SERIAL:
        return (_FIRST_DAY + timedelta(days=int(value))).isoformat()
    return _plain(value)


@dataclass
class _Sums:
    """Puts the values of formulas that no program has computed in their places."""

    texts: dict[Place, str]
    formulas: dict[Place, str]
    _visits: int = 0

    def fill(self) -> None:
        for place, formula in self.formulas.items():
            try:
                value = self._at(place)
            except (ValueError, InvalidOperation):
                # Shown as it is: a formula is no figure, so the reader warns of it at its place.
                self.texts[place] = f"={formula}（公式没有计算结果）"
            else:
                if value is not None:
                    self.texts[place] = _plain(value)

    def _at(self, place: Place, depth: int = 0) -> Decimal | None:
        self._visits += 1
        if depth > _DEEPEST or self._visits > _MOST_SUM_VISITS:
            raise ValueError("a circle of sums, or too many of them")
        if place in self.texts:
            return _operand(self.texts[place])
        if place not in self.formulas:
            return None
        value = sum_of(self.formulas[place], lambda inner: self._at(inner, depth + 1))
        if value is not None:
            self.texts[place] = _plain(value)
        return value


def _operand(text: str) -> Decimal | None:
    cell = parse_cell(text, Source())
    if cell.note or not is_figure(text):
        raise ValueError(text)  # what stands there is no figure: a sum without it would be a wrong one
    return cell.value


def _plain(value: Decimal) -> str:
    rounded = round(value, _PLACES)
    return f"{rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize():f}"


def _drop_covered(sheet: Sheet) -> None:
    """A merged cell shows its upper left text; what other programs left beneath it is not seen by anybody."""
    visits = 0
    for merge in sheet.merges:
        visits += len(sheet.texts) + 1
        if visits > _MOST_MERGE_VISITS:
            return
        sheet.texts = {
            place: text
            for place, text in sheet.texts.items()
            if place == (merge.top, merge.left)
            or not (merge.top <= place[0] <= merge.bottom and merge.left <= place[1] <= merge.right)
        }
