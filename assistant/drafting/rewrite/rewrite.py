"""Rewriting one part of a finished report: what a person changed elsewhere stays as it is.

With a workbook the part is told from its figures and points; without one from the report's own tables and from what the
part says now. What the person notes is told in both cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from assistant.drafting.background import (
    Background,
    OwnPast,
    backgrounds,
    in_order,
    questions,
    searching,
    shown_to_model,
    with_references,
)
from assistant.drafting.composer import FOLLOWED_UP_OPENING, preamble, title
from assistant.drafting.draft import composed_part, orders_in_points
from assistant.drafting.manuscript import Manuscript, PartText
from assistant.drafting.office import FOLLOWED_UP, PARTS, Entry, LastYearFigures, OfficeData, Part, Point, likely_level
from assistant.drafting.refresh.marks import key_of
from assistant.drafting.report_parts import SIDES, PartRange, part_ranges, parts_named
from assistant.drafting.slots import Material, gather
from assistant.drafting.workbook.layout import without_slots
from assistant.drafting.workbook.read import points_in_text
from assistant.errors import AssistantError, BadWorkbook, UnreadableReport
from assistant.figures.book import place_of
from assistant.figures.claim_reader import claims_in
from assistant.language.numbered_lists import lists_in
from assistant.language.organs import same_unit
from assistant.language.prose import Prose
from assistant.language.sentences import sentences
from assistant.language.shortcomings import IMPROVEMENTS, announced_by, side_of, told_by
from assistant.lexicon import phrase
from assistant.patterns import regex
from assistant.report import Paragraph, Report
from assistant.settings import settings
from assistant.text import enumerator

if TYPE_CHECKING:
    from assistant.library import Library
    from assistant.llm.model import Model

__all__ = ["Change", "NewParagraph", "Revision", "revise"]

_ADDRESS = "--note"
_NAMED = regex(rf"\s*({'|'.join(part.id for part in PARTS)})\s*[:：]\s*")
_SHOWN = 8
_BY_THE_BOOK = ("主动公开", "依申请公开")  # parts in which the composer tells the form's figures
_NUMBERED = "政府信息管理"  # told as 一是…二是…


class Marked(NamedTuple):
    """A figure in a paragraph: where it starts, as it is printed, and what its mark calls it (``refresh``)."""

    start: int
    text: str
    key: str


class NewParagraph(NamedTuple):
    """A paragraph as it reads from now on, and its figures in order."""

    text: str
    figures: tuple[Marked, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What a place of the report says from now on."""

    place: PartRange
    paragraphs: tuple[NewParagraph, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """``manuscript`` holds the rewritten parts alone, ``left_out`` the sentences that were there and are not told
    again."""

    report: Report
    manuscript: Manuscript
    changes: tuple[Change, ...]
    left_out: tuple[str, ...] = ()

    def revised(self) -> Report:
        """The whole report with its new parts; places of what follows are those of the old file."""
        return _with_changes(self.report, self.changes)


def revise(
    report: Report,
    section: str,
    notes: Sequence[str] = (),
    *,
    data: OfficeData | None = None,
    previous: Report | None = None,
    model: Model | None = None,
    library: Library | None = None,
) -> Revision:
    """``report`` with the parts of ``section`` (五, 五（二）, 改进) told anew, by ``model`` where it does so soundly,
    with what ``library`` tells of them (``background``).

    Raises:
        UnknownName: there is no such part.
        UnreadableReport: the report has no such part, or does not tell its unit and year.
        BadWorkbook: ``data`` are another report's figures.
        AssistantError: nothing to tell, or a note that belongs to no part.
    """
    asked = parts_named(section)
    noted = _points_by_part(asked, notes)
    if not noted and data is None:
        what = "没有说要改成什么"
        raise AssistantError(what, where="--section", help="请用 --note 写明要点，或用 --data 给出工作簿。")
    places = part_ranges(report, tuple(part for part in asked if part.id in noted) or asked)
    if data is not None:
        _require_same_report(data, report)
    figures = {metric: cell.value for metric, cell in previous.cells.items()} if previous else None
    office = _office_data(report, places, noted, data, figures)
    material = gather(office, figures)
    known: dict[str, Background] = {}
    if library is not None:
        # A model words one point in one sentence, and the library is asked after those points.
        asked_after = gather(_by_sentence(office), figures) if model else material
        known = _known(places, asked_after, library, meaning=model is not None, ordered=data is not None)
    material = in_order(material, known)
    composed = {part.id: composed_part(part, material) for place in places for part in place.parts}
    parts = composed
    if model:
        from assistant.drafting.writer import write_checked_parts  # only who has a model needs the packages behind it

        most = settings().references_shown
        shown = {name: shown_to_model(each, most) for name, each in known.items() if material.points_of(name)}
        by_sentence = in_order(gather(_by_sentence(office), figures), known)

        def read_back(parts: Mapping[str, PartText]) -> Report:
            return _with_changes(report, _changes(places, parts, material))

        parts = write_checked_parts(composed, by_sentence, model, previous, read_back, shown, known)
    parts = with_references(parts, known)
    printed = tuple(parts.values())
    ours = _composed_sentences(places, _bare_data(report, office), figures)
    left_out = tuple(_lost(report, places, parts, ours))
    brought_in = _brought_in(report, places, parts, noted) if data is not None else ()
    notes = (
        *orders_in_points(office),
        *(questions(known, office.unit, printed) if known else ()),
        *(f"没有保留的原文：{text}" for text in left_out),
        *(f"原来没有、按工作簿写进的：{text}（人工删去过的请再删）" for text in brought_in),
    )
    manuscript = Manuscript(office, report.title or title(material), preamble(material), printed)
    manuscript = replace(manuscript, model=model.name if model else "none", notes=notes)
    return Revision(report, manuscript, _changes(places, parts, material), left_out)


def _known(
    places: Iterable[PartRange], material: Material, library: Library, *, meaning: bool, ordered: bool
) -> dict[str, Background]:
    """What the library tells of the parts; a person's order stays where no workbook gives another (``ordered``)."""
    past = OwnPast(library, material.data.unit, material.data.year)
    parts = tuple(part for place in places for part in place.parts)
    with searching(library, meaning=meaning) as search:
        return backgrounds(material, past, search, parts, ordered=ordered)


def _brought_in(
    report: Report, places: Iterable[PartRange], parts: Mapping[str, PartText], noted: Mapping[str, tuple[Point, ...]]
) -> Iterator[str]:
    """Sentences on points of the workbook that the report did not tell: new ones, or ones that a person took out."""
    asked = _letters("".join(point.text for points in noted.values() for point in points))
    for place in places:
        stood = _letters("".join(paragraph.text for paragraph in _paragraphs(report, place)))
        for sentence in (each for part in place.parts for each in parts[part.id].sentences()):
            said, note = _letters(sentence.text), _letters(sentence.note)
            if note and note not in asked and said not in stood and note not in stood:
                yield sentence.text


def _paragraphs(report: Report, place: PartRange) -> tuple[Paragraph, ...]:
    return report.sections[_section_index(report, place)].paragraphs[place.first : place.last]


def _lost(
    report: Report, places: Iterable[PartRange], parts: Mapping[str, PartText], composed: frozenset[str]
) -> Iterator[str]:
    """The sentences of the old parts that the new ones do not have, but for the composer's ``composed`` own, which the
    book tells anew; what a model said in other words is shown with its note."""
    new = [text for place in places for part in place.parts for text in parts[part.id].paragraphs]
    notes = [each.note for place in places for part in place.parts for each in parts[part.id].worded]
    kept = _letters("".join((*new, *notes)))
    for place in places:
        for n, paragraph in enumerate(_paragraphs(report, place)):
            text = phrase("cited", "pending").sub("", paragraph.text[len(place.kept) :] if n == 0 else paragraph.text)
            for sentence in (each.strip() for each in _sentences(text)):
                said = _letters(sentence.removeprefix(enumerator(sentence)))
                nothing = phrase("drafts", "nothing_to_report").fullmatch(sentence)
                if said and said not in kept and sentence not in composed and not nothing:
                    yield sentence


def _letters(text: str) -> str:
    """A text without punctuation and the numbers of lists, as it is looked for in another."""
    return phrase("workbook", "between_letters").sub("", text)


def _points_by_part(parts: tuple[Part, ...], notes: Iterable[str]) -> dict[str, tuple[Point, ...]]:
    """Notes by part: named by their opening (改进：…), or by what they tell where problems and improvements are
    asked."""
    found: dict[str, list[Point]] = {}
    faults: list[str] = []
    for n, note in enumerate(notes, start=1):
        for point in points_in_text(without_slots(note), f"{_ADDRESS} 第{n}条", faults):
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


def _require_same_report(data: OfficeData, report: Report) -> None:
    if not same_unit(data.unit, report.unit) or data.year != report.year:
        difference = f"工作簿是{data.unit}{data.year}年度的，报告是{report.unit}{report.year}年度的"
        raise BadWorkbook(difference, where=data.file, help="请用同一单位、同一年度的工作簿。")
    other = [
        f"{entry.address}为{entry.value}，报告{place_of(metric)}为{report.value(metric)}"
        for metric, entry in data.cells.items()
        if metric in report.cells and entry.value != report.value(metric)
    ]
    if other:
        more = f"\n  ……共{len(other)}处" if len(other) > _SHOWN else ""
        raise BadWorkbook(
            "工作簿与报告的表不同，改写的文字会与表不符：\n  " + "\n  ".join(other[:_SHOWN]) + more,
            where=data.file,
            help="请先改成一致；不加 --data 时用报告自己的表。",
        )


def _bare_data(report: Report, office: OfficeData | None = None) -> OfficeData:
    """The report's own tables and nothing else; ``office`` tells the unit and year where the report does not."""
    unit, year = (office.unit, office.year) if office else (report.unit, report.year or 0)
    cells = {metric: Entry(value=cell.value, address=place_of(metric)) for metric, cell in report.cells.items()}
    return OfficeData(unit=unit, year=year, level=office.level if office else likely_level(unit), cells=cells)


def _office_data(
    report: Report,
    places: tuple[PartRange, ...],
    noted: Mapping[str, tuple[Point, ...]],
    data: OfficeData | None,
    last_year: LastYearFigures | None,
) -> OfficeData:
    """What the parts are told from."""
    if data is not None:
        bare = _bare_data(report, data)
        more: dict[str, tuple[Point, ...]] = {}
        for place in places:
            extracted = _extracted(report, place, _composed_sentences((place,), bare, last_year))
            more |= {name: tuple(_of_other_sets(points, data, name)) for name, points in extracted.items()}
        names = dict.fromkeys((*data.points, *more, *noted))
        points = {name: (*data.points_of(name), *more.get(name, ()), *noted.get(name, ())) for name in names}
        points = {name: told for name, told in points.items() if told}
        return data.model_copy(update={"points": MappingProxyType(points)})
    if not report.unit or report.year is None:
        raise UnreadableReport("没有认出单位或年度", where=report.file, help="请补上题名，或用 --data 给出工作簿。")
    bare = _bare_data(report)
    kept: dict[str, tuple[Point, ...]] = {}
    for place in places:
        kept |= _extracted(report, place, _composed_sentences((place,), bare, last_year))
    points = {name: (*kept.get(name, ()), *noted.get(name, ())) for name in (*kept, *noted)}
    return bare.model_copy(update={"points": MappingProxyType(points)})


def _of_other_sets(points: Iterable[Point], data: OfficeData, part: str) -> Iterator[Point]:
    """Sentences on figures of another set than the tables' (备案复议134件), which no workbook tells: they stay."""
    told = _letters("".join(point.text for point in data.points_of(part)))
    for point in points:
        for _, sentence in sentences(point.text):
            scoped = any(claim.scope for claim in claims_in(sentence, data.year))
            if scoped and _letters(sentence) not in told:
                yield Point(text=sentence.strip(), address=point.address)


def _by_sentence(office: OfficeData) -> OfficeData:
    """Whole paragraphs of the report as points of a sentence each: a model words one point in one sentence."""
    points = {
        name: tuple(
            Point(text=text.strip(), address=point.address)
            for point in points
            for text in ([each for _, each in sentences(point.text)] if point.text.endswith("\n") else [point.text])
            if text.strip()
        )
        for name, points in office.points.items()
    }
    return office.model_copy(update={"points": MappingProxyType(points)})


def _composed_sentences(
    places: Iterable[PartRange], bare: OfficeData, last_year: LastYearFigures | None
) -> frozenset[str]:
    """The composer's own sentences in these places, in the wordings of all years."""
    filler = (Point(text="〓。", address=""),)
    found: set[str] = set()
    for part in (part for place in places for part in place.parts):
        for year in (bare.year, bare.year + 1):
            data = bare.model_copy(update={"year": year, "points": {part.id: filler}})
            texts = composed_part(part, gather(data, last_year)).paragraphs
            found.update(sentence.strip() for text in texts for sentence in re.findall(r"[^。]+[。：]?", text))
    return frozenset(found)


def _changes(places: Iterable[PartRange], parts: Mapping[str, PartText], material: Material) -> tuple[Change, ...]:
    return tuple(
        Change(place, tuple(told for part in place.parts for told in _with_figures(parts[part.id], material)))
        for place in places
    )


def _with_figures(told: PartText, material: Material) -> Iterator[NewParagraph]:
    for n, text in enumerate(told.paragraphs):
        uses = sorted((use for use in told.uses if use.paragraph == n), key=lambda use: use.start)
        yield NewParagraph(text, tuple(Marked(use.start, use.text, key_of(use.slot, material)) for use in uses))


def _with_changes(report: Report, changes: Iterable[Change]) -> Report:
    sections = list(report.sections)
    for change in sorted(changes, key=lambda change: -change.place.first):
        place = change.place
        n = _section_index(report, place)
        paragraphs = sections[n].paragraphs
        source = paragraphs[place.first].source if place.first < len(paragraphs) else sections[n].source
        texts = [told.text for told in change.paragraphs]
        opening = (place.kept + texts[0], *texts[1:]) if texts else ()
        new = tuple(Paragraph(text=text, source=source) for text in opening)
        sections[n] = sections[n].model_copy(
            update={"paragraphs": (*paragraphs[: place.first], *new, *paragraphs[place.last :])}
        )
    return report.model_copy(update={"sections": tuple(sections)})


# What of a part its new wording must tell: its sentences as points, but for what the book gives afresh.


class _Segment(NamedTuple):
    """Words of one paragraph: a point of a list (``listed``) or a sentence, and whether it tells problems or
    improvements."""

    text: str
    paragraph: Paragraph
    side: str = ""
    listed: bool = False


def _extracted(report: Report, place: PartRange, composed: frozenset[str]) -> dict[str, tuple[Point, ...]]:
    """The points of a place; ``composed`` are the composer's own sentences, which are told again from the book."""
    paragraphs = _paragraphs(report, place)
    shortened = [
        Paragraph(text=phrase("cited", "pending").sub("", text), source=paragraph.source)
        for n, paragraph in enumerate(paragraphs)
        if (text := paragraph.text[len(place.kept) :] if n == 0 else paragraph.text)
        and not phrase("drafts", "nothing_to_report").fullmatch(text)
    ]
    if place.parts[0].id in SIDES:
        return _two_sides(shortened, place.parts, composed)
    return _one_part(shortened, place.parts[0], report.year, composed)


def _section_index(report: Report, place: PartRange) -> int:
    return next(n for n, section in enumerate(report.sections) if section.id == place.section)


def _point(text: str, paragraph: Paragraph) -> Point:
    return Point(text=text, address=f"报告{paragraph.source}" if str(paragraph.source) else "报告原文")


def _one_part(
    paragraphs: list[Paragraph], part: Part, year: int | None, composed: frozenset[str]
) -> dict[str, tuple[Point, ...]]:
    points: list[Point] = []
    for paragraph in paragraphs:
        if part.id == _NUMBERED and any(segment.listed for segment in _segments([paragraph])):
            points += [
                _point(without_slots(segment.text), paragraph)
                for segment in _segments([paragraph])
                if segment.text.strip()
            ]
            continue
        kept = ""
        for sentence in _sentences(paragraph.text):
            again = sentence.strip() in composed
            if not again and not (part.id in _BY_THE_BOOK and _from_the_form(sentence, year)):
                kept += sentence
        if kept.strip():
            points.append(_point(f"{without_slots(kept)}\n", paragraph))  # the paragraphs stay apart
    return {part.id: tuple(points)}


def _from_the_form(sentence: str, year: int | None) -> bool:
    """Whether all numbers of a sentence are figures of the form, which the book tells."""
    claims = [claim for claim in claims_in(sentence, year) if claim.mention.unit != "%"]
    # 全市备案复议案件134件 is a figure of another set: the book does not tell it.
    return bool(claims) and all(claim.readings and claim.relation != "none" and not claim.scope for claim in claims)


def _two_sides(
    paragraphs: list[Paragraph], parts: tuple[Part, ...], composed: frozenset[str]
) -> dict[str, tuple[Point, ...]]:
    """Problems and improvements: by the list they stand in, by what announced them, else by their own words."""
    points: dict[str, list[Point]] = {name: [] for name in (*(part.id for part in parts), FOLLOWED_UP)}
    names = {side: name for name, side in SIDES.items()}
    current = SIDES[parts[0].id] if len(parts) == 1 else ""
    following_up: Paragraph | None = None
    for segment in _segments(paragraphs):
        text = segment.text.strip()
        if text == FOLLOWED_UP_OPENING:
            following_up = segment.paragraph
        elif following_up is segment.paragraph:
            points[FOLLOWED_UP].append(_point(without_slots(text), segment.paragraph))
        elif text in composed or (segment.side and not segment.listed) or phrase("drafts", "achieved").search(text):
            current = segment.side or announced_by(text) or current
        else:
            current = (segment.side or current or told_by(text) or IMPROVEMENTS) if len(parts) > 1 else current
            points[names[current]].append(_point(without_slots(text), segment.paragraph))
    return {name: tuple(found) for name, found in points.items()}


def _segments(paragraphs: list[Paragraph]) -> Iterator[_Segment]:
    """Points of lists without their numbers, and the sentences between them; one that announces a list carries its
    side."""
    passages = [Prose("", "problems", paragraph) for paragraph in paragraphs]
    marks: dict[int, list[tuple[int, int, str]]] = {}
    leads: dict[str, str] = {}
    for each in lists_in(passages):
        side = side_of(each)
        leads |= {_stem(text): side for text in (each.lead, each.above) if announced_by(text)}
        for point in each.points:
            marks.setdefault(id(point.passage.paragraph), []).append((point.start, point.end, side))
    for paragraph in paragraphs:
        text, places = paragraph.text, sorted(marks.get(id(paragraph), []))
        for sentence in _sentences(text[: places[0][0]] if places else text):
            yield _Segment(sentence, paragraph, leads.get(_stem(sentence), ""))
        for (_, end, side), (after, *_) in pairwise([*places, (len(text), 0, "")]):
            words, next_lead = _without_lead(text[end:after], leads)
            if words.strip():
                yield _Segment(words, paragraph, side, listed=True)
            if next_lead:
                yield _Segment(next_lead, paragraph, leads[_stem(next_lead)])


def _without_lead(words: str, leads: Mapping[str, str]) -> tuple[str, str]:
    """A point, and the sentence behind it that announces the next list."""
    *point, last = _sentences(words) or [""]
    return ("".join(point), last) if _stem(last) in leads else (words, "")


def _sentences(text: str) -> list[str]:
    return [sentence for _, sentence in sentences(text) if sentence.strip()]


def _stem(sentence: str) -> str:
    return sentence.strip().rstrip("。！？；：:")
