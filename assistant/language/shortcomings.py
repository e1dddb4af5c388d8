"""Section five: which words tell a problem, which tell what is done about it, and the points of either side."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from assistant.language.numbered_lists import PointList, lists_in
from assistant.language.prose import Prose, prose
from assistant.lexicon import phrase
from assistant.lexicon.data import load
from assistant.patterns import regex
from assistant.report import Mark, Report

__all__ = [
    "IMPROVEMENTS",
    "PROBLEMS",
    "Item",
    "announced_by",
    "items_of",
    "says_nothing",
    "side_of",
    "told_by",
]

PROBLEMS, IMPROVEMENTS = "问题", "改进"
_SHOWN = 40
_SHORTEST = 8
_LEAD_IN = regex(r"(?<=。)[^。]{0,30}[：:，,]?$")


def side_of(each: PointList) -> str:
    """Whether a list is of problems or of improvements, by the words before it; empty for neither."""
    return next((side for text in (each.lead, each.above) if (side := announced_by(text))), "")


def announced_by(text: str) -> str:
    """What a heading or a sentence says that it leads to: problems or improvements; empty for neither."""
    if phrase("section_five", "leads_to_improvement").search(text):
        return IMPROVEMENTS
    return PROBLEMS if phrase("section_five", "leads_to_problem").search(text) else ""


_CLAUSES = regex(r"[，,。；;、\s]+")


def says_nothing(text: str) -> bool:
    """Whether a text only praises or promises at large: 进一步提高思想认识，切实加强组织领导。"""
    clauses = [clause for clause in _CLAUSES.split(text) if clause.strip()]
    concrete = phrase("section_five", "concrete").search(text)
    return bool(clauses) and not concrete and all(map(_hollow().fullmatch, clauses))


@cache
def _hollow() -> re.Pattern[str]:
    return regex("|".join(f"(?:{entry['words']})" for entry in load("drafting")["hollow"]))


def told_by(sentence: str) -> str:
    """Whether a sentence tells a problem or what is done about it; empty for one that says neither."""
    if phrase("section_five", "leads_to_improvement").search(sentence):
        return IMPROVEMENTS
    if phrase("section_five", "problem").search(sentence):
        return PROBLEMS
    return IMPROVEMENTS if phrase("section_five", "improvement").search(sentence) else ""


def _announcing(each: PointList) -> str:
    """The words that tell which side a list is on."""
    return each.lead if announced_by(each.lead) else each.above


class Item(NamedTuple):
    """One point of the list of problems or improvements, ``under`` the words that announce them."""

    text: str
    passage: Prose
    start: int
    under: str = ""

    @property
    def mark(self) -> Mark:
        return Mark("", self.passage.paragraph, self.start, self.start + len(self.text))

    @property
    def shown(self) -> str:
        opening = self.text.strip("，。；、 ")
        return opening if len(opening) <= _SHOWN else f"{opening[:_SHOWN]}…"


def items_of(report: Report, side: str, *, ahead: bool = False) -> list[Item]:
    """The points of section five on one side: problems, or what is done about them; with ``ahead`` not those that
    tell what has become of last year's."""
    lists = lists_in(prose(report, "problems"))
    points = [point for each in lists for point in each.points]
    found: list[Item] = []
    back = phrase("section_five", "looks_back")
    chosen = (one for one in lists if side_of(one) == side and not (ahead and back.search(_announcing(one))))
    for under, point in ((_announcing(one), point) for one in chosen for point in one.points):
        after = (p.start for p in points if p.passage.paragraph is point.passage.paragraph and p.start > point.start)
        text = point.passage.text[point.end : min(after, default=len(point.passage.text))]
        # The sentence that leads to the next list stands behind the last point: 改进措施：
        found.append(Item(_LEAD_IN.sub("", text), point.passage, point.end, under))
    return [item for item in found if len(item.text) >= _SHORTEST]
