"""Tables of a PDF that nothing but the places of words tells of: read where they are sure, else left with a warning."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.readers.assemble import assemble
from assistant.readers.blocks import Grid
from assistant.readers.pages.pdf import read_pdf
from assistant.report import Report
from evals.render.small_pdf import Sheet, pdf_file

SIZE, PITCH = 9.0, 20.0
LABEL, FIRST, APART = 75.0, 290.0, 33.0  # where labels begin, the first column of figures, from one to the next
COLUMNS = ("自然人", "企业", "科研", "公益", "法律", "其他", "总计")
FULL = ["7", "0", "0", "0", "0", "0", "7"]


def figures(sheet: Sheet, top: float, row: list[str], shift: float = 0) -> None:
    for number, figure in enumerate(row):
        sheet.write(FIRST + APART * number + shift, top, figure, SIZE)


def table_3(*rows: tuple[str, list[str]]) -> Sheet:
    """A page with the heading of section three, a header, and rows of labels and figures."""
    sheet = Sheet()
    sheet.write(LABEL, 100, "三、收到和处理政府信息公开申请情况", 14)
    figures(sheet, 140, list(COLUMNS))
    for number, (label, row) in enumerate(rows):
        sheet.write(LABEL, 170 + PITCH * number, label, SIZE)
        figures(sheet, 170 + PITCH * number, row)
    return sheet


def made(folder: Path, *sheets: Sheet) -> Report:
    path = folder / "云川县人民政府2024年政府信息公开工作年度报告.pdf"
    path.write_bytes(pdf_file(*sheets))
    return assemble(read_pdf(path), path.name)


def row(report: Report, name: str) -> list[str | None]:
    columns = ("natural_person", "business", "research", "welfare", "legal_service", "other_organisation", "total")
    cells = [report.cells.get(f"requests.{name}.{column}") for column in columns]
    return [cell.raw if cell else None for cell in cells]


NEW, CARRIED = "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"


def test_figures_stand_below_each_other(tmp_path: Path) -> None:
    report = made(tmp_path, table_3((NEW, FULL), (CARRIED, ["1", "2", "3", "4", "5", "6", "21"])))
    assert row(report, "received") == FULL
    assert row(report, "carried_in") == ["1", "2", "3", "4", "5", "6", "21"]
    assert report.warnings == ()


@pytest.mark.parametrize("at", [0, 6, 12])
def test_a_label_in_two_lines_stands_level_with_its_figures_or_around_them(at: float, tmp_path: Path) -> None:
    sheet = table_3((NEW, FULL), (CARRIED, FULL))
    sheet.write(LABEL, 220, "（二）部分公开（区分处理的，只", SIZE)
    sheet.write(LABEL, 232, "计这一情形，不计其他情形）", SIZE)
    figures(sheet, 220 + at, ["1", "2", "3", "4", "5", "6", "21"])
    for number, label in enumerate(("1.属于国家秘密", "2.其他法律行政法规禁止公开")):
        sheet.write(LABEL + 50, 256 + PITCH * number, label, SIZE)
        figures(sheet, 256 + PITCH * number, FULL)
    sheet.write(LABEL, 256, "（三）", SIZE)
    sheet.write(LABEL, 268, "不予公开", SIZE)
    report = made(tmp_path, sheet)
    assert row(report, "partly_granted") == ["1", "2", "3", "4", "5", "6", "21"]
    assert row(report, "denied.state_secret") == row(report, "denied.prohibited_by_law") == FULL
    assert report.warnings == ()


def test_a_blank_cell_is_where_no_figure_stands_and_is_told(tmp_path: Path) -> None:
    report = made(tmp_path, table_3((NEW, FULL), (CARRIED, ["1", "2", "", "4", "5", "6", "18"])))
    assert row(report, "carried_in") == ["1", "2", "", "4", "5", "6", "18"]
    (warning,) = report.warnings
    assert CARRIED in warning.message and "应有7个数字，只有6个" in warning.message


def test_a_row_left_blank_is_a_row(tmp_path: Path) -> None:
    report = made(tmp_path, table_3((NEW, FULL), (CARRIED, []), ("（一）予以公开", FULL)))
    assert row(report, "carried_in") == [""] * 7 and row(report, "granted") == FULL
    assert [CARRIED in warning.message for warning in report.warnings] == [True]


def test_a_number_broken_in_two_lines_is_none(tmp_path: Path) -> None:
    sheet = table_3((NEW, FULL), (CARRIED, ["543", *FULL[1:]]), ("（一）予以公开", FULL))
    sheet.write(FIRST, 170 + PITCH + 10, "21", SIZE)
    report = made(tmp_path, sheet)
    assert row(report, "carried_in") == ["543 21", *FULL[1:]] and row(report, "granted") == FULL
    assert report.value("requests.carried_in.natural_person") is None
    assert [warning.message for warning in report.warnings] == ["格内不是数字：“543 21”"]


@pytest.mark.parametrize(
    ("label", "second", "x", "name"),
    [
        ("（二）部分公开（区分处理的，", "只计这一情形，不计其他情形）", LABEL, "partly_granted"),
        ("5.要求行政机关确认或", "重新出具已获取信息", LABEL, "not_processed.reconfirmation"),
        ("1.属于国家秘密", "公开", LABEL - 20, "denied.state_secret"),
        ("1.信访举报投诉类申请", "2.重复申请", LABEL, "not_processed.petition"),
    ],
)
def test_the_rest_of_a_broken_number_is_no_row_of_its_own(
    label: str, second: str, x: float, name: str, tmp_path: Path
) -> None:
    sheet = table_3((NEW, FULL), (CARRIED, FULL), (label, ["543", *FULL[1:]]))
    sheet.write(x, 170 + 2 * PITCH + 11, second, SIZE)
    sheet.write(FIRST, 170 + 2 * PITCH + 11, "21", SIZE)
    report = made(tmp_path, sheet)
    assert row(report, name) == ["543 21", *FULL[1:]]
    assert "格内不是数字：“543 21”" in [warning.message for warning in report.warnings]


def test_figures_below_no_column_are_not_moved_into_one(tmp_path: Path) -> None:
    sheet = table_3((NEW, FULL), (CARRIED, FULL), ("（一）予以公开", []))
    figures(sheet, 170 + 2 * PITCH, ["3", "4"], shift=0.5 * APART)
    report = made(tmp_path, sheet)
    values = [cell.value for metric, cell in report.cells.items() if metric.startswith("requests.granted.")]
    assert values == [None] * 7 and "格内不是数字" in "".join(warning.message for warning in report.warnings)


@pytest.mark.parametrize("missing", [{0}, {3}, {6}, {0, 2, 4, 5}])
def test_a_column_that_is_always_blank_cannot_be_told_and_nothing_is_taken(missing: set[int], tmp_path: Path) -> None:
    short = ["" if number in missing else "1" for number in range(7)]
    report = made(tmp_path, table_3((NEW, short), (CARRIED, short)))
    assert report.cells == {} and [warning.source.page for warning in report.warnings] == [1]
    assert NEW in report.sections[0].text.replace("1", "")


def test_table_2_has_one_figure_below_a_title_as_wide_as_three(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.write(LABEL, 100, "二、主动公开政府信息情况", 14)
    for top, words in (
        (140, ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")),
        (160, ("规章", "1", "2", "3")),
    ):
        for number, word in enumerate(words):
            sheet.write(LABEL + 110 * number, top, word, SIZE)
    for top, word in ((180, "信息内容"), (200, "行政许可"), (220, "行政处罚")):
        sheet.write(LABEL, top, word, SIZE)
    for x, top, word in ((185, 180, "本年处理决定数量"), (310, 200, "9487"), (310, 220, "11")):
        sheet.write(x, top, word, SIZE)
    report = made(tmp_path, sheet)
    read = {metric.removeprefix("disclosure."): cell.raw for metric, cell in report.cells.items()}
    assert read == {
        "rules.issued": "1", "rules.repealed": "2", "rules.in_force": "3", "licensing.decisions": "9487", "penalties.decisions": "11",
    }  # fmt: skip
    assert report.warnings == ()


@pytest.mark.parametrize("below", ["", "甲" * 48])
def test_a_page_number_and_prose_below_a_table_are_no_rows(below: str, tmp_path: Path) -> None:
    sheet = table_3((NEW, FULL), (CARRIED, FULL))
    sheet.write(LABEL, 240, below, SIZE)
    sheet.write(290, 790, "3", SIZE)
    report = made(tmp_path, sheet)
    assert report.sections[0].text == below and report.warnings == ()
    assert row(report, "received") == row(report, "carried_in") == FULL


def test_prose_with_numbers_stays_prose(tmp_path: Path) -> None:
    sheet = Sheet()
    for number, text in enumerate(("一、总体情况", "甲乙 12 件，其中丙丁 3 件", "共 15 件")):
        sheet.write(LABEL, 150 + 20 * number, text, 12)
    path = tmp_path / "年报.pdf"
    path.write_bytes(pdf_file(sheet))
    document = read_pdf(path)
    assert document.warnings == () and not [block for block in document.blocks if isinstance(block, Grid)]
