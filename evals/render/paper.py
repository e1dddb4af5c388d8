"""Renderings on paper: a PDF through LibreOffice, and its pages as a scan (a PDF of pictures) or as one picture."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm

from assistant.report import Report
from evals.render.office import docx

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["DPI", "can_print", "can_scan", "one_page", "pdf", "photograph", "picture", "scan"]

DPI = 200
_CONVERSION_SECONDS = 120
_TALL = 37.0  # centimetres: at 200 dpi just within the pixels that a picture may have
# What differs between two conversions of one file: the time, the identity and the checksum.
_STAMPS = re.compile(rb"(/CreationDate\(D:)\d{14}|(/ID \[|/DocChecksum /)[\s<>0-9A-F]+")
_EPOCH = time.gmtime(1_577_836_800)  # 2020-01-01: the same report is the same file


@cache
def _office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def can_print() -> str:
    """Empty when a PDF can be made here, else what is missing."""
    return "" if _office() else "没有安装 LibreOffice"


def can_scan() -> str:
    """Empty when a scan can be made here, else what is missing."""
    missing = [name for name in ("pypdfium2", "PIL") if find_spec(name) is None]
    return can_print() or (f"没有安装 {'、'.join(missing)}" if missing else "")


def pdf(report: Report, path: Path, *, ruled: bool = True, height: float = 29.7) -> None:
    """The Word rendering as LibreOffice prints it, on pages of so many centimetres. Not ``ruled``, its tables are told
    by the places of words alone.

    Raises:
        RuntimeError: LibreOffice is not there or made no file.
    """
    office = _office()
    if office is None:
        raise RuntimeError(can_print())
    with tempfile.TemporaryDirectory() as work:
        source = Path(work) / f"{path.stem}.docx"
        docx(report, source)
        _alter(source, ruled, height)
        # A profile of its own: a LibreOffice that someone has open would take the job and answer nothing.
        command = [office, f"-env:UserInstallation={(Path(work) / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", work, str(source)]
        done = subprocess.run(command, capture_output=True, timeout=_CONVERSION_SECONDS, check=False)
        made = source.with_suffix(".pdf")
        if not made.exists():
            raise RuntimeError(f"LibreOffice 没有生成 PDF：{done.stderr.decode(errors='replace')[:200]}")
        path.write_bytes(_STAMPS.sub(_blanked, made.read_bytes()))


def _alter(source: Path, ruled: bool, height: float) -> None:
    word = Document(str(source))
    word.sections[0].page_height = Cm(height)
    for borders in [] if ruled else list(word.element.body.iter(qn("w:tblBorders"))):
        borders.getparent().remove(borders)
    word.save(str(source))


def _blanked(stamp: re.Match[bytes]) -> bytes:
    """The same length, so that offsets in the file stay true."""
    name: bytes = stamp[1] or stamp[2]
    return name + re.sub(rb"[0-9A-F]", b"0", stamp[0].removeprefix(name))


def scan(report: Report, path: Path) -> None:
    """Grey pictures of the printed pages at 200 dpi in a PDF without any text."""
    with tempfile.TemporaryDirectory() as work:
        printed = Path(work) / "printed.pdf"
        pdf(report, printed)
        photograph(printed, path)


def photograph(printed: Path, path: Path) -> None:
    """``scan`` of a PDF that is there already."""
    first, *others = _pages(printed)
    first.save(path, "PDF", resolution=DPI, save_all=True, append_images=others, creationDate=_EPOCH, modDate=_EPOCH)


def one_page(report: Report) -> Report:
    """What a single picture can show of a report: its opening, and the sections with tables 3 and 4, without prose."""
    kept = ("requests", "review")
    return report.model_copy(
        update={
            "sections": tuple(
                section.model_copy(update={"paragraphs": ()}) for section in report.sections if section.id in kept
            ),
            "closing": (),
            "cells": {metric: cell for metric, cell in report.cells.items() if not metric.startswith("disclosure.")},
            "tables": tuple(table for table in report.tables if table.id in kept),
        }
    )


def picture(report: Report, path: Path) -> None:
    """``one_page`` on a long page, photographed at 200 dpi; png or jpg, by the path.

    Raises:
        RuntimeError: it takes more than a page.
    """
    with tempfile.TemporaryDirectory() as work:
        printed = Path(work) / "printed.pdf"
        pdf(one_page(report), printed, height=_TALL)
        first, *others = _pages(printed)
        if others:
            raise RuntimeError("题名、导语和表三、表四超过一页")
        first.save(path)


def _pages(printed: Path) -> Iterator[Image]:
    document = import_module("pypdfium2").PdfDocument(str(printed))
    try:
        for page in document:
            yield page.render(scale=DPI / 72, grayscale=True).to_pil()
    finally:
        document.close()
