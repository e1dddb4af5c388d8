"""Rewriting one part of a finished report: what the new part says, and that nothing else of a Word file changes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from lxml import etree
from pydantic import SecretStr

from assistant.cli import run
from assistant.drafting import draft, revise, write_docx
from assistant.drafting.saving import save_revision
from assistant.errors import AssistantError, BadWorkbook, UnknownName, UnreadableReport
from assistant.library import Library
from assistant.library.ingest import ingest
from assistant.llm import open_model
from assistant.readers import read, report_from_text
from assistant.resources import folder
from assistant.settings import Settings, settings

NOTE = "改进：下半年为镇街公开人员开设跟班学习6期。"


@pytest.fixture
def worked_on(tmp_path, qingyuan, qingyuan_2024) -> Path:
    """The shipped district's draft after people have worked on it: words, looks, a cell, a comment."""
    path = tmp_path / "报告.docx"
    write_docx(draft(qingyuan, previous=qingyuan_2024), path)
    word = Document(str(path))
    preamble = next(p for p in word.paragraphs if p.text.startswith("根据"))
    preamble.add_run("经区政府常务会议审定。").font.color.rgb = RGBColor(0xC0, 0, 0)
    word.tables[1].cell(3, 9).paragraphs[0].runs[0].bold = True
    word.add_comment(word.paragraphs[4].runs[0], "请办公室再核", author="区长")
    word.save(str(path))
    return path


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]


def elsewhere(path: Path, new: set[str]) -> list[bytes]:
    """Everything in the body but the paragraphs that say something ``new``, as it is written in the file."""
    body = Document(str(path)).element.body
    return [etree.tostring(each) for each in body if "".join(t.text or "" for t in each.iter(qn("w:t"))) not in new]


def test_one_part_changes_and_nothing_else(tmp_path, worked_on, qingyuan_2024):
    revision = revise(read(worked_on), "五（二）", [NOTE], previous=qingyuan_2024)
    manuscript = save_revision(revision, worked_on, tmp_path / "新.docx", previous=qingyuan_2024)
    added = [text for text in texts(tmp_path / "新.docx") if text not in texts(worked_on)]
    assert added == ["4.下半年为镇街公开人员开设跟班学习6期。"]
    assert elsewhere(tmp_path / "新.docx", {*added}) == elsewhere(worked_on, set())
    assert [(use.text, use.source) for use in manuscript.parts[0].uses][-1] == ("6期", "--note 第1条")
    assert not [finding for finding in manuscript.findings if finding.severity == "error"]


def test_a_new_paragraph_looks_like_the_part(tmp_path, worked_on):
    word = Document(str(worked_on))
    last = next(p for p in word.paragraphs if p.text.startswith("3.") and "跟班" not in p.text)
    for paragraph in word.paragraphs:
        if paragraph.text[:2] in ("1.", "2.", "3."):
            paragraph.style, paragraph.paragraph_format.space_after = word.styles["List Number"], Pt(7)
            paragraph.runs[0].font.size = Pt(13)
    assert last.runs[0].font.size == Pt(13)
    word.save(str(worked_on))
    save_revision(revise(read(worked_on), "改进", [NOTE]), worked_on, tmp_path / "新.docx")
    told = [p.text for p in read(tmp_path / "新.docx").section("problems").paragraphs]
    assert told[-1].startswith("4.下半年"), "Word does not count a number of its own before ours"
    new = next(p for p in Document(str(tmp_path / "新.docx")).paragraphs if "跟班" in p.text)
    assert (new.runs[0].font.size, new.paragraph_format.space_after) == (Pt(13), Pt(7))


def test_figures_are_told_from_the_reports_own_table_and_last_year(worked_on, qingyuan_2024):
    word = Document(str(worked_on))
    told = next(p for p in word.paragraphs if "新收政府信息公开申请173件，同比" in p.text)
    next(run for run in told.runs if run.text == "173件").text = "137件"
    word.save(str(worked_on))
    revision = revise(read(worked_on), "依申请公开", ["疑难申请集体会商。"], previous=qingyuan_2024)
    text = "".join(revision.manuscript.parts[0].paragraphs)
    assert "新收政府信息公开申请173件，同比增长9.49%" in text
    assert "137件" not in text
    assert [sentence for sentence in revision.left_out if "137件" in sentence], "and who wrote it hears of it"
    assert text.endswith("疑难申请集体会商。")


