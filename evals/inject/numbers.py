"""Faults in the numbers of the prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.language.numerals import rounded
from assistant.report import Paragraph
from evals.inject.base import Fault, Number, Sample, agrees, replaced, value_of
from evals.inject.digits import one_off, swapped

__all__ = ["number_faults"]

_OPPOSITES = {
    "增长": "下降",
    "下降": "增长",
    "上升": "下降",
    "增加": "减少",
    "减少": "增加",
    "多": "少",
    "少": "多",
    "降低": "提高",
}
_DIRECTION = re.compile(rf"({'|'.join(_OPPOSITES)})(?:了|约)?$")
_POINTS = Decimal(4)  # a share that is wrong by so many points is no slip of a digit


def number_faults(sample: Sample) -> Iterator[Fault]:
    """Every number that can be checked, in each of the ways in which it may be wrong."""
    for number in sample.numbers:
        if not number.text[:1].isdigit():
            continue
        for kind, text in (
            ("one_off", one_off(number.text, 1)),
            ("one_off", one_off(number.text, -1)),
            ("swapped", swapped(number.text)),
        ):
            if text is not None:
                yield _fault(sample, f"prose_{kind}", number, text)
        yield from _without_wan(sample, number)
        if number.relation == "share":
            yield _fault(sample, "wrong_share", number, _other_share(number.text))
        if number.relation in ("yoy", "change"):
            yield from _other_direction(sample, number)


def _without_wan(sample: Sample, number: Number) -> Iterator[Fault]:
    text = number.paragraph.text
    place = text.find("万", number.start, number.end + 1)
    if place >= 0 and re.fullmatch(r"[\d,.]+", text[number.start : place]):
        yield _edited(sample, "wan_dropped", number, number.start, place + 1, text[number.start : place])


def _other_share(text: str) -> str:
    digits = text.removesuffix("%")
    value = Decimal(digits)
    return text.replace(digits, f"{value - _POINTS if value > 50 else value + _POINTS}")


def _other_direction(sample: Sample, number: Number) -> Iterator[Fault]:
    found = _DIRECTION.search(number.paragraph.text, max(0, number.start - 4), number.start)
    if found:
        start = found.start(1)
        words = number.paragraph.text[start : number.end].replace(found[1], _OPPOSITES[found[1]], 1)
        yield _edited(sample, "wrong_direction", number, start, number.end, words)


def _fault(sample: Sample, kind: str, number: Number, text: str) -> Fault:
    return _edited(sample, kind, number, number.start, number.end, text)


def _edited(sample: Sample, kind: str, number: Number, start: int, end: int, text: str) -> Fault:
    old = number.paragraph
    new = Paragraph(text=old.text[:start] + text + old.text[end:], source=old.source, heading=old.heading)
    around = f"{old.text[max(0, start - 40) : start]}【{old.text[start:end]}→{text}】{old.text[end : end + 20]}"
    before, after = (start, end), (start, start + len(text))
    if number.relation in ("whole", "part"):
        # Parts, their whole and their rate are wrong together: any of them in the sentence may be marked.
        before, after = (_sentence(each.text, at) for each, at in ((old, start), (new, start)))
    return Fault(
        kind, replaced(sample.dossier.report, old, new), around, before=(old, *before), after=(new, *after),
        impossible=_impossible(sample, number, new.text[number.start :]),
    )  # fmt: skip


def _sentence(text: str, at: int) -> tuple[int, int]:
    end = text.find("。", at)
    return text.rfind("。", 0, at) + 1, end if end >= 0 else len(text)


def _impossible(sample: Sample, number: Number, text: str) -> str:
    """Another reading may be true of the wrong number; where parts need not be all, a little is no fault."""
    if number.limit:
        return "parts of a list that need not be whole"
    if number.relation in ("value", "last"):
        suffix = ".last_year" if number.relation == "last" else ""
        values = [value_of(sample.dossier, reading, suffix) for reading in number.readings]
        if any(value is not None and agrees(text, value) for value in values):
            return "true in another reading"
    # Growth told as decline keeps its number.
    slip = number.relation in ("yoy", "change") and not text.startswith(number.text)
    if slip and any(_is_change(sample, number, reading, text) for reading in number.readings):
        return "true in another reading"
    return ""


def _is_change(sample: Sample, number: Number, reading: tuple[str, ...], text: str) -> bool:
    """Whether ``text`` is how much a reading changed, whichever way: a slip does not touch the words for up and
    down."""
    now, before = value_of(sample.dossier, reading), value_of(sample.dossier, reading, ".last_year")
    written = re.match(r"\d+(?:\.(\d+))?", text)
    if now is None or not before or written is None:
        return False
    change = abs(now - before) * 100 / before if number.relation == "yoy" else abs(now - before)
    return rounded(change, Decimal(1).scaleb(-len(written[1] or ""))) == Decimal(written.group())
