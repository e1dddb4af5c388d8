"""Hostile PDF files and pictures."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path

from hostile_common import Lure


def _pdf(objects: Iterable[bytes], trailer: str = "") -> bytes:
    """A PDF of these objects, numbered from 1, of which the first is the catalog."""
    parts, offsets, size = [b"%PDF-1.7\n"], [], 9
    for number, body in enumerate(objects, start=1):
        part = b"%d 0 obj%b\nendobj\n" % (number, body)
        offsets.append(size)
        parts.append(part)
        size += len(part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(offsets) + 1, table))
    end = f"trailer<</Size {len(offsets) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{size}\n%%EOF\n"
    return b"".join([*parts, end.encode()])


_TREE = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>")


def _page(stream: bytes = b"", box: str = "0 0 595 842") -> tuple[bytes, ...]:
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R/Resources<<>>>>".encode()
    return (*_TREE, page, b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(stream), stream))


def pdf_of_objects(path: Path, _: Lure) -> None:
    path.write_bytes(_pdf([*_page(zlib.compress(b"")), *[b"<<>>"] * 1_000_000]))


def pdf_without_directory(path: Path, _: Lure) -> None:
    """A million objects again; the reader must search for them itself."""
    path.write_bytes(_pdf([*_page(zlib.compress(b"")), *[b"1"] * 1_000_000]).partition(b"xref")[0])


def pdf_of_pages(path: Path, _: Lure) -> None:
    """One small page, a million times over."""
    kids = b"<</Type/Pages/Count 1000000/Kids[%b]>>" % (b"3 0 R " * 1_000_000)
    path.write_bytes(_pdf([_TREE[0], kids, *_page(zlib.compress(b""))[2:]]))


def pdf_that_swells(path: Path, _: Lure) -> None:
    """A page whose stream unpacks to 400 MB of drawing."""
    pump = zlib.compressobj(9)
    packed = b"".join([*(pump.compress(b"0 0 1 1 re f " * 80_000) for _ in range(400)), pump.flush()])
    path.write_bytes(_pdf(_page(packed)))


def pdf_of_one_huge_page(path: Path, _: Lure) -> None:
    """No text, so it looks like a scan; at 200 dpi its picture would have a thousand billion dots."""
    path.write_bytes(_pdf(_page(zlib.compress(b"0 0 9 9 re f"), "0 0 400000 400000")))


def pdf_in_circles(path: Path, _: Lure) -> None:
    path.write_bytes(_pdf([_TREE[0], b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2/Parent 2 0 R>>"]))


def pdf_truncated(path: Path, _: Lure) -> None:
    whole = _pdf(_page(zlib.compress(b"BT /F1 12 Tf (abc) Tj ET " * 500)))
    path.write_bytes(whole[: len(whole) // 2])


def pdf_encrypted(path: Path, _: Lure) -> None:
    """No password opens it: the check values are arbitrary."""
    lock = f"/ID[<{'0' * 32}><{'0' * 32}>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>"
    path.write_bytes(_pdf(_page(zlib.compress(b"")), lock))


_IMAGE = b"q %d 0 0 %d 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q"


def pdf_of_one_huge_scan(path: Path, _: Lure) -> None:
    """A picture fills the page; drawn at 200 dpi that is a thousand billion dots."""
    side = 400_000
    path.write_bytes(_pdf(_page(zlib.compress(_IMAGE % (side, side)), f"0 0 {side} {side}")))


def pdf_of_many_scans(path: Path, _: Lure) -> None:
    """A hundred and fifty pages that are one picture each: recognising them would take an hour."""
    kids = b" ".join(b"%d 0 R" % number for number in range(4, 154))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources<<>>>>"
    stream = zlib.compress(_IMAGE % (595, 842))
    content = b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(stream), stream)
    pages = b"<</Type/Pages/Count 150/Kids[%b]>>" % kids
    path.write_bytes(_pdf([_TREE[0], pages, content, *[page] * 150]))


def pdf_of_a_strip(path: Path, _: Lure) -> None:
    """A scanned strip five hundred metres long and a centimetre high: as one line of print it would take gigabytes."""
    path.write_bytes(_pdf(_page(zlib.compress(_IMAGE % (1_400_000, 28)), "0 0 1400000 28")))


def pdf_of_noise(path: Path, _: Lure) -> None:
    """A scanned page of dots and nothing but dots: a detector sees print everywhere."""
    dots = random.Random(1).randbytes(620 * 877)
    image = b"q 595 0 0 842 0 0 cm BI /W 620 /H 877 /CS /G /BPC 8 ID %b EI Q" % dots
    path.write_bytes(_pdf(_page(zlib.compress(image))))


def pdf_of_scanned_cells(path: Path, _: Lure) -> None:
    """A scanned page of seven thousand small cells with a dot in each."""
    width, height, pitch = 1654, 2339, 24
    rule, dots = b"\x00" * width, (b"\x00\x00" + b"\xff" * 8 + b"\x00" * 6 + b"\xff" * 8) * (width // pitch + 1)
    blank = (b"\x00\x00" + b"\xff" * 22) * (width // pitch + 1)
    rows = [rule if y % pitch < 2 else (dots if 8 < y % pitch < 16 else blank)[:width] for y in range(height)]
    image = b"q 595 0 0 842 0 0 cm BI /W %d /H %d /CS /G /BPC 8 ID %b EI Q" % (width, height, b"".join(rows))
    path.write_bytes(_pdf(_page(zlib.compress(image))))


def pdf_of_strokes(path: Path, _: Lure) -> None:
    """Two hundred thousand short lines that touch none of the others: any of them might be the border of a cell."""
    places = [(x, y) for x in range(0, 590, 5) for y in range(0, 840, 1)]
    strokes = b"".join(b"%d %d m %d %d l S %d %d m %d %d l S " % (x, y, x + 1, y, x, y, x, y + 1) for x, y in places)
    path.write_bytes(_pdf(_page(zlib.compress(b"0.1 w " + strokes))))


def picture_bomb(path: Path, _: Lure) -> None:
    """900 million white dots in a megabyte of PNG."""
    _png(path, 30_000, 30_000)


def thin_picture(path: Path, _: Lure) -> None:
    """Twenty million dots are not too many, but made as wide as a page they are a hundred billion."""
    _png(path, 20, 1_000_000)


def _png(path: Path, width: int, height: int) -> None:
    pump = zlib.compressobj(9)
    rows = (b"\x00" + b"\xff" * width) * 100
    packed = b"".join([*(pump.compress(rows) for _ in range(height // 100)), pump.flush()])
    header = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
    parts = [struct.pack(">L", len(d)) + n + d + struct.pack(">L", zlib.crc32(n + d)) for n, d in chunks]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))
