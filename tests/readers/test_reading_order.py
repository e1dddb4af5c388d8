"""PDF text in columns: read one column after the other, joined into paragraphs, and told apart from tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.readers.blocks import Grid
from assistant.readers.pages.pdf import read_pdf
from evals.render.small_pdf import Sheet, grid, pdf_file

SIZE, PITCH = 12.0, 20.0
LEFT, RIGHT, WIDE = 60.0, 320.0, 18  # where the columns begin, and how many characters a line of them has
ONE = "全年主动公开政府信息一百二十三条按栏目分类发布并逐条注明来源日期和责任科室同时更新公开指南和目录修订办事流程。"
TWO = "　　本机关依申请公开工作平稳有序收到的申请都在法定期限内答复没有因此引起的行政复议和行政诉讼也没有收取费用。"
THREE = "　　下一步将加强培训完善制度提高答复质量做好公开平台的维护和内容保障让群众查得到看得懂用得上。"


def lines_of(text: str) -> list[str]:
    return [text[at : at + WIDE] for at in range(0, len(text), WIDE)]


def column(sheet: Sheet, x: float, top: float, lines: list[str]) -> float:
    for number, line in enumerate(lines):
        bare = line.lstrip("　")
        sheet.write(x + SIZE * (len(line) - len(bare)), top + PITCH * number, bare, SIZE)
    return top + PITCH * len(lines)


def words(tmp_path: Path, *sheets: Sheet) -> list[str]:
    path = tmp_path / "年报.pdf"
    path.write_bytes(pdf_file(*sheets))
    return ["表" if isinstance(block, Grid) else block.text for block in read_pdf(path).blocks]


@pytest.mark.parametrize("lower", [0.0, 7.0, 10.0, 26.0])
def test_columns_are_read_one_after_the_other(tmp_path: Path, lower: float) -> None:
    """However the lines of one lie beside those of the other; a paragraph goes on from column to column."""
    sheet = Sheet()
    lines = [*lines_of(ONE), *lines_of(TWO), *lines_of(THREE)]
    half = len(lines_of(ONE)) + 2
    column(sheet, LEFT, 150, lines[:half])
    column(sheet, RIGHT, 150 + lower, lines[half:])
    assert words(tmp_path, sheet) == [ONE, TWO.strip("　"), THREE.strip("　")]


def test_what_stands_across_the_page_parts_the_columns(tmp_path: Path) -> None:
    """A title above, a heading and a table between, a line across the page below."""
    sheet = Sheet()
    sheet.write(130, 60, "甲县2024年政府信息公开工作年度报告", 18)
    end = column(sheet, LEFT, 110, lines_of(ONE) + lines_of(TWO)[:1])
    column(sheet, RIGHT, 110, lines_of(TWO)[1:] + lines_of(THREE))
    sheet.write(LEFT, end + 10, "二、主动公开政府信息情况", SIZE)
    grid(sheet, [60, 200, 340, 530], [end + 40, end + 65, end + 90], [("甲", "乙", "丙"), ("1", "2", "3")])
    below = end + 110
    column(sheet, LEFT, below, lines_of(TWO))
    column(sheet, RIGHT, below, lines_of(THREE))
    sheet.write(LEFT, below + 120, "本报告所列数据的统计期限自二〇二四年一月一日起到十二月三十一日止。", SIZE)
    found = words(tmp_path, sheet)
    assert found[0] == "甲县2024年政府信息公开工作年度报告"
    two, three = TWO.strip("　"), THREE.strip("　")
    assert found[1:6] == [ONE, two, three, "二、主动公开政府信息情况", "表"]
    assert found[6:8] == [two, three] and found[8].startswith("本报告所列")


def test_three_columns(tmp_path: Path) -> None:
    sheet = Sheet()
    short = [ONE[at : at + 10] for at in range(0, len(ONE), 10)]
    for x in (50, 220, 390):
        column(sheet, x, 100, short)
    assert words(tmp_path, sheet) == [ONE] * 3


def test_a_list_of_figures_and_a_signature_are_no_columns(tmp_path: Path) -> None:
    """Read line by line, as they stand."""
    sheet = Sheet()
    for number, name in enumerate(
        ["主动公开规章件数", "行政许可事项数目", "行政处罚事项数目", "行政收费事项金额", "合计"]
    ):
        sheet.write(LEFT, 100 + PITCH * number, name, SIZE)
        sheet.write(400, 100 + PITCH * number, str(number), SIZE)
    column(sheet, LEFT, 400, lines_of(ONE))
    sheet.write(400, 480, "甲县人民政府", SIZE)
    sheet.write(400, 500, "2025年1月20日", SIZE)
    found = "".join(words(tmp_path, sheet))
    assert found.startswith("主动公开规章件数0行政许可事项数目1") and found.endswith(ONE + "甲县人民政府2025年1月20日")
