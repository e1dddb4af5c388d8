"""How notes are jotted down, and what a report makes of them without a model.

What can be made a sentence by its pattern is (渠道：A、B → 通过A、B等渠道); everything else is printed as the office
wrote it, and whoever reads the draft is told which note needs a hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from re import Pattern
from string import Template

from assistant.drafting.figure_names import lacks_a_verb
from assistant.drafting.manuscript import PartText
from assistant.drafting.office import FOLLOWED_UP, OfficeData, Part
from assistant.language.shortcomings import says_nothing
from assistant.lexicon import phrase
from assistant.lexicon.data import load
from assistant.patterns import regex

__all__ = ["hints", "lengths", "written_out"]

_LABEL = regex(r"(?P<label>[^：:，。“”]{2,12})[：:](?P<list>[^：:。；]+)[。；]?")
_QUOTED = regex(r"“[^”]*”")
_SHORTEST_NOTE = 10  # characters: 先定属性再编号 leaves open who did what
_MAY_BE_SHORT = ("问题", "其他事项", FOLLOWED_UP)  # 解读形式单一 is a problem told whole
_SHORTEST = 20  # characters of a part; below it a reader asks whether anything was done
_HALF, _LONG = 2, 80  # a part half as long as last year's, where that had something to say
_SHOWN = 24


def written_out(note: str) -> str:
    """A note as a sentence where its pattern tells how; else as it is."""
    text = note.strip()
    if found := _LABEL.fullmatch(text):
        for label, sentence in _jotted():
            if label.fullmatch(found["label"].strip()):
                things = "、".join(
                    each for each in phrase("workbook", "between_listed").split(_without_plus(found["list"])) if each
                )
                return f"{Template(sentence).substitute(list=things.removesuffix('等'))}。"
    for said, plain in _spoken():
        if plain is not None:
            text = said.sub(plain, text)
    return _without_plus(text) + ("\n" if note.endswith("\n") else "")


def _without_plus(text: str) -> str:
    """图解+视频 as 图解、视频; a name in quotation marks (“1+X”) keeps its sign."""
    quoted = [found.span() for found in _QUOTED.finditer(text)]
    return phrase("workbook", "plus").sub(
        lambda found: found[0] if any(low <= found.start() < high for low, high in quoted) else "、", text
    )


@cache
def _jotted() -> tuple[tuple[Pattern[str], str], ...]:
    return tuple((regex(entry["label"]), entry["sentence"]) for entry in load("drafting")["jotted"])


@cache
def _spoken() -> tuple[tuple[Pattern[str], str | None], ...]:
    """What people say, and what stands for it; ``None`` where a person must choose."""
    return tuple((regex(entry["words"]), entry.get("plain")) for entry in load("drafting")["spoken"])


def hints(data: OfficeData, parts: tuple[PartText, ...]) -> Iterator[str]:
    """The notes that were printed as they were jotted down, with what is wrong with them; what a model has worded is
    not among them."""
    worded = "".join(each.note for text in parts for each in text.worded if each.by == "model")
    for name, points in data.points.items():
        for point in points:
            why = "" if point.text.strip() in worded else _why_jotted(written_out(point.text), name)
            if why:
                shown = point.text.strip()[:_SHOWN]
                yield f"{point.address}：“{shown}”{why}，照原样写进了“{name}”；请改成完整的书面语"


def _why_jotted(text: str, name: str) -> str:
    for said, _ in _spoken():
        if found := said.search(_QUOTED.sub("", text)):
            return f"有口语“{found[0].strip('，,')}”"
    if _LABEL.fullmatch(text.strip()):
        return "是标签加内容，不是句子"
    if found := phrase("own_figures", "spoken_end").search(_QUOTED.sub("", text)):
        return f"以“{found[0].rstrip('。；')}”收句，是口语"
    if says_nothing(text):
        return "没有说做了什么"
    if (found := phrase("own_figures", "counted_thing").fullmatch(text.strip())) and lacks_a_verb(found["name"]):
        return "没有动词，不是句子"
    short = len(text.strip("。；")) < _SHORTEST_NOTE and name not in _MAY_BE_SHORT
    if short and not phrase("own_figures", "denies").match(text):
        return "太短，看不出谁做的、怎么做的"
    return ""


def lengths(parts: tuple[PartText, ...], last_year: dict[str, int]) -> Iterator[str]:
    """Parts that say little: by themselves, or beside what they said last year (characters by part id)."""
    for text in parts:
        if any("【待" in paragraph for paragraph in text.paragraphs):
            continue
        length, before = sum(map(len, text.paragraphs)), last_year.get(text.part.id, 0)
        if before >= _LONG and length * _HALF < before:
            yield f"{_named(text.part)}只有{length}字，上年有{before}字；请看是否漏写了工作"
        elif length < _SHORTEST and text.part.heading:
            yield f"{_named(text.part)}只有{length}字，看不出做了什么；请补充要点"


def _named(part: Part) -> str:
    return f"“{part.number}{part.heading}”" if part.heading else f"“{part.id}”"
