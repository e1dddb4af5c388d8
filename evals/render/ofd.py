"""A report as an OFD file (GB/T 33190): the pages of ``typeset``, as an office suite with a plug-in writes them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby, pairwise
from pathlib import Path

from assistant.readers.pages.page import Page, Piece
from assistant.report import Report
from evals.render.typeset import typeset

__all__ = ["ofd", "write_ofd"]

_NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_MILLIMETRES = 25.4 / 72
_ASCENT = 0.88  # of the type size, from a character's top to its baseline


def ofd(report: Report, path: Path) -> None:
    write_ofd(typeset(report), path)


def write_ofd(pages: Sequence[Page], path: Path) -> None:
    """``pages`` as a package: a line of print is a text object, a ruling line a path."""
    listed = "".join(
        f'<ofd:Page ID="{page.number}" BaseLoc="Pages/Page_{page.number - 1}/Content.xml"/>' for page in pages
    )
    width, height = (_mm(pages[0].width), _mm(pages[0].height))
    document = (
        f"<ofd:Document {_NAMESPACE}><ofd:CommonData><ofd:MaxUnitID>99999</ofd:MaxUnitID><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 {width} {height}</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
    root = (
        f'<ofd:OFD {_NAMESPACE} DocType="OFD" Version="1.0"><ofd:DocBody><ofd:DocInfo/>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )
    parts = {"OFD.xml": root, "Doc_0/Document.xml": document}
    parts |= {f"Doc_0/Pages/Page_{page.number - 1}/Content.xml": _content(page) for page in pages}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name)  # without the time: the same report is the same file
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, f'<?xml version="1.0" encoding="UTF-8"?>{text}')


def _mm(points: float) -> str:
    return f"{points * _MILLIMETRES:.4f}"


def _content(page: Page) -> str:
    objects = "".join((*_texts(page.pieces), *_paths(page)))
    return f'<ofd:Page {_NAMESPACE}><ofd:Content><ofd:Layer ID="1">{objects}</ofd:Layer></ofd:Content></ofd:Page>'


def _texts(pieces: Sequence[Piece]) -> Iterator[str]:
    for (top, size), members in groupby(pieces, key=lambda piece: (piece.top, piece.size)):
        row = list(members)
        left, right = row[0].x0, row[-1].x1
        steps = " ".join(_mm(after.x0 - before.x0) for before, after in pairwise(row))
        along = f' DeltaX="{steps}"' if steps else ""
        words = escape("".join(piece.text for piece in row))
        yield (
            f'<ofd:TextObject ID="2" Boundary="{_mm(left)} {_mm(top)} {_mm(right - left)} {_mm(size)}" Font="1" '
            f'Size="{_mm(size)}"><ofd:TextCode X="0" Y="{_mm(_ASCENT * size)}"'
            f"{along}>{words}</ofd:TextCode></ofd:TextObject>"
        )


def _paths(page: Page) -> Iterator[str]:
    lines = [(line.start, line.at, line.end - line.start, 0.0) for line in page.horizontal]
    lines += [(line.at, line.start, 0.0, line.end - line.start) for line in page.vertical]
    for x, y, wide, high in lines:
        yield (
            f'<ofd:PathObject ID="3" Boundary="{_mm(x)} {_mm(y)} {_mm(wide)} {_mm(high)}" LineWidth="0.25">'
            f"<ofd:AbbreviatedData>M 0 0 L {_mm(wide)} {_mm(high)}</ofd:AbbreviatedData></ofd:PathObject>"
        )
