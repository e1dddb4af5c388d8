"""From a workbook to a report in every format and back: the same figures, the same words."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from offices import POINTS, sound_figures

from assistant.drafting import draft, read_workbook, write_workbook
from assistant.drafting.publish import printed_blocks
from assistant.drafting.saving import WRITERS, save
from assistant.readers import read
from assistant.report import Report

METRICS = sorted(sound_figures(0))
UNITS = ("某市人民政府", "某市某区水利局", "某某自治州某某哈萨克族蒙古族自治县人力资源和社会保障局")
# Texts that formats have signs of their own for, and figures of the kinds that offices write.
TEXTS = (
    "=1+1 的写法已改正。", "+86 的写法已统一。", "@政务发布同步更新。", "-栏目已整理。", "“甲 & 乙 < 丙”专栏上线。",
    "全年解答咨询1.2万余件。", "举办培训12场、1,305人次。", "*号标注的事项已更新。", "_下划线_栏目已整理。", "`代码`已清理。",
    "１２３４５热线的问题附在文末。", "[链接](页面)已修复。",
)  # fmt: skip

figures = st.one_of(st.none(), st.integers(0, 10**7).map(Decimal))
changed = st.dictionaries(st.sampled_from(METRICS), figures, max_size=20)
points = st.fixed_dictionaries({part: st.lists(st.sampled_from(TEXTS), max_size=3).map(tuple) for part in POINTS})


def assert_the_same(report: Report, finished, data) -> None:
    assert {metric: cell.value for metric, cell in report.cells.items()} == {
        metric: entry.value for metric, entry in data.cells.items()
    }
    assert (report.unit, report.year, report.title) == (data.unit, data.year, finished.title)
    assert [warning.message for warning in report.warnings] == []
    told = [p.text for s in report.sections for p in s.paragraphs if not p.heading]
    meant = [piece.text for piece in printed_blocks(finished) if piece.kind == "paragraph"]
    # The head of a forced draft is text to a reader of Word.
    assert [p.text for p in report.preamble] in ([meant[0]], [*finished.warnings, meant[0]])
    assert ["".join(text.split()) for text in told] == ["".join(text.split()) for text in meant[1:]]
    assert [p.text for p in report.closing] == [data.unit, finished.signed]


@pytest.mark.parametrize(("suffix", "examples"), [(".md", 10), (".html", 10), (".docx", 4)])
def test_a_workbook_comes_back_from_the_report(office, suffix, examples):
    @settings(
        max_examples=examples, deadline=None, database=None, phases=[Phase.generate],  # a whole draft shrinks for minutes
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )  # fmt: skip
    @given(st.integers(0, 10**6), changed, points, st.sampled_from(UNITS), st.booleans())
    def comes_back(seed, changes, texts, unit, comments):
        level = "部门" if unit.endswith("局") else "市级政府"
        made = office(changes, unit=unit, level=level, points=texts, seed=seed)
        with tempfile.TemporaryDirectory() as folder:
            workbook, path = Path(folder) / "data.xlsx", Path(folder) / f"报告{suffix}"
            write_workbook(workbook, made, None)
            data = read_workbook(workbook)
            finished = draft(data, force=True)
            save(finished, path, comments=comments and suffix == ".docx")
            assert_the_same(read(path), finished, data)

    comes_back()


@pytest.mark.parametrize(
    ("unit", "level", "title"),
    [
        ("某市水务局", "部门", "某市水务局2025年政府信息公开工作年度报告"),
        ("某市某区人民政府", "县级政府", "某市某区人民政府\n2025年政府信息公开工作年度报告"),
    ],
)
def test_a_title_breaks_after_the_unit_when_it_is_too_long(tmp_path, office, unit, level, title):
    save(draft(office(unit=unit, level=level)), tmp_path / "报告.docx")
    assert Document(str(tmp_path / "报告.docx")).paragraphs[0].text == title


def test_every_format_is_tried():
    assert {*WRITERS} == {".md", ".html", ".htm", ".docx"}
