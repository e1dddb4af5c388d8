"""Finding the six sections of a report by the words of their headings, with or without numbers.

A line is judged by itself (``section_of``), and among all lines of the report (``outline``): some only there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz, process

from assistant.form import SECTIONS, SectionTitle
from assistant.lexicon import phrase
from assistant.patterns import regex
from assistant.readers.blocks import Block, Grid, TextBlock
from assistant.readers.form_tables.recognition import recognise
from assistant.text import enumerator, fold

__all__ = [
    "Heading",
    "Outline",
    "heading_number",
    "is_subheading",
    "outline",
    "parted",
    "section_of",
    "split_number",
    "without_number",
]

_LONGEST_HEADING = 45
_NUMBERS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")
_SENTENCE = regex(r"[。！？!?]|[，,；;].{12,}")
# A bare line must be nearly a title to be taken for one; a numbered one may stray further.
_ALIKE_NUMBERED, _ALIKE_BARE = 66, 86
# A report with fewer parts headed 一、二、三 numbers them in another way; so many entries make a contents list.
_FEW = 3
_LONGEST_ENTRY = 60
_SHORTEST_TEXT = 5  # 如下。 behind a heading is part of it
_END_OF_HEADING = regex(r"[。：:]|\s+")
_LIST_GOES_ON = tuple("，,；;、和及与")


class Heading(NamedTuple):
    """The heading of a part: number and title as printed, and the text that stands behind it on the same line."""

    section: SectionTitle | None
    number: str
    title: str
    rest: str = ""

    @property
    def id(self) -> str | None:
        return self.section.id if self.section else None


class Outline(NamedTuple):
    """Headings by the index of their block, and the blocks that are a table of contents."""

    headings: Mapping[int, Heading]
    contents: frozenset[int]


def parted(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, those apart that are a report in one paragraph: headings that a web page ran into their text."""
    for block in blocks:
        pieces = _parts_inside(block.text) if isinstance(block, TextBlock) else ()
        if isinstance(block, TextBlock) and sum(_run_in(piece) is not None for piece in pieces) >= _FEW:
            yield from (block._replace(text=text) for piece in pieces for text in _heading_apart(piece))
        else:
            yield block


def _parts_inside(text: str) -> tuple[str, ...]:
    """A text cut where its numbers 一、二、三 … go on; what stands before 一 comes first, where something does."""
    cuts: list[int] = []
    for found in phrase("numbering", "inside").finditer(text):
        if found[1] in _NUMBERS[len(cuts) : len(cuts) + 1]:
            cuts.append(found.end())
    pieces = (text[start:end].strip() for start, end in pairwise([0, *cuts, len(text)]))
    return tuple(filter(None, pieces))


def _heading_apart(piece: str) -> tuple[str, ...]:
    """A numbered heading apart from its text: in words that are not the form's it is told only as a line."""
    known = _run_in(piece)
    if known:
        return piece.removesuffix(known.rest).strip(), known.rest
    stop = _END_OF_HEADING.search(piece, len(piece) - len(phrase("numbering", "part").sub("", piece)))
    if not heading_number(piece) or not stop:
        return (piece,)
    return tuple(filter(None, (piece[: stop.start()], piece[stop.end() :].strip())))


def outline(blocks: Sequence[Block]) -> Outline:
    """The headings of a report, in the order of its blocks."""
    lines = [(index, block) for index, block in enumerate(blocks) if isinstance(block, TextBlock)]
    found = {index: heading for index, block in lines if (heading := _plain(block))}
    if len({heading.id for heading in found.values()}) < _FEW:
        loose = {index: heading for index, block in lines if (heading := _loosely_numbered(block))}
        if len({heading.id for heading in loose.values()}) >= _FEW:
            found = dict(sorted({**loose, **found}.items()))
    contents = _contents(blocks, found)
    found = {index: heading for index, heading in found.items() if index not in contents}
    missing = {section.id for section in SECTIONS} - {heading.id for heading in found.values()}
    if missing:
        for index, block in lines:
            heading = None if index in contents or index in found else _run_in(block.text)
            if heading and heading.id in missing and _in_order(index, heading, found):
                found[index] = heading
                missing.remove(heading.id)
    if not any(isinstance(block, Grid) and recognise(block) for block in blocks):
        found = dict(sorted({**_numbered_on(lines, found, contents), **found}.items()))
    return Outline(found, contents)


def _numbered_on(
    lines: Sequence[tuple[int, TextBlock]], found: Mapping[int, Heading], contents: frozenset[int]
) -> dict[int, Heading]:
    """Headings of a report without the form's tables, whatever their words: short lines whose number goes on with that
    of the heading above (三、政府支出和收费 behind 二、主动公开情况). Lists inside a part begin with one again."""
    more: dict[int, Heading] = {}
    before = 0
    for index, block in lines:
        number = heading_number(block.text)
        if index in found:
            before = _NUMBERS.index(found[index].number) + 1 if found[index].number in _NUMBERS else before + 1
        elif number in _NUMBERS[before : before + 1] and index not in contents and _is_short_line(block.text):
            more[index] = Heading(None, number, without_number(block.text))
            before += 1
    return more


def _is_short_line(text: str) -> bool:
    return (
        len(text) <= _LONGEST_HEADING and not _SENTENCE.search(text) and not text.rstrip().endswith(("；", ";", "："))
    )


