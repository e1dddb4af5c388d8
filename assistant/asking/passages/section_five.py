"""The problems of a report, what is to be done about them and what came of last year's: section five, point by point.

What is asked of it is told by classes of words, not by lists of them: a noun of the question that a point of the
section has chooses that point, one that no point has asks for something else, and verbs (冒出来, 查摆, 念念) choose
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.asking.inquiry import Inquiry
from assistant.asking.questions.question import Question
from assistant.asking.questions.tokens import figure_words
from assistant.asking.result import Answer, passage_citation
from assistant.language.shortcomings import IMPROVEMENTS, PROBLEMS, items_of
from assistant.lexicon import phrase, run_of
from assistant.library import Passage
from assistant.library.passages import sentences
from assistant.patterns import regex
from assistant.report import Report

__all__ = ["section_five_answer"]

Side = Literal["问题", "改进", "整改"]
REDRESS: Side = "整改"

_CLAUSE = regex(r"[，,。；;？?！!（()）：:]")
_LONGEST_ITEM = 200
_SECTION = "problems"
_NAMED: dict[Side, str] = {"问题": "problems", "改进": "improvements", "整改": "redress_asked"}
_CONTENT = ("n", "v", "a", "i", "j", "l", "z")  # classes of rjieba's: of these a point may have what is asked
_WHOLE_POINT = 0.5  # of the words that the best point has: one that has fewer is not meant


@dataclass(frozen=True, slots=True)
class _Asked:
    """``sides`` that are asked for; ``nouns`` must stand in the section, where they are no word for it as a whole;
    ``words`` choose points; ``figures``: a figure of the tables is named beside."""

    sides: tuple[Side, ...]
    nouns: tuple[str, ...]
    words: tuple[str, ...]
    figures: bool


@dataclass(frozen=True, slots=True)
class _Point:
    number: int
    text: str
    passage: Passage


def section_five_answer(inquiry: Inquiry) -> Answer | None:
    """The points of section five that are asked for; ``None`` where something else is asked or the report has none."""
    question = inquiry.question
    understood = question.wants_figure and not question.narrowing  # 请问个问题，新收多少件
    if len(inquiry.units) != 1 or question.article is not None or understood:
        return None
    asked = _asked(question)
    if asked is None:
        return None
    unit = inquiry.units[0]
    found = [one for years in _years(inquiry, unit, asked) if (one := _of_report(inquiry, unit, *years, asked))]
    # 标注失效那条，2024年准备怎么弄: the report that has a point of it comes before one that only has points.
    return next((answer for answer, chosen in found if chosen), found[0][0] if found else None)


def _asked(question: Question) -> _Asked | None:
    """What is asked of section five; ``None`` where nothing is."""
    if not any(phrase("passages", id).search(question.period.rest) for id in _NAMED.values()):
        return None
    sides: dict[Side, None] = {}
    nouns: dict[str, None] = {}
    words: dict[str, None] = {}
    figures, measure = False, phrase("passages", "measure_asked")
    for clause in filter(str.strip, _CLAUSE.split(question.period.rest)):
        named = [side for side, id in _NAMED.items() if phrase("passages", id).search(clause)]
        content = list(_content(clause))
        words |= dict.fromkeys(word for word, _ in content)
        if not named and not phrase("passages", "list_asked").search(clause):
            continue  # 我是省报的: told by the way
        if any(not phrase("passages", "counts_points").match(one[1]) for one in measure.finditer(clause)):
            return None  # 计划招录多少人
        sides |= dict.fromkeys(named)
        nouns |= dict.fromkeys(word for word, tag in content if tag.startswith(("n", "i")))
        figures |= any(hit.entry.kind not in ("verb", "stage") for hit in figure_words(clause))
    if REDRESS in sides:
        sides = {REDRESS: None}
    return _Asked(tuple(sides), tuple(nouns), tuple(words), figures) if sides else None


def _content(clause: str) -> Iterator[tuple[str, str]]:
    """The words of a clause that may be a matter of their own, with their classes."""
    import rjieba  # loads its dictionary: only what names a problem or a measure comes here

    small_words = (run_of("passages", "of_the_list"), run_of("questions", "filler", "of_asking"))
    clause = phrase("passages", "whole_matter").sub("", clause)
    for word, tag in rjieba.tag(re.sub(r"　+报(?!告)|\s", "", clause)):  # 2024年报
        small = any(words.fullmatch(word) for words in small_words)
        if len(word) > 1 and tag.startswith(_CONTENT) and not small:
            yield word, tag


def _years(inquiry: Inquiry, unit: str, asked: _Asked) -> Iterator[tuple[int, int]]:
    """The years asked about, each with that of a report to look into. What is planned for a year stands in the report
    before it too; what came of a year's problems, in the one behind it."""
    held, text = inquiry.held.get(unit, []), inquiry.question.period.rest
    asked_for = tuple(year for year in inquiry.years if year in held) or inquiry.years
    if len(asked_for) > 1:
        return
    later = phrase("passages", "redress_later").search(text)
    planned = phrase("passages", "plan_asked").search(text)
    for year in asked_for or (tuple(reversed(held)) if asked.words else held[-1:]):
        if asked.sides == (REDRESS,):
            steps: tuple[int, ...] = (1,) if later and asked_for else (0,)
        elif year in held:
            steps = (0, -1) if planned and asked.words else (0,)
        else:
            steps = (-1,) if IMPROVEMENTS in asked.sides else (1,)
        yield from ((year, year + step) for step in steps if year + step in held)


