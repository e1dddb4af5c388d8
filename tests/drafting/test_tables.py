from __future__ import annotations

import pytest

from assistant.drafting.workbook.layout import address_of, total_formula
from assistant.form import EDITIONS
from assistant.form.drawing import drawing


@pytest.mark.parametrize(
    ("edition", "table", "rows", "columns"),
    [
        ("2021", "disclosure", 14, 4),
        ("2021", "requests", 28, 10),
        ("2021", "review", 4, 15),
        ("2019", "disclosure", 18, 7),
        ("2019", "requests", 26, 10),
    ],
)
def test_every_place_is_drawn_once(edition, table, rows, columns):
    """As in the official forms: 14×4, 28×10, 4×15, merged without gap or overlap."""
    plan = drawing(table, edition)
    covered = [
        (cell.row + down, cell.column + right)
        for cell in plan.cells
        for down in range(cell.height)
        for right in range(cell.width)
    ]
    assert sorted(covered) == [(row, column) for row in range(rows) for column in range(columns)]
    assert [cell.metric for cell in plan.cells if cell.metric and plan.table.id == table] == [
        metric.id for metric in EDITIONS[edition].metrics_of(table)
    ]


def test_addresses_as_people_write_them():
    assert address_of("requests.denied.internal_affairs.legal_service") == "表三!H12"
    assert address_of("requests.denied.natural_person") == ""


@pytest.mark.parametrize(
    ("metric", "formula"),
    [
        ("requests.received.total", "=SUM(D4:I4)"),
        ("requests.concluded.natural_person", "=SUM(D6:D26)"),
        ("requests.concluded.total", "=SUM(D27:I27)"),
        ("litigation.direct.total", "=SUM(F4:I4)"),
        ("requests.received.business", ""),
    ],
)
def test_totals_are_formulas(metric, formula):
    assert total_formula(metric) == formula