@pytest.mark.parametrize("with_data", [False, True])
def test_every_lost_hand_edit_is_reported(worked_on, qingyuan, qingyuan_2024, with_data):
    word = Document(str(worked_on))
    told = next(p for p in word.paragraphs if "新收政府信息公开申请173件，同比" in p.text)
    told.add_run("来访群众由专人接待。")
    word.save(str(worked_on))
    data = qingyuan if with_data else None
    revision = revise(read(worked_on), "依申请公开", ["疑难申请集体会商。"], data=data, previous=qingyuan_2024)
    text = "".join(revision.manuscript.parts[0].paragraphs)
    lost = () if "来访群众由专人接待。" in text else ("来访群众由专人接待。",)
    assert revision.left_out == lost
    assert bool(lost) == with_data


def test_sentences_taken_out_by_hand_are_told_when_the_workbook_brings_them_back(worked_on, qingyuan):
    word = Document(str(worked_on))
    (point,) = [point.text for point in qingyuan.points_of("监督保障")[-1:]]  # a note without a figure behind it
    told = next(p for p in word.paragraphs if point[:8] in p.text)
    for each in told.runs:
        each.text = each.text.replace(point.rstrip("。") + "。", "")
    word.save(str(worked_on))
    notes = revise(read(worked_on), "监督保障", ["开展跟班学习。"], data=qingyuan).manuscript.notes
    assert [note for note in notes if "原来没有、按工作簿写进的" in note and point[:8] in note]
    assert not any("跟班学习" in note for note in notes), "what was asked for is no surprise"


def test_what_goes_with_the_words_is_told(worked_on, tmp_path):
    word = Document(str(worked_on))
    told = next(p for p in word.paragraphs if "新收政府信息公开申请173件，同比" in p.text)
    word.add_comment(told.runs[0], "这一段请法制科看", author="主任")
    told.runs[2].bold = True
    words = told.runs[2].text[:6]
    word.save(str(worked_on))
    revision = revise(read(worked_on), "依申请公开", ["疑难申请集体会商。"])
    notes = save_revision(revision, worked_on, tmp_path / "新.docx").notes
    gone = [note for note in notes if note.startswith("随原来的文字去掉了")]
    assert any("主任的批注“这一段请法制科看”" in note for note in gone)
    assert any(words in note and "加粗" in note for note in gone)
    assert not any("区长" in note for note in gone), "that one stands elsewhere"


