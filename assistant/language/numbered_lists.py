"""Numbered headings and points of a section, as the lists that they form: （一）（二）, 1. 2., 一是、二是."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.language.numerals import parse
from assistant.language.prose import Prose
from assistant.patterns import regex

__all__ = ["Point", "PointList", "lists_in"]

_CHINESE, _CIRCLED = r"[一二三四五六七八九十]{1,3}", "①②③④⑤⑥⑦⑧⑨⑩"
# Numbers of headings open a paragraph or a sentence: 第（一）项 and 1.5万 are none. 二是 may follow a comma.
_OPEN_SENTENCES = {
    "（一）": rf"[（(](?P<v0>{_CHINESE})[）)](?!\s*[项款条])",
    "1.": r"(?P<v1>\d{1,2})(?:[.．](?!\d(?!\d?月))|、(?!\d))",  # 2.6月底前编印 is the second point
    "（1）": r"[（(](?P<v2>\d{1,2})[）)](?!\s*[项款条])",
}
_OPEN_CLAUSES = {
    "一是": rf"(?P<v3>{_CHINESE})(?:是|要)(?!(?P=v3))",  # 一是一、二是二
    "其一": rf"其(?P<v4>{_CHINESE})(?=[，,、：:是])",
    "第一": rf"第(?P<v5>{_CHINESE})(?=[，,、：:是])",
}
_ANYWHERE = {"①": rf"(?P<v6>[{_CIRCLED}])"}
_NAMES = (*_OPEN_SENTENCES, *_OPEN_CLAUSES, *_ANYWHERE)
# The look back at one character comes first: it rules out nearly every place of a text.
_POINT = regex(
    rf"(?<!\w)(?:(?:^|(?<=[。；;：:！\n]))\s*(?:{'|'.join(_OPEN_SENTENCES.values())})"
    rf"|\s*(?:{'|'.join(_OPEN_CLAUSES.values())}))|{_ANYWHERE['①']}"
)
_ENDS = "。！？；"


class Point(NamedTuple):
    """One number: its shape (by its first, （一）), its value, and where it stands. ``expected`` is the value that
    should stand here, when it does not."""

    shape: str
    value: int
    passage: Prose
    start: int
    end: int
    expected: int | None = None


@dataclass
class PointList:
    """Points of one shape that count from one. ``lead`` is the sentence before them, ``above`` the opening of the point
    that they stand under; ``repeats`` is the list of the same shape that was still open when this one began."""

    lead: str
    above: str
    repeats: PointList | None = None
    points: list[Point] = field(default_factory=list)

    @property
    def first(self) -> Point:
        return self.points[0]

    @property
    def last(self) -> Point:
        return self.points[-1]


def lists_in(passages: Iterable[Prose]) -> tuple[PointList, ...]:
    """The lists of one section in the order in which they begin.

    A point goes on with the innermost open list that it follows; the lists inside that one are closed by it. A point
    that follows none opens a list when it is the first, and is a fault in the list it must belong to when it is not.
    """
    found: list[PointList] = []
    opened: list[PointList] = []
    for point, lead in _points(passages):
        same = [n for n, each in enumerate(opened) if each.last.shape == point.shape]
        after = [n for n in same if opened[n].last.value == point.value - 1]
        if after:
            _add(opened, after[-1], point)
        elif point.value == 1 or not same:
            repeats = opened[same[-1]] if same else None
            fresh = PointList(lead, _opening_of(opened[-1].last) if opened else "", repeats)
            fresh.points.append(point if point.value == 1 else _faulty(point, 1))
            opened.append(fresh)
            found.append(fresh)
        else:
            _add(opened, same[-1], _faulty(point, opened[same[-1]].last.value + 1))
    return tuple(found)


def _add(opened: list[PointList], place: int, point: Point) -> None:
    opened[place].points.append(point)
    del opened[place + 1 :]


def _faulty(point: Point, expected: int) -> Point:
    return Point(point.shape, point.value, point.passage, point.start, point.end, expected)


def _points(passages: Iterable[Prose]) -> Iterator[tuple[Point, str]]:
    before = ""
    for passage in passages:
        for found in _POINT.finditer(passage.text):
            kind = next(n for n in range(len(_NAMES)) if found[f"v{n}"])
            written = found[f"v{kind}"]
            numeral = parse(written)
            value = _CIRCLED.index(written) + 1 if written in _CIRCLED else int(numeral.value) if numeral else 0
            if value:
                lead = passage.text[: found.start()].strip() or before
                start = found.start() + len(found.group()) - len(found.group().lstrip())
                yield Point(_NAMES[kind], value, passage, start, found.end()), _last_sentence(lead)
        before = passage.text.strip() or before


def _last_sentence(text: str) -> str:
    stem = text.rstrip(_ENDS)
    return text[max(stem.rfind(end) for end in _ENDS) + 1 :]


def _opening_of(point: Point) -> str:
    """What a point says first: its heading."""
    return re.split(r"[。！？；：:]", point.passage.text[point.end :], maxsplit=1)[0]
