"""What a model's sentence must show: every figure, year, date, count and provision in it stands in what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pydantic import BaseModel, Field, ValidationInfo, model_validator

from assistant.asking.result import unsupported_figures
from assistant.figures.mentions import years_in
from assistant.language.numerals import ARABIC, CHINESE, parse, write
from assistant.library.provisions import Provision, Reference, article_number, provisions, references
from assistant.patterns import regex

__all__ = ["WrittenAnswer", "WrittenSentence"]

_NUMBER = rf"[（(]?({CHINESE}|\d{{1,2}})[）)]?"
_ARTICLE = regex(rf"第\s*({CHINESE}|\d{{1,3}})\s*条")
_ANY = regex(rf"第\s*(?:{CHINESE}|\d{{1,3}})\s*条|第\s*{_NUMBER}\s*[款项]")
# 该条第二款: of the article that the sentence rests on.
_OWN = r"(?<![一二三四五六七八九十百\d]条)"
_BARE = regex(rf"{_OWN}第\s*{_NUMBER}\s*款(?:\s*第?\s*{_NUMBER}\s*项)?|{_OWN}(?<!款)第\s*{_NUMBER}\s*项")
_DIGEST = "（要点）"
_DAY = regex(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]")
_NUMERAL = regex(rf"{ARABIC}|{CHINESE}")
# 三方面, 七种, 第七期: what a model counts itself. 一是, 二是 only tell points apart, 两者 are what was spoken of;
# articles and their parts (第二款) are looked up where they stand.
_SIGNS = "〇零一二两三四五六七八九十百千万亿"
_COUNTED = regex(rf"(?:(?<![（({_SIGNS}第])|(?<=第)(?!{CHINESE}[条款项]))(?:{CHINESE})(?![是者{_SIGNS}])")
_ROUND = "一十百千万亿零〇"  # alone they are words as often as numbers: 一致, 万一, 14万
_NOT_SAYING = regex(r"《[^》]*》|\W")  # of a heading: the document's name, which a model leaves out or shortens


class WrittenSentence(BaseModel):
    """One sentence and the ids of the passages it rests on."""

    text: str = Field(description="一句话，不写资料编号")
    sources: list[str] = Field(description="这句话依据的资料编号")


class WrittenAnswer(BaseModel):
    """What a model is asked for. Validated with ``context={"passages": {id: text}, "question": …}``."""

    answerable: bool = Field(description="资料能否回答问题")
    sentences: list[WrittenSentence] = Field(description="回答，一至四句；资料不能回答时为空")

    @model_validator(mode="after")
    def _rests_on_sources(self, info: ValidationInfo) -> WrittenAnswer:
        context = info.context or {}
        passages: dict[str, str] = context.get("passages", {})
        question: str = context.get("question", "")
        faults = []
        if self.answerable and not any(sentence.text.strip() for sentence in self.sentences):
            faults.append("answerable 为 true 时要有回答")
        for number, sentence in enumerate(self.sentences, start=1):
            unknown = [source for source in sentence.sources if source not in passages]
            if unknown:
                faults.append(f"第{number}句引用了没有给出的资料：{'、'.join(unknown)}；只能引用{'、'.join(passages)}")
            cited = [passages[source] for source in sentence.sources if source in passages]
            if _says_nothing(sentence.text, cited, question):
                faults.append(f"第{number}句没有内容，只是标题、题目或开头；请直接写出回答")
            if not sentence.sources:
                faults.append(f"第{number}句没有引用资料")
            missing = (
                *unsupported_figures(sentence.text, cited),
                *_missing_provisions(sentence.text, cited),
                *_years_not_in(sentence.text, cited),
                *_dates_not_in(sentence.text, cited),
                *_counted_not_in(sentence.text, cited),
            )
            faults.extend(f"第{number}句的“{what}”在所引资料中没有" for what in missing)
            shown = [name for name in passages if name in sentence.text]
            if shown:
                faults.append(f"第{number}句写出了资料编号{'、'.join(shown)}；编号只写在 sources 中")
        if faults:
            raise ValueError("；".join(faults))
        return self


def _dates_not_in(text: str, cited: Sequence[str]) -> list[str]:
    """Days named that no source names (3月31日): a deadline is a figure too."""
    held = {(int(found[1]), int(found[2])) for source in cited for found in _DAY.finditer(source)}
    return [found[0] for found in _DAY.finditer(text) if (int(found[1]), int(found[2])) not in held]


def _counted_not_in(text: str, cited: Sequence[str]) -> list[str]:
    """Numbers in Chinese numerals, whatever stands behind them, that no source has in any numerals."""
    held = {numeral.value for source in cited for one in _NUMERAL.findall(source) if (numeral := parse(one))}
    counted = (one for one in _COUNTED.findall(text) if len(one) > 1 or one not in _ROUND)
    return [one for one in counted if (numeral := parse(one)) and numeral.value not in held]


def _says_nothing(text: str, cited: Sequence[str], question: str) -> bool:
    """An empty sentence, one that only announces a list (做了以下工作：), the mere heading of a source, or the question
    again."""
    said = text.strip("。；;，, \n")
    bare = _NOT_SAYING.sub("", said)
    known = (question, *(source.partition("\n")[0] for source in cited))
    return not bare or said.endswith(("：", ":")) or any(bare in re.sub(r"\W", "", one) for one in known)


def _years_not_in(text: str, cited: Sequence[str]) -> list[str]:
    """The years of a sentence that no cited passage names: last year's figure told of this year is as wrong as
    another."""
    held = {year for source in cited for _, year in years_in(source)}
    return [f"{year}年" for year in dict.fromkeys(year for _, year in years_in(text)) if year not in held]


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
