"""Whether each figure stands where its matter is told."""

import pytest

from assistant.drafting.figure_places import changed_places

SOUND = [
    ("网站发布{{note.1}}，公众号发布{{note.2}}", "公众号发布{{note.2}}，网站发布{{note.1}}。"),
    ("会议室{{note.1}}、档案室{{note.2}}", "建成会议室、档案室分别{{note.1}}、{{note.2}}。"),
    ("废止文件{{note.1}}、修改{{note.2}}", "修改文件{{note.2}}，废止{{note.1}}。"),
    ("培训{{note.1}}，来了{{note.2}}", "组织培训{{note.1}}，参加{{note.2}}。"),
]
TURNED = [
    ("网站发布{{note.1}}，公众号发布{{note.2}}", "网站发布{{note.2}}，公众号发布{{note.1}}。"),
    ("会议室{{note.1}}、档案室{{note.2}}", "建成会议室、档案室分别{{note.2}}、{{note.1}}。"),
    ("上半年抽查{{note.1}}，下半年抽查{{note.2}}", "上半年抽查{{note.2}}，下半年{{note.1}}。"),
    ("收到建议{{note.1}}采纳{{note.2}}", "收到建议{{note.2}}，采纳{{note.1}}。"),
    ("民政窗口办了{{note.1}}，社保窗口办了{{note.2}}", "民政、社保窗口分别办理{{note.2}}、{{note.1}}。"),
]


@pytest.mark.parametrize(("note", "sentence"), SOUND)
def test_figures_in_their_places_may_stand_in_any_order(note: str, sentence: str) -> None:
    assert not list(changed_places(sentence, [note]))


@pytest.mark.parametrize(("note", "sentence"), TURNED)
def test_figures_that_changed_places_are_found(note: str, sentence: str) -> None:
    assert set(changed_places(sentence, [note])) == {"note.1", "note.2"}


def test_what_is_told_around_a_figure_does_not_change_places_with_what_is_not() -> None:
    note = "{{note.1}}公开了决算，其余单位只公开预算。"
    assert not list(changed_places("{{note.1}}公开决算，其余单位仅公开预算。", [note]))
    assert list(changed_places("{{note.1}}公开了预算，其余单位仅公开决算。", [note])) == ["note.1"]
