"""What an office wants told: the sheets 工作要点 and 问题与改进 as points by part."""

from __future__ import annotations

import re
from types import MappingProxyType

from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from assistant.drafting.office import FOLLOWED_UP, Point
from assistant.drafting.sheets import PLAN_KINDS, PLANS, POINT_PARTS, POINTS, THIS_YEAR, words
from assistant.readers.sections import section_of
from assistant.text import enumerator

__all__ = ["lines_of", "points_in"]

_MOST_ROWS, _LONGEST = 300, 800
# “已完成” alone says nothing to who has not last year's report at hand: the plan is told with it.
_SHORTEST_ALONE = 12
_LONGEST_NAME = 40  # of a plan: what it opens with tells which one it was
# People number what they list; the composer numbers it again. A point that counts on within itself (一是…二是…) stays as it is.
_MARK = re.compile(r"(?:[一二三四五六七八九十]是[，：:]?|[①-⑳])\s*")
_COUNTS_ON = re.compile(r"[二三四五六七八九十]是|[②-⑳]")
_INNER_QUOTES = str.maketrans("“”", "‘’")


def points_in(book: Workbook, faults: list[str]) -> MappingProxyType[str, tuple[Point, ...]]:
    """Points by part, what became of last year's plans under ``FOLLOWED_UP``; faults are added by address."""
    found: dict[str, list[Point]] = {}
    _points(book[POINTS], found, faults)
    _plans(book[PLANS], found, faults)
    return MappingProxyType({name: tuple(points) for name, points in found.items() if points})


def _points(sheet: Worksheet, found: dict[str, list[Point]], faults: list[str]) -> None:
    """A row without a part belongs to the part above it, a line break in a cell divides points."""
    if _too_long(sheet, faults):
        return
    part = ""
    for row in range(2, sheet.max_row + 1):
        part = words(sheet, row, 1) or part
        lines = _lines(sheet, row, 2, faults)
        if lines and part not in POINT_PARTS:
            elsewhere = f"；问题和改进请填在“{PLANS}”" if part in THIS_YEAR.values() else ""
            faults.append(f"{POINTS}!A{row}：应为{'、'.join(POINT_PARTS)}之一，这里是“{part}”{elsewhere}")
        else:
            found.setdefault(part, []).extend(lines)


def _plans(sheet: Worksheet, found: dict[str, list[Point]], faults: list[str]) -> None:
    """This year's problems and improvements, and what became of last year's."""
    if _too_long(sheet, faults):
        return
    for row in range(2, sheet.max_row + 1):
        kind, written, became = (words(sheet, row, column) for column in (1, 2, 3))
        if kind in THIS_YEAR:
            found.setdefault(THIS_YEAR[kind], []).extend(_lines(sheet, row, 2, faults))
            if became:
                faults.append(f"{PLANS}!C{row}：进展只填在上年所列的问题和改进后面；本年的请写进“内容”一栏")
        elif kind in PLAN_KINDS:
            lines = _lines(sheet, row, 3, faults)
            told = [_with_plan(point, written) for point in lines] if len(lines) == 1 else lines
            found.setdefault(FOLLOWED_UP, []).extend(told)
        elif kind or written or became:
            faults.append(f"{PLANS}!A{row}：应为{'、'.join(PLAN_KINDS)}之一，这里是“{kind}”")


def _with_plan(became: Point, plan: str) -> Point:
    if not plan or len(became.text) >= _SHORTEST_ALONE:
        return became
    plan = plan.split("。")[0].rstrip("；，、").translate(_INNER_QUOTES)
    if len(plan) > _LONGEST_NAME:
        plan = plan.split("，")[0]
    return Point(text=f"上年提出的“{plan}”，{became.text}", address=became.address)


def _too_long(sheet: Worksheet, faults: list[str]) -> bool:
    if sheet.max_row > _MOST_ROWS:
        faults.append(f"{sheet.title}：有{sheet.max_row}行，最多{_MOST_ROWS}行")
    return sheet.max_row > _MOST_ROWS


def _lines(sheet: Worksheet, row: int, column: int, faults: list[str]) -> list[Point]:
    """The points of a cell, one a line."""
    return lines_of(words(sheet, row, column), f"{sheet.title}!{'ABC'[column - 1]}{row}", faults)


def lines_of(text: str, address: str, faults: list[str]) -> list[Point]:
    """The points of a text, one a line; what would upset the report is a fault."""
    points = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        if section_of(line):
            faults.append(f"{address}：“{line}”是章的标题，会打乱报告；请写成完整的句子")
        elif len(line) > _LONGEST:
            faults.append(f"{address}：有{len(line)}字，一条要点最多{_LONGEST}字，请分成几条")
        elif text := _unnumbered(line):
            points.append(Point(text=text, address=address))
    return points


def _unnumbered(line: str) -> str:
    marked = _MARK.match(line)
    if marked and not _COUNTS_ON.search(line, marked.end()):
        return line[marked.end() :]
    return line.removeprefix(enumerator(line)).lstrip()
