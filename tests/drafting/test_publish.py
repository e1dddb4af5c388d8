"""What is published is read back the same: every cell, every section, in Markdown and in Word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import docx as word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offices import sound_figures

from assistant.check import check, selected
from assistant.drafting import draft, markdown, write_docx
from assistant.figures.dossier import Dossier
from assistant.form import SECTIONS
from assistant.form.drawing import drawing
from assistant.readers import read, report_from_text


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**6), st.sets(st.sampled_from(sorted(sound_figures(0))), max_size=12))
def test_markdown_is_read_back_cell_for_cell(office, seed, blanks):
    data = office(dict.fromkeys(blanks), seed=seed)
    report = report_from_text(markdown(draft(data, force=True)), "某市某区人民政府_2025.md")
    assert {metric: cell.value for metric, cell in report.cells.items()} == {
        metric: entry.value for metric, entry in data.cells.items()
    }
    assert not report.warnings
    assert [section.id for section in report.sections] == [section.id for section in SECTIONS]


def test_markdown_is_read_back_part_for_part(qingyuan, qingyuan_2024):
    finished = draft(qingyuan, previous=qingyuan_2024)
    report = report_from_text(markdown(finished), "x.md")
    assert (report.unit, report.year, report.title) == (qingyuan.unit, 2025, finished.title)
    assert [p.text for p in report.preamble] == [finished.preamble]
    assert [p.text for p in report.closing] == [qingyuan.unit, "2026年2月10日"]
    prose = [p.text for section in report.sections for p in section.paragraphs if not p.heading]
    assert prose == [paragraph for part in finished.parts for paragraph in part.paragraphs]


def test_an_office_cannot_break_the_page(office):
    hostile = ("## 督查情况通报", "> 引用", "甲 | 乙 | 丙")
    report = report_from_text(markdown(draft(office(points={"其他事项": hostile}))), "x.md")
    assert len(report.sections) == len(SECTIONS)
    text = report.sections[-1].text
    assert all(word in text for word in ("＃＃ 督查情况通报", "＞ 引用", "甲 ｜ 乙 ｜ 丙"))


def test_word_has_the_forms_tables_with_merged_cells(tmp_path, qingyuan, qingyuan_2024):
    write_docx(draft(qingyuan, previous=qingyuan_2024), tmp_path / "报告.docx")
    document = word.Document(str(tmp_path / "报告.docx"))
    for table, name in zip(document.tables, ("disclosure", "requests", "review"), strict=True):
        plan = drawing(name)
        grid = [row.cells for row in table.rows]
        assert len({cell._tc for row in grid for cell in row}) == len(plan.cells)
        for drawn in plan.cells:
            corner = grid[drawn.row][drawn.column]
            far = grid[drawn.row + drawn.height - 1][drawn.column + drawn.width - 1]
            assert corner._tc is far._tc
            expected = f"{qingyuan.cells[drawn.metric].value:f}" if drawn.metric else drawn.text
            assert corner.text == expected


def test_word_has_every_paragraph_and_its_fonts(tmp_path, qingyuan, qingyuan_2024):
    finished = draft(qingyuan, previous=qingyuan_2024)
    write_docx(finished, tmp_path / "报告.docx")
    document = word.Document(str(tmp_path / "报告.docx"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    for part in finished.parts:
        assert set(part.paragraphs) <= set(texts)
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    assert headings == [f"{section.number}、{section.title}" for section in SECTIONS]
    body = next(p for p in document.paragraphs if p.text == finished.preamble)
    looks = {
        "报告正文": ("仿宋_GB2312", 16, 28),
        "Heading 1": ("方正小标宋简体", 22, 34),
        "Heading 2": ("黑体", 16, 28),
        "Heading 3": ("楷体_GB2312", 16, 28),
        "表格文字": ("宋体", 9, 13),
        "落款": ("仿宋_GB2312", 16, 28),
    }
    for name, (font, size, pitch) in looks.items():
        style = document.styles[name]
        assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == font
        assert style.element.rPr.rFonts.get(qn("w:eastAsiaTheme")) is None, "a theme's font would win"
        assert (style.font.size.pt, style.paragraph_format.line_spacing.pt) == (size, pitch)
    assert body.style.name == "报告正文"
    assert {cell.paragraphs[0].style.name for cell in document.tables[0]._cells} == {"表格文字"}
    assert all(run.font.size is None for run in body.runs), "a person who changes the style changes the report"
    assert not any(p.paragraph_format.page_break_before for p in document.paragraphs), "no half-empty page"
    page = document.sections[0]
    assert [
        round(side.cm, 1) for side in (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    ] == [3.7, 3.5, 2.8, 2.6]
    assert "PAGE" in page.footer._element.xml


def test_a_forced_draft_says_so(tmp_path, office):
    from decimal import Decimal

    finished = draft(office({"requests.received.total": Decimal(5)}), force=True)
    assert markdown(finished).startswith("> 草稿")
    write_docx(finished, tmp_path / "草稿.docx")
    assert word.Document(str(tmp_path / "草稿.docx")).paragraphs[0].text.startswith("草稿")
    found = check(Dossier(read(tmp_path / "草稿.docx")), selected(("F115",))).findings
    assert [finding.actual for finding in found] == ["【待改：以下各处改好后重新起草】"], (
        "and it cannot be published so"
    )


def test_the_signature_stands_as_official_documents_have_it(tmp_path, office):
    """GB/T 9704 7.3.5.2: the date begins two characters in from the name; of a short name the date is two from the
    edge."""
    left = {}
    for unit in ("某市某区人民政府办公室", "某县"):
        write_docx(draft(office(unit=unit), force=True), tmp_path / "报告.docx")
        name, date = (p for p in word.Document(str(tmp_path / "报告.docx")).paragraphs if p.style.name == "落款")
        assert (name.text, date.text) == (unit, "2026年1月20日")
        left[unit] = [p.paragraph_format.left_indent.pt / 16 for p in (name, date)]
        assert round(left[unit][1] - left[unit][0], 1) == 2
        assert name.paragraph_format.keep_with_next
    line = (21 - 2.8 - 2.6) / 2.54 * 72 / 16
    assert round(line - left["某市某区人民政府办公室"][0] - 11, 1) == 2
    assert round(line - left["某县"][1] - 6.5, 1) == 2


def test_tables_look_as_the_form_does(tmp_path, qingyuan):
    write_docx(draft(qingyuan), tmp_path / "报告.docx")
    disclosure, requests, _ = word.Document(str(tmp_path / "报告.docx")).tables
    heads = [row.cells[0] for row in disclosure.rows if row.cells[0].text.startswith("第二十条")]
    assert len(heads) == 4
    for cell in heads:
        assert cell.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.LEFT
        assert cell._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == "C6D9F1"
    kept = [row.cells[2].paragraphs[0].paragraph_format.keep_with_next for row in requests.rows]
    texts = [row.cells[2].text for row in requests.rows]
    assert kept[texts.index("1.属于国家秘密")] and not kept[texts.index("8.属于行政查询事项")], "cut between groups"


def test_the_file_says_whose_it_is_and_of_today(tmp_path, qingyuan):
    write_docx(draft(qingyuan), tmp_path / "报告.docx")
    properties = word.Document(str(tmp_path / "报告.docx")).core_properties
    assert properties.author == properties.last_modified_by == qingyuan.unit
    assert properties.title.startswith(qingyuan.unit)
    now = datetime.now(UTC)
    assert now - timedelta(days=1) < properties.created <= now + timedelta(seconds=1)
