"""Regulations: chapters and articles as headings (“## 第三十三条 …”) or running text, digests of them and of the form
of the report, and which texts may be cited.

Once a regulation itself is in the library, its digest and the questions that people ask find it, and are not cited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from assistant.lexicon import phrase
from assistant.library.documents import NewPassage, Passage
from assistant.library.injection import without_orders
from assistant.library.passages import in_pieces
from assistant.library.provisions import article_number, split_items
from assistant.library.store import Library
from assistant.patterns import regex
from assistant.readers.blocks import Document, TextBlock

__all__ = [
    "articles_of",
    "citable_regulations",
    "core_title",
    "is_digest",
    "is_regulation",
    "lists_questions",
    "regulation_title",
    "superseded_regulations",
    "with_official_articles",
]

_FEWEST_ARTICLES = 3
_LONGEST_ARTICLE = 900  # characters: an article with its items is one passage; e5 reads some 800, the rest it cuts
_TITLE_WITHIN = 40  # blocks: pages have their paths and dates before the title
_NAME = regex(r"《([^》]+)》")
_DIGEST, _QUESTIONS = "（要点）", "（问法）"
_STATE = "中华人民共和国"
_VERSION = regex(r"[（(][^（）()]*[）)]$")


def is_regulation(document: Document) -> bool:
    """A title with 条例, 办法 or 规定, and lines that open with 第N条, one after the other; or a digest of what has no
    numbered articles (the form of the report), part by part under headings."""
    texts, title = _texts(document), regulation_title(document)
    parts = sum(1 for _ in _articles(texts)) or (sum(block.level > 1 for block in texts) if is_digest(title) else 0)
    return parts >= _FEWEST_ARTICLES and bool(title)


def articles_of(document: Document) -> tuple[NewPassage, ...]:
    """One passage an article (a very long one gives several), or a question; an appendix with its own heading has no
    number."""
    title = regulation_title(document)
    return tuple(
        NewPassage(
            f"《{title}》 · {chapter}{heading}",
            f"《{title}》{heading.split()[0] if number else heading}",
            piece,
            number,
        )
        for chapter, heading, number, text in _parts(_texts(document))
        for piece in _pieces(without_orders(text), lists_questions(title))
    )


def regulation_title(document: Document) -> str:
    """The title of a regulation: 中华人民共和国政府信息公开条例（要点）; empty when nothing before its articles is
    one."""
    lines = list(_before_articles(document))
    whole = next((line for line in lines if phrase("cited", "title_of_law").match(line)), "")
    about = next((line for line in lines[:3] if len(line) <= 60 and phrase("cited", "law").search(line)), "")
    title = about if _NAME.search(about) else whole or about  # a digest names in《》what it tells of
    named = _NAME.search(title)
    about = next((aid for aid in (_DIGEST, _QUESTIONS) if named and aid[1:-1] in title), "")
    return f"{named[1] if named else title}{about}"


def is_digest(title: str) -> bool:
    """Whether a regulation tells another's articles in its own words."""
    return title.endswith(_DIGEST)


def lists_questions(title: str) -> bool:
    """Whether a document only tells how people ask for the articles of a regulation; it is never cited."""
    return title.endswith(_QUESTIONS)


def core_title(title: str) -> str:
    """What a regulation is called for short: 政府信息公开条例, for what tells of it and for every version of it."""
    return _VERSION.sub("", title.removesuffix(_DIGEST).removesuffix(_QUESTIONS)).removeprefix(_STATE)


def superseded_regulations(library: Library) -> dict[int, int]:
    """What only leads to a text that is cited: document → document of the official text, or of the digest where that is
    all.

    A list of questions without either leads to 0, which is no document.
    """
    titles = [(id, title) for id, _, _, title in library.catalog.titles("regulation")]
    digests = {core_title(title): id for id, title in titles if is_digest(title)}
    texts = {core_title(title): id for id, title in titles if not (is_digest(title) or lists_questions(title))}
    cited = digests | texts
    return {
        id: cited.get(core_title(title), 0)
        for id, title in titles
        if lists_questions(title) or (is_digest(title) and core_title(title) in texts)
    }


def citable_regulations(library: Library) -> dict[int, str]:
    """The regulations that may be cited: document → title."""
    hidden = superseded_regulations(library)
    return {id: title for id, _, _, title in library.catalog.titles("regulation") if id not in hidden}


def with_official_articles(
    passages: Sequence[Passage], hidden: Mapping[int, int], library: Library
) -> tuple[list[Passage], dict[int, list[Passage]]]:
    """Passages with the articles of what only leads to them replaced by those that are cited, each once, in the same
    order.

    The second value is what led to a passage, by its id: the digest's and people's everyday words. Parts of a digest
    that are no article of the regulation (an appendix) stay.
    """
    leading: dict[int, list[Passage]] = {}
    kept: dict[int, Passage] = {}
    for passage in passages:
        text = hidden.get(passage.document)
        if text is None or passage.article is None:
            kept.setdefault(passage.id, passage)
            continue
        for article in library.catalog.article(passage.article, text):
            leading.setdefault(article.id, []).append(passage)
            kept.setdefault(article.id, article)
    return list(kept.values()), leading


def _pieces(text: str, questions: bool) -> list[str]:
    return text.splitlines() if questions else list(in_pieces(split_items(text), _LONGEST_ARTICLE))


def _texts(document: Document) -> list[TextBlock]:
    return [block for block in document.blocks if isinstance(block, TextBlock)]


def _before_articles(document: Document) -> Iterator[str]:
    for block in _texts(document)[:_TITLE_WITHIN]:
        if phrase("cited", "article_line").match(block.text):
            return
        yield " ".join(block.text.split())


def _articles(blocks: list[TextBlock]) -> Iterator[tuple[int, int, re.Match[str]]]:
    """(place of the block, article number, match) of the blocks that open an article.

    A paragraph may begin with a reference (第二十七条规定的机关…): an article is the next one, or stands apart from its
    words (第四十条　行政机关…) and further on.
    """
    last = 0
    for place, block in enumerate(blocks):
        found = phrase("cited", "article_line").match(block.text)
        number = article_number(found[1]) if found else None
        if found and number and (number == last + 1 or (number > last and (found[2] or not found[3]))):
            last = number
            yield place, number, found


def _parts(blocks: list[TextBlock]) -> Iterator[tuple[str, str, int | None, str]]:
    """(chapter, heading, article number, text) of each part; what stands before the first article is left out."""
    articles = {place: (number, found) for place, number, found in _articles(blocks)}
    chapter, heading, number, lines = "", "", None, list[str]()
    for place, block in enumerate(blocks):
        opens = phrase("cited", "chapter_line").match(block.text)
        if place in articles or opens or block.level >= 2:
            if heading and lines:
                yield chapter, heading, number, "\n".join(lines)
            heading, number, lines = _opened(block, articles.get(place), bool(opens))
            chapter = f"{' '.join(block.text.split())} · " if opens else chapter if number else ""
        elif heading:
            lines.append(block.text)
    if heading and lines:
        yield chapter, heading, number, "\n".join(lines)


def _opened(
    block: TextBlock, article: tuple[int, re.Match[str]] | None, chapter: bool
) -> tuple[str, int | None, list[str]]:
    """The heading, number and first words of a part; a chapter has none of its own."""
    if article is None:
        return "" if chapter else block.text, None, []
    number, found = article
    if block.level:
        return block.text, number, []
    return f"第{found[1]}条", number, [found[3]] if found[3] else []  # running text: the words follow on its line
