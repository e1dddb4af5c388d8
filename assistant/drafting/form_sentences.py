"""Sentences on the form's own figures, in two wordings that take turns: which of them stand, the three tables say.

A blank cell is in none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from string import Template
from typing import NamedTuple

from assistant.drafting.frame import changes_worth_telling
from assistant.drafting.slots import Material
from assistant.figures.book import Book
from assistant.form import CASES, leaves_of
from assistant.form.common import OTHERWISE_HANDLED, OUTCOMES
from assistant.lexicon import table
from assistant.text import enumerator

__all__ = ["disclosure_sentences", "placeholder", "requests_sentences"]

_DECISIONS = (("licensing", "行政许可"), ("penalties", "行政处罚"), ("coercion", "行政强制"))
_STAGES = (("issued", "制发规章"), ("repealed", "废止规章"), ("in_force", "年末现行有效的规章共"))
_WORTH_A_REASON = 5  # below it the leading reason of a group is an accident
_LEADING = Decimal("0.6")  # a reason leads when it makes up this share of its group
_WORTH_A_RATE = 30  # over fewer a rate says little: from 1 to 5 is 4 more, not 增长400%; …
_LARGEST_RATE = 100  # … nor does one that is larger: from 40 to 190 is 150 more
# Of a whole district nobody says 本机关不掌握.
_REASONS = {
    row.id: row.label.removeprefix(enumerator(row.label)).removeprefix("本机关")
    for row in (*OUTCOMES, *OTHERWISE_HANDLED)
}
_FLOW = {"carried_in": "上年结转", "carried_out": "结转下年度继续办理"}


def disclosure_sentences(material: Material) -> str:
    """规章 before normative documents, as in table two; decisions and fees; those that there were."""
    return _rules(material) + _documents(material) + _decisions(material)


def requests_sentences(material: Material) -> str:
    """What came in, how it ended, what was contested."""
    book, phrases = material.book, _phrases_of(material)
    if book.value("requests.received.total") is None:
        return placeholder("表三本年新收政府信息公开申请数量") + _contested(material)
    blank = [name for row, name in _FLOW.items() if _left_blank(material, f"requests.{row}.total")]
    of_requests, of_cases = changes_worth_telling(book)
    sentences = (
        _received(material),
        *_concluded(book, phrases),
        of_requests,
        placeholder(f"表三{'、'.join(blank)}的申请数量") if blank else "",
        _contested(material) + of_cases,
    )
    return "".join(sentences)


def placeholder(what: str) -> str:
    """What the office has to fill in before it can publish: check F115 sees to that."""
    return f"【待补：{what}】"


def _phrases_of(material: Material) -> _Phrases:
    """Two years running are worded differently: R101 and R102 ask it of everybody."""
    return _Phrases(**table("form_sentences")["straight" if material.data.year % 2 else "turned"])


def _left_blank(material: Material, *metrics: str) -> bool:
    """Whether the office has one of these cells before it and left it blank; a part of a report without tables has
    none."""
    return any(metric in material.data.cells and material.book.value(metric) is None for metric in metrics)


def _worded(template: str, **words: str | int) -> str:
    return Template(template).substitute(words)


def _documents(material: Material) -> str:
    phrases = _phrases_of(material)
    cells = tuple(f"disclosure.normative_documents.{stage}" for stage in ("issued", "repealed", "in_force"))
    issued, repealed, valid = (material.book.value(cell) for cell in cells)
    if issued is None or repealed is None or valid is None:
        return placeholder("表二行政规范性文件制发、废止和现行有效件数") if _left_blank(material, *cells) else ""
    if not (issued or repealed):
        template = phrases.unchanged_documents if valid else phrases.no_documents
    else:
        template = phrases.documents
    return _worded(
        template,
        year=material.data.year,
        we=material.data.voice.we,
        issued=_either(phrases.issued, issued),
        repealed=_either(phrases.repealed, repealed),
        in_force=_either(phrases.in_force, valid),
    )


def _either(pair: tuple[str, str], count: Decimal) -> str:
    return pair[0 if count else 1]


def _rules(material: Material) -> str:
    """规章 of the year, for the few that may make them."""
    found = [
        f"{name}{{{{disclosure.rules.{stage}}}}}"
        for stage, name in _STAGES
        if material.book.value(f"disclosure.rules.{stage}")
    ]
    return f"{material.data.voice.we}当年{'，'.join(found)}。" if found else ""


def _decisions(material: Material) -> str:
    phrases, book = _phrases_of(material), material.book
    found = "、".join(
        f"{name}{phrases.decision}{{{{disclosure.{row}.decisions}}}}"
        for row, name in _DECISIONS
        if book.value(f"disclosure.{row}.decisions")
    )
    clauses = [_worded(phrases.decisions, found=found)] if found else []
    if book.value("disclosure.fees.amount"):
        clauses.append("收取行政事业性收费{{disclosure.fees.amount}}")
    return f"全年{'，'.join(clauses)}。" if clauses else ""


def _received(material: Material) -> str:
    book, phrases = material.book, _phrases_of(material)
    new, carried = book.value("requests.received.total"), book.value("requests.carried_in.total")
    if new:
        template = phrases.received_and_carried if carried else phrases.received
    elif carried is None:
        template = phrases.nothing_received
    else:
        template = phrases.only_carried if carried else phrases.nothing
    return _worded(
        template,
        all=material.data.voice.all,
        compared=_compared(book),
        applicants=_applicants(book, phrases, behind_a_change=bool(_compared(book))),
    )


def _compared(book: Book) -> str:
    key = "requests.received.total"
    before, change = book.value(f"{key}.last_year"), book.value(f"{key}.change")
    if before is None:
        return ""
    if not before:
        return "（上年没有收到申请）"
    rate = book.value(f"{key}.yoy")
    small = before < _WORTH_A_RATE or (rate is not None and abs(rate) >= _LARGEST_RATE)
    return f"，比上年{{{{{key}.change}}}}" if change and small else f"，{{{{{key}.yoy}}}}"


def _applicants(book: Book, phrases: _Phrases, *, behind_a_change: bool) -> str:
    """Who applied; 其中 behind 比上年增加4件 would be of the 4."""
    people, organisations = (book.value(f"requests.received.{who}") for who in ("natural_person", "legal_person"))
    if people and organisations:
        return f"；按申请人分，{phrases.by_both.removeprefix('，其中')}" if behind_a_change else phrases.by_both
    if people and organisations == 0:
        return _all_of(phrases.by_persons, people)
    return _all_of(phrases.by_organisations, organisations) if organisations and people == 0 else ""


def _all_of(text: str, count: Decimal | None) -> str:
    """``text`` on all of them; of a single one nobody says 均."""
    return re.sub("[均都]", "", text, count=1) if count == 1 else text


def _concluded(book: Book, phrases: _Phrases) -> Iterator[str]:
    done, left = book.value("requests.concluded.total"), book.value("requests.carried_out.total")
    if not (done or left):
        return
    remaining = "" if left is None else _either(phrases.left, left)
    ended = _ended(book, phrases, done) if done else phrases.none_concluded
    yield from (ended, *_leading_reasons(book), remaining)


def _ended(book: Book, phrases: _Phrases, done: Decimal) -> str:
    outcomes = table("form_sentences")["outcomes"]
    found = [(row, *words) for row, words in outcomes.items() if book.value(f"requests.{row}.total")]
    if len(found) == 1 and all(book.value(f"requests.{row}.total") is not None for row in outcomes):
        return _worded(phrases.concluded_alike, outcome=_all_of(found[0][2], done))
    form, between = phrases.outcome
    told = between.join(_worded(form, name=name, slot=f"requests.{row}.total") for row, name, _ in found)
    return _worded(phrases.concluded, outcomes=told)


def _leading_reasons(book: Book) -> Iterator[str]:
    """Why information was refused or could not be given, where one reason stands out."""
    for group, opening in (("denied", "不予公开的申请"), ("unavailable", "无法提供的申请")):
        total = book.value(f"requests.{group}.total") or Decimal(0)
        leaves = [(book.value(f"requests.{leaf}.total") or Decimal(0), leaf) for leaf in leaves_of(group)]
        most, leaf = max(leaves, key=lambda item: item[0])
        if total >= _WORTH_A_REASON and total > most >= total * _LEADING:
            yield f"{opening}中，{_REASONS[leaf]}的居多，有{{{{requests.{leaf}.total}}}}。"


def _contested(material: Material) -> str:
    book, phrases = material.book, _phrases_of(material)
    counts = {family: book.value(f"{family}.total") for family in ("review", "litigation")}
    if None in counts.values():
        blank = _left_blank(material, "review.total", "litigation.direct.total", "litigation.after_review.total")
        return placeholder("表四行政复议、行政诉讼的件数和结果") if blank else ""
    if not any(counts.values()):
        return phrases.uncontested
    pairs = {"review": phrases.reviews, "litigation": phrases.lawsuits}
    clauses = [
        _worded(pairs[family][0 if count else 1], results=_results(book, family)) for family, count in counts.items()
    ]
    # What there was before what there was not.
    first, second = clauses if counts["review"] else reversed(clauses)
    return _worded(phrases.contested, first=first, second=second)


def _results(book: Book, family: str) -> str:
    found = [case for case in CASES if case.id != "total" and book.value(f"{family}.{case.id}")]
    if len(found) == 1:
        return _all_of(table("form_sentences")["all_ended"][found[0].id], book.value(f"{family}.{found[0].id}"))
    if not found:  # the leaves are blank
        return ""
    return f"（{'、'.join(f'{case.label}{{{{{family}.{case.id}}}}}' for case in found)}）"


class _Phrases(NamedTuple):
    """One wording. Fields without a note are whole sentences."""

    documents: str
    no_documents: str  # none made, none in force
    unchanged_documents: str  # some in force, none made or repealed
    issued: tuple[str, str]  # clauses of ``documents``
    repealed: tuple[str, str]
    in_force: tuple[str, str]
    decisions: str  # clause
    decision: str  # what stands behind its name
    received: str
    received_and_carried: str
    only_carried: str
    nothing: str
    nothing_received: str  # what was carried in is not known
    by_both: str  # clauses: who applied
    by_persons: str
    by_organisations: str
    concluded: str
    concluded_alike: str
    outcome: tuple[str, str]  # one outcome among others, and what stands between them
    left: tuple[str, str]
    none_concluded: str
    uncontested: str
    contested: str
    reviews: tuple[str, str]  # clauses of ``contested``
    lawsuits: tuple[str, str]
