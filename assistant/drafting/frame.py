"""What a report is made of and in which order: its parts, the changes worth telling, what became of last year's plans.

Texts still carry slots. What is written here is natural order, and the same every year; two years differ in what stands
out and in how it is joined (``form_sentences``).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.drafting.office import OPENING, PARTS, OfficeData, Part
from assistant.drafting.own_figures import as_sentence
from assistant.drafting.slots import SLOT
from assistant.figures.book import Book
from assistant.language.numerals import write
from assistant.language.wordings import covers, spelled_out, words_of
from assistant.lexicon import phrase
from assistant.patterns import regex

__all__ = ["changes_worth_telling", "followed_up", "frame_of"]

_ASPECTS = "一"
_NUMERALS = "一二三四五六七八九十"
# A change is told when it is larger than what chance brings about: its square over all that was counted.
_CLEAR, _LEAST_CHANGE, _MOST_CHANGES = Decimal(9), 5, 2
_RECEIVED = "requests.received.total"
_COMPARED = (
    ("requests.granted.total", "予以公开的"),
    ("requests.partly_granted.total", "部分公开的"),
    ("requests.denied.total", "不予公开的"),
    ("requests.unavailable.total", "无法提供的"),
    ("requests.not_processed.total", "不予处理的"),
)
_COMPARED_CASES = (("review.total", "行政复议"), ("litigation.total", "行政诉讼"))


def frame_of(data: OfficeData) -> tuple[Part, ...]:
    """The parts of a report in the order in which they stand: an opening, the five aspects that 格式 names, the heads
    that the office adds to them, then the rest."""
    aspects = [part for part in PARTS if part.number.startswith(_ASPECTS)]
    own = [
        Part(id=head, number=f"{_ASPECTS}（{_NUMERALS[n]}）", heading=head, asks=f"{head}的情况")
        for n, head in enumerate(data.heads, start=len(aspects))
    ]
    return (OPENING, *aspects, *own, *PARTS[len(aspects) :])


# Changes against last year that stand out.


def changes_worth_telling(book: Book) -> tuple[str, str]:
    """A sentence on the outcomes that changed most, each as a difference, with one on a trend that turned, and one on
    cases; empty where nothing stands out."""
    found = sorted(_clear_changes(book), key=lambda change: -change[0])[:_MOST_CHANGES]
    metrics = {metric for _, metric in found}
    of_requests, of_cases = (
        "，".join(_change_of(metric, name, book) for metric, name in compared if metric in metrics)
        for compared in (_COMPARED, _COMPARED_CASES)
    )
    return (
        (f"与上年相比，{of_requests}。" if of_requests else "") + _reversed(book),
        f"与上年相比，{of_cases}。" if of_cases else "",
    )


def _change_of(metric: str, name: str, book: Book) -> str:
    if book.value(f"{metric}.last_year"):
        return f"{name}{{{{{metric}.change}}}}"
    return f"{name}由{{{{{metric}.last_year}}}}增至{{{{{metric}}}}}"


def _reversed(book: Book) -> str:
    """Whether applications, after growing clearly last year, went down as clearly, or the other way round; it takes the
    figures of three years."""
    now, before = _change(book), _change(book.before) if book.before is not None else 0
    if not (now and before) or (now > 0) == (before > 0):
        return ""
    was, is_now = ("增长", "减少") if before > 0 else ("减少", "增长")
    return f"申请数量由上年的{was}转为{is_now}。"


def _change(book: Book) -> Decimal:
    """How much applications changed, nought where it may be chance."""
    now, change = book.value(_RECEIVED), book.value(f"{_RECEIVED}.change")
    if now is None or change is None or abs(change) < _LEAST_CHANGE:
        return Decimal(0)
    return change if change**2 / (2 * now - change) >= _CLEAR else Decimal(0)


def _clear_changes(book: Book) -> Iterator[tuple[Decimal, str]]:
    for metric, _ in (*_COMPARED, *_COMPARED_CASES):
        now, before = book.value(metric), book.value(f"{metric}.last_year")
        if now is None or before is None or not now or abs(now - before) < _LEAST_CHANGE:
            continue
        clear = (now - before) ** 2 / (now + before)
        if clear >= _CLEAR:
            yield clear, metric


# What became of last year's plans.


_CLAUSE = regex("[，；]")
_IN_SECTION_ONE = "做法见本报告第一部分"


def followed_up(points: tuple[str, ...], opening: str, section_one: tuple[str, ...] = ()) -> str:
    """Last year's plans and what became of them as running text: those that ended alike together, the others in turn.
    How it was done is not told again where a note of section one tells it all."""
    again = [point for point in points if _is_told_by(point, section_one)]
    groups: dict[str, list[str]] = {}
    if again:
        groups["，".join((*(_CLAUSE.split(point)[0] for point in again), _IN_SECTION_ONE))] = [""]
    for point in (point for point in points if point not in again):
        found = phrase("drafts", "plan_told").fullmatch(point.strip())
        key = found["became"] if found else point
        groups.setdefault(key, []).append(found["plan"] if found else "")
    told = ""
    for became, plans in groups.items():
        if not plans[0]:
            told += as_sentence(became).rstrip()
            continue
        if len(plans) > 1 and not phrase("drafts", "state_of_plan").match(became):
            told += "".join(f"“{plan}”一项，{became}。" for plan in plans)
            continue
        names = "".join(f"“{plan}”" for plan in plans)
        alike = "均" if len(plans) > 1 else ""
        items = f"等{write(len(plans))}项措施" if len(plans) > 2 else ""
        comma = "" if told and not items and phrase("drafts", "bare_state").match(became) else "，"
        # “改版网站”正在推进 is a sentence, a name and a comma open none.
        begun = "上年提出的" if not told or (comma and not items) else ""
        told += f"{begun}{names}{items}{comma}{alike}{became}。"
    says_so = bool(phrase("drafts", "names_last_year").search(told[:12]))
    return told if says_so or not told else f"{opening}{told}"


def _is_told_by(point: str, notes: tuple[str, ...]) -> bool:
    """Whether one of the notes has every word of a point that goes on behind its first clause."""
    words = words_of(spelled_out(point)).weighty
    goes_on = bool(words) and bool(_CLAUSE.search(point)) and not SLOT.search(point)
    return goes_on and any(all(covers(words_of(spelled_out(note)), word) for word in words) for note in notes)
