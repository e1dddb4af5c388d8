"""Writing a PDF by hand: characters of the predefined Adobe-GB1 fonts at places, and ruling lines. No font is embedded.

Places are in points from the upper left corner of an A4 page, as in ``assistant.readers.pages.page``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.readers.pages.page import Page

__all__ = ["HEIGHT", "WIDTH", "Sheet", "grid", "pdf_file", "pdf_of"]

WIDTH, HEIGHT = 595.0, 842.0
_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -120 1000 880]"
    b"/Ascent 880/Descent -120/CapHeight 880/ItalicAngle 0/StemV 80>>>>]>>"
)


class Sheet:
    """One page: ``write`` and ``line`` add to it."""

    def __init__(self) -> None:
        self.marks: list[str] = []

    def write(self, x: float, top: float, text: str, size: float = 12) -> None:
        """Text whose first character's box begins at (x, top); every character is as wide as it is high."""
        code = text.encode("utf-16-be").hex()
        self.marks.append(f"BT /F1 {size} Tf {x} {HEIGHT - top - 0.88 * size} Td <{code}> Tj ET")

    def line(self, x0: float, y0: float, x1: float, y1: float, grey: float = 0) -> None:
        self.marks.append(f"{grey} G 0.5 w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S")

    def box(self, x: float, y: float, width: float, height: float, grey: float) -> None:
        """A filled rectangle, as editors shade a paragraph with."""
        self.marks.append(f"{grey} g {x} {HEIGHT - y - height} {width} {height} re f 0 g")


def grid(
    sheet: Sheet, xs: Sequence[float], ys: Sequence[float], rows: Iterable[Sequence[str]], size: float = 10
) -> None:
    """A ruled table; a text stands in each cell, ``\\n`` breaks it."""
    for x in xs:
        sheet.line(x, ys[0], x, ys[-1])
    for y in ys:
        sheet.line(xs[0], y, xs[-1], y)
    for top, row in zip(ys, rows, strict=False):
        for x, text in zip(xs, row, strict=False):
            for number, part in enumerate(text.split("\n")):
                sheet.write(x + 4, top + 4 + number * 1.2 * size, part, size)


def pdf_file(*sheets: Sheet, trailer: bytes = b"", width: float = WIDTH) -> bytes:
    """The file; ``trailer`` adds entries to its trailer dictionary."""
    pages = b" ".join(f"{4 + 2 * number} 0 R".encode() for number in range(len(sheets)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + pages + f"]/Count {len(sheets)}>>".encode(),
        _FONT,
    ]
    for number, sheet in enumerate(sheets):
        content = "\n".join(sheet.marks).encode()
        media = f"/MediaBox[0 0 {width} {HEIGHT}]/Contents {5 + 2 * number} 0 R".encode()
        objects.append(b"<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>>>" + media + b">>")
        objects.append(f"<</Length {len(content)}>>stream\n".encode() + content + b"\nendstream")
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    end = f"trailer<</Size {len(objects) + 1}/Root 1 0 R".encode() + trailer + f">>\nstartxref\n{len(made)}\n".encode()
    return made + head + table + end + b"%%EOF\n"


def pdf_of(pages: Iterable[Page]) -> bytes:
    """Pages as ``typeset`` sets them."""
    sheets = []
    for page in pages:
        sheet = Sheet()
        for piece in page.pieces:
            sheet.write(round(piece.x0, 1), round(piece.top, 1), piece.text, piece.size)
        for at, start, end in page.horizontal:
            sheet.line(start, at, end, at)
        for at, start, end in page.vertical:
            sheet.line(at, start, at, end)
        sheets.append(sheet)
    return pdf_file(*sheets)
