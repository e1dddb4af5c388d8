"""Cells pointed at by their place in the form, as officials do: 表三第三项第（四）类第2小项, 表二第一行, 第7小项."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from assistant.form import APPLICANTS, CASES, EDITIONS, GROUPS, Row, leaves_of
from assistant.language.numerals import parse
from assistant.lexicon import Entry, phrase
from assistant.lexicon.match import Match

__all__ = ["with_places"]

_FORM = EDITIONS["2021"]
_TOP, _MIDDLE, _SMALL = 1, 2, 3
_NUMERALS = "一二三四五六七八九十"
_COLUMNS = ("列", "栏", "格")
_GROUP_IDS = frozenset(row.id for row in GROUPS)


class _Step(NamedTuple):
    """One number of a place: its level in the form's own numbering where the words tell it (一、（一）1.), else 0."""

    start: int
    end: int
    number: int
    level: int
    word: str


class _Path(NamedTuple):
    """Steps that lead to a row, up to ``end``: ``rows`` are those that it may mean, ``step`` was the last one, taken
    from ``parent``."""

    start: int
    end: int
    rows: tuple[str, ...]
    step: _Step | None = None
    parent: _Path | None = None


def with_places(text: str, hits: Iterable[Match]) -> list[Match]:
    """``hits`` with the cells that ``text`` points at by number, in their order; what names a row that is pointed at is
    a part of its place."""
    found = list(hits)
    steps = [step for step in _steps(text) if not any(hit.start <= step.start and step.end <= hit.end for hit in found)]
    table = phrase("questions", "place.table").search(text)
    places: list[Match] = []
    if steps and table and table["table"] in "二四":
        places = list(_of_review(steps, found) if table["table"] == "四" else _of_disclosure(steps))
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


def _of_review(steps: Sequence[_Step], hits: Sequence[Match]) -> Iterator[Match]:
    """Columns of table 4, which has but one line: of a kind of cases that is named before, else of the whole line."""
    kinds = [row.id for row in _FORM.table("review").rows]
    for step in steps:
        if step.word not in _COLUMNS:
            continue
        own = [hit.entry.says for hit in hits if hit.end <= step.start and hit.entry.says in kinds][-1:]
        at, case = divmod(step.number - 1, len(CASES))
        if (own and at) or not 0 <= at < len(kinds):
            yield _hit("object", ("other",), step.start, step.end)
            continue
        if not own:
            yield _hit("object", (kinds[at],), step.start, step.start)
        yield _hit("case", (CASES[case].id,), step.start, step.end)


def _of_disclosure(steps: Sequence[_Step]) -> Iterator[Match]:
    """Rows and columns of table 2."""
    blocks = _FORM.table("disclosure").blocks
    columns: Sequence[str] = ()
    for step in steps:
        if step.word in _COLUMNS:
            if 0 < step.number <= len(columns):
                yield _hit("stage", (columns[step.number - 1],), step.start, step.end)
            continue
        if step.word == "条":
            continue  # 第二十条第（五）项: the item tells
        item = f"（{_written(step.number)}）项"
        rows = [
            (row, block)
            for block in blocks
            for row in block.rows
            if step.level != _MIDDLE or item in block.heading  # 第（五）项 is one of Article 20
        ]
        if step.level != _MIDDLE:
            rows = rows[step.number - 1 : step.number] if step.number else []
        for row, block in rows:
            columns = [column.id for column in block.columns]
            yield _hit("object", (row.id,), step.start, step.end)


