"""PDF files with a text layer: published ones cell by cell, and small ones written by hand, one difficulty each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.errors import UnreadableReport
from assistant.readers import read, report_from_text
from assistant.readers.assemble import assemble
from assistant.readers.blocks import Block, Grid, TextBlock
from assistant.readers.pages.limited import OutOfTime, run_limited
from assistant.readers.pages.pdf import read_pdf
from assistant.report import Report
from assistant.resources import folder as corpus
from assistant.settings import settings
from evals.render.small_pdf import HEIGHT, Sheet, grid, pdf_file, pdf_of
from evals.render.typeset import typeset

PUBLISHED = ("淮安市洪泽区人民政府_2023", "淮安市洪泽区人民政府_2024")
MARGIN, SIZE = 75.0, 12.0
FULL = 37  # characters that fill a line from the margin on


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, object], None]]:
    def set_limit(name: str, value: object) -> None:
        monkeypatch.setenv(f"ASSISTANT_{name}", str(value))
        settings.cache_clear()

    yield set_limit
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def blocks(tmp_path: Path) -> Callable[..., tuple[Block, ...]]:
    def made(*sheets: Sheet) -> tuple[Block, ...]:
        path = tmp_path / "年报.pdf"
        path.write_bytes(pdf_file(*sheets))
        return read_pdf(path).blocks

    return made


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, TextBlock)]


def words(block: Block) -> list[list[str]]:
    assert isinstance(block, Grid)
    return [[cell.text for cell in row] for row in block.rows]


def lines(sheet: Sheet, *written: str, top: float = 150) -> None:
    """Lines of body text; one that opens with two wide blanks is indented."""
    for number, text in enumerate(written):
        bare = text.lstrip("　")
        sheet.write(MARGIN + SIZE * (len(text) - len(bare)), top + 20 * number, bare, SIZE)


def published(folder: Path, name: str) -> Report:
    return assemble(read_pdf(folder / f"{name}.pdf"), f"{name}.pdf")


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_figure_of_the_published_files(name: str, real_reports: Path) -> None:
    told = json.loads((real_reports / f"{name}.json").read_text(encoding="utf-8"))["figures"]
    expected = {metric: None if value is None else Decimal(value) for metric, value in told.items()}
    made = published(real_reports, name)
    assert {metric: cell.value for metric, cell in made.cells.items()} == expected and len(expected) == 186
    assert made.warnings == () and all(table.unplaced == () for table in made.tables)


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_words_of_the_published_files(name: str, real_reports: Path) -> None:
    made, told = published(real_reports, name), read(real_reports / f"{name}.txt")
    assert (made.unit, made.year, made.edition, made.title) == (told.unit, told.year, told.edition, told.title)
    assert [(s.id, s.number, s.title) for s in made.sections] == [(s.id, s.number, s.title) for s in told.sections]
    assert [paragraph.text for paragraph in made.preamble] == [paragraph.text for paragraph in told.preamble]
    # The printed file sets （三）政府信息管理情况。 in a line of its own; all else is one paragraph in both.
    assert [s.text.replace("\n", "") for s in made.sections] == [s.text.replace("\n", "") for s in told.sections]
    apart = sum(
        len(one.paragraphs) - len(other.paragraphs) for one, other in zip(made.sections, told.sections, strict=True)
    )
    assert abs(apart) <= 1


def test_a_cell_tells_its_page_and_place(real_reports: Path) -> None:
    cell = published(real_reports, PUBLISHED[0]).cells["requests.carried_out.total"]
    assert str(cell.source) == "第4页第2张表表内第26行第10格"


def test_lines_become_paragraphs(blocks: Callable[..., tuple[Block, ...]]) -> None:
    sheet = Sheet()
    lines(
        sheet,
        "　　一、总体情况",
        "　　" + "甲" * (FULL - 2),
        "乙" * FULL,
        "丙" * 9 + "。",
        "　　" + "丁" * (FULL - 2),
        "戊" * 9 + "。",
        "二、主动公开政府信息情况",
    )
    assert texts(blocks(sheet)) == [
        "一、总体情况",
        "甲" * (FULL - 2) + "乙" * FULL + "丙" * 9 + "。",
        "丁" * (FULL - 2) + "戊" * 9 + "。",
        "二、主动公开政府信息情况",
    ]


def test_a_paragraph_goes_on_on_the_next_page_past_page_numbers_and_running_heads(
    blocks: Callable[..., tuple[Block, ...]],
) -> None:
    pages = [Sheet(), Sheet(), Sheet()]
    for number, (sheet, word) in enumerate(zip(pages, "甲乙丙", strict=True), start=1):
        sheet.write(MARGIN, 40, "云川县政府信息公开年报", 9)
        lines(sheet, word * FULL, word * FULL)
        sheet.write(280, HEIGHT - 50, f"— {number} —", 9)
    assert texts(blocks(*pages)) == ["甲" * 2 * FULL + "乙" * 2 * FULL + "丙" * 2 * FULL]


@pytest.mark.parametrize("foot", ["3", "- 3 -", "第3页", "第 3 页 共 12 页", "3/12", "— 三 —", "Page 3 of 12"])
def test_page_numbers_are_dropped(foot: str, blocks: Callable[..., tuple[Block, ...]]) -> None:
    sheet = Sheet()
    lines(sheet, "甲" * FULL, "乙" * 5)
    sheet.write(280, HEIGHT - 50, foot, 9)
    assert texts(blocks(sheet)) == ["甲" * FULL + "乙" * 5]


def test_a_number_in_the_text_area_is_kept(blocks: Callable[..., tuple[Block, ...]]) -> None:
    sheet = Sheet()
    lines(sheet, "甲" * FULL, "3")
    assert texts(blocks(sheet)) == ["甲" * FULL + "3"]


def test_gaps_inside_words_are_healed(blocks: Callable[..., tuple[Block, ...]]) -> None:
    sheet = Sheet()
    sheet.write(MARGIN, 150, "三 、本 年 度办 理　结果 2024 年 open data", SIZE)
    assert texts(blocks(sheet)) == ["三、本年度办理结果2024年open data"]


def test_a_title_in_two_lines_is_one(blocks: Callable[..., tuple[Block, ...]]) -> None:
    sheet = Sheet()
    lines(sheet, *["甲" * FULL] * 5, top=250)
    sheet.write(222, 100, "云川县人民政府", 22)
    sheet.write(123, 135, "2024年政府信息公开年度报告", 22)
    assert texts(blocks(sheet))[0] == "云川县人民政府2024年政府信息公开年度报告"


def test_letters_printed_twice_to_look_bold_are_read_once(blocks: Callable[..., tuple[Block, ...]]) -> None:
    sheet = Sheet()
    sheet.write(MARGIN, 150, "总计11", SIZE)
    sheet.write(MARGIN + 0.4, 150, "总计11", SIZE)
    assert texts(blocks(sheet)) == ["总计11"]


def test_a_raised_number_behind_a_figure_is_a_note_and_no_digit(blocks: Callable[..., tuple[Block, ...]]) -> None:
    sheet = one_page()
    grid(sheet, (75, 200, 300), (190, 230, 270), [["规章", "35"], ["文件", "14"]])
    sheet.write(75 + 125 + 4 + 20, 192, "1", 6)
    sheet.write(75 + 125 + 4 + 20, 232, "12", 6)
    sheet.write(MARGIN, 300, "新收申请120")
    sheet.write(MARGIN + 12 * 7, 298, "2", 7)
    sheet.write(MARGIN + 12 * 8, 300, "件。")
    (_, table, text) = blocks(sheet)
    assert words(table) == [["规章", "35（1）"], ["文件", "14（12）"]]
    assert isinstance(text, TextBlock) and text.text == "新收申请120（2）件。"


def test_what_is_crossed_out_is_not_read_and_told(tmp_path: Path) -> None:
    sheet = one_page()
    grid(sheet, (75, 200, 300), (190, 230, 270), [["规章", "9935"], ["文件", "14"]])
    sheet.line(79 + 125, 198, 79 + 125 + 20, 198)  # the 99, which begins four points from the line
    sheet.write(MARGIN, 300, "新收申请120件，办结118件。")
    sheet.line(MARGIN + 8 * 12, 306, MARGIN + 14 * 12, 306)
    sheet.write(MARGIN, 330, "划线的词")
    sheet.line(MARGIN, 342.5, MARGIN + 48, 342.5)  # underlined
    path = tmp_path / "年报.pdf"
    path.write_bytes(pdf_file(sheet))
    read = read_pdf(path)
    (_, table, *lines) = read.blocks
    assert words(table) == [["规章", "35"], ["文件", "14"]]
    assert "划线的词" in "".join(texts(tuple(lines))) and "办结" not in str(lines)
    (told,) = read.warnings
    assert told.kind == "draft" and told.message.startswith("第1页有划了删除线") and "“99”" in told.message


def test_white_shading_behind_paragraphs_is_no_table(blocks: Callable[..., tuple[Block, ...]]) -> None:
    sheet = Sheet()
    for number in range(3):
        sheet.box(MARGIN, 150 + 20 * number, 440, 20, grey=1)
        sheet.write(MARGIN, 154 + 20 * number, "甲" * FULL, SIZE)
        sheet.line(MARGIN, 150 + 20 * number, 515, 150 + 20 * number, grey=1)
        sheet.line(300, 150, 300, 210, grey=1)
    assert texts(blocks(sheet)) == ["甲" * 3 * FULL]


XS = (75, 100, 250, 350, 430)


def test_merged_cells_stand_at_the_upper_left_and_vertical_labels_are_read_down(
    blocks: Callable[..., tuple[Block, ...]],
) -> None:
    sheet = Sheet()
    for y in (150, 250):
        sheet.line(75, y, 430, y)
    sheet.line(100, 200, 430, 200)
    for x in (75, 100, 430):
        sheet.line(x, 150, x, 250)
    sheet.line(350, 150, 350, 250)
    sheet.line(250, 200, 250, 250)  # above it, 100 to 350 is one cell
    for number, letter in enumerate("办理结果"):
        sheet.write(80, 155 + 14 * number, letter, 10)
    sheet.write(110, 160, "（一）予以公开", 10)
    sheet.write(110, 210, "（二）部分", 10)
    sheet.write(110, 224, "公开", 10)
    sheet.write(360, 160, "7", 10)
    sheet.write(260, 210, "8", 10)
    (table,) = blocks(sheet)
    assert words(table) == [["办理结果", "（一）予以公开", "", "7"], ["", "（二）部分公开", "8", ""]]


def test_a_table_without_its_outer_lines_is_closed(blocks: Callable[..., tuple[Block, ...]]) -> None:
    sheet = Sheet()
    grid(sheet, XS, (150, 180, 210), [["1", "规章", "0", "2"], ["2", "文件", "3", "4"]])
    sheet.marks = [mark for mark in sheet.marks if f"G 0.5 w {XS[0]} {HEIGHT - 150} m" not in mark]  # left and top
    (table,) = blocks(sheet)
    assert words(table) == [["1", "规章", "0", "2"], ["2", "文件", "3", "4"]]


def test_a_table_split_by_the_page_is_one(blocks: Callable[..., tuple[Block, ...]]) -> None:
    first, second = Sheet(), Sheet()
    grid(first, XS, (700, 720, 740), [["", "信息内容", "制发", "废止"], ["", "规章", "0", "1"]])
    first.write(280, HEIGHT - 50, "1", 9)
    grid(second, (75.6, 250.4, 430), (80, 100), [["行政许可", "5120"]])
    lines(second, "二、主动公开政府信息情况", top=200)
    table, heading = blocks(first, second)
    assert words(table) == [["", "信息内容", "制发", "废止"], ["", "规章", "0", "1"], ["行政许可", "", "5120", ""]]
    assert isinstance(table, Grid) and table.rectangular
    assert table.rows[2][2].source.page == 2 and table.rows[2][2].source.row == 3
    assert texts((heading,)) == ["二、主动公开政府信息情况"]


def test_two_tables_with_a_heading_between_them_stay_two(blocks: Callable[..., tuple[Block, ...]]) -> None:
    first, second = Sheet(), Sheet()
    grid(first, XS, (700, 720), [["", "规章", "0", "1"]])
    lines(second, "三、收到和处理政府信息公开申请情况", top=80)
    grid(second, XS, (120, 140), [["", "总计", "0", "1"]])
    assert [type(block) for block in blocks(first, second)] == [Grid, TextBlock, Grid]


def test_a_row_that_the_page_breaks_in_two_is_one(blocks: Callable[..., tuple[Block, ...]]) -> None:
    first, second = Sheet(), Sheet()
    grid(first, XS, (700, 720), [["", "2.其他法律行政", "3", "4"]])
    grid(second, XS, (80, 100, 120), [["", "法规禁止公开", "", ""], ["", "3.危及“三安全一稳定”", "5", "6"]])
    (table,) = blocks(first, second)
    assert words(table) == [["", "2.其他法律行政法规禁止公开", "3", "4"], ["", "3.危及“三安全一稳定”", "5", "6"]]


def test_blank_rows_after_a_page_break_stay_rows(blocks: Callable[..., tuple[Block, ...]]) -> None:
    first, second = Sheet(), Sheet()
    grid(first, XS, (700, 720), [["", "行政处罚", "", ""]])
    grid(second, XS, (80, 100), [["", "行政强制", "", ""]])
    (table,) = blocks(first, second)
    assert words(table) == [["", "行政处罚", "", ""], ["", "行政强制", "", ""]]


@pytest.mark.parametrize(
    ("cell", "read_as"),
    [
        ("340\n2", "3402"),
        ("1087\n.31", "1087.31"),
        ("5\n120", "5 120"),
        ("商业\n企业", "商业企业"),
        ("open\ndata", "open data"),
    ],
)
def test_a_number_goes_on_in_the_next_line_only_when_the_first_is_full(
    cell: str, read_as: str, blocks: Callable[..., tuple[Block, ...]]
) -> None:
    sheet = Sheet()
    wide = 11 + 10 * len(cell.split("\n")[0]) if "\n" in cell and cell[0] in "31" else 100
    grid(sheet, (75, 75 + wide, 400), (150, 190), [[cell, "0"]])
    (table,) = blocks(sheet)
    assert words(table) == [[read_as, "0"]]


def file(folder: Path, content: bytes) -> Path:
    path = folder / "年报.pdf"
    path.write_bytes(content)
    return path


def one_page() -> Sheet:
    sheet = Sheet()
    lines(sheet, "甲" * FULL)
    return sheet


LOCKED = b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/O<" + b"12" * 32 + b">/U<" + b"34" * 32 + b">/P -4>>"
BAD = {
    "encrypted": (pdf_file(one_page(), trailer=LOCKED), "已加密"),
    "truncated": (pdf_file(one_page())[:300], "损坏"),
    "noise": (b"%PDF-1.7\n" + bytes(range(256)) * 400, "损坏"),
    "no PDF at all": (b"PK\x03\x04" * 100, "不是 PDF"),
}


@pytest.mark.parametrize(("content", "told"), BAD.values(), ids=BAD)
def test_a_file_that_cannot_be_read_is_refused_with_a_way_out(content: bytes, told: str, tmp_path: Path) -> None:
    path = file(tmp_path, content)
    with pytest.raises(UnreadableReport, match=told) as caught:
        read_pdf(path)
    assert caught.value.where == str(path) and caught.value.help
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PDF_SECONDS", 0.0001, "没有读完|没有轮到读完"),
        ("PDF_MAX_PAGES", 1, "超过1页"),
        ("PDF_MAX_MARKS", 10, "超过10个"),
    ],
)
def test_limits(name: str, value: object, told: str, tmp_path: Path, limit: Callable[[str, object], None]) -> None:
    path = file(tmp_path, pdf_file(one_page(), one_page()))
    limit(name, value)
    with pytest.raises(UnreadableReport, match=told):
        read_pdf(path)


def test_a_child_that_waits_may_answer_late_but_one_that_works_on_is_ended(tmp_path: Path) -> None:
    script = tmp_path / "child.py"
    script.write_text('import time; time.sleep(1.2); print("{}")', encoding="utf-8")
    assert run_limited(script, {}, 1.0) == {}
    script.write_text("while True: pass", encoding="utf-8")
    with pytest.raises(OutOfTime):
        run_limited(script, {}, 0.5)


_BUSY = "while True: pass"
_STOPPED = """
import os, signal, subprocess, sys, threading
from pathlib import Path
from assistant.readers import read
from assistant.readers.pages import limited

