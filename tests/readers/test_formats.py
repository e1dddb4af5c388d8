"""Files are read as what they are, whatever they are called; old office formats through LibreOffice."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from dossiers import report
from word_files import word_of

from assistant.check import check
from assistant.errors import UnreadableReport
from assistant.figures.dossier import Dossier
from assistant.readers import read, suffix_of
from assistant.readers.office.converted import office_program
from assistant.render.word import commented
from assistant.report import Report
from assistant.settings import settings
from evals.render.pages import PAGES
from evals.render.small_pdf import Sheet, pdf_file
from evals.renderings import write

needs_office = pytest.mark.skipif(office_program() is None, reason="needs LibreOffice")


def same(made: Report, original: Report) -> bool:
    return {m: c.value for m, c in made.cells.items()} == {m: c.value for m, c in original.cells.items()}


@pytest.fixture(scope="module")
def sample(corpus: Path) -> Report:
    return read(corpus / "清源区_2024.md")


@pytest.mark.parametrize("name", ["html_cms", "html_page", "html_word", "mht"])
@pytest.mark.parametrize("suffix", [".doc", ".wps", ".docx", ".xls", ".pdf", ".mht", ".html", ".bin", ""])
def test_pages_and_archives_under_any_name(name: str, suffix: str, sample: Report, tmp_path: Path) -> None:
    path = tmp_path / f"清源区_2024{suffix}"
    path.write_bytes(PAGES[name][1](sample))
    assert same(read(path), sample)


@pytest.mark.parametrize("name", ["docx", "xlsx", "ofd"])
@pytest.mark.parametrize("suffix", [".doc", ".pdf", ".html", ".txt", ".xlsx", ".zip", ""])
def test_zip_formats_under_any_name(name: str, suffix: str, sample: Report, tmp_path: Path) -> None:
    path = tmp_path / f"清源区_2024{suffix}"
    shutil.copyfile(write(name, sample, tmp_path), path)
    assert same(read(path), sample)


def test_a_pdf_and_a_picture_under_another_name_are_taken_for_what_they_are(tmp_path: Path) -> None:
    for content, suffix in ((pdf_file(Sheet()), ".pdf"), (b"\x89PNG\r\n\x1a\n" + bytes(50), ".png")):
        path = tmp_path / "年报.doc"
        path.write_bytes(content)
        assert suffix_of(path) == suffix


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("年报.txt", b"<p>\xe4\xb8\x80</p>"),  # Markdown and text may have tags
        ("年报.md", b"<table><tr><td>1</td></tr></table>"),
        ("年报.docm", b"PK\x03\x04"),
        ("年报.docx", bytes(100)),
    ],
)
def test_what_the_content_does_not_show_is_left_to_the_name(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert suffix_of(tmp_path / name) == Path(name).suffix


def test_a_word_file_named_otherwise_is_commented_on_and_a_page_named_docx_is_drawn(
    sample: Report, tmp_path: Path
) -> None:
    shutil.copyfile(write("docx", sample, tmp_path), tmp_path / "甲.doc")
    (tmp_path / "乙.docx").write_bytes(PAGES["html_page"][1](sample))
    for name in ("甲.doc", "乙.docx"):
        made = read(tmp_path / name)
        commented(tmp_path / name, made, check(Dossier(made)), tmp_path / "out.docx")
        assert same(read(tmp_path / "out.docx"), sample)


BAD_ARCHIVES = {
    "no page": b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: image/png\n\nx\n--b--\n",
    "nothing": b"MIME-Version: 1.0\n\n",
    "cut off": b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n",
    "nested": b"MIME-Version: 1.0\n"
    + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(1500)),
    "many parts": b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 9000,
}


@pytest.mark.parametrize("content", BAD_ARCHIVES.values(), ids=BAD_ARCHIVES)
def test_a_web_archive_without_a_page_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "年报.mht"
    path.write_bytes(content)
    with pytest.raises(UnreadableReport, match="网页存档") as caught:
        read(path)
    assert caught.value.help and caught.value.where == str(path)


@cache
def _as(target: str) -> bytes:
    """The sample report as LibreOffice saves it; ``target`` is a suffix, or one with a filter."""
    program = office_program()
    assert program
    with tempfile.TemporaryDirectory() as work:
        source = Path(work, "in.docx")
        word_of(report()).save(str(source))
        command = [program, f"-env:UserInstallation={Path(work, 'profile').as_uri()}", "--headless"]
        subprocess.run(
            [*command, "--convert-to", target, "--outdir", f"{work}/out", str(source)], capture_output=True, check=True
        )
        (made,) = Path(work, "out").iterdir()
        return made.read_bytes()


@needs_office
@pytest.mark.parametrize(
    ("target", "suffix"),
    [
        ("doc", ".doc"),
        ("doc", ".wps"),
        ("rtf", ".rtf"),
        ("rtf", ".doc"),
        ("odt", ".odt"),
        ("xml:MS Word 2003 XML", ".doc"),
    ],
)
def test_old_word_files_are_read_through_libreoffice(
    target: str, suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"云川县人民政府_2024{suffix}"
    path.write_bytes(_as(target))
    (tmp_path / "work").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "work"))
    made = read(path)
    assert same(made, report()) and made.file == path.name and made.unit == report().unit
    assert list((tmp_path / "work").iterdir()) == []  # nothing is left of it


@needs_office
@pytest.mark.parametrize("suffix", [".xls", ".et"])
def test_old_workbooks_are_read_through_libreoffice(suffix: str, corpus: Path, tmp_path: Path) -> None:
    workbook = corpus.parent / "data" / "清源区_2025.xlsx"
    command = [office_program() or "", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "xls", "--outdir", str(tmp_path), str(workbook)], capture_output=True, check=True
    )
    made = tmp_path / "清源区_2025.xls"
    if not made.exists():
        pytest.skip("这台机器的 LibreOffice 没有电子表格部件（Calc）")
    path = made.rename(tmp_path / f"清源区_2025年{suffix}")
    assert same(read(path), read(workbook))


@needs_office
def test_what_libreoffice_cannot_open_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "年报.doc"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + "WordDocument".encode("utf-16-le") + bytes(3000)
    )
    with pytest.raises(UnreadableReport, match="LibreOffice 打不开") as caught:
        read(path)
    assert "另存为 .docx" in caught.value.help and caught.value.where == str(path)


@needs_office
def test_libreoffice_has_limited_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "年报.doc"
    path.write_bytes(_as("doc"))
    monkeypatch.setenv("ASSISTANT_OFFICE_SECONDS", "0.05")
    settings.cache_clear()
    try:
        with pytest.raises(UnreadableReport, match="没有转换完") as caught:
            read(path)
    finally:
        monkeypatch.undo()
        settings.cache_clear()
    assert "ASSISTANT_OFFICE_SECONDS" in caught.value.help


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


@needs_office
def test_what_a_file_links_to_is_not_fetched(listener: socket.socket, tmp_path: Path) -> None:
    """With a usual profile LibreOffice does fetch it."""
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/a.png"
    path = tmp_path / "云川县人民政府_2024.odt"
    _odt_with_picture(path, address)
    assert same(read(path), report())
    with pytest.raises(BlockingIOError):
        listener.accept()


def _odt_with_picture(path: Path, address: str) -> None:
    """The sample as .odt with a picture from elsewhere in its first paragraph."""
    sound = path.with_suffix(".sound")
    sound.write_bytes(_as("odt"))
    frame = '<draw:frame text:anchor-type="as-char" svg:width="1cm" svg:height="1cm">'
    picture = f'{frame}<draw:image xlink:href="{address}"/></draw:frame>'.encode()
    with zipfile.ZipFile(sound) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "content.xml":
                at = data.index(b">", data.index(b"<text:p ")) + 1
                data = data[:at] + picture + data[at:]
            target.writestr(name, data)


@pytest.fixture
def without_office(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from assistant.readers.office import converted

    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(converted, "_PLACES", ())
    office_program.cache_clear()
    yield
    office_program.cache_clear()


@pytest.mark.usefixtures("without_office")
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{\\rtf1 x}", "RTF 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "旧版 Word"),
    ],
)
def test_without_libreoffice_the_advice_is_to_save_as_another(content: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "年报.doc"
    path.write_bytes(content)
    with pytest.raises(UnreadableReport, match=told) as caught:
        read(path)
    assert "另存为 .docx" in caught.value.help
