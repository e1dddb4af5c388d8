"""What last year's report told, part by part: tone for a model, and what this year's words are held against."""

from __future__ import annotations

import re

from assistant.drafting.office import Part
from assistant.figures.mentions import mentions_in
from assistant.report import Report
from assistant.rules.data import load
from assistant.rules.numbering import IMPROVEMENTS, PROBLEMS
from assistant.rules.plans import items_of
from assistant.rules.prose import passages
from assistant.text import enumerator

__all__ = ["ASPECTS", "SIDES", "heading_of", "last_year_of", "tone_of"]

ASPECTS = {entry["name"]: re.compile(entry["heading"]) for entry in load("aspects")["aspect"]}
_LONGEST_HEADING = 30
_HEADING_END = re.compile(r"[。：:]|$")
SIDES = {"问题": PROBLEMS, "改进": IMPROVEMENTS}
_LONGEST_TONE = 160  # characters: enough to hear the tone, too few to fill the report with
_NUMBER = "□"  # refused in answers


def last_year_of(part: Part, previous: Report | None) -> tuple[str, ...]:
    """The paragraphs of a part in last year's report; all of section one where it has no headings for its parts."""
    if previous is None:
        return ()
    if part.id in SIDES:
        return tuple(item.text for item in items_of(previous, SIDES[part.id]))
    if part.id not in ASPECTS:
        return tuple(passage.text for passage in passages(previous, "other") if not passage.paragraph.heading)
    found: dict[str, list[str]] = {}
    current = ""
    for passage in passages(previous, "overview"):
        text = passage.text
        if heading := heading_of(text, passage.paragraph.heading):
            current = next((name for name, words in ASPECTS.items() if words.search(heading)), current)
            text = text[len(heading) :].lstrip("。：: ")
        if text:
            found.setdefault(current, []).append(text)
    everything = tuple(text for texts in found.values() for text in texts)
    return tuple(found.get(part.id, ())) if len(found.keys() - {""}) > 1 else everything


def heading_of(text: str, printed_as_one: bool) -> str:
    """（一）主动公开情况, alone or before its text; empty for other paragraphs."""
    if not (printed_as_one or enumerator(text)):
        return ""
    end = _HEADING_END.search(text)
    opening = text[: end.start()] if end else text
    return opening if len(opening) <= _LONGEST_HEADING else ""


def tone_of(paragraphs: tuple[str, ...]) -> str:
    """How last year's part was written, shortened, its numbers masked; empty when there is none."""
    text = "".join(paragraphs)[: _LONGEST_TONE * 2]
    for mention in reversed(mentions_in(text)):
        text = f"{text[: mention.start]}{_NUMBER}{text[mention.end :]}"
    return re.sub(r"[0-9０-９]+", _NUMBER, text)[:_LONGEST_TONE]
