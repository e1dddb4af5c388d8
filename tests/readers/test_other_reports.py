"""Reports without the form: before 2019, of universities and enterprises; whose they are, and how they are divided."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from dossiers import printed, report
from typer.testing import CliRunner

from assistant.check import Verdict, check
from assistant.cli import app
from assistant.figures.dossier import Dossier
from assistant.language.report_kinds import kind_of
from assistant.readers import report_from_text
from assistant.report import Report

PARTS = ["概述", "主动公开政府信息情况", "政府支出和收费", "存在的主要问题和改进措施"]


def free(title: str, parts: list[str] = PARTS, numbers: str = "一二三四", closing: str = "") -> Report:
    body = "".join(f"\n{number}、{part}\n本年推进信息公开。\n" for number, part in zip(numbers, parts, strict=True))
    return report_from_text(f"{title}\n{body}{closing}")


def verdict_of(made: Report) -> Verdict:
    return check(Dossier(made))


def codes(verdict: Verdict) -> set[str]:
    return {finding.code for finding in verdict.findings}


def test_any_numbered_line_is_a_heading() -> None:
    made = free("甲镇2012年政府信息公开工作年度报告")
    assert [section.title for section in made.sections] == PARTS
    assert "F102" not in codes(verdict_of(made))


def test_a_report_in_one_paragraph_is_divided_where_its_numbers_go_on() -> None:
    """A web page that ran headings into their text; a sum of ways to do better in one paragraph is no report."""
    text = (
        "2013年度甲镇政府信息公开工作年度报告\n现将本镇工作报告如下： 一、政府信息主动公开情况 公开123件。"
        " 二、依申请公开情况 未收到申请。 三、信息公开收费和减免情况 没有收费。"
        "四、存在的主要问题和改进措施 更新慢，一、二两项还要加强。 五、其他需要报告的事项 无。"
    )
    made = report_from_text(text)
    assert [(section.number, section.text) for section in made.sections] == [
        ("一", "公开123件。"), ("二", "未收到申请。"), ("三", "没有收费。"),
        ("四", "更新慢，一、二两项还要加强。"), ("五", "无。"),
    ]  # fmt: skip
    assert [paragraph.text for paragraph in made.preamble] == ["现将本镇工作报告如下："]
    steps = "本年做法：一、加强领导。二、完善制度。三、加强培训。"
    (part, *_) = free(f"甲镇2012年政府信息公开工作年度报告\n一、概述\n{steps}").sections
    assert part.text == steps


def test_a_list_inside_a_part_is_no_heading() -> None:
    text = "甲镇2012年政府信息公开工作年度报告\n一、概述\n一、加强领导\n二、主动公开政府信息情况\n公开12条。\n"
    assert [section.title for section in report_from_text(text).sections] == ["概述", "主动公开政府信息情况"]


def test_numbers_of_free_parts_run_on() -> None:
    known = [
        "概述",
        "主动公开政府信息情况",
        "因政府信息公开申请行政复议、提起行政诉讼的情况",
        "存在的主要问题和改进措施",
    ]
    findings = verdict_of(free("甲镇2012年政府信息公开工作年度报告", known, "一二二三")).findings
    assert [(f.expected, f.actual) for f in findings if f.code == "F102"] == [("三", "二")]


@pytest.mark.parametrize("line", ["发布时间：2015-07-27", "公开日期：2015-07-27", "发布日期: 2015年7月27日"])
def test_a_line_about_the_page_is_no_signature(line: str) -> None:
    made = free(f"甲镇2013年政府信息公开工作年度报告\n{line}")
    assert not {"D104", "D105"} & codes(verdict_of(made)) and made.year == 2013


@pytest.mark.parametrize(
    ("text", "unit", "year"),
    [
        ("2013年度甲镇政府信息公开工作年度报告 | ||\n一、概述\n公开123件。\n", "甲镇", 2013),
        ("2008年甲市人民政府信息公开工作年度报告\n一、概述\n公开123件。\n", "甲市人民政府", 2008),
        ("本报告根据《中华人民共和国政府信息公开条例》要求，由甲市税务局编制，反映2022年的情况。\n一、总体情况\n收到1件。\n", "甲市税务局", 2022),
        ("根据规定，现公布甲市人民政府2017年政府信息公开工作年度报告。\n一、概述\n公开。\n二、主动公开政府信息情况\n公开3条。\n", "甲市人民政府", 2017),
        ("根据规定，现公布区统计局2023年政府信息公开工作年度报告。\n一、总体情况\n无。\n二、主动公开政府信息情况\n无。\n", "", 2023),
    ],
)  # fmt: skip
def test_whose_report_it_is(text: str, unit: str, year: int) -> None:
    made = report_from_text(text)
    assert (made.unit, made.year) == (unit, year)


KINDS = {
    "university": "甲大学2022—2023学年信息公开工作年度报告",
    "enterprise": "甲市水务集团有限公司2023年信息公开工作年度报告",
    "hospital": "甲市第一人民医院2023年信息公开工作年度报告",
    "before_the_form": "甲县2014年政府信息公开工作年度报告",
}


@pytest.mark.parametrize(("kind", "title"), KINDS.items())
def test_other_kinds_are_recognised_said_and_not_measured_by_the_form(kind: str, title: str, tmp_path: Path) -> None:
    made = free(title)
    assert made.title == title and kind_of(made).id == kind
    found = codes(verdict_of(made))
    assert "F118" in found and not found & {"F101", "F103", "F104", "F107", "F110", "F111", "F114", "D101", "D104"}
    path = tmp_path / "报告.txt"
    path.write_text(f"{title}\n一、概述\n推进信息公开。\n二、存在的主要问题\n更新慢。\n", encoding="utf-8")
    told = CliRunner().invoke(app, ["read", "--kind", str(path)])
    assert told.exit_code == 0 and told.stdout.startswith(f"{kind}　")
    assert json.loads(CliRunner().invoke(app, ["read", "--json", str(path)]).stdout)["kind"] == kind


def test_the_unit_of_a_school_year_is_the_school() -> None:
    assert free("甲大学2022-2023学年信息公开工作年度报告").unit == "甲大学"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"2024年政府信息公开": "2022年政府信息公开"}, "题名是2022年，统计期限是2024年"),
        ({"云川县人民政府2024年政府信息公开": "白石县人民政府2024年政府信息公开"}, "题名的单位是“白石县人民政府”"),
    ],
)
def test_a_title_that_disagrees_is_told(changed: dict[str, str], says: str) -> None:
    text = printed(report(preamble="统计期限自2024年1月1日至2024年12月31日。"))
    assert not any("题名" in warning.message for warning in report_from_text(text).warnings)
    lines = text.split("\n")
    for old, new in changed.items():
        assert old in lines[0]
        lines[0] = lines[0].replace(old, new)
    assert any(says in warning.message for warning in report_from_text("\n".join(lines)).warnings)


def test_notes_of_the_reading_are_in_the_json_of_check(tmp_path: Path) -> None:
    path = tmp_path / "报告.md"
    path.write_text(printed(report()).replace("（七）总计 |", "（七）合并栏 |"), encoding="utf-8")
    shown = json.loads(CliRunner().invoke(app, ["check", "--no-library", "--format", "json", str(path)]).stdout)
    shown = shown[0] if isinstance(shown, list) else shown
    assert any("合并栏" in note for note in shown["notes"])


def test_a_table_cut_short_is_one_line() -> None:
    text = printed(report()).split("\n")
    kept = [line for line in text if not line.startswith(("3.", "（七）总计", "四、结转")) or "|" not in line]
    cut = text[: next(at for at, line in enumerate(text) if "（五）不予处理" in line)]
    rest = text[next(at for at, line in enumerate(text) if "四、政府信息公开行政复议" in line) :]
    findings = [f for f in verdict_of(report_from_text("\n".join([*cut, "", *rest]))).findings if f.code == "F105"]
    assert len(findings) == 1 and "后面缺10行" in findings[0].message
    scattered = [f for f in verdict_of(report_from_text("\n".join(kept))).findings if f.code == "F105"]
    assert [f.where for f in scattered] == sorted((f.where for f in scattered), key=_PLACES.index)


_PLACES = ["表三 三（三）3", "表三 三（四）3", "表三 三（五）3", "表三 三（六）3", "表三 三（七）", "表三 四"]
