"""The sheets 问题与改进 and 统计导出, and a workbook that belongs to another office or year."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from assistant.drafting import draft, markdown, plans_of, read_workbook, write_template, write_workbook
from assistant.drafting.office import FOLLOWED_UP, OPENING, PARTS
from assistant.drafting.workbook.layout import EXPORT, PLANS, POINT_PARTS, POINTS
from assistant.errors import BadWorkbook
from assistant.form.drawing import drawing

UNIT = "江州市清源区人民政府"


@pytest.fixture
def template(tmp_path, qingyuan_2024) -> Path:
    path = tmp_path / "数据.xlsx"
    figures = {metric: cell.value for metric, cell in qingyuan_2024.cells.items()}
    write_template(path, UNIT, 2025, figures, plans=plans_of(qingyuan_2024))
    return path


@pytest.fixture
def filled(tmp_path, office) -> Path:
    path = tmp_path / "填好.xlsx"
    write_workbook(path, office(seed=3), None)
    return path


def edited(path: Path, sheet: str, **cells: object) -> Path:
    book = load_workbook(path)
    for address, value in cells.items():
        book[sheet][address].value = value
    book.save(path)
    return path


def faults_of(path: Path) -> str:
    with pytest.raises(BadWorkbook) as error:
        read_workbook(path)
    return str(error.value)


def test_last_years_problems_and_plans_are_listed(template, qingyuan_2024):
    rows = list(load_workbook(template)[PLANS].iter_rows(min_row=2, max_col=3, values_only=True))
    assert [kind for kind, _, _ in rows] == ["上年问题"] * 3 + ["上年改进"] * 3 + ["本年问题"] * 4 + ["本年改进"] * 4
    assert all(written and written in qingyuan_2024.section("problems").text for _, written, _ in rows[:6])
    assert read_workbook(template).points == {}, "what last year's report wrote is nothing that this office tells"


def test_what_became_of_a_plan_is_told(filled):
    plan = {"A2": "上年改进", "B2": "为窗口配备手语翻译。", "C2": "窗口已有两名手语翻译，听障群众来访当场办理。"}
    data = read_workbook(edited(filled, PLANS, **plan))
    assert [(point.text, point.address) for point in data.points[FOLLOWED_UP]] == [(plan["C2"], f"{PLANS}!C2")]
    finished = draft(data)
    told = next(use for use in finished.part("改进").uses if use.source == f"{PLANS}!C2")
    assert (told.text, plan["C2"] in markdown(finished)) == ("两名", True)


def test_a_short_answer_is_told_with_its_plan(filled):
    data = read_workbook(edited(filled, PLANS, A2="上年改进", B2="为窗口配备手语翻译。", C2="已完成"))
    assert data.points[FOLLOWED_UP][0].text == "上年提出的“为窗口配备手语翻译”，已完成"


def test_what_became_of_plans_survives_writing(filled, tmp_path):
    data = read_workbook(edited(filled, PLANS, A2="上年改进", B2="为窗口配备手语翻译。", C2="已完成"))
    write_workbook(tmp_path / "再写.xlsx", data, None)
    again = read_workbook(tmp_path / "再写.xlsx")
    assert [point.text for point in again.points[FOLLOWED_UP]] == [point.text for point in data.points[FOLLOWED_UP]]


@pytest.mark.parametrize(
    ("sheet", "cells", "address"),
    [
        (PLANS, {"A2": "明年问题", "B2": "栏目更新不够及时。"}, "问题与改进!A2：应为上年问题"),
        (PLANS, {"A2": "本年问题", "B2": "栏目更新不够及时。", "C2": "已完成"}, "问题与改进!C2"),
        (PLANS, {"A2": "本年问题", "B2": "五、存在的主要问题及改进情况"}, "问题与改进!B2"),
        (PLANS, {"A400": "本年问题"}, "问题与改进：有400行，最多300行"),
        ("工作要点", {"A2": "问题", "B2": "栏目更新不够及时。"}, "问题和改进请填在“问题与改进”"),
    ],
)
def test_faults_are_named_by_address(filled, sheet, cells, address):
    assert address in faults_of(edited(filled, sheet, **cells))


@pytest.mark.parametrize(("cell", "value"), [("B2", "江州市白水县人民政府"), ("B3", 2026)])
def test_a_workbook_of_another_office_or_year_is_refused(template, cell, value):
    assert "旁列的是江州市清源区人民政府2024年的数字" in faults_of(edited(template, "基本信息", **{cell: value}))


def test_the_office_may_write_its_name_longer_or_shorter(template):
    assert read_workbook(edited(template, "基本信息", B2="清源区人民政府")).unit == "清源区人民政府"


def pasted(path: Path, table: str, figures: dict[str, object]) -> Path:
    """The workbook with a table of the form pasted from B4 on, as an export would have it."""
    book = load_workbook(path)
    sheet: Worksheet = book[EXPORT]
    for drawn in drawing(table).cells:
        value = figures.get(drawn.metric, 0) if drawn.metric else drawn.text
        sheet.cell(drawn.row + 4, drawn.column + 2).value = value  # type: ignore[union-attr]
    book.save(path)
    return path


def test_an_export_fills_what_was_left_blank(template, office):
    figures = {metric: entry.value for metric, entry in office(seed=3).cells.items()}
    data = read_workbook(pasted(template, "requests", figures))
    read = {metric: entry.value for metric, entry in data.cells.items() if metric.startswith("requests.")}
    assert read == {metric: value for metric, value in figures.items() if metric.startswith("requests.")}
    assert data.cells["requests.received.natural_person"].address == "统计导出!E7"
    assert data.cells["disclosure.rules.issued"].value is None


def test_faults_of_exported_figures_are_named_where_they_were_pasted(template, office):
    figures = {metric: entry.value for metric, entry in office(seed=3).cells.items()}
    figures["requests.denied.internal_affairs.legal_service"] += 1
    with pytest.raises(BadWorkbook, match="统计导出!K15（表三"):
        draft(read_workbook(pasted(template, "requests", figures)))


def test_typed_and_pasted_figures_must_agree(template, office):
    figures = {metric: entry.value for metric, entry in office(seed=3).cells.items()}
    edited(template, "表三", D4=int(figures["requests.received.natural_person"]) + 1)
    assert "表三!D4与统计导出!E7的数字不同" in faults_of(pasted(template, "requests", figures))


def test_a_table_typed_in_part_takes_the_totals_of_the_export(template, office):
    figures = {metric: entry.value for metric, entry in office(seed=3).cells.items()}
    natural, total = figures["requests.received.natural_person"], figures["requests.received.total"]
    assert natural and natural != total
    data = read_workbook(pasted(edited(template, "表三", D4=natural), "requests", figures))
    assert (data.cells["requests.received.total"].value, data.cells["requests.received.natural_person"].address) == (
        total,
        "表三!D4",
    )


def test_cells_are_checked_while_they_are_filled(template):
    sheet = load_workbook(template)["表三"]
    red = {str(found.sqref): [rule.formula[0] for rule in found.rules] for found in sheet.conditional_formatting}
    assert red["D28"] == ["AND(COUNT(D4,D5,D28)>0,N(D4)+N(D5)<>N(D27)+N(D28))"]
    assert red["D5"] == ["AND(ISNUMBER(L28),ISNUMBER(D5),L28<>D5)"], "上年结转 against last year's 结转下年度"
    kinds = {rule.type: rule.sqref for rule in load_workbook(template)["表二"].data_validations.dataValidation}
    assert [kind for kind, cells in kinds.items() if "B14" in cells] == ["decimal"], "charges alone have decimals"


def test_an_export_without_labels_is_refused(template):
    assert "统计导出!A3：没有认出" in faults_of(edited(template, EXPORT, A3=12, B3=3, C3=0, A4=1, B4=1, C4=1))


def test_the_workbook_says_what_each_part_asks_for(template):
    sheet = load_workbook(template)[POINTS]
    hints = {sheet.cell(row, 1).value: sheet.cell(row, 3).value for row in range(sheet.max_row, 1, -1)}
    assert hints == {part.id: part.asks for part in (*PARTS, OPENING) if part.id in POINT_PARTS}