def heading_number(text: str) -> str:
    """The Chinese number a top-level heading opens with (一, 二 …), as written; empty when it has none."""
    found = phrase("numbering", "part").match(text)
    return found[1] or found[2] if found else ""


def split_number(text: str) -> tuple[str, str]:
    """Number and title of a heading numbered in any way: 1、 1. （一） (1) 01; no number when there is none."""
    found = phrase("numbering", "loose").match(text)
    return (found[1], text[found.end() :].strip()) if found else ("", text)


def without_number(text: str) -> str:
    """A heading without its number and without a full stop behind it."""
    return phrase("numbering", "part").sub("", text).strip().rstrip("。：:")


def is_subheading(text: str, level: int = 0) -> bool:
    """A short line （一）… or one the format marks as a lower heading."""
    return (
        len(text) <= _LONGEST_HEADING
        and not _SENTENCE.search(text)
        and (level >= 3 or bool(phrase("numbering", "subheading").match(text)))
    )


def section_of(text: str, level: int = 0) -> SectionTitle | None:
    """The form's section that a line is the heading of; ``None`` for prose, sub-headings and table rows."""
    if heading_number(text) or level:
        text = text.rstrip("。：: ")  # a full stop behind a numbered heading does not make it a sentence
    if (
        len(text) > _LONGEST_HEADING
        or _SENTENCE.search(phrase("numbering", "part").sub("", text))
        or phrase("numbering", "subheading").match(text)
    ):
        return None
    key = fold(phrase("calendar", "any_date").sub("", phrase("numbering", "part").sub("", text)))
    if not key or (enumerator(text) and not heading_number(text)):
        return None
    numbered = bool(heading_number(text)) or level in (1, 2)
    least = _ALIKE_NUMBERED if numbered else _ALIKE_BARE
    found = process.extractOne(key, _sections_by_title().keys(), scorer=fuzz.ratio, score_cutoff=least)
    return _sections_by_title()[found[0]] if found else None


@cache
def _sections_by_title() -> dict[str, SectionTitle]:
    return {fold(title): section for section in SECTIONS for title in (section.title, *section.aliases)}


def _plain(block: TextBlock) -> Heading | None:
    section = section_of(block.text, block.level)
    short = _run_in(block.text) if section and block.text.endswith("。") else None
    if short and len(short.rest) > _SHORTEST_TEXT:
        return short  # a short sentence behind a heading looks like a heading in other words
    return Heading(section, heading_number(block.text), without_number(block.text)) if section else None


def _loosely_numbered(block: TextBlock) -> Heading | None:
    """A line such as 1、总体情况 or （一）总体情况."""
    number, title = split_number(block.text)
    title = title.rstrip("。：: ")
    section = section_of(title) if number else None
    return Heading(section, number, title) if section else None


def _run_in(text: str) -> Heading | None:
    """A heading that its text follows on the same line: 一、总体情况。本年…"""
    number = heading_number(text)
    for head, rest in _divisions(text):
        section = section_of(head) if rest and not rest.startswith(_LIST_GOES_ON) else None
        if section and (number or text[len(head)] in "：:"):
            return Heading(section, number, without_number(head), rest)
    return None


def _divisions(text: str) -> Iterator[tuple[str, str]]:
    """Where a heading at the start of a line may end: where a title of the form ends, or at the first stop or blank."""
    bare = without_number(text)
    start = text.find(bare)
    for title in _titles_longest_first():
        if bare.startswith(title):
            yield text[: start + len(title)], text[start + len(title) :].lstrip("。：: \u3000")
    stop = _END_OF_HEADING.search(text, start)
    if stop:
        yield text[: stop.start()], text[stop.end() :].strip()


@cache
def _titles_longest_first() -> tuple[str, ...]:
    return tuple(sorted({title for section in SECTIONS for title in (section.title, *section.aliases)}, key=len)[::-1])


def _in_order(index: int, heading: Heading, found: Mapping[int, Heading]) -> bool:
    order = [section.id for section in SECTIONS]
    place = order.index(heading.id or "")
    before = [order.index(other.id or "") for at, other in found.items() if at < index]
    after = [order.index(other.id or "") for at, other in found.items() if at > index]
    return all(other < place for other in before) and all(other > place for other in after)


def _contents(blocks: Sequence[Block], found: Mapping[int, Heading]) -> frozenset[int]:
    """A table of contents: at least three parts named in short lines without anything else, and named again below."""
    entries: list[int] = []
    seen: set[str] = set()
    for index, heading in found.items():
        if (heading.id or "") in seen:
            break
        seen.add(heading.id or "")
        entries.append(index)
    else:
        return frozenset()
    first, last = entries[0], entries[-1]
    between = [block for index, block in enumerate(blocks[first:last], first) if index not in found]
    if len(entries) < _FEW or any(isinstance(block, Grid) or _is_prose(block.text) for block in between):
        return frozenset()
    while isinstance(below := blocks[last + 1], TextBlock) and is_subheading(below.text):
        last += 1  # entries of the last part; some block is below, for its headings come again
    above = blocks[first - 1] if first else None
    titled = isinstance(above, TextBlock) and phrase("numbering", "contents").fullmatch(above.text)
    return frozenset(range(first - 1 if titled else first, last + 1))


def _is_prose(text: str) -> bool:
    return len(text) > _LONGEST_ENTRY or text.rstrip().endswith("。")
