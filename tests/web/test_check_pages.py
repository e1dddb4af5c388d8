"""What the page of a check shows of a report, without a browser: doubtful cells, what other people decided."""

from __future__ import annotations

from pathlib import Path

from dossiers import report

from assistant.check import Checked, check
from assistant.figures.dossier import Dossier
from assistant.report import Report
from assistant.web.check_pages import _shown
from assistant.web.checks import ReportCheck
from assistant.web.templates import page

TOTAL = "requests.received.total"


def shown(made: Report) -> str:
    checked = Checked(Path("年报.png"), made, check(Dossier(made)))
    one = ReportCheck("1", Path(), Path("年报.png"), checked=checked, rounds=1)
    return page("check.html", here="查", made=one, mark=one.mark, **_shown(one))


def test_cells_that_the_recognition_is_not_sure_of_are_listed_to_be_looked_at() -> None:
    cells = dict(report().cells)
    cells[TOTAL] = cells[TOTAL].model_copy(update={"confidence": 0.3})
    told = shown(report().model_copy(update={"cells": cells}))
    assert "有1格识别的把握不大" in told and f'data-cell="{TOTAL}">表三 一·总计</button>' in told
    assert f'data-doubtful="{TOTAL}"' in told
    assert "把握不大，请对照" not in shown(report()) and 'data-doubtful=""' in shown(report())


def test_words_of_a_report_never_become_markup() -> None:
    told = shown(report(add={"other": "<script>alert(1)</script>“><img src=x onerror=y>"}))
    assert "<script>alert" not in told and "<img src=x" not in told and "&lt;script&gt;alert(1)" in told
