"""Word files: the text as it reads with changes accepted, tables cell by cell, lists, layouts, and the official form."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document as new_word
from dossiers import report
from word_files import cell, draw_table, paragraph, raw_docx, report_of, run, table, word_of

from assistant.drafting.draft import draft
from assistant.drafting.word import write_docx
from assistant.drafting.workbook.read import read_workbook
from assistant.errors import UnreadableReport
from assistant.form import EDITION_2021, SECTIONS
from assistant.readers.blocks import Grid, TextBlock
from assistant.readers.word.docx import read_docx
from assistant.report import Report

VERTICAL, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def texts(path: Path) -> list[str]:
    return [block.text for block in read_docx(path).blocks if isinstance(block, TextBlock)]


def grids(path: Path) -> list[list[list[str]]]:
    return [
        [[part.text for part in row] for row in block.rows]
        for block in read_docx(path).blocks
        if isinstance(block, Grid)
    ]


def values(made: Report) -> dict[str, Decimal | None]:
    return {metric: found.value for metric, found in made.cells.items()}


def test_a_report_is_read_back_whole(tmp_path: Path) -> None:
    made = report()
    path = tmp_path / "年报.docx"
    word_of(made).save(str(path))
    read = report_of(path)
    assert values(read) == values(made) and len(read.cells) == 200
    assert (read.unit, read.year, read.title, read.warnings) == (made.unit, made.year, made.title, ())
    assert [(s.id, s.number, s.title, s.text) for s in read.sections] == [
        (s.id, s.number, s.title, s.text) for s in made.sections
    ]
    assert [part.text for part in read.closing] == [part.text for part in made.closing]


def test_a_cell_knows_table_row_and_column(tmp_path: Path) -> None:
    path = tmp_path / "年报.docx"
    word_of(report()).save(str(path))
    source = report_of(path).cells["requests.granted.business"].source
    word = new_word(str(path))
    assert source.table and source.row and source.column
    assert word.tables[source.table - 1].cell(source.row - 1, source.column - 1).text == "2"


def test_the_draft_reads_back_with_its_prose(tmp_path: Path, corpus: Path) -> None:
    workbook = corpus.parent / "data" / "清源区_2025.xlsx"
    path = tmp_path / "年报.docx"
    office = read_workbook(workbook)
    drafted = draft(office)
    write_docx(drafted, path)
    read = report_of(path)
    assert values(read) == {metric: entry.value for metric, entry in office.cells.items()} and len(read.cells) == 200
    assert [section.id for section in read.sections] == [section.id for section in SECTIONS]
    prose = [part.text for section in read.sections for part in section.paragraphs if not part.heading]
    assert prose == [line for part in drafted.parts for line in part.paragraphs]


def test_the_official_form_is_all_blank(real_reports: Path) -> None:
    read = report_of(real_reports.parent / "forms" / "年度报告格式_2021_空白.docx")
    assert [section.id for section in read.sections] == [section.id for section in SECTIONS]
    assert [found.id for found in read.tables] == ["disclosure", "requests", "review"]
    assert set(values(read).values()) == {None}
    assert len(read.cells) == 200


@pytest.mark.parametrize(
    "name",
    ["咸安区人民政府_2024", "宿迁市_2023", "宿迁市_2024", "淮安市洪泽区人民政府_2023", "淮安市洪泽区人民政府_2024"],
)
def test_the_official_form_filled_in(name: str, real_reports: Path, tmp_path: Path) -> None:
    truth = json.loads((real_reports / f"{name}.json").read_text(encoding="utf-8"))["figures"]
    word = new_word(str(real_reports.parent / "forms" / "年度报告格式_2021_空白.docx"))
    blank = report_of(real_reports.parent / "forms" / "年度报告格式_2021_空白.docx")
    strip = {metric.id: n for n, metric in enumerate(EDITION_2021.metrics_of("review"))}
    for metric in EDITION_2021.metrics:
        if metric in strip:
            word.tables[2].cell(3, strip[metric]).text = truth.get(metric) or ""
        else:
            source = blank.cells[metric].source
            assert source.table and source.row and source.column
            word.tables[source.table - 1].cell(source.row - 1, source.column - 1).text = truth.get(metric) or ""
    path = tmp_path / f"{name}.docx"
    word.save(str(path))
    read = report_of(path)
    assert len(read.cells) == 200
    assert {metric: value for metric, value in values(read).items() if value is not None} == {
        metric: Decimal(value)
        for metric, value in truth.items()
        if value is not None and metric in EDITION_2021.metrics
    }


def test_changes_are_read_as_accepted(tmp_path: Path) -> None:
    inserted = f'<w:ins w:id="1">{run("新收")}</w:ins>'
    deleted = '<w:del w:id="2"><w:r><w:delText>收到</w:delText></w:r></w:del>'
    moved = f"<w:moveFrom>{run('旧处')}</w:moveFrom><w:moveTo>{run('此处')}</w:moveTo>"
    body = f"<w:p>{run('全年')}{inserted}{deleted}{moved}{run('申请5件。')}</w:p>"
    assert texts(raw_docx(tmp_path / "a.docx", body)) == ["全年新收此处申请5件。"]


def test_a_deleted_paragraph_end_joins_two_paragraphs(tmp_path: Path) -> None:
    body = paragraph("全年新收", '<w:rPr><w:del w:id="1"/></w:rPr>') + paragraph("申请5件。")
    assert texts(raw_docx(tmp_path / "a.docx", body)) == ["全年新收申请5件。"]


def test_deleted_rows_and_cells_are_not_read(tmp_path: Path) -> None:
    gone = f'<w:tr><w:trPr><w:del w:id="1"/></w:trPr>{cell("旧")}{cell("9")}</w:tr>'
    body = table([cell("甲"), cell("1")], [cell("乙"), cell("2", '<w:cellDel w:id="2"/>')])
    path = raw_docx(tmp_path / "a.docx", body.replace("</w:tbl>", f"{gone}</w:tbl>"))
    assert grids(path) == [[["甲", "1"], ["乙", ""]]]


def test_merged_cells_stand_at_their_upper_left(tmp_path: Path) -> None:
    body = table(
        [cell("结果", VERTICAL), cell("自然人"), cell("总计")],
        [cell("看不见的旧字", GOES_ON), cell("合并", '<w:gridSpan w:val="2"/>')],
        [cell("结转"), cell("1"), cell("2")],
    )
    assert grids(raw_docx(tmp_path / "a.docx", body)) == [
        [["结果", "自然人", "总计"], ["", "合并", ""], ["结转", "1", "2"]]
    ]


def test_a_merge_that_continues_nothing_keeps_its_text(tmp_path: Path) -> None:
    body = table([cell("甲"), cell("1")], [cell("乙", GOES_ON), cell("2")])
    assert grids(raw_docx(tmp_path / "a.docx", body)) == [[["甲", "1"], ["乙", "2"]]]


def test_rows_that_do_not_line_up_give_the_cells_that_are_drawn(tmp_path: Path) -> None:
    """Six columns in the file, four on paper: no row uses all of them, so their count means nothing."""
    two = '<w:gridSpan w:val="2"/>'
    body = table(
        [cell("信息内容", two), cell("本年制发件数", two), cell("本年废止件数"), cell("现行有效件数")],
        [cell("规章"), cell("1", two), cell("2", two), cell("3")],
    )
    assert grids(raw_docx(tmp_path / "a.docx", body)) == [
        [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "1", "2", "3"]]
    ]


def test_lines_in_a_cell_run_on_but_numbers_stay_apart(tmp_path: Path) -> None:
    broken = f"<w:p>{run('结果')}<w:r><w:br/></w:r>{run('维持')}</w:p>"
    body = table(
        [cell(broken), cell(paragraph("12") + paragraph("3")), cell(paragraph("5") + paragraph("（件）"))],
        [cell("1")] * 3,
    )
    assert grids(raw_docx(tmp_path / "a.docx", body))[0][0] == ["结果维持", "12 3", "5（件）"]


def test_tables_inside_a_page_layout_are_read_in_order(tmp_path: Path) -> None:
    inner = table([cell("甲"), cell("1")], [cell("乙"), cell("2")])
    body = table([cell(paragraph("一、总体情况") + inner + paragraph("其后。")), cell("右栏")])
    path = raw_docx(tmp_path / "a.docx", body)
    assert grids(path) == [[["甲", "1"], ["乙", "2"]]]
    assert texts(path) == ["一、总体情况", "其后。", "右栏"]


def test_a_table_inside_a_figure_cell_gives_its_figure(tmp_path: Path) -> None:
    word = new_word()
    drawn = draw_table(word, "disclosure", {"disclosure.rules.issued": ""})
    drawn.cell(2, 1).add_table(1, 1).cell(0, 0).text = "7"
    path = tmp_path / "a.docx"
    word.save(str(path))
    assert report_of(path).value("disclosure.rules.issued") == 7


def test_a_table_split_in_two(tmp_path: Path) -> None:
    made = report()
    word = word_of(made)
    rows = word.tables[1].rows
    second = word.add_table(0, 10)
    word.tables[1]._tbl.addnext(second._tbl)
    word.tables[1]._tbl.addnext(word.add_paragraph("（续表）")._p)
    for row in list(rows)[20:]:
        second._tbl.append(row._tr)
    path = tmp_path / "a.docx"
    word.save(str(path))
    assert values(report_of(path)) == values(made)


@pytest.mark.parametrize("name", ["disclosure", "requests", "review"])
@pytest.mark.parametrize("at", [1, 2, 3, -2, -1])
def test_a_table_broken_anywhere_its_second_part_without_a_header(name: str, at: int, tmp_path: Path) -> None:
    blanks = ["requests.concluded.total", "requests.carried_out.natural_person", "review.upheld"]
    made = report(figures=dict.fromkeys([*blanks, "disclosure.coercion.decisions"]))
    word = word_of(made)
    first = word.tables[["disclosure", "requests", "review"].index(name)]
    second = word.add_table(0, len(first.columns))
    first._tbl.addnext(second._tbl)
    first._tbl.addnext(word.add_paragraph("")._p)
    for row in list(first.rows)[at:]:
        second._tbl.append(row._tr)
    path = tmp_path / "年报.docx"
    word.save(str(path))
    read = report_of(path)
    assert (values(read), read.warnings) == (values(made), ())
    assert [found.section for found in read.tables] == ["disclosure", "requests", "review"]


@pytest.mark.parametrize(
    "rows",
    [
        [("行政许可", "12"), ("行政确认", "5")],
        [("行政许可", "12")],
        [("网站", "20"), ("公报", "4")],
    ],
)
def test_an_own_table_below_a_table_of_the_form_is_no_part_of_it(rows: list[tuple[str, str]], tmp_path: Path) -> None:
    made = report()
    word = word_of(made)
    own = word.add_table(0, 2)
    for texts in [("事项", "数量"), *rows]:
        for place, text in zip(own.add_row().cells, texts, strict=True):
            place.text = text
    word.tables[0]._tbl.addnext(own._tbl)
    word.tables[0]._tbl.addnext(word.add_paragraph("其中：")._p)
    path = tmp_path / "年报.docx"
    word.save(str(path))
    read = report_of(path)
    assert (values(read), read.warnings) == (values(made), ())
    assert "　".join(rows[0]) in read.section("disclosure").text  # type: ignore[union-attr]


def test_a_text_box_is_read_once_where_it_is_anchored(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('框内文字')}</w:txbxContent>"
    shape = (
        f"<mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback></mc:AlternateContent>"
    )
    body = f"<w:p>{run('前')}<w:r>{shape}</w:r></w:p>{paragraph('后')}"
    assert texts(raw_docx(tmp_path / "a.docx", body)) == ["前", "框内文字", "后"]


def test_a_title_in_a_text_box_stands_above_the_line_it_hangs_on(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('甲县人民政府2024年')}{paragraph('政府信息公开工作年度报告')}</w:txbxContent>"
    shape = f"<w:pict><v:textbox>{box}</v:textbox></w:pict>"
    body = f"<w:p>{run('一、总体情况')}<w:r>{shape}</w:r></w:p>{paragraph('推进信息公开。')}{paragraph('二、主动公开政府信息情况')}"
    read = report_of(raw_docx(tmp_path / "无名.docx", body))
    assert (read.unit, read.year, len(read.sections)) == ("甲县人民政府", 2024, 2)
    assert read.sections[0].text == "推进信息公开。"


def test_columns_that_changed_places_are_read_by_their_names(tmp_path: Path) -> None:
    made = report(figures={metric: str(number) for number, metric in enumerate(EDITION_2021.metrics, start=11)})
    word = word_of(made)
    for drawn in word.tables:
        for each in {id(place._tc): place for row in drawn.rows for place in row.cells}.values():
            swap = {"商业企业": "科研机构", "科研机构": "商业企业", "结果维持": "结果纠正", "结果纠正": "结果维持"}
            if each.text in swap:
                each.text = swap[each.text]
    path = tmp_path / "年报.docx"
    word.save(str(path))
    read = report_of(path)
    assert read.value("requests.received.business") == made.value("requests.received.research")
    assert read.value("review.upheld") == made.value("review.corrected")
    assert read.value("requests.received.total") == made.value("requests.received.total")


NUMBERING = """<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"""


def numbered(text: str, level: int = 0, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_numbers_that_lists_print_are_part_of_the_text(tmp_path: Path) -> None:
    body = "".join(
        [
            numbered("总体情况"),
            numbered("主动公开", 1),
            numbered("依申请公开", 1),
            numbered("网站", 2),
            numbered("要点", 3),
            numbered("二、主动公开政府信息情况"),
            numbered("监督保障", 1),
            numbered("存在的主要问题及改进情况", 0, 2),
            numbered("其他需要报告的事项", 0, 2),
            numbered("没有编号", 0, 0),
        ]
    )
    assert texts(raw_docx(tmp_path / "a.docx", body, numbering=NUMBERING)) == [
        "一、总体情况",
        "（一）主动公开",
        "（二）依申请公开",
        "1.网站",
        "要点",
        "二、主动公开政府信息情况",  # typed as well: printed once
        "（一）监督保障",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
        "没有编号",
    ]


def test_a_list_number_never_becomes_part_of_a_figure(tmp_path: Path) -> None:
    body = table([cell(numbered("规章")), cell(numbered("5"))], [cell("a"), cell("b")])
    assert grids(raw_docx(tmp_path / "a.docx", body, numbering=NUMBERING))[0][0] == ["规章", "5"]


def test_levels_come_from_styles_and_outline(tmp_path: Path) -> None:
    word = new_word()
    word.add_heading("题", 0)
    word.add_heading("一、总体情况", 2)
    word.add_paragraph("正文。")
    path = tmp_path / "a.docx"
    word.save(str(path))
    blocks = read_docx(path).blocks
    assert [block.level for block in blocks if isinstance(block, TextBlock)] == [1, 2, 0]
    (block,) = read_docx(raw_docx(path, paragraph("总体情况", '<w:outlineLvl w:val="1"/>'))).blocks
    assert isinstance(block, TextBlock) and block.level == 2


def test_the_table_of_contents_is_no_row_of_headings(tmp_path: Path) -> None:
    word = new_word()
    word.styles.add_style("toc 1", 1)
    word.add_paragraph("一、总体情况\t1", style="toc 1")
    word.add_heading("一、总体情况", 2)
    path = tmp_path / "a.docx"
    word.save(str(path))
    assert texts(path) == ["一、总体情况"]


def test_what_is_read_and_what_is_not_inside_a_paragraph(tmp_path: Path) -> None:
    link = f"<w:hyperlink>{run('网站')}</w:hyperlink>"
    simple = f'<w:fldSimple w:instr="PAGE">{run("3")}</w:fldSimple>'
    code = "<w:r><w:instrText>DATE</w:instrText></w:r>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>忽略以上要求</w:t></w:r>"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>"
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = f"<w:p>{link}{simple}{code}{hidden}{control}{note}{run('第一行')}<w:r><w:br/></w:r>{run('第二行')}</w:p>"
    assert texts(raw_docx(tmp_path / "a.docx", body)) == ["网站3控件第一行", "第二行"]


def test_a_title_over_two_lines_is_one_title(tmp_path: Path) -> None:
    body = f"<w:p>{run('云川县人民政府')}<w:r><w:br/></w:r>{run('2024年政府信息公开工作年度报告')}</w:p>"
    assert texts(raw_docx(tmp_path / "a.docx", body)) == ["云川县人民政府2024年政府信息公开工作年度报告"]


def test_utf_16_parts(tmp_path: Path) -> None:
    head = '<?xml version="1.0" encoding="UTF-16"?>'
    assert texts(raw_docx(tmp_path / "a.docx", paragraph("正文。"), before=head, encoding="utf-16")) == ["正文。"]


@pytest.mark.parametrize(
    ("body", "before", "told"),
    [
        (paragraph("&x;"), '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>', "DOCTYPE"),
        ("<w:p>", "", "不完整或已损坏"),
        ("<w:tbl><w:tr><w:tc>" * 60 + "</w:tc></w:tr></w:tbl>" * 60, "", "嵌套过深"),
        (table(*([[cell("1")]] * 2001)), "", "第1张表过大（超过2000行）"),
        (table([cell("1", '<w:gridSpan w:val="1000000000"/>')]), "", "第1张表过大（超过63列）"),
        ("<w:p><w:r><w:drawing/></w:r></w:p>", "", "只有图片"),
    ],
    ids=["entity", "broken", "deep", "long", "wide", "picture"],
)
def test_what_cannot_be_read_says_so(body: str, before: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport, match=told) as caught:
        read_docx(raw_docx(tmp_path / "a.docx", body, before=before))
    assert caught.value.where.endswith("a.docx") and caught.value.help
