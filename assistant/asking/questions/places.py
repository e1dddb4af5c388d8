"""Cells pointed at by their place in the form, as officials do: 表三第三项第（四）类第2小项, 表二第一行, 第7小项."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.form import APPLICANTS, CASES, EDITIONS, GROUPS, Row, leaves_of
from assistant.language.numerals import parse
from assistant.lexicon import Entry, phrase
from assistant.lexicon.match import Match

__all__ = ["with_places"]

_FORM = EDITIONS["2021"]
_TOP, _MIDDLE, _SMALL = 1, 2, 3
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class _Step:
    """One number of a place: its level in the form's own numbering where the words tell it (一、（一）1.), else 0."""

    start: int
    end: int
    number: int
    level: int
    word: str


def with_places(text: str, hits: Iterable[Match]) -> list[Match]:
    """``hits`` with the cells that ``text`` points at by number, in their order; what names a row that is pointed at is
    a part of its place."""
    found = list(hits)
    steps = [step for step in _steps(text) if not any(hit.start <= step.start and step.end <= hit.end for hit in found)]
    table = phrase("questions", "place.table").search(text)
    places: list[Match] = []
    if steps and table and table["table"] in "二四":
        places = list(_of_rows(steps, table["table"]))
    elif steps:
        places = list(_of_requests(text, steps, found, told=bool(table)))
    left = [hit for hit in found if not any(one.start < hit.end and hit.start < one.end for one in places)]
    return sorted((*left, *places), key=lambda one: one.start)


def _steps(text: str) -> Iterator[_Step]:
    for found in phrase("questions", "place.step").finditer(text):
        written = found["marked"] or found["number"] or found["top"] or found["small"]
        numeral = parse(written)
        if numeral:
            word = found["word"] or ""
            level = _MIDDLE if found["marked"] else _TOP if found["top"] else _SMALL if found["small"] else 0
            level = level or (_SMALL if word.startswith("小") else 0)
            yield _Step(found.start(), found.end(), int(numeral.value), level, word)


def _of_rows(steps: Sequence[_Step], table: str) -> Iterator[Match]:
    """Rows and columns of table 2; columns of table 4, which has but one line."""
    if table == "四":
        for step in steps:
            kinds = [row.id for row in _FORM.table("review").rows]
            if step.word == "列" and step.number <= len(kinds) * len(CASES):
                kind, case = divmod(step.number - 1, len(CASES))
                yield _hit("object", (kinds[kind],), step.start, step.start)
                yield _hit("case", (CASES[case].id,), step.start, step.end)
        return
    blocks = _FORM.table("disclosure").blocks
    columns: Sequence[str] = ()
    for step in steps:
        if step.word in ("列", "栏"):
            if step.number <= len(columns):
                yield _hit("stage", (columns[step.number - 1],), step.start, step.end)
            continue
        item = f"（{_NUMERALS[step.number - 1]}）项"
        rows = [
            (row, block)
            for block in blocks
            for row in block.rows
            if step.level != _MIDDLE or item in block.heading  # 第（五）项 is one of Article 20
        ]
        if step.level != _MIDDLE:
            rows = rows[step.number - 1 : step.number]
        for row, block in rows:
            columns = [column.id for column in block.columns]
            yield _hit("object", (row.id,), step.start, step.end)


