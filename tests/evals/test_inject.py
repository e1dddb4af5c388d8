"""Faults are what they say they are: one thing changed, told where, and only where it can be told."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from assistant.form import EDITIONS
from assistant.report import Paragraph, Report
from evals.inject.base import Sample, agrees
from evals.inject.cells import cell_faults, moved_cases
from evals.inject.digits import one_off, swapped
from evals.inject.numbers import number_faults
from evals.inject.samples import generated
from evals.inject.texts import text_faults

FAULTS = (cell_faults, moved_cases, number_faults, text_faults)


@pytest.fixture(scope="module")
def samples() -> list[Sample]:
    return list(generated(units=8, seed=5))


@pytest.mark.parametrize(
    ("text", "up", "down", "crossed"),
    [
        ("97", "98", "96", "79"),
        ("20,318", "20,319", "20,317", "20,138"),  # a number does not begin with 0
        ("1.29万", "1.30万", "1.28万", "1.92万"),  # digits side by side
        ("0", "1", None, None),
        ("33", "34", "32", None),
    ],
)
def test_slips_of_the_hand(text: str, up: str, down: str | None, crossed: str | None) -> None:
    assert (one_off(text, 1), one_off(text, -1)) == (up, down)
    assert swapped(text) == crossed


def test_a_number_may_be_written_in_several_ways() -> None:
    value = Decimal(20318)
    assert all(agrees(text, value) for text in ("20318", "20,318", "2.03万", "2万余"))
    assert not any(agrees(text, value) for text in ("20319", "2.04万", "3万余", "2.03"))


def test_every_fault_changes_its_report_and_says_where(samples: list[Sample]) -> None:
    for sample in samples:
        for faults in FAULTS:
            for fault in faults(sample):
                assert fault.report != sample.dossier.report, fault.told
                assert fault.metrics or fault.after or fault.codes, fault.told
                if fault.after:
                    paragraph, start, end = fault.after
                    assert 0 <= start < end <= len(paragraph.text)
                    assert any(paragraph is each for each in paragraphs(fault.report))


def test_a_moved_case_leaves_every_sum(samples: list[Sample]) -> None:
    main = ("received", "carried_in", "concluded", "carried_out")
    rows = [row.id for row in EDITIONS["2021"].table("requests").rows if row.id not in main]
    moved = list(moved_cases(samples[0]))
    assert moved
    for fault in moved:
        for column in ("natural_person", "total"):
            concluded = sum(fault.report.cells[f"requests.{row}.{column}"].value or 0 for row in rows)
            assert concluded == fault.report.value(f"requests.concluded.{column}")


def paragraphs(report: Report) -> Iterator[Paragraph]:
    yield from (*report.preamble, *report.closing)
    for section in report.sections:
        yield from section.paragraphs
