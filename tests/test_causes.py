"""Findings reconciled into causes: one mistake, told once, with the one change that mends it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from dossiers import dossier

from assistant import causes
from assistant.check import RULES, Verdict, check, selected
from assistant.figures.book import place_of
from assistant.figures.dossier import Dossier
from assistant.rules import Finding


def told(spec: dict[str, Any]) -> list[tuple[str, set[str]]]:
    """The mends of causes of several findings, each with their codes."""
    return [(cause.mend, {finding.code for finding in found}) for cause, found in _several(check(dossier(spec)))]


def _several(verdict: Verdict) -> list[tuple[causes.Cause, tuple[Finding, ...]]]:
    return [(cause, found) for cause, found in verdict.by_cause if len(found) > 1]


@pytest.mark.parametrize(
    ("spec", "mend", "codes"),
    [
        ({"figures": {"requests.granted.total": 12}}, "把表三 三（一）·总计 12 改为 11，三处都消", {"N105", "T302", "T303"}),
        ({"figures": {"requests.granted.natural_person": 10}}, "把表三 三（一）·自然人 10 改为 9，两处都消", {"T302", "T303"}),
        ({"figures": {"requests.carried_out.total": 4}}, "把表三 四·总计 4 改为 3，三处都消", {"N103", "T301", "T303"}),
        (
            {"figures": {"requests.carried_in.total": 3}, "previous": {}},
            "把表三 二·总计 3 改为 2，四处都消",
            {"N102", "T301", "T303", "Y101"},
        ),
        ({"figures": {"requests.concluded.natural_person": None}}, "把表三 三（七）·自然人 空白 改为 19，两处都消", {"T303", "T305"}),
        ({"figures": {"review.total": 8}}, "把表四 行政复议·总计 8 改为 7，两处都消", {"N109", "T401"}),
        ({"figures": {"review.upheld": 5}}, "把表四 行政复议·结果维持 5 改为 4，两处都消", {"N110", "T401"}),
        (
            {"figures": {"disclosure.normative_documents.issued": 4}, "previous": {}},
            "把表二 行政规范性文件·本年制发件数 4 改为 3，两处都消",
            {"N113", "Y102"},
        ),
        (
            {"figures": {"requests.granted.natural_person": 2, "requests.granted.business": 9}},
            "把表三 三（一）·自然人 2 与 表三 三（一）·商业企业 9 对调，两处都消",
            {"T302"},
        ),
        (
            {"figures": {"review.upheld": 1, "review.corrected": 4}},
            "核对后对调文中两数，或把表四 行政复议·结果维持 1 与 表四 行政复议·结果纠正 4 对调，两处都消",
            {"N110"},
        ),
        (
            {"text": {"requests": "办结23件，其中予以公开12件、部分公开3件、不予公开2件、无法提供5件、不予处理1件、其他处理1件。"}},
            "把文中“12件”改为“11件”，两处都消",
            {"A103", "N105"},
        ),
        (
            {"add": {"overview": "全年办结申请22件。", "problems": "全年办结申请22件。"}},
            "把文中两处“22件”都改为“23件”，三处都消",
            {"A104", "N104"},
        ),
    ],
)  # fmt: skip
def test_one_mistake_has_one_mend(spec: dict[str, Any], mend: str, codes: set[str]) -> None:
    assert told(spec) == [(mend, codes)]


def test_two_mistakes_are_two_causes() -> None:
    spec = {"figures": {"requests.received.natural_person": 22, "requests.granted.business": 3}}
    assert [mend for mend, _ in told(spec)] == [
        "把表三 一·自然人 22 改为 20，三处都消", "把表三 三（一）·商业企业 3 改为 2，两处都消",
    ]  # fmt: skip


def test_the_prose_is_not_blamed_where_the_table_contradicts_itself() -> None:
    verdict = check(dossier({"figures": {"requests.granted.total": 12}}))
    (prose,) = [finding for finding in verdict.findings if finding.code == "N105"]
    assert prose.message.endswith("为12。文中没有错，要改的是表三 三（一）·总计")
    # A table that agrees with itself is not blamed for two sentences that say otherwise.
    verdict = check(dossier({"add": {"overview": "全年办结申请22件。", "problems": "全年办结申请22件。"}}))
    assert not any("文中没有错" in finding.message for finding in verdict.findings)


def test_where_no_cell_explains_what_shares_a_cell_is_told_together_without_a_mend() -> None:
    spec = {"figures": {"requests.carried_out.total": 7}, "text": {"overview": "结转下年度继续办理6件。"}}
    spec["figures"]["requests.carried_out.business"] = 2
    ((cause, found),) = _several(check(dossier(spec)))
    assert cause.mend == "" and "表三 四·总计" in cause.message
    assert {finding.code for finding in found} >= {"N103", "T301", "T303"}


def test_every_finding_has_a_cause_and_counts_are_of_findings() -> None:
    verdict = check(dossier({"figures": {"requests.received.total": 25}, "text": {"other": "无。"}}))
    assert [each for cause in verdict.causes for each in cause.findings if each] and verdict.counts["error"] >= 3
    by_id = {cause.id: cause for cause in verdict.causes}
    assert len(by_id) == len(verdict.causes) < len(verdict.findings)
    for finding in verdict.findings:
        assert finding.fingerprint in by_id[finding.cause].findings
    assert sum(len(cause.findings) for cause in verdict.causes) == len(verdict.findings)


def test_causes_do_not_depend_on_the_order_of_rules() -> None:
    wrong = dossier({"figures": {"requests.received.total": 25, "review.upheld": 5}, "previous": {}})
    assert check(wrong).causes == check(wrong, reversed(tuple(RULES.values()))).causes


def test_only_checks_that_were_asked_for_speak() -> None:
    wrong = dossier({"figures": {"requests.granted.total": 12}})
    assert [cause.mend for cause, _ in _several(check(wrong, selected(["T"])))] == [
        "把表三 三（一）·总计 12 改为 11，两处都消"
    ]
    assert _several(check(wrong, selected(["N"]))) == []


def test_any_wrong_cell_of_table_3_is_named() -> None:
    sound = dossier()
    for metric, cell in sound.report.cells.items():
        if metric.startswith("requests.") and cell.value is not None:
            verdict = check(sound.with_figures({metric: cell.value + 1}), selected(["T3", "N1"]))
            mends = [cause.mend for cause, _ in _several(verdict)]
            assert len(mends) == 1, metric
            assert mends[0].startswith(f"把{place_of(metric)} {cell.value + 1} 改为 {cell.value}，"), metric


def test_a_table_full_of_errors_is_not_tried_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = dossier({"previous": {}})
    cells = [metric for metric in sound.report.cells if metric.startswith(("requests.", "review.", "litigation."))]
    wrong = sound.with_figures({m: (sound.report.value(m) or Decimal(0)) + n * n % 7 for n, m in enumerate(cells)})
    asked = []
    reconciled = causes.reconciled

    def counting(findings: tuple[Finding, ...], made: Dossier, again: causes.Check) -> Any:
        def counted(mended: Dossier, codes: Iterable[str]) -> Any:
            asked.append(1)
            return again(mended, codes)

        return reconciled(findings, made, counted)

    monkeypatch.setattr(import_module("assistant.check"), "reconciled", counting)
    assert len(check(wrong).findings) > 25
    assert 0 < len(asked) <= 20
    asked.clear()
    check(sound)
    assert not asked  # a sound report is checked once
