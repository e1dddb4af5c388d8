"""The same figures as ``composer_figures`` tells, in other sentences: one year's report does not read like the next one's."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.drafting.composer_figures import (
    DECISIONS,
    OUTCOMES_TOLD,
    all_of,
    compared,
    leading_reasons,
    results_of,
    rules_told,
)
from assistant.drafting.slots import Material
from assistant.figures.book import Book

__all__ = ["disclosure_turned", "requests_turned"]


def disclosure_turned(given: Material) -> str:
    """What is in force first, then what the year did to it; decisions and fees."""
    return _documents(given) + _decisions(given.book)


def _documents(given: Material) -> str:
    family = "disclosure.normative_documents"
    issued, repealed, valid = (given.book.value(f"{family}.{stage}") for stage in ("issued", "repealed", "in_force"))
    if issued is None or repealed is None or valid is None:
        return ""
    who = f"截至{given.data.year}年底，{given.data.voice.we}"
    standing = f"现行有效的行政规范性文件共{{{{{family}.in_force}}}}" if valid else "没有现行有效的行政规范性文件"
    if not (issued or repealed):
        return f"{who}{standing}，当年没有制发，也没有废止。{rules_told(given.book)}"
    made = f"当年制发行政规范性文件{{{{{family}.issued}}}}" if issued else "当年没有新制发行政规范性文件"
    ended = f"废止{{{{{family}.repealed}}}}" if repealed else "没有废止"
    return f"{who}{standing}；{made}，{ended}。{rules_told(given.book)}"


def _decisions(book: Book) -> str:
    found = [
        f"{name}决定{{{{disclosure.{row}.decisions}}}}"
        for row, name in DECISIONS
        if book.value(f"disclosure.{row}.decisions")
    ]
    told = [f"作出{'、'.join(found)}"] if found else []
    if book.value("disclosure.fees.amount"):
        told.append("收取行政事业性收费{{disclosure.fees.amount}}")
    return f"全年{'，'.join(told)}。" if told else ""


def requests_turned(given: Material) -> Iterator[str]:
    """What was carried in before what came in, what is left before what was done, lawsuits before reviews."""
    book = given.book
    yield _received(given)
    yield _concluded(book)
    yield from leading_reasons(book)
    yield _contested(book)


def _received(given: Material) -> str:
    book, who = given.book, given.data.voice.all
    new, carried = book.value("requests.received.total"), book.value("requests.carried_in.total")
    if not new:
        if carried:
            return f"{who}从上年结转政府信息公开申请{{{{requests.carried_in.total}}}}，本年没有收到新的申请。"
        return f"本年没有单位或者个人向{who}申请公开政府信息，上年也没有结转的申请。"
    opening = f"{who}从上年结转政府信息公开申请{{{{requests.carried_in.total}}}}，本年" if carried else f"{who}本年"
    return f"{opening}新收政府信息公开申请{{{{requests.received.total}}}}{compared(book)}；{_by_applicants(book)}。"


def _by_applicants(book: Book) -> str:
    people, organisations = (book.value(f"requests.received.{who}") for who in ("natural_person", "legal_person"))
    if people and organisations:
        return "法人或其他组织提出{{requests.received.legal_person}}，自然人提出{{requests.received.natural_person}}"
    return all_of(f"申请人都是{'自然人' if people else '法人或其他组织'}", people or organisations)


def _concluded(book: Book) -> str:
    done, left = book.value("requests.concluded.total"), book.value("requests.carried_out.total")
    remaining = "到年底仍在办理、结转下年度的有{{requests.carried_out.total}}" if left else "没有申请结转下年度"
    if not done:
        return f"{remaining}，年内没有办结的申请。" if left else ""
    found = [(row, name, only) for row, name, only in OUTCOMES_TOLD if book.value(f"requests.{row}.total")]
    if len(found) == 1:
        return f"{remaining}；年内办结的{{{{requests.concluded.total}}}}{all_of(found[0][2], done)}。"
    parts = "，".join(f"{name}的{{{{requests.{row}.total}}}}" for row, name, _ in found)
    return f"{remaining}；年内共办结{{{{requests.concluded.total}}}}，按结果分，{parts}。"


def _contested(book: Book) -> str:
    reviews, lawsuits = book.value("review.total"), book.value("litigation.total")
    if reviews is None or lawsuits is None:
        return ""
    if not reviews and not lawsuits:
        return "一年来，没有发生因政府信息公开引起的行政复议和行政诉讼。"
    lawsuit = f"行政诉讼{{{{litigation.total}}}}{results_of(book, 'litigation')}" if lawsuits else "没有行政诉讼"
    review = f"行政复议{{{{review.total}}}}{results_of(book, 'review')}" if reviews else "没有行政复议"
    first, second = (lawsuit, review) if lawsuits else (review, lawsuit)
    return f"因政府信息公开引起{first}；{second}。"
