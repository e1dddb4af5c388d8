"""Published reports (beside the checkout) and the corpus: what is known to be wrong is found, and nothing else."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.check import Verdict, check
from assistant.figures.dossier import Dossier
from assistant.readers import read
from assistant.report import Report
from assistant.rules import Finding

PUBLISHED = {
    "上海市人民政府办公厅_2019": 198,
    "咸安区人民政府_2024": 200,
    "宿迁市_2023": 200,
    "宿迁市_2024": 200,
    "淮安市洪泽区人民政府_2023": 186,
    "淮安市洪泽区人民政府_2024": 186,
}
QINGYUAN = ("清源区_2022", "清源区_2023", "清源区_2024")


def verdict_of(path: Path, previous: Path | None = None) -> Verdict:
    return check(Dossier(read(path), read(previous) if previous else None))


def grave(verdict: Verdict) -> list[Finding]:
    return [finding for finding in verdict.findings if finding.severity == "error"]


def codes(verdict: Verdict) -> set[str]:
    return {finding.code for finding in verdict.findings}


def assert_figures_equal(report: Report, truth: Path) -> int:
    """Cell by cell; a blank is ``null`` there and ``None`` here. Returns how many there are."""
    told = json.loads(truth.read_text(encoding="utf-8"), parse_float=Decimal)
    figures = told.get("figures", told)
    expected = {metric: None if value is None else Decimal(str(value)) for metric, value in figures.items()}
    assert {metric: cell.value for metric, cell in report.cells.items()} == expected
    return len(expected)


@pytest.mark.parametrize(("name", "cells"), PUBLISHED.items(), ids=PUBLISHED)
def test_every_figure_of_the_published_reports(name: str, cells: int, real_reports: Path) -> None:
    assert assert_figures_equal(read(real_reports / f"{name}.txt"), real_reports / f"{name}.json") == cells


def test_they_are_all_there(real_reports: Path) -> None:
    assert {path.stem for path in real_reports.glob("*.json")} == set(PUBLISHED) and sum(PUBLISHED.values()) == 1170


def assert_the_54_is_found(verdict: Verdict) -> None:
    (finding,) = grave(verdict)
    assert (finding.code, finding.expected, finding.actual) == ("N107", "39", "54")
    assert "95 － 41" in finding.message and "不予公开7 ＋ 无法提供32 ＝ 39" in finding.message


def test_xianan_2024(real_reports: Path) -> None:
    verdict = verdict_of(real_reports / "咸安区人民政府_2024.txt")
    assert_the_54_is_found(verdict)
    assert {"F102", "F109", "N112"} <= codes(verdict)
    assert {f.actual for f in verdict.findings if f.code == "F102"} == {"无"}


def test_suqian_2024_follows_2023_but_for_a_rate(real_reports: Path) -> None:
    verdict = verdict_of(real_reports / "宿迁市_2024.txt", real_reports / "宿迁市_2023.txt")
    assert not {"Y101", "Y102"} & codes(verdict)
    (rate,) = [finding for finding in verdict.findings if finding.code == "Y103"]
    assert rate.severity == "error" and "1.08" in rate.expected and rate.actual == "1.05%"
    scoped = [finding for finding in verdict.findings if finding.code == "N109"]
    assert scoped and all(finding.severity == "warning" for finding in scoped)


def test_suqian_2023_is_clean_but_for_its_end(real_reports: Path) -> None:
    """The text beside the checkout ends in the heading of part six: nothing on the fee is there to be read."""
    verdict = verdict_of(real_reports / "宿迁市_2023.txt")
    assert [(finding.code, finding.actual) for finding in grave(verdict)] == [
        ("F112", "无"),
        ("F113", "空白"),
    ]


def test_hongze_2023(real_reports: Path) -> None:
    verdict = verdict_of(real_reports / "淮安市洪泽区人民政府_2023.txt")
    assert {(f.code, f.expected, f.actual) for f in grave(verdict)} == {("T401", "11", "0"), ("T403", "5", "0")}
    assert "F105" in codes(verdict)


def test_hongze_2024_speaks_of_the_office(real_reports: Path) -> None:
    verdict = verdict_of(real_reports / "淮安市洪泽区人民政府_2024.txt", real_reports / "淮安市洪泽区人民政府_2023.txt")
    (scoped,) = [finding for finding in verdict.findings if finding.code == "N101"]
    assert (scoped.severity, scoped.actual) == ("warning", "17")


def test_shanghai_2019(real_reports: Path) -> None:
    """The figures in its prose that are known to be wrong, and not the two that are right (35 and 158)."""
    verdict = verdict_of(real_reports / "上海市人民政府办公厅_2019.txt")
    found = {(finding.code, finding.actual) for finding in grave(verdict)}
    assert ("N105", "258") in found and ("N106", "265") in found
    assert not {("N106", "35"), ("N106", "158")} & found
    # Twenty blank totals: nineteen in table 3, one in table 4.
    assert any(f.code == "T305" and "19格总计" in f.message for f in verdict.findings)
    assert any(f.code == "T404" and "复议后起诉·总计" in f.message for f in verdict.findings)


@pytest.mark.parametrize("name", QINGYUAN)
def test_the_samples_are_sound(name: str, corpus: Path) -> None:
    verdict = verdict_of(corpus / f"{name}.md")
    assert [f"{f.code} {f.message}" for f in verdict.findings if f.severity != "info"] == []


@pytest.mark.parametrize(("before", "name"), pairwise(QINGYUAN))
def test_the_samples_follow_one_another(before: str, name: str, corpus: Path) -> None:
    verdict = verdict_of(corpus / f"{name}.md", corpus / f"{before}.md")
    assert [f"{f.code} {f.message}" for f in verdict.findings if f.severity != "info"] == []
    assert {skipped.code for skipped in verdict.skipped} <= {"T207", "R104", "Y109"}


def test_the_sample_of_xianan_has_the_published_figures_and_their_error(corpus: Path) -> None:
    report = read(corpus / "咸安区人民政府_2024.md")
    assert_the_54_is_found(check(Dossier(report)))
    assert (report.edition, len(report.cells), report.value("disclosure.fees.amount")) == (
        "2021",
        200,
        Decimal("1087.31"),
    )


def test_the_sample_of_xianan_equals_the_published_report(corpus: Path, real_reports: Path) -> None:
    assert_figures_equal(read(corpus / "咸安区人民政府_2024.md"), real_reports / "咸安区人民政府_2024.json")
