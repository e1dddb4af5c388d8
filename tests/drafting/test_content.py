"""Sentences beside their notes: what is the same, and what is not. The set of the eval is held to its shares."""

from __future__ import annotations

import pytest

from assistant.drafting.content import differences
from evals.draft_sentences import faults_of, run

KINDS = ("negation", "plan", "actor", "name", "number", "award")


def test_the_eval_keeps_its_shares():
    scores, misses = run()
    assert {kind: scores[f"draft_sentences.bad.{kind}"] for kind in KINDS} == dict.fromkeys(KINDS, 1.0), misses
    assert scores["draft_sentences.bad"] >= 0.95, misses
    assert scores["draft_sentences.good"] >= 0.9, misses


@pytest.mark.parametrize(
    ("note", "sentence", "why"),
    [
        ("没有开展评估。", "开展评估。", "意思反了"),
        ("拟开通专线。", "开通专线。", "“计划”"),
        ("系统升级完成了一大半。", "系统升级完成。", "“只做了一部分”"),
        ("答复函逐件编号。", "回复函逐件编号。", "“回复函”在要点里没有"),
        ("医保局公布结果。", "财政局公布结果。", "“财政局”在要点里没有"),
        ("区政府办指导各镇编制目录。", "各镇指导区政府办编制目录。", "主客颠倒"),
        ("答复书由司法局审核，由办公室印发。", "答复书由办公室审核，由司法局印发。", "谁做的"),
        ("文件印发前核对。", "文件印发后核对。", "先后"),
        ("在“甲发布”开设专栏。", "在“乙发布”开设专栏。", "“乙发布”在要点里没有"),
        ("部分栏目更新慢。", "栏目更新慢。", "“部分”"),
        ("每月至少检查〓。", "每月至多检查〓。", "“以内”"),
    ],
)
def test_what_is_not_the_same_is_named(note, sentence, why):
    assert why in "；".join(differences(sentence, note))


@pytest.mark.parametrize(
    ("note", "sentence"),
    [
        ("答复函逐件回复。", "逐件回复答复函。"),
        ("信息公开目录没更新。", "信息公开目录没有更新。"),
        ("预备开设专窗。", "计划开设专窗。"),
        ("卫健委公布接种点。", "卫生健康委公布接种点。"),
        ("征集意见不得少于〓。", "征集意见不少于〓。"),
        ("司法局把关答复书。", "答复书由司法局把关。"),
        ("网站、公报、专栏同步更新。", "同步更新专栏、公报和网站。"),
    ],
)
def test_what_says_the_same_is_taken(note, sentence):
    assert list(differences(sentence, note)) == []


def test_notes_may_be_joined_but_not_cut():
    notes = ["开展“公开日”活动。", "邀请群众代表参观12345热线中心。"]
    assert faults_of(notes, "开展“公开日”活动，邀请群众代表参观12345热线中心。") == ()
    assert "没有写到" in "；".join(faults_of(notes, "开展“公开日”活动，邀请群众代表参观。"))
