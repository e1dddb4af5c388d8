"""Marks on the figures of a Word report, so that a later run finds them among what people wrote: hidden bookmarks,
which neither Word nor WPS shows and both keep through edits.

A mark names what the figure is (a hash of its identity: names may have 40 characters) and what was written (a seal): a
figure that a person has changed by hand is not taken for ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run
from lxml import etree

from assistant.drafting.slots import SLOT, Material
from assistant.figures.book import Figure
from assistant.patterns import regex
from assistant.render.word_runs import Character, characters_within

__all__ = ["Found", "figures_by_key", "key_of", "mark", "marks_in", "seal_again"]

# Names that begin with an underline are hidden from the list of bookmarks.
_NAME = regex(r"_FIG(?P<n>\d{1,6})_(?P<key>[0-9a-f]{12})_(?P<seal>[0-9a-f]{8})")
_START, _END = qn("w:bookmarkStart"), qn("w:bookmarkEnd")
_ID, _TITLE = qn("w:id"), qn("w:name")


@dataclass(frozen=True, slots=True)
class Found:
    """A mark as it stands in a file: what it is on, and the characters between its ends; ``whole`` is false where the
    ends stand in different paragraphs or one of them is gone."""

    element: etree._Element
    key: str
    seal: str
    characters: tuple[Character, ...]
    whole: bool

    @property
    def text(self) -> str:
        return "".join(character.text for character in self.characters)

    @property
    def untouched(self) -> bool:
        """Whether what stands there is what was written."""
        return self.whole and _hash(self.text, 8) == self.seal


def mark(run: Run, key: str, n: int) -> None:
    """Set a mark on a figure that has a run of its own; ``n`` is no other mark's of the file."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(_ID, str(n))
    start.set(_TITLE, f"_FIG{n}_{key}_{_hash(run.text, 8)}")
    run._element.addprevious(start)
    run._element.addnext(end)


def marks_in(body: etree._Element) -> Iterator[Found]:
    """Every mark of a document, in order."""
    ends = {end.get(_ID): end for end in body.iter(_END)}
    for start in body.iter(_START):
        name = _NAME.fullmatch(start.get(_TITLE) or "")
        if name is None:
            continue
        end = ends.get(start.get(_ID))
        paragraph = next(start.iterancestors("{*}p"), None)
        whole = end is not None and paragraph is not None and next(end.iterancestors("{*}p"), None) is paragraph
        characters = tuple(characters_within(paragraph, start, end)) if whole else ()
        yield Found(start, name["key"], name["seal"], characters, whole)


def seal_again(found: Found, text: str) -> None:
    """The mark of a figure that has been written anew."""
    name = _NAME.fullmatch(found.element.get(_TITLE) or "")
    assert name
    found.element.set(_TITLE, f"_FIG{name['n']}_{found.key}_{_hash(text, 8)}")


def key_of(slot: str, material: Material) -> str:
    """What a mark calls the figure of a slot: the same in every draft of it, though rows and notes change places."""
    return _hash(_identity(slot, material), 12)


def figures_by_key(material: Material) -> Mapping[str, Figure]:
    """Every figure that a mark may be on, by its key; where several are called the same, none is."""
    found: dict[str, Figure | None] = {}
    for slot, figure in material.book.items():
        key = key_of(slot, material)
        found[key] = figure if key not in found else None
    return {key: figure for key, figure in found.items() if figure is not None}


def _identity(slot: str, material: Material) -> str:
    family, _, number = slot.partition(".")
    if family == "own":
        own = material.data.own[int(number) - 1]
        return f"own\n{own.part}\n{own.name}"
    if family == "note":
        for part, points in material.points.items():
            for point in points:
                slots = SLOT.findall(point)
                if slot in slots:
                    return f"note\n{part}\n{slots.index(slot)}\n{SLOT.sub('□', point)}"
    return slot


def _hash(text: str, length: int) -> str:
    return sha256(text.encode()).hexdigest()[:length]
