"""Sentences on the form's own figures: which of them stand is told by the three tables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.drafting.slots import Material
from assistant.figures.book import Book
from assistant.form import CASES, leaves_of
from assistant.form.common import OTHERWISE_HANDLED, OUTCOMES

__all__ = [
    "DECISIONS",
    "OUTCOMES_TOLD",
    "all_of",
    "compared",
    "disclosure_sentences",
    "leading_reasons",
    "requests_sentences",
    "results_of",
    "rules_told",
]

# (row, how it is told among others, how it is told when every application ended so)
OUTCOMES_TOLD = (
    ("granted", "予以公开", "均予以公开"),
    ("partly_granted", "部分公开", "均作部分公开"),
    ("denied", "不予公开", "均不予公开"),
    ("unavailable", "无法提供", "均属无法提供"),
    ("not_processed", "不予处理", "均不予处理"),
    ("otherwise_handled", "其他处理", "均作其他处理"),
)
DECISIONS = (("licensing", "行政许可"), ("penalties", "行政处罚"), ("coercion", "行政强制"))
_ALL_ENDED = {
    "upheld": "，结果均为维持",
    "corrected": "，结果均为纠正",
    "other_outcome": "，均为其他结果",
    "pending": "，均尚未审结",
}
_WORTH_A_REASON = 5  # below it the leading reason of a group is an accident
_LEADING = Decimal("0.6")  # a reason leads when it makes up this share of its group
_LEAF_NAMES = {row.id: row.name for row in (*OUTCOMES, *OTHERWISE_HANDLED)}


def disclosure_sentences(given: Material) -> str:
    """Normative documents, decisions and fees of table two, those that there were."""
    return _documents(given) + _decisions(given.book)


def _documents(given: Material) -> str:
    family = "disclosure.normative_documents"
    issued, repealed, valid = (given.book.value(f"{family}.{stage}") for stage in ("issued", "repealed", "in_force"))
    if issued is None or repealed is None or valid is None:
        return ""
    who = f"{given.data.year}年，{given.data.voice.we}"
    if not (issued or repealed or valid):
        return f"{who}没有制发行政规范性文件，也没有现行有效的行政规范性文件。{rules_told(given.book)}"
    made = f"制发行政规范性文件{{{{{family}.issued}}}}" if issued else "没有新制发行政规范性文件"
    ended = f"废止{{{{{family}.repealed}}}}" if repealed else "没有废止文件"
    standing = f"年末现行有效的共{{{{{family}.in_force}}}}" if valid else "年末没有现行有效的行政规范性文件"
    return f"{who}{made}，{ended}，{standing}。{rules_told(given.book)}"


def rules_told(book: Book) -> str:
    """规章 of the year, for the few that may make them."""
    stages = (("issued", "制发规章"), ("repealed", "废止规章"), ("in_force", "现行有效的规章共"))
    told = [
        f"{name}{{{{disclosure.rules.{stage}}}}}" for stage, name in stages if book.value(f"disclosure.rules.{stage}")
    ]
    return f"{'，'.join(told)}。" if told else ""


def _decisions(book: Book) -> str:
    found = [
        f"{name}{{{{disclosure.{row}.decisions}}}}"
        for row, name in DECISIONS
        if book.value(f"disclosure.{row}.decisions")
    ]
    told = [f"办理{'、'.join(found)}"] if found else []
    if book.value("disclosure.fees.amount"):
        told.append("收取行政事业性收费{{disclosure.fees.amount}}")
    return f"全年{'，'.join(told)}。" if told else ""


def requests_sentences(given: Material) -> Iterator[str]:
    """What came in, how it ended, what was contested. Asked only where the total of what came in is not blank."""
    book = given.book
    yield _received(given)
    yield _concluded(book)
    yield from leading_reasons(book)
    yield _contested(book)


def _received(given: Material) -> str:
    book, who = given.book, f"{given.data.voice.all}全年"
    new, carried = book.value("requests.received.total"), book.value("requests.carried_in.total")
    if not new:
        if carried:
            return f"{who}没有收到新的政府信息公开申请，继续办理上年结转的申请{{{{requests.carried_in.total}}}}。"
        return f"{who}没有收到政府信息公开申请，也没有上年结转办理的申请。"
    text = f"{who}新收政府信息公开申请{{{{requests.received.total}}}}{compared(book)}{_applicants(book)}"
    if carried:
        text += "；上年结转{{requests.carried_in.total}}"
    return f"{text}。"


def compared(book: Book) -> str:
    if "requests.received.total.yoy" in book:
        return "，{{requests.received.total.yoy}}"
    return "，上年没有收到申请" if book.value("requests.received.total.last_year") == 0 else ""


def _applicants(book: Book) -> str:
    people, organisations = (book.value(f"requests.received.{who}") for who in ("natural_person", "legal_person"))
    if people and organisations:
        return "，其中自然人{{requests.received.natural_person}}、法人或其他组织{{requests.received.legal_person}}"
    if not (people or organisations):
        return ""
    return all_of("，均由自然人提出" if people else "，均由法人或其他组织提出", people or organisations)


def all_of(text: str, count: Decimal | None) -> str:
    """``text`` on all of them; of a single one nobody says 均."""
    return text.replace("均", "", 1).replace("都", "", 1) if count == 1 else text


def _concluded(book: Book) -> str:
    done, left = book.value("requests.concluded.total"), book.value("requests.carried_out.total")
    remaining = "结转下年度继续办理{{requests.carried_out.total}}。" if left else "没有结转下年度办理的申请。"
    if not done:
        return f"没有年内办结的申请，{remaining}" if left else ""
    found = [(row, name, only) for row, name, only in OUTCOMES_TOLD if book.value(f"requests.{row}.total")]
    if len(found) == 1:
        return f"年内办结{{{{requests.concluded.total}}}}，{all_of(found[0][2], done)}。{remaining}"
    parts = "、".join(f"{name}{{{{requests.{row}.total}}}}" for row, name, _ in found)
    return f"年内办结{{{{requests.concluded.total}}}}，其中{parts}。{remaining}"


def leading_reasons(book: Book) -> Iterator[str]:
    """Why information was refused or could not be given, where one reason stands out."""
    for group, opening in (("denied", "不予公开的申请"), ("unavailable", "无法提供的申请")):
        total = book.value(f"requests.{group}.total") or Decimal(0)
        leaves = [(book.value(f"requests.{leaf}.total") or Decimal(0), leaf) for leaf in leaves_of(group)]
        most, leaf = max(leaves, key=lambda item: item[0])
        if total >= _WORTH_A_REASON and total > most >= total * _LEADING:
            yield f"{opening}中，属于{_LEAF_NAMES[leaf]}情形的居多，有{{{{requests.{leaf}.total}}}}。"


def _contested(book: Book) -> str:
    reviews, lawsuits = book.value("review.total"), book.value("litigation.total")
    if reviews is None or lawsuits is None:
        return ""
    if not reviews and not lawsuits:
        return "全年没有因政府信息公开被申请行政复议或者被提起行政诉讼的情况。"
    review = f"被申请行政复议{{{{review.total}}}}{results_of(book, 'review')}" if reviews else "没有被申请行政复议"
    lawsuit = (
        f"被提起行政诉讼{{{{litigation.total}}}}{results_of(book, 'litigation')}" if lawsuits else "没有被提起行政诉讼"
    )
    first, second = (review, lawsuit) if reviews else (lawsuit, review)
    return f"因政府信息公开{first}；{second}。"


def results_of(book: Book, family: str) -> str:
    found = [case for case in CASES if case.id != "total" and book.value(f"{family}.{case.id}")]
    if len(found) == 1:
        return all_of(_ALL_ENDED[found[0].id], book.value(f"{family}.{found[0].id}"))
    return f"（{'、'.join(f'{case.label}{{{{{family}.{case.id}}}}}' for case in found)}）"
