"""The rules against their cases, and what the catalogue promises of every rule."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assistant.cases import Case, cases_in, dossier
from assistant.check import check, selected
from assistant.errors import UnknownName
from assistant.figures.dossier import Dossier
from assistant.figures.mentions import mentions_in
from assistant.figures.readings import fits
from assistant.rules import FAMILIES, RULES
from assistant.rules.base import Hit, Rule, rule

CASES = cases_in(Path(__file__).parent / "cases")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_does_as_its_cases_say(case: Case) -> None:
    assert case.faults() == []


def test_every_rule_has_cases_and_every_case_a_rule() -> None:
    assert {case.code for case in CASES} == set(RULES)


@pytest.mark.parametrize(
    ("spec", "fault"),
    [
        ({"expect": [{"actual": "3"}]}, "没有发现"),
        ({"figures": {"requests.carried_out.total": 4}}, "多出"),
        ({"drop_tables": ["requests"]}, "没有运行，缺表三"),
    ],
    ids=["nothing found", "too much found", "not run"],
)
def test_a_case_that_does_not_hold_is_told(spec: dict[str, Any], fault: str) -> None:
    (told,) = Case("T301", 1, spec).faults()
    assert told.startswith(fault)


@pytest.mark.parametrize(
    "text",
    [
        "fail:\n- expect: [{}]",
        "pass:\n- {}\nfail:\n- {}",
        "pass:\n- expect: [{}]\nfail:\n- expect: [{}]",
        "pass: []\nfail: []",
    ],
    ids=["no sound one", "nothing expected", "a fault expected of a sound one", "none"],
)
def test_cases_say_all_that_is_to_be_said(text: str, tmp_path: Path) -> None:
    (tmp_path / "T301.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"T301\.yaml"):
        cases_in(tmp_path)


@pytest.mark.parametrize("entry", RULES.values(), ids=RULES)
def test_every_rule_has_its_page(entry: Rule) -> None:
    assert all(f"{heading}：" in entry.page for heading in ("依据", "违例", "正例")), entry.page
    assert re.fullmatch(r"[A-Z]\d{3}", entry.code) and entry.code[0] in FAMILIES
    assert entry.title and not entry.title.endswith("。")


def test_the_engine_stamps_code_severity_title_and_basis() -> None:
    """Rules yield bare hits; only an exception from the rule's own severity is theirs to say."""
    made = Rule(
        "T999", "题目", "warning", "依据", (), lambda _: iter([Hit("甲", "一"), Hit("乙", "二", severity="info")])
    )
    first, second = check(dossier(), [made]).findings
    assert (first.code, first.severity, first.title, first.basis) == ("T999", "warning", "题目", "依据")
    assert second.severity == "info"
    assert first.fingerprint != second.fingerprint


def test_a_fingerprint_survives_another_line_number() -> None:
    found = []
    for line in (7, 9):
        hit = Hit(f"一、总体情况·第{line}行", f"第{line}次", actual="3", quote="同一句")
        found += check(dossier(), [Rule("T999", "题目", "error", "", (), lambda _, hit=hit: iter([hit]))]).findings
    assert found[0].fingerprint == found[1].fingerprint


def test_a_rule_that_cannot_run_is_listed_with_what_it_needs() -> None:
    bare = dossier({"drop_tables": ["requests"], "year": None, "closing": "云川县人民政府", "preamble": ""})
    needs = {skipped.code: skipped.needs for skipped in check(bare).skipped}
    assert needs["T301"] == "表三"
    assert needs["Y101"] == "表三、上年报告"
    assert needs["D101"] == "报告年度、统计期限"
    assert needs["D104"] == "报告年度、落款或发布日期"
    assert needs["F109"] == "导语"
    assert "T401" not in needs


