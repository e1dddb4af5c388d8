"""What is said where the library has no such unit or year: the nearest that it has, and what other reports tell of it:
a county in the city's report, what was planned for a year in the report before it, what was amiss in the report after
it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.asking.calculation.prose_figures import itself, subject_words
from assistant.asking.inquiry import Inquiry
from assistant.asking.questions.question import Question
from assistant.asking.questions.units import nearest_units
from assistant.asking.result import Answer, Citation
from assistant.lexicon import phrase
from assistant.library import Passage
from assistant.library.passages import sentences

__all__ = [
    "ambiguous_unit_message",
    "answer_from_adjacent_year",
    "answer_from_other_units",
    "nearest_year_message",
    "relative_years_note",
    "units_of_kind",
    "unknown_unit_message",
]

_MOST_NAMED = 8
_SAYS_SO = {-1: "told_of_next_year", 1: "told_of_last_year"}  # by how far away the year asked about is
_FOUND, _MOST_SAID = 12, 2


def answer_from_other_units(inquiry: Inquiry) -> Answer | None:
    """Sentences of other units' reports that name the place asked about (宿豫区 in its city's report); ``None`` when
    none does. A figure asked for stays unanswered: what another's report says in passing is no report of its own."""
    question, name = inquiry.question, inquiry.question.named.unknown
    if not name or inquiry.units:
        return None
    office = re.search(rf"{re.escape(name)}人民政府(?:办公[室厅])?", question.text)
    name = office.group() if office else name
    words = [word for word in subject_words(question.period.rest) if word not in name]
    held = inquiry.library.catalog.titles("report")
    documents = {document for document, _, year, _ in held if not inquiry.years or year in inquiry.years}
    if not documents:
        return None
    passages = inquiry.find(f"{name} {' '.join(words)}", _FOUND, documents, sections=(), every_year=False)
    counts = bool(phrase("questions", "number_asked").search(question.period.rest))
    things = phrase("passages", "object").findall(question.period.rest)
    # Not 咸宁市政务公开领导小组 nor 淮安市洪泽区: words about someone else whose name only begins alike.
    own = re.compile(re.escape(name)) if office else itself(name)
    said = [
        (passage, one)
        for passage in passages
        for one in sentences(passage.text)
        if own.search(one) and (not counts or _tells_number(one, name, things, passage.text))
    ]
    best = _best(said, words)
    if not best:
        return None
    opening = f"{unknown_unit_message(name, inquiry.held)}别的单位的报告里写到它："
    answers = not counts and any(word in one for _, one in best for word in words)
    return _quoted(inquiry, opening, best, abstained=not answers)


def answer_from_adjacent_year(inquiry: Inquiry) -> Answer | None:
    """What the report of the year before says was planned for the year asked about, or that of the year after says was
    amiss in it; ``None`` when the year has a report of its own, or nothing of the kind is asked or told."""
    question = inquiry.question
    if len(inquiry.units) != 1 or len(inquiry.years) != 1 or question.wants_figure:
        return None
    unit, year, text = inquiry.units[0], inquiry.years[0], question.period.rest
    if year in inquiry.held[unit]:
        return None
    words = subject_words(text)
    for id, step in (("plan_asked", -1), ("problems", 1)):
        asked = phrase("passages", id)
        entry = inquiry.library.entry(unit, year + step) if asked.search(text) else None
        if entry is None:
            continue
        lines = [
            (passage, line.strip())
            for passage in inquiry.library.catalog.passages_of(entry.id)
            if passage.place.startswith("五、")
            for line in passage.text.split("\n")
        ]
        lines = [(passage, _from_year(line, year)) for passage, line in lines]
        named = [one for one in lines if f"{year}年" in one[1] and asked.search(one[1])]
        says_so = phrase("passages", _SAYS_SO[step])
        best = _best(named or [one for one in lines if says_so.search(one[1])], words)
        if best:
            opening = f"资料库中没有{unit}{year}年的报告，{year + step}年的报告写到{year}年的有："
            return _quoted(inquiry, opening, best, abstained=False)
    return None


def unknown_unit_message(name: str, held: Iterable[str]) -> str:
    """That a unit is not in the library, with those whose names are most like it."""
    near = nearest_units(name, held)
    return f"资料库中没有“{name}”的报告。" + (f"名称相近的有{'、'.join(near)}。" if near else "")


def ambiguous_unit_message(candidates: Sequence[str]) -> str:
    """That a name may mean several units, and which."""
    more = f"等{len(candidates)}个单位" if len(candidates) > _MOST_NAMED else ""
    return f"题中的单位可能指{'、'.join(candidates[:_MOST_NAMED])}{more}，请写明全称。"


def units_of_kind(question: Question, held: Iterable[str]) -> tuple[str, ...]:
    """The units held that 哪个区, 各街道 mean; all of them when the question names no kind, or none is of it."""
    found = phrase("passages", "kind_of_unit").search(question.text)
    fitting = tuple(
        unit for unit in held if found and phrase("passages", "office_end").sub("", unit).endswith(found[1])
    )
    return fitting or tuple(held)


def nearest_year_message(held: Sequence[int], wanted: Sequence[int]) -> str:
    """The year held that is nearest to those asked for; the newer one of two."""
    if not held or not wanted:
        return ""
    near = min(held, key=lambda year: (min(abs(year - one) for one in wanted), -year))
    return f"最接近的是{near}年。"


def relative_years_note(inquiry: Inquiry) -> str:
    """What 去年 was taken to be, and from which day; what 近三年 was taken to end with."""
    period = inquiry.question.period
    years = "、".join(f"“{word}”为{year}年" for word, year in period.relative)
    day = inquiry.question.today
    return f"（按{day.year}年{day.month}月{day.day}日推算，{years}。）" if years else ""


def _tells_number(sentence: str, name: str, things: Iterable[str], around: str) -> bool:
    """Whether a number stands right behind the place, in a sentence about what is counted; a list of places
    (沭阳县1件，收取880元；泗洪县1件，收取1080元) may say so in the words around it."""
    behind = re.search(rf"{re.escape(name)}[^，。；、\d]{{0,6}}\d", sentence)
    listed = sentence.strip().removeprefix("其中，").startswith(name)
    return bool(behind) and all(thing in (around if listed else sentence) for thing in things)


def _from_year(line: str, year: int) -> str:
    """A paragraph from its sentence on that names the year; as it is when none does."""
    found = sentences(line)
    first = next((index for index, one in enumerate(found) if f"{year}年" in one), 0)
    return "".join(found[first:])


def _best(said: Iterable[tuple[Passage, str]], words: Iterable[str]) -> list[tuple[Passage, str]]:
    """Those with the most of the words, in the order found; of equally good ones the first few."""
    ranked = [(sum(word in one for word in words), passage, one) for passage, one in said]
    most = max((shared for shared, _, _ in ranked), default=0)
    return [(passage, one) for shared, passage, one in ranked if shared == most][:_MOST_SAID]


def _quoted(inquiry: Inquiry, opening: str, best: list[tuple[Passage, str]], *, abstained: bool) -> Answer:
    lines = [f"{passage.unit}{passage.year}年报告（{passage.place}）：“{one}”" for passage, one in best]
    answer = inquiry.abstain("\n".join([opening, *lines]), "passages")
    if not abstained:
        answer = answer.model_copy(update={"answer": "\n".join([opening, *lines]), "abstained": False})
    cited = tuple(
        Citation(id=f"P{passage.id}", unit=passage.unit, year=passage.year, where=passage.place, quote=one)
        for passage, one in best
    )
    return answer.model_copy(update={"citations": cited})
