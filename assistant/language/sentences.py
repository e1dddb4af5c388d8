"""Sentences, clauses and brackets of a text."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.lexicon import phrase
from assistant.patterns import regex

LONGEST_SENTENCE = 800
"""Characters. The longest sentence of a real report that was seen has some 380; what is longer is no sentence, and what
is read in it would be chance, at a cost that grows with its square."""

__all__ = [
    "LONGEST_SENTENCE",
    "clause_of",
    "compacted",
    "full_stops_around",
    "open_bracket",
    "sentences",
    "tail_of",
    "without_brackets",
]

_SENTENCE = regex(r"[^。！？!?\n]+[。！？!?\n]?")
_GOES_ON = regex(r"[ \u3000]*其中")
_CLAUSE_END = regex(r"[，,：:；;。！？、（(]")
_BRACKETS = regex(r"[（(][^（()）]*[）)]")
_LAST_CLAUSE = regex(r"[，,：:；;。]")


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """(offset, sentence) of a paragraph; a semicolon does not end a sentence, nor does a full stop before 其中: the
    subject goes on."""
    start = 0
    for found in _SENTENCE.finditer(text):
        if not _GOES_ON.match(text, found.end()):
            yield start, text[start : found.end()]
            start = found.end()
    if start < len(text.rstrip("\n")):
        yield start, text[start:]


def full_stops_around(text: str, at: int) -> tuple[int, int]:
    """Where the sentence around ``at`` begins and ends by full stops alone: what 其中 opens stands by itself."""
    start = max(text.rfind(mark, 0, at) for mark in "。！？\n") + 1
    return start, min((place for mark in "。！？\n" if (place := text.find(mark, at)) >= 0), default=len(text))


def compacted(text: str) -> tuple[str, list[int]]:
    """A text without the blanks that offices set around figures (2024 年, 9874 件), and where each of its characters,
    and its end, stands in the text as written."""
    if text.split() == [text]:  # most texts: nothing to leave out
        return text, list(range(len(text) + 1))
    kept = [at for at, character in enumerate(text) if not character.isspace() or character == "\n" or _latin(text, at)]
    return "".join(text[at] for at in kept), [*kept, len(text)]


def _latin(text: str, at: int) -> bool:
    """Whether a blank parts words of Latin letters, or two figures: it then says where one ends."""
    around = text[at - 1 : at] + text[at + 1 : at + 2]
    return len(around) == 2 and around.isascii() and around.isalnum()


def without_brackets(text: str) -> str:
    """A text without what stands in closed brackets: 254（上年度250），办件数 is of this year."""
    return _BRACKETS.sub("", text)


def clause_of(head: str) -> str:
    """The last clause of a head; a clause of nothing but 共 or 其中 is read with the one before it."""
    cut = [found.end() for found in _LAST_CLAUSE.finditer(head)]
    for place in reversed(cut):
        if not phrase("joints", "only_filler").fullmatch(head[place:]):
            return head[place:]
    return head


def tail_of(text: str, start: int, end: int) -> str:
    """The words behind a number, up to the end of its clause."""
    found = _CLAUSE_END.search(text, start, end)
    return text[start : found.start() if found else end]


def open_bracket(text: str, start: int, at: int) -> int | None:
    """Offset behind the bracket that is still open at ``at``; ``None`` outside brackets."""
    opened: list[int] = []
    for place in range(start, at):
        if text[place] in "（(":
            opened.append(place + 1)
        elif text[place] in "）)" and opened:
            opened.pop()
    return opened[-1] if opened else None
