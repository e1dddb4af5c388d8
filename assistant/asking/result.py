"""An answer that can be checked: every figure and every 第N条 in it stands in what it cites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, field_serializer, model_validator

from assistant.asking.plan import Plan
from assistant.figures.mentions import Mention, mentions_in
from assistant.language.numerals import CHINESE, parse
from assistant.patterns import regex

if TYPE_CHECKING:
    from assistant.library import Passage

__all__ = ["Answer", "AnswerFigure", "Citation", "joined", "passage_citation", "unsupported_figures"]

_ARTICLE = regex(rf"第({CHINESE}|\d+)条(?![件款信])")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Citation(_Frozen):
    """Where an answer comes from: a cell (表三 一·总计) with what is printed, or a passage with its words."""

    id: str
    unit: str
    year: int | None
    where: str
    quote: str


class AnswerFigure(_Frozen):
    """A figure of an answer as written (97件), its value, and the metric it is; sums, differences and shares are
    expressions (a+b, a-b, a/b); what is reckoned over years or units ends in .change, .yoy, .times, .sum, .mean,
    .apart."""

    text: str
    value: Decimal
    metric: str
    unit: str
    year: int | None

    @field_serializer("value")
    def _as_text(self, value: Decimal) -> str:
        return f"{value:f}"


class Answer(_Frozen):
    """``route``: figures (from the catalog, exact), passages, library (what it holds) or help. ``abstained``: the
    library does not tell. ``plan`` is the question as it was understood, ``reading`` says it in words,
    ``not_understood`` are the words that it does not account for."""

    question: str
    answer: str
    reading: str = ""
    plan: Plan | None = None
    citations: tuple[Citation, ...] = ()
    figures: tuple[AnswerFigure, ...] = ()
    abstained: bool = False
    not_understood: tuple[str, ...] = ()
    route: Literal["figures", "passages", "library", "help"]

    @model_validator(mode="after")
    def _every_figure_is_cited(self) -> Answer:
        if self.abstained and (self.route == "figures" or not self.citations):
            return self  # says what the library holds, which no passage states; or what else its tables tell
        sources = [text for citation in self.citations for text in (citation.where, citation.quote)]
        own = [figure.text for figure in self.figures]
        if self.route == "figures":
            own.append(self.question)  # 超过100件: the bound that was asked for may be said again
        spoken = self.answer
        for citation in self.citations:
            # 表三 三（三）1·总计 is a place, its 1 no figure; and what is quoted word for word needs no other proof.
            spoken = spoken.replace(citation.where, "").replace(citation.quote, "")
        faults = [f"“{fault}”在引用的内容中没有" for fault in unsupported_figures(spoken, (*sources, *own))]
        if faults:
            raise ValueError("；".join(faults))
        return self


def joined(text: str, answers: Sequence[Answer]) -> Answer:
    """Several answers as one, in their order."""
    told = [one for one in answers if not one.abstained]
    first = told[0] if told else answers[0]
    cited = {f"{one.id}{one.quote}": one for each in told or answers[:1] for one in each.citations}
    return first.model_copy(
        update={
            "question": text,
            "answer": "\n".join(dict.fromkeys(one.answer for one in told or answers[:1])),
            "citations": tuple(cited.values()),
            "figures": tuple(figure for one in told for figure in one.figures),
            "plan": (told or answers)[-1].plan,
        }
    )


def passage_citation(passage: Passage, quote: str) -> Citation:
    """A passage as a citation, with the words that are relied on."""
    return Citation(id=f"P{passage.id}", unit=passage.unit, year=passage.year, where=passage.place, quote=quote)


def unsupported_figures(text: str, sources: Iterable[str]) -> Iterator[str]:
    """The figures and article numbers of ``text``, as written, that none of the sources has."""
    texts = tuple(sources)
    held = {_key(mention) for source in texts for mention in mentions_in(source)}
    articles = {_number(found) for source in texts for found in _ARTICLE.findall(source)}
    for mention in mentions_in(text):
        if _key(mention) not in held:
            yield mention.text
    for found in _ARTICLE.findall(text):
        if _number(found) not in articles:
            yield f"第{found}条"


def _key(mention: Mention) -> tuple[Decimal, bool]:
    return abs(mention.value), mention.percent


def _number(written: str) -> Decimal | None:
    numeral = parse(written)
    return numeral.value if numeral else None
