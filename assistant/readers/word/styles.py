"""What a Word paragraph gets from its style: heading levels, and the numbers that lists print without typing them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from assistant.lexicon import phrase
from assistant.readers.office_xml import attribute, child, children, kind
from assistant.text import enumerator

__all__ = ["Styles"]

_DIGITS = "一二三四五六七八九"
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
        "taiwaneseDigital",
        "japaneseDigitalTenThousand",
    }
)
_BODY_LEVEL = 9  # Word's outline levels count from 0; 9 is body text
_LONGEST_NUMBER = 60  # characters: it stands in the file once, and in front of every line of its list
_MARKS = ("vanish", "strike", "dstrike", "vertAlign")  # what a style says of its words that changes what they say
_DEEPEST_STYLE = 20  # styles based on styles; more than this is a circle


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str


@dataclass
class Styles:
    """Styles and lists of one document. It counts: ask for ``number`` once for each paragraph, in their order."""

    styles: dict[str, etree._Element] = field(default_factory=dict)
    default: str = ""
    abstract_of: dict[str, str] = field(default_factory=dict)
    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _restarted: set[tuple[str, int]] = field(default_factory=set)

    def add_styles(self, root: etree._Element) -> None:
        for style in children(root, "style"):
            name = attribute(style, "styleId") or ""
            self.styles[name] = style
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true"):
                self.default = name

    def add_numbering(self, root: etree._Element) -> None:
        for abstract in children(root, "abstractNum"):
            for level in children(abstract, "lvl"):
                key = (attribute(abstract, "abstractNumId") or "", _whole(attribute(level, "ilvl"), 0))
                self.levels[key] = _Level(
                    _whole(attribute(child(level, "start")), 1),
                    attribute(child(level, "numFmt")) or "decimal",
                    (attribute(child(level, "lvlText")) or "")[:_LONGEST_NUMBER],
                )
        for number in children(root, "num"):
            name = attribute(number, "numId") or ""
            self.abstract_of[name] = attribute(child(number, "abstractNumId")) or ""
            for override in children(number, "lvlOverride"):
                start = attribute(child(override, "startOverride"))
                if start is not None:
                    self.restarts[name, _whole(attribute(override, "ilvl"), 0)] = _whole(start, 1)

    def level(self, paragraph: etree._Element) -> int:
        """The heading level that the paragraph or its style states; 0 for body text."""
        for properties, name in self._properties(paragraph):
            outline = attribute(child(properties, "outlineLvl"))
            if outline is not None:
                level = _whole(outline, _BODY_LEVEL)
                return level + 1 if 0 <= level < _BODY_LEVEL else 0
            if found := phrase("titles", "heading_style").fullmatch(name):
                return int(found[1])
            if phrase("titles", "title_style").fullmatch(name):
                return 1
        return 0

    def in_contents(self, paragraph: etree._Element) -> bool:
        """Whether the line belongs to a table of contents: its entries look like headings and are none."""
        return any(
            phrase("titles", "contents_style").fullmatch(name) for _, name in self._properties(paragraph) if name
        )

    def spell_out(self, body: etree._Element) -> None:
        """Say of each run itself what its styles say: hidden, crossed out, raised. Readers look at the run alone."""
        said = {name: marks for name in self.styles if (marks := list(self._marks_of(name)))}
        if not said:
            return
        for run in body.iter("{*}r"):
            paragraph = next(run.iterancestors("{*}p"), None)
            properties = child(run, "rPr")
            names = (
                attribute(child(properties, "rStyle")),
                attribute(child(paragraph, "pPr", "pStyle")) or self.default,
            )
            for mark in (mark for name in names for mark in said.get(name or "", ())):
                if properties is None:
                    properties = etree.Element(f"{run.tag[:-1]}rPr")
                    run.insert(0, properties)
                if child(properties, kind(mark)) is None:
                    properties.append(deepcopy(mark))

    def _marks_of(self, name: str) -> Iterator[etree._Element]:
        """Those of a style, or of the nearest of the styles that it is based on."""
        met: set[str] = set()
        for _ in range(_DEEPEST_STYLE):
            style = self.styles.get(name)
            if style is None:
                return
            for mark in (child(style, "rPr", each) for each in _MARKS):
                if mark is not None and kind(mark) not in met:
                    met.add(kind(mark))
                    yield mark
            name = attribute(child(style, "basedOn")) or ""

    def number(self, paragraph: etree._Element, text: str) -> str:
        """What Word prints in front of a numbered paragraph, e.g. ``一、``; empty for bullets and plain paragraphs."""
        number, level = self._list_of(paragraph)
        abstract = self.abstract_of.get(number, "")
        if (abstract, level) not in self.levels:
            return ""
        counters = self._counters.setdefault(abstract, {})
        if (number, level) in self.restarts and (number, level) not in self._restarted:
            self._restarted.add((number, level))
            counters[level] = self.restarts[number, level]
        else:
            counters[level] = counters.get(level, self.levels[abstract, level].start - 1) + 1
        for deeper in [other for other in counters if other > level]:
            del counters[deeper]
        printed = self._printed(abstract, level, counters)
        return "" if printed == enumerator(text) else printed

    def _printed(self, abstract: str, level: int, counters: dict[int, int]) -> str:
        if self.levels[abstract, level].format in ("bullet", "none"):
            return ""

        def one(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            own = self.levels.get((abstract, place), _Level(1, "decimal", ""))
            return _written(counters.get(place, own.start), own.format)

        return re.sub(r"%([1-9])", one, self.levels[abstract, level].text)

    def _list_of(self, paragraph: etree._Element) -> tuple[str, int]:
        number, level = None, None
        for properties, _ in self._properties(paragraph):
            numbering = child(properties, "numPr")
            if level is None and (stated := attribute(child(numbering, "ilvl"))) is not None:
                level = _whole(stated, 0)
            if number is None:
                number = attribute(child(numbering, "numId"))
        return number or "", level or 0

    def _properties(self, paragraph: etree._Element) -> Iterator[tuple[etree._Element | None, str]]:
        """Properties of the paragraph itself (without a name), then of its style and the styles that is based on."""
        own = child(paragraph, "pPr")
        yield own, ""
        name = attribute(child(own, "pStyle")) or self.default
        for _ in range(_DEEPEST_STYLE):
            style = self.styles.get(name)
            if style is None:
                return
            yield child(style, "pPr"), attribute(child(style, "name")) or ""
            name = attribute(child(style, "basedOn")) or ""


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else otherwise


def _written(number: int, form: str) -> str:
    """A list number in Word's format of that name; formats that no report uses are written as 1, 2, 3."""
    if form in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        front = "" if not tens else "十" if tens == 1 else _DIGITS[tens - 1] + "十"
        return front + (_DIGITS[ones - 1] if ones else "")
    if form in ("lowerLetter", "upperLetter") and 0 < number <= 26:
        return chr((ord("a") if form == "lowerLetter" else ord("A")) + number - 1)
    if form.startswith("decimalEnclosedCircle") and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    return str(number)
