"""A second reader for the numbers of a report that no check explains: a model says what each is, the program holds it
against the tables and the text.

What disagrees is a warning marked 模型识读, never an error; what agrees leaves the list of numbers not checked, with
the same mark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from assistant.asking.metric_names import applicant_names, metric_named, metric_names
from assistant.causes import Cause
from assistant.check import Finding, Verdict, fingerprint_of
from assistant.errors import AssistantError
from assistant.figures.book import label_of, place_of
from assistant.figures.claims import Claim, by_paragraph
from assistant.figures.dossier import Dossier
from assistant.figures.readings import fits
from assistant.language.numerals import number, rounded

if TYPE_CHECKING:
    from assistant.llm.model import Model

__all__ = ["MARK", "NumberRead", "Reading", "second_reading"]

MARK = "模型识读"
_CODE = "N190"  # the page of the numbers that are not checked
_MOST_CALLS = 40  # of one report
_PAIR = 2


class NumberRead(BaseModel):
    """What a model says of one number: a figure of the tables, or how it stands to other numbers of the paragraph."""

    model_config = ConfigDict(extra="forbid", title="数字")

    id: int = Field(alias="编号")
    metric: str = Field(alias="指标", default="", max_length=40)
    year: Literal["本年", "上年"] = Field(alias="年份", default="本年")
    relation: Literal["", "合计", "相差", "占比", "同比"] = Field(alias="关系", default="")
    of: list[int] = Field(alias="对象", default=[], max_length=30)
    unclear: bool = Field(alias="不明白", default=False)

    @model_validator(mode="after")
    def _names_what_there_is(self, info: ValidationInfo) -> NumberRead:
        known = (info.context or {}).get("numbers", ())
        if self.unclear:
            return self
        if self.id not in known or any(one not in known or one == self.id for one in self.of):
            raise ValueError("编号要照抄段落里有的")
        if bool(self.metric) == bool(self.relation):
            raise ValueError("“指标”和“关系”写一种，说不准的写“不明白”")
        if self.metric and not metric_named(self.metric):
            raise ValueError(f"没有指标“{self.metric}”")
        if self.relation and len(self.of) < _PAIR:
            raise ValueError(f"“{self.relation}”要写出对象的编号")
        if self.relation in ("相差", "占比", "同比") and len(self.of) != _PAIR:
            raise ValueError(f"“{self.relation}”的对象是两个")
        return self


class _Numbers(BaseModel):
    model_config = ConfigDict(extra="forbid", title="数字的含义")

    numbers: list[NumberRead] = Field(alias="数字", max_length=60)


class Reading(NamedTuple):
    """A number, what a model takes it for in words, and what it should be by that."""

    claim: Claim
    meaning: str
    value: Decimal
    agrees: bool


def second_reading(
    verdict: Verdict, dossier: Dossier, model: Model, say: Callable[[str], None] = lambda _: None
) -> Verdict:
    """``verdict`` with its numbers that were not checked read by ``model``. ``say`` hears in Chinese what could not be
    read."""
    waiting = {(one.where, one.mark.start): one for one in verdict.unchecked}
    readings: list[Reading] = []
    calls = 0
    for paragraph in by_paragraph(dossier.claims):
        asked = [at for at, claim in enumerate(paragraph) if _key(claim) in waiting]
        if not asked:
            continue
        if calls == _MOST_CALLS:
            say(f"报告里没有核对的数字太多，模型只读了前{_MOST_CALLS}段。")
            break
        calls += 1
        try:
            readings += _read(paragraph, asked, dossier, model)
        except AssistantError as error:
            say(f"{error.what}。这一段（{paragraph[0].spot.where}）的数字仍列在没有核对的里面。")
    agreed = {_key(one.claim) for one in readings if one.agrees}
    found = tuple(_finding(one) for one in readings if not one.agrees)
    causes = tuple(Cause(id=one.cause, message=one.message, mend="", findings=(one.fingerprint,)) for one in found)
    return verdict.model_copy(
        update={
            "findings": (*verdict.findings, *found),
            "causes": (*verdict.causes, *causes),
            "unchecked": tuple(one for key, one in waiting.items() if key not in {_key(r.claim) for r in readings}),
            "read_by_model": tuple(one for key, one in waiting.items() if key in agreed),
        }
    )


def _key(claim: Claim) -> tuple[str, int]:
    return claim.spot.where, claim.mention.start


def _read(paragraph: Sequence[Claim], asked: Sequence[int], dossier: Dossier, model: Model) -> Iterator[Reading]:
    from assistant.llm.ask import ask
    from assistant.llm.prompts import fenced, prompt

    words = prompt(
        "second_reader",
        metrics="、".join(metric_names()),
        applicants="、".join(applicant_names()),
        numbers="、".join(f"[{at}]" for at in asked),
        paragraph=fenced("段落", _numbered(paragraph)),
    )
    known = range(len(paragraph))
    read = ask(model, words, _Numbers, context={"numbers": known}).value.numbers
    for one in read:
        if one.id in asked and not one.unclear and (reading := _proved(one, paragraph, dossier)):
            yield reading


def _numbered(paragraph: Sequence[Claim]) -> str:
    text, parts, at = paragraph[0].spot.paragraph.text, [], 0
    for place, claim in enumerate(paragraph):
        parts += [text[at : claim.mention.start], f"[{place}]"]
        at = claim.mention.start
    return "".join((*parts, text[at:]))


def _proved(one: NumberRead, paragraph: Sequence[Claim], dossier: Dossier) -> Reading | None:
    """A reading held against the book or the text; ``None`` where neither has what it would be held against."""
    claim = paragraph[one.id]
    if one.metric:
        metric = metric_named(one.metric)
        value = dossier.book.value(metric if one.year == "本年" else f"{metric}.last_year")
        if value is None:
            return None
        value *= 10_000 if metric == "disclosure.fees.amount" and claim.mention.unit == "元" else 1
        meaning = f"{'上年' if one.year == '上年' else ''}{label_of(metric)}（{place_of(metric)}）"
        return Reading(claim, meaning, value, fits(claim.mention, value))
    others = [paragraph[at].mention for at in one.of]
    values = [other.value for other in others]
    shown = {"合计": "＋", "相差": "－", "占比": "÷", "同比": "比"}[one.relation].join(other.text for other in others)
    meaning = f"{one.relation} {shown}"
    if one.relation == "合计":
        value = sum(values, Decimal(0))
    elif one.relation == "相差":
        value = abs(values[0] - values[1])
    elif not values[1]:
        return None
    else:
        change = values[0] if one.relation == "占比" else abs(values[0] - values[1])
        value = rounded(change * 100 / values[1], claim.mention.step)
    return Reading(claim, meaning, value, fits(claim.mention, value))


def _finding(reading: Reading) -> Finding:
    claim, text = reading.claim, reading.claim.spot.paragraph.text
    start, end = claim.mention.start, claim.mention.end
    shown = number(reading.value) + ("%" if claim.mention.percent else "")
    fingerprint = fingerprint_of(_CODE, MARK, reading.meaning, text[max(0, start - 8) : end])
    return Finding(
        code=_CODE,
        severity="warning",
        title=MARK,
        where=claim.spot.where,
        quote=text[max(0, start - 16) : end + 6],
        message=f"{MARK}：文中“{claim.mention.text}”看作{reading.meaning}，应为{shown}。请人工核对是不是这个意思",
        expected=shown,
        actual=number(claim.mention.value),
        basis=MARK,
        fingerprint=fingerprint,
        cause=f"M{fingerprint[:8]}",
    )
