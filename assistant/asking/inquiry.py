"""What answering one question needs, and how it is said that the library does not tell."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from assistant.asking.questions.question import Question
from assistant.asking.result import Answer
from assistant.library import Library, Passage
from assistant.library.regulation import citable_regulations

if TYPE_CHECKING:
    from assistant.library.search import FusedSearch
    from assistant.llm.model import Model

__all__ = ["Inquiry", "holdings_text", "years_text"]

_MOST_UNITS = 12


@dataclass
class Inquiry:
    """A question with the library it is put to and its units with their years (``held``). ``unit`` and ``year`` fill in
    what the question leaves out. ``model_said_no``: a model read what was found and says that it does not tell.
    ``focus`` are the passages that were just quoted, which a question may go on about."""

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
    noticed: set[str] = field(default_factory=set)
    model_said_no: bool = False
    focus: tuple[int, ...] = ()

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
            self._notify(self.opened.notice)
        return self.opened

    def find(
        self, words: str, limit: int, documents: Collection[int] | None, *, sections: Collection[str], every_year: bool
    ) -> list[Passage]:
        """What search finds; a notice of what it could not do is said once."""
        search = self.search()
        found = search(words, limit, documents, sections=sections, every_year=every_year)
        self._notify(search.notice)
        return found

    def _notify(self, notice: str) -> None:
        if notice and notice not in self.noticed:
            self.noticed.add(notice)
            self.say(notice)

    def abstain(self, why: str, route: Literal["figures", "passages"]) -> Answer:
        """An answer that says what is missing and what the library does hold."""
        text = f"{why}\n{holdings_text(self.library)}"
        return Answer(question=self.question.text, answer=text, abstained=True, route=route)

    def no_report(self, units: tuple[str, ...]) -> str:
        """That there is no report of these units for the years asked for."""
        years = "、".join(f"{year}年" for year in self.years)
        held = self.held
        have = "".join(f"{unit}现有{years_text(held[unit])}。" for unit in units)
        return f"资料库中没有{'、'.join(units)}{years}的报告。{have}"


def years_text(years: list[int]) -> str:
    """Years as people write them: 2022—2024年, 2019年、2024年."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return "、".join(f"{run[0]}—{run[-1]}年" if len(run) > 1 else f"{run[0]}年" for run in runs) or "年度不明"


def holdings_text(library: Library) -> str:
    """One sentence: units with their years, and the regulations."""
    units = library.units()
    named = [f"{unit}（{years_text(years)}）" for unit, years in list(units.items())[:_MOST_UNITS]]
    more = f"等{len(units)}个单位" if len(units) > _MOST_UNITS else ""
    regulations = [f"《{title}》" for title in citable_regulations(library).values()]
    reports = "、".join(named) + more
    parts = [f"报告：{reports}" if reports else "", f"法规：{'、'.join(regulations)}" if regulations else ""]
    contents = "；".join(part for part in parts if part)
    return f"资料库现有{contents}。" if contents else "资料库是空的，请先运行 assistant ingest 导入报告。"