def _of_report(inquiry: Inquiry, unit: str, about: int, year: int, asked: _Asked) -> tuple[Answer, bool] | None:
    """What the report of ``year`` says about the year asked for, and whether the words of the question chose points."""
    report, entry = inquiry.library.report(unit, year), inquiry.library.entry(unit, year)
    if report is None or entry is None:
        return None
    passages = inquiry.library.catalog.passages_of(entry.id)
    of_section = [one for one in passages if _in_section(one, report)]
    if asked.sides == (REDRESS,):
        return _redress(inquiry, unit, year, of_section, asked)
    points = {side: _points(report, side, passages, about, year) for side in (PROBLEMS, IMPROVEMENTS)}
    whole = "".join(point.text for side in points.values() for point in side or ())
    if any(noun not in whole for noun in asked.nouns):
        return None  # 关于数据安全的不足: of which the section has nothing
    # A measure may be asked for by the words of its problem, not the other way round.
    among = (PROBLEMS, IMPROVEMENTS) if IMPROVEMENTS in asked.sides else asked.sides
    chosen = _chosen([point for side in among for point in points[side] or ()], asked.words)
    if asked.figures and not chosen:
        return None
    absent = about != year and about not in inquiry.held[unit]
    lines = [f"{inquiry.no_report((unit,))}{year}年的报告写到{about}年的有："] if absent else []
    cited: dict[int, Passage] = {}
    for side in (PROBLEMS, IMPROVEMENTS):
        if side not in asked.sides and not (chosen and IMPROVEMENTS in asked.sides):
            continue
        found = points[side]
        if not found:
            if side in asked.sides:
                return None  # half of what was asked, or what cannot be cited, is not told
            continue
        numbers = {one.number for one in chosen if one in found or _alike(points)}
        told = [point for point in found if not chosen or point.number in numbers]
        if not told:
            continue
        lines.append(f"{unit}{year}年报告第五部分列出的{side}：")
        lines += [f"{point.number}. “{_shown(point.text)}”" for point in told]
        cited |= {point.passage.id: point.passage for point in told}
    if not cited:
        return None
    citations = tuple(passage_citation(passage, passage.text) for passage in cited.values())
    answer = Answer(question=inquiry.question.text, answer="\n".join(lines), citations=citations, route="passages")
    return answer, bool(chosen)


