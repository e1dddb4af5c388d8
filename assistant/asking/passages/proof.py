"""What a model's sentence must show: every figure, year, date, count and provision in it stands in what it cites, and
one span there says what it says.

A figure is a slot, ``{{a1f0.2}}``, the second number of the passage ``a1f0``, which the program fills; one that the
model types is bound to a number of the passage or refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from assistant.asking.passages.assertions import Source, unfounded
from assistant.asking.passages.numbers import names_in, unbound
from assistant.asking.result import unsupported_figures
from assistant.figures.mentions import mentions_in
from assistant.language.numerals import CHINESE, write
from assistant.library.provisions import Provision, Reference, article_number, provisions, references
from assistant.patterns import regex

__all__ = ["SearchAgain", "Source", "WrittenAnswer", "WrittenSentence", "WrittenStep"]

_NUMBER = rf"[（(]?({CHINESE}|\d{{1,2}})[）)]?"
_ARTICLE = regex(rf"第\s*({CHINESE}|\d{{1,3}})\s*条")
_ANY = regex(rf"第\s*(?:{CHINESE}|\d{{1,3}})\s*条|第\s*{_NUMBER}\s*[款项]")
# 该条第二款: of the article that the sentence rests on.
_OWN = r"(?<![一二三四五六七八九十百\d]条)"
_BARE = regex(rf"{_OWN}第\s*{_NUMBER}\s*款(?:\s*第?\s*{_NUMBER}\s*项)?|{_OWN}(?<!款)第\s*{_NUMBER}\s*项")
_DIGEST = "（要点）"
_SLOT = regex(r"\{\{\s*(\w+)\.(\d+)\s*\}\}")
_NOT_SAYING = regex(r"《[^》]*》|\W")  # of a heading: the document's name, which a model leaves out or shortens
# 根据《条例》第三十三条第二款（的规定）: proven by itself, and no part of what is said.
_BASIS = regex(
    rf"(?:根据|按照?|依照?|依据)?(?:《[^》]*》|(?:政府信息公开)?条例)?(?:第\s*(?:{CHINESE}|\d{{1,3}})\s*条(?:第\s*{_NUMBER}\s*款)?(?:第?\s*{_NUMBER}\s*项)?|《[^》]*》)"
    r"(?:的?(?:规定|要求))?[，,：:]?|该条(?:第.{1,3}款)?(?:规定|要求)?[，,：:]?"
)


class WrittenSentence(BaseModel):
    """One sentence and the ids of the passages it rests on."""

    text: str = Field(description="一句话，不写资料编号")
    sources: list[str] = Field(description="这句话依据的资料编号")


class SearchAgain(BaseModel):
    """换几个词再查一次资料。"""

    model_config = ConfigDict(title="search")  # as a tool is called

    words: str = Field(description="要查的词，用资料里可能的说法", max_length=60)
    unit: str = Field(default="", description="只查这个单位的报告；不限时为空")
    year: int = Field(default=0, description="只查这一年的报告；不限时为0")
    section: Literal["", "一", "二", "三", "四", "五", "六"] = Field(
        default="", description="只查报告的第几部分；不限时为空"
    )
    regulation: bool = Field(default=False, description="只查法规")


class WrittenAnswer(BaseModel):
    """What a model is asked for. Validated with ``context={"passages": {id: Source}, "question": …, "units": …}``; its
    sentences are then filled."""

    answerable: bool = Field(description="资料能否回答问题")
    sentences: list[WrittenSentence] = Field(description="回答，一至四句；资料不能回答时为空")

    @property
    def wanted(self) -> SearchAgain | None:
        """What is to be searched for before it is answered."""
        return None

    @model_validator(mode="after")
    def _rests_on_sources(self, info: ValidationInfo) -> WrittenAnswer:
        if self.wanted:
            return self
        context = info.context or {}
        passages: dict[str, Source] = context.get("passages", {})
        faults = []
        if self.answerable and not any(sentence.text.strip() for sentence in self.sentences):
            faults.append("answerable 为 true 时要有回答")
        for number, sentence in enumerate(self.sentences, start=1):
            sentence.text, unfilled = _filled(sentence.text, passages)
            sentence.sources = [_passage_named(source, passages) for source in sentence.sources]
            found = [*unfilled, *_faults(sentence, passages, context.get("question", ""), context.get("units", ()))]
            faults += [f"第{number}句{fault}" for fault in dict.fromkeys(found)]
        if faults:
            raise ValueError("；".join(faults))
        return self


class WrittenStep(WrittenAnswer):
    """An answer, or a wish to search again first."""

    model_config = ConfigDict(title="WrittenAnswer")

    search: SearchAgain | None = Field(default=None, description="资料不够、换词再查时填写；不再查时为空")
    answerable: bool = Field(default=False, description="资料能否回答问题")
    sentences: list[WrittenSentence] = Field(default=[], description="回答，一至四句；资料不能回答时为空")

    @property
    def wanted(self) -> SearchAgain | None:
        return self.search if self.search and self.search.words.strip() else None


def _faults(
    sentence: WrittenSentence, passages: Mapping[str, Source], question: str, units: Sequence[str]
) -> Iterator[str]:
    text = sentence.text
    unknown = [source for source in sentence.sources if source not in passages]
    if unknown:
        yield f"引用了没有给出的资料：{'、'.join(unknown)}；只能引用{'、'.join(passages)}"
    if not sentence.sources:
        yield "没有引用资料"
    shown = [name for name in passages if name in text]
    if shown:
        yield f"写出了资料编号{'、'.join(shown)}；编号只写在 sources 中"
    cited = [passages[source] for source in sentence.sources if source in passages]
    whole = [source.whole for source in cited]
    if _says_nothing(text, whole, question):
        yield "没有内容，只是标题、题目或开头；请直接写出回答"
        return
    articles = (one for one in unsupported_figures(text, whole) if one.startswith("第"))
    yield from (f"的“{what}”在所引资料中没有" for what in (*articles, *_missing_provisions(text, whole)))
    meant = _of_the_articles_named(text, cited)
    said = _BASIS.sub("", text)
    yield from (f"的{what}" for what in unbound(said, meant, units))
    if cited:
        yield from (f"的{what}" for what in unfounded(said, meant, [name for _, name in names_in(said, units)]))


def _passage_named(source: str, passages: Mapping[str, Source]) -> str:
    """The passage that a source names; small models cite the slot of its number instead (a1f0.1)."""
    stem, _, number = source.strip("{} ").partition(".")
    return stem if stem in passages and number.isdecimal() else source


def _filled(text: str, passages: Mapping[str, Source]) -> tuple[str, list[str]]:
    """A sentence with its slots filled, and those that there are not. What the slot brings along is not said twice:
    {{a.1}}件 where the number is 158件."""
    faults = []
    at, parts = 0, []
    for found in _SLOT.finditer(text):
        numbers = mentions_in(passages[found[1]].text) if found[1] in passages else ()
        place = int(found[2]) - 1
        parts.append(text[at : found.start()])
        at = found.end()
        if not 0 <= place < len(numbers):
            faults.append(f"的填充项{found[0]}没有")
            continue
        number = numbers[place]
        parts.append(number.text)
        if number.unit and text.startswith(number.unit, at):
            at += len(number.unit)
    return "".join((*parts, text[at:])), faults


def _of_the_articles_named(text: str, cited: Sequence[Source]) -> list[Source]:
    """A sentence that names articles rests on these, where they are among what it cites."""
    named = {article_number(found[1]) for found in _ARTICLE.finditer(text)}
    meant = [
        source
        for source in cited
        if source.is_law and (found := _ARTICLE.search(source.heading)) and article_number(found[1]) in named
    ]
    return [source for source in cited if not source.is_law or not meant or source in meant]


def _says_nothing(text: str, cited: Sequence[str], question: str) -> bool:
    """An empty sentence, one that only announces a list (做了以下工作：), the mere heading of a source, or the question
    again."""
    said = text.strip("。；;，, \n")
    bare = _NOT_SAYING.sub("", said)
    known = (question, *(source.partition("\n")[0] for source in cited))
    return not bare or said.endswith(("：", ":")) or any(bare in re.sub(r"\W", "", one) for one in known)


def _missing_provisions(sentence: str, sources: Sequence[str]) -> Iterator[str]:
    """The paragraphs and items that ``sentence`` names and no source has, as written.

    A source is a heading line and a text; it has a part when it is that very article and the article has the part, or
    when its words name it. A digest has items and no paragraphs. Where one part only is named, the figures of the
    sentence must stand in it: 第二款 is no place for what the third paragraph says.
    """
    named = list(_provisions_named(sentence))
    for written, reference in named:
        if not any(_has(source, reference, sentence if len(named) == 1 else "") for source in sources):
            yield written


def _provisions_named(sentence: str) -> Iterator[tuple[str, Reference]]:
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
    return any(not _has_foreign_figure(sentence, part) for part in fitting)


def _is(part: Provision, wanted: Reference) -> bool:
    return part.item == wanted.item and wanted.paragraph in (None, part.paragraph)


def _has_foreign_figure(sentence: str, part: Provision) -> bool:
    """Whether the sentence has a figure that this part has not; the numbers of articles and parts are none."""
    return any(unsupported_figures(_ANY.sub("", sentence), [part.text]))
