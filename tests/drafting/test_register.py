"""Notes as they are jotted down: what becomes a sentence by its pattern, and what a person is asked to write."""

from __future__ import annotations

import pytest

from assistant.drafting import draft
from assistant.drafting.register import written_out


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        ("渠道：网站、公众号、公报", "通过网站、公众号、公报等渠道公开政府信息。"),
        ("公开渠道: 网站，公报等", "通过网站、公报等渠道公开政府信息。"),
        ("重点领域：财政资金、重大项目", "公开财政资金、重大项目等重点领域信息。"),
        ("解读形式：图解+短视频", "采用图解、短视频等形式开展政策解读。"),
        ("采用图解+短视频解读政策。", "采用图解、短视频解读政策。"),
        ("开展“1+X”新闻发布。", "开展“1+X”新闻发布。"),
        ("说白了，栏目更新不及时。", "栏目更新不及时。"),
        ("培训：两次，都去了", "培训：两次，都去了"),
        ("公报送进社区，免费取阅。", "公报送进社区，免费取阅。"),
        ("发布会现场提问：企业代表最多。", "发布会现场提问：企业代表最多。"),
    ],
)
def test_what_has_a_pattern_is_written_out(note, sentence):
    assert written_out(note) == sentence


@pytest.mark.parametrize(
    ("note", "why"),
    [
        ("培训：两次，都去了", "是标签加内容"),
        ("咱们把栏目都清理了。", "有口语“咱们”"),
        ("加强组织领导，提高认识，健全机制。", "没有说做了什么"),
        ("政务公开专区十一个", "没有动词"),
    ],
)
def test_what_has_none_is_printed_with_a_hint(office, note, why):
    finished = draft(office(points={"公开平台建设": (note,)}))
    assert [told for told in finished.notes if told.startswith("工作要点!B2：") and why in told]
    assert note.rstrip("。") in "".join(finished.part("公开平台建设").paragraphs)


@pytest.mark.parametrize(
    "note",
    [
        "建议都逐条回复了。",
        "答复范本经法律顾问看过。",
        "宣讲是联合人武部去的。",
        "公众号三级审核。",
        "社区事项清单46项。",
    ],
)
def test_how_people_talk_and_what_says_too_little_is_hinted_at(office, note):
    (told,) = [told for told in draft(office(points={"公开平台建设": (note,)})).notes if "工作要点" in told]
    assert "请改成完整的书面语" in told


@pytest.mark.parametrize(
    "note",
    [
        "公报送进社区，免费取阅。",
        "健全答复书审核机制，由司法局把关。",
        "“1+X”发布会走进社区。",
        "连续两次未更新的，由办公室约谈。",
        "方案经常务会议审议通过。",
    ],
)
def test_a_sentence_needs_no_hint(office, note):
    assert not [told for told in draft(office(points={"公开平台建设": (note,)})).notes if "工作要点" in told]


def test_a_part_that_says_little_is_told(office):
    told = draft(office(points={"政府信息管理": ("审签单归档。",)})).notes
    assert [each for each in told if "“一（三）政府信息管理”只有6字" in each]


def test_a_part_half_as_long_as_last_year_is_told(office, qingyuan_2024):
    points = {"公开平台建设": ("网站首页改版，栏目按服务对象重新排列。",)}
    told = draft(office(points=points, unit=qingyuan_2024.unit), previous=qingyuan_2024, force=True).notes
    assert [each for each in told if "“一（四）公开平台建设”只有" in each and "上年有" in each]
