"""What of a part of a finished report its new wording must tell: its sentences as points, but for what the book tells afresh."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from assistant.drafting.composer import FOLLOWED_UP_OPENING
from assistant.drafting.office import FOLLOWED_UP, Part, Point
from assistant.drafting.rewrite.locate import SIDES, Stretch
from assistant.drafting.workbook.layout import inert
from assistant.figures.claim_reader import claims_in
from assistant.language.numbered_lists import lists_in
from assistant.language.prose import Prose
from assistant.language.sentences import sentences
from assistant.language.shortcomings import IMPROVEMENTS, announced_by, side_of, told_by
from assistant.report import Paragraph, Report

__all__ = ["Retold", "retold"]

_BY_THE_BOOK = ("主动公开", "依申请公开")  # parts in which the composer tells the form's figures
_NUMBERED = "政府信息管理"  # told as 一是…二是…
_NOTHING = re.compile(r"(?:本年度)?(?:暂?无|没有)(?:其他)?(?:需要?)?(?:报告的?|说明的?)?(?:事项|情况|问题)?[。.]?")
# How sections on problems open everywhere: 取得了一定成绩，但还存在差距. The new wording has an opening of its own.
_ACHIEVED = re.compile(r"取得[^。，；]{0,10}(?:成绩|成效|进展)[^。；]{0,50}(?:差距|不足|问题|短板)")
_PENDING = re.compile(r"【待补：[^】]*】")


class Retold(NamedTuple):
    """``points`` by part, ``FOLLOWED_UP`` among them; ``left_out`` are sentences that the new wording does without."""

    points: dict[str, tuple[Point, ...]]
    left_out: tuple[str, ...]


class _Piece(NamedTuple):
    """Words of one paragraph: a point of a list (``listed``) or a sentence, and whether it tells problems or improvements."""

    text: str
    paragraph: Paragraph
    side: str = ""
    listed: bool = False


def retold(report: Report, stretch: Stretch, afresh: frozenset[str]) -> Retold:
    """The points of a stretch; ``afresh`` are the composer's own sentences, which are told again from the book."""
    paragraphs = report.sections[_index(report, stretch)].paragraphs[stretch.first : stretch.last]
    shortened = [
        Paragraph(text=_PENDING.sub("", text), source=paragraph.source)
        for n, paragraph in enumerate(paragraphs)
        if (text := paragraph.text[len(stretch.kept) :] if n == 0 else paragraph.text) and not _NOTHING.fullmatch(text)
    ]
    if stretch.parts[0].id in SIDES:
        return _two_sides(shortened, stretch.parts, afresh)
    return _one_part(shortened, stretch.parts[0], report.year, afresh)


def _index(report: Report, stretch: Stretch) -> int:
    return next(n for n, section in enumerate(report.sections) if section.id == stretch.section)


def _point(text: str, paragraph: Paragraph) -> Point:
    return Point(text=text, address=f"报告{paragraph.source}" if str(paragraph.source) else "报告原文")


def _one_part(paragraphs: list[Paragraph], part: Part, year: int | None, afresh: frozenset[str]) -> Retold:
    points: list[Point] = []
    left_out: list[str] = []
    for paragraph in paragraphs:
        if part.id == _NUMBERED and any(piece.listed for piece in _pieces([paragraph])):
            points += [_point(inert(piece.text), paragraph) for piece in _pieces([paragraph]) if piece.text.strip()]
            continue
        kept = ""
        for sentence in _sentences(paragraph.text):
            told = sentence.strip() in afresh
            if not told and not (part.id in _BY_THE_BOOK and _from_the_form(sentence, year)):
                kept += sentence
            elif not told:
                left_out.append(sentence.strip())
        if kept.strip():
            points.append(_point(f"{inert(kept)}\n", paragraph))  # the paragraphs stay apart
    return Retold({part.id: tuple(points)}, tuple(left_out))


def _from_the_form(sentence: str, year: int | None) -> bool:
    """Whether all numbers of a sentence are figures of the form, which the book tells."""
    claims = [claim for claim in claims_in(sentence, year) if claim.mention.unit != "%"]
    return bool(claims) and all(claim.readings and claim.relation != "none" for claim in claims)


def _two_sides(paragraphs: list[Paragraph], parts: tuple[Part, ...], afresh: frozenset[str]) -> Retold:
    """Problems and improvements: by the list they stand in, by what announced them, else by their own words."""
    points: dict[str, list[Point]] = {name: [] for name in (*(part.id for part in parts), FOLLOWED_UP)}
    left_out: list[str] = []
    names = {side: name for name, side in SIDES.items()}
    current = SIDES[parts[0].id] if len(parts) == 1 else ""
    following_up: Paragraph | None = None
    for piece in _pieces(paragraphs):
        text = piece.text.strip()
        if text == FOLLOWED_UP_OPENING:
            following_up = piece.paragraph
        elif following_up is piece.paragraph:
            points[FOLLOWED_UP].append(_point(inert(text), piece.paragraph))
        elif text in afresh or (piece.side and not piece.listed) or _ACHIEVED.search(text):
            current = piece.side or announced_by(text) or current
            left_out += [] if text in afresh else [text]
        else:
            current = (piece.side or current or told_by(text) or IMPROVEMENTS) if len(parts) > 1 else current
            points[names[current]].append(_point(inert(text), piece.paragraph))
    return Retold({name: tuple(told) for name, told in points.items()}, tuple(left_out))


def _pieces(paragraphs: list[Paragraph]) -> Iterator[_Piece]:
    """Points of lists without their numbers, and the sentences between them; one that announces a list carries its side."""
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
            yield _Piece(sentence, paragraph, leads.get(_stem(sentence), ""))
        for (_, end, side), (after, *_) in pairwise([*places, (len(text), 0, "")]):
            words, next_lead = _without_lead(text[end:after], leads)
            if words.strip():
                yield _Piece(words, paragraph, side, listed=True)
            if next_lead:
                yield _Piece(next_lead, paragraph, leads[_stem(next_lead)])


def _without_lead(words: str, leads: Mapping[str, str]) -> tuple[str, str]:
    """A point, and the sentence behind it that announces the next list."""
    *told, last = _sentences(words) or [""]
    return ("".join(told), last) if _stem(last) in leads else (words, "")


def _sentences(text: str) -> list[str]:
    return [sentence for _, sentence in sentences(text) if sentence.strip()]


def _stem(sentence: str) -> str:
    return sentence.strip().rstrip("。！？；：:")