def test_findings_are_sorted_gravest_first() -> None:
    verdict = check(
        dossier({"figures": {"requests.received.total": 25, "review.pending": None}, "numbers": {"other": ""}})
    )
    severities = [finding.severity for finding in verdict.findings]
    assert severities == sorted(severities, key=("error", "warning", "info").index)
    assert verdict.counts == {level: severities.count(level) for level in ("error", "warning", "info")}
    assert verdict.fails("error") and verdict.fails("info")


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [(["t30"], [], 9), (["T301", "N1"], ["N190"], 11), ([], ["F", "T", "N", "A", "Y"], 3)],
)
def test_rules_are_selected_by_the_beginning_of_their_code(select: list[str], ignore: list[str], codes: int) -> None:
    chosen = [entry.code for entry in selected(select, ignore)]
    expected = [
        code
        for code in RULES
        if (not select or code.startswith(tuple(s.upper() for s in select)))
        and not code.startswith(tuple(ignore) or "-")
    ]
    assert chosen == expected and len(chosen) >= codes


@pytest.mark.parametrize(
    ("ask", "loaded"),
    [
        ("", set()),
        ("selected(['T3'])", {"tables_T"}),
        ("RULES['N107']", {"narrative_N"}),
        ("selected(['T3'], ['Y1'])", {"tables_T", "years_Y"}),
    ],
    ids=["none", "a selection", "one rule", "what is ignored"],
)
def test_only_the_families_that_are_asked_for_are_loaded(ask: str, loaded: set[str]) -> None:
    program = f"""
import sys
from assistant.check import RULES, selected
{ask}
print(*{{name.split(".")[2] for name in sys.modules if name.startswith("assistant.rules.") and "_" in name}})
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert set(told.stdout.split()) == loaded


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(UnknownName, match="Z9"):
        selected(["Z9"])


def test_a_code_can_be_given_out_only_once() -> None:
    RULES["T301"]
    with pytest.raises(ValueError, match="T301"):

        @rule("T301", "再来一次", severity="error")
        def again(_: Dossier) -> Any:
            yield from ()


@pytest.mark.parametrize(
    "spec",
    [
        {},
        {"previous": {}},
        {"edition": "2019", "year": 2019},
        {"edition": "free", "year": 2016},
        {"unit": "云川市人民政府"},
    ],
    ids=["alone", "with last year", "form of 2019", "no tables", "a city"],
)
def test_nothing_is_found_in_a_sound_report(spec: dict[str, Any]) -> None:
    grave = [f"{f.code} {f.message}" for f in check(dossier(spec)).findings if f.severity != "info"]
    assert grave == []


def test_the_likely_story_of_a_number_is_told_only_where_it_may_be_true() -> None:
    """A wrong number of applications is told by sums of table 3; a number of cases has nothing to do with them."""
    spec = {"text": {"requests": "不予公开或无法提供12件。", "review": "行政复议8件，维持5件。"}}
    told = {finding.code: finding.message for finding in check(dossier(spec)).findings}
    assert "12可能是办理结果总计 － 予以公开（23 － 11）" in told["N107"]
    assert "可能" not in told["N109"] and "可能" not in told["N110"]


@pytest.mark.parametrize(
    ("written", "value", "fit"),
    [
        ("24件", "24", True),
        ("24件", "25", False),
        ("14万余件", "140357", True),
        ("14万余件", "150000", False),
        ("14万余件", "139999", False),
        ("200余件", "299", True),
        ("200余件", "300", False),
        ("近4000件", "3907", True),
        ("近4000件", "4001", False),
        ("约60件", "57", True),
        ("约60件", "71", False),
        ("1.2万件", "12048", True),
        ("1.2万件", "12500", False),
        ("893.76万元", "8937600", True),
        ("893.8万元", "8937600", True),
        ("893.7万元", "8937600", False),
    ],
)
def test_numbers_are_compared_at_the_precision_that_was_written(written: str, value: str, fit: bool) -> None:
    (mention,) = mentions_in(f"共{written}。")
    assert fits(mention, Decimal(value)) == fit
