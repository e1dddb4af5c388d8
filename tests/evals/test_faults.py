"""What counts as found, and which way a score is better."""

from __future__ import annotations

from dataclasses import replace

from evals.faults import _found
from evals.inject.cells import cell_faults
from evals.inject.numbers import number_faults
from evals.inject.samples import generated
from evals.run import _compare


def test_a_fault_is_found_by_what_is_said_newly_of_its_place() -> None:
    sample = next(generated(units=1, seed=5))
    cell = next(fault for fault in cell_faults(sample) if "表三" in fault.told)
    number = next(fault for fault in number_faults(sample) if not fault.impossible)
    assert _found(sample, cell) and _found(sample, number)
    unchanged = sample.dossier.report
    assert _found(sample, replace(cell, report=unchanged)) is False
    assert _found(sample, replace(number, report=unchanged, after=number.before)) is False
    elsewhere = sample.dossier.report.closing[0]
    assert _found(sample, replace(number, after=(elsewhere, 0, 1))) is False


def test_less_is_better_where_faults_of_the_program_are_counted() -> None:
    assert _compare({"quiet.generated.errors": 2.0}, {"quiet.generated.errors": 1.0}) == 1
    assert _compare({"quiet.generated.errors": 0.0}, {"quiet.generated.errors": 1.0}) == 0
    assert _compare({"faults.real.moved_case": 0.9}, {"faults.real.moved_case": 1.0}) == 1
    assert _compare({"faults.real.moved_case": 1.0}, {"faults.real.moved_case": 0.9}) == 0
