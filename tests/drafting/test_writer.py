"""What the writer shows a model of last year's report, and what it does not take back from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pydantic import SecretStr
from rich.console import Console

from assistant.drafting import draft, write_provenance
from assistant.drafting.office import PARTS
from assistant.drafting.report_parts import last_year_paragraphs, without_figures
from assistant.drafting.rewording import marked, pieces
from assistant.llm import open_model
from assistant.readers import report_from_text
from assistant.render.jobs import show_draft
from assistant.settings import Settings

POINT = "扫描件改为可以检索的文本，由档案馆抽查。"
OLD = "存量文件逐件核对效力状态，废止依据随文标注，全年核对318件，各科室每季度交叉检查一次。"
LAST_YEAR = f"""# 某市某区2024年政府信息公开工作年度报告

## 一、总体情况

（一）主动公开。发布信息52条。

（三）政府信息管理。{OLD}

## 五、存在的主要问题及改进情况

存在的问题：1.栏目更新不及时。2.解读形式单一，群众读起来费力。改进措施：1.给每个栏目指定责任科室。2.制作短视频解读。

## 六、其他需要报告的事项

没有收取信息处理费。
"""


@pytest.fixture
def previous():
    return report_from_text(LAST_YEAR, "某市某区_2024.md")


@pytest.fixture
def scripted(endpoint):
    return open_model(
        Settings(
            llm="openai:scripted", openai_base_url=endpoint.url, openai_api_key=SecretStr("k"), llm_timeout_seconds=20.0
        )
    )


def part(part_id):
    return next(part for part in PARTS if part.id == part_id)


def test_last_years_parts_are_found(previous):
    assert last_year_paragraphs(part("政府信息管理"), previous) == (OLD,)
    assert last_year_paragraphs(part("主动公开"), previous) == ("发布信息52条。",)
    assert last_year_paragraphs(part("监督保障"), previous) == ()
    assert [text.rstrip("。") for text in last_year_paragraphs(part("改进"), previous)] == [
        "给每个栏目指定责任科室",
        "制作短视频解读",
    ]
    assert last_year_paragraphs(part("其他事项"), previous) == ("没有收取信息处理费。",)
    assert last_year_paragraphs(part("主动公开"), None) == ()


def test_what_a_model_sees_of_other_years_has_no_number():
    told = without_figures("2024年核对318件，培训３期，约两万余人次参加。")
    assert "核对□" in told
    assert not any(sign.isdigit() for sign in told)
    assert "两万" not in told


def test_without_a_library_no_model_sees_last_years_words(endpoint, scripted, office, previous):
    endpoint.says({"sentences": [f"本年度，{POINT}"]})
    draft(office(points={"政府信息管理": (POINT,)}), previous=previous, model=scripted)
    assert "废止依据随文标注" not in endpoint.requests[0]["messages"][0]["content"]


def test_the_endpoint_is_asked_for_no_more_than_a_sentence_a_note(endpoint, scripted, office):
    endpoint.says({"sentences": [f"本年度，{POINT}", POINT]})
    text = draft(office(points={"政府信息管理": (POINT,)}), model=scripted).part("政府信息管理")
    schema = endpoint.requests[0]["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["sentences"]["maxItems"] == 1
    assert text.by == "model"
    assert "没有第2条" in text.refusals[0]


def test_a_plan_told_as_done_goes_back(endpoint, scripted, office):
    plan = "给每个栏目指定责任科室，到期未更新的自动提醒。"
    endpoint.says({"sentences": [f"已{plan}"]}, {"sentences": [f"为{plan[1:]}"]})
    text = draft(office(points={"改进": (plan,)}), model=scripted).part("改进")
    assert (text.by, text.retries) == ("model", 1)
    assert "没有说已经做完" in text.refusals[0]


NOTES = ("拟开通政策问答智能客服。", "医保局公开药品目录调整结果。", "公报进社区。", "公报进图书馆。")


def test_one_bad_sentence_costs_one_sentence(endpoint, scripted, office):
    good = [{"text": "计划开通政策问答智能客服。", "notes": [1]}, {"text": "公报走进社区和图书馆。", "notes": [3, 4]}]
    bad = {"text": "财政局公开药品目录调整结果。", "notes": [2]}
    endpoint.says({"sentences": [good[1], bad, good[0]]}, *[{"sentences": [{**bad, "notes": [1]}]}] * 2)
    finished = draft(office(points={"公开平台建设": NOTES}), model=scripted)
    text = finished.part("公开平台建设")
    assert text.paragraphs == ("计划开通政策问答智能客服。医保局公开药品目录调整结果。公报走进社区和图书馆。",)
    second = endpoint.requests[1]["messages"][0]["content"]
    assert "1. 医保局公开药品目录调整结果。" in second
    assert "公报" not in second, "only what is left goes back"
    assert "“财政局”在要点里没有" in second
    told = finished.as_json()["sections"]
    shown = next(section for section in told if section["number"] == "一（四）")["sentences"]
    assert [(each["by"], each["changed"], bool(each["refusals"])) for each in shown] == [
        ("model", True, False),
        ("composer", False, True),
        ("model", True, False),
    ]
    assert shown[2]["note"] == "公报进社区。公报进图书馆。"


def test_a_note_is_told_once(endpoint, scripted, office):
    twice = [{"text": "公报走进社区。", "notes": [1]}, {"text": "公报走进了社区。", "notes": [1]}]
    endpoint.says({"sentences": twice})
    text = draft(office(points={"公开平台建设": ("公报进社区。",)}), model=scripted).part("公开平台建设")
    assert text.paragraphs == ("公报走进社区。",)
    assert "已经写过" in text.refusals[0]


def test_words_that_did_not_change_are_not_a_models(endpoint, scripted, office):
    endpoint.says({"sentences": ["公报进社区。"]})
    text = draft(office(points={"公开平台建设": ("公报进社区",)}), model=scripted).part("公开平台建设")
    assert text.by == "composer"


def test_own_figures_that_a_note_names_are_the_models_to_place(endpoint, scripted, office):
    from decimal import Decimal

    from assistant.drafting.office import OwnFigure

    own = OwnFigure(
        name="信息", value=Decimal(860), unit="条", source="台账", part="公开平台建设", address="其他数据!B2"
    )
    data = office(points={"公开平台建设": ("网站发布{{信息}}。",)}).model_copy(update={"own": (own,)})
    endpoint.says({"sentences": ["全年通过网站发布{{own.1}}。"]})
    assert draft(data, model=scripted).part("公开平台建设").paragraphs == ("全年通过网站发布860条。",)


def test_what_the_model_changed_is_shown(endpoint, scripted, office, tmp_path, capsys):
    note, sentence = "公报进社区", "公报走进社区。"
    endpoint.says({"sentences": [sentence]}, *[{"sentences": ["全区有人员因此受到追究。"]}] * 3)
    data = office(points={"公开平台建设": (note,), "监督保障": ("全区没有人员因此受到追究。",)})
    finished = draft(data, model=scripted)
    part = next(each for each in finished.as_json()["sections"] if each["number"] == "一（四）")
    (told,) = part["sentences"]
    assert (told["text"], told["note"], told["by"], told["changed"]) == (sentence, note, "model", True)
    kept = "".join(piece["text"] for piece in told["changes"] if piece["kind"] != "dropped")
    was = "".join(piece["text"] for piece in told["changes"] if piece["kind"] != "added")
    assert (kept, was) == ("公报走进社区", note)
    write_provenance(finished, tmp_path / "来源.xlsx")
    header, *rows = load_workbook(tmp_path / "来源.xlsx")["文字改动"].iter_rows(values_only=True)
    assert header[2:4] == ("要点（单位的原话）", "正文（改动处标［删］［增］）")
    assert [(row[1], row[2], row[4]) for row in rows] == [
        ("一（四） 公开平台建设", note, "模型"),
        ("一（五） 监督保障", "全区没有人员因此受到追究", "程序"),  # the model gave nothing good
    ]
    assert "［增：" in rows[0][3]
    assert rows[1][5], "why the model's was refused"
    show_draft(finished, Path("报告.docx"), Console(width=200))
    shown = capsys.readouterr().out
    assert f"改动 一（四）　{marked(pieces(note, sentence[:-1]))}" in shown
    assert shown.count("改动 ") == 1


def test_notes_that_the_composer_writes_out_are_marked_too(office):
    text = draft(office(points={"公开平台建设": ("渠道：网站、公众号",)})).part("公开平台建设")
    (told,) = text.sentences()
    assert (told.note, told.by, told.changed) == ("渠道：网站、公众号", "composer", True)
    assert "网站" in told.text


def test_numbers_of_a_list_are_no_sentences(office):
    text = draft(office(points={"政府信息管理": ("文件逐件清理。", "目录按季更新。")})).part("政府信息管理")
    assert text.paragraphs == ("一是文件逐件清理。二是目录按季更新。",)
    assert [each.text for each in text.sentences()] == ["文件逐件清理。", "目录按季更新。"]


def test_a_part_that_the_checks_find_wrong_stays_the_composers(endpoint, scripted, office):
    """Each sentence says what its notes say; joined, they claim that 8 and 5 are parts of 12."""
    notes = ("受理现场咨询12件。", "答复书面咨询8件、答复网络咨询5件。")
    joined = {"text": "受理现场咨询{{note.1}}，其中答复书面咨询{{note.2}}、答复网络咨询{{note.3}}。", "notes": [1, 2]}
    endpoint.says({"sentences": [joined]})
    text = draft(office(points={"公开平台建设": notes}), model=scripted).part("公开平台建设")
    assert text.by == "composer"
    assert text.refusals[-1].startswith("核对没有通过：A1")
    assert text.paragraphs == ("受理现场咨询12件。答复书面咨询8件、答复网络咨询5件。",)


def test_a_sentence_that_names_the_wrong_note_rests_on_the_one_it_says(endpoint, scripted, office):
    """As small models count: from nought, or past the end."""
    notes = ("公报进社区。", "网站改版，首页按主题重排。")
    said = [{"text": "本年度，网站改版，首页按主题重排。", "notes": [3]}, {"text": "公报走进社区。", "notes": [2]}]
    endpoint.says({"sentences": said})
    text = draft(office(points={"公开平台建设": notes}), model=scripted).part("公开平台建设")
    assert text.paragraphs == ("公报走进社区。本年度，网站改版，首页按主题重排。",)
    assert [each.note for each in text.worded] == ["公报进社区。", "网站改版，首页按主题重排。"]
    assert len(endpoint.requests) == 1


def test_a_note_that_a_model_copies_is_written_out_as_without_one(endpoint, scripted, office):
    note = "解读材料采用图解+视频两种形式发布。"
    endpoint.says({"sentences": [{"text": note, "notes": [1]}]})
    text = draft(office(points={"主动公开": (note,)}), model=scripted).part("主动公开")
    assert "图解、视频两种形式" in "".join(text.paragraphs)
    assert [each.by for each in text.worded] == ["composer"]


def test_what_only_a_person_can_judge_is_offered_and_not_printed(endpoint, scripted, office, tmp_path, capsys):
    """Words that the lexicon does not know to say the same contradict nothing; a denial turned round does."""
    notes = ("窗口姑娘小伙轮流帮大爷大妈拍照存资料。", "没有收到群众投诉。")
    said = [
        {"text": "窗口青年职工轮流协助老年办事人拍摄留存材料。", "notes": [1]},
        {"text": "收到群众投诉。", "notes": [2]},
    ]
    endpoint.says(*[{"sentences": said}] * 3)
    finished = draft(office(points={"监督保障": notes}), model=scripted)
    part = finished.part("监督保障")
    assert "".join(part.paragraphs).startswith("".join(notes))
    told = {each.note: each.suggestion for each in part.sentences() if each.note}
    assert told == {notes[0][:-1]: said[0]["text"], notes[1][:-1]: ""}
    write_provenance(finished, tmp_path / "来源.xlsx")
    header, *rows = load_workbook(tmp_path / "来源.xlsx")["文字改动"].iter_rows(values_only=True)
    assert said[0]["text"] in rows[0] and header[6].startswith("模型的另一种写法")
    show_draft(finished, Path("报告.docx"), Console(width=200))
    assert said[0]["text"] in capsys.readouterr().out
