"""A conversation: each question understood from the ones before it and their results, answered, and remembered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.asking.answer import answer
from assistant.asking.conversation.followups import FollowUp, asks_for_sources, follow_up, is_courtesy
from assistant.asking.conversation.history import Turn
from assistant.asking.conversation.matters import (
    again_answer,
    apart_answer,
    each_year_answer,
    point_answer,
    reason_answer,
)
from assistant.asking.conversation.memory import Memory, question_of
from assistant.asking.conversation.one_breath import is_one, questions_in, together
from assistant.asking.conversation.retelling import Retelling, as_paragraph, as_table, find_retelling, in_measure
from assistant.asking.questions.question import LONGEST_QUESTION, Question, parse_question
from assistant.asking.result import Answer
from assistant.errors import UnknownName
from assistant.language.scripts import simplified
from assistant.lexicon import phrase
from assistant.library import Library
from assistant.text import printable

if TYPE_CHECKING:
    from assistant.library.search import FusedSearch
    from assistant.llm.model import Model

__all__ = ["Conversation", "ask_once", "chat"]

_TOLD_TO_MODEL = 6  # turns before
_MOST_YEARS = 4  # of a matter, each with its own quotation
_LINES_TOLD = 12  # of one answer: a list that may be pointed at


class Conversation:
    """Questions put one after the other to a library. ``before`` are the turns of an earlier sitting.

    ``say`` hears notices, ``show`` the sentences of a model as soon as each was held against what it cites. ``search``
    is an open one.
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
        search: FusedSearch | None = None,
    ) -> None:
        self._library, self._model, self._say, self._show = library, model, say, show
        self._today = today or date.today()
        self._held = library.units()
        self._search = search
        self._memory = Memory()
        self.turns: list[Turn] = list(before)
        for turn in self.turns:
            plan = turn.answer.plan
            if plan is not None:
                parsed = parse_question(turn.understood, self._held, self._today)
                self._remember(question_of(plan, parsed), turn.answer)

    def ask(self, text: str) -> Turn:
        """One turn. ``Turn.understood`` is the question in full, in words for people.

        Raises:
            UnknownName: the question is empty, or longer than a question is.
        """
        text = simplified(printable(text))
        if len(text) > LONGEST_QUESTION:
            raise UnknownName(
                f"问题太长（{len(text)}字）",
                help=f"一个问题最多{LONGEST_QUESTION}字；材料请先用 assistant ingest 导入。",
            )
        parts = questions_in(text, self._held)
        if corrected := phrase("followups", "corrects").search(text):
            turn = self._corrected(text, text[: corrected.start()], text[corrected.end() :])
        elif len(parts) > 1:
            turn = self._one_after_the_other(text, parts)
        elif self.turns and asks_for_sources(text):
            turn = Turn(asked=text, understood=text, answer=_sources(self.turns[-1].answer))
        elif is_courtesy(text):
            turn = Turn(asked=text, understood=text, answer=_courtesy(text))
        elif (wanted := find_retelling(text)) and (self._memory.exchanges or wanted.rest):
            turn = self._retold(text, wanted)
        else:
            turn = self._turn(text, follow_up(text, self._memory, self._held, self._today))
        self.turns.append(turn)
        return turn

    def _corrected(self, text: str, before: str, instead: str) -> Turn:
        """What was said by mistake, with what was meant in its place: asked as a follow-up on it would be."""
        count = len(self.turns)
        unknown, meant = (parse_question(one, self._held, self._today).named for one in (before, instead))
        if unknown.unknown and meant.units:
            return self._turn(
                text, follow_up(before.replace(unknown.unknown, meant.units[0]), self._memory, self._held, self._today)
            )
        if before.strip():
            self.ask(before)
        asks = phrase("questions", "clause_asks").search(instead) or phrase("followups", "asks_on").search(instead)
        turn = self.ask(instead if asks else f"{instead.rstrip('。.！!')}呢")
        del self.turns[count:]
        return turn.model_copy(update={"asked": text})

    def _one_after_the_other(self, text: str, parts: Sequence[str]) -> Turn:
        """Several questions put at once: as one, where one answer tells what each part of it asks; else one after the
        other, the later going on from the earlier."""
        before, count = self._memory, len(self.turns)
        whole = self._turn(text, follow_up(text, self._memory, self._held, self._today))
        if is_one(whole.answer, parts):
            return whole
        as_one, self._memory = self._memory, before
        turns = [self._part(part, whole.answer) for part in parts]
        del self.turns[count:]
        found = together(text, whole.answer, parts, [turn.answer for turn in turns])
        if found is whole.answer:
            self._memory = as_one
            return whole
        return Turn(asked=text, understood="；".join(one.understood for one in turns), answer=found)

    def _part(self, part: str, whole: Answer) -> Turn:
        """One of several questions; of the reports that the whole is about, where it names none and none answers it."""
        before, count, plan = self._memory, len(self.turns), whole.plan
        turn = self.ask(part)
        told = any(one.unit for one in turn.answer.citations) or phrase("passages", "law_asked").search(part)
        if told or not (plan and plan.units) or not phrase("questions", "number_asked").search(part):
            return turn
        self._memory = before
        del self.turns[count:]
        return self.ask(f"{'和'.join(plan.units)}{'、'.join(f'{year}年' for year in plan.years)}{part}")

    def _turn(self, text: str, meant: FollowUp) -> Turn:
        question = meant.question
        if meant.kind == "nothing":
            nothing = Answer(question=text, answer=meant.missing, abstained=True, route="passages")
            return Turn(asked=text, understood=text, answer=nothing)
        if meant.kind == "reason":
            found = reason_answer(self._library, question, self._answer)
        elif meant.kind == "again":
            found = again_answer(question, self._answer, self._memory, meant.point)
        elif meant.kind == "apart":
            found = apart_answer(question, self._memory)
        elif meant.kind == "point" and meant.point is not None:
            found = point_answer(question, meant.point, self._answer)
        elif self._memory.exchanges and _over_years(question):
            found = each_year_answer(question, self._answer)
        else:
            found = self._answer(question, text)
            if found.abstained and (of_report := self._of_the_report(question)):
                question, found = of_report
        # What nothing was found for, and names nobody and no year but those spoken of, is not gone on from.
        named = question.wants_figure or question.named.unknown or self._names_another(question)
        lost = found.abstained and (not named or self._asks_again(question))
        self._remember(question, found, aside=lost or meant.kind in ("reason", "rule"), listed=meant.kind != "point")
        return Turn(asked=text, understood=question.text, answer=found)

    def _names_another(self, question: Question) -> bool:
        """Whether a question names units, or years beside them, that were not spoken of just before."""
        units, years = question.named.units, question.period.years
        before = self._memory.period.years if self._memory.period else ()
        return bool(units) and (units != self._memory.units or years != before)

    def _asks_again(self, question: Question) -> bool:
        """Whether all that was understood is what was asked before, and words beside it (两样加起来)."""
        last = self._memory.last if self._memory.exchanges else question
        same = (question.metrics, question.named.units) == (last.metrics, last.named.units)
        return bool(question.narrowing and question is not last and same and question.period.years == last.period.years)

    def _of_the_report(self, question: Question) -> tuple[Question, Answer] | None:
        """A question that names nobody and that nothing answers by itself, as one about the report that was just
        quoted, or those beside it (扫描件的转换后来做了多少份); ``None`` where they do not tell either."""
        last = self.turns[-1].answer if self.turns else None
        if not last or last.route != "passages" or not any(one.unit for one in last.citations) or question.metrics:
            return None
        named = question.named
        if named.units or named.unknown or named.candidates or question.article or len(self._memory.units) != 1:
            return None
        unit = self._memory.units[0]
        later = phrase("passages", "redress_later").search(question.text)
        for year in (*self._memory.years[-1:], *(reversed(self._held.get(unit, ())) if later else ())):
            period = replace(question.period, years=(year,))
            about = replace(
                question, text=f"{unit}{year}年{question.text}", named=replace(named, units=(unit,)), period=period
            )
            found = self._answer(about)
            if found.figures and not found.abstained:
                return about, found  # a number of its words; of quotations there is one for everything
        return None

    def _retold(self, text: str, wanted: Retelling) -> Turn:
        """What was answered, or is asked along with it, in the form that is wanted."""
        units: Sequence[str] = ()
        years: Sequence[int] = ()
        understood, plan = text, None
        if wanted.rest:
            # 清源三年的行政强制列个表: the question is answered first; 两年列个表 names years alone.
            meant = follow_up(wanted.rest, self._memory, self._held, self._today)
            if not meant.question.wants_figure:
                return self._turn(text, meant)
            units, years = meant.question.named.units, meant.question.period.years
            told = self._memory.exchanges and meant.question.metrics == self._memory.last.metrics
            if wanted.form != "table" or not (told and years):
                found = self._answer(meant.question, wanted.rest)
                self._remember(meant.question, found)
                understood, plan = meant.question.text, found.plan
        if wanted.form == "table":
            retold = as_table(self._library, self._memory, text, units=units, years=years)
        elif wanted.form == "paragraph":
            retold = as_paragraph(self._library, self._memory, text, only_last=bool(wanted.rest))
        else:
            assert wanted.measure
            retold = in_measure(self._library, self._memory, text, wanted.measure)
        return Turn(asked=text, understood=understood, answer=retold.model_copy(update={"plan": plan}))

    def _answer(self, question: Question, asked: str = "") -> Answer:
        return answer(
            question,
            self._library,
            self._model,
            today=self._today,
            say=self._say,
            show=self._show,
            search=self._search,
            opener=self._open,
            before=self._told_before() if self._model else (),
            typed=asked,
            focus=self._quoted(),
        )

    def _quoted(self) -> list[int]:
        """The passages that the last answer quoted."""
        told = self.turns[-1].answer if self.turns else None
        return [int(one.id[1:]) for one in told.citations if re.fullmatch(r"P\d+", one.id)] if told else []

    def _told_before(self) -> list[str]:
        """The last turns as a model is told them, lists with their numbers."""
        lines = []
        for turn in self.turns[-_TOLD_TO_MODEL:]:
            told = "\n".join(turn.answer.answer.splitlines()[:_LINES_TOLD])
            lines += [f"问：{turn.asked}", f"答：{told}"]
        return lines

    def _open(self, library: Library) -> FusedSearch:
        """Search, opened with the first question that needs it and kept: an index is read anew at each opening."""
        from assistant.library.search import open_search

        self._search = open_search(library)
        return self._search

    def close(self) -> None:
        """Close what the conversation kept open; a further question opens it again."""
        if self._search is not None:
            self._search.close()

    def _remember(self, question: Question, found: Answer, *, aside: bool = False, listed: bool = True) -> None:
        if found.route == "help":
            return
        # As a model understood it, where one did: what is asked next goes on from what was executed.
        executed = question_of(found.plan, question) if found.plan else question
        self._memory = self._memory.after(executed, found, self._held, aside=aside, listed=listed)