def _of_requests(text: str, steps: Sequence[_Step], hits: Sequence[Match], *, told: bool) -> Iterator[Match]:
    """Rows of table 3, each a path of steps (三、（四）2.), or a step behind a subtotal that is named; and its
    columns. ``told``: the table is named."""
    path: _Path | None = None
    for step in steps:
        if step.word in ("列", "格"):
            if told and 0 < step.number <= len(APPLICANTS):
                yield _hit("column", (APPLICANTS[step.number - 1].id,), step.start, step.end)
            continue
        longer = _longer(text, path, step, hits)
        if longer is None and step.word != "条" and (told or _opens_mark(text, step)):
            longer = _Path(step.start, step.end, _alone(step), step)
        if longer is None:
            continue
        if path and path.start != longer.start:
            yield _hit("place", path.rows, path.start, path.end)
            for rows in _between(text, path, longer):
                yield _hit("place", rows, path.end, path.end)
        if not longer.rows:  # 不予公开第9小项: there is no such row
            yield _hit("object", ("other",), longer.start, step.end)
        path = longer._replace(end=_behind_name(text, step.end, longer.rows)) if longer.rows else None
    if path:
        yield _hit("place", path.rows, path.start, path.end)


def _longer(text: str, path: _Path | None, step: _Step, hits: Sequence[Match]) -> _Path | None:
    """A path with one more step, or beside its last one (第一条和第二条), or from a subtotal that is named."""
    within, beside = phrase("questions", "place.within"), phrase("questions", "place.beside")
    if path and within.fullmatch(text, path.end, step.start):
        return _Path(path.start, step.end, _below(path, step), step, path)
    parent = path.parent if path and path.step and path.step.word == step.word else None
    if path and parent and beside.fullmatch(text, path.end, step.start):
        return _Path(step.start, step.end, _below(parent, step), step, parent)
    named = next((hit for hit in hits if hit.end <= step.start and hit.entry.says in _GROUP_IDS), None)
    if named is None:
        return None
    group = _Path(named.start, named.end, (named.entry.says,))
    if within.fullmatch(text, named.end, step.start):
        return _Path(named.start, step.end, _below(group, step), step, group)
    leaf = _below(group, step)
    if step.level == _SMALL and _behind_name(text, step.end, leaf) > step.end:
        return _Path(step.start, step.end, leaf, step)  # 其他处理那块：不补正的、不缴费的、3.其他
    return None


def _between(text: str, first: _Path, last: _Path) -> Iterator[tuple[str, ...]]:
    """The rows between two of one level, where all from the one to the other are meant: （三）到（六）, 第1至3小项."""
    one, other = first.step, last.step
    if (
        one
        and other
        and one.level == other.level
        and phrase("questions", "place.until").fullmatch(text, first.end, last.start)
    ):
        for number in range(one.number + 1, other.number):
            step = one._replace(number=number)
            yield _below(first.parent, step) if first.parent else _alone(step)


def _opens_mark(text: str, step: _Step) -> bool:
    return step.level == _TOP and text[step.end : step.end + 1] == "("


def _alone(step: _Step) -> tuple[str, ...]:
    """The rows that a step may mean that no other stands before, likeliest first: 第三大项 is 三、 or （三）."""
    if step.level == _SMALL:
        return ()
    top, middle = _marked(_written(step.number)), _marked(f"三（{_written(step.number)}）")
    if step.word == "行":
        rows = _FORM.table("requests").rows
        return tuple(row.id for row in rows[step.number - 1 : step.number]) if step.number else ()
    if step.level == _MIDDLE or not top:
        return middle
    return (*top, *middle) if step.word.startswith("大") else top


def _below(path: _Path, step: _Step) -> tuple[str, ...]:
    """What a step means behind a path."""
    found: list[str] = []
    last = path.step
    for row in path.rows:
        if row == "concluded" and last and last.level != _MIDDLE:
            found += _marked(f"三（{_written(step.number)}）")
            if step.level == _SMALL and last.word.startswith("大"):
                # 第三大项第2小项: of 三、, or of （三）
                found += _child(next(iter(_marked(f"三（{_written(last.number)}）")), ""), step.number)
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


def _written(number: int) -> str:
    """A number as the form writes it; a mark that no row has where the form does not go so far."""
    return _NUMERALS[number - 1] if 0 < number <= len(_NUMERALS) else "？"


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