def _in_section(passage: Passage, report: Report) -> bool:
    section = report.section(_SECTION)
    return section is not None and passage.place.startswith(section.label)


def _alike(points: dict[str, list[_Point] | None]) -> bool:
    """Whether the measures answer the problems one by one: there are as many of them."""
    counts = {len(one or ()) for one in points.values()}
    return len(counts) == 1 and counts != {0}


def _chosen(points: Sequence[_Point], words: Sequence[str]) -> list[_Point]:
    """The points that have most of the words of the question; none where no point has any."""
    count = {point: sum(word in point.text for word in words) for point in points}
    most = max(count.values(), default=0)
    return [point for point in points if most and count[point] > most * _WHOLE_POINT]


def _redress(
    inquiry: Inquiry, unit: str, year: int, passages: Sequence[Passage], asked: _Asked
) -> tuple[Answer, bool] | None:
    """What a report says became of the problems of the year before."""
    told = phrase("passages", "redress_told")
    found = [
        one for one in passages if told.search(one.place.partition(" · ")[2]) or told.search(sentences(one.text)[0])
    ]
    whole = "".join(one.text for one in found)
    if not found or any(noun not in whole for noun in asked.nouns):
        return None
    lines = [f"{unit}{year}年报告（{one.place}）：“{_shown(one.text)}”" for one in found]
    citations = tuple(passage_citation(one, one.text) for one in found)
    told_of = Answer(question=inquiry.question.text, answer="\n".join(lines), citations=citations, route="passages")
    return told_of, any(word in whole for word in asked.words)


def _points(report: Report, side: str, passages: Sequence[Passage], about: int, year: int) -> list[_Point] | None:
    """The points of a side, those of the year asked ``about`` where lists of several years stand beside each other, or
    where the report is another year's; ``None`` where one of them cannot be cited."""
    items = items_of(report, side, ahead=side == IMPROVEMENTS) or items_of(report, side)
    if side == PROBLEMS:
        of_year = [one for one in items if f"{about}年" in one.under]
        items = of_year or (items if about >= year else [])  # 1、2023年查找出的问题 … 3、2024年仍有的问题
        if about < year and not items:
            return None
    # 主要是研判能力不足、政策解读不够丰富等。 has no points.
    texts = [one.text.strip("，,；;、 ") for one in items] or _sentences(report, side)
    found = [(number, text, _passage_of(text, passages)) for number, text in enumerate(texts, start=1)]
    points = [_Point(number, text, passage) for number, text, passage in found if passage]
    return points if len(points) == len(found) else None


def _sentences(report: Report, side: str) -> list[str]:
    """What section five says of a side in running text: from the sentence that names it to the one that turns to the
    other."""
    sides = ("problems", "turns_to_improvements")
    names, turns = (phrase("passages", id) for id in (sides if side == PROBLEMS else reversed(sides)))
    section = next((one for one in report.sections if one.id == _SECTION), None)
    told = [one for paragraph in section.paragraphs for one in sentences(paragraph.text)] if section else []
    start = next((place for place, one in enumerate(told) if names.search(one) and not _only_turns(one, side)), None)
    if start is None:
        return []
    end = next((place for place in range(start + 1, len(told)) if turns.search(told[place])), len(told))
    return told[start:end]


def _only_turns(sentence: str, side: str) -> bool:
    """针对上述问题，下一步…: names the problems, and tells of the improvements."""
    return side == PROBLEMS and bool(phrase("passages", "turns_to_improvements").search(sentence))


def _passage_of(item: str, passages: Sequence[Passage]) -> Passage | None:
    return next((passage for passage in passages if item[:_LONGEST_ITEM] in passage.text), None)


def _shown(item: str) -> str:
    return item if len(item) <= _LONGEST_ITEM else f"{item[:_LONGEST_ITEM]}…"
