"""Scans: pictures of pages, made from PDF files, read back cell by cell; without the extra, a way out."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pytest

from assistant.errors import UnreadableReport
from assistant.readers import READERS
from assistant.readers.assemble import assemble
from assistant.readers.blocks import Grid, TextBlock
from assistant.readers.pages import scan
from assistant.readers.pages.layout import document_of
from assistant.readers.pages.page import Page, Piece, Segment
from assistant.readers.pages.pdf import read_pdf
from assistant.settings import settings
from evals.render.small_pdf import Sheet, pdf_file

needs_ocr = pytest.mark.skipif(
    find_spec("rapidocr") is None or find_spec("cv2") is None, reason="needs the extra [ocr]: rapidocr"
)


def photographed(printed: Path, made: Path, *, turned: float = 0.0, pages: tuple[int, ...] = ()) -> Path:
    """Grey pictures of a PDF's pages at 200 dpi as a PDF, or as one picture when ``made`` is named so."""
    import pypdfium2
    from PIL.Image import Resampling

    document = pypdfium2.PdfDocument(str(printed))
    chosen = [document[number - 1] for number in pages] if pages else list(document)
    first, *others = [
        page.render(scale=200 / 72, grayscale=True).to_pil().rotate(turned, Resampling.BICUBIC, fillcolor=255)
        for page in chosen
    ]
    if made.suffix == ".pdf":
        first.save(made, "PDF", resolution=200, save_all=True, append_images=others)
    else:
        first.save(made)
    document.close()
    return made


@needs_ocr
@pytest.mark.parametrize("turned", [0.0, 0.7])
def test_every_figure_of_a_published_report_that_was_scanned(turned: float, real_reports: Path, tmp_path: Path) -> None:
    name = "淮安市洪泽区人民政府_2024"
    path = photographed(real_reports / f"{name}.pdf", tmp_path / "扫描.pdf", turned=turned)
    made = assemble(read_pdf(path), f"{name}.pdf")
    told = json.loads((real_reports / f"{name}.json").read_text(encoding="utf-8"))["figures"]
    wrong = {metric for metric, value in told.items() if made.value(metric) != (value and Decimal(value))}
    warned = {str(warning.source) for warning in made.warnings}
    assert len(wrong) <= 0.01 * len(told)
    assert {metric for metric in wrong if str(made.cells[metric].source) not in warned} == set()
    assert [section.id for section in made.sections][1:4] == ["disclosure", "requests", "review"]


@needs_ocr
@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_a_picture_of_one_page(suffix: str, real_reports: Path, tmp_path: Path) -> None:
    printed = real_reports / "淮安市洪泽区人民政府_2023.pdf"
    document = scan.read_picture(photographed(printed, tmp_path / f"第二页{suffix}", pages=(2,)))
    (table,) = [block for block in document.blocks if isinstance(block, Grid)]
    assert [cell.text for cell in table.rows[3]] == ["行政规范性文件", "0", "5", "5"]
    assert all(0 < cell.confidence < 1 for cell in table.rows[3])
    assert "二、主动公开政府信息情况" in [block.text for block in document.blocks if isinstance(block, TextBlock)]
    assert document.warnings == ()


