"""What answering one question needs, and how it is said that the library does not tell."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from assistant.asking.holdings import held_years, holdings
from assistant.asking.questions.question import Question
from assistant.asking.result import Answer
from assistant.library import Library, Passage

if TYPE_CHECKING:
    from assistant.library.search import FusedSearch
    from assistant.llm.model import Model

__all__ = ["Asker"]


@dataclass
class Asker:
    """A question with the library it is put to and its units with their years (``held``). ``unit`` and ``year`` fill in what the question leaves out."""

    question: Question
    library: Library
    held: dict[str, list[int]]
    model: Model | None
    say: Callable[[str], None]
    unit: str | None
    year: int | None
    opened: FusedSearch | None
    show: Callable[[str], None] | None = None
    opener: Callable[[Library], FusedSearch] | None = None
    told: set[str] = field(default_factory=set)

    @property
    def units(self) -> tuple[str, ...]:
        return self.question.named.units or ((self.unit,) if self.unit else ())

    @property
    def years(self) -> tuple[int, ...]:
        return self.question.period.years or ((self.year,) if self.year else ())

    def search(self) -> FusedSearch:
        """Search, opened when it is first needed: a figure needs none."""
        if self.opened is None:
            from assistant.library.search import open_search

            self.opened = (self.opener or open_search)(self.library)
            self._tell(self.opened.notice)
        return self.opened

    def find(
        self, words: str, limit: int, documents: Collection[int] | None, *, sections: Collection[str], every_year: bool
    ) -> list[Passage]:
        """What search finds; a notice of what it could not do is said once."""
        search = self.search()
        found = search(words, limit, documents, sections=sections, every_year=every_year)
        self._tell(search.notice)
        return found

    def _tell(self, notice: str) -> None:
        if notice and notice not in self.told:
            self.told.add(notice)
            self.say(notice)

    def abstain(self, why: str, route: Literal["figures", "passages"]) -> Answer:
        """An answer that says what is missing and what the library does hold."""
        told = f"{why}\n{holdings(self.library)}"
        return Answer(question=self.question.text, answer=told, abstained=True, route=route)

    def no_report(self, units: tuple[str, ...]) -> str:
        """That there is no report of these units for the years asked for."""
        years = "、".join(f"{year}年" for year in self.years)
        held = self.held
        have = "".join(f"{unit}现有{held_years(held[unit])}。" for unit in units)
        return f"资料库中没有{'、'.join(units)}{years}的报告。{have}"
