"""A figure over the years: exact, with its cells; blank and missing years are gaps."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from small_report import report

from assistant.asking import answer
from assistant.asking.calculation.trend import suggested_command, trend, trend_json
from assistant.errors import UnknownName
from assistant.library import Library
from assistant.library.ingest import ingest

TODAY = date(2025, 11, 1)


def test_years_values_and_cells(corpus_library: Library) -> None:
    (series,) = trend(["不予公开"], corpus_library, ["清源区"])
    assert (series.unit, series.metric, series.measure) == ("江州市清源区人民政府", "requests.denied.total", "件")
    assert [(p.year, p.value, p.where) for p in series.points] == [
        (2022, 14, "表三 三（三）·总计"), (2023, 18, "表三 三（三）·总计"), (2024, 17, "表三 三（三）·总计"),
    ]  # fmt: skip


def test_the_json_has_the_keys_that_others_rely_on(corpus_library: Library) -> None:
    (one,) = found = trend(["requests.received.total"], corpus_library, ["清源区"], "2023-2024")
    told = trend_json(found, "chart.svg")
    assert told == {
        "unit": one.unit, "metric": "requests.received.total", "label": "新收申请",
        "points": [{"year": 2023, "value": "141", "where": "表三 一·总计"}, {"year": 2024, "value": "158", "where": "表三 一·总计"}],
        "output": "chart.svg",
    }  # fmt: skip
    assert isinstance(trend_json(found * 2, None), list)


def test_a_year_without_a_report_is_a_gap_without_a_cell(corpus_library: Library) -> None:
    (series,) = trend(["新收申请"], corpus_library, ["清源区"], "2020—2022")
    assert [(p.year, p.value, p.where) for p in series.points][:2] == [(2020, None, ""), (2021, None, "")]
    assert series.points[2].value == 126


def test_a_blank_cell_is_a_gap_with_its_cell(tmp_path: Path) -> None:
    for year in (2023, 2024):
        text = report(year, 10 + year - 2023)
        if year == 2023:
            text = text.replace(
                "| 四、结转下年度继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |", "| 四、结转下年度继续办理 | | | | | | | |"
            )
        (tmp_path / f"甲区_{year}.md").write_text(text, encoding="utf-8")
    with Library(tmp_path / "library", create=True) as library:
        ingest(sorted(tmp_path.glob("*.md")), library, vectors=False)
        (series,) = trend(["结转下年"], library)
    assert [(p.value, p.where) for p in series.points] == [(None, "表三 四·总计"), (Decimal(0), "表三 四·总计")]


def test_a_share_of_nothing_is_no_blank(tmp_path: Path) -> None:
    for year in (2023, 2024):
        (tmp_path / f"甲区_{year}.md").write_text(report(year, 10), encoding="utf-8")
    with Library(tmp_path / "library", create=True) as library:
        ingest(sorted(tmp_path.glob("*.md")), library, vectors=False)
        (series,) = trend(["requests.received.total/requests.received.total"], library)
        assert [point.over_nothing for point in series.points] == [False, False]
        with pytest.raises(UnknownName, match="分母为0"):
            trend(["requests.received.total/requests.carried_out.total"], library)


def test_several_units_and_figures(corpus_library: Library) -> None:
    found = trend(["公开率", "行政复议"], corpus_library, ["清源区", "咸安区"])
    assert [(one.unit[-7:], one.measure) for one in found] == [
        ("清源区人民政府", "%"), ("清源区人民政府", "件"), ("咸安区人民政府", "%"), ("咸安区人民政府", "件"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("metric", "unit", "years", "says"),
    [
        ("不予公干", "清源区", "", ["不认识指标“不予公干”", "不予公开"]),
        ("按时办结率", "清源区", "", ["算不出“按时办结率”"]),
        ("requests.denied.nobody", "清源区", "", ["不认识指标"]),
        ("不予公开", "赤壁市", "", ["没有“赤壁市”", "现有报告"]),
        ("不予公开", "清原区", "", ["没有“清原区”", "清源区"]),
        ("不予公开", "", "", ["不止一个单位", "--unit"]),
        ("不予公开", "清源区", "从前", ["看不懂年度“从前”", "2022-2024"]),
        ("不予公开", "清源区", "1999", ["1999的报告中没有"]),
        ("不予公开 部分公开 予以公开 行政复议 行政诉讼 新收申请 结转下年", "清源区", "", ["7条", "最多6条"]),
    ],
)
def test_what_is_not_known_is_said_with_what_is_near(
    corpus_library: Library, metric: str, unit: str, years: str, says: list[str]
) -> None:
    with pytest.raises(UnknownName) as caught:
        trend(metric.split(), corpus_library, [unit] if unit else [], years)
    assert [words for words in says if words not in str(caught.value)] == []


def test_an_empty_library_says_so(tmp_path: Path) -> None:
    with Library(tmp_path / "library", create=True) as library, pytest.raises(UnknownName, match="还没有报告"):
        trend(["不予公开"], library)


@pytest.mark.parametrize(
    ("question", "command"),
    [
        ("清源区近三年不予公开的变化", "assistant trend 不予公开 --unit 江州市清源区人民政府 -o chart.svg"),
        ("清源区近三年自然人新收的变化", "assistant trend 自然人新收申请 --unit 江州市清源区人民政府 -o chart.svg"),
        ("清源区历年不予公开占比", "assistant trend 不予公开占比 --unit 江州市清源区人民政府 -o chart.svg"),
        ("清源区2024年不予公开多少件", ""),
        ("清源区2024年新收同比增长多少", ""),
        ("答复期限是多久", ""),
    ],
)
def test_an_answer_over_years_offers_its_chart(corpus_library: Library, question: str, command: str) -> None:
    given = answer(question, corpus_library, today=TODAY)
    assert suggested_command(given) == command
    if command:
        words = command.split()[2]
        (series,) = trend([words], corpus_library, ["清源区"])
        told = [figure.value for figure in given.figures if figure.metric == series.metric]
        assert [point.value for point in series.points] == told
