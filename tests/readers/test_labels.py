"""Placing printed rows on the form: by likeness, in the form's order, so that a slip never shifts a table."""

from __future__ import annotations

from decimal import Decimal

import pytest
from dossiers import printed, report

from assistant.form import EDITION_2021
from assistant.readers import report_from_text
from assistant.readers.form_tables.labels import is_figure, parse_cell, place_rows, rows_between, rows_known
from assistant.report import LEAST_CONFIDENCE, Source

ROWS = EDITION_2021.table("requests").rows


def _placed(labels: list[str]) -> list[str | None]:
    return [
        match[1].id if match else None for match in place_rows([[label] for label in labels], rows_known("requests"))
    ]


def test_every_label_finds_its_row() -> None:
    assert _placed([row.label for row in ROWS]) == [row.id for row in ROWS]


@pytest.mark.parametrize("lost", range(len(ROWS)))
def test_a_label_beyond_recognition_shifts_no_other(lost: int) -> None:
    labels = [row.label if index != lost else "＃＃＃＃" for index, row in enumerate(ROWS)]
    assert _placed(labels) == [row.id if index != lost else None for index, row in enumerate(ROWS)]


@pytest.mark.parametrize(
    ("label", "row"),
    [
        ("2.其他法律行政止公开", "denied.prohibited_by_law"),
        ("7.属于行政执法案巷", "denied.enforcement_file"),
        ("1．本机关不掌握相关政府信 息", "unavailable.not_held"),
        ("申请人逾期未按收费通知要求缴费、行政机关不再处理其申请", "otherwise_handled.fee_overdue"),
        ("予以公开", "granted"),
    ],
)
def test_a_slip_in_a_label_is_forgiven(label: str, row: str) -> None:
    assert _placed([label]) == [row]


def test_likeness_does_not_turn_one_outcome_into_another() -> None:
    assert _placed(["不予公开"]) == [None]  # a group's own row, not 予以公开


def test_one_cell_a_line_reads_as_the_table_it_was() -> None:
    sound = report()
    lines = [
        cell.strip() or "/"
        for line in printed(sound, "pipe").splitlines()
        for cell in (line.split("|") if "|" in line else [line])
        if line
    ]
    again = report_from_text("\n".join(lines), "云川县人民政府_2024.txt")
    assert {metric: cell.value for metric, cell in again.cells.items()} == {
        metric: cell.value for metric, cell in sound.cells.items()
    }
    assert [section.id for section in again.sections] == [section.id for section in sound.sections]


def test_confidence_stays_with_the_cell() -> None:
    assert parse_cell("12", Source(), 0.5).confidence == 0.5 < LEAST_CONFIDENCE
    assert parse_cell("12", Source()).value == Decimal(12)


def _between(labels: list[str]) -> dict[int, str]:
    texts, known = [[label] for label in labels], rows_known("requests")
    return {line: row.id for line, (_, row) in rows_between(texts, place_rows(texts, known), known).items()}


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [("35¹", 35, "¹"), ("35 ①", 35, "①"), ("35⁽¹⁾", 35, "⁽¹⁾"), ("35⑴", 35, "⑴"), ("35[1]", 35, "[1]"),
     ("3²5", None, ""), ("①35", None, ""), ("²", None, "")],
)  # fmt: skip
def test_the_number_of_a_note_is_no_digit(text: str, value: int | None, note: str) -> None:
    cell = parse_cell(text, Source())
    assert (cell.value, cell.note, is_figure(text)) == (value, note, value is not None)


def test_a_label_badly_recognised_is_told_by_its_place() -> None:
    labels = [row.label for row in ROWS]
    ids = [row.id for row in ROWS]
    worn = {"not_processed.repeated": "2.币复中请", "concluded": "(七)总训", "denied.state_secret": "1.属干园家秘宓"}
    for row_id, label in worn.items():
        labels[ids.index(row_id)] = label
    assert _between(labels) == {ids.index(row_id): row_id for row_id in worn}


@pytest.mark.parametrize("strange", ["＃＃＃＃", ""])
def test_a_label_like_none_and_a_row_too_many_are_told_by_no_place(strange: str) -> None:
    labels = [row.label for row in ROWS]
    place = [row.id for row in ROWS].index("not_processed.repeated")
    assert _between([*labels[:place], strange, *labels[place + 1 :]]) == {}
    assert _between([*labels[:place], "2.币复中请", "2.重友申清", *labels[place + 1 :]]) == {}