class Popen(subprocess.Popen):
    # The machine has no time for the child, three times while it reads.
    def communicate(self, *given, **named):
        for number in range(3):
            threading.Timer(0.2 + 0.4 * number, self._stop).start()
            threading.Timer(0.4 + 0.4 * number, self._go_on).start()
        return super().communicate(*given, **named)
    def _stop(self):
        self.send_signal(signal.SIGSTOP)
    def _go_on(self):
        self.send_signal(signal.SIGCONT)

if sys.argv[2] == "stopped":
    limited.subprocess.Popen = Popen
print(read(Path(sys.argv[1])).model_dump_json())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals and priorities are POSIX's")
def test_what_is_read_does_not_depend_on_load_nor_on_the_order_of_sets(tmp_path: Path) -> None:
    """The same file alone, beside processes that take all processors, at a lower priority, and by a child that is
    stopped again and again; each with another seed for hashes: the same report to the last confidence and warning."""
    made = report_from_text((corpus("corpus") / "reports" / "清源区_2024.md").read_text(encoding="utf-8"))
    path = tmp_path / "清源区_2024.pdf"
    path.write_bytes(pdf_of(typeset(made)[:2]))  # enough to see, and far from the limit of time

    def told(how: str, seed: int, priority: int = 0) -> str:
        call = [sys.executable, "-c", _STOPPED, str(path), how]
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
        ended = subprocess.run(
            call, capture_output=True, text=True, check=False, env=environment, preexec_fn=lambda: os.nice(priority)
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    alone = told("", 1)
    assert set(json.loads(alone)["cells"]) <= set(made.cells) and json.loads(alone)["cells"]
    busy = [subprocess.Popen([sys.executable, "-c", _BUSY]) for _ in range(2 * (os.cpu_count() or 1))]
    try:
        assert told("", 2, priority=1) == alone
    finally:
        for each in busy:
            each.kill()
            each.wait()
    assert told("stopped", 3) == alone


@pytest.mark.parametrize("share", [0.02, 0.1, 0.5])
def test_too_little_time_or_memory_gives_an_error_and_never_a_part(
    share: float, tmp_path: Path, limit: Callable[[str, object], None]
) -> None:
    sheets = [Sheet() for _ in range(6)]
    for sheet in sheets:
        lines(sheet, *["本机关主动公开政府信息一百二十条，较上年增加八条"] * 30)
    path = file(tmp_path, pdf_file(*sheets))
    whole = read_pdf(path)
    for name, most in (("pdf_seconds", 2.0), ("pdf_memory_bytes", 450 * 2**20)):
        limit(name, type(most)(share * most))
        try:
            assert read_pdf(path) == whole
        except UnreadableReport as error:
            assert error.help


def test_a_page_without_anything_is_no_fault(blocks: Callable[..., tuple[Block, ...]]) -> None:
    assert texts(blocks(one_page(), Sheet())) == ["甲" * FULL]


@pytest.mark.parametrize("heading", ["二、主动公开政府信息情况", "三、政府支出和收费"])
def test_a_heading_behind_a_line_that_fills_the_page(blocks: Callable[..., tuple[Block, ...]], heading: str) -> None:
    """Neither space nor a short line parts them: the number does, behind a full stop."""
    sheet = Sheet()
    lines(sheet, "文" * FULL, "文" * (FULL - 1) + "。", heading, "文" * FULL, "文" * 9 + "。")
    assert heading in texts(blocks(sheet))