def _of_requests(text: str, steps: Sequence[_Step], hits: Sequence[Match], *, told: bool) -> Iterator[Match]:
    """Rows of table 3, each a path of steps (三、（四）2.), or a step behind a subtotal that is named; and its
    columns. ``told``: the table is named."""
    groups = {row.id for row in GROUPS}
    before: tuple[int, int, tuple[str, ...]] | None = None  # a path in the making, and the rows that it may mean
    last: _Step | None = None
    for step in steps:
        if step.word == "列":
            if told and step.number <= len(APPLICANTS):
                yield _hit("column", (APPLICANTS[step.number - 1].id,), step.start, step.end)
            continue
        named = next((hit for hit in hits if hit.end <= step.start and hit.entry.says in groups), None)
        behind = named and phrase("questions", "place.within").fullmatch(text, named.end, step.start)
        named_leaf = named and step.level == _SMALL and _child(named.entry.says, step.number)
        if before and last and phrase("questions", "place.within").fullmatch(text, before[1], step.start):
            rows = _below(before[2], last, step)
        elif named and behind:
            rows, before = _child(named.entry.says, step.number), (named.start, named.end, ())
        elif named_leaf and _behind_name(text, step.end, named_leaf) > step.end:
            rows, before = named_leaf, None  # 其他处理那块：不补正的、不缴费的、3.其他
        elif told or (step.level == _TOP and text[step.end : step.end + 1] == "("):
            rows = _alone(step)
            if before:
                yield _hit("place", before[2], before[0], before[1])
            before = None
        else:
            continue
        start = before[0] if before else step.start
        if not rows:  # 不予公开第9小项: there is no such row
            yield _hit("object", ("other",), start, step.end)
            before = None
            continue
        before, last = (start, _behind_name(text, step.end, rows), rows), step
    if before:
        yield _hit("place", before[2], before[0], before[1])


def _alone(step: _Step) -> tuple[str, ...]:
    """The rows that a step may mean that no other stands before, likeliest first: 第三大项 is 三、 or （三）."""
    if step.level == _SMALL:
        return ()
    top, middle = _marked(_NUMERALS[step.number - 1]), _marked(f"三（{_NUMERALS[step.number - 1]}）")
    if step.word == "行":
        rows = _FORM.table("requests").rows
        return tuple(row.id for row in rows[step.number - 1 : step.number])
    if step.level == _MIDDLE or not top:
        return middle
    return (*top, *middle) if step.word.startswith("大") else top


def _below(rows: Sequence[str], last: _Step, step: _Step) -> tuple[str, ...]:
    """What a step means behind a path to ``rows``."""
    found: list[str] = []
    for row in rows:
        if row == "concluded" and last.level != _MIDDLE:
            found += _marked(f"三（{_NUMERALS[step.number - 1]}）")
            if step.level == _SMALL and last.number > _MIDDLE and last.level != _TOP:
                # 第三大项第2小项: of 三、, or of （三）
                found += _child(next(iter(_marked(f"三（{_NUMERALS[last.number - 1]}）")), ""), step.number)
        else:
            found += _child(row, step.number)
    return tuple(dict.fromkeys(found))


def _child(group: str, number: int) -> tuple[str, ...]:
    return leaves_of(group)[number - 1 : number] if number else ()


def _behind_name(text: str, end: int, rows: Sequence[str]) -> int:
    """Where the name of what was pointed at ends, where it stands behind its place: （四）无法提供, 第3小项“其他”."""
    names = "|".join(re.escape(name) for row in rows for name in _names(row))
    found = re.compile(rf"[“\"(的]?(?:{names}|〓+)[”\")]?").match(text, end) if names else None
    return found.end() if found else end


@cache
def _rows() -> dict[str, Row]:
    return {row.id: row for row in (*_FORM.table("requests").rows, *GROUPS)}


def _names(row: str) -> tuple[str, ...]:
    known = _rows()[row]
    return tuple(
        name for name in (known.label.lstrip(f"{_NUMERALS}0123456789（）、."), known.short, *known.aliases) if name
    )


@cache
def _marked(mark: str) -> tuple[str, ...]:
    """The row with this place in the form's numbering; 三 itself is the total of all outcomes."""
    return ("concluded",) if mark == "三" else tuple(row.id for row in _rows().values() if row.mark == mark)


def _hit(kind: str, means: tuple[str, ...], start: int, end: int) -> Match:
    return Match(Entry(id="place", kind=kind, means=means), start, end)