@pytest.fixture
def library(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSISTANT_EMBEDDINGS", "none")
    settings.cache_clear()
    with Library(tmp_path / "library", create=True) as opened:
        ingest(
            [folder("corpus") / "reports" / "清源区_2024.md", folder("corpus") / "regulation"], opened, vectors=False
        )
        yield opened
    monkeypatch.undo()
    settings.cache_clear()


@pytest.mark.parametrize("with_data", [False, True])
def test_references_of_the_part_are_the_drafts(worked_on, qingyuan, qingyuan_2024, library, with_data):
    drafted = draft(qingyuan, previous=qingyuan_2024, library=library).part("公开平台建设").references
    data = qingyuan if with_data else None
    revision = revise(
        read(worked_on), "公开平台建设", ["网站专栏按月更新。"], data=data, previous=qingyuan_2024, library=library
    )
    (part,) = revision.manuscript.parts
    held = {one.source for one in part.references}
    assert held <= {one.source for one in drafted} | {one.source for one in part.references if one.kind == "matter"}
    assert "《条例》第二十四条" in held
    assert not any("《条例》第四十八条" in one for one in held), "of another part"
    if not with_data:
        assert not any("定次序" in one.used for one in part.references), "a person's order stays"
    assert next(iter(revision.manuscript.rests_on())).startswith("一（四）公开平台建设这一部分参考了：")


def test_a_model_sees_what_the_library_tells_of_the_part(endpoint, model, worked_on, qingyuan_2024, library):
    endpoint.otherwise = '{"sentences": []}'
    report = read(worked_on)
    revision = revise(report, "公开平台建设", ["专栏按月更新。"], model=model, previous=qingyuan_2024, library=library)
    assert "~~~~参考" in endpoint.requests[0]["messages"][0]["content"]
    assert any("给模型看" in one.used for one in revision.manuscript.parts[0].references)


@pytest.mark.parametrize("with_data", [False, True])
def test_figures_of_another_set_stay(worked_on, qingyuan, qingyuan_2024, with_data):
    word = Document(str(worked_on))
    told = next(p for p in word.paragraphs if "新收政府信息公开申请173件，同比" in p.text)
    told.add_run("区政府办公室代表区政府受理政府信息公开申请17件。")
    word.save(str(worked_on))
    data = qingyuan if with_data else None
    revision = revise(read(worked_on), "依申请公开", ["疑难申请集体会商。"], data=data, previous=qingyuan_2024)
    assert "受理政府信息公开申请17件" in "".join(revision.manuscript.parts[0].paragraphs)
    assert revision.left_out == ()


def test_a_picture_in_the_part_is_not_lost(tmp_path, worked_on):
    from PIL import Image

    Image.new("RGB", (8, 8)).save(tmp_path / "图.png")
    word = Document(str(worked_on))
    told = next(p for p in word.paragraphs if "新收政府信息公开申请173件，同比" in p.text)
    told.add_run("全年来访173人次。").add_picture(str(tmp_path / "图.png"))
    word.save(str(worked_on))
    save_revision(revise(read(worked_on), "依申请公开", ["疑难申请集体会商。"]), worked_on, tmp_path / "新.docx")
    assert len(Document(str(tmp_path / "新.docx")).inline_shapes) == 1


RUN_IN = """# 某区人民政府2025年政府信息公开工作年度报告

## 一、总体情况

（一）主动公开情况。重大项目信息在同一页面续写。

（二）依申请公开情况。登记当日电话核对需求。

## 五、存在的主要问题及改进情况

{problems}

## 六、其他需要报告的事项

无。
"""


def in_word(tmp_path: Path, problems: str) -> Path:
    """A report whose headings stand in the paragraphs of their text, each in a look of its own."""
    word = Document()
    for block in RUN_IN.format(problems=problems).split("\n\n"):
        text = block.strip().lstrip("# ")
        heading, _, rest = text.partition("。") if text.startswith("（") else ("", "", text)
        paragraph = word.add_paragraph()
        if heading:
            paragraph.add_run(f"{heading}。").bold = True
        paragraph.add_run(rest)
    word.save(str(tmp_path / "来文.docx"))
    return tmp_path / "来文.docx"


def test_a_heading_in_the_same_paragraph_stays(tmp_path):
    path = in_word(tmp_path, "栏目更新不够及时。下一步逐个栏目确定责任科室。")
    save_revision(revise(read(path), "一（一）", ["专栏按月更新。"]), path, tmp_path / "新.docx")
    runs = next(p for p in Document(str(tmp_path / "新.docx")).paragraphs if p.text.startswith("（一）")).runs
    assert [(run.text, bool(run.bold)) for run in runs][:1] == [("（一）主动公开情况。", True)]
    told = [p.text for p in read(tmp_path / "新.docx").section("overview").paragraphs]
    assert told[0] == "（一）主动公开情况。重大项目信息在同一页面续写。"
    assert told[1:] == ["专栏按月更新。", "（二）依申请公开情况。登记当日电话核对需求。"]


@pytest.mark.parametrize(
    "problems",
    [
        "工作取得一定成效，但仍有差距。一是栏目更新不够及时；二是解读形式单一。针对上述问题，采取以下措施。一是逐个栏目确定责任科室；二是制作短视频解读。",
        "存在以下问题：\n\n1. 栏目更新不够及时。\n\n2. 解读形式单一。\n\n改进措施：\n\n1. 逐个栏目确定责任科室。\n\n2. 制作短视频解读。",
        "（一）主要问题\n\n1.栏目更新不够及时。\n\n2.解读形式单一。\n\n（二）改进措施\n\n1.逐个栏目确定责任科室。\n\n2.制作短视频解读。",
    ],
    ids=["run on", "announced", "headed"],
)
def test_problems_and_improvements_in_any_layout(problems):
    report = report_from_text(RUN_IN.format(problems=problems), "x.md")
    revision = revise(report, "五", ["问题：专区标识不清楚。", "改进：重做专区标识。"])
    told = [text for part in revision.manuscript.parts for text in part.paragraphs if text[0].isdigit()]
    assert [text.rstrip("。") for text in told] == [
        "1.栏目更新不够及时", "2.解读形式单一", "3.专区标识不清楚",
        "1.逐个栏目确定责任科室", "2.制作短视频解读", "3.重做专区标识",
    ]  # fmt: skip
    again = revision.revised().section("problems")
    assert "栏目更新不够及时" in again.text
    assert again.text.count("解读形式单一") == 1


def test_nothing_gives_way_to_something():
    report = report_from_text(RUN_IN.format(problems="无。"), "x.md")
    assert revise(report, "六", ["本年度没有收取信息处理费。"]).manuscript.parts[0].paragraphs == (
        "本年度没有收取信息处理费。",
    )


def test_the_workbook_tells_the_part_anew(worked_on, qingyuan):
    revision = revise(read(worked_on), "监督保障", ["开展跟班学习。"], data=qingyuan)
    text = "".join(revision.manuscript.parts[0].paragraphs)
    assert "举办业务培训3期" in text
    assert "开展跟班学习。" in text
    assert any(use.slot.startswith("own.") for use in revision.manuscript.parts[0].uses)


def test_a_workbook_of_other_figures_is_refused(worked_on, qingyuan):
    cells = dict(qingyuan.cells)
    cells["requests.received.total"] = cells["requests.received.total"].model_copy(update={"value": Decimal(9)})
    with pytest.raises(BadWorkbook, match="表三!J4为9，报告表三 一·总计为173"):
        revise(read(worked_on), "五", [NOTE], data=qingyuan.model_copy(update={"cells": cells}))
    with pytest.raises(BadWorkbook, match="2024年度"):
        revise(read(worked_on), "五", [NOTE], data=qingyuan.model_copy(update={"year": 2024}))


@pytest.mark.parametrize(
    ("section", "notes", "error", "says"),
    [
        ("三", [NOTE], UnknownName, "是表格"),
        ("第九章", [NOTE], UnknownName, "没有“第九章”"),
        ("五", [], AssistantError, "没有说要改成什么"),
        ("五", ["镇街公开人员调动。"], AssistantError, "“问题：”、“改进：”"),
        ("一", ["镇街公开人员调动。"], AssistantError, "“主动公开：”"),
        ("五（二）", ["问题：栏目更新慢。"], AssistantError, "“改进：”"),
        ("五", ["二、主动公开政府信息情况"], AssistantError, "是章的标题"),
        ("一（五）", ["开展跟班学习。"], UnreadableReport, "没有找到“监督保障”的小标题"),
    ],
)
def test_what_cannot_be_rewritten_is_said(section, notes, error, says):
    report = report_from_text(RUN_IN.format(problems="栏目更新不够及时。"), "x.md")
    with pytest.raises(error, match=says):
        revise(report, section, notes)


def test_a_report_laid_out_in_cells_stays_a_word_file(tmp_path):
    """A cell must keep a paragraph, or Word does not open the file."""
    word = Document()
    blocks = [
        block.strip().lstrip("# ")
        for block in RUN_IN.format(problems="栏目更新慢的问题较多。\n\n下一步确定责任科室。").split("\n\n")
    ]
    table = word.add_table(len(blocks), 1)
    for cell, block in zip(table.columns[0].cells, blocks, strict=True):
        cell.text = block
    word.save(str(tmp_path / "来文.docx"))
    save_revision(revise(read(tmp_path / "来文.docx"), "五", [NOTE]), tmp_path / "来文.docx", tmp_path / "新.docx")
    made = Document(str(tmp_path / "新.docx"))
    assert all(cell.findall(qn("w:p")) for cell in made.element.body.iter(qn("w:tc")))
    assert "跟班学习6期" in read(tmp_path / "新.docx").section("problems").text


def test_a_part_that_shares_its_paragraph_is_refused(tmp_path):
    path = in_word(tmp_path, "栏目更新不够及时。")
    word = Document(str(path))
    heading = next(p for p in word.paragraphs if p.text.startswith("六、"))
    heading.runs[0].add_break()
    heading.runs[0].add_text("本年度没有收取信息处理费。")
    word.save(str(path))
    with pytest.raises(UnreadableReport, match="同一个段落"):
        save_revision(revise(read(path), "六", ["复文已发布。"]), path, tmp_path / "新.docx")
    assert not (tmp_path / "新.docx").exists()


@pytest.fixture
def model(endpoint):
    values = {"llm": "openai:scripted", "openai_base_url": endpoint.url, "openai_api_key": SecretStr("k")}
    return open_model(Settings(**values))


def test_a_model_words_the_part(endpoint, model, worked_on):
    report = read(worked_on)
    points = [text[2:].rstrip("。") for text in revise(report, "改进", [NOTE]).manuscript.parts[0].paragraphs[-4:]]
    slotted = [*points[:3], points[3].replace("6期", "{{note.1}}")]
    endpoint.says({"sentences": [f"本年度，{text}。" for text in slotted]})
    manuscript = revise(report, "改进", [NOTE], model=model).manuscript
    assert manuscript.parts[0].by == "model", manuscript.parts[0].refusals
    assert manuscript.parts[0].paragraphs[-1] == "4.本年度，下半年为镇街公开人员开设跟班学习6期。"
    assert "6期" not in endpoint.last_message()


def test_a_model_is_given_a_paragraph_sentence_by_sentence(endpoint, model):
    report = report_from_text(
        RUN_IN.format(problems="无。").replace("同一页面续写。", "同一页面续写。解读材料与文件同步起草。"), "x.md"
    )
    told = ["本年度，重大项目信息在同一页面续写。", "解读材料与文件同步起草。", "专栏坚持按月更新。"]
    endpoint.says({"sentences": told})
    part = revise(report, "一（一）", ["专栏按月更新。"], model=model).manuscript.parts[0]
    assert part.by == "model", part.refusals
    assert "1. 重大项目信息在同一页面续写。\n2. 解读材料与文件同步起草。\n3. 专栏按月更新。" in endpoint.last_message()
    assert part.paragraphs[-1] == "".join(told)


def test_a_model_that_types_numbers_gives_way(endpoint, model, worked_on):
    endpoint.otherwise = '{"sentences": ["开设跟班学习9期。"]}'
    manuscript = revise(read(worked_on), "改进", [NOTE], model=model).manuscript
    assert (manuscript.parts[0].by, manuscript.model) == ("composer", "openai:scripted")
    assert "不要自己写数字“9”" in manuscript.parts[0].refusals[0]
    assert "9期" not in "".join(manuscript.parts[0].paragraphs)


def test_the_command(tmp_path, worked_on):
    call = ["--library", str(tmp_path / "lib"), "draft", "--from", str(worked_on), "--section", "五", "--note", NOTE]
    output, before = tmp_path / "新.docx", worked_on.read_bytes()
    assert run([*call, "-o", str(output), "--provenance", str(tmp_path / "来源.xlsx")]) == 0
    assert "跟班学习6期" in read(output).section("problems").text
    assert (tmp_path / "来源.xlsx").exists()
    with pytest.raises(AssistantError, match="已经存在"):
        run([*call, "-o", str(worked_on)])
    assert worked_on.read_bytes() == before
    assert run([*call, "-o", str(worked_on), "--overwrite"]) == 0
    assert "跟班学习6期" in read(worked_on).section("problems").text
    with pytest.raises(AssistantError, match=r"可以写成：\.docx"):
        run([*call, "-o", str(tmp_path / "新.md")])


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (["--section", "五"], "没有说改写哪一份报告"),
        ([], "没有数据工作簿"),
        (["--from", "x.docx"], "没有说改写哪一部分"),
        (["--from", "x.docx", "--section", "五", "--comments"], "只用于起草全文"),
    ],
)
def test_options_that_do_not_belong_together(call, says):
    with pytest.raises(AssistantError, match=says):
        run(["draft", *call])


def test_a_report_that_is_no_word_file_is_set_anew(tmp_path):
    source = tmp_path / "来文.md"
    source.write_text(RUN_IN.format(problems="栏目更新不够及时。"), encoding="utf-8")
    save_revision(revise(read(source), "五", [NOTE]), source, tmp_path / "新.docx")
    again = read(tmp_path / "新.docx")
    assert "跟班学习6期" in again.section("problems").text
    assert again.section("overview").text == read(source).section("overview").text
