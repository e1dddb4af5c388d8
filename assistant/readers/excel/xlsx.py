"""Workbooks: the office's data workbook, and plain sheets laid out like the form.

The XML is read here: openpyxl makes an object of every cell that a sheet claims, and gives either formulas or values.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from assistant.errors import UnreadableReport
from assistant.readers.archive import open_archive, read_xml
from assistant.readers.blocks import Block, Document, Grid, TextBlock
from assistant.readers.excel.layout import sheet_blocks
from assistant.readers.excel.sheet import Shared, Sheet, TooLong, address_of, read_sheet
from assistant.readers.identity import is_title
from assistant.readers.office_xml import attribute, child, children, kind, parse_xml
from assistant.report import ReadingWarning, Source
from assistant.settings import settings
from assistant.text import clean

__all__ = ["marked_cells", "read_xlsx"]

_SAVE_AS = "请用 Excel 或 WPS 打开，另存为新的 .xlsx 后再试。"
_SHARED = ("sharedStrings", "styles")  # parts that the sheets refer to
_SHOWN = 20  # characters


def read_xlsx(path: Path) -> Document:
    """A workbook as blocks, sheet after sheet; hidden sheets are left out. Every source has its address: 表三!H12.

    Formulas give the value that was last computed; simple sums that no program has computed are computed here, and any
    other formula stays as text, so that reading its cell gives a warning.

    Raises:
        UnreadableReport: no workbook, encrypted, damaged, or larger than the settings allow.
    """
    where = str(path)
    with open_archive(path) as archive:
        try:
            sheets = list(_sheets(archive, where))
            blocks = tuple(block for name, sheet in sheets for block in sheet_blocks(sheet, name, where))
        except etree.XMLSyntaxError as error:
            raise UnreadableReport("文件内容不完整或已损坏", where=where, help=_SAVE_AS) from error
    title = None if any(isinstance(block, TextBlock) and is_title(block.text) for block in blocks) else _title(blocks)
    return Document((title, *blocks) if title else blocks, warnings=tuple(_struck(sheets)))


def marked_cells(path: Path) -> Iterator[tuple[str, str, str]]:
    """(sheet, address, how) of each cell of a workbook in which something is crossed out, or a raised number stands
    behind a figure; of hidden sheets too. Raises as ``read_xlsx`` does."""
    with open_archive(path) as archive:
        for name, sheet in _sheets(archive, str(path), hidden=True):
            for place, text in sheet.struck.items():
                yield name, address_of(place), f"“{_shortened(text)}”划了删除线"
            for place in sheet.noted:
                yield name, address_of(place), f"“{_shortened(sheet.texts[place])}”括号里的是上标"


def _struck(sheets: list[tuple[str, Sheet]]) -> Iterator[ReadingWarning]:
    """A warning that something is crossed out, with the first of it."""
    found = [(name, place, text) for name, sheet in sheets for place, text in sheet.struck.items()]
    if found:
        name, place, text = found[0]
        source = Source(row=place[0], column=place[1], address=f"{name}!{address_of(place)}")
        where = f"如{source.address}的“{_shortened(text)}”"
        what = f"工作簿里有{len(found)}格划了删除线的内容没有删去，按已删去读取，{where}"
        yield ReadingWarning(message=what, source=source, kind="draft")


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _sheets(archive: zipfile.ZipFile, where: str, *, hidden: bool = False) -> Iterator[tuple[str, Sheet]]:
    """The sheets with their names; of those that are ``hidden`` only if they are asked for."""
    parts = set(archive.namelist())

    def xml(name: str) -> etree._Element:
        return parse_xml(read_xml(archive, name, where))

    main = next((part for relation, _, part in _links(xml("_rels/.rels"), "") if relation == "officeDocument"), "")
    workbook = xml(main) if main in parts else None
    if workbook is None or kind(workbook) != "workbook":
        word = workbook is not None and kind(workbook) == "document"
        raise UnreadableReport(
            "扩展名是 .xlsx，内容却是 Word 文档" if word else "文件里没有工作表",
            where=where,
            help="请把扩展名改为 .docx。" if word else _SAVE_AS,
        )
    folder, file = posixpath.split(main)
    links = list(_links(xml(posixpath.join(folder, "_rels", f"{file}.rels")), folder))
    named = {relation: xml(part) for relation, _, part in links if part in parts and relation in _SHARED}
    unread = {link: part for part, link in {part: link for _, link, part in links if part in parts}.items()}
    shared = Shared(*map(named.get, _SHARED))
    cells, characters = settings().max_table_cells, settings().max_text_characters
    for entry in children(child(workbook, "sheets"), "sheet"):
        part, name = unread.pop(attribute(entry, "id") or "", ""), attribute(entry, "name") or ""
        if part and (hidden or attribute(entry, "state") in (None, "visible")):
            try:
                sheet = read_sheet(xml(part), shared, characters)
            except TooLong:
                raise UnreadableReport(
                    f"工作簿里的文字过多（上限{settings().max_text_characters}字）",
                    where=where,
                    help="请只保留年度报告的内容；确需读取时调高 ASSISTANT_MAX_TEXT_CHARACTERS。",
                ) from None
            characters -= sheet.characters
            cells -= len(sheet.texts)
            if cells < 0:
                raise UnreadableReport(
                    f"工作簿里的单元格过多（上限{settings().max_table_cells}个）",
                    where=where,
                    help="请只保留年度报告的内容；确需读取时调高 ASSISTANT_MAX_TABLE_CELLS。",
                )
            yield clean(name), sheet


def _links(root: etree._Element, folder: str) -> Iterator[tuple[str, str, str]]:
    """(kind, id, part) of each relationship."""
    for link in root:
        target = posixpath.normpath(posixpath.join("/", folder, attribute(link, "Target") or "")).lstrip("/")
        yield (attribute(link, "Type") or "").rpartition("/")[2], attribute(link, "Id") or "", target


def _title(blocks: tuple[Block, ...]) -> TextBlock | None:
    """The title that a data workbook's rows 单位 and 年度 amount to: they say whose figures these are."""
    for block in blocks:
        if isinstance(block, Grid):
            values = {row[0].text: row[1] for row in block.rows if len(row) > 1}
            year = re.search(r"(?:19|20)\d{2}", values["年度"].text) if "年度" in values else None
            if year and "单位" in values and values["单位"].text:
                unit = values["单位"]
                return TextBlock(f"{unit.text}{year[0]}年政府信息公开工作年度报告", unit.source)
    return None
