"""The regulation itself, as docx, text and page: its articles found, and cited before the digest that ships."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document as Word

from assistant.asking import answer
from assistant.library import Library
from assistant.library.ingest import ingest
from assistant.library.regulation import (
    articles_of,
    citable_regulations,
    core_title,
    is_regulation,
    regulation_title,
    superseded_regulations,
)
from assistant.library.search import FusedSearch
from assistant.readers import read_document
from assistant.resources import folder

LINES = (
    "第一章 总则",
    "第一条　为了便民，制定本条例。",
    "第二条　收到来件，能当场办的当场办。",
    "不能当场办的，三日内办结；需要延长的，最长不超过五日。",
    "第一条规定的来件，包括口头提出的。",
    "第二章 办理",
    "第三条　下列来件应当登记：",
    "（一）信函；",
    "（二）口头提出的。",
    "第四条　本条例自公布之日起施行。",
)
TITLE = "中华人民共和国政府信息公开条例"


def _text(to: Path) -> Path:
    to.write_text("\n\n".join((f"# {TITLE}", "2030年1月1日公布", *LINES)), encoding="utf-8")
    return to


def _page(to: Path) -> Path:
    body = "".join(f"<p>{line}</p>" for line in LINES)
    to.write_text(
        f"<html><head><meta charset='utf-8'><title>{TITLE}</title></head><body><div class='path'>首页 &gt; 法规</div>"
        f"<div class='article'><h1>{TITLE}</h1><p>2030年1月1日公布</p>{body}</div></body></html>",
        encoding="utf-8",
    )
    return to


def _word(to: Path) -> Path:
    word = Word()
    for line in (TITLE, "2030年1月1日公布", *LINES):
        word.add_paragraph(line)
    word.save(str(to))
    return to


@pytest.mark.parametrize(("write", "name"), [(_text, "条例.txt"), (_page, "条例.html"), (_word, "条例.docx")])
def test_articles_are_found_in_every_format(tmp_path: Path, write: object, name: str) -> None:
    document = read_document(write(tmp_path / name))  # type: ignore[operator]
    assert is_regulation(document) and regulation_title(document) == TITLE
    cut = articles_of(document)
    assert [passage.article for passage in cut] == [1, 2, 3, 4]
    assert cut[1].text.splitlines()[1:] == list(LINES[3:5]), "a paragraph that begins with 第一条 is no article"
    assert cut[2].heading == f"《{TITLE}》 · 第二章 办理 · 第三条" and cut[2].place == f"《{TITLE}》第三条"


@pytest.fixture
def both(library: Library, tmp_path: Path) -> Library:
    ingest([folder("corpus") / "regulation", _text(tmp_path / "条例.txt")], library, vectors=False)
    return library


def test_the_official_text_steps_before_the_digest(both: Library) -> None:
    digest, questions = _aids(both)
    (text,) = _of_the_regulation(both)
    assert superseded_regulations(both) == {digest: text, questions: text}
    found = FusedSearch(both, None, "")("信息公开工作机构负责哪些事", 5)
    assert found and all(passage.document == text for passage in found if passage.article)
    both.remove(text)
    assert _of_the_regulation(both) == [digest], "taken out again, the digest is cited again"
    assert superseded_regulations(both) == {questions: digest}


def _of_the_regulation(library: Library) -> list[int]:
    """What may be cited of the regulation; the form of the report has a digest of its own."""
    return [id for id, title in citable_regulations(library).items() if "条例" in title]


def _aids(library: Library) -> list[int]:
    """The digest and the list of questions that ship."""
    titles = [(title, id) for id, _, _, title in library.catalog.titles("regulation") if "条例" in title]
    return [id for aid in ("（要点）", "（问法）") for title, id in titles if title.endswith(aid)]


# Asked in words that neither the article nor its digest has.
@pytest.mark.parametrize(("asked", "article"), [("超期了没有答复算不算违法", 33), ("能要求给光盘吗", 40)])
def test_how_people_ask_leads_to_the_article_and_is_never_cited(library: Library, asked: str, article: int) -> None:
    ingest([folder("corpus") / "regulation"], library, vectors=False)
    digest, questions = _aids(library)
    found = FusedSearch(library, None, "")(asked, 5)
    assert (found[0].document, found[0].article) == (digest, article)
    assert all(passage.document != questions for passage in found)
    library.remove(digest)
    assert not any(one.article for one in FusedSearch(library, None, "")(asked, 5)) and not _of_the_regulation(library)
    assert "问法" not in answer(asked, library).answer, "what cannot be cited is nothing that the library holds"


def test_every_article_has_questions_and_each_is_a_passage_of_its_own(library: Library) -> None:
    ingest([folder("corpus") / "regulation"], library, vectors=False)
    _, questions = _aids(library)
    held = library.catalog.passages_of(questions)
    assert {passage.article for passage in held} == set(range(1, 57))
    assert len({passage.text for passage in held}) == len(held) and all("\n" not in one.text for one in held)


@pytest.mark.parametrize(
    ("asked", "where", "says"),
    [
        ("第二条第二款是什么", f"《{TITLE}》第二条第二款", "三日内办结"),
        ("第三条第二项", f"《{TITLE}》第三条第（二）项", "（二）口头提出的。"),
        ("3条第1项", f"《{TITLE}》第三条第（一）项", "（一）信函；"),
        ("第四条", f"《{TITLE}》第四条", "公布之日"),
    ],
)
def test_an_official_provision_is_quoted_by_number(both: Library, asked: str, where: str, says: str) -> None:
    given = answer(asked, both)
    assert [citation.where for citation in given.citations] == [where]
    assert says in given.answer and where in given.answer and not given.abstained


@pytest.mark.parametrize(
    ("asked", "told"),
    [("第二条第九款", "共三款，没有第九款"), ("第三条第七项", "共二项，没有第七项"), ("第九十条", "没有第90条")],
)
def test_what_an_article_does_not_have_is_said(both: Library, asked: str, told: str) -> None:
    given = answer(asked, both)
    assert given.abstained and told in given.answer


def test_a_digest_answers_with_the_whole_article_and_says_why(library: Library) -> None:
    ingest([folder("corpus") / "regulation"], library, vectors=False)
    given = answer("第三十三条第二款是什么", library)
    assert "20个工作日" in given.answer and "不分款" in given.answer
    assert answer("第二十条第五项是什么", library).citations[0].where.endswith("第二十条第（五）项")


def test_a_matter_is_cited_to_its_paragraph(both: Library) -> None:
    citation, whole = answer("不能当场办的最长几日办结", both).citations
    assert citation.where == f"《{TITLE}》第二条第二款"
    assert whole.where == f"《{TITLE}》第二条全文" and citation.quote in whole.quote


def test_the_regulation_beside_the_checkout(library: Library) -> None:
    file = Path(__file__).resolve().parents[3] / "shared" / "regulation" / "政府信息公开条例_2019.txt"
    if not file.is_file():
        pytest.skip("the official text (../shared/regulation) is not beside this checkout")
    ingest([folder("corpus") / "regulation", file], library, vectors=False)
    assert [len(library.catalog.article(number, *_of_the_regulation(library))) for number in range(1, 57)] == [1] * 56
    for asked, where in (
        ("33条第2款", "第三十三条第二款"),
        ("第二十条第五项是什么", "第二十条第（五）项"),
        ("第50条第一款第四项", "第五十条第一款第（四）项"),
    ):
        (citation,) = answer(asked, library).citations
        assert citation.where == f"《{TITLE}》{where}"
    assert answer("部门年报什么时候交", library).citations[0].where.endswith("第四十九条第一款")


@pytest.mark.parametrize("title", [TITLE, f"{TITLE}（要点）", "政府信息公开条例（2019年修订）"])
def test_versions_of_one_regulation_have_one_name(title: str) -> None:
    assert core_title(title) == "政府信息公开条例"
