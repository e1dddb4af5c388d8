"""Files that attack a reader, made into a folder: none of them is kept in the repository.

``FILES`` maps names to makers, ``SMALL`` those that can only be nonsense; a maker writes to the path it is given. ``Lure``
is what a careless parser would fetch: a file on this disk and an address on this machine. By hand:
``python tests/hostile/generate.py FOLDER``.
"""

from __future__ import annotations

import random
import sys
from functools import partial
from pathlib import Path

import hostile_pages as pages
import hostile_pdfs as pdfs
import hostile_zips as zips
from hostile_common import SECRET, Lure, Maker

__all__ = ["FILES", "SECRET", "SMALL", "Lure", "make"]

SUFFIXES = (
    ".txt", ".md", ".docx", ".html", ".htm", ".pdf", ".xlsx", ".png", ".jpg", ".doc", ".wps", ".ofd", ".xls", ".et", ".rtf",
)  # fmt: skip


def _bytes(path: Path, _: Lure, *, data: bytes) -> None:
    path.write_bytes(data)


_PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
FILES: dict[str, Maker] = {
    "zip bomb.docx": zips.zip_bomb,
    "zip that lies.docx": zips.zip_that_lies,
    "zip of 60,000 parts.docx": zips.zip_of_many,
    "zip of twins.docx": zips.zip_of_twins,
    "100,000 rows.docx": zips.docx_of_rows,
    "tables nested 500 deep.docx": zips.docx_nested,
    "gridSpan of a billion.docx": zips.docx_spanning,
    "6,000 long numbers.docx": zips.docx_numbered_at_length,
    "entity bomb.docx": zips.docx_entities,
    "external entities.docx": zips.docx_external,
    "encrypted.docx": partial(zips.ole, stream="EncryptedPackage"),
    "entity bomb.html": pages.html_entities,
    "external entities.html": pages.html_external,
    "rowspan of a billion.html": pages.html_spanning,
    "5,000 large spans.html": pages.html_many_spans,
    "50 cells over 18,000 rows.html": pages.html_wide_and_tall,
    "tables nested 500 deep.html": pages.html_nested,
    "200,000 deep.html": pages.html_deep,
    "50 MB of prose.html": pages.html_of_prose,
    "45 MB of cells.html": pages.html_of_cells,
    "2 million bars.txt": pages.text_of_bars,
    "digits and brackets.txt": pages.text_of_digits,
    "250,000 headings.txt": pages.text_of_headings,
    "a million objects.pdf": pdfs.pdf_of_objects,
    "a million objects without directory.pdf": pdfs.pdf_without_directory,
    "a million pages.pdf": pdfs.pdf_of_pages,
    "stream of 400 MB.pdf": pdfs.pdf_that_swells,
    "one huge page.pdf": pdfs.pdf_of_one_huge_page,
    "page tree in circles.pdf": pdfs.pdf_in_circles,
    "truncated.pdf": pdfs.pdf_truncated,
    "encrypted.pdf": pdfs.pdf_encrypted,
    "one huge scan.pdf": pdfs.pdf_of_one_huge_scan,
    "150 scanned pages.pdf": pdfs.pdf_of_many_scans,
    "a scanned strip.pdf": pdfs.pdf_of_a_strip,
    "scanned noise.pdf": pdfs.pdf_of_noise,
    "7,000 scanned cells.pdf": pdfs.pdf_of_scanned_cells,
    "200,000 strokes.pdf": pdfs.pdf_of_strokes,
    "thin picture.png": pdfs.thin_picture,
    "picture bomb.png": pdfs.picture_bomb,
    "the last cell.xlsx": zips.xlsx_of_cells,
    "30,000 times one text.xlsx": zips.xlsx_of_one_text,
    "zip bomb.xlsx": zips.xlsx_bomb,
    "encrypted.xlsx": partial(zips.ole, stream="EncryptedPackage"),
    "old Word.doc": partial(zips.ole, stream="WordDocument"),
    "old.wps": partial(zips.ole, stream="WpsCustomData"),
    "format document.ofd": zips.ofd,
    "docx named.pdf": zips.small_docx,
    "docx named.html": zips.small_docx,
    "pdf named.docx": pdfs.pdf_truncated,
    "html named.xlsx": pages.html_nested,
    "old Word named.docx": partial(zips.ole, stream="WordDocument"),
    "png named.txt": partial(_bytes, data=_PNG),
    "png named.html": partial(_bytes, data=_PNG),
}
SMALL: dict[str, Maker] = {
    **{f"zero bytes{suffix}": partial(_bytes, data=b"") for suffix in SUFFIXES},
    **{f"nulls{suffix}": partial(_bytes, data=bytes(100_000)) for suffix in SUFFIXES},
    **{f"noise{suffix}": partial(_bytes, data=random.Random(suffix).randbytes(100_000)) for suffix in SUFFIXES},
}


def make(name: str, folder: Path, lure: Lure) -> Path:
    """Write one of ``FILES`` or ``SMALL`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    (FILES | SMALL)[name](path, lure)
    return path


if __name__ == "__main__":
    # FOLDER [NAME FILE URL]: one of them with a lure, or all of them
    target, *one = sys.argv[1:]
    lure = Lure(Path(one[1]), one[2]) if one else Lure(Path("/nowhere"), "http://127.0.0.1:9")
    for each in one[:1] or FILES | SMALL:
        make(each, Path(target), lure)
