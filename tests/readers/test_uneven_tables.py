"""Headers that do not line up with what stands below them, and columns that changed places."""

from __future__ import annotations

from pathlib import Path

import pytest
from dossiers import printed, report

from assistant.check import check
from assistant.figures.dossier import Dossier
from assistant.form import EDITION_2021
from assistant.readers import read, report_from_text
from assistant.report import Report

CASES = [metric.id for metric in EDITION_2021.metrics_of("review")]
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def numbered(prefix: str = "") -> Report:
    metrics = [metric for metric in EDITION_2021.metrics if metric.startswith(prefix)]
    return report(figures={metric: str(number) for number, metric in enumerate(metrics, start=11)})


def wrong(made: Report, back: Report) -> dict[str, object]:
    return {metric: cell.value for metric, cell in back.cells.items() if cell.value != made.value(metric)}


def swapped_columns(back: Report) -> list[str]:
    return [finding.where for finding in check(Dossier(back)).findings if finding.code == "F106"]


def strip_page(figures: list[str]) -> str:
    """Table 4 as an office suite exports it: 总计 of 行政复议 reaches under 行政诉讼, in the figures too."""
    leaves = "".join(f"<td>{name}</td>" for name in RESULTS)
    review = "".join(f"<td rowspan=2{' colspan=2' if name == '总计' else ''}>{name}</td>" for name in RESULTS)
    row = "".join(f"<td{' colspan=2' if at == 4 else ''}>{figure}</td>" for at, figure in enumerate(figures))
    return (
        "<h1>甲县2023年政府信息公开工作年度报告</h1><p>四、政府信息公开行政复议、行政诉讼情况</p><table>"
        "<tr><td colspan=5>行政复议</td><td colspan=11>行政诉讼</td></tr>"
        f"<tr>{review}<td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr><tr>{leaves}{leaves}</tr>"
        f"<tr>{row}</tr></table><p>五、存在的主要问题及改进情况</p><p>问题是解读不够。</p>"
    )


@pytest.mark.parametrize("blank", [None, 0, 3, 4, 5, 14])
def test_group_headers_of_five_and_eleven_columns(tmp_path: Path, blank: int | None) -> None:
    figures = ["" if at == blank else str(at + 11) for at in range(15)]
    path = tmp_path / "甲县_2023.html"
    path.write_text(strip_page(figures), encoding="utf-8")
    back = read(path)
    assert [back.cells[metric].raw for metric in CASES] == figures
    assert any("行政诉讼" in warning.message and "对不齐" in warning.message for warning in back.warnings)


def test_a_strip_that_is_too_wide_is_told_and_not_taken() -> None:
    text = printed(report())
    line = next(line for line in text.split("\n") if line.count("|") == 14)
    back = report_from_text(text.replace(line, f"{line} | 9"))
    assert not set(CASES) & set(back.cells) and back.unread("review")
    assert "16格" in "".join(warning.message for warning in back.warnings)


@pytest.mark.parametrize("style", ["pipe", "trailing", "markdown"])
def test_swapped_applicants_are_read_by_their_names_and_told(style: str) -> None:
    made = numbered("requests.")
    text = printed(made, style).replace("商业企业", "甲").replace("科研机构", "商业企业").replace("甲", "科研机构")
    expected = report(figures={
        metric.replace("business", "?").replace("research", "business").replace("?", "research"): str(cell.value)
        for metric, cell in made.cells.items() if metric.startswith("requests.")
    })  # fmt: skip
    back = report_from_text(text)
    assert wrong(expected, back) == {} and "表三 表头" in swapped_columns(back)


@pytest.mark.parametrize("style", ["pipe", "trailing", "markdown"])
def test_swapped_results_and_kinds_of_cases_are_read_by_their_names_and_told(style: str) -> None:
    made = numbered()
    text = printed(made, style)
    results = text.replace("结果维持", "甲").replace("结果纠正", "结果维持").replace("甲", "结果纠正")
    back = report_from_text(results)
    assert back.value("review.upheld") == made.value("review.corrected")
    assert back.value("litigation.after_review.corrected") == made.value("litigation.after_review.upheld")
    assert "表四 表头" in swapped_columns(back)
    kinds = text.replace("未经复议直接起诉", "甲").replace("复议后起诉", "未经复议直接起诉").replace("甲", "复议后起诉")
    back = report_from_text(kinds)
    assert back.value("litigation.direct.total") == made.value("litigation.after_review.total")
    assert "表四 表头" in swapped_columns(back)


def test_swapped_columns_of_table_two_are_told() -> None:
    made = numbered("disclosure.")
    text = (
        printed(made)
        .replace("本年制发件数", "甲")
        .replace("本年废止件数", "本年制发件数")
        .replace("甲", "本年废止件数")
    )
    back = report_from_text(text)
    assert back.value("disclosure.rules.issued") == made.value("disclosure.rules.repealed")
    assert "表二 表头" in swapped_columns(back)


def test_columns_in_their_places_are_not_told() -> None:
    assert swapped_columns(report_from_text(printed(numbered()))) == []
