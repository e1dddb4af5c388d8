"""Answering in words with a model: from given passages only, every sentence citing what it rests on."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import BaseModel, Field, ValidationInfo, model_validator

from assistant.asking.result import Answer, Citation, unsupported
from assistant.library import Passage
from assistant.text import clean

if TYPE_CHECKING:
    from assistant.llm.model import Model

__all__ = ["WrittenAnswer", "WrittenSentence", "citation_of", "write_answer"]

_MOST_PASSAGES = 5


class WrittenSentence(BaseModel):
    """One sentence and the ids of the passages it rests on."""

    text: str = Field(description="一句话，不写资料编号")
    sources: list[str] = Field(description="这句话依据的资料编号")


class WrittenAnswer(BaseModel):
    """What a model is asked for. Validated with ``context={"passages": {id: text}}``."""

    answerable: bool = Field(description="资料能否回答问题")
    sentences: list[WrittenSentence] = Field(description="回答，一至四句；资料不能回答时为空")

    @model_validator(mode="after")
    def _rests_on_what_was_given(self, info: ValidationInfo) -> WrittenAnswer:
        given: dict[str, str] = (info.context or {}).get("passages", {})
        faults = []
        if self.answerable and not any(sentence.text.strip() for sentence in self.sentences):
            faults.append("answerable 为 true 时要有回答")
        for number, sentence in enumerate(self.sentences, start=1):
            unknown = [source for source in sentence.sources if source not in given]
            if unknown:
                faults.append(f"第{number}句引用了没有给出的资料：{'、'.join(unknown)}；只能引用{'、'.join(given)}")
            if _says_nothing(sentence.text):
                faults.append(f"第{number}句没有内容，只是开头；请直接写出回答")
            if not sentence.sources:
                faults.append(f"第{number}句没有引用资料")
            cited = [given[source] for source in sentence.sources if source in given]
            faults.extend(f"第{number}句的“{what}”在所引资料中没有" for what in unsupported(sentence.text, cited))
        if faults:
            raise ValueError("；".join(faults))
        return self


def _says_nothing(text: str) -> bool:
    """An empty sentence, or one that only announces a list: 做了以下工作："""
    return text.strip("。；;，, \n").endswith(("：", ":")) or not text.strip("。；;，, \n")


def write_answer(question: str, passages: Sequence[Passage], model: Model) -> Answer | None:
    """The model's answer from ``passages``; ``None`` when it says that they do not tell.

    Raises:
        Refused: no try of the model could be used.
        ModelUnavailable: its endpoint is down or slow.
    """
    from assistant.llm.ask import ask
    from assistant.llm.prompts import prompt

    # Ids drawn anew for each question: no text that was ever ingested can cite, or pose as, one of them.
    given = {secrets.token_hex(2): passage for passage in passages[:_MOST_PASSAGES]}
    texts = {name: f"{passage.heading}\n{passage.text}" for name, passage in given.items()}
    words = prompt("answer", question=clean(question), passages=_fenced(texts))
    answered = ask(model, words, WrittenAnswer, context={"passages": texts}).value
    if not answered.answerable or not answered.sentences:
        return None
    cited = list(dict.fromkeys(source for sentence in answered.sentences for source in sentence.sources))
    return Answer(
        question=question,
        answer="".join(_ended(clean(sentence.text).strip()) for sentence in answered.sentences),
        citations=tuple(citation_of(given[name], f"{given[name].heading}\n{given[name].text}") for name in cited),
        route="passages",
    )


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith(("。", "！", "？", "；")) else f"{sentence}。"


def _fenced(texts: dict[str, str]) -> str:
    """The passages as labelled data; a fence that the text itself writes is broken up."""
    parts = []
    for name, text in texts.items():
        inside = clean(text).replace("<", "〈").replace(">", "〉")
        parts.append(f'<资料 编号="{name}">\n{inside}\n</资料>')
    return "\n\n".join(parts)


def citation_of(passage: Passage, quote: str) -> Citation:
    """A passage as a citation, with the words that are relied on."""
    return Citation(id=f"P{passage.id}", unit=passage.unit, year=passage.year, where=passage.place, quote=quote)
