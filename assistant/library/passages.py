"""Cutting a report into passages: some 100 to 500 characters each, with the heading path they stand under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.form import SECTIONS
from assistant.library.documents import NewPassage
from assistant.library.injection import without_orders
from assistant.patterns import regex
from assistant.report import Paragraph, Report, Section
from assistant.text import enumerator

__all__ = ["LONGEST", "in_pieces", "passages_of", "sentences", "split_long"]

SHORTEST, LONGEST = 100, 500
_SENTENCE = regex(r"[^。！？；!?\n]*(?:[。！？；!?]+[”’」』）)]*|\n|$)")
_FORM_NUMBERS = {section.id: section.number for section in SECTIONS}


def sentences(text: str) -> list[str]:
    """The sentences of a text; a 分号 ends one too: reports string whole paragraphs together with it."""
    return [found.strip() for found in _SENTENCE.findall(text) if found.strip()]


def split_long(text: str) -> list[str]:
    """A text in pieces of at most ``LONGEST`` characters, cut between sentences (a longer sentence is cut through)."""
    pieces: list[str] = []
    for sentence in sentences(text) if len(text) > LONGEST else [text]:
        for start in range(0, len(sentence), LONGEST):
            part = sentence[start : start + LONGEST]
            if pieces and len(pieces[-1]) + len(part) <= LONGEST:
                pieces[-1] += part
            else:
                pieces.append(part)
    return pieces


def in_pieces(lines: Iterable[str], longest: int) -> list[str]:
    """Lines joined again into pieces of at most ``longest`` characters; a longer line is a piece of its own."""
    pieces: list[str] = []
    for line in lines:
        if pieces and len(pieces[-1]) + 1 + len(line) <= longest:
            pieces[-1] += f"\n{line}"
        else:
            pieces.append(line)
    return pieces


def passages_of(report: Report) -> tuple[NewPassage, ...]:
    """The prose of a report as passages, in its order. The tables' figures are catalogued, not cut."""
    name = f"{report.unit}{f' · {report.year}年' if report.year else ''}"
    parts: list[NewPassage] = list(_part(f"{name} · 引言", "引言", report.preamble))
    for section in report.sections:
        title = _section_title(section)
        for subheading, paragraphs in _under_subheadings(section.paragraphs):
            place = f"{title}{f' · {subheading}' if subheading else ''}"
            parts.extend(_part(f"{name} · {place}", place, paragraphs))
    return tuple(parts)


def _section_title(section: Section) -> str:
    # Offices leave the numbers out; people still look for 三、.
    number = section.number or _FORM_NUMBERS.get(section.id or "", "")
    return section.model_copy(update={"number": number}).label


def _under_subheadings(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[str, list[Paragraph]]]:
    subheading, under = "", list[Paragraph]()
    for paragraph in paragraphs:
        if paragraph.heading:
            if under:
                yield subheading, under
            subheading, under = paragraph.text, []
        else:
            under.append(paragraph)
    if under:
        yield subheading, under


def _part(heading: str, place: str, paragraphs: Iterable[Paragraph]) -> Iterator[NewPassage]:
    """Neighbouring short paragraphs joined, long ones split; the place counts the paragraphs of its part."""
    joined: list[tuple[int, str]] = []
    told = ((ordinal, without_orders(paragraph.text)) for ordinal, paragraph in enumerate(paragraphs, start=1))
    for ordinal, text in told:
        # A line such as “2.政策出台后及时发布。” is half a heading: it goes with what follows it.
        if joined and len(joined[-1][1]) < SHORTEST and len(joined[-1][1]) + len(text) < LONGEST:
            joined[-1] = (joined[-1][0], f"{joined[-1][1]}\n{text}")
        elif text:
            joined.append((ordinal, text))
    for ordinal, text in joined:
        mark = enumerator(text)
        where = f"{place} · 第{ordinal}段{f' {mark}' if mark else ''}"
        yield from (NewPassage(heading, where, piece) for piece in split_long(text))
