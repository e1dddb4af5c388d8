"""Every cell is guarded: one too many or one too few in any cell of a sound report is found."""

from __future__ import annotations

from decimal import Decimal

import pytest
from dossiers import dossier, sound_figures
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.check import check, selected
from assistant.form import APPLICANTS, EDITION_2021
from assistant.rules import RULES

SUMS = [RULES[code] for code in ("T301", "T302", "T303", "T401", "T402", "T403")]
SOUND = sound_figures()
GUARDED = [metric.id for table in ("requests", "review") for metric in EDITION_2021.metrics_of(table)]
TABLE_2 = [
    f"disclosure.{row}.{stage}"
    for row in ("rules", "normative_documents")
    for stage in ("issued", "repealed", "in_force")
]


def test_a_sound_report_has_every_cell_of_the_form() -> None:
    assert list(dossier().report.cells) == list(EDITION_2021.metrics) and len(GUARDED) == 190
    assert check(dossier({"previous": {}}), [*SUMS, RULES["Y102"]]).findings == ()


@pytest.mark.parametrize("metric", GUARDED)
def test_one_more_or_less_breaks_a_sum(metric: str) -> None:
    for change in (+1, -1):
        value = SOUND[metric] + change
        if value >= 0:
            found = check(dossier({"figures": {metric: value}}), SUMS).findings
            assert any(finding.severity == "error" for finding in found), f"{metric} = {value} went unseen"


@pytest.mark.parametrize("metric", TABLE_2)
def test_one_more_or_less_breaks_the_count_over_the_years(metric: str) -> None:
    for change in (+1, -1):
        value = SOUND[metric] + change
        if value >= 0:
            found = check(dossier({"figures": {metric: value}, "previous": {}}), [RULES["Y102"]]).findings
            assert [finding.severity for finding in found] == ["error"], f"{metric} = {value} went unseen"


@pytest.mark.parametrize("column", [column.id for column in APPLICANTS])
def test_one_more_or_less_carried_over_is_seen(column: str) -> None:
    for change in (+1, -1):
        value = SOUND[f"requests.carried_in.{column}"] + change
        if value >= 0:
            spec = {"figures": {f"requests.carried_in.{column}": value}, "previous": {}}
            assert len(check(dossier(spec), [RULES["Y101"]]).findings) == 1


@st.composite
def sound_tables(draw: st.DrawFn) -> dict[str, Decimal]:
    """Tables 3 and 4 that add up, whatever their figures."""
    rows = [row.id for row in EDITION_2021.table("requests").rows if row.id not in ("received", "concluded")]
    people = [column.id for column in APPLICANTS if column.id != "total"]
    counts = {row: [draw(st.integers(0, 999)) for _ in people] for row in rows}
    outcomes = [row for row in rows if row not in ("carried_in", "carried_out")]
    counts["concluded"] = [sum(counts[row][i] for row in outcomes) for i in range(len(people))]
    # What came in is what went out less what was there; what was there may be no more than that.
    for i in range(len(people)):
        counts["carried_in"][i] = min(counts["carried_in"][i], counts["concluded"][i] + counts["carried_out"][i])
    counts["received"] = [
        counts["concluded"][i] + counts["carried_out"][i] - counts["carried_in"][i] for i in range(len(people))
    ]
    figures = {f"requests.{row}.{c}": n for row, line in counts.items() for c, n in zip(people, line, strict=True)}
    figures |= {f"requests.{row}.total": sum(line) for row, line in counts.items()}
    for group in ("review", "litigation.direct", "litigation.after_review"):
        cases = {case: draw(st.integers(0, 99)) for case in ("upheld", "corrected", "other_outcome", "pending")}
        figures |= {f"{group}.{case}": n for case, n in cases.items()} | {f"{group}.total": sum(cases.values())}
    return {metric: Decimal(value) for metric, value in figures.items()}


@settings(max_examples=25, deadline=None)
@given(sound_tables(), st.sampled_from(GUARDED), st.integers(1, 50))
def test_any_sound_table_is_guarded(figures: dict[str, Decimal], metric: str, more: int) -> None:
    rules = selected(["T301", "T302", "T303", "T304", "T401", "T402", "T403"])
    assert check(dossier({"figures": figures}), rules).findings == ()
    wrong = figures | {metric: figures[metric] + more}
    assert any(finding.severity == "error" for finding in check(dossier({"figures": wrong}), rules).findings)
