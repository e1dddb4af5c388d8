"""Reading the words around one number: which phrases of the form stand there, and what they say together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from assistant.form.phrases import BEFORE_VERB, BETWEEN_VERB_AND_OBJECT, FILLER, Phrase, phrase_pattern, phrases

__all__ = ["Reading", "Token", "Words", "interpret", "tokens_in"]

Reading = tuple[str, ...]
"""Metric ids that are added up."""

_CONNECTOR = re.compile(r"\s*(?:或者?|及|和|与|、|以及|/)\s*(?:者)?\s*")
# Without a verb, 申请N件 is the whole only behind a year, a place or nothing: 网上申请20件 is some of them.
_WHOLE_SET = re.compile(r"(?:^|[，,；;：:。]|年度?|[省市区县州旗镇乡局委厅办部门]|[共总计])\s*(?:共|的)?$")
_TAIL_START = re.compile(r"\s*(?:的)?\s*(?:涉及|有关|相关)?\s*")
_CASES = ("review", "litigation", "litigation.direct", "litigation.after_review")
_ROWS_OF_TABLE_2 = ("normative_documents", "rules", "licensing", "penalties", "coercion", "fees")


@cache
def _filler() -> re.Pattern[str]:
    return re.compile(FILLER)


@cache
def _before() -> re.Pattern[str]:
    return re.compile(BEFORE_VERB)


@cache
def _between() -> re.Pattern[str]:
    return re.compile(BETWEEN_VERB_AND_OBJECT)


@dataclass(frozen=True, slots=True)
class Token:
    """A phrase found in a clause, with its place in it."""

    phrase: Phrase
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """What the words around a number say: readings (likeliest first), which rows they are of, and the object."""

    readings: tuple[Reading, ...] = ()
    rows: tuple[str, ...] = ()
    object: str = ""
    kind: str = ""


def tokens_in(text: str) -> tuple[Token, ...]:
    """Phrases of the form in ``text``, left to right, without overlaps."""
    known = phrases()
    return tuple(
        Token(known[int((found.lastgroup or "p0")[1:])], found.start(), found.end())
        for found in phrase_pattern().finditer(text)
    )


def interpret(head: str, tail: str, carried: Words) -> Words:
    """What a number between ``head`` and ``tail`` counts. ``carried`` is what the number before it in the sentence said.

    The number must follow its phrase with nothing but filler between: in 提案办理结果5件 the word 办理 is not about the 5.
    """
    before = _without_answering(head, tokens_in(head))
    followed = bool(before) and bool(_filler().fullmatch(head[before[-1].end :]))
    tail_object = _object_at_start(tail)
    if followed:
        return _from_head(head, before, tail_object, carried)
    if not before and _filler_ahead(head) and (outcome := _outcome_at_start(tail)):
        return _rows(outcome.phrase.readings, "row")
    if tail_object == "requests":
        return _from_tail(tail, bool(before))
    if tail_object and tail_object != "other" and not before:
        return _of_object(tail_object, ())
    return Words()


def _without_answering(head: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """作出不予公开答复 counts refusals, not answers: the verb behind an outcome is part of it."""
    if len(tokens) >= 2 and tokens[-1].phrase.kind == "verb" and tokens[-2].phrase.kind in ("outcome", "leaf"):
        between, behind = head[tokens[-2].end : tokens[-1].start], head[tokens[-1].end :]
        if between in ("", "的") and _filler().fullmatch(behind):
            return (*tokens[:-2], replace(tokens[-2], end=tokens[-1].end))
    return tokens


def _filler_ahead(head: str) -> bool:
    """Whether the words before a number count nothing themselves: 余下, 另有, 还有."""
    return bool(re.fullmatch(r"[，,；;：:\s]*(?:余下|剩余|其余|另有|还有|尚有|有|共有|其中)*(?:的)?", head))


def _outcome_at_start(tail: str) -> Token | None:
    """余下17件转入下年继续办理: the outcome opens the words behind the number."""
    found = tokens_in(tail)
    return found[0] if found and found[0].phrase.kind == "outcome" and found[0].start <= 1 else None


def _object_at_start(tail: str) -> str:
    start = _TAIL_START.match(tail)
    found = tokens_in(tail)
    if found and found[0].phrase.kind == "object" and start and found[0].start <= start.end() + 2:
        return found[0].phrase.readings[0]
    return ""


def _from_head(head: str, tokens: Sequence[Token], tail_object: str, carried: Words) -> Words:
    last = tokens[-1]
    named = next((t.phrase.readings[0] for t in reversed(tokens) if t.phrase.kind == "object"), "") or tail_object
    match last.phrase.kind:
        case "outcome":
            return _outcomes(head, tokens, carried)
        case "leaf":
            return _rows((last.phrase.readings[0],), "leaf")
        case "column":
            return _column(tokens, carried)
        case "case":
            return _case(last, named or carried.object)
        case "stage":
            return _stage(last, named or carried.object)
        case "verb":
            if not _of_everything(head, last, tokens):
                return Words()
            object_ = named or carried.object
            if object_ in _CASES and "received" in last.phrase.readings:
                return _of_object(object_, ())  # 行政复议收到15件
            return _rows(last.phrase.readings, "row") if object_ == "requests" else Words(object=object_)
        case _:
            return _object_last(head, tokens, carried)


def _outcomes(head: str, tokens: Sequence[Token], carried: Words) -> Words:
    """One row of outcomes, or several joined by 或, 及, 和: then their sum."""
    group = [tokens[-1]]
    for token in reversed(tokens[:-1]):
        joined = _CONNECTOR.fullmatch(head[token.end : group[0].start])
        if token.phrase.kind != "outcome" or not joined:
            break
        group.insert(0, token)
    rows = tuple(token.phrase.readings[0] for token in group)
    leaf = next((t for t in tokens[: -len(group)] if t.phrase.kind == "leaf"), None)
    if len(rows) == 1 and leaf and not re.search("等", head[leaf.end : group[0].start]):
        # 因本机关不掌握无法提供12件: the leaf that is named, or its whole group.
        return _rows((leaf.phrase.readings[0], rows[0]), "leaf")
    if len(rows) == 1 and any(t.phrase.kind == "column" for t in tokens):
        return _column(tokens, Words(rows=rows, object=carried.object))
    if len(rows) == 1:
        return _rows(group[0].phrase.readings, "row")
    total = tuple(f"requests.{row}.total" for row in rows)
    return Words((total,), rows, "requests", "group")


def _rows(rows: tuple[str, ...], kind: str) -> Words:
    return Words(tuple((f"requests.{row}.total",) for row in rows), rows, "requests", kind)


def _column(tokens: Sequence[Token], carried: Words) -> Words:
    """A kind of applicant, of the rows that the clause or the number before it speaks of."""
    column = next(t.phrase.readings[0] for t in reversed(tokens) if t.phrase.kind == "column")
    verb = next((t for t in reversed(tokens) if t.phrase.kind in ("verb", "outcome")), None)
    rows = verb.phrase.readings if verb else carried.rows or ("received", "workload")
    if carried.object not in ("", "requests") and not verb:
        return Words()
    return Words(tuple((f"requests.{row}.{column}",) for row in rows), rows, "requests", "column")


def _case(token: Token, object_: str) -> Words:
    if object_ not in _CASES:
        return Words()
    outcome = token.phrase.readings[0]
    cases = ("upheld", "corrected", "other_outcome") if outcome == "closed" else (outcome,)
    return Words((tuple(f"{object_}.{case}" for case in cases),), (), object_, "case")


def _stage(token: Token, object_: str) -> Words:
    if object_ not in ("rules", "normative_documents"):
        return Words()
    return Words(tuple((f"disclosure.{object_}.{stage}",) for stage in token.phrase.readings), (), object_, "stage")


def _object_last(head: str, tokens: Sequence[Token], carried: Words) -> Words:
    """The number follows what is counted: 受理政府信息公开申请97件, 行政复议15件, 制发规范性文件35件."""
    object_ = tokens[-1].phrase.readings[0]
    before = tokens[:-1]
    if object_ != "requests":
        return _of_object(object_, before)
    if before and before[-1].phrase.kind == "column" and not _everyone(before):
        return _column(before, carried)
    verb = next((t for t in reversed(before) if t.phrase.kind in ("verb", "outcome", "leaf")), None)
    if verb and verb.phrase.kind == "verb":
        between = head[verb.end : tokens[-1].start]
        if not (_of_everything(head, verb, tokens) and _between().fullmatch(between)):
            return Words(object=object_)  # 网上受理申请, 受理征地拆迁类申请: some of them, the tables do not tell which
    if verb and verb.phrase.kind == "outcome":
        return _outcomes(head, before[: before.index(verb) + 1], carried)
    if verb is None:
        whole = not before and _WHOLE_SET.search(head[: tokens[-1].start])
        return _rows(("received", "workload"), "row") if whole else Words(object=object_)
    return _rows(verb.phrase.readings, "leaf" if verb.phrase.kind == "leaf" else "row")


def _everyone(tokens: Sequence[Token]) -> bool:
    """公民、法人和其他组织提出的申请: all kinds of applicants are named, so none is meant."""
    columns = {t.phrase.readings[0] for t in tokens if t.phrase.kind == "column"}
    return {"natural_person", "legal_person"} <= columns


def _of_everything(head: str, verb: Token, tokens: Sequence[Token]) -> bool:
    """Whether nothing in front of a verb narrows what is counted; what was counted may itself stand there."""
    return any(token.end == verb.start for token in tokens) or bool(_before().search(head[: verb.start]))


def _of_object(object_: str, before: Sequence[Token]) -> Words:
    if object_ in _CASES:
        joined = [t.phrase.readings[0] for t in before if t.phrase.kind == "object"]
        if joined[-1:] == ["review"] and object_ == "litigation" and before[-1].phrase.kind == "object":
            return Words((("review.total", "litigation.total"), ("litigation.total",)), (), object_, "total")
        return Words(((f"{object_}.total",),), (), object_, "total")
    stage = next((t for t in reversed(before) if t.phrase.kind == "stage"), None)
    if object_ in ("rules", "normative_documents") and stage:
        return _stage(stage, object_)
    if object_ in _ROWS_OF_TABLE_2[2:5]:
        return Words(((f"disclosure.{object_}.decisions",),), (), object_, "decisions")
    if object_ == "fees":
        return Words((("disclosure.fees.amount",),), (), object_, "decisions")
    return Words(object=object_)


def _from_tail(tail: str, words_before: bool) -> Words:
    """The number comes first: 72件申请顺延到下年度答复. Without a verb behind it, it says nothing of its own."""
    outcome = next((t for t in tokens_in(tail)[1:] if t.phrase.kind in ("outcome", "verb")), None)
    if outcome is None or words_before:
        return Words(object="requests")
    return _rows(outcome.phrase.readings, "row")
