"""Faults at a stated rate: the same for the same seed, told rightly, and never without being told."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.figures.dossier import Dossier
from assistant.figures.report_set import others_among
from assistant.rules import RULES
from evals.generate.reports import Made, generate
from evals.inject.rate import COPIED, with_faults


@pytest.fixture(scope="module")
def province() -> list[Made]:
    return list(generate(30, 2, seed=3))


def test_the_same_seed_puts_in_the_same_faults(province: list[Made]) -> None:
    first, again, other = (list(with_faults(province[:20], 0.5, seed)) for seed in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize(("rate", "fewest", "most"), [(0, 0, 0), (0.3, 8, 30), (1, 55, 60)])
def test_as_many_have_a_fault_as_the_rate_says(rate: float, fewest: int, most: int, province: list[Made]) -> None:
    made = list(with_faults(province, rate, seed=1))
    assert len(made) == 60
    assert fewest <= sum(bool(each.kind) for each in made) <= most
    for sound, each in zip(province, made, strict=True):
        assert (each.report != sound.report) == bool(each.kind) == bool(each.told)


def test_kinds_are_mixed_and_copies_are_found(province: list[Made]) -> None:
    made = list(with_faults(province, 1, seed=1))
    kinds = Counter(each.kind for each in made)
    assert len(kinds) > 8 and max(kinds.values()) < 30
    copied = [each.report for each in made if each.kind == COPIED]
    assert copied
    for report in copied:
        others = others_among(report, [each.report for each in province if each.report.unit != report.unit])
        assert list(RULES["R104"].hits(Dossier(report, others=others)))
