"""Whose report it is and for which year: titles as offices write them, notices around them, file names."""

from __future__ import annotations

from pathlib import Path

import pytest
from dossiers import printed, report

from assistant.readers import read, report_from_text

WORDS = "政府信息公开工作年度报告"
UNIT = "云川县教育局"
# Nothing but title and file name tells here: no signature, no statistics period; the date is one of the next year.
REST = printed(report(title="", closing="2025年3月5日", preamble="现将上一年度的工作公布如下。")).lstrip("\n")


@pytest.mark.parametrize(
    ("title", "unit", "year"),
    [
        (f"{UNIT}2024年{WORDS}", UNIT, 2024),
        (f"{UNIT}2024年度{WORDS}", UNIT, 2024),
        (f"2024年{UNIT}{WORDS}", UNIT, 2024),
        (f"{UNIT}２０２４年{WORDS}", UNIT, 2024),
        (f"{UNIT}二〇二四年{WORDS}", UNIT, 2024),
        (f"{UNIT}二○二四年度{WORDS}", UNIT, 2024),
        (f"二零二四年{UNIT}{WORDS}", UNIT, 2024),
        (f"{UNIT}　2024 年 政府信息公开 工作 年度报告", UNIT, 2024),
        (f"{UNIT}政府信息公开2024年度报告", UNIT, 2024),
        (f"{UNIT}2024年政府信息公开年报", UNIT, 2024),
        (f"{UNIT}关于2024年政府信息公开工作情况的报告", UNIT, 2024),
        (f"2024年度{WORDS}（{UNIT}）", UNIT, 2024),
        (f"（2024年度）{UNIT}{WORDS}", UNIT, 2024),
        (f"{UNIT}2024年{WORDS}（公开版）", UNIT, 2024),
        (f"{UNIT}（云川县体育局）2024年{WORDS}", f"{UNIT}（云川县体育局）", 2024),
        (f"附件2：{UNIT}2024年{WORDS}", UNIT, 2024),
        (f"【年报】{UNIT}2024年{WORDS}", UNIT, 2024),
        (f"Annual Report {UNIT}2024年{WORDS} (pdf)", UNIT, 2024),
        (f"关于发布{UNIT}2024年{WORDS}的通知", UNIT, 2024),
        (f"{UNIT}关于发布2024年{WORDS}的公告", UNIT, 2024),
        (f"{UNIT}关于印发《{UNIT}2024年{WORDS}》的通知", UNIT, 2024),
        (f"{UNIT}\n2024年{WORDS}", UNIT, 2024),
        (f"{UNIT}\n{WORDS}\n（2024年度）", UNIT, 2024),
        (f"{UNIT}\n2024年度\n{WORDS}", UNIT, 2024),
        (f"{UNIT}2024年政府信息公开\n工作年度报告", UNIT, 2024),
        (f"云川县高新技术产业开发区管理委员会2024年{WORDS}", "云川县高新技术产业开发区管理委员会", 2024),
        (f"云川县城关街道办事处\n2024年{WORDS}", "云川县城关街道办事处", 2024),
        (f"云川县人民政府办公室\n2024年{WORDS}", "云川县人民政府办公室", 2024),
        (f"国家税务总局云川县税务局2024年{WORDS}", "国家税务总局云川县税务局", 2024),
        (f"2024年{WORDS}", "", 2024),
        (f"{WORDS}格式模板", "", None),
        (f"{WORDS}", "", None),
    ],
)
def test_titles(title: str, unit: str, year: int | None) -> None:
    made = report_from_text(f"{title}\n{REST}")
    assert (made.unit, made.year) == (unit, year)
    assert made.title.replace(" ", "") == title.replace("\n", "").replace(" ", "")
    assert [part.text for part in made.preamble] == ["现将上一年度的工作公布如下。"]


def test_the_title_of_the_report_is_not_that_of_the_notice_above_it() -> None:
    notice = f"关于发布{UNIT}2024年{WORDS}的通知\n现予发布。\n{UNIT}2024年{WORDS}\n"
    made = report_from_text(notice + REST)
    assert (made.unit, made.title) == (UNIT, f"{UNIT}2024年{WORDS}")


@pytest.mark.parametrize(
    ("file", "unit", "year"),
    [
        (f"{UNIT}_2024.txt", UNIT, 2024),
        (f"{UNIT}2024年{WORDS}.docx", UNIT, 2024),
        (f"2024年{UNIT}{WORDS}.docx", UNIT, 2024),
        (f"附件1：{UNIT}2024年{WORDS}（定稿）.docx", UNIT, 2024),
        (f"{UNIT}.docx", UNIT, None),
        ("2024年度报告.docx", "", 2024),
        ("2024年年报终稿.docx", "", 2024),
        ("新建文档_2024.docx", "", 2024),
        ("20250331.docx", "", None),
        ("年度报告格式_2021_空白.docx", "", None),
        ("t20250314_4711.html", "", None),
    ],
)
def test_file_names_where_the_report_does_not_tell(file: str, unit: str, year: int | None) -> None:
    made = report_from_text(f"{WORDS}\n{REST}", file)
    assert (made.unit, made.year) == (unit, year)


def test_the_number_of_a_document_is_no_year_of_the_report() -> None:
    preamble = "根据国办公开办函〔2021〕30号和国办公开办函〔2021〕12号编制，本机关2024年的工作如下。"
    made = report_from_text(printed(report(title=WORDS, preamble=preamble, closing="")))
    assert made.year == 2024


def test_the_empty_form_is_nobodys(real_reports: Path) -> None:
    made = read(real_reports.parent / "forms" / "年度报告格式_2021_空白.docx")
    assert (made.unit, made.year) == ("", None)
    assert len(made.cells) == 200
