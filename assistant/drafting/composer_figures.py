"""Sentences on the form's own figures: which of them stand is told by the three tables. A blank cell is told by none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from string import Template

from assistant.drafting.composer_phrases import OUTCOMES_TOLD, STRAIGHT, TURNED, Phrases
from assistant.drafting.slots import Material
from assistant.figures.book import Book, Figure
from assistant.form import CASES, leaves_of
from assistant.form.common import OTHERWISE_HANDLED, OUTCOMES
from assistant.text import enumerator

__all__ = ["counted", "disclosure_sentences", "pending", "phrases_of", "requests_sentences"]

_DECISIONS = (("licensing", "行政许可"), ("penalties", "行政处罚"), ("coercion", "行政强制"))
_STAGES = (("issued", "制发规章"), ("repealed", "废止规章"), ("in_force", "现行有效的规章共"))
_ALL_ENDED = {
    "upheld": "，结果均为维持",
    "corrected": "，结果均为纠正",
    "other_outcome": "，均为其他结果",
    "pending": "，均尚未审结",
}
_WORTH_A_REASON = 5  # below it the leading reason of a group is an accident
_LEADING = Decimal("0.6")  # a reason leads when it makes up this share of its group
_WORTH_A_RATE = 10  # over fewer a rate says little: from 1 to 5 is 4 more, not 增长400%
_REASONS = {row.id: row.label.removeprefix(enumerator(row.label)) for row in (*OUTCOMES, *OTHERWISE_HANDLED)}
_FLOW = {"carried_in": "上年结转", "carried_out": "结转下年度继续办理"}


def phrases_of(given: Material) -> Phrases:
    """Two years running are worded differently: R101 and R102 ask it of everybody."""
    return STRAIGHT if given.data.year % 2 else TURNED


def pending(what: str) -> str:
    """What the office has to fill in before it can publish: check F115 sees to that."""
    return f"【待补：{what}】"


def _left_blank(given: Material, *metrics: str) -> bool:
    """Whether the office has one of these cells before it and left it blank; a part of a report without tables has none."""
    return any(metric in given.data.cells and given.book.value(metric) is None for metric in metrics)


def _told(template: str, **words: str | int) -> str:
    return Template(template).substitute(words)


def disclosure_sentences(given: Material) -> str:
    """Normative documents, decisions and fees of table two, those that there were."""
    return _documents(given) + _rules(given.book) + _decisions(given)


def _documents(given: Material) -> str:
    told = phrases_of(given)
    cells = tuple(f"disclosure.normative_documents.{stage}" for stage in ("issued", "repealed", "in_force"))
    issued, repealed, valid = (given.book.value(cell) for cell in cells)
    if issued is None or repealed is None or valid is None:
        return pending("表二行政规范性文件制发、废止和现行有效件数") if _left_blank(given, *cells) else ""
    if not (issued or repealed):
        template = told.unchanged_documents if valid else told.no_documents
    else:
        template = told.documents
    return _told(
        template, year=given.data.year, we=given.data.voice.we, issued=_either(told.issued, issued),
        repealed=_either(told.repealed, repealed), in_force=_either(told.in_force, valid),
    )  # fmt: skip


def _either(pair: tuple[str, str], count: Decimal) -> str:
    return pair[0 if count else 1]


def _rules(book: Book) -> str:
    """规章 of the year, for the few that may make them."""
    found = [
        f"{name}{{{{disclosure.rules.{stage}}}}}" for stage, name in _STAGES if book.value(f"disclosure.rules.{stage}")
    ]
    return f"{'，'.join(found)}。" if found else ""


def _decisions(given: Material) -> str:
    told, book = phrases_of(given), given.book
    found = "、".join(
        f"{name}{told.decision}{{{{disclosure.{row}.decisions}}}}"
        for row, name in _DECISIONS
        if book.value(f"disclosure.{row}.decisions")
    )
    clauses = [_told(told.decisions, found=found)] if found else []
    if book.value("disclosure.fees.amount"):
        clauses.append("收取行政事业性收费{{disclosure.fees.amount}}")
    return f"全年{'，'.join(clauses)}。" if clauses else ""


def requests_sentences(given: Material) -> str:
    """What came in, how it ended, what was contested."""
    book, told = given.book, phrases_of(given)
    if book.value("requests.received.total") is None:
        return pending("表三本年新收政府信息公开申请数量") + _contested(given)
    blank = [name for row, name in _FLOW.items() if _left_blank(given, f"requests.{row}.total")]
    sentences = (
        _received(given), *_concluded(book, told), *_leading_reasons(book),
        pending(f"表三{'、'.join(blank)}的申请数量") if blank else "", _contested(given),
    )  # fmt: skip
    return "".join(sentences)


def _received(given: Material) -> str:
    book, told = given.book, phrases_of(given)
    new, carried = book.value("requests.received.total"), book.value("requests.carried_in.total")
    if new:
        template = told.received_and_carried if carried else told.received
    elif carried is None:
        template = told.nothing_received
    else:
        template = told.only_carried if carried else told.nothing
    return _told(template, all=given.data.voice.all, compared=_compared(book), applicants=_applicants(book, told))


def _compared(book: Book) -> str:
    key = "requests.received.total"
    before, change = book.value(f"{key}.last_year"), book.value(f"{key}.change")
    if before is None:
        return ""
    if not before:
        return "（上年没有收到申请）"
    return f"，比上年{{{{{key}.change}}}}" if change and before < _WORTH_A_RATE else f"，{{{{{key}.yoy}}}}"


def _applicants(book: Book, told: Phrases) -> str:
    people, organisations = (book.value(f"requests.received.{who}") for who in ("natural_person", "legal_person"))
    if people and organisations:
        return told.by_both
    if people and organisations == 0:
        return _all_of(told.by_persons, people)
    return _all_of(told.by_organisations, organisations) if organisations and people == 0 else ""


def _all_of(text: str, count: Decimal | None) -> str:
    """``text`` on all of them; of a single one nobody says 均."""
    return re.sub("[均都]", "", text, count=1) if count == 1 else text


def _concluded(book: Book, told: Phrases) -> Iterator[str]:
    done, left = book.value("requests.concluded.total"), book.value("requests.carried_out.total")
    if not (done or left):
        return
    remaining = "" if left is None else _either(told.left, left)
    ended = _ended(book, told, done) if done else told.none_concluded
    yield from (remaining, ended) if told.left_first and left else (ended, remaining)


def _ended(book: Book, told: Phrases, done: Decimal) -> str:
    found = [(row, name, only) for row, name, only in OUTCOMES_TOLD if book.value(f"requests.{row}.total")]
    if len(found) == 1 and all(book.value(f"requests.{row}.total") is not None for row, _, _ in OUTCOMES_TOLD):
        return _told(told.concluded_alike, outcome=_all_of(found[0][2], done))
    form, between = told.outcome
    outcomes = between.join(_told(form, name=name, slot=f"requests.{row}.total") for row, name, _ in found)
    return _told(told.concluded, outcomes=outcomes)


def _leading_reasons(book: Book) -> Iterator[str]:
    """Why information was refused or could not be given, where one reason stands out."""
    for group, opening in (("denied", "不予公开的申请"), ("unavailable", "无法提供的申请")):
        total = book.value(f"requests.{group}.total") or Decimal(0)
        leaves = [(book.value(f"requests.{leaf}.total") or Decimal(0), leaf) for leaf in leaves_of(group)]
        most, leaf = max(leaves, key=lambda item: item[0])
        if total >= _WORTH_A_REASON and total > most >= total * _LEADING:
            yield f"{opening}中，{_REASONS[leaf]}的居多，有{{{{requests.{leaf}.total}}}}。"


def _contested(given: Material) -> str:
    book, told = given.book, phrases_of(given)
    counts = {family: book.value(f"{family}.total") for family in ("review", "litigation")}
    if None in counts.values():
        blank = _left_blank(given, "review.total", "litigation.direct.total", "litigation.after_review.total")
        return pending("表四行政复议、行政诉讼的件数和结果") if blank else ""
    if not any(counts.values()):
        return told.uncontested
    pairs = {"review": told.reviews, "litigation": told.lawsuits}
    clauses = [
        _told(pairs[family][0 if count else 1], results=_results(book, family)) for family, count in counts.items()
    ]
    # What there was before what there was not.
    turn = not counts["review"] or (told.lawsuits_first and counts["litigation"])
    first, second = reversed(clauses) if turn else clauses
    return _told(told.contested, first=first, second=second)


def _results(book: Book, family: str) -> str:
    found = [case for case in CASES if case.id != "total" and book.value(f"{family}.{case.id}")]
    if len(found) == 1:
        return _all_of(_ALL_ENDED[found[0].id], book.value(f"{family}.{found[0].id}"))
    if not found:  # the leaves are blank
        return ""
    return f"（{'、'.join(f'{case.label}{{{{{family}.{case.id}}}}}' for case in found)}）"


# An office's own figures as clauses: 发布审批信息5条、政策解读3篇，举办专题培训班2期.

# What is done with a thing that is counted, where its name does not say so itself.
_VERBS = (
    ("发布会", "召开"), ("解读", "发布"), ("问答", "发布"), ("公报", "编发"), ("培训", "举办"), ("培训班", "举办"), ("开放日", "举办"),
    ("开放日活动", "举办"), ("访谈", "组织"), ("公开指南", "编制"), ("目录", "编制"), ("检查", "开展"), ("座谈会", "召开"), ("账号", "现有"),
    ("中心", "设有"), ("专区", "设有"), ("查阅点", "设有"), ("信息", "发布"),
)  # fmt: skip
_OTHERWISE_DONE = (
    "新增", "开设", "关停", "注销", "清理", "整合", "印发", "推送", "转载", "归集", "更新", "处理", "整改", "参加",
)  # fmt: skip
_DOING = re.compile("|".join((*{verb: "" for _, verb in _VERBS}, *_OTHERWISE_DONE)))
_DISCLOSING = re.compile(f"公开|{_DOING.pattern}")  # 主动公开政府信息, but not 政府信息公开培训
_ATTENDED = re.compile(r"(?P<what>.+)(?P<act>参[加训会与])")  # 培训参加 → 参加培训
_SHARED_OPENING = 4  # characters that two names must share for the second to drop them: 社会评议有效问卷、满意问卷


def counted(figures: Iterable[tuple[str, Figure]]) -> str:
    """Clauses on figures given with their slots, without a stop at the end; empty for none."""
    told, name, done = "", "", ""
    for slot, figure in figures:
        verb, phrase = _phrase(slot, figure, name)
        again = bool(verb) and verb == done  # what is done stands once
        told += f"{'、' if again else '，' if told else ''}{'' if again else verb}{phrase}"
        name, done = figure.label, verb
    return told


def _phrase(slot: str, figure: Figure, before: str) -> tuple[str, str]:
    """What was done, empty where the name says so itself, and how much of it; ``before`` is the name told just before."""
    name = figure.label
    shared = next((n for n in range(min(len(name), len(before)), 0, -1) if name[:n] == before[:n]), 0)
    if _SHARED_OPENING <= shared < len(name):
        name = name[shared:]
    if len(figure.unit) > 1 and name.endswith(figure.unit) and len(name) > len(figure.unit):
        # 培训参加人次305人次 → 参加培训305人次; the 件 of 政策文件 is no unit.
        stem = _ATTENDED.sub(r"\g<act>\g<what>", name.removesuffix(figure.unit))
        return "", f"{stem}{{{{{slot}}}}}"
    word, verb = next(((word, verb) for word, verb in _VERBS if name.endswith(word)), ("", ""))
    if (_DISCLOSING if word == "信息" else _DOING).search(name.removesuffix(word)):
        verb = ""  # 举办新闻发布会 says it itself
    return (f"没有{verb}", name) if verb and not figure.value else (verb, f"{name}{{{{{slot}}}}}")
