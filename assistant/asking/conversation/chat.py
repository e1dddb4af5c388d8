"""A conversation: each question complete_question from the ones before it, answered, and remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from assistant.asking.answer import answer
from assistant.asking.conversation.followups import Context, asks_for_sources, complete_question, is_courtesy
from assistant.asking.conversation.history import Turn
from assistant.asking.questions.question import LONGEST_QUESTION, parse_question
from assistant.asking.result import Answer
from assistant.errors import UnknownName
from assistant.library import Library
from assistant.text import printable

if TYPE_CHECKING:
    from assistant.library.search import FusedSearch
    from assistant.llm.model import Model

__all__ = ["Conversation", "chat"]


class Conversation:
    """Questions put one after the other to a library. ``before`` are the turns of an earlier sitting.

    ``say`` hears notices, ``show`` the sentences of a model as soon as each was held against what it cites.
    """

    def __init__(
        self,
        library: Library,
        model: Model | None = None,
        *,
        before: Iterable[Turn] = (),
        today: date | None = None,
        say: Callable[[str], None] | None = None,
        show: Callable[[str], None] | None = None,
    ) -> None:
        self._library, self._model, self._say, self._show = library, model, say, show
        self._today = today or date.today()
        self._held = library.units()
        self._search: FusedSearch | None = None
        self._context: Context | None = None
        self.turns: list[Turn] = list(before)
        for turn in self.turns:
            if not (asks_for_sources(turn.asked) or is_courtesy(turn.asked)):
                self._remember(turn.understood)

    def ask(self, text: str) -> Turn:
        """One turn. ``Turn.understood`` is the question as complete_question.

        Raises:
            UnknownName: the question is empty, or longer than a question is.
        """
        text = printable(text)
        if len(text) > LONGEST_QUESTION:
            raise UnknownName(
                f"问题太长（{len(text)}字）",
                help=f"一个问题最多{LONGEST_QUESTION}字；材料请先用 assistant ingest 导入。",
            )
        if self.turns and asks_for_sources(text):
            turn = Turn(asked=text, understood=text, answer=_sources(self.turns[-1].answer))
        elif is_courtesy(text):
            turn = Turn(asked=text, understood=text, answer=_courtesy(text))
        else:
            understood = text
            if self._context:
                understood = complete_question(text, self._context, self._held, self._today)
            turn = Turn(asked=text, understood=understood, answer=self._answer(understood))
            self._remember(understood)
        self.turns.append(turn)
        return turn

    def _answer(self, question: str) -> Answer:
        return answer(
            question,
            self._library,
            self._model,
            today=self._today,
            say=self._say,
            show=self._show,
            search=self._search,
            opener=self._open,
        )

    def _open(self, library: Library) -> FusedSearch:
        """Search, opened with the first question that needs it and kept: an index is read anew at each opening."""
        from assistant.library.search import open_search

        self._search = open_search(library)
        return self._search

    def close(self) -> None:
        """Close what the conversation kept open; a further question opens it again."""
        if self._search is not None:
            self._search.close()

    def _remember(self, question: str) -> None:
        self._context = Context.after(parse_question(question, self._held, self._today), self._context)


def chat(
    questions: Iterable[str],
    library: Library,
    model: Model | None = None,
    *,
    today: date | None = None,
    say: Callable[[str], None] | None = None,
) -> Iterator[Answer]:
    """Answer one question after the other. ``Answer.question`` is the question as complete_question."""
    conversation = Conversation(library, model, today=today, say=say)
    try:
        for text in questions:
            yield conversation.ask(text).answer
    finally:
        conversation.close()


def _courtesy(text: str) -> Answer:
    """To who thanks or takes leave; it answers nothing and is no question that a later one could go back to."""
    text = "不客气。还要查哪个单位、哪一年的情况，可以接着问。"
    return Answer(question=text, answer=text, abstained=True, route="passages")


def _sources(last: Answer) -> Answer:
    """What the answer before rests on, in its own citations."""
    if not last.citations:
        return last.model_copy(update={"answer": "上一个回答没有引用资料。", "figures": (), "abstained": True})
    text = f"上一个回答引用了{'以下' if len(last.citations) > 1 else '这一处'}资料。"
    return last.model_copy(update={"answer": text, "figures": ()})
