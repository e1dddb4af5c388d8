"""Whether a sentence says that something happened, that it did not, that all of it is done, or only that it is meant to
be.

One reader for fees, reviews and lawsuits, what is carried over, and applications: it looks for the words that name the
matter and, around them in their clause, for words that deny, count or plan (lexicon: ``topics``, ``polarity``). No list
of
sentences: a wording that was never written down is read by the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from assistant.language.sentences import LONGEST_SENTENCE, sentences
from assistant.lexicon import phrase
from assistant.patterns import regex

__all__ = ["Polarity", "Statement", "Topic", "all_done", "hedged", "statements"]

Topic = Literal["fee", "review", "litigation", "carried_out", "requests"]
Polarity = Literal["none", "some", "planned"]

_CLAUSE = regex(r"[^，,；;。！？!?\n]+")
_LONGEST_HEDGE = 8  # characters
_CASES = ("review", "litigation")


class Statement(NamedTuple):
    """What ``text[start:end]``, a clause, says of a matter."""

    topic: Topic
    polarity: Polarity
    start: int
    end: int


def statements(text: str, topic: Topic, year: int | None = None) -> Iterator[Statement]:
    """What a paragraph says of one matter, clause by clause; clauses that say nothing of it, or only of a part of it or
    of another year than ``year``, are passed over."""
    named = phrase("topics", topic)
    if not named.search(text):
        return
    for offset, sentence in sentences(text):
        if len(sentence) > LONGEST_SENTENCE:
            continue
        clauses = list(_CLAUSE.finditer(sentence))
        another = False
        for at, clause in enumerate(clauses):
            following = clauses[at + 1].group() if at + 1 < len(clauses) else ""
            if _of_another_year(clause.group(), year, topic):
                another = bool(phrase("polarity", "leading_year").match(clause.group()))
                continue
            named_now = phrase("polarity", "this_year").search(clause.group())
            if another and not named_now and sentence[clause.start() - 1] not in "；;":
                continue  # 2024年发生诉讼2件，没有复议；2025年复议5件
            another = False
            said_so = _of_clause(clause.group(), following, topic)
            if said_so:
                yield Statement(topic, said_so, offset + clause.start(), offset + clause.end())


def _of_clause(clause: str, following: str, topic: Topic) -> Polarity | None:
    if topic == "fee" and phrase("polarity", "notices").search(clause):
        return "some"
    own = (
        phrase("topics", "fee_of_others").sub(lambda found: "　" * len(found[0]), clause) if topic == "fee" else clause
    )
    named = [found for found in phrase("topics", topic).finditer(own) if found.group()]
    if own != clause and all(phrase("polarity", "charging").fullmatch(each.group()) for each in named):
        return None  # 未收取行政事业性收费
    if not named or (topic != "carried_out" and phrase("polarity", "denied_twice").search(clause)):
        return None
    some_months = phrase("polarity", "some_months").search(clause)
    if topic == "requests" and (some_months or phrase("topics", "fee").search(clause)):
        return None  # 对申请未计收处理费 denies the fee; 其他8个月没有收到申请 of some months only
    if topic == "requests" and phrase("polarity", "carried").search(clause, 0, named[0].start()):
        return None  # 上年结转申请0件, 无结转申请 say nothing of the new ones
    if topic == "fee" and "免费" in clause:
        return "none"
    last, first = named[-1], named[0]
    behind = clause[last.end() :]
    if topic in _CASES and (more := phrase("polarity", "more_cases").match(behind)):
        behind = behind[more.end() :]
    # Of several matters in a row the number behind is of the last: 复议2件、诉讼0件.
    zero = phrase("polarity", "denied_behind").match(behind)
    if zero and phrase("topics", "narrowed").match(behind, zero.end()):
        return None  # 诉讼无败诉
    count = next(_counts(clause, first.start(), topic), None)
    if zero and not (count and count.start() < last.end()):
        return "none"
    if count:
        return "some"
    if phrase("polarity", "goes_on_denied").fullmatch(following.strip()) and not behind.strip("一案件情况事项等的金额"):
        return "none"
    denial = _denial_before(clause, first.start()) or _denial_before(clause, last.start())
    if denial is None:
        inside = phrase("polarity", "denial").search(clause, first.end())
        if inside and inside.group() in ("零", "无一") and topic in _CASES:
            return "none"
        if phrase("polarity", "planned").search(clause[: first.start()]):
            return "planned"
        return None
    denied = clause[denial.end() :]
    if topic == "requests" and any(phrase("topics", case).search(denied) for case in _CASES):
        return None  # 未发生因依申请公开引起的行政复议 denies the reviews
    if phrase("topics", "narrowed").search(denied) or phrase("polarity", "except").search(clause):
        return None
    return "none"


def _of_another_year(clause: str, year: int | None, topic: Topic) -> bool:
    if topic == "carried_out":  # 结转2024年 names the year that it is carried to
        return bool(phrase("polarity", "past").search(clause))
    named = {int(found[1]) for found in phrase("calendar", "year_of_clause").finditer(clause)}
    return bool(phrase("polarity", "past").search(clause)) or (year is not None and bool(named) and year not in named)


def _counts(clause: str, start: int, topic: Topic) -> Iterator[re.Match[str]]:
    """Numbers above none that a clause tells of its matter."""
    for found in phrase("polarity", "count").finditer(clause):
        if found[1] in ("一",) and phrase("polarity", "no_single").search(clause[: found.start()]):
            continue  # 没有一件, 同一件
        if topic == "fee" and "元" not in found.group() and not phrase("polarity", "charged").search(clause):
            continue
        of_requests = phrase("polarity", "of_requests").match(clause[found.end() :])
        if of_requests and topic in (*_CASES, "carried_out") and found.start() < start:
            continue
        yield found


def _denial_before(clause: str, at: int) -> re.Match[str] | None:
    """The last word before ``at`` that denies."""
    harmless = [found.span() for found in phrase("polarity", "not_denial").finditer(clause)]
    found = None
    for each in phrase("polarity", "denial").finditer(clause):
        if each.start() >= at or any(low <= each.start() < high for low, high in harmless):
            continue
        if phrase("polarity", "but").search(clause[each.end() : max(at, each.end())]):
            continue
        found = each
    return found


def all_done(text: str) -> Iterator[re.Match[str]]:
    """Places where ``text`` says that all was answered or finished: 全部办结, 均已答复, 答复率100%, 当年收当年结."""
    yield from phrase("polarity", "all_done").finditer(text)


def hedged(text: str, at: int) -> bool:
    """Whether what begins at ``at`` is said to be so nearly, not quite: 基本做到随收随办."""
    return bool(phrase("polarity", "nearly").search(text[max(0, at - _LONGEST_HEDGE) : at]))
