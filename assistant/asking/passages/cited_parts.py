"""Paragraphs and items that a written sentence names (第三十三条第二款): they must stand in the article that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.asking.result import unsupported
from assistant.figures.numerals import CHINESE, write
from assistant.library.provisions import Provision, Reference, article_number, provisions, references

__all__ = ["parts_not_in"]

_NUMBER = rf"[（(]?({CHINESE}|\d{{1,2}})[）)]?"
_ARTICLE = re.compile(rf"第\s*({CHINESE}|\d{{1,3}})\s*条")
_ANY = re.compile(rf"第\s*(?:{CHINESE}|\d{{1,3}})\s*条|第\s*{_NUMBER}\s*[款项]")
# 该条第二款: of the article that the sentence rests on.
_OWN = r"(?<![一二三四五六七八九十百\d]条)"
_BARE = re.compile(rf"{_OWN}第\s*{_NUMBER}\s*款(?:\s*第?\s*{_NUMBER}\s*项)?|{_OWN}(?<!款)第\s*{_NUMBER}\s*项")
_DIGEST = "（要点）"


def parts_not_in(sentence: str, sources: Sequence[str]) -> Iterator[str]:
    """The paragraphs and items that ``sentence`` names and no source has, as written.

    A source is a heading line and a text; it has a part when it is that very article and the article has the part, or when
    its words name it. A digest has items and no paragraphs. Where one part only is named, the figures of the sentence must
    stand in it: 第二款 is no place for what the third paragraph says.
    """
    named = list(_named(sentence))
    for written, reference in named:
        if not any(_has(source, reference, sentence if len(named) == 1 else "") for source in sources):
            yield written


def _named(sentence: str) -> Iterator[tuple[str, Reference]]:
    """(as written, the part) of every part named; article 0 is the one that is cited."""
    for reference in references(sentence):
        if reference.paragraph or reference.item:
            yield _written(reference), reference
    for found in _BARE.finditer(sentence):
        paragraph, item, alone = (article_number(number) if number else None for number in found.groups())
        yield found[0], Reference(0, paragraph, item or alone)


def _written(reference: Reference) -> str:
    paragraph = f"第{write(reference.paragraph)}款" if reference.paragraph else ""
    return f"第{write(reference.article)}条{paragraph}{f'第（{write(reference.item)}）项' if reference.item else ''}"


def _has(source: str, wanted: Reference, sentence: str) -> bool:
    heading, _, text = source.partition("\n")
    if wanted in references(text):
        return True
    article = _ARTICLE.search(heading)
    number = article_number(article[1]) if article else None
    if number is None or wanted.article not in (0, number):
        return False
    digest = _DIGEST in heading
    if digest and wanted.paragraph:
        return False
    fitting = [part for part in provisions(text, digest=digest) if _is(part, wanted)]
    return any(not _elsewhere(sentence, part) for part in fitting)


def _is(part: Provision, wanted: Reference) -> bool:
    return part.item == wanted.item and wanted.paragraph in (None, part.paragraph)


def _elsewhere(sentence: str, part: Provision) -> bool:
    """Whether the sentence has a figure that this part has not; the numbers of articles and parts are none."""
    return any(unsupported(_ANY.sub("", sentence), [part.text]))
