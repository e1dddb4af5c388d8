"""What stands in the slots of a wording: words of the unit, figures of its tables, rates and lists reckoned from them.

``{received}`` is a figure (a slot that cannot be filled, or a figure that is 0, makes the wording unusable;
``{received?}`` may be 0), ``{received:yoy}`` and the like what is reckoned from it, ``{#5-20}`` a number that nothing
can check.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import NamedTuple

from assistant.figures.book import Book
from assistant.language.numerals import rounded
from evals.generate.statements import LISTS, NUMBERS, WHOLES

__all__ = ["Piece", "Said", "Slots"]


@dataclass(frozen=True, slots=True)
class Said:
    """What a number states. ``relation``: value, last (last year's), yoy, change, share, or part and whole of a list
    that the tables know nothing of. ``readings`` are sums of metrics that a reader may take it for, the meant one
    first."""

    relation: str
    readings: tuple[tuple[str, ...], ...] = ()


class Piece(NamedTuple):
    """A stretch of text; ``said`` where it is a number that can be checked."""

    text: str
    said: Said | None = None


_CHANGES = {
    "yoy": (("同比增长", "较上年增长", "同比上升", "比上年增加"), ("同比下降", "较上年下降", "同比减少", "比上年减少"), ("与上年持平", "与上年相同")),
    "change": (("增加", "多", "上升"), ("减少", "少", "下降"), ()),
    "trend": (("有所上升", "有所增加", "稳中有升"), ("有所回落", "略有减少", "有所下降"), ("与上年持平",)),
}  # fmt: skip
_WAN = 10000


class Slots:
    """The slots of one report; ``words`` are those without figures, ``extra`` numbers that stand in no table."""

    def __init__(self, book: Book, words: Mapping[str, str], extra: Mapping[str, int], random: Random) -> None:
        self.book, self.words, self.extra, self.random = book, words, extra, random
        self.drawn: dict[str, Piece] = {}

    def renew(self) -> None:
        """Forget the numbers that one wording has drawn for itself."""
        self.drawn.clear()

    def fill(self, slot: str) -> Sequence[Piece] | None:
        """The pieces for a slot; ``None`` when there is nothing to be said."""
        if slot in self.words:
            return (Piece(self.words[slot]),)
        if slot.startswith("#"):
            low, high = slot[1:].split("-")
            return (Piece(str(self.random.randint(int(low), int(high)))),)
        if slot.startswith(("w.", "poll.")):
            return (self._own(slot),)
        if slot in self.extra:
            return (Piece(str(self.extra[slot])),)
        name, _, what = slot.partition(":")
        if name in LISTS:
            return self._list(name, what)
        return self._number(name.removesuffix("?"), what, name.endswith("?"))

    def value(self, name: str) -> Decimal | None:
        return self._sum(NUMBERS[name][0])

    def _sum(self, reading: Sequence[str], suffix: str = "") -> Decimal | None:
        values = [self.book.value(metric + suffix) for metric in reading]
        return None if None in values else sum((value for value in values if value is not None), Decimal(0))

    def _number(self, name: str, what: str, zero: bool) -> Sequence[Piece] | None:
        readings = NUMBERS.get(name)
        value = self._sum(readings[0]) if readings else None
        if readings is None or value is None or not (value or zero):
            return None
        if what == "part":
            return (Piece(str(self.random.randint(1, max(1, int(value) // 2)))),)
        if what in ("share", "rate"):
            whole = self._sum(NUMBERS["workload" if what == "rate" else WHOLES[name]][0])
            return (Piece(self._percent(value / whole), Said("share", readings)),) if whole else None
        if what:
            return self._compared(name, what, value)
        if name == "fees":
            return (Piece(f"{value.normalize():f}万元", Said("value", readings)),)
        return (Piece(self._written(int(value)), Said("value", readings)),)

    def _compared(self, name: str, what: str, value: Decimal) -> Sequence[Piece] | None:
        before, readings = self._sum(NUMBERS[name][0], ".last_year"), NUMBERS[name]
        if not before:
            return None
        if what == "last":
            return (Piece(str(before), Said("last", readings)),)
        kind = "change" if what == "diff" else what
        words = _CHANGES[kind][0 if value > before else 1 if value < before else 2]
        if not words:
            return None
        word = self.random.choice(words)
        if what == "trend" or value == before:
            return (Piece(word),)
        if kind == "change":
            return (Piece(word), Piece(str(abs(value - before)), Said("change", readings)), Piece("件"))
        return (Piece(word), Piece(self._percent(abs(value - before) / before), Said("yoy", readings)))

    def _percent(self, ratio: Decimal) -> str:
        return f"{rounded(ratio * 100, self.random.choice((Decimal('0.1'), Decimal('0.01'), Decimal('0.01'))))}%"

    def _written(self, value: int) -> str:
        """As offices write large numbers: 20318, 20,318, 2.03万, 2万余."""
        style = self.random.random()
        if value >= _WAN and style < 0.2:
            return f"{rounded(Decimal(value) / _WAN, Decimal('0.01'))}万"
        if value >= _WAN and style < 0.3 and value % _WAN:
            return f"{value // _WAN}万余"
        return f"{value:,}" if style > 0.9 else str(value)

    def _list(self, name: str, how: str) -> Sequence[Piece] | None:
        members = [(label, Piece(str(value), Said("value", readings))) for label, readings in LISTS[name] if (value := self._sum(readings[0]))]  # fmt: skip
        if not members or (how and len(members) < 2):
            return None
        comma = self.random.choice("、、，")
        pieces = [Piece("、".join(label for label, _ in members) + "分别为")] if how else []
        for place, (label, piece) in enumerate(members):
            pieces += [Piece((comma if place else "") + ("" if how else label)), piece, Piece("件")]
        return pieces

    def _own(self, slot: str) -> Piece:
        """Numbers of one sentence that agree with each other: a whole and its two parts, a poll and its rate."""
        if slot not in self.drawn:
            a, b = self.random.randint(2, 60), self.random.randint(2, 40)
            sent = self.random.randint(200, 900)
            happy = sent - self.random.randint(3, sent // 8)
            self.drawn = {
                "w.whole": Piece(str(a + b), Said("whole")), "w.a": Piece(str(a), Said("part")), "w.b": Piece(str(b), Said("part")),
                "poll.sent": Piece(str(sent)), "poll.happy": Piece(str(happy), Said("part")),
                "poll.rate": Piece(self._percent(Decimal(happy) / sent), Said("share")), "poll.only": Piece(self._percent(Decimal(happy) / sent)),
            }  # fmt: skip
        return self.drawn[slot]
