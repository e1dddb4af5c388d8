"""A worksheet's XML as text by cell: values as people see them, dates, merged cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from lxml import etree

from assistant.patterns import regex
from assistant.readers.excel.sums import Place, place_of, sum_of
from assistant.readers.form_tables.labels import is_figure, parse_cell
from assistant.readers.office_xml import add_raised, attribute, child, children, is_on, is_raised, kind
from assistant.report import Source
from assistant.text import clean

__all__ = ["Shared", "Sheet", "TooLong", "address_of", "cells_named", "read_sheet"]

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
    """The texts of one sheet, without blanks; ``drawn`` are rows that have cells, with or without text; ``struck`` is
    what is crossed out, by cell: it is not said; ``noted`` are cells with a note's number behind a figure.
    ``characters`` counts all of them, however often one text is shown."""

    texts: dict[Place, str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    drawn: set[int] = field(default_factory=set)
    struck: dict[Place, str] = field(default_factory=dict)
    noted: set[Place] = field(default_factory=set)
    characters: int = 0


class TooLong(Exception):
    """A sheet has more characters than it may: cells can share one text, which stands in the file but once."""


class _Words(NamedTuple):
    """A plain or rich string: what it says, what is crossed out in it, and whether a note's number stands in it."""

    said: str
    struck: str = ""
    noted: bool = False


class Shared:
    """What the cells of a workbook refer to by number: strings, and styles, of which two things matter: whether they
    show a number as a date, and whether they cross out what stands in the cell."""

    def __init__(self, strings: etree._Element | None, styles: etree._Element | None) -> None:
        # Of each string what it says in a cell that is not crossed out, and in one that is.
        self.strings = [(_words_of(item, False), _words_of(item, True)) for item in children(strings, "si")]
        self.dates = _date_styles(styles)
        self.struck = _struck_styles(styles)


def address_of(place: Place) -> str:
    """The cell's address as people write it: H12."""
    row, column = place
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def _words_of(item: etree._Element, struck: bool) -> _Words:
    """Of a plain or rich string in a cell that is crossed out, or not; runs with type of their own are as that says.
    The phonetic guide of East Asian text is no text."""
    said: list[str] = []
    gone: list[str] = []
    noted = False
    for part in item:
        if kind(part) == "t":
            (gone if struck else said).append(part.text or "")
        elif kind(part) == "r":
            properties = child(part, "rPr")
            texts = [text.text or "" for text in children(part, "t")]
            if struck if properties is None else is_on(properties, "strike"):
                gone += texts
            elif is_raised(properties):
                noted |= add_raised(said, texts)
            else:
                said += texts
    return _Words(clean("".join(said)).strip(), clean("".join(gone)).strip(), noted)


def _date_styles(root: etree._Element | None) -> frozenset[str]:
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


def _struck_styles(root: etree._Element | None) -> frozenset[str]:
    """Indexes of the cell styles whose type is crossed out."""
    struck = {str(index) for index, font in enumerate(children(child(root, "fonts"), "font")) if is_on(font, "strike")}
    styles = enumerate(children(child(root, "cellXfs"), "xf"))
    return frozenset(str(index) for index, style in styles if attribute(style, "fontId") in struck)


def read_sheet(root: etree._Element, shared: Shared, most: int) -> Sheet:
    """The sheet's cells where they really stand; what the sheet claims of its dimensions is not looked at.

    Raises:
        TooLong: there are more than ``most`` characters.
    """
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
            words = _shown(cell, shared)
            sheet.characters += len(words.said) + len(words.struck)
            if sheet.characters > most:
                raise TooLong
            formula = child(cell, "f")
            if words.struck:
                sheet.struck[place] = words.struck
            if words.noted:
                sheet.noted.add(place)
            if words.said:
                sheet.texts[place] = words.said
            elif formula is not None and not words.struck:
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


def _shown(cell: etree._Element, shared: Shared) -> _Words:
    form, style = attribute(cell, "t") or "n", attribute(cell, "s")
    struck = style in shared.struck
    if form == "inlineStr":
        inline = child(cell, "is")
        return _Words("") if inline is None else _words_of(inline, struck)
    value = child(cell, "v")
    text = (value.text or "") if value is not None else ""
    if form == "s":
        known = text.isascii() and text.isdigit() and int(text) < len(shared.strings)
        return shared.strings[int(text)][struck] if known else _Words("")
    text = clean(_number(text, style in shared.dates) if form == "n" else text).strip()
    return _Words("", text) if struck else _Words(text)


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
