"""Traces of drafting that a Word file keeps: revisions nobody accepted, comments, highlighting, text crossed out.

Whoever downloads the file sees them. They are read as the accepted document; a check tells that they are there.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from assistant.readers.office_xml import attribute, children, is_on, kind
from assistant.readers.own_results import OUR_COMMENTS
from assistant.report import ReadingWarning

__all__ = ["traces_in"]

_REVISIONS = ("ins", "del", "moveFrom", "moveTo")
_SHOWN = 20


def traces_in(body: etree._Element, comments: etree._Element | None) -> Iterator[ReadingWarning]:
    """A warning of kind ``draft`` for each sort of trace, with how many there are and the words of the first."""
    revised = [
        element
        for element in body.iter(*(f"{{*}}{name}" for name in _REVISIONS))
        if (parent := element.getparent()) is None or kind(parent) not in ("rPr", "trPr", "tcPr", "numPr")
    ]
    revised = [element for element in revised if _words(element).strip()]
    if revised:
        yield _trace(f"有{len(revised)}处修订没有接受", _words(revised[0]))
    written = [
        note
        for note in children(comments, "comment")
        if attribute(note, "author") not in OUR_COMMENTS and _words(note).strip()
    ]
    if written:
        yield _trace(f"有{len(written)}条批注没有删去", _words(written[0]))
    marked = [run for run in body.iter("{*}r") if _is_highlighted(run) and _words(run).strip()]
    if marked:
        yield _trace(f"有{len(marked)}处突出显示没有清除", _words(marked[0]))
    struck = [run for run in body.iter("{*}r") if _is_struck(run) and _words(run).strip()]
    if struck:
        yield _trace(f"有{len(struck)}处划了删除线的文字没有删去，按已删去读取", _words(struck[0]))


def _trace(what: str, words: str) -> ReadingWarning:
    shown = " ".join(words.split())
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
    return ReadingWarning(message=f"Word 文件里{what}，如“{shown}”", kind="draft")


def _words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter("{*}t", "{*}delText"))


def _is_struck(run: etree._Element) -> bool:
    return any(is_on(properties, "strike", "dstrike") for properties in children(run, "rPr"))


def _is_highlighted(run: etree._Element) -> bool:
    marks = (mark for properties in children(run, "rPr") for mark in children(properties, "highlight"))
    return any(attribute(mark) not in (None, "none") for mark in marks)
