"""Rewriting one part of a finished report: what a person changed elsewhere stays as it is.

With a workbook the part is told from its figures and points; without one from the report's own tables and from what the
part says now. What the person notes is told in both cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from assistant.drafting.composer import preamble, title
from assistant.drafting.draft import LastYear, composed_part, spoken_to_programs
from assistant.drafting.manuscript import Drafted, PartText
from assistant.drafting.office import PARTS, Entry, OfficeData, Part, Point, likely_level
from assistant.drafting.rewrite.locate import Stretch, parts_named, stretches
from assistant.drafting.rewrite.retell import retold
from assistant.drafting.slots import material
from assistant.drafting.workbook.layout import inert
from assistant.drafting.workbook.read import lines_of
from assistant.drafting.writer import worded
from assistant.errors import AssistantError, BadWorkbook, UnreadableReport
from assistant.figures.book import place_of
from assistant.language.organs import same_unit
from assistant.language.sentences import sentences
from assistant.language.shortcomings import told_by
from assistant.report import Paragraph, Report

if TYPE_CHECKING:
    from assistant.llm.model import Model

__all__ = ["Change", "Revision", "revise"]

_ADDRESS = "--note"
_NAMED = re.compile(rf"\s*({'|'.join(part.id for part in PARTS)})\s*[:：]\s*")
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Change:
    """What a stretch of the report says from now on, a paragraph each."""

    stretch: Stretch
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """``drafted`` holds the rewritten parts alone, ``left_out`` the sentences that were there and are not told again."""

    report: Report
    drafted: Drafted
    changes: tuple[Change, ...]
    left_out: tuple[str, ...] = ()

    def revised(self) -> Report:
        """The whole report with its new parts; places of what follows are those of the old file."""
        return _with(self.report, self.changes)


def revise(
    report: Report,
    section: str,
    notes: Sequence[str] = (),
    *,
    data: OfficeData | None = None,
    previous: Report | None = None,
    model: Model | None = None,
) -> Revision:
    """``report`` with the parts of ``section`` (五, 五（二）, 改进) told anew, by ``model`` where it does so soundly.

    Raises:
        UnknownName: there is no such part.
        UnreadableReport: the report has no such part, or does not tell its unit and year.
        BadWorkbook: ``data`` are another report's figures.
        AssistantError: nothing to tell, or a note that belongs to no part.
    """
    asked = parts_named(section)
    noted = _noted(asked, notes)
    if not noted and data is None:
        what = "没有说要改成什么"
        raise AssistantError(what, where="--section", help="请用 --note 写明要点，或用 --data 给出工作簿。")
    places = stretches(report, tuple(part for part in asked if part.id in noted) or asked)
    if data is not None:
        _belongs(data, report)
    figures = {metric: cell.value for metric, cell in previous.cells.items()} if previous else None
    office, left_out = _office(report, places, noted, data, figures)
    given = material(office, figures)
    composed = {part.id: composed_part(part, given) for place in places for part in place.parts}
    parts = composed
    if model:
        apart = material(_by_sentence(office), figures)
        parts = worded(composed, apart, model, previous, lambda parts: _with(report, _changes(places, parts)))
    drafted = Drafted(office, report.title or title(given), preamble(given), tuple(parts.values()))
    told = replace(drafted, model=model.name if model else "none", notes=tuple(spoken_to_programs(office)))
    return Revision(report, told, _changes(places, parts), left_out)


def _noted(parts: tuple[Part, ...], notes: Iterable[str]) -> dict[str, tuple[Point, ...]]:
    """Notes by part: named by their opening (改进：…), or by what they tell where problems and improvements are asked."""
    found: dict[str, list[Point]] = {}
    faults: list[str] = []
    for n, note in enumerate(notes, start=1):
        for point in lines_of(inert(note), f"{_ADDRESS} 第{n}条", faults):
            named = _NAMED.match(point.text)
            text = point.text[named.end() :] if named else point.text
            part = named[1] if named else parts[0].id if len(parts) == 1 else told_by(text)
            if part in (each.id for each in parts):
                found.setdefault(part, []).append(Point(text=text, address=point.address))
            else:
                names = "、".join(f"“{each.id}：”" for each in parts)
                what = f"“{part}”不是这次改写的部分" if named else "看不出写进哪一部分"
                faults.append(
                    f"{point.address}：{what}，请在前面写明{names}{'中的一个' * (len(parts) > 1)}：“{text[:20]}”"
                )
    if faults:
        raise AssistantError("；".join(faults), help=f"例如：--note “{parts[0].id}：要写进去的一句话。”")
    return {part: tuple(points) for part, points in found.items()}


def _belongs(data: OfficeData, report: Report) -> None:
    if not same_unit(data.unit, report.unit) or data.year != report.year:
        told = f"工作簿是{data.unit}{data.year}年度的，报告是{report.unit}{report.year}年度的"
        raise BadWorkbook(told, where=data.file, help="请用同一单位、同一年度的工作簿。")
    other = [
        f"{entry.address}为{entry.value}，报告{place_of(metric)}为{report.value(metric)}"
        for metric, entry in data.cells.items()
        if metric in report.cells and entry.value != report.value(metric)
    ]
    if other:
        more = f"\n  ……共{len(other)}处" if len(other) > _SHOWN else ""
        raise BadWorkbook(
            "工作簿与报告的表不同，改写的文字会与表不符：\n  " + "\n  ".join(other[:_SHOWN]) + more,
            where=data.file, help="请先改成一致；不加 --data 时用报告自己的表。",
        )  # fmt: skip


def _office(
    report: Report,
    places: tuple[Stretch, ...],
    noted: Mapping[str, tuple[Point, ...]],
    data: OfficeData | None,
    last_year: LastYear | None,
) -> tuple[OfficeData, tuple[str, ...]]:
    """What the parts are told from, and the sentences of theirs that are not told again."""
    if data is not None:
        points = {name: (*data.points_of(name), *noted.get(name, ())) for name in (*data.points, *noted)}
        return data.model_copy(update={"points": MappingProxyType(points)}), ()
    if not report.unit or report.year is None:
        raise UnreadableReport("没有认出单位或年度", where=report.file, help="请补上题名，或用 --data 给出工作簿。")
    cells = {metric: Entry(value=cell.value, address=place_of(metric)) for metric, cell in report.cells.items()}
    bare = OfficeData(unit=report.unit, year=report.year, level=likely_level(report.unit), cells=cells)
    standing: dict[str, tuple[Point, ...]] = {}
    left_out: list[str] = []
    for place in places:
        found = retold(report, place, _afresh(place.parts, bare, last_year))
        standing |= found.points
        left_out += found.left_out
    points = {name: (*standing.get(name, ()), *noted.get(name, ())) for name in (*standing, *noted)}
    return bare.model_copy(update={"points": MappingProxyType(points)}), tuple(left_out)


def _by_sentence(office: OfficeData) -> OfficeData:
    """Whole paragraphs of the report as points of a sentence each: a model words one point in one sentence."""
    points = {
        name: tuple(
            Point(text=text.strip(), address=point.address)
            for point in told
            for text in ([each for _, each in sentences(point.text)] if point.text.endswith("\n") else [point.text])
            if text.strip()
        )
        for name, told in office.points.items()
    }
    return office.model_copy(update={"points": MappingProxyType(points)})


def _afresh(parts: tuple[Part, ...], bare: OfficeData, last_year: LastYear | None) -> frozenset[str]:
    """The composer's own sentences on these parts, in the wordings of all years."""
    filler = (Point(text="〓。", address=""),)
    found: set[str] = set()
    for part in parts:
        for year in (bare.year, bare.year + 1):
            data = bare.model_copy(update={"year": year, "points": {part.id: filler}})
            texts = composed_part(part, material(data, last_year)).paragraphs
            found.update(sentence.strip() for text in texts for sentence in re.findall(r"[^。]+[。：]?", text))
    return frozenset(found)


def _changes(places: Iterable[Stretch], parts: Mapping[str, PartText]) -> tuple[Change, ...]:
    return tuple(
        Change(place, tuple(text for part in place.parts for text in parts[part.id].paragraphs)) for place in places
    )


def _with(report: Report, changes: Iterable[Change]) -> Report:
    sections = list(report.sections)
    for change in sorted(changes, key=lambda change: -change.stretch.first):
        place = change.stretch
        n = next(n for n, section in enumerate(sections) if section.id == place.section)
        told = sections[n].paragraphs
        source = told[place.first].source if place.first < len(told) else sections[n].source
        opening = (place.kept + change.paragraphs[0], *change.paragraphs[1:]) if change.paragraphs else ()
        new = tuple(Paragraph(text=text, source=source) for text in opening)
        sections[n] = sections[n].model_copy(update={"paragraphs": (*told[: place.first], *new, *told[place.last :])})
    return report.model_copy(update={"sections": tuple(sections)})
