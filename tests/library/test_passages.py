"""Cutting: paragraph-sized passages that know where they stand; one passage an article."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_report import report

from assistant.library.passages import LONGEST, passages_of, sentences, split_long
from assistant.library.regulation import articles_of, is_regulation, regulation_title
from assistant.readers import read, read_document, report_from_text
from assistant.readers.text import parse_text

LAW = """# 某某办法

## 第一章 总则

第一条 为了便民，制定本办法。

第二条 办理期限为3日。

特别复杂的，可以延长。

## 第二章 附则

第十二条 本办法自公布之日起施行。
"""


def test_a_passage_knows_unit_year_section_and_paragraph() -> None:
    first = passages_of(report_from_text(report()))[0]
    assert first.heading == "某市甲区 · 2024年 · 一、总体情况"
    assert first.place == "一、总体情况 · 第1段"
    assert "培训3期" in first.text


def test_no_word_of_a_report_is_lost_and_no_passage_is_too_long(corpus: Path) -> None:
    for file in sorted((corpus / "reports").glob("*.md")):
        whole = read(file)
        cut = "".join(passage.text for passage in passages_of(whole)).replace("\n", "")
        prose = [p for section in whole.sections for p in section.paragraphs if not p.heading]
        assert all(paragraph.text.replace("\n", "") in cut for paragraph in (*whole.preamble, *prose))
        assert max(len(passage.text) for passage in passages_of(whole)) <= LONGEST


@given(st.text(alphabet="甲乙，。；！\n", max_size=1500))
def test_splitting_loses_nothing_but_line_breaks(text: str) -> None:
    pieces = split_long(text)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(len(piece) <= LONGEST for piece in pieces)


def test_a_semicolon_ends_a_sentence_and_a_closing_quote_stays_with_its_own() -> None:
    assert sentences("一是甲；二是“乙。”三是丙") == ["一是甲；", "二是“乙。”", "三是丙"]


def test_running_text_gives_articles_too() -> None:
    document = parse_text(LAW)
    assert is_regulation(document) and regulation_title(document) == "某某办法"
    cut = articles_of(document)
    assert [passage.article for passage in cut] == [1, 2, 12]
    assert cut[1].text == "办理期限为3日。\n特别复杂的，可以延长。"
    assert cut[1].place == "《某某办法》第二条"


def test_the_shipped_regulation_has_its_56_articles_and_the_appendix(corpus: Path) -> None:
    (file,) = (corpus / "regulation").glob("政府信息公开条例_要点.md")
    cut = articles_of(read_document(file))
    assert sorted({passage.article for passage in cut if passage.article}) == list(range(1, 57))
    assert any(passage.article is None and "信息处理费" in passage.heading for passage in cut)


@pytest.mark.parametrize("text", ["# 条例解读\n\n第一条经验是认真。", report(), "随便一段话。"])
def test_what_is_no_regulation_is_not_taken_for_one(text: str) -> None:
    assert not is_regulation(parse_text(text))
