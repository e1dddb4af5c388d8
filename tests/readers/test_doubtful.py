"""What a recognition is not sure of: settled by sums where they can, listed, and never the ground of an error."""

from __future__ import annotations

import json

import pytest
from dossiers import report

from assistant.check import check
from assistant.figures.dossier import Dossier
from assistant.readers.blocks import Grid, TextBlock
from assistant.readers.form_tables.arbitration import arbitrated
from assistant.readers.pages.layout import document_of
from assistant.readers.pages.page import Page, Piece, Segment
from assistant.render.json import read_json
from assistant.report import Cell, Report

RECEIVED, GRANTED = "requests.received.natural_person", "requests.granted.natural_person"


def scanned(changes: dict[str, tuple[str, float]], *, arbitrate: bool = True) -> Report:
    """The sample report as if recognised from a picture: all cells sure but those given with text and confidence."""
    cells: dict[str, Cell] = {}
    for metric, cell in report().cells.items():
        raw, sure = changes.get(metric, (cell.raw, 0.99))
        value = None if not raw else type(cell.value or 0)(raw) if cell.value is None else cell.value.__class__(raw)
        cells[metric] = cell.model_copy(update={"raw": raw, "value": value, "confidence": sure})
    return report().model_copy(update={"cells": arbitrated(cells) if arbitrate else cells})


def printed(metric: str) -> str:
    return report().cells[metric].raw


def test_a_sum_that_comes_out_takes_the_doubt() -> None:
    assert scanned({RECEIVED: (printed(RECEIVED), 0.5)}).doubtful == ()


def test_a_sum_that_fails_leaves_the_doubt_and_two_that_cross_raise_it() -> None:
    wrong = str(int(printed(RECEIVED)) * 10 + 1)
    assert scanned({RECEIVED: (wrong, 0.5)}).doubtful == (RECEIVED,)
    assert scanned({RECEIVED: (wrong, 0.99)}).doubtful == (RECEIVED,)  # the recognition was sure, and wrong


def test_a_blank_that_may_be_a_zero_is_not_settled_by_sums() -> None:
    zero = next(m for m, cell in report().cells.items() if m.startswith("requests.") and cell.raw == "0")
    other = next(m for m, c in report().cells.items() if m.startswith("requests.") and c.raw == "0" and m != zero)
    assert scanned({zero: ("0", 0.5)}).doubtful == ()
    assert scanned({zero: ("0", 0.5), other: ("", 0.99)}).doubtful == (zero,)
    assert scanned({zero: ("", 0.5)}).doubtful == (zero,)


def test_written_reports_have_no_doubts() -> None:
    assert report().doubtful == () and read_json(report())["doubtful"] == []


def test_doubtful_cells_are_listed_in_json() -> None:
    wrong = str(int(printed(RECEIVED)) + 1)
    assert json.loads(json.dumps(read_json(scanned({RECEIVED: (wrong, 0.5)}))))["doubtful"] == [RECEIVED]


@pytest.mark.parametrize("metric", [RECEIVED, GRANTED, "requests.received.total"])
def test_a_finding_that_rests_on_a_doubtful_cell_says_so_and_is_no_error(metric: str) -> None:
    wrong = str(int(printed(metric) or 0) + 7)
    sure = check(Dossier(scanned({metric: (wrong, 0.99)}, arbitrate=False)))
    doubtful = check(Dossier(scanned({metric: (wrong, 0.5)}, arbitrate=False)))
    assert sure.counts["error"] and not doubtful.counts["error"]
    told = [finding for finding in doubtful.findings if finding.code.startswith("T3")]
    assert told and all("把握不大" in finding.message and "核对原件" in finding.message for finding in told)


def grid_page(rows: list[list[str]], confidence: float) -> Page:
    """A ruled table, recognised with some confidence."""
    wide, high = 40.0, 20.0
    pieces = [
        Piece(text, 50 + wide * c + 4, 100 + high * r + 5, 50 + wide * c + 30, 100 + high * r + 15, 10, confidence)
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if text
    ]
    right, bottom = 50 + wide * len(rows[0]), 100 + high * len(rows)
    across = tuple(Segment(100 + high * r, 50, right) for r in range(len(rows) + 1))
    down = tuple(Segment(50 + wide * c, 100, bottom) for c in range(len(rows[0]) + 1))
    return Page(1, 900, 842, tuple(pieces), across, down)


HEADER = ["", "", "", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
BODY = ["一、本年新收政府信息公开申请数量", "", "", "1", "2", "0", "0", "0", "0", "3"]
ENDING = ["四、结转下年度继续办理", "", "", "0", "0", "0", "0", "0", "0", "0"]


def test_a_table_of_a_picture_with_a_column_too_many_is_not_taken_and_not_read_as_prose() -> None:
    fitting = [HEADER, BODY, ENDING]
    shifted = [[*row[:6], "" if row is HEADER else "1", *row[6:]] for row in fitting]
    assert [type(block) for block in document_of([grid_page(fitting, 0.99)]).blocks] == [Grid]
    document = document_of([grid_page(shifted, 0.99)])
    assert document.blocks == ()
    (warning,) = document.warnings
    assert warning.kind == "unread" and "11列" in warning.message and "表三" in warning.message
    assert [type(block) for block in document_of([grid_page(shifted, 1.0)]).blocks] == [Grid]  # written: as it is


def test_a_table_of_figures_whose_labels_were_not_recognised_is_not_read_as_prose() -> None:
    unknown = [["口口", *"123456"], ["目目", *"123456"], ["日日", *"123456"]]
    document = document_of([grid_page(unknown, 0.99)])
    assert not [block for block in document.blocks if isinstance(block, (Grid, TextBlock))]
    assert document.warnings[0].kind == "unread"
