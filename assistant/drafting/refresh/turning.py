"""Sentences that may not fit new figures: directions, ranks, none and all, beside a figure or without one.

Words without a figure (申请量明显上升, 与上年基本持平) are read by the same lexicon as figures are: what they name, and
which way they say it went. Only what the new figures may turn is told; who wrote it decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.figures.book import Book, label_of
from assistant.figures.changes import direction_in
from assistant.figures.interpret import interpret
from assistant.lexicon import phrase
from assistant.lexicon.match import Reading, Words, tokens_in
from assistant.patterns import regex

__all__ = ["Turning", "direction"]

_CLAUSE_END = regex(r"[，,；;：:。！？]")
_NEARLY = Decimal("0.05")  # of last year's figure: within it 基本持平 may be said
_MUCH = Decimal("0.1")  # … from here on nobody says 略有, below it nobody says 大幅


class Turning:
    """Figures before and after, and what words may not fit the new ones any more."""

    def __init__(self, before: Book, after: Book) -> None:
        self.before, self.after = before, after

    def moved(self, metric: str) -> bool:
        return self.before.value(metric) != self.after.value(metric)

    def from_to(self, metric: str) -> str:
        return f"由{_told(self.before.value(metric))}改为{_told(self.after.value(metric))}"

    def beside_a_figure(self, slot: str, words: str) -> str:
        """Why ``words`` beside a figure that is written anew may not fit it; empty where they do."""
        metric = next((slot.removesuffix(f".{s}") for s in ("change", "yoy", "share") if slot.endswith(s)), slot)
        if not self.moved(metric) or slot.endswith(".last_year"):
            return ""
        if phrase("drafts", "ranks").search(words):
            return self._why("有比较", metric)
        old, new = self.before.value(metric), self.after.value(metric)
        flipped = len({direction(book.value(f"{metric}.change") or Decimal(0)) for book in (self.before, self.after)})
        if (flipped > 1 or bool(old) != bool(new)) and phrase("drafts", "turns").search(words):
            return self._why("增减变了" if flipped > 1 else "有无变了", metric)
        return ""

    def in_words(self, sentence: str, told_before: str = "") -> Iterator[str]:
        """Why the words of a sentence, figures or not, may not fit the new tables; ``told_before`` is the sentence
        before it, which says what 较上年有所上升 is of."""
        carried = self._named(told_before)[-1:] if phrase("drafts", "over_the_year_before").match(sentence) else []
        for clause in (phrase("numbering", "lead").sub("", each) for each in _CLAUSE_END.split(sentence)):
            named = self._named(clause) or (carried if phrase("drafts", "over_the_year_before").match(clause) else [])
            for reading, place in named:
                behind = clause[place:] if named is not carried else clause
                yield from self._turned(reading, clause, behind)
            carried = named or carried

    def _turned(self, reading: Reading, clause: str, behind: str) -> Iterator[str]:
        moved = [metric for metric in reading if self.moved(metric)]
        if not moved or phrase("drafts", "not_counted").match(behind):
            return
        if phrase("drafts", "ranks").search(clause):
            yield self._why("有比较", moved[0])
            return
        told = direction_in(behind)
        for metric in moved:
            if told is not None:
                why = self._fits_no_more(metric, told, clause)
            else:
                appeared = bool(self.before.value(metric)) != bool(self.after.value(metric))
                why = "有无变了" if appeared and phrase("drafts", "none_or_all").search(clause) else ""
            if why:
                yield self._why(why, metric)

    def _fits_no_more(self, metric: str, told: int, clause: str) -> str:
        changes = [book.value(f"{metric}.change") for book in (self.before, self.after)]
        if changes[1] is None:
            return "写了增减，没有上年的数可比"
        if changes[0] is None or direction(changes[0]) != direction(changes[1]) or not told:
            was = _fits(told, clause, changes[0], self.before.value(f"{metric}.last_year"))
            now = _fits(told, clause, changes[1], self.after.value(f"{metric}.last_year"))
            return "" if now or (was is False) else "增减变了"
        sized = phrase("drafts", "by_much").search(clause) or phrase("drafts", "by_little").search(clause)
        grown = sized and _large(self.before, metric) != _large(self.after, metric)
        return "增减的幅度变了" if grown else ""

    def _named(self, clause: str) -> list[tuple[Reading, int]]:
        """What of the tables a clause names, each with the place where its name ends."""
        found: list[tuple[Reading, int]] = []
        for token in tokens_in(clause):
            verb = token.kind == "verb"
            if token.kind == "rest" or (verb and not phrase("drafts", "counted").match(clause, token.end)):
                continue
            words = interpret(clause[: token.end], "", Words(object="requests") if verb else Words())
            if words.readings:
                found.append((words.readings[0], token.end))
        return found

    def _why(self, why: str, metric: str) -> str:
        return f"{why}：{label_of(metric)}{self.from_to(metric)}，请看还对不对"


def direction(value: Decimal) -> str:
    return "增" if value > 0 else "减" if value < 0 else "持平"


def _fits(told: int, clause: str, change: Decimal | None, last_year: Decimal | None) -> bool | None:
    """Whether a change is what was told; ``None`` where there is nothing to compare with."""
    if change is None:
        return None
    if told:
        return (change > 0) == (told > 0) and change != 0
    slack = _NEARLY if phrase("drafts", "about").search(clause) else Decimal(0)
    return abs(change) <= abs(last_year or Decimal(0)) * slack


def _large(book: Book, metric: str) -> bool:
    change, last_year = book.value(f"{metric}.change"), book.value(f"{metric}.last_year")
    return abs(change or Decimal(0)) >= _MUCH * (last_year or Decimal(0))


def _told(value: Decimal | None) -> str:
    return "空白" if value is None else f"{value:f}"
