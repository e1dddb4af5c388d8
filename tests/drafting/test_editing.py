"""A data workbook shown and changed cell by cell: what reading it says is what was typed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from assistant.drafting import read_workbook, write_template
from assistant.drafting.workbook.edit import Changes, addends_of, contents, edited
from assistant.errors import BadWorkbook

UNIT = "江州市清源区人民政府"
BEFORE = {"requests.received.natural_person": Decimal(140), "review.upheld": Decimal(7)}


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "数据.xlsx"
    write_template(path, UNIT, 2025, BEFORE, plans=(("上年问题", "解读形式单一。"), ("上年改进", "增加图解。")))
    return path


def test_what_is_typed_is_what_is_read(workbook: Path) -> None:
    edited(
        workbook,
        Changes(
            basic={"落款日期": "2026-01-10"},
            cells={"requests.received.natural_person": "1,150", "requests.received.business": " 3 "},
            own=[("网站信息", "14万余", "条", "网站", "主动公开"), ("", "", "", "", "")],
            notes={"主动公开": "办好公报。\n开设专栏。", "问题": "公开不够及时。"},
            progress={3: "已经增加图解12期，群众反映良好。"},
        ),
    )
    office = read_workbook(workbook)
    assert office.cells["requests.received.total"].value == 1153
    assert [point.text for point in office.points_of("主动公开")] == ["办好公报。", "开设专栏。"]
    assert [point.text for point in office.points_of("问题")] == ["公开不够及时。"]
    assert "图解12期" in office.points_of("上年改进")[0].text
    assert (office.own[0].written, str(office.signed_on)) == ("14万余", "2026-01-10")
    held = contents(workbook)
    assert held.cells["requests.received.natural_person"] == "1150" and held.last_year["review.upheld"] == "7"
    assert [(one.kind, one.progress) for one in held.plans] == [
        ("上年问题", ""),
        ("上年改进", "已经增加图解12期，群众反映良好。"),
    ]


def test_what_was_not_named_stays(workbook: Path) -> None:
    book = load_workbook(workbook)
    book["表三"]["Z40"] = "科室自己的备注"
    book.save(workbook)
    edited(workbook, Changes(notes={"主动公开": "办好公报。"}))
    edited(workbook, Changes(cells={"review.upheld": "5"}))
    assert load_workbook(workbook)["表三"]["Z40"].value == "科室自己的备注"
    assert contents(workbook).notes["主动公开"] == "办好公报。"


def test_what_is_no_number_is_kept_as_typed_and_named_by_reading(workbook: Path) -> None:
    edited(workbook, Changes(cells={"requests.received.business": "=1+1;约3件"}))
    assert contents(workbook).cells["requests.received.business"].startswith("=1+1")
    with pytest.raises(BadWorkbook, match="表三!"):
        read_workbook(workbook)
    edited(workbook, Changes(cells={"requests.received.business": ""}))
    assert read_workbook(workbook).cells["requests.received.business"].value is None


@pytest.mark.parametrize(
    "changes",
    [
        Changes(cells={"requests.received.total": "5"}),
        Changes(cells={"requests.nobody.total": "5"}),
        Changes(basic={"电子邮箱": "a"}),
        Changes(progress={99: "好"}),
        Changes(notes={"没有这一部分": "好"}),
    ],
)
def test_a_place_that_is_not_there_is_refused(workbook: Path, changes: Changes) -> None:
    before = workbook.read_bytes()
    with pytest.raises(BadWorkbook):
        edited(workbook, changes)
    assert workbook.read_bytes() == before


def test_totals_add_up_what_the_sheet_adds_up(workbook: Path) -> None:
    cells = {"requests.granted.business": "3", "requests.denied.state_secret.business": "4"}
    edited(workbook, Changes(cells=cells))
    office = read_workbook(workbook)
    for total in ("requests.granted.total", "requests.concluded.business", "requests.concluded.total"):
        known = [office.cells[part].value for part in addends_of(total)]
        assert office.cells[total].value == sum(one for one in known if one is not None), total
    assert addends_of("requests.granted.business") == () and len(addends_of("review.total")) == 4


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.decimals(0, 10**9, places=2))
def test_every_amount_comes_back(workbook: Path, value: Decimal) -> None:
    edited(workbook, Changes(cells={"disclosure.fees.amount": f"{value:f}"}))
    assert read_workbook(workbook).cells["disclosure.fees.amount"].value == value
