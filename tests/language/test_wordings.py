"""Whether two texts say the same in other words."""

import pytest

from assistant.language.roles import roles_changed
from assistant.language.wordings import covers, spelled_out, told_by, told_of, unpaired, words_of
from assistant.lexicon.data import load


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("召开", "年初开了培训会"),  # one character, at the edge of what is no word of its own
        ("整改", "发现的问题都改了"),
        ("应急管理局", "应急局发了通告"),  # an office's short name, either way
        ("应急局", "应急管理局发了通告"),
        ("卫健委", "卫生健康委员会牵头"),
        ("街道办事处", "街道办设了查阅点"),
        ("无法打开", "链接打不开"),
    ],
)
def test_a_text_says_a_word_in_other_words(word: str, text: str) -> None:
    assert covers(words_of(spelled_out(text)), spelled_out(word), strict=True)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("公告", "公报进了图书馆"),
        ("财政局", "医保局公布目录"),
        ("印发", "办法已经起草"),
        ("关闭", "开通账号"),
        ("年初", "年底清理"),
    ],
)
def test_another_thing_is_not_said(word: str, text: str) -> None:
    assert not covers(words_of(text), word)


def test_a_sentence_may_say_less_than_its_note_of_a_thing_and_not_more() -> None:
    """贴 is one way of 公示, and 公示 may be another."""
    assert covers(words_of("名单贴在村口"), "公示", others=told_of)
    assert covers(words_of("名单在村口公示"), "张榜", others=told_by)
    assert not covers(words_of("名单公示"), "打电话", others=told_of)


def test_a_word_is_not_said_by_the_half_that_another_half_turns() -> None:
    assert not covers(words_of("老号还用"), "停用")
    assert covers(words_of("老号停了"), "停用", others=told_of)


def left(said: str, meant: str) -> tuple[list[str], list[str]]:
    one, other = words_of(said), words_of(meant)
    added = [word for word in one.telling if not covers(other, word)]
    lost = [word for word in other.telling if not covers(one, word)]
    return unpaired(one, added, other, lost)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("台账誊抄", "台账誊写"), ("收取采暖费", "收取采暖钱"), ("走进社区", "进社区")],
)
def test_a_doing_may_have_another_word(said: str, meant: str) -> None:
    added, _ = left(said, meant)
    assert "誊抄" not in added and "走进" not in added


@pytest.mark.parametrize(
    ("said", "meant", "word"),
    [
        ("账号下线", "账号上线", "下线"),
        ("规程印发", "规程起草", "印发"),
        ("印制公告", "印制公报", "公告"),
        ("办结申请", "办理申请", "办结"),
    ],
)
def test_what_turns_a_matter_round_is_no_other_word_for_it(said: str, meant: str, word: str) -> None:
    added, _ = left(said, meant)
    assert word in added


APART = (
    "增加 减少",
    "开通 关闭",
    "起草 印发",
    "启动 完成",
    "受理 办结",
    "居民 企业",
    "指南 目录",
    "公报 公告",
    "复议 诉讼",
    "培训 会议",
)


@pytest.mark.parametrize("pair", APART)
def test_no_group_holds_opposites_stages_or_different_things(pair: str) -> None:
    assert not [entry["words"] for entry in load("wordings")["same"] if set(pair.split()) <= set(entry["words"])]


def test_an_organ_that_does_one_thing_first_does_no_other_behind_it() -> None:
    meant = words_of("气象局把预警报给应急局，由应急局统一发布。")
    assert not list(roles_changed(words_of("气象局将预警报送应急局，由应急局统一发布。"), meant))
    assert list(roles_changed(words_of("气象局将预警报送应急局，由气象局统一发布。"), meant))
