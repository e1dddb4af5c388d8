"""Answering in words with a model: from given passages only, each sentence shown as soon as it is proven."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pydantic import ValidationError

from assistant.asking.passages.proof import SearchAgain, Source, WrittenAnswer, WrittenSentence, WrittenStep
from assistant.asking.result import Answer, passage_citation
from assistant.errors import AssistantError
from assistant.figures.mentions import mentions_in
from assistant.library import Passage
from assistant.llm.ask import Refused, Unfit
from assistant.patterns import regex
from assistant.text import clean

if TYPE_CHECKING:
    from assistant.llm.model import Model

__all__ = ["StreamedAnswer", "source_of", "write_answer"]

_MOST_PASSAGES, _MOST_SEARCHES = 5, 3
_SEARCHES = "资料不够回答时，可以在 search 中写别的词再查，还可以查{left}次；查到的资料会加进来。"
_ANSWERABLE = regex(r'"answerable"\s*:\s*true')
_SENTENCES = regex(r'"sentences"\s*:\s*\[')


def write_answer(
    question: str,
    passages: Sequence[Passage],
    model: Model,
    look: Callable[[SearchAgain], Sequence[Passage]],
    units: Sequence[str],
    show: Callable[[str], None] | None,
) -> Answer | None:
    """The model's answer from ``passages`` and what it searches for itself (``look``, at most three times); ``None``
    when it says that they do not tell. ``units`` are those of the library.

    ``show`` is given each sentence once it was held against what it cites; what was shown stays the answer, even when
    the model fails afterwards.

    Raises:
        Refused: no try of the model could be used.
        ModelUnavailable: its endpoint is down or slow.
    """
    from assistant.llm.ask import ask
    from assistant.llm.prompts import prompt

    given: dict[str, Passage] = {}
    _add(given, passages[:_MOST_PASSAGES])
    searched: list[str] = []
    while True:
        sources = {name: source_of(passage) for name, passage in given.items()}
        left = _MOST_SEARCHES - len(searched)
        words = prompt(
            "answer",
            question=clean(question),
            passages=_fenced(sources) or "（没有找到）",
            searches=_SEARCHES.format(left=left) if left else "不能再查了，就按给出的资料回答。",
            searched="".join(f"{line}\n" for line in searched),
        )
        context = {"passages": sources, "question": question, "units": units}
        stream = StreamedAnswer(context, show) if show else None
        try:
            if left:
                step: WrittenAnswer = ask(
                    model, words, WrittenStep, context=context, hear=stream, tool=("search", SearchAgain, WrittenAnswer)
                ).value
            else:
                step = ask(model, words, WrittenAnswer, context=context, hear=stream).value
            sentences = step.sentences if step.answerable else []
        except AssistantError:
            if stream is None or show is None or not stream.shown:
                raise
            show("（模型后面的文字没有写完，或没有通过核对，没有采用。）")
            return _answer(question, stream.shown, given)
        if not step.wanted:
            return _answer(question, sentences, given) if sentences else None
        found = look(step.wanted)
        new = _add(given, found[:_MOST_PASSAGES])
        searched.append(f"已查过“{clean(step.wanted.words)}”：{f'找到{new}段新的' if new else '没有找到新的'}。")


def _add(given: dict[str, Passage], passages: Sequence[Passage]) -> int:
    """How many passages were not given before. Ids are drawn anew for each question: no text that was ever ingested can
    cite, or pose as, one of them."""
    held = {passage.id for passage in given.values()}
    new = [passage for passage in passages if passage.id not in held]
    given.update((secrets.token_hex(2), passage) for passage in new)
    return len(new)


def source_of(passage: Passage) -> Source:
    """A passage as a sentence is held against it."""
    return Source(passage.unit, passage.year, passage.heading, passage.text)


def _answer(question: str, sentences: Sequence[WrittenSentence], given: Mapping[str, Passage]) -> Answer:
    cited = list(dict.fromkeys(source for sentence in sentences for source in sentence.sources))
    return Answer(
        question=question,
        answer="".join(_with_full_stop(sentence.text) for sentence in sentences),
        citations=tuple(passage_citation(given[name], source_of(given[name]).whole) for name in cited),
        route="passages",
    )


class StreamedAnswer:
    """Called with the JSON of a ``WrittenAnswer`` so far. ``shown`` are the sentences that were shown.

    Raises:
        Unfit: a sentence cannot be used and none was shown yet: the model may try again.
        Refused: a sentence cannot be used behind others that were shown: what is shown cannot be taken back.
    """

    def __init__(self, context: Mapping[str, object], show: Callable[[str], None]) -> None:
        self._context = dict(context)
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


def _fenced(sources: Mapping[str, Source]) -> str:
    """The passages as labelled data, with the slots of their numbers; a fence that the text itself writes is broken
    up."""
    parts = []
    for name, source in sources.items():
        inside = clean(source.whole).replace("<", "〈").replace(">", "〉")
        numbers = mentions_in(source.text)
        slots = "、".join(f"{{{{{name}.{place}}}}}是{number.text}" for place, number in enumerate(numbers, start=1))
        listed = f"\n〔数：{slots}〕" if slots else ""
        parts.append(f'<资料 编号="{name}">\n{inside}{listed}\n</资料>')
    return "\n\n".join(parts)