def ask_once(
    text: str,
    library: Library,
    model: Model | None = None,
    unit: str | None = None,
    year: int | None = None,
    *,
    today: date | None = None,
    say: Callable[[str], None] | None = None,
    search: FusedSearch | None = None,
    show: Callable[[str], None] | None = None,
) -> Answer:
    """``answer``, for a text that may ask several questions, the later going on from the earlier.

    Raises:
        UnknownName: as ``answer`` does.
    """
    if unit or year or len(questions_in(printable(text))) == 1:
        return answer(text, library, model, unit, year, today=today, say=say, search=search, show=show)
    conversation = Conversation(library, model, today=today, say=say, search=search, show=show)
    try:
        return conversation.ask(text).answer
    finally:
        if search is None:
            conversation.close()


def chat(
    questions: Iterable[str],
    library: Library,
    model: Model | None = None,
    *,
    today: date | None = None,
    say: Callable[[str], None] | None = None,
) -> Iterator[Answer]:
    """Answer one question after the other. ``Answer.question`` is the question in full."""
    conversation = Conversation(library, model, today=today, say=say)
    try:
        for text in questions:
            yield conversation.ask(text).answer
    finally:
        conversation.close()


def _over_years(question: Question) -> bool:
    """Whether a matter is asked of several years of one unit."""
    matter = not question.wants_figure and question.article is None
    return matter and len(question.named.units) == 1 and 1 < len(question.period.years) <= _MOST_YEARS


def _courtesy(text: str) -> Answer:
    """To who thanks or takes leave; it answers nothing and is no question that a later one could go back to."""
    text = "不客气。还要查哪个单位、哪一年的情况，可以接着问。"
    return Answer(question=text, answer=text, route="help")


def _sources(last: Answer) -> Answer:
    """What the answer before rests on, in its own citations."""
    if not last.citations:
        return last.model_copy(
            update={"answer": "上一个回答没有引用资料。", "figures": (), "abstained": True, "plan": None}
        )
    places = [f"{one.unit}{one.year or ''}{'年报告' if one.year else ''}{one.where}" for one in last.citations]
    text = f"上一个回答引用了{'以下' if len(places) > 1 else '这一处'}资料：{'；'.join(dict.fromkeys(places))}。"
    return last.model_copy(update={"answer": text, "figures": (), "plan": None})
