"""What is published is read back the same: every cell, every section, in Markdown and in Word."""

from __future__ import annotations

import docx as word
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


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
        assert len({cell._tc for row in table.rows for cell in row.cells}) == len(plan.cells)
        for drawn in plan.cells:
            corner = table.cell(drawn.row, drawn.column)
            far = table.cell(drawn.row + drawn.height - 1, drawn.column + drawn.width - 1)
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
    assert body.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert (body.runs[0].font.size.pt, body.paragraph_format.line_spacing.pt) == (16, 28)
    assert [p.text[:2] for p in document.paragraphs if p.paragraph_format.page_break_before] == ["三、"]
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
