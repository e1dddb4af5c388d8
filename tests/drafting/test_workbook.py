"""The data workbook, written and read as real xlsx files."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from assistant.drafting import draft, read_workbook, told_by, write_template, write_workbook
from assistant.drafting.office import Point
from assistant.drafting.workbook.formulas import number_in
from assistant.drafting.workbook.layout import total_formula
from assistant.errors import AssistantError, BadWorkbook


@pytest.fixture
def filled(tmp_path, office) -> Path:
    path = tmp_path / "数据.xlsx"
    write_workbook(path, office(seed=3), {"requests.received.total": Decimal(9)})
    return path


def changed(path: Path, **cells: object) -> Path:
    """The workbook with cells changed; names are 表三_H12."""
    book = load_workbook(path)
    for name, value in cells.items():
        sheet, _, address = name.partition("_")
        book[sheet][address].value = value
    book.save(path)
    return path


def faults_of(path: Path) -> str:
    with pytest.raises(BadWorkbook) as error:
        read_workbook(path)
    return str(error.value)


def test_what_is_written_is_read(filled, office):
    read, meant = read_workbook(filled), office(seed=3)
    assert {metric: entry.value for metric, entry in read.cells.items()} == {
        metric: entry.value for metric, entry in meant.cells.items()
    }
    assert (read.unit, read.year, read.level, read.signed_on) == (meant.unit, 2025, "县级政府", meant.signed_on)
    assert [(figure.name, figure.value, figure.part) for figure in read.own] == [("信息处理费", 0, "其他事项")]
    assert {part: [point.text for point in points] for part, points in read.points.items()} == {
        part: [point.text for point in points] for part, points in meant.points.items()
    }
    assert read.cells["requests.received.legal_service"].address == "表三!H4"


def test_an_empty_template_is_blank_not_zero(tmp_path):
    write_template(tmp_path / "空.xlsx", "某市财政局", 2025, None)
    data = read_workbook(tmp_path / "空.xlsx")
    assert {entry.value for entry in data.cells.values()} == {None}
    assert (data.level, data.signed_on, data.points, data.own) == ("部门", None, {}, ())


def test_last_year_stands_beside_and_is_not_read(filled):
    sheet = load_workbook(filled)["表三"]
    assert sheet["R4"].value == 9
    assert sheet["R4"].font.color.rgb.endswith("808080")


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**6), st.decimals(0, 10**6, places=2)), min_size=6, max_size=6))
def test_totals_are_computed_from_what_is_there(row):
    sheet = Workbook().worksheets[0]
    for letter, value in zip("DEFGHI", row, strict=True):
        sheet[f"{letter}4"].value = value
    sheet["J4"].value = total_formula("requests.received.total")
    found = [value for value in row if value is not None]
    assert number_in(sheet, "J4") == (sum(found) if found else None)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (" 1,950 ", 1950),
        ("１２", 12),
        ("/", None),
        ("—", None),
        ("无", None),
        (0, 0),
        ("=D5+2", 5),
        ("=SUM(D5,D5)", 6),
        ("零", 0),
        ("705件", 705),
        ("二十", 20),
        ("=其他数据!B2", 0),
        ("='表二'!B4*0+D5", 3),
        ("=(D5+1)*2-D5/3", 7),
        ("=-D5+SUM(D5:D5)*200%", 3),
    ],
)
def test_numbers_as_offices_type_them(filled, value, read):
    data = read_workbook(changed(filled, 表三_D5=3, 表三_D6=value))
    assert data.cells["requests.granted.natural_person"].value == read


@pytest.mark.parametrize(
    "value",
    ["约20", "22（其中修订16件）", "三件左右", True, "=A1*2", '=HYPERLINK("http://x","1")', "=基本信息!B2", "=没有的表!B2", "=D6+1", "=1/0", 1e15,
     "85%", "20元", "约705件", "2024年"],
)  # fmt: skip
def test_what_is_no_number_is_named_by_its_address(filled, value):
    assert "表三!D6：" in faults_of(changed(filled, 表三_D6=value))


def test_all_faults_are_told_at_once(filled):
    told = faults_of(changed(filled, 表二_B4="约3", 表三_H12="许多", 其他数据_E2="第七节", 基本信息_B3="去年"))
    assert all(address in told for address in ("表二!B4", "表三!H12", "其他数据!E2", "基本信息!B3", "4处"))


@pytest.mark.parametrize("text", ["=1+1", "+86", "-x", "@SUM(A1)", '=cmd|"/c calc"!A1'])
def test_text_never_becomes_a_formula(tmp_path, office, text):
    data = office().model_copy(update={"points": {"主动公开": (Point(text=text, address=""),)}})
    write_workbook(tmp_path / "数据.xlsx", data, None)
    cell = load_workbook(tmp_path / "数据.xlsx")["工作要点"]["B2"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert read_workbook(tmp_path / "数据.xlsx").points["主动公开"][0].text == text


def test_slots_typed_by_an_office_are_text(filled):
    data = read_workbook(changed(filled, 工作要点_B2="收到{{requests.granted.total}}件"))
    assert data.points["主动公开"][0].text == "收到｛｛requests.granted.total｝｝件"


def test_moved_rows_are_noticed(filled):
    book = load_workbook(filled)
    book["表三"].delete_rows(7)
    book.save(filled)
    assert "表三!" in faults_of(filled)


def test_missing_sheets_are_named(filled):
    book = load_workbook(filled)
    del book["表四"]
    book["工作要点"].title = "要点"
    book.save(filled)
    told = faults_of(filled)
    assert "表四、工作要点" in told
    assert "assistant template" in told


def test_nothing_is_overwritten_unless_asked(filled):
    before = filled.read_bytes()
    with pytest.raises(AssistantError, match="已经存在"):
        write_template(filled, "某市财政局", 2025, None)
    assert filled.read_bytes() == before
    write_template(filled, "某市财政局", 2025, None, overwrite=True)
    assert filled.read_bytes() != before


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def test_files_that_are_no_workbook(tmp_path, filled):
    (tmp_path / "文字.xlsx").write_text("不是表格", encoding="utf-8")
    assert "这不是 .xlsx 文件" in faults_of(tmp_path / "文字.xlsx")
    assert "没有这个文件" in faults_of(tmp_path / "没有.xlsx")
    (tmp_path / "截断.xlsx").write_bytes(filled.read_bytes()[:-40])
    assert "已损坏或不完整" in faults_of(tmp_path / "截断.xlsx")
    legacy = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    (tmp_path / "加密.xlsx").write_bytes(legacy + "EncryptedPackage".encode("utf-16-le"))
    assert "加了密码" in faults_of(tmp_path / "加密.xlsx")
    (tmp_path / "旧版.xls").write_bytes(legacy + "Workbook".encode("utf-16-le"))
    assert "另存为 .xlsx" in faults_of(tmp_path / "旧版.xls")
    assert "不是 Excel 工作簿" in faults_of(zipped(tmp_path / "文书.xlsx", {"word/document.xml": b"<a/>"}))
    assert "不是完好的 xlsx" in faults_of(zipped(tmp_path / "空包.xlsx", {"xl/workbook.xml": b"<a/>"}))


def test_what_unpacks_to_too_much_or_defines_entities_is_never_given_to_openpyxl(tmp_path, filled):
    assert "过多" in faults_of(zipped(tmp_path / "大.xlsx", {"xl/workbook.xml": b" " * 30_000_000}))
    assert "过大" in faults_of(zipped(tmp_path / "更大.xlsx", {"xl/media/a.png": bytes(30_000_000)}))
    with zipfile.ZipFile(filled) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    entity = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    parts["xl/workbook.xml"] = entity + parts["xl/workbook.xml"].split(b"?>")[-1]
    assert "DOCTYPE" in faults_of(zipped(tmp_path / "实体.xlsx", parts))


@pytest.mark.parametrize(
    "named",
    [
        '<mergeCells><mergeCell ref="A30:XFD1048576"/></mergeCells>',
        "<mergeCells>" + '<mergeCell ref="A30:Z4000"/>' * 3 + "</mergeCells>",
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>',
        '<mergeCells><mergeCell ref="$A$30:$XFD$1048576"/></mergeCells>',
        '<mergeCells><mergeCell ref="A:XFD"/></mergeCells>',
    ],
)
def test_a_range_to_the_sheets_end_is_refused_before_openpyxl_makes_its_cells(tmp_path, filled, named, monkeypatch):
    with zipfile.ZipFile(filled) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = next(name for name in parts if name.startswith("xl/worksheets/sheet"))
    parts[sheet] = re.sub(rb"(<mergeCells.*?</mergeCells>)?", b"", parts[sheet]).replace(
        b"</sheetData>", b"</sheetData>" + named.encode()
    )
    bad = zipped(tmp_path / "合并.xlsx", parts)
    monkeypatch.setattr(
        "assistant.drafting.workbook.read.load_workbook", lambda *_, **__: pytest.fail("openpyxl has made the cells")
    )
    assert "占了太多格" in faults_of(bad)


def test_ten_thousand_own_figures(filled):
    book = load_workbook(filled)
    for row in range(2, 10_002):
        for column, value in enumerate((f"指标{row}", row, "件", "台账", "主动公开"), start=1):
            book["其他数据"].cell(row, column).value = value
    book.save(filled)
    assert "其他数据：有10000行，最多500行" in faults_of(filled)


def test_own_figures_that_cannot_be(filled):
    twice = {
        f"其他数据_{letter}{row}": value
        for row in (3, 4)
        for letter, value in zip("ABCDE", ("培训", 3, "期", "台账", "监督保障"), strict=True)
    }
    assert "其他数据!A4：“培训”在第3行已经填过" in faults_of(changed(filled, **twice))
    assert "其他数据!B3：“培训”不应为负数（-3）" in faults_of(changed(filled, 其他数据_B3=-3))
    assert "其他数据!C3：“培训”没有单位" in faults_of(changed(filled, 其他数据_B3=3, 其他数据_C3=None))


def test_a_sum_over_words_names_the_cell_it_trips_over(filled):
    told = faults_of(changed(filled, 表三_D6="=SUM(A1:B2)"))
    assert "表三!D6：公式用到的A1不是数字" in told
    assert "1处需要改" in told, "the totals over D6 are not told besides"


def test_renamed_sheets_are_named(filled):
    book = load_workbook(filled)
    book["表三"].title = "表3"
    book.save(filled)
    told = faults_of(filled)
    assert "缺少工作表：表三（现有：" in told
    assert "表3" in told


def test_a_point_that_would_be_read_as_a_heading(filled):
    assert "工作要点!B3：“二、主动公开政府信息情况”是章的标题" in faults_of(
        changed(filled, 工作要点_B3="二、主动公开政府信息情况")
    )


def own_row(value: object, unit: str | None, row: int = 3) -> dict[str, object]:
    texts = ("按时办结率", value, unit, "台账", "依申请公开")
    return {f"其他数据_{letter}{row}": text for letter, text in zip("ABCDE", texts, strict=True)}


@pytest.mark.parametrize(
    ("value", "style", "unit", "read"),
    [
        (0.85, "0%", "%", ("85", "%", "")),
        (0.8523, "0.00%", None, ("85.23", "%", "")),
        ("=17/20", "0%", "％", ("85", "%", "")),
        ("85%", "General", None, ("85", "%", "")),
        (0.85, "0.00", "%", ("0.85", "%", "")),
        (0.85, '0.00"%"', "%", ("0.85", "%", "")),
        ("705件", "General", "件", ("705", "件", "")),
        ("14万余", "General", "条", ("140000", "条", "14万余")),
        ("约2100余条", "General", None, ("2100", "条", "约2100余")),
    ],
)
def test_a_figure_is_read_as_it_is_shown(filled, value, style, unit, read):
    book = load_workbook(changed(filled, **own_row(value, unit)))
    book["其他数据"]["B3"].number_format = style
    book.save(filled)
    own = read_workbook(filled).own[-1]
    assert (f"{own.value:f}", own.unit, own.written) == read


def test_a_unit_that_is_not_the_one_beside_it(filled):
    book = load_workbook(changed(filled, **own_row(0.85, "件")))
    book["其他数据"]["B3"].number_format = "0%"
    book["表三"]["D6"].number_format = "0%"
    book.save(filled)
    changed(filled, 表三_D6=0.12, **{key.replace("3", "4"): value for key, value in own_row("705件", "条").items()})
    told = faults_of(changed(filled, 其他数据_A4="回应"))
    assert "其他数据!B3：单元格是百分比格式，单位一栏写的是“件”" in told
    assert "其他数据!B4：数值后面写了“件”，单位一栏写的是“条”" in told
    assert "表三!D6：是百分数" in told


def test_a_formula_beyond_arithmetic_is_read_as_it_was_saved(filled):
    changed(filled, 表三_D6="=ROUND(D5,0)")
    assert "表三!D6：公式“=ROUND(D5,0)”没有随文件保存的结果" in faults_of(filled)
    with zipfile.ZipFile(filled) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = next(name for name, data in parts.items() if b"ROUND(D5,0)" in data)
    kept = re.sub(rb"(<f>ROUND\(D5,0\)</f>)(?:<v ?/>|<v></v>)", rb"\1<v>7</v>", parts[sheet])
    assert kept != parts[sheet]
    parts[sheet] = kept
    assert read_workbook(zipped(filled, parts)).cells["requests.granted.natural_person"].value == 7


def test_a_total_whose_formula_was_deleted_is_named(filled):
    assert "表三!J5：总计没有数，而它合计的格里有数；请恢复公式=SUM(D5:I5)" in faults_of(
        changed(filled, 表三_D5=3, 表三_J5=None)
    )


def test_a_share_of_more_than_all_is_refused_but_not_a_growth(filled):
    rows = own_row(196, "%")
    assert "“按时办结率”是196%，超过100%" in faults_of(changed(filled, **rows))
    assert read_workbook(changed(filled, **rows | {"其他数据_A3": "同比增幅"})).own[-1].value == 196


def test_merged_figures_are_named_where_they_are(filled):
    book = load_workbook(changed(filled, **own_row(3, "次")))
    book["表三"].merge_cells("D6:E6")
    book["其他数据"].merge_cells("B3:B4")
    book.save(filled)
    told = faults_of(filled)
    assert "表三!D6：与别的格合并了（D6:E6）" in told
    assert "表三!E6：" in told
    assert "其他数据!B3：与别的格合并了（B3:B4）" in told


def test_a_part_that_stands_once_for_several_rows_is_read(filled):
    rows = own_row(3, "次") | own_row(5, "次", 4) | {"其他数据_A4": "会商"}
    book = load_workbook(changed(filled, **rows))
    book["其他数据"].merge_cells("E3:E4")
    book.save(filled)
    assert [own.part for own in read_workbook(filled).own[1:]] == ["依申请公开", "依申请公开"]


@pytest.mark.parametrize("spelling", ["一（二）", "一(二)", "依申请公开", "一（二）依申请公开"])
def test_a_part_may_be_named_by_its_number(filled, spelling):
    rows = {cell: spelling if cell.endswith("_E3") else value for cell, value in own_row(3, "次").items()}
    assert read_workbook(changed(filled, **rows)).own[1].part == "依申请公开"


def test_what_is_hidden_is_told(filled):
    assert read_workbook(filled).notes == ()
    book = load_workbook(filled)
    book["其他数据"].sheet_state = "hidden"
    book["工作要点"].row_dimensions[3].hidden = True
    book["表三"].column_dimensions["E"].hidden = True
    book.save(filled)
    told = read_workbook(filled).notes
    assert [note.partition("是隐藏")[0] for note in told] == ["表三E列", "工作表“其他数据”", "工作要点第3行"]


@pytest.mark.parametrize(
    "value",
    [
        CellRichText(TextBlock(InlineFont(strike=True), "99"), "35"),
        CellRichText("35", TextBlock(InlineFont(vertAlign="superscript"), "1")),
    ],
)
def test_crossed_out_and_raised_figures_are_named_and_not_read_with_the_rest(filled, value):
    assert "表三!E4：“" in faults_of(changed(filled, 表三_E4=value))


def test_a_cell_whose_type_is_crossed_out_is_named(filled):
    book = load_workbook(filled)
    book["表三"]["E4"].font = Font(strike=True)
    book.save(filled)
    assert "表三!E4" in faults_of(changed(filled, 表三_E4=35)) and "删除线" in faults_of(filled)


def test_a_year_that_has_not_come_is_refused(filled):
    assert "基本信息!B3：年度“2099”还没有到" in faults_of(changed(filled, 基本信息_B3=2099))


def test_a_workbook_that_nobody_filled_in_is_not_drafted(tmp_path):
    write_template(tmp_path / "空.xlsx", "某市财政局", 2025, None)
    with pytest.raises(BadWorkbook, match=r"还没有填写[\s\S]*表三[\s\S]*工作要点[\s\S]*信息处理费"):
        draft(read_workbook(tmp_path / "空.xlsx"))


def test_the_template_explains_itself_and_lists_what_last_year_counted(tmp_path, qingyuan_2024):
    told = told_by(qingyuan_2024)
    write_template(tmp_path / "空.xlsx", "江州市清源区人民政府", 2025, None, told=told)
    book = load_workbook(tmp_path / "空.xlsx")
    assert (book.sheetnames[0], book.active.title) == ("填表说明", "基本信息")
    beside = [str(cell.value) for cell in book["其他数据"]["G"]]
    assert "一（一）主动公开：政务新媒体本年发布信息1392条" in beside
    assert not any("新申请158件" in text for text in beside), "which the tables tell"
    assert read_workbook(tmp_path / "空.xlsx").own == (), "and nothing of it is read"


@pytest.mark.parametrize("sheet", ["表二", "表三", "表四", "其他数据", "工作要点", "填表说明"])
def test_no_label_runs_over_its_row_or_its_page(tmp_path, office, qingyuan_2024, sheet):
    """A row is as tall as the words in it need, by the width of their column."""
    write_workbook(tmp_path / "数据.xlsx", office(), None, told=told_by(qingyuan_2024))
    page = load_workbook(tmp_path / "数据.xlsx")[sheet]
    merged = {area.coord.split(":")[0]: area for area in page.merged_cells.ranges}
    for cell in (cell for row in page.iter_rows() for cell in row if isinstance(cell.value, str)):
        area = merged.get(cell.coordinate)
        columns = range(area.min_col, area.max_col + 1) if area else (cell.column,)
        rows = area.max_row - area.min_row + 1 if area else 1
        width = sum(page.column_dimensions[get_column_letter(n)].width for n in columns) - 1
        wide = sum(1 if sign.isascii() else 2 for sign in cell.value)
        height = page.row_dimensions[cell.row].height or 15
        assert cell.data_type == "f" or wide <= width * max(rows, height / 15), f"{cell.coordinate} {cell.value}"
