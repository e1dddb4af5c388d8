"""Cells set right by hand: as if they had been read so, and said to be by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from dossiers import report

from assistant.check import check
from assistant.errors import UnknownName
from assistant.figures.dossier import Dossier
from assistant.readers.corrections import corrected

TOTAL = "requests.received.total"


def test_a_cell_is_as_if_it_had_been_read_so() -> None:
    sound, wrong = report(), report(figures={TOTAL: 25})
    made = corrected(wrong, {TOTAL: sound.cells[TOTAL].raw})
    assert dict(made.cells) == dict(sound.cells) and list(made.cells) == list(sound.cells)
    assert [f.code for f in check(Dossier(made)).findings] == [f.code for f in check(Dossier(sound)).findings]
    (told,) = made.warnings
    assert "“25”" in told.message and "人工更正" in told.message and told.message.startswith("表三 一·总计")


def test_a_blank_is_no_nought() -> None:
    made = corrected(report(), {TOTAL: " "})
    assert made.cells[TOTAL].value is None
    assert corrected(report(), {TOTAL: "0"}).cells[TOTAL].value == Decimal(0)


def test_a_doubtful_cell_that_was_looked_at_is_doubtful_no_more() -> None:
    cells = dict(report().cells)
    cells[TOTAL] = cells[TOTAL].model_copy(update={"confidence": 0.3})
    doubtful = report().model_copy(update={"cells": cells})
    assert doubtful.doubtful == (TOTAL,)
    assert corrected(doubtful, {TOTAL: cells[TOTAL].raw}).doubtful == ()


@pytest.mark.parametrize("text", ["很多", "1" * 50, "=1+1"])
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(UnknownName, match="不是一格的数"):
        corrected(report(), {TOTAL: text})


def test_a_cell_that_the_report_has_no_table_for_is_refused() -> None:
    bare = report().model_copy(update={"tables": ()})
    for metric in (TOTAL, "nonsense"):
        with pytest.raises(UnknownName, match="没有这一格"):
            corrected(bare, {metric: "1"})
