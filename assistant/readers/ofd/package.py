"""OFD files as blocks. Where each part of a file is, which pages there are; what stands on them is for ``marks``."""

from __future__ import annotations

import posixpath
import time
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

from assistant.errors import UnreadableReport
from assistant.readers.archive import open_archive, read_xml
from assistant.readers.blocks import Document
from assistant.readers.ofd.marks import Marks, box_of
from assistant.readers.office_xml import attribute, child, children, parse_xml
from assistant.readers.pages.layout import document_of
from assistant.readers.pages.page import Page
from assistant.report import ReadingWarning, Source
from assistant.settings import settings

__all__ = ["read_ofd"]

_A4 = (0.0, 0.0, 210.0, 297.0)  # millimetres: where neither the page nor the document says how large it is
_FEW, _MOST_OF_PAGE = 50, 0.4  # characters, and the share of a page that a picture covers: as for PDF
_AS_PDF = "请用版式阅读软件打开，另存为（或打印为）PDF 后再试。"


def read_ofd(path: Path) -> Document:
    """An OFD file as blocks.

    Raises:
        UnreadableReport: broken, too large to be a report, or without any text.
    """
    where = str(path)
    with open_archive(path) as archive:
        try:
            pages, pictured = _pages(archive, where)
        except (etree.XMLSyntaxError, ValueError, OverflowError) as error:
            raise UnreadableReport(
                f"OFD 已损坏或不完整（{type(error).__name__}）", where=where, help=f"请重新下载原文件；{_AS_PDF}"
            ) from error
    if not any(page.pieces for page in pages):
        what = "OFD 里没有文字，页面只是图片" if pictured else "OFD 里没有文字"
        raise UnreadableReport(what, where=where, help=_AS_PDF)
    told = [
        ReadingWarning(message=f"第{number}页是图片，没有读取；{_AS_PDF}", source=Source(page=number), kind="unread")
        for number in pictured
    ]
    return document_of(pages, told)


def _pages(archive: ZipFile, where: str) -> tuple[list[Page], list[int]]:
    """The pages, and the numbers of those that are only a picture."""
    parts = _Parts(archive, where)
    pages: list[Page] = []
    pictured: list[int] = []
    left, until = settings().pdf_max_marks, time.thread_time() + settings().pdf_seconds
    for content, size, templates in _contents(parts):
        if len(pages) == settings().pdf_max_pages:
            raise UnreadableReport(
                f"OFD 超过{len(pages)}页，不像一份年度报告", where=where, help="请只保留年度报告的页面。"
            )
        marks = Marks(left, until, where)
        for layer in (*templates, content):
            marks.take(layer)
        left -= marks.count
        number = len(pages) + 1
        width, height = size[2] - size[0], size[3] - size[1]
        if len(marks.pieces) < _FEW and marks.pictured >= _MOST_OF_PAGE * width * height:
            pictured.append(number)
        pages.append(marks.page(number, size))
    return pages, pictured


_Box = tuple[float, float, float, float]


def _contents(parts: _Parts) -> Iterator[tuple[etree._Element, _Box, list[etree._Element]]]:
    """The content of each page in order, with the box of its paper, and those of the templates under it."""
    root = parts.xml("OFD.xml")
    for body in children(root, "DocBody"):
        place = _text(child(body, "DocRoot"))
        document = parts.xml(place)
        common = child(document, "CommonData")
        usual = _paper(child(common, "PageArea"), _A4)
        templates = {
            attribute(each, "ID") or "": parts.beside(place, attribute(each, "BaseLoc") or "")
            for each in children(common, "TemplatePage")
        }
        for each in children(child(document, "Pages"), "Page"):
            page = parts.xml(parts.beside(place, attribute(each, "BaseLoc") or ""))
            under = [
                parts.xml(templates[name])
                for used in children(page, "Template")
                if (name := attribute(used, "TemplateID") or "") in templates
            ]
            yield page, _paper(child(page, "Area"), usual), under


def _paper(area: etree._Element | None, usual: _Box) -> _Box:
    found = child(area, "PhysicalBox")
    return box_of(_text(found)) if found is not None else usual


def _text(element: etree._Element | None) -> str:
    return "" if element is None else (element.text or "").strip()


class _Parts:
    """The parts of a package by the names that other parts call them by."""

    def __init__(self, archive: ZipFile, where: str) -> None:
        self._archive, self._where = archive, where
        self._names = {name.lower(): name for name in archive.namelist()}
        self._known: dict[str, etree._Element] = {}

    def xml(self, name: str) -> etree._Element:
        """Raises ``UnreadableReport`` where there is no such part, ``XMLSyntaxError`` where it is broken."""
        plain = posixpath.normpath(name).lstrip("/")
        if plain not in self._known:
            found = self._names.get(plain.lower(), plain)
            self._known[plain] = parse_xml(read_xml(self._archive, found, self._where))
        return self._known[plain]

    @staticmethod
    def beside(part: str, name: str) -> str:
        """A name that stands in ``part``: from the package's root when it opens with a stroke, else from its folder."""
        return name if name.startswith("/") else posixpath.join(posixpath.dirname(part), name)
