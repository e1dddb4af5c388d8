"""Reading a regulation: its articles, as Markdown headings (“## 第三十三条 …”) or as running text (“第三十三条 …”)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.figures.numerals import CHINESE, parse
from assistant.library.documents import Draft
from assistant.library.passages import split_long
from assistant.readers.blocks import Document, TextBlock

__all__ = ["articles_of", "is_regulation", "regulation_title"]

_FEWEST_ARTICLES = 3
_TITLE = re.compile(r"(?:条例|办法|规定)")
_ARTICLE = re.compile(rf"^第({CHINESE}|\d+)条(?![件款])\s*(.*)$", re.DOTALL)
_CHAPTER = re.compile(rf"^第(?:{CHINESE}|\d+)[章节]\s*")
_NAME = re.compile(r"《([^》]+)》")


def regulation_title(document: Document) -> str:
    """The title of a regulation: 中华人民共和国政府信息公开条例（要点）; empty when the first lines hold none."""
    for block in _texts(document)[:3]:
        if len(block.text) <= 60 and _TITLE.search(block.text) and not _ARTICLE.match(block.text):
            named = _NAME.search(block.text)
            digest = "（要点）" if "要点" in block.text else ""
            return f"{named[1] if named else block.text}{digest if named else ''}"
    return ""


def is_regulation(document: Document) -> bool:
    """A title with 条例, 办法 or 规定, and lines that open with 第N条."""
    articles = sum(1 for block in _texts(document) if _ARTICLE.match(block.text))
    return articles >= _FEWEST_ARTICLES and bool(regulation_title(document))


def articles_of(document: Document) -> tuple[Draft, ...]:
    """One passage an article (a long one gives several); an appendix with its own heading is a passage without number."""
    title = regulation_title(document)
    return tuple(
        Draft(f"《{title}》 · {heading}", f"《{title}》{_place(heading)}", piece, number)
        for heading, number, text in _parts(_texts(document))
        for piece in split_long(text)
    )


def _place(heading: str) -> str:
    article = _ARTICLE.match(heading)
    return heading.split()[0] if article else heading


def _texts(document: Document) -> list[TextBlock]:
    return [block for block in document.blocks if isinstance(block, TextBlock)]


def _parts(blocks: list[TextBlock]) -> Iterator[tuple[str, int | None, str]]:
    """(heading, article number, text) of each part, in order; what stands before the first article is left out."""
    heading, number, lines = "", None, list[str]()
    for block in blocks:
        article = _ARTICLE.match(block.text)
        if article or block.level >= 2 or _CHAPTER.match(block.text):
            if heading and lines:
                yield heading, number, "\n".join(lines)
            heading, number, lines = _opened(block, article)
        elif heading:
            lines.append(block.text)
    if heading and lines:
        yield heading, number, "\n".join(lines)


def _opened(block: TextBlock, article: re.Match[str] | None) -> tuple[str, int | None, list[str]]:
    if not article:
        return ("" if _CHAPTER.match(block.text) else block.text), None, []
    numeral = parse(article[1])
    number = int(numeral.value) if numeral else None
    if block.level:
        return block.text, number, []
    return f"第{article[1]}条", number, [article[2]]  # running text: the article's words follow on its line
