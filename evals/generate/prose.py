"""The prose of one report, section by section, with the numbers that it states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from evals.generate.slots import Piece
from evals.generate.units import Unit
from evals.generate.wording import Writer, wordings

__all__ = ["Line", "sections", "topics_of"]

_ASPECTS = ("主动公开", "依申请公开", "政府信息管理", "公开平台建设", "监督保障")
_NUMBERS = "一二三四五六"


class Line(NamedTuple):
    """One paragraph in its pieces."""

    pieces: tuple[Piece, ...]
    heading: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def sections(
    unit: Unit, writer: Writer, random: Random, topics: Sequence[int], last_topics: Sequence[int]
) -> dict[str, list[Line]]:
    """The lines of each of the six sections, the preamble and the title among them."""
    kind = "government" if unit.government else "department"
    aspects = (
        _published(unit, writer, random), _requests(writer, random), writer.say("manage", random.randint(1, 3)),
        writer.say("platform", random.randint(1, 3)),
        writer.say(f"support_{kind}", 1 if unit.government else random.randint(1, 3)),
    )  # fmt: skip
    return {
        "title": _paragraph(writer.say("title")),
        "preamble": _paragraph(writer.say("preamble")),
        "overview": [*_paragraph(writer.say(f"opening_{kind}")), *_under_headings(unit, aspects)],
        "disclosure": _paragraph(writer.say("table_two", random.randint(0, 2))),
        "requests": (
            _paragraph(writer.say("table_three", random.randint(0, 1))) if writer.slots.value("workload") else []
        ),
        "review": _paragraph(_review(writer, random)),
        "problems": list(_problems(unit, writer, random, topics, last_topics)),
        "other": list(_other(writer, random)),
    }  # fmt: skip


def _paragraph(pieces: Sequence[Piece]) -> list[Line]:
    return [Line(tuple(pieces))] if pieces else []


def _under_headings(unit: Unit, aspects: Sequence[Sequence[Piece]]) -> Iterator[Line]:
    """An office keeps its manner over the years: headings of their own, headings in the line, points, or none."""
    for place, (name, pieces) in enumerate(zip(_ASPECTS, aspects, strict=True)):
        number = _NUMBERS[place]
        match unit.index % 5:
            case 0:
                yield Line((Piece(f"（{number}）{name}"),), heading=True)
                yield Line(tuple(pieces))
            case 1:
                yield Line((Piece(f"（{number}）{name}情况"),), heading=True)
                yield Line(tuple(pieces))
            case 2:
                yield Line((Piece(f"（{number}）{name}。"), *pieces))
            case 3:
                yield Line((Piece(f"{number}是{name}。"), *pieces))
            case _:
                yield Line((Piece(f"{place + 1}.{name}情况："), *pieces))


def _published(unit: Unit, writer: Writer, random: Random) -> list[Piece]:
    documents = "documents" if writer.slots.value("issued") else "documents_none"
    parts = [
        writer.say("site"),
        writer.say("matters", random.randint(0, 2)),
        writer.say("interpret", random.randint(0, 2)),
        writer.say(documents) if unit.government or documents == "documents" else [],
    ]
    random.shuffle(parts)
    return [piece for part in parts for piece in part]


def _requests(writer: Writer, random: Random) -> list[Piece]:
    if not writer.slots.value("workload"):
        return writer.say("received_none")
    if not writer.slots.value("received"):
        return writer.say("received_old")
    all_done = not writer.slots.value("carried_out")
    whole = random.random() < 0.6
    plan = [
        writer.say("received" if whole else "received_parts") or writer.say("received"),
        writer.say("applicants") if whole and random.random() < 0.8 else [],
        writer.say("concluded_all" if all_done else "concluded"),
        writer.say("outcomes") if random.random() < 0.8 else [],
        writer.say("practice", random.randint(0, 2)),
    ]
    return [piece for part in plan for piece in part]


def _review(writer: Writer, random: Random) -> list[Piece]:
    if random.random() < 0.3:
        return []
    happened = writer.slots.value("reviews") or writer.slots.value("lawsuits")
    return writer.say("cases" if happened else "cases_none")


def _other(writer: Writer, random: Random) -> Iterator[Line]:
    fee = writer.say("fee_charged" if "fee.amount" in writer.slots.extra else "fee_none")
    extra = writer.say("extra", random.randint(0, 1))
    if random.random() < 0.5:
        yield Line((*fee, *extra))
    else:
        yield from (Line(tuple(part)) for part in (fee, extra) if part)


def topics_of(unit: Unit, years: int, random: Random) -> list[list[int]]:
    """The topics of section five year by year: two or three, none of last year's."""
    order = list(range(len(wordings()["topic"])))
    random.shuffle(order)
    size = 2 + unit.index % 2
    return [[order[(n * size + k) % len(order)] for k in range(size)] for n in range(years)]


def _problems(unit: Unit, writer: Writer, random: Random, topics: Sequence[int], last: Sequence[int]) -> Iterator[Line]:
    known = wordings()["topic"]
    layouts = wordings()["layouts" if last else "first_layouts"]
    # Another layout every year; the points of an office look alike: 一是, 1., or nothing but semicolons.
    layout = layouts[random.randrange(len(layouts))]
    lists = {
        "{problems}": _points([known[n]["problem"] for n in topics], unit.index, unit.index),
        "{plans}": _points([known[n]["plan"] for n in topics], unit.index, unit.index),
        "{dones}": _points([known[n]["done"] for n in last], unit.index + 2, unit.index),
    }
    for text in layout:
        heading = text.startswith("#")
        for name, points in lists.items():
            text = text.replace(name, points)
        yield Line(tuple(writer.fill(text.removeprefix("#")) or ()), heading)


def _points(wordings_of: Sequence[Sequence[str]], style: int, choice: int) -> str:
    """A list of points; ``choice`` is the same for a plan and how it was carried out."""
    points = [texts[(choice + place) % len(texts)] for place, texts in enumerate(wordings_of)]
    if style % 3 == 2:
        return "；".join(points)
    return "；".join(f"{_NUMBERS[n]}是{point}" for n, point in enumerate(points))
