"""Conversations: kept here by id while the server runs; the questions are answered in a process of their own."""

from __future__ import annotations

import secrets
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError, UnknownName
from assistant.patterns import regex
from assistant.web.held import Held, Job
from assistant.web.work import Task, Tell, Workers

if TYPE_CHECKING:
    from assistant.asking.conversation.history import Turn

__all__ = ["Asked", "Talk", "Talks", "answer_once", "next_turn"]

_MOST_TURNS = 200  # of one: what was said before is hardly asked on
_NAME = regex(r"[\w-]{1,64}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for a process: the library, what was said before, and what fills in what it leaves out."""

    library: Path
    question: str
    before: tuple[Turn, ...] = ()
    unit: str | None = None
    year: int | None = None


def answer_once(asked: Asked, tell: Tell) -> dict[str, Any]:
    """The JSON of ``ask --json``.

    Raises:
        UnknownName: the unit or the year is not in the library, or the question is empty.
        LibraryError: there is no library, or it cannot be opened.
    """
    from assistant.asking import answer
    from assistant.library import Library
    from assistant.llm.model import open_model

    with Library(asked.library) as library:
        found = answer(asked.question, library, open_model(), asked.unit, asked.year, say=tell)
    return found.model_dump(mode="json")


def next_turn(asked: Asked, tell: Tell) -> Turn:
    """One more turn of a conversation.

    Raises:
        UnknownName: the question is empty, or longer than a question is.
        LibraryError: the library cannot be opened or begun.
    """
    from contextlib import closing
    from functools import partial

    from assistant.asking.conversation.chat import Conversation
    from assistant.library import Library
    from assistant.llm.model import open_model

    if not Library.exists(asked.library):
        _begin_library(asked.library, tell)
    tell("查找")
    with Library(asked.library) as library:
        talk = Conversation(library, open_model(), before=asked.before, say=tell, show=partial(tell, words=True))
        with closing(talk):
            return talk.ask(asked.question)


def _begin_library(root: Path, tell: Tell) -> None:
    """A library of what ships: the regulation can be asked before anybody has imported a report, as the page says."""
    from assistant.library import Library
    from assistant.library.ingest import ingest, initial_files
    from assistant.resources import folder

    tell("第一次使用，正在放进自带的《条例》要点")
    with Library(root, create=True) as library:
        ingest(initial_files(library, folder("corpus") / "regulation"), library)


@dataclass(eq=False)
class Talk(Job):
    """One conversation, and the question that is being answered."""

    id: str
    turns: list[Turn] = field(default_factory=list)
    asking: str = ""
    task: Task | None = None
    version: int = 0

    @property
    def mark(self) -> str:
        """Changes with everything that a page shows."""
        return f"{self.version}.{self.task.version if self.task else 0}.{self.at_work}"

    @property
    def title(self) -> str:
        return self.turns[0].asked if self.turns else self.asking


class Talks(Held[Talk]):
    """All of them."""

    most, missing = 100, ("没有这次对话", "服务重新启动过的，请重新提问。")

    def __init__(self, library: Path, workers: Workers) -> None:
        super().__init__()
        self._library, self._workers = library, workers

    def named(self, name: str) -> Talk:
        """The conversation that a program calls so; begun with its first question.

        Raises:
            UnknownName: the name has other characters than a name has.
        """
        if not _NAME.fullmatch(name):
            raise UnknownName("对话的名字不合用", where="conversation", help="用字母、数字、下划线、短横，至多64个。")
        with self._lock:
            return self._held[name] if name in self._held else self.keep(Talk(name))

    def begin(self) -> Talk:
        return self.named(secrets.token_hex(6))

    def ask(self, talk: Talk, question: str) -> Task:
        """Put a question.

        Raises:
            AssistantError: the one before is still being answered.
        """
        with self._lock:
            if talk.at_work:
                raise AssistantError("上一个问题还在回答", where=talk.asking, help="请等它答完，或先取消。")
            before = tuple(talk.turns[-_MOST_TURNS:])
            task = self._workers.submit(next_turn, Asked(self._library, question, before))
            talk.task, talk.asking = task, question
            talk.version += 1
            task.future.add_done_callback(lambda future: self._done(talk, future))
        return task

    def _done(self, talk: Talk, future: Future[Any]) -> None:
        with self._lock:
            if not future.exception():
                talk.turns.append(future.result())
                talk.asking = ""
            talk.version += 1
