"""A model's answer as it comes in: each sentence is held against what it cites, and shown when it may be."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping

from pydantic import ValidationError

from assistant.asking.passages.written import WrittenAnswer, WrittenSentence, ended
from assistant.llm.ask import Refused, Unfit

__all__ = ["Heard"]

_ANSWERABLE = re.compile(r'"answerable"\s*:\s*true')
_SENTENCES = re.compile(r'"sentences"\s*:\s*\[')


class Heard:
    """Called with the JSON of a ``WrittenAnswer`` so far. ``shown`` are the sentences that were shown.

    Raises:
        Unfit: a sentence cannot be used and none was shown yet: the model may try again.
        Refused: a sentence cannot be used behind others that were shown: what is shown cannot be taken back.
    """

    def __init__(self, texts: Mapping[str, str], question: str, show: Callable[[str], None]) -> None:
        self._context = {"passages": dict(texts), "question": question}
        self._show = show
        self._heard = 0
        self.shown: list[WrittenSentence] = []

    def __call__(self, text: str) -> None:
        if len(text) < self._heard and self.shown:
            raise Refused(("模型在回答途中重新开始",))
        self._heard = len(text)
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
        self._show(ended(answer.sentences[0].text))


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
