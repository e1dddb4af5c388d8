"""Reports as offices really write them: every layout that was met gives the same cells."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from dossiers import printed, report, sound_figures
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.form import EDITION_2021
from assistant.readers import report_from_text
from assistant.readers.form_tables.labels import parse_cell, row_of
from assistant.report import Report, Source

STYLES = ["pipe", "trailing", "markdown"]
EDITIONS = [{}, {"single": True}, {"edition": "2019", "year": 2019}]


def values(made: Report) -> dict[str, Decimal | None]:
    return {metric: cell.value for metric, cell in made.cells.items()}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("spec", EDITIONS, ids=["2021", "2021 with a single row", "2019"])
def test_what_is_printed_is_read_back(spec: dict[str, object], style: str) -> None:
    made = report(**spec)  # type: ignore[arg-type]
    read = report_from_text(printed(made, style))
    assert values(read) == values(made)
    assert (read.unit, read.year, read.edition, read.title) == (made.unit, made.year, made.edition, made.title)
    assert [(s.id, s.number, s.title, s.text) for s in read.sections] == [
        (s.id, s.number, s.title, s.text) for s in made.sections
    ]
    assert [part.text for part in read.closing] == [part.text for part in made.closing]
    assert [(t.id, t.section, set(t.rows)) for t in read.tables if t.id != "review"] == [
        (t.id, t.section, set(t.rows)) for t in made.tables if t.id != "review"
    ]
    assert read.warnings == ()


figure = st.one_of(st.integers(0, 10**7).map(str), st.just(""), st.just("/"))


@settings(max_examples=40, deadline=None)
@example({"review.upheld": ""}, "pipe")
@given(st.dictionaries(st.sampled_from(list(EDITION_2021.metrics)), figure, max_size=60), st.sampled_from(STYLES))
def test_any_figures_with_blanks_are_read_back(figures: dict[str, str], style: str) -> None:
    made = report(figures=figures)
    assert values(report_from_text(printed(made, style))) == values(made)


def _half_width(text: str) -> str:
    return text.translate(str.maketrans("（）：，；“”", '():,;""'))


def _spaced(text: str) -> str:
    for label in ("商业企业", "科研机构", "结果维持", "尚未审结"):
        text = text.replace(label, f"{label[:2]} {label[2:]}")
    return text


def _header(text: str) -> str:
    return text[text.index("（本列数据") : text.index("一、本年新收")]


DISTORTIONS: dict[str, Callable[[str], str]] = {
    "half-width punctuation": _half_width,
    "blanks inside labels": _spaced,
    "headings without numbers": lambda text: text.replace("三、收到和处理", "收到和处理").replace("五、存在", "存在"),
    "a comma behind the number of a heading": lambda text: text.replace("\n三、", "\n三，").replace("四、政", "四，政"),
    "full-width digits": lambda text: text.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "labels with a character missing": lambda text: text.replace("法律行政法规禁止公开", "法律行政止公开").replace(
        "要求提供公开出版物", "要求提供公开版物"
    ),
    "labels without their numbers": lambda text: text.replace("1.属于国家秘密", "属于国家秘密").replace("（七）总计", "总计"),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "old Mac line ends": lambda text: text.replace("\n", "\r"),
    "a table split in two": lambda text: text.replace("（四）无法提供 |", "\n（第2页）\n\n（四）无法提供 |"),
    "zero-width characters": lambda text: text.replace("总计", "总\u200b计").replace(" | ", " |\ufeff "),
    "escape sequences": lambda text: text.replace("（七）总计", "\x1b[1;31m（七）总计\x1b[0m").replace("规章", "\x1b]0;x\x07规章"),
    "a table of the office's own": lambda text: text.replace("四、政府信息公开行政复议", "渠道 | 件数\n网络 | 20\n信函 | 4\n\n四、政府信息公开行政复议"),
    "a full stop behind a heading": lambda text: text.replace("六、其他需要报告的事项", "六、其他需要报告的事项。"),
    "a header on every page": lambda text: text.replace("（四）无法提供", f"\n{_header(text)}（四）无法提供").replace(
        "| （四）", "（四）"
    ),
    "bold in cells": lambda text: text.replace("（七）总计", "**（七）总计**"),
    "no spaces around bars": lambda text: text.replace(" | ", "|"),
    "no title line": lambda text: text.split("\n", 1)[1],
}  # fmt: skip


@pytest.mark.parametrize("distort", DISTORTIONS.values(), ids=DISTORTIONS)
@pytest.mark.parametrize("style", STYLES)
def test_the_figures_survive(distort: Callable[[str], str], style: str) -> None:
    made = report()
    read = report_from_text(distort(printed(made, style)))
    wrong = {metric: value for metric, value in values(read).items() if value != made.value(metric)}
    assert wrong == {} and len(read.cells) == 200
    assert [section.id for section in read.sections] == [section.id for section in made.sections]


@pytest.mark.parametrize(
    ("raw", "value", "note"),
    [
        ("0", "0", ""),
        ("22（其中修订16件）", "22", "（其中修订16件）"),
        ("1,950", "1950", ""),
        ("1，950", "1950", ""),
        ("１２", "12", ""),
        ("1087.31", "1087.31", ""),
        ("1087.31万元", "1087.31", "万元"),
        ("1.2万", "12000", ""),
        ("10873100元", "10873100", "元"),
        ("12件", "12", "件"),
        ("-3", "-3", ""),
        ("－3", "-3", ""),
        (" 7 ", "7", ""),
        ("5.0", "5", ""),
        ("", None, ""),
        ("/", None, ""),
        ("—", None, ""),
        ("无", None, ""),
        ("详见附件", None, ""),
        # Two numbers, or one with a blank for a comma: not for us to say which, so not a figure.
        ("5 120", None, ""),
        ("12 / 3", None, ""),
    ],
)
def test_one_cell(raw: str, value: str | None, note: str) -> None:
    cell = parse_cell(raw, Source())
    assert (cell.value, cell.note) == (None if value is None else Decimal(value), note)
    assert cell.raw == raw.strip()


def test_a_word_in_a_cell_is_a_warning_with_its_place() -> None:
    text = printed(report()).replace("行政许可 | 5120", "行政许可 | 详见附件")
    read = report_from_text(text)
    assert read.value("disclosure.licensing.decisions") is None
    (warning,) = read.warnings
    line = next(number for number, row in enumerate(text.split("\n"), start=1) if "详见附件" in row)
    assert "详见附件" in warning.message and warning.source.line == line


def test_a_row_that_fits_nothing_is_kept_by_its_label() -> None:
    text = printed(report()).replace("（七）总计 |", "6.主体资格不符 | 1 | 0 | 0 | 0 | 0 | 0 | 1\n（七）总计 |")
    read = report_from_text(text)
    table = read.table("requests")
    assert table is not None and table.unplaced == ("6.主体资格不符",)
    assert read.value("requests.concluded.total") == 23


def test_a_row_printed_twice_does_not_overwrite_the_first() -> None:
    text = printed(report()).replace(
        "四、结转下年度继续办理 |", "2.重复申请 | 9 | 0 | 0 | 0 | 0 | 0 | 9\n四、结转下年度继续办理 |"
    )
    read = report_from_text(text)
    assert read.value("requests.not_processed.repeated.total") == 0
    assert [warning.message for warning in read.warnings] == ["表格中有一行无法对应格式：“2.重复申请”"]


@pytest.mark.parametrize("label", ["（三）不予公开", "予以处理", "不予公开", "（一）予以答复"])
def test_labels_that_are_like_but_mean_another_thing_are_not_matched(label: str) -> None:
    granted = tuple(row for row in EDITION_2021.table("requests").rows if row.id == "granted")
    assert row_of(label, granted) is None


def test_a_row_with_too_few_cells_is_a_warning() -> None:
    text = printed(report()).replace(
        "四、结转下年度继续办理 | 3 | 0 | 0 | 0 | 0 | 0 | 3", "四、结转下年度继续办理 | 3 | 0 | 0"
    )
    read = report_from_text(text)
    assert read.value("requests.carried_out.total") is None
    assert any("结转下年度继续办理" in warning.message for warning in read.warnings)


def test_a_missing_row_does_not_shift_the_others() -> None:
    lines = [line for line in printed(report()).split("\n") if not line.startswith("2.重复申请")]
    read = report_from_text("\n".join(lines))
    gone = {metric for metric in sound_figures() if metric.startswith("requests.not_processed.repeated.")}
    assert set(EDITION_2021.metrics) - set(read.cells) == gone
    assert all(read.value(metric) == value for metric, value in sound_figures().items() if metric in read.cells)


def test_a_row_in_another_part_is_no_rest_of_the_table() -> None:
    text = printed(report()).replace("行政强制 | 16\n", "").replace("\n新收的申请中", "\n行政强制 | 3\n新收的申请中")
    read = report_from_text(text)
    assert "disclosure.coercion.decisions" not in read.cells and read.warnings == ()
    assert "行政强制　3" in read.section("requests").text  # type: ignore[union-attr]


def test_a_label_before_the_figures_of_table_four_shifts_nothing() -> None:
    text = printed(report())
    figures = next(line for line in text.split("\n") if line.startswith("4 | 1 | 1 | 1 | 7"))
    read = report_from_text(text.replace(figures, f"件数 | {figures}"))
    assert [read.value(f"review.{case}") for case in ("upheld", "corrected", "total")] == [4, 1, 7]
    assert read.value("litigation.after_review.total") == 1


def test_rows_of_table_three_are_no_headings() -> None:
    """一、本年新收… looks like a heading; one cell a line it stands alone."""
    text = printed(report()).replace("一、本年新收政府信息公开申请数量 |", "一、本年新收政府信息公开申请数量\n |")
    assert len(report_from_text(text).sections) == 6


@pytest.mark.parametrize(
    ("title", "file", "unit", "year"),
    [
        ("云川县2024年政府信息公开工作年度报告", "", "云川县", 2024),
        ("2024年度云川县教育局政府信息公开工作年度报告", "", "云川县教育局", 2024),
        ("云川县人民政府 2024 年政府信息公开年度报告", "", "云川县人民政府", 2024),
        ("", "云川县人民政府_2024.txt", "云川县人民政府", 2024),
        ("", "", "云川县人民政府", 2024),
        ("政府信息公开工作年度报告", "江州市云川县人民政府_2024.md", "江州市云川县人民政府", 2024),
    ],
)
def test_whose_report_it_is_and_for_which_year(title: str, file: str, unit: str, year: int) -> None:
    signed = unit if unit.endswith("局") else "云川县人民政府"
    read = report_from_text(printed(report(title=title, closing=f"{signed}\n2025年3月5日")), file)
    assert (read.unit, read.year) == (unit, year)
