"""Sentences, clauses and brackets: which words of a text belong to which number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.figures.mentions import Mention

__all__ = ["apart", "clause_of", "compacted", "head_of", "open_bracket", "sentences", "tail_of", "without_brackets"]

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?\n]?")
_GOES_ON = re.compile(r"[ \u3000]*其中")
_CLAUSE_END = re.compile(r"[，,：:；;。！？、（(]")
_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
_LAST_CLAUSE = re.compile(r"[，,：:；;。]")
_ONLY_FILLER = re.compile(r"[，,：:；;\s]*(?:共|共计|总计|合计|累计|为|其中|达|分别为|计|有)*\s*")
_APART = re.compile(r"(?:分别|依次)(?!答复为)[^，,。；;：:、\d]{0,14}$")
_NEXT_IN_LIST = re.compile(r"\s*(?:、|，|,|和|与|及|以及)\s*(?:增长|下降|上升|减少|增加|提高|回落)?(?:了)?\s*")


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """(offset, sentence) of a paragraph; a semicolon does not end a sentence, nor does a full stop before 其中: the subject
    goes on."""
    start = 0
    for found in _SENTENCE.finditer(text):
        if not _GOES_ON.match(text, found.end()):
            yield start, text[start : found.end()]
            start = found.end()
    if start < len(text.rstrip("\n")):
        yield start, text[start:]


def head_of(text: str, start: int, mention: Mention, before: Sequence[Mention]) -> str:
    """The words in front of a number: from the number before it, brackets between them left out."""
    previous = max((m.end for m in before if m.end > start), default=start)
    between = text[previous : mention.start]
    closing = max(between.rfind("）"), between.rfind(")"))
    if closing >= 0 and not re.search(r"[（(]", between[:closing]):
        # The number before stood in a bracket: what leads to this one begins before that bracket.
        opening = max(text.rfind("（", start, previous), text.rfind("(", start, previous))
        lead_in = (
            re.split(r"[，,；;。、\d]", text[start:opening])[-1] if not between[closing + 1 :].strip("，, ") else ""
        )
        between = lead_in + between[closing + 1 :]
    if not between and start and text[start - 1] in "（(":
        # 本机关不掌握（71件）: what is counted stands in front of the bracket.
        return re.split(r"[，,；;。、：:（(）)]|以及", text[: start - 1])[-1]
    head = without_brackets(between)
    return head[1:] if head[:1] in "（(" else head


def compacted(text: str) -> tuple[str, list[int]]:
    """A text without the blanks that offices set around figures (2024 年, 9874 件), and where each of its characters, and
    its end, stands in the text as written."""
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
        if not _ONLY_FILLER.fullmatch(head[place:]):
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


def apart(text: str, start: int, mentions: Sequence[Mention]) -> dict[int, tuple[str, int, int]]:
    """What each number of a 分别 list is of: {index: (its words, its place, how many are listed)}.

    新收、办结申请分别为820件、817件: the first number is of 新收, the second of 办结申请. Words are empty where the text in
    front cannot be divided into as many.
    """
    found: dict[int, tuple[str, int, int]] = {}
    for index, mention in enumerate(mentions):
        begin = mentions[index - 1].end if index else start
        lead = text[begin : mention.start]
        told = _APART.search(lead)
        if index in found or not told:
            continue
        run = [index]
        while run[-1] + 1 < len(mentions):
            here, there = mentions[run[-1]], mentions[run[-1] + 1]
            if there.percent != mention.percent or not _NEXT_IN_LIST.fullmatch(text[here.end : there.start]):
                break
            run.append(run[-1] + 1)
        if len(run) < 2:
            continue
        words = _divided(re.split(r"[，,；;。：:]", lead[: told.start()])[-1], len(run))
        found |= {at: (words[place], place, len(run)) for place, at in enumerate(run)}
    return found


def _divided(text: str, parts: int) -> list[str]:
    for pattern in (r"、", r"、|和|与|及|以及", r"、|和|与|及|以及|或"):
        pieces = re.split(pattern, text)
        if len(pieces) == parts:
            return pieces
    return [""] * parts
