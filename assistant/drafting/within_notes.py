"""Own figures that stand within a note: the whole of the parts that it tells, and how much of what it says was done.

Told behind such a note, a figure would say again what stands there: …，其中市级48期、县级50期，全年发布问答98期.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from assistant.drafting.figure_names import acts, core_of, counted, done_with, is_flow, opened_with
from assistant.drafting.slots import SLOT
from assistant.figures.book import Book, Figure
from assistant.language.wordings import is_organ, words_of
from assistant.lexicon import phrase
from assistant.patterns import regex

__all__ = ["is_missing_whole", "parts_of", "put_within", "with_whole"]

_CLAUSE_END = regex("[，。；：]")
_SENTENCE_END = regex("[。；]")
_OF_WHICH = "其中"
_OWN = ("我", "本", "全", "各")  # what an office calls itself and all of its own by


def parts_of(value: Decimal, unit: str, text: str, book: Book) -> tuple[re.Match[str], ...]:
    """The slots in a row that add up to a number: of them it is the whole."""
    slots = [each for each in SLOT.finditer(text) if book[each[1]].unit == unit]
    for low in range(len(slots) - 1):
        total = Decimal(0)
        for high, each in enumerate(slots[low:], start=low + 1):
            total += book[each[1]].value
            if total == value and value and high - low > 1:
                return tuple(slots[low:high])
            if total > value:
                break
    return ()


def is_missing_whole(figure: Figure, text: str, book: Book) -> bool:
    """Whether a note tells after 其中 all the parts of a number, and not the number itself."""
    parts = parts_of(figure.value, figure.unit, text, book) if _OF_WHICH in text else ()
    if not parts or not text.startswith(_OF_WHICH, _clause_start(text, parts[0].start())):
        return False
    behind = _SENTENCE_END.split(text[parts[-1].end() :])[0]
    more = any(book[slot].unit == figure.unit for slot in SLOT.findall(behind))
    return not more and not _told_as_whole(figure, text, parts, book)


def _told_as_whole(figure: Figure, text: str, parts: Sequence[re.Match[str]], book: Book) -> bool:
    """Whether a note has the number itself before its parts."""
    before = SLOT.findall(text[: parts[0].start()])
    return any((book[slot].value, book[slot].unit) == (figure.value, figure.unit) for slot in before)


def with_whole(text: str, parts: Sequence[re.Match[str]], slot: str, figure: Figure, clause: str) -> str:
    """A note with the whole before its parts: behind what was done with them (归集文件98件，其中市级48件), or in a
    clause before 其中; empty where it has no place for it."""
    start = _clause_start(text, parts[0].start())
    head = text[start : parts[0].start()]
    number = f"{{{{{slot}}}}}"
    if head.startswith(_OF_WHICH):
        before = _CLAUSE_END.split(_SENTENCE_END.split(text[:start])[-1].rstrip("，；："))[-1]
        return f"{text[:start]}{f'共{number}' if before.startswith(core_of(figure.label)) else clause}，{text[start:]}"
    named = core_of(figure.label)
    if text[:start].endswith(f"{named}："):
        return f"{text[: start - 1]}{number}：{text[start:]}"
    done = _own_act().match(head)
    if done is None:
        return ""  # 网站发布12条、公众号发布8条: no place for a number of both
    at, act = start + done.end(), done["act"]
    thing = figure.label.rpartition(act)[2] or (told["what"] if (told := done_with(figure.label)) else "")
    each_its_own = act in text[at : parts[-1].start()] or thing.endswith(text[at : parts[0].start()])
    return f"{text[:at]}{thing}{number}，{_OF_WHICH}{text[at:]}" if thing and not each_its_own else ""


@cache
def _own_act() -> re.Pattern[str]:
    """What the office itself did, at the head of a clause."""
    return regex(rf"(?:[我本全]\p{{Han}}|共|累计|年内)?(?P<act>{acts().pattern})")


def _clause_start(text: str, at: int) -> int:
    return max((each.end() for each in _CLAUSE_END.finditer(text, 0, at)), default=0)


def _with_amount(point: str, slot: str, figure: Figure) -> str:
    """A note with how much was done behind what it says was done: 召开屋场会46场，讲解医保政策; empty where the note
    may tell of one place, of one occasion, or of each."""
    name = figure.label
    if not (figure.value and is_flow(figure)) or point.count(name) != 1:
        return ""
    start, end = point.index(name), point.index(name) + len(name)
    sentence = _SENTENCE_END.split(point[:start])[-1]
    done = next((act for act in acts().finditer(sentence) if act.end() == len(sentence)), None)
    if not (opened_with(name) or (done and not phrase("own_figures", "compound").search(sentence[: done.start()]))):
        return ""
    behind = phrase("own_figures", "ends_here").match(point, end)
    if behind is None or (behind[0] == "、" and not acts().match(point, end + 1)):
        return ""
    clause = _CLAUSE_END.split(sentence)[-1]
    one_of_many = phrase("own_figures", "one_of_many").search(clause)
    if one_of_many or SLOT.search(clause.rpartition("、")[2]) or _is_of_an_organ(sentence):
        return ""
    return f"{point[:end]}{{{{{slot}}}}}{point[end:]}"


def _is_of_an_organ(sentence: str) -> bool:
    """Whether it opens with an organ that is not the office itself: what 县教育局 did is not all that was done."""
    for word, kind in words_of(sentence).tagged:
        if kind.startswith(("p", "v", "d", "x")):
            return False
        if is_organ(word, kind) and not word.startswith(_OWN):
            return True
    return False


def put_within(
    point: str, figures: Sequence[tuple[str, Figure]], year: str, book: Book
) -> tuple[str, list[tuple[str, Figure]]]:
    """A note with the figures that stand within it, and the others."""
    left = list[tuple[str, Figure]]()
    for slot, figure in figures:
        parts = parts_of(figure.value, figure.unit, point, book)
        if parts and _told_as_whole(figure, point, parts, book):
            continue
        clause = f"{year}{counted([(slot, figure)])}"
        text = with_whole(point, parts, slot, figure, clause) if parts else _with_amount(point, slot, figure)
        if text:
            point = text
        else:
            left.append((slot, figure))
    return point, left
