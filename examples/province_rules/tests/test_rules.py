"""The rules of the province against their cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.cases import Case, cases_in
from assistant.check import selected

CASES = cases_in(Path(__file__).parent / "cases")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_does_as_its_cases_say(case: Case) -> None:
    assert case.faults() == []


def test_every_rule_has_cases() -> None:
    assert {rule.code for rule in selected(["X"])} == {case.code for case in CASES}
