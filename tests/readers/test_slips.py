"""Labels with wrong and missing characters, as recognition leaves them: no figure ever moves in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from dossiers import printed, report
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_html import PAGES
from word_files import word_of

from assistant.form import EDITIONS
from assistant.readers import read_document, report_from_text
from assistant.readers.assemble import assemble
from assistant.readers.blocks import Block, Document, Grid, GridCell, TextBlock
from assistant.readers.form_tables.labels import column_like, is_figure
from assistant.readers.text import parse_text
from assistant.readers.web.html import parse_html
from assistant.readers.word.docx import read_docx
from assistant.report import Report
from evals.renderings import write

SPECS = {"2021": {}, "2021 with a single row": {"single": True}, "2019": {"edition": "2019", "year": 2019}}
PRINTED = ["pipe", "trailing", "markdown", "cms", "semantic"]
RENDERED = ["lines_slash", "lines_blank", "tabs", "markdown_labelled"]
# Word files are drawn in the form of 2021.
PAPERS = [*((spec, form) for spec in SPECS for form in (*PRINTED, *RENDERED)), ("2021", "docx")]
# Every figure is another one, so that one in a wrong place is seen; some cells are blank.
BLANK = ("requests.received.total", "requests.granted.natural_person", "review.upheld", "disclosure.rules.issued")
Slip = tuple[int, str]
"""Which character of all labels, and what stands there instead."""


@cache
def sound(spec: str) -> Report:
    metrics = report(**SPECS[spec]).cells  # type: ignore[arg-type]
    figures = {metric: str(1000 + place) for place, metric in enumerate(metrics)}
    figures |= {metric: "" for metric in BLANK if metric in metrics}
    return report(**SPECS[spec], figures=figures)  # type: ignore[arg-type]


@cache
def document(spec: str, form: str) -> Document:
    made = sound(spec)
    if form in PAGES:
        return parse_html(PAGES[form](made), "页面")
    if form in ("pipe", "trailing", "markdown"):
        return parse_text(printed(made, form))
    with TemporaryDirectory() as folder:
        if form in RENDERED:
            return read_document(write(form, made, Path(folder)))
        path = Path(folder) / "年报.docx"
        word_of(made).save(str(path))
        return read_docx(path)


def with_slips(read: Document, slips: Sequence[Slip]) -> Document:
    """The document with characters of its tables' words changed, whether they stand in cells or on a line each."""
    labels = _labels()
    words = [
        (*at, place)
        for index, block in enumerate(read.blocks)
        for at, text in _texts(index, block)
        if isinstance(block, Grid) or text in labels
        for place, character in enumerate(text)
        if "\u4e00" <= character <= "\u9fff"
    ]
    changed = {words[number % len(words)]: character for number, character in slips}

    def text_at(index: int, row: int, cell: int, text: str) -> str:
        return "".join(changed.get((index, row, cell, place), character) for place, character in enumerate(text))

    def block_at(index: int, block: Block) -> Block:
        if isinstance(block, TextBlock):
            return TextBlock(text_at(index, 0, 0, block.text), block.source, block.level)
        rows = tuple(
            tuple(GridCell(text_at(index, y, x, cell.text), cell.source) for x, cell in enumerate(row))
            for y, row in enumerate(block.rows)
        )
        return Grid(rows, block.source)

    return Document(tuple(block_at(index, block) for index, block in enumerate(read.blocks)))


def _texts(index: int, block: Block) -> Iterator[tuple[tuple[int, int, int], str]]:
    if isinstance(block, TextBlock):
        yield (index, 0, 0), block.text
    else:
        for y, row in enumerate(block.rows):
            yield from (((index, y, x), cell.text) for x, cell in enumerate(row))


@cache
def _labels() -> frozenset[str]:
    """The words of the tables, as they are printed."""
    grids = [block for spec in SPECS for block in document(spec, "markdown").blocks if isinstance(block, Grid)]
    return frozenset(cell.text for grid in grids for row in grid.rows for cell in row if not is_figure(cell.text))


slip = st.tuples(st.integers(0, 10**6), st.sampled_from(["", *"木白曰公升未末土干入八大夭见贝目已己正上止不中"]))


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(PAPERS), st.lists(slip, min_size=1, max_size=5))
@example(("2019", "markdown_labelled"), [(149, "")])  # 年增/减: its figure stood beside the header above
@example(("2021 with a single row", "lines_slash"), [(73, "上"), (80, "升"), (70, "入")])  # rows left as prose
def test_no_figure_moves_or_goes_in_silence(paper: tuple[str, str], slips: list[Slip]) -> None:
    spec, form = paper
    made = sound(spec)
    read = assemble(with_slips(document(spec, form), slips), "")
    assert set(read.cells) <= set(made.cells)
    warned = {(warning.source.table, warning.source.row) for warning in read.warnings}
    moved = [metric for metric, cell in read.cells.items() if cell.value != made.cells[metric].value]
    assert [m for m in moved if (read.cells[m].source.table, read.cells[m].source.row) not in warned] == []
    assert len(read.cells) == len(made.cells) or read.warnings


