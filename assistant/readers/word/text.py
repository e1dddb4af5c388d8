"""The text of Word paragraphs and cells: what a reader of the accepted document sees, no more and no less."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from assistant.readers.office_xml import add_raised, child, is_on, is_raised, join_lines, kind
from assistant.text import clean

__all__ = ["cell_text", "content", "paragraph_text"]

# Deleted, moved away, never printed, or no text at all.
_NOT_READ = frozenset({"del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sdtPr", "rt", "tbl"})
_SIGNS = {"br": "\n", "cr": "\n", "tab": " ", "ptab": " ", "noBreakHyphen": "-"}
_BLOCKS = frozenset({"p", "tbl", "tr", "tc"})


def content(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs, tables, rows or cells directly in ``parent``, through content controls and tracked insertions."""
    for element in parent:
        name = kind(element)
        if name in _BLOCKS:
            yield element
        elif name == "AlternateContent":
            yield from content(_alternative(element))
        elif name not in _NOT_READ:
            yield from content(element)


def _alternative(element: etree._Element) -> etree._Element:
    """The one branch that is shown: text boxes stand twice in a file, for new and for old programs."""
    choice = child(element, "Choice")
    fallback = child(element, "Fallback")
    return choice if choice is not None else fallback if fallback is not None else element


def paragraph_text(paragraph: etree._Element) -> tuple[str, list[etree._Element]]:
    """The accepted text of a paragraph, line breaks kept, and the text boxes that are anchored in it."""
    parts: list[str] = []
    boxes: list[etree._Element] = []
    _walk(paragraph, parts, boxes)
    return clean("".join(parts)), boxes


def _walk(element: etree._Element, parts: list[str], boxes: list[etree._Element]) -> None:
    for part in element:
        name = kind(part)
        if name == "t":
            parts.append(part.text or "")
        elif name in _SIGNS:
            parts.append(_SIGNS[name])
        elif name == "txbxContent":
            boxes.append(part)
        elif name == "AlternateContent":
            _walk(_alternative(part), parts, boxes)
        elif name == "r" and is_raised(child(part, "rPr")) and not _hidden(part):
            raised: list[str] = []
            _walk(part, raised, boxes)
            add_raised(parts, raised)
        elif name not in _NOT_READ and not (name == "r" and _hidden(part)):
            _walk(part, parts, boxes)


def _hidden(run: etree._Element) -> bool:
    """Whether a run is not shown, or crossed out: what a person crosses out is not said."""
    return is_on(child(run, "rPr"), "vanish", "strike", "dstrike")


def cell_text(cell: etree._Element, *, nested: bool = False) -> tuple[str, list[etree._Element]]:
    """The text of a table cell on one line and its text boxes; with ``nested``, the text of tables inside it too."""
    lines: list[str] = []
    boxes: list[etree._Element] = []
    for element in content(cell):
        if kind(element) == "p":
            text, found = paragraph_text(element)
            lines += text.split("\n")
            boxes += found
        elif nested:
            inner = (part for row in content(element) for part in content(row))
            lines += [cell_text(part, nested=True)[0] for part in inner]
    return join_lines(lines), boxes
