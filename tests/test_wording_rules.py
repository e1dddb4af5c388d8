"""What the rules on repetition and wording promise beyond their cases: marks, data with reasons, nothing private repeated."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from dossiers import dossier

import assistant.lexicon.data as data
from assistant.batch import check_files
from assistant.check import check
from assistant.figures.dossier import Dossier
from assistant.figures.report_set import others_among
from assistant.language.likeness import likeness, own_names, telling
from assistant.readers import read
from assistant.rules import RULES

CASES = Path(__file__).parent / "cases"
FAMILIES = [RULES[code] for code in RULES if code.startswith(("R", "W"))]
LISTS = ("slips", "outdated", "measures", "internal", "prescribed")


def _failing(code: str) -> list[dict[str, Any]]:
    cases: dict[str, list[dict[str, Any]]] = yaml.safe_load((CASES / f"{code}.yaml").read_text(encoding="utf-8"))
    return cases["fail"]


@pytest.mark.parametrize("code", [entry.code for entry in FAMILIES])
def test_findings_point_at_their_words(code: str) -> None:
    for case in _failing(code):
        looked_at = dossier(case)
        report = looked_at.report
        parts = [*report.preamble, *report.closing, *(p for section in report.sections for p in section.paragraphs)]
        for hit in RULES[code].hits(looked_at):
            assert hit.marks, hit.message
            for mark in hit.marks:
                assert any(mark.paragraph is part for part in parts)
                assert mark.paragraph and 0 <= mark.start < mark.end <= len(mark.paragraph.text)


@pytest.mark.parametrize(
    ("code", "secret"), [("W101", "110101199003070038"), ("W102", "13800138000"), ("W103", "王建国")]
)
def test_personal_data_is_not_repeated(code: str, secret: str) -> None:
    (case,) = (case for case in _failing(code) if secret in str(case))
    (finding,) = check(dossier(case), [RULES[code]]).findings
    assert secret not in finding.model_dump_json()


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_says_why(name: str) -> None:
    tables = tomllib.loads((Path(data.__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))
    for table, listed in tables.items():
        if table == "headings":
            continue
        if table == "pairs":
            assert all(wrong != right for wrong, right in listed.items())
            continue
        for entry in listed:
            assert entry["words"], f"{name}: {table}"
            if table not in ("term", "cut", "stump"):
                assert entry["why"], f"{name}: {entry['words']}"
            elif table == "stump":
                assert entry["instead"], f"{name}: {entry['words']}"


@pytest.mark.parametrize("code", ["W107", "W108", "W109", "W111", "W113"])
def test_keys_of_the_lists_stand_in_what_they_find(code: str) -> None:
    """A key that is not in its words would make an entry blind; every entry that a case names is found through it."""
    for case in _failing(code):
        found = {finding.actual for finding in check(dossier(case), [RULES[code]]).findings}
        assert {wanted["actual"] for wanted in case["expect"] if "actual" in wanted} <= found


def test_sound_reports_are_quiet() -> None:
    for spec in ({}, {"previous": {}}, {"edition": "2019", "year": 2019}, {"unit": "云川市人民政府"}):
        assert [f"{f.code} {f.message}" for f in check(dossier(spec), FAMILIES).findings] == []


def test_the_corpus_is_quiet(corpus: Path) -> None:
    reports = [read(corpus / f"清源区_{year}.md") for year in (2022, 2023, 2024)]
    for report, before in zip(reports, (None, *reports), strict=False):
        assert [f"{f.code} {f.message}" for f in check(Dossier(report, before), FAMILIES).findings] == []


def test_likeness_of_the_published_reports(real_reports: Path) -> None:
    """洪泽 repeats about two thirds of last year's sections one and five, 宿迁 about a third."""
    measured = {}
    for unit in ("淮安市洪泽区人民政府", "宿迁市"):
        years = [read(real_reports / f"{unit}_{year}.txt") for year in (2024, 2023)]
        for section in ("overview", "problems"):
            texts = [[telling(p.text) for p in found.paragraphs] for r in years if (found := r.section(section))]
            measured[unit, section] = round(likeness(*texts)[0], 2)
    assert 0.60 <= measured["淮安市洪泽区人民政府", "overview"] <= 0.68
    assert 0.60 <= measured["淮安市洪泽区人民政府", "problems"] <= 0.68
    assert 0.25 <= measured["宿迁市", "overview"] <= 0.45 and 0.25 <= measured["宿迁市", "problems"] <= 0.45


def test_what_is_known_of_the_published_reports(real_reports: Path) -> None:
    def found(name: str) -> set[tuple[str, str]]:
        verdict = check(Dossier(read(real_reports / f"{name}.txt")), FAMILIES)
        return {(finding.code, finding.actual) for finding in verdict.findings if finding.severity != "info"}

    assert found("宿迁市_2024") == {("W107", "的的"), ("W108", "企事业单")}
    assert found("淮安市洪泽区人民政府_2023") == {("W108", "渠")}
    assert found("咸安区人民政府_2024") == {("W109", "公开是原则,不公开是例外"), ("W109", "信息复制、邮寄等费用")}
    assert found("宿迁市_2023") == found("淮安市洪泽区人民政府_2024") == found("上海市人民政府办公厅_2019") == set()


def test_a_set_of_one_unit_has_no_others() -> None:
    """Reports of one unit for two years say nothing about copying from others."""
    this, last = dossier().report, dossier({"year": 2023}).report
    (skipped,) = check(Dossier(this, others=others_among(this, [last])), [RULES["R104"]]).skipped
    assert skipped.needs == "报告集中其他单位的报告"


def test_names_of_the_own_office_do_not_hide_a_copy() -> None:
    assert own_names("江州市清源区人民政府") == ("江州市清源区人民政府", "江州市清源区", "清源区")
    assert own_names("云川县教育局") == ("云川县教育局", "云川县")
    assert own_names("") == ()


def test_files_that_are_checked_together_are_compared(tmp_path: Path) -> None:
    copied = "各村民小组推选一名政策联络员，每月到乡镇专区领取新政策的要点，回去念给不识字的老人听，再把问题带回来。"
    for unit in ("甲川县人民政府", "乙川县人民政府"):
        text = f"{unit}2024年政府信息公开工作年度报告\n\n一、总体情况\n\n{copied}\n\n六、其他需要报告的事项\n\n无。\n"
        (tmp_path / f"{unit}_2024.txt").write_text(text, encoding="utf-8")
    told = [
        (finding.code, finding.actual)
        for checked in check_files([tmp_path], select=["R104"])
        if checked.verdict
        for finding in checked.verdict.findings
    ]
    assert told == [("R104", "与甲川县人民政府相同"), ("R104", "与乙川县人民政府相同")]
