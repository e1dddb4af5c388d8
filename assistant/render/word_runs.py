"""Characters of a Word paragraph and the runs that hold them: splitting runs so that a comment covers the very
words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import NamedTuple

from docx.oxml.ns import qn
from lxml import etree

from assistant.text import clean

__all__ = ["Character", "characters_in", "characters_within", "rewritten", "runs_of", "runs_within"]

_RUN, _TEXT, _PROPERTIES, _BOX = qn("w:r"), qn("w:t"), qn("w:rPr"), qn("w:txbxContent")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANKS = frozenset({qn("w:tab"), qn("w:ptab")})
_DELETED = frozenset({qn("w:del"), qn("w:moveFrom")})


class Character(NamedTuple):
    """One character as readers see it, the element that holds it, and its place in that element's text."""

    text: str
    element: etree._Element
    at: int


def runs_within(
    paragraph: etree._Element, text: str, start: int, end: int
) -> tuple[etree._Element, etree._Element] | None:
    """First and last run of ``text[start:end]``, split off from their neighbours and formatted as before.

    ``text`` is what readers make of the paragraph, or of one line of it: it may open with a number that Word counts
    itself. ``None`` when the words are not in the runs of the paragraph, as in a text box within it.
    """
    characters = characters_in(paragraph)
    printed = "".join(character.text for character in characters)
    offset = next((found - skip for skip in range(start + 1) if (found := printed.find(text[skip:])) >= 0), None)
    if offset is None or not start < end:
        return None
    if offset + end < len(characters):
        _split(characters[offset + end])
    first = _split(characters[offset + start])
    return first, _run(characters_in(paragraph)[offset + end - 1])


def runs_of(paragraph: etree._Element) -> tuple[etree._Element, etree._Element] | None:
    """First and last run of a paragraph; of one in a text box, where no comment may stand, the run that holds the
    box."""
    boxes = list(paragraph.iterancestors(_BOX))
    if boxes:
        holding = next(boxes[-1].iterancestors(_RUN), None)
        return None if holding is None else (holding, holding)
    runs = [run for run in paragraph.iter(_RUN) if not any(run.iterancestors(_BOX)) and not _deleted(run)]
    return (runs[0], runs[-1]) if runs else None


def characters_in(paragraph: etree._Element) -> list[Character]:
    """The characters of a paragraph as readers see them, in order."""
    found: list[Character] = []
    for run in paragraph.iter(_RUN):
        if next(run.iterancestors(_BOX), None) is not None or _deleted(run):
            continue
        for part in run:
            if part.tag == _TEXT:
                found += (Character(sign, part, at) for at, sign in enumerate(part.text or "") if clean(sign))
            elif part.tag in _BLANKS:
                found.append(Character(" ", part, 0))
    return found


def characters_within(paragraph: etree._Element, start: etree._Element, end: etree._Element) -> list[Character]:
    """The characters of a paragraph between two of its elements, such as the ends of a bookmark."""
    order = {element: n for n, element in enumerate(paragraph.iter())}
    low, high = order[start], order[end]
    return [character for character in characters_in(paragraph) if low < order[character.element] < high]


def rewritten(edits: Iterable[tuple[Sequence[Character], str]]) -> None:
    """Write texts in place of characters, each where its first one stood and in its look; all else stays as it is.

    No character may be in two edits, for places in a text shift as it is written.
    """
    by_element: dict[etree._Element, dict[int, str]] = {}
    for characters, text in edits:
        for n, character in enumerate(characters):
            by_element.setdefault(character.element, {})[character.at] = text if n == 0 else ""
    for element, places in by_element.items():
        element.text = "".join(places.get(at, sign) for at, sign in enumerate(element.text or ""))
        element.set(_SPACE, "preserve")


def _deleted(run: etree._Element) -> bool:
    return next(run.iterancestors(*_DELETED), None) is not None


def _run(character: Character) -> etree._Element:
    run = character.element.getparent()
    assert run is not None
    return run


def _split(character: Character) -> etree._Element:
    """The run that begins with this character; what stood before it stays in a run of its own."""
    element, run = character.element, _run(character)
    if character.at:
        rest = deepcopy(element)
        rest.text = (element.text or "")[character.at :]
        element.text = (element.text or "")[: character.at]
        for part in (element, rest):
            part.set(_SPACE, "preserve")
        element.addnext(rest)
        element = rest
    if all(part.tag == _PROPERTIES for part in element.itersiblings(preceding=True)):
        return run
    properties = run.find(_PROPERTIES)
    after = run.makeelement(run.tag, dict(run.attrib))
    if properties is not None:
        after.append(deepcopy(properties))
    moved = [element, *element.itersiblings()]
    after.extend(moved)
    run.addnext(after)
    return after
