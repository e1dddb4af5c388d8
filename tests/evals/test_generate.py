"""The generator of sound reports: the same seed, the same reports; figures that agree; files that can be read again."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from assistant.check import check, selected
from assistant.figures.dossier import Dossier
from assistant.figures.report_set import others_among
from assistant.form import EDITIONS
from assistant.readers import read
from assistant.report import Report
from evals.generate.reports import Made, generate
from evals.renderings import write

UNITS, YEARS = 40, 2


@pytest.fixture(scope="module")
def province() -> list[Made]:
    return list(generate(UNITS, YEARS, seed=11))


def test_the_same_seed_makes_the_same_reports(province: list[Made]) -> None:
    assert list(generate(UNITS, YEARS, seed=11)) == province
    assert [made.report for made in generate(UNITS, YEARS, seed=12)] != [made.report for made in province]


def test_every_unit_has_its_own_name_and_all_years(province: list[Made]) -> None:
    names = Counter(made.unit.name for made in province)
    assert len(names) == UNITS and set(names.values()) == {YEARS}
    assert [made.report.year for made in province[:YEARS]] == [2023, 2024]
    assert [made.previous for made in province[:YEARS]] == [None, province[0].report]


def test_a_government_s_figures_are_the_sums_of_those_below_it(province: list[Made]) -> None:
    latest = {made.unit.index: made for made in province if made.report.year == 2024}
    parents = {made.unit.parent for made in latest.values()} - {None}
    assert len(parents) > 2  # a city and its counties
    for parent in parents:
        assert parent is not None
        below = [made.report for made in latest.values() if made.unit.parent == parent]
        for metric in EDITIONS["2021"].metrics:
            if not metric.startswith("disclosure.rules."):  # only a city makes 规章
                assert latest[parent].report.value(metric) == sum(report.cells[metric].value or 0 for report in below)


def test_tables_and_years_agree(province: list[Made]) -> None:
    """By the rules on tables alone, which have tests of their own."""
    rules = selected(["T", "Y101", "Y102"])
    for made in province:
        findings = check(Dossier(made.report, made.previous), rules).findings
        assert [finding.message for finding in findings if finding.severity == "error"] == []


def test_what_the_prose_states_stands_where_it_is_said_to(province: list[Made]) -> None:
    stated = Counter[str]()
    for made in province:
        for each in made.stated:
            section = made.report.section(each.section)
            assert section is not None
            text = section.paragraphs[each.paragraph].text[each.start : each.end]
            assert text[0].isdigit(), text
            stated[each.said.relation] += 1
    assert set(stated) == {"value", "last", "yoy", "change", "share", "whole", "part"}


def test_no_unit_has_a_paragraph_of_another_s(province: list[Made]) -> None:
    reports = [made.report for made in province]
    for n in range(0, len(reports), 7):
        others = others_among(reports[n], reports[:n] + reports[n + 1 :])
        assert others.units and not others.alike, reports[n].file


def test_no_wording_is_last_year_s(province: list[Made]) -> None:
    def openings(report: Report) -> set[str]:
        overview = report.section("overview")
        assert overview is not None
        texts = (report.preamble[0].text, overview.paragraphs[0].text)
        return {re.sub(r"\d", "", text)[:12] for text in texts}

    for made in province:
        if made.previous:
            assert not openings(made.report) & openings(made.previous)


@pytest.mark.parametrize("style", ["pipes", "markdown", "docx"])
def test_files_are_read_back_cell_by_cell(style: str, province: list[Made], tmp_path: Path) -> None:
    for made in province[1::16]:
        back = read(write(style, made.report, tmp_path))
        assert {metric: cell.value for metric, cell in back.cells.items()} == {
            metric: cell.value for metric, cell in made.report.cells.items()
        }
        assert (back.unit, back.year, back.edition) == (made.report.unit, made.report.year, "2021")
        assert [section.id for section in back.sections] == [section.id for section in made.report.sections]
