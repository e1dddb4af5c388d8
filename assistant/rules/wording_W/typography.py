"""W110: punctuation and numbering of more than one style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.figures.dossier import Dossier
from assistant.language.prose import Prose
from assistant.lexicon import phrase
from assistant.patterns import regex
from assistant.rules.base import Hit, mark_in, rule
from assistant.rules.wording_W.word_lists import everywhere

BASIS = "《标点符号用法》（GB/T 15834—2011），公文格式的通行要求"


class _Style(NamedTuple):
    """A mark of punctuation that is written in two ways."""

    name: str
    full: str
    half: re.Pattern[str]


# A half-width mark counts where Chinese stands beside it: 3,521, 10:30 and English names are no slips. The mark stands
# first in its pattern: a text is searched for it at once.
_STYLES = (
    _Style("逗号", "，", regex(r",(?<=\p{Han},|[”》）)%],)|,(?=\p{Han}|[“《（])")),
    _Style("分号", "；", regex(r";(?<=\p{Han};|[\d”》）)%];)")),
    _Style("冒号", "：", regex(r":(?<=\p{Han}:|[”》）)]:)")),
    _Style("括号", "（", regex(r"\((?=[^()]*\p{Han})")),
    _Style("问号", "？", regex(r"\?(?<=\p{Han}\?)")),
)
_WIDE_DIGIT, _DIGIT = regex(r"[０-９]+"), regex(r"[0-9]+")
_ORDINAL = regex(r"^\s*(\d{1,2})\s*([.．、])(?!\d)")


@rule("W110", "半全角、序号样式混用", severity="info", basis=BASIS)
def one_style_of_punctuation(dossier: Dossier) -> Iterator[Hit]:
    """同一种标点有的用全角、有的用半角，数字有的用全角、有的用半角，同级序号有的用“1.”、有的用“1、”，“（一）”后面又加标点。
    全文统一用一种的不报；英文、小数、网址、时间中的半角标点不算。

    依据：《标点符号用法》；公文格式。
    违例：多数地方用“，”，三处用“,”；前面用“1.”，后面用“1、”。
    正例：全文用“，”和“1.”。
    """
    paragraphs = list(everywhere(dossier.report))
    whole = "\n".join(paragraph.text for paragraph in paragraphs)
    for style in _STYLES:
        full = whole.count(style.full)
        if full and style.half.search(whole):
            half = [(paragraph, found) for paragraph in paragraphs for found in style.half.finditer(paragraph.text)]
            yield _mixed(
                half, f"{style.name}有{full}处用全角、{len(half)}处用半角", f"统一用“{style.full}”", style.name
            )
    if _WIDE_DIGIT.search(whole) and re.search(r"[0-9]", whole):
        wide = [(paragraph, found) for paragraph in paragraphs for found in _WIDE_DIGIT.finditer(paragraph.text)]
        yield _mixed(wide, f"数字有{len(wide)}处用全角，其余用半角", "统一用半角数字", "数字")
    yield from _numbering(paragraphs)


def _numbering(paragraphs: list[Prose]) -> Iterator[Hit]:
    heads = [(paragraph, found) for paragraph in paragraphs if (found := _ORDINAL.match(paragraph.text))]
    dots, commas = ([each for each in heads if (each[1][2] == "、") == kind] for kind in (False, True))
    if dots and commas:
        fewer = commas if len(commas) <= len(dots) else dots
        yield _mixed(fewer, f"序号有{len(dots)}处用“1.”、{len(commas)}处用“1、”", "统一用“1.”", "序号")
    bracketed = [
        (paragraph, found)
        for paragraph in paragraphs
        if (found := phrase("numbering", "subheading_marked").match(paragraph.text))
    ]
    if bracketed:
        yield _mixed(bracketed, f"带括号的序号后面不加标点，有{len(bracketed)}处加了", "“（一）”后不加标点", "括号序号")


def _mixed(places: list[tuple[Prose, re.Match[str]]], message: str, expected: str, what: str) -> Hit:
    paragraph, first = places[0]
    quote, marks = paragraph.sentence_at(first.start()), tuple(mark_in(each, *found.span()) for each, found in places)
    return Hit(paragraph.where, message, expected, f"{len(places)}处", quote, anchor=what, marks=marks)
