"""OFD, the national format: the same page reader as PDF, fed from a package of XML."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path

import pytest

from assistant.errors import UnreadableReport
from assistant.readers import read
from assistant.readers.blocks import Grid, TextBlock
from assistant.readers.ofd.package import read_ofd
from assistant.readers.pages.page import Page, Piece
from assistant.settings import settings
from evals.render.ofd import write_ofd
from evals.render.typeset import typeset
from evals.renderings import write

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
ROOT = f"<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"


def package(path: Path, content: str, *, common: str = "", page: str = "", root: str = ROOT, **parts: str) -> Path:
    """A package of one page; ``content`` stands in its layer."""
    document = (
        f"<ofd:Document {NAMESPACE}><ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>"
        '<ofd:Page ID="1" BaseLoc="/Doc_0/Pages/P.xml"/></ofd:Pages></ofd:Document>'
    )
    layer = f"<ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content>"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("OFD.xml", root)
        packed.writestr("Doc_0/Document.xml", document)
        packed.writestr("Doc_0/Pages/P.xml", f"<ofd:Page {NAMESPACE}>{page}{layer}</ofd:Page>")
        for name, text in parts.items():
            packed.writestr(f"Doc_0/{name}.xml", text)
    return path


def text(words: str, x: float, y: float, more: str = "", code: str = "") -> str:
    return (
        f'<ofd:TextObject Boundary="{x} {y} 100 5" Size="4" {more}>'
        f'<ofd:TextCode X="0" Y="3.5" {code}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def path(data: str, more: str = "", inside: str = "") -> str:
    return (
        f'<ofd:PathObject Boundary="20 20 100 60" {more}>{inside}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def words(file: Path) -> list[str]:
    return [block.text for block in read_ofd(file).blocks if isinstance(block, TextBlock)]


def test_every_cell_and_section_of_every_sample(corpus: Path, tmp_path: Path) -> None:
    for sample in sorted(corpus.glob("*.md")):
        report = read(sample)
        made = read(write("ofd", report, tmp_path))
        assert {m: c.raw for m, c in made.cells.items()} == {m: c.raw for m, c in report.cells.items()}
        assert [section.label for section in made.sections] == [section.label for section in report.sections]
        assert (made.unit, made.year, made.title) == (report.unit, report.year, report.title)
        assert made.warnings == ()


@pytest.mark.parametrize(
    ("more", "code", "expected"),
    [
        ("", 'DeltaX="4 4 4"', ["12件、"]),
        ("", 'DeltaX="g 3 4"', ["12件、"]),
        ("", 'DeltaX="g 900000000 4"', ["12件、"]),
        ("", "", ["12件、"]),
        ('CTM="0.5 0 0 0.5 3 1"', 'DeltaX="g 3 4"', ["12件、"]),
        ('CTM="0.7 0.7 -0.7 0.7 0 0"', 'DeltaX="g 3 4"', []),  # a watermark
        ('Visible="false"', "", []),
        ('Alpha="0"', "", []),
        ("", 'DeltaX="0 0 0" DeltaY="g 3 5"', ["1", "2", "件", "、"]),  # from top to bottom
    ],
)  # fmt: skip
def test_characters_stand_where_their_steps_lead(more: str, code: str, expected: list[str], tmp_path: Path) -> None:
    file = package(tmp_path / "a.ofd", text("12件、", 30, 40, more, code) + text("末", 30, 200))
    assert "".join(words(file)) == "".join([*expected, "末"])


@pytest.mark.parametrize(("size", "up"), [(0.5, 0.2), (0.6, 0.0), (0.7, 0.3), (0.8, 0.3)])
def test_a_raised_number_behind_a_figure_is_a_note_and_no_digit(
    size: float, up: float, corpus: Path, tmp_path: Path
) -> None:
    report = read(corpus / "清源区_2024.md")

    def noted(page: Page) -> Page:
        """Every figure of a cell with a 1 behind it, smaller and higher."""
        made: list[Piece] = []
        for piece, after in zip_longest(page.pieces, page.pieces[1:]):
            made.append(piece)
            if piece.text.isdigit() and (after is None or after.top != piece.top or after.x0 - piece.x1 > piece.size):
                top, high = piece.top - up * piece.size, size * piece.size
                made.append(Piece("1", piece.x1, top, piece.x1 + 0.5 * high, top + high, high))
        return page._replace(pieces=tuple(made))

    write_ofd([noted(page) for page in typeset(report)], tmp_path / "清源区_2024.ofd")
    made = read(tmp_path / "清源区_2024.ofd")
    assert {metric: cell.value for metric, cell in made.cells.items()} == {
        metric: cell.value for metric, cell in report.cells.items()
    }


def test_white_words_are_not_printed(tmp_path: Path) -> None:
    white = text("旧稿", 30, 40).replace("<ofd:TextCode", '<ofd:FillColor Value="255 255 255"/><ofd:TextCode')
    assert words(package(tmp_path / "a.ofd", white + text("新稿", 30, 60))) == ["新稿"]


DRAWN = {
    "strokes": [path("M 0 0 L 100 0"), path("M 0 20 L 100 20"), path("M 0 40 L 100 40"),
                *(path(f"M {x} 0 L {x} 40") for x in (0, 50, 100))],
    "boxes": [path(f"M {x} {y} L {x + 50} {y} L {x + 50} {y + 20} L {x} {y + 20} C") for x in (0, 50) for y in (0, 20)],
    "filled": [*(path(f"M 0 {y} L 100 {y} L 100 {y + 0.3} L 0 {y + 0.3} C", 'Stroke="false" Fill="true"') for y in (0, 20, 40)),
               *(path(f"M {x} 0 L {x + 0.3} 0 L {x + 0.3} 40 L {x} 40 C", 'Stroke="false" Fill="true"') for x in (0, 50, 100))],
    "scaled": [path("M 0 0 L 200 0 M 0 40 L 200 40 M 0 80 L 200 80 M 0 0 L 0 80 M 100 0 L 100 80 M 200 0 L 200 80",
                    'CTM="0.5 0 0 0.5 0 0"')],
}  # fmt: skip


@pytest.mark.parametrize("lines", DRAWN.values(), ids=DRAWN)
def test_the_ways_to_draw_a_table(lines: list[str], tmp_path: Path) -> None:
    cells = [text("甲", 30, 25), text("7", 90, 25), text("乙", 30, 45), text("8", 90, 45)]
    shading = path(
        "M 0 0 L 100 0 L 100 40 L 0 40 C", 'Stroke="false" Fill="true"', '<ofd:FillColor Value="220 220 220"/>'
    )
    hidden = path("M 0 10 L 100 10", inside='<ofd:StrokeColor Value="255 255 255"/>')
    (table,) = read_ofd(package(tmp_path / "a.ofd", "".join([shading, hidden, *lines, *cells]))).blocks
    assert isinstance(table, Grid)
    assert [[cell.text for cell in row] for row in table.rows] == [["甲", "7"], ["乙", "8"]]


def test_templates_lie_under_a_page_and_the_papers_box_is_where_its_places_begin(tmp_path: Path) -> None:
    template = (
        f"<ofd:Page {NAMESPACE}><ofd:Content><ofd:Layer>{text('底文', 40, 40)}</ofd:Layer></ofd:Content></ofd:Page>"
    )
    file = package(
        tmp_path / "a.ofd",
        text("正文", 40, 60),
        common='<ofd:TemplatePage ID="9" BaseLoc="Tpl.xml"/>',
        page='<ofd:Area><ofd:PhysicalBox>10 10 210 297</ofd:PhysicalBox></ofd:Area><ofd:Template TemplateID="9"/>',
        Tpl=template,
    )
    assert words(file) == ["底文正文"]
    assert read_ofd(file).blocks[0].source.page == 1


def test_a_page_that_is_a_picture_is_told(tmp_path: Path) -> None:
    picture = '<ofd:ImageObject Boundary="0 0 210 297" ResourceID="5"/>'
    (warning,) = read_ofd(package(tmp_path / "a.ofd", text("页", 30, 40) + picture)).warnings
    assert warning.message.startswith("第1页是图片") and warning.kind == "unread" and warning.source.page == 1
    with pytest.raises(UnreadableReport, match="页面只是图片") as caught:
        read(package(tmp_path / "b.ofd", picture))
    assert "PDF" in caught.value.help


def _loop(file: Path) -> None:
    package(file, text("甲", 1, 1), root=ROOT.replace("Doc_0/Document.xml", "OFD.xml"))


def _many(file: Path) -> None:
    package(file, text("甲" * 500, 1, 1) * 1000)


def _pages(file: Path) -> None:
    package(file, "")
    with zipfile.ZipFile(file) as source:
        parts = {name: source.read(name).decode() for name in source.namelist()}
    listed = '<ofd:Page ID="1" BaseLoc="Pages/P.xml"/>'
    parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace("<ofd:Pages>", f"<ofd:Pages>{listed * 5000}")
    with zipfile.ZipFile(file, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "no text": (lambda file: package(file, ""), "没有文字"),
    "no document": (lambda file: package(file, "", root=f"<ofd:OFD {NAMESPACE}/>"), "没有文字"),
    "a part that is not there": (lambda file: package(file, "", root=ROOT.replace("Doc_0", "Doc_9")), "缺少"),
    "a part outside": (lambda file: package(file, "", root=ROOT.replace("Doc_0", "../../etc")), "缺少"),
    "its own document": (_loop, "没有文字"),
    "broken XML": (lambda file: package(file, "<ofd:Text"), "已损坏"),
    "places that are no numbers": (lambda file: package(file, text("甲", 1, 1, 'CTM="1 a 0 1 0 0"')), "已损坏"),
    "places without end": (lambda file: package(file, text("甲", float("inf"), 1)), "已损坏"),
    "a short matrix": (lambda file: package(file, text("甲", 1, 1, 'CTM="1 0 0"')), "已损坏"),
    "entities": (lambda file: package(file, "", root='<!DOCTYPE a [<!ENTITY b "c">]>' + ROOT), "DOCTYPE"),
    "half a million characters": (_many, "不像一份年度报告"),
    "five thousand pages": (_pages, "不像一份年度报告"),
}


@pytest.mark.parametrize(("make", "told"), BAD.values(), ids=BAD)
def test_what_cannot_be_read_says_what_to_do(make: Callable[[Path], object], told: str, tmp_path: Path) -> None:
    file = tmp_path / "年报.ofd"
    make(file)
    with pytest.raises(UnreadableReport, match=told) as caught:
        read(file)
    assert caught.value.help and caught.value.where == str(file)


def test_what_is_named_again_and_again_ends_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A template of a thousand objects that nobody sees, ten thousand times under a page."""
    monkeypatch.setenv("ASSISTANT_PDF_SECONDS", "0.5")
    settings.cache_clear()
    unseen = text("底", 1, 1, 'Visible="false"') * 1000
    file = package(
        tmp_path / "年报.ofd",
        text("甲", 1, 1),
        common='<ofd:TemplatePage ID="9" BaseLoc="Tpl.xml"/>',
        page='<ofd:Template TemplateID="9"/>' * 10_000,
        Tpl=f"<ofd:Page {NAMESPACE}><ofd:Content><ofd:Layer>{unseen}</ofd:Layer></ofd:Content></ofd:Page>",
    )
    began = time.thread_time()
    with pytest.raises(UnreadableReport, match=r"0\.5秒内没有读完"):
        read(file)
    settings.cache_clear()
    assert time.thread_time() - began < 3
