"""The prose parts in a finished report: what people call them, where each stands, and what last year's report wrote in
it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from assistant.drafting.office import OPENING, PARTS, Part
from assistant.errors import UnknownName, UnreadableReport
from assistant.figures.mentions import mentions_in
from assistant.language.prose import prose
from assistant.language.shortcomings import IMPROVEMENTS, PROBLEMS, announced_by, items_of
from assistant.lexicon import phrase
from assistant.lexicon.data import load
from assistant.patterns import regex
from assistant.readers.sections import section_of
from assistant.report import Report, Section
from assistant.text import enumerator

__all__ = ["SIDES", "PartRange", "last_year_paragraphs", "part_ranges", "parts_named", "without_figures"]

_ASPECTS = {entry["name"]: regex(entry["heading"]) for entry in load("aspects")["aspect"]}
_LONGEST_HEADING = 30
_HEADING_END = regex(r"[。：:]|$")
SIDES = {"问题": PROBLEMS, "改进": IMPROVEMENTS}
_NUMBER = "□"  # refused in answers
_SECTION_OF = {"一": "overview", "五": "problems", "六": "other"}
_FEWEST_HEADINGS = 2


class PartRange(NamedTuple):
    """Paragraphs ``first`` to ``last`` (exclusive) of a section, which hold ``parts``; ``kept`` opens the first of them
    and stays: a heading that its text follows on the same line."""

    section: str
    first: int
    last: int
    kept: str
    parts: tuple[Part, ...]


def parts_named(name: str) -> tuple[Part, ...]:
    """The parts that people call 五, 五（二）, 改进 or 五、存在的主要问题及改进情况.

    Raises:
        UnknownName: there is no such part, or it is a table, which data makes and no words.
    """
    wanted = _plain(name)
    section = section_of(name)
    whole = (
        section.number if section else found[1] if (found := phrase("numbering", "part_alone").match(wanted)) else ""
    )
    parts = tuple(part for part in PARTS if wanted in (_plain(part.number), part.id, part.heading))
    parts = parts or tuple(part for part in PARTS if whole and part.number.startswith(whole))
    if parts:
        return parts
    known = "、".join(part.number + part.heading for part in PARTS)
    if whole:
        help = f"表中的数字请改数据工作簿后重新起草；可以改写的部分：{known}。"
        raise UnknownName(f"第{whole}部分是表格，没有可以改写的文字", where="--section", help=help)
    raise UnknownName(f"没有“{name}”这一部分", where="--section", help=f"可以写：一、五、六，或{known}。")


def part_ranges(report: Report, parts: tuple[Part, ...]) -> tuple[PartRange, ...]:
    """Where ``parts`` stand in a report, in reading order; problems and improvements that no heading parts are one
    place.

    Raises:
        UnreadableReport: the report has no such section, or no heading that tells where the part begins.
    """
    found: dict[tuple[str, int], PartRange] = {}
    for part in parts:
        place = _part_range(report, part)
        found[place.section, place.first] = place
    return tuple(found.values())


def last_year_paragraphs(part: Part, previous: Report | None) -> tuple[str, ...]:
    """The paragraphs of a part in last year's report; all of section one where it has no headings for its parts."""
    if previous is None:
        return ()
    if part.id in SIDES:
        return tuple(item.text for item in items_of(previous, SIDES[part.id]))
    opening = part.id == OPENING.id
    if part.id not in _ASPECTS and not opening:
        if part.number.startswith(OPENING.number):
            return ()  # a head of the office's own
        return tuple(passage.text for passage in prose(previous, "other") if not passage.paragraph.heading)
    found: dict[str, list[str]] = {}
    current = ""
    for passage in prose(previous, "overview"):
        text = passage.text
        if heading := _heading_of(text, passage.paragraph.heading):
            current = next((name for name, words in _ASPECTS.items() if words.search(heading)), current)
            text = text[len(heading) :].lstrip("。：: ")
        if text:
            found.setdefault(current, []).append(text)
    if opening:
        return tuple(found.get("", ())) if len(found) > 1 else ()
    everything = tuple(text for texts in found.values() for text in texts)
    return tuple(found.get(part.id, ())) if len(found.keys() - {""}) > 1 else everything


def without_figures(text: str, mark: str = _NUMBER) -> str:
    """A text with ``mark`` in place of each number: what a model may see of other years."""
    for mention in reversed(mentions_in(text)):
        text = f"{text[: mention.start]}{mark}{text[mention.end :]}"
    return re.sub(r"[0-9０-９]+", mark, text)


def _heading_of(text: str, printed_as_one: bool) -> str:
    """（一）主动公开情况, alone or before its text; empty for other paragraphs."""
    if not (printed_as_one or enumerator(text)):
        return ""
    end = _HEADING_END.search(text)
    opening = text[: end.start()] if end else text
    return opening if len(opening) <= _LONGEST_HEADING else ""


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).replace(" ", "").rstrip("、.")


def _part_range(report: Report, part: Part) -> PartRange:
    section_id = _SECTION_OF[part.number[0]]
    section = report.section(section_id)
    if section is None:
        raise UnreadableReport(
            f"报告里没有第{part.number[0]}部分", where=report.file, help="请先加上这一部分的标题，再改写。"
        )
    if section_id == "other":
        return PartRange(section_id, 0, len(section.paragraphs), "", (part,))
    side = section_id == "problems"
    under = {each.parts[0].id: each for each in reversed(tuple(_under_headings(section, _side if side else _aspect)))}
    if part.id in under and (not side or len(under) == len(SIDES)):
        return under[part.id]
    if side:
        return PartRange(section_id, 0, len(section.paragraphs), "", tuple(p for p in PARTS if p.id in SIDES))
    raise UnreadableReport(
        f"没有找到“{part.heading}”的小标题，不知道这一部分从哪里开始",
        where=report.file,
        help=f"请在这一部分前加上小标题“{part.number[1:]}{part.heading}”，再改写。",
    )


def _under_headings(section: Section, named: Callable[[str], str]) -> Iterator[PartRange]:
    """What stands under each heading of a section that names a part."""
    paragraphs = section.paragraphs
    places = [n for n, paragraph in enumerate(paragraphs) if phrase("numbering", "subheading").match(paragraph.text)]
    if len(places) < _FEWEST_HEADINGS:
        places = [n for n, paragraph in enumerate(paragraphs) if paragraph.heading]
    by_id = {part.id: part for part in PARTS}
    for n, end in pairwise([*places, len(paragraphs)]):
        text, heading = paragraphs[n].text, _heading_of(paragraphs[n].text, paragraphs[n].heading)
        if heading and (part := by_id.get(named(heading))):
            whole = len(text) <= len(heading) + 1  # with a stop behind it
            kept = "" if whole else text[: len(heading) + 1]
            yield PartRange(section.id or "", n + 1 if whole else n, end, kept, (part,))


def _aspect(heading: str) -> str:
    return next((name for name, words in _ASPECTS.items() if words.search(heading)), "")


def _side(heading: str) -> str:
    announced = announced_by(heading)
    return next((name for name, side in SIDES.items() if side == announced), "")