@pytest.mark.parametrize(("spec", "form"), PAPERS)
def test_without_slips_there_is_nothing_to_warn_of(spec: str, form: str) -> None:
    read = assemble(document(spec, form), "")
    assert {metric: cell.value for metric, cell in read.cells.items()} == {
        metric: cell.value for metric, cell in sound(spec).cells.items()
    }
    assert read.warnings == ()


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("1.本机关不掌握相关政府信息", "1.木机关不掌握相关政府信息"),
        ("2.其他法律行政法规禁止公开", "2.其他法律行政法规禁止公升"),
        ("自然人", "白然人"),
        ("总计\n商业", "总汁\n商业"),
        ("社会公益组织", "社会公益组积"),
        ("本年收费金额（单位：万元）", "木年收费金额（单位：万元）"),
        ("现行有效件数", "现行有放件数"),
        ("信息内容", "信息内答"),
        ("四、结转下年度继续办理", "四、结转下年度继续办埋"),
        ("未经复议直接起诉", "未经复议直接起拆"),
    ],
)
@pytest.mark.parametrize("style", ["pipe", "trailing", "markdown"])
def test_what_is_still_clear_is_read(right: str, wrong: str, style: str) -> None:
    made = sound("2021")
    text = printed(made, style)
    read = report_from_text(text.replace(right, wrong))
    assert {metric: cell.value for metric, cell in read.cells.items()} == {
        metric: cell.value for metric, cell in made.cells.items()
    }


SLIPS_IN_HEADERS = {
    "新制作": "新制件",
    "上一年项目": "上一年项日",
    "采购总金额": "采购总全额",
    "制发件数": "制发件敷",
    "处理决定": "处埋夬定",
    "单位": "单立",
}


@pytest.mark.parametrize(
    "slips", [{"信息内容": "信息内答"}, SLIPS_IN_HEADERS, {"信息内容": "息内容", **SLIPS_IN_HEADERS}]
)
@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("style", ["pipe", "trailing", "markdown"])
def test_a_slip_in_every_header_of_table_two(slips: dict[str, str], spec: str, style: str) -> None:
    made = sound(spec)
    text = printed(made, style)
    for right, wrong in slips.items():
        text = text.replace(right, wrong)
    read = report_from_text(text)
    assert read.edition == made.edition
    assert {metric: cell.value for metric, cell in read.cells.items()} == {
        metric: cell.value for metric, cell in made.cells.items()
    }


def test_a_row_whose_own_label_is_lost_is_told_by_it_and_not_by_its_group() -> None:
    text = printed(sound("2021")).replace("三、本年度办理结果 | （一）予以公开", "三、本年度办理结果 | （一）子以公升")
    read = report_from_text(text)
    assert [warning.message for warning in read.warnings] == [
        "表格中有一行无法对应格式：“（一）子以公升”，没有采用；表中没有找到的行：予以公开"
    ]
    assert read.table("requests").unplaced == ("（一）子以公升",)  # type: ignore[union-attr]


def test_a_blank_row_whose_label_is_lost_is_told_too() -> None:
    made = report(figures={"disclosure.coercion.decisions": None})
    read = report_from_text(printed(made).replace("行政强制", "行攻强制"))
    assert [warning.message for warning in read.warnings] == [
        "表格中有一行无法对应格式：“行攻强制”，没有采用；表中没有找到的行：行政强制"
    ]


def test_a_group_repeated_in_front_of_a_lost_label_is_no_label(tmp_path: Path) -> None:
    """（六）其他处理 is a row of its own in the form of 2019, and stands in front of three rows in that of 2021."""
    path = write("markdown_labelled", sound("2021"), tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("| 3.其他 |", "| 3.共他 |"), encoding="utf-8")
    read = assemble(read_document(path), "")
    assert [warning.message for warning in read.warnings] == [
        "表格中有一行无法对应格式：“3.共他”，没有采用；表中没有找到的行：其他处理中的其他"
    ]
    assert not any(metric.startswith("requests.otherwise_handled.total") for metric in read.cells)


def test_a_heading_between_two_tables_of_lines_is_no_label(tmp_path: Path) -> None:
    made = report(text={"disclosure": "", "requests": "", "review": ""}, numbers={"requests": "", "review": ""})
    read = assemble(read_document(write("lines_slash", made, tmp_path)), "")
    assert [(part.id, part.text) for part in read.sections] == [(part.id, part.text) for part in made.sections]
    assert len(read.cells) == 200 and read.warnings == ()


def test_a_row_with_more_figures_than_columns_is_not_guessed_at() -> None:
    read = report_from_text(printed(report()).replace("行政许可 | 5120", "行政许可 | 5120 | 12"))
    assert read.value("disclosure.licensing.decisions") is None
    assert ["应有1格，实有2格" in warning.message for warning in read.warnings] == [True]


@pytest.mark.parametrize(
    ("label", "column"),
    [
        ("本年制发件敷", "issued"),
        ("年废止件数", "repealed"),
        ("本年件数", None),  # as much like one as like the other
        ("本年受理件数", None),
        ("备注", None),
    ],
)
def test_a_header_with_a_slip_is_the_column_it_is_most_like(label: str, column: str | None) -> None:
    found = column_like(label, EDITIONS["2021"].table("disclosure").blocks[0].columns)
    assert (found.id if found else None) == column
