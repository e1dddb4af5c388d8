"""Answering in words with a model: from given passages only, each sentence shown as soon as it is proven."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pydantic import ValidationError

from assistant.asking.passages.proof import WrittenAnswer, WrittenSentence
from assistant.asking.result import Answer, passage_citation
from assistant.errors import AssistantError
from assistant.library import Passage
from assistant.llm.ask import Refused, Unfit
from assistant.patterns import regex
from assistant.text import clean

if TYPE_CHECKING:
    from assistant.llm.model import Model

__all__ = ["StreamedAnswer", "write_answer"]

_MOST_PASSAGES = 5
_ANSWERABLE = regex(r'"answerable"\s*:\s*true')
_SENTENCES = regex(r'"sentences"\s*:\s*\[')


def write_answer(
    question: str, passages: Sequence[Passage], model: Model, show: Callable[[str], None] | None = None
) -> Answer | None:
    """The model's answer from ``passages``; ``None`` when it says that they do not tell.

    ``show`` is given each sentence once it was held against what it cites; what was shown stays the answer, even when
    the model fails afterwards.

    Raises:
        Refused: no try of the model could be used.
        ModelUnavailable: its endpoint is down or slow.
    """
    from assistant.llm.ask import ask
    from assistant.llm.prompts import prompt

    # Ids drawn anew for each question: no text that was ever ingested can cite, or pose as, one of them.
    by_id = {secrets.token_hex(2): passage for passage in passages[:_MOST_PASSAGES]}
    texts = {name: f"{passage.heading}\n{passage.text}" for name, passage in by_id.items()}
    words = prompt("answer", question=clean(question), passages=_fenced(texts))
    stream = StreamedAnswer(texts, question, show) if show else None
    try:
        answered = ask(
            model, words, WrittenAnswer, context={"passages": texts, "question": question}, hear=stream
        ).value
        sentences = answered.sentences if answered.answerable else []
    except AssistantError:
        if stream is None or show is None or not stream.shown:
            raise
        show("（模型后面的文字没有写完，或没有通过核对，没有采用。）")
        sentences = stream.shown
    if not sentences:
        return None
    cited = list(dict.fromkeys(source for sentence in sentences for source in sentence.sources))
    return Answer(
        question=question,
        answer="".join(_with_full_stop(sentence.text) for sentence in sentences),
        citations=tuple(passage_citation(by_id[name], f"{by_id[name].heading}\n{by_id[name].text}") for name in cited),
        route="passages",
    )


class StreamedAnswer:
    """Called with the JSON of a ``WrittenAnswer`` so far. ``shown`` are the sentences that were shown.

    Raises:
        Unfit: a sentence cannot be used and none was shown yet: the model may try again.
        Refused: a sentence cannot be used behind others that were shown: what is shown cannot be taken back.
    """

    def __init__(self, texts: Mapping[str, str], question: str, show: Callable[[str], None]) -> None:
        self._context = {"passages": dict(texts), "question": question}
        self._show = show
        self._length = 0
        self.shown: list[WrittenSentence] = []

    def __call__(self, text: str) -> None:
        if len(text) < self._length and self.shown:
            raise Refused(("模型在回答途中重新开始",))
        self._length = len(text)
        for number, written in enumerate(_complete(text)):
            if number >= len(self.shown):
                self._take(written)

    def _take(self, written: object) -> None:
        try:
            answer = WrittenAnswer.model_validate({"answerable": True, "sentences": [written]}, context=self._context)
        except ValidationError as error:
            faults = "；".join(fault["msg"].removeprefix("Value error, ") for fault in error.errors(include_url=False))
            raise (Refused((faults,)) if self.shown else Unfit(faults)) from None
        self.shown.append(answer.sentences[0])
        self._show(_with_full_stop(answer.sentences[0].text))


def _complete(text: str) -> Iterator[object]:
    """The sentences whose JSON is complete; none while it is open whether there is an answer at all."""
    start = _SENTENCES.search(text)
    if not start or not _ANSWERABLE.search(text[: start.start()]):
        return
    decoder, at = json.JSONDecoder(), start.end()
    while True:
        at += len(text[at:]) - len(text[at:].lstrip(" \t\r\n,"))
        try:
            sentence, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError:
            return
        yield sentence


def _with_full_stop(sentence: str) -> str:
    """A model's sentence as it is shown."""
    sentence = clean(sentence).strip()
    return sentence if sentence.endswith(("。", "！", "？", "；")) else f"{sentence}。"


def _fenced(texts: dict[str, str]) -> str:
    """The passages as labelled data; a fence that the text itself writes is broken up."""
    parts = []
    for name, text in texts.items():
        inside = clean(text).replace("<", "〈").replace(">", "〉")
        parts.append(f'<资料 编号="{name}">\n{inside}\n</资料>')
    return "\n\n".join(parts)