@needs_ocr
def test_a_coarse_picture_is_told(real_reports: Path, tmp_path: Path) -> None:
    from PIL import Image

    page = photographed(real_reports / "淮安市洪泽区人民政府_2023.pdf", tmp_path / "页.png", pages=(5,))
    with Image.open(page) as picture:
        picture.resize((picture.width // 2, picture.height // 2)).save(page)
    (warning,) = scan.read_picture(page).warnings
    assert "约100dpi" in warning.message


def typed(path: Path, dpi: int = 200) -> Path:
    """A page of A4 with two words far apart, as a picture or as a PDF that holds one."""
    from PIL import Image, ImageDraw

    page = Image.new("L", (round(8.27 * dpi), round(11.69 * dpi)), 255)
    for height in (0.2, 0.7):
        ImageDraw.Draw(page).text((dpi, height * page.height), "2024 report", fill=0, font_size=dpi / 5)
    page.save(path, resolution=dpi)
    return path


@needs_ocr
@pytest.mark.parametrize(("dpi", "told"), [(100, ["第1页的图片只有约100dpi"]), (200, [])])
def test_a_coarse_scan_inside_a_pdf_is_told_like_a_picture(dpi: int, told: list[str], tmp_path: Path) -> None:
    document = read_pdf(typed(tmp_path / "扫描.pdf", dpi))
    assert [warning.message.partition("，")[0] for warning in document.warnings] == told
    assert "".join(block.text for block in document.blocks if isinstance(block, TextBlock)) == "2024 report" * 2


@needs_ocr
@pytest.mark.parametrize(
    ("name", "value", "told"), [("SCAN_SECONDS", "0.001", "超过0.001秒"), ("MAX_SCANNED_LINES", "1", "超过1处")]
)
def test_recognition_is_bounded(
    name: str, value: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"ASSISTANT_{name}", value)
    settings.cache_clear()
    try:
        for path in (typed(tmp_path / "页.png"), typed(tmp_path / "页.pdf")):
            with pytest.raises(UnreadableReport, match=told) as caught:
                READERS[path.suffix](path)
            assert caught.value.where == str(path) and f"ASSISTANT_{name}" in caught.value.help
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_a_line_that_is_unsure_is_told_at_its_place() -> None:
    lines = [Piece(text, 75, 150 + 20 * n, 400, 162 + 20 * n, 12, sure) for n, (text, sure) in enumerate(
        [("本年共受理申请", 0.98), ("收到45件，", 0.6), ("比上年多。", 0.95)]
    )]  # fmt: skip
    (warning,) = document_of([Page(2, 595, 842, tuple(lines), (), ())]).warnings
    assert (str(warning.source), warning.message) == ("第2页第2行", "识别为“收到45件，”，把握不大，请核对原件")


def test_a_scanned_table_without_lines_is_told_and_not_guessed() -> None:
    pieces = [
        Piece(text, 75 + 60 * column, 150 + 20 * line, 100 + 60 * column, 160 + 20 * line, 10, 0.97)
        for line, label in enumerate(("2.重复申请", "3.其他"))
        for column, text in enumerate((label, *"1234567"))
    ]
    document = document_of([Page(1, 595, 842, tuple(pieces), (), ())])
    assert [type(block) for block in document.blocks] == [TextBlock] * len(document.blocks)
    assert ["没有边框的表格" in warning.message for warning in document.warnings] == [True]


@needs_ocr
def test_bands_leave_out_blank_paper_and_are_cut_between_lines() -> None:
    import numpy as np

    from assistant.readers.pages.picture import bands

    page = np.full((2000, 400), 255, np.uint8)
    for top in (100, 150, 200, 250, 1500):
        page[top : top + 20, 50:350:7] = 0
    found = bands(page, 120)
    assert found[-1] == (1500, 1520) and found[0][0] == 100 and max(bottom - top for top, bottom in found) <= 120
    assert not [cut for _, cut in found[:-2] if page[cut].min() == 0]


BAD_PICTURES = {
    "noise": bytes(range(256)) * 40,
    "a PDF called .png": pdf_file(Sheet()),
    "truncated": b"\x89PNG\r\n\x1a\n",
}


@needs_ocr
@pytest.mark.parametrize("content", BAD_PICTURES.values(), ids=BAD_PICTURES)
def test_a_broken_picture_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "页.png"
    path.write_bytes(content)
    with pytest.raises(UnreadableReport, match="图片已损坏"):
        scan.read_picture(path)


@needs_ocr
def test_a_picture_too_large_is_not_unpacked(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("1", (20_000, 20_000)).save(tmp_path / "页.png")  # 50 kB in the file
    with pytest.raises(UnreadableReport, match="图片过大"):
        scan.read_picture(tmp_path / "页.png")


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "find_spec", lambda _name: None)


@pytest.mark.usefixtures("without_extra")
def test_without_the_extra_a_picture_tells_how_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "页.png").write_bytes(b"\x89PNG")
    with pytest.raises(UnreadableReport, match="扫描件") as caught:
        scan.read_picture(tmp_path / "页.png")
    assert "[ocr]" in caught.value.help


def outlined() -> Sheet:
    """A page without characters whose text was turned into outlines: nothing to read, something to see."""
    sheet = Sheet()
    sheet.marks += [f"{x} 300 m {x + 2} 310 {x + 4} 290 {x + 6} 300 c S" for x in range(60, 500)]
    return sheet


@pytest.mark.usefixtures("without_extra")
def test_without_the_extra_a_scanned_file_is_refused_and_a_scanned_page_is_told(tmp_path: Path) -> None:
    path = tmp_path / "年报.pdf"
    path.write_bytes(pdf_file(outlined()))
    with pytest.raises(UnreadableReport, match="扫描件"):
        read_pdf(path)
    written = Sheet()
    for line in range(3):
        written.write(75, 150 + 20 * line, "甲" * 37)
    path.write_bytes(pdf_file(written, outlined()))
    document = read_pdf(path)
    assert [block.text for block in document.blocks if isinstance(block, TextBlock)] == ["甲" * 111]
    (warning,) = document.warnings
    assert warning.message.startswith("第2页是图片") and "[ocr]" in warning.message and warning.source.page == 2


def _row(cells: Callable[[int], tuple[str, float]]) -> Page:
    pieces = [
        Piece(text, 80 + 100 * column, 160, 120 + 100 * column, 170, 10, confidence)
        for column in range(3)
        for text, confidence in [cells(column)]
    ]
    across = tuple(Segment(y, 75, 375) for y in (150, 180))
    return Page(1, 595, 842, tuple(pieces), across, tuple(Segment(x, 150, 180) for x in (75, 175, 275, 375)))


@pytest.mark.parametrize(
    ("words", "label", "figure", "expected"),
    [
        ("2.重复申清", 0.9, 0.98, 0.98),
        ("2.重复申清", 0.8, 0.98, 0.98),
        ("2.重复申清", 0.5, 0.98, 0.5),
        ("2.重复申清", 0.5, 0.3, 0.3),
        ("2.重复申请", 0.5, 0.98, 0.98),  # word for word the form's
    ],
)
def test_a_figure_is_no_surer_than_the_label_it_stands_by(
    words: str, label: float, figure: float, expected: float
) -> None:
    (table,) = document_of([_row(lambda column: (words, label) if column == 0 else ("7", figure))]).blocks
    assert isinstance(table, Grid)
    assert [cell.confidence for cell in table.rows[0]] == [label, expected, expected]
