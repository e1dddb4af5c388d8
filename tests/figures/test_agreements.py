"""What agrees is told with how it comes about; what does not agree, or has a blank in it, is not."""

from __future__ import annotations

from decimal import Decimal

from dossiers import dossier, report

from assistant.figures.agreements import agreements
from assistant.figures.dossier import Dossier

TOTAL = "requests.received.total"


def at(made: Dossier, metric: str) -> list[str]:
    return [f"{one.left}｜{one.right}" for one in agreements(made) if one.mark.metric == metric]


def test_every_sum_of_a_sound_report_is_told_with_its_terms() -> None:
    sound = dossier({})
    found = list(agreements(sound))
    sums = [one for one in found if one.kind == "tables"]
    assert len(sums) >= 30, "columns of table 3, its rows, its outcomes, table 4"
    for one in sums:
        for side in (one.left, one.right):
            terms, _, whole = side.rpartition(" ＝ ")
            assert not terms or sum(map(Decimal, terms.split("＋"))) == Decimal(whole)
    values = sound.report.value(TOTAL), sound.report.value("requests.carried_in.total")
    assert any(f"{values[0]}＋{values[1]} ＝ " in told for told in at(sound, TOTAL))
    assert any(one.kind == "prose" and "表三 一·总计" in one.right for one in found)


def test_what_does_not_agree_is_not_among_them() -> None:
    wrong = Dossier(report(figures={TOTAL: 25}))
    assert at(wrong, TOTAL) == []
    assert not any(one.kind == "prose" and "表三 一·总计" in one.right for one in agreements(wrong))
    blank = Dossier(report(figures={"requests.received.natural_person": None}))
    assert at(blank, TOTAL) != at(dossier({}), TOTAL)


def test_what_was_carried_over_is_held_against_last_year() -> None:
    this, last = report(), report(year=2023)
    same = Dossier(
        this,
        last.model_copy(
            update={"cells": {**last.cells, "requests.carried_out.total": this.cells["requests.carried_in.total"]}}
        ),
    )
    (told,) = [one for one in agreements(same) if one.kind == "last_year" and one.mark.metric.endswith(".total")]
    assert told.right.startswith("上年 表三 四·总计")
