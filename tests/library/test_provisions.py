"""条, 款, 项: taken apart as lawyers cite them, named as people ask for them."""

from __future__ import annotations

import pytest

from assistant.library.provisions import Reference, provision_at, provisions, references

ARTICLE = "先说原则。\n下列各项照办：\n（一）甲事；\n（二）乙事。\n另有规定的，从其规定。"


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("第二十条第五项是什么", [Reference(20, None, 5)]),
        ("33条第2款", [Reference(33, 2)]),
        ("《条例》33条怎么规定", [Reference(33)]),
        ("33条是什么", [Reference(33)]),
        ("第三十三条和第34条有什么区别", [Reference(33), Reference(34)]),
        ("第29条第二款第(三)项", [Reference(29, 2, 3)]),
        ("第 二十九 条 第 二 款", [Reference(29, 2)]),
        ("新收33条留言", []),
        ("公开了20条信息", []),
        ("2024年发布1950条", []),
    ],
)
def test_what_a_question_names(asked: str, meant: list[Reference]) -> None:
    assert list(references(asked)) == meant


def test_an_item_belongs_to_the_paragraph_before_it() -> None:
    found = [(part.paragraph, part.item, part.cited) for part in provisions(ARTICLE)]
    assert found == [
        (1, None, "第一款"), (2, None, "第二款"), (2, 1, "第二款第（一）项"), (2, 2, "第二款第（二）项"), (3, None, "第三款"),
    ]  # fmt: skip


def test_an_article_of_one_paragraph_is_cited_without_it() -> None:
    assert [part.cited for part in provisions("应当做到：（一）甲；（二）乙。")] == ["", "第（一）项", "第（二）项"]


def test_a_digest_has_items_and_no_paragraphs() -> None:
    parts = provisions("共有两项。\n第（一）项：甲。\n第（二）项：乙。", digest=True)
    assert [(part.cited, part.text) for part in parts] == [
        ("第（一）项", "第（一）项：甲。"),
        ("第（二）项", "第（二）项：乙。"),
    ]


@pytest.mark.parametrize(
    ("quote", "cited"),
    [
        ("（二）乙事。", "第二款第（二）项"),
        ("先说原则。", "第一款"),
        ("（一）甲事；（二）乙事。", "第二款"),
        ("先说原则。下列各项照办：", ""),
    ],
)
def test_where_a_quotation_stands(quote: str, cited: str) -> None:
    assert provision_at(ARTICLE, quote) == cited
