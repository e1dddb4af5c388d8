"""Several things asked in one breath: where one question ends and the next begins, and one answer with parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.asking.questions.metrics import find_metrics
from assistant.asking.result import Answer, joined
from assistant.lexicon import phrase
from assistant.patterns import regex

__all__ = ["questions_in", "together"]

_CLAUSE = regex(r"[^?？，,；;。！!\s]+[?？，,；;。！!\s]*")
_ENDS = " ，,；;?？。！!"


def questions_in(text: str) -> list[str]:
    """What a text asks, each part ending with a clause that asks (哪年最多？占办结的多少？). What opens the text without
    asking (商业企业的申请，…) is what every part is about; what stands behind the last question asks nothing."""
    parts = [""]
    for clause in _CLAUSE.findall(text):
        if _asks(clause) and _asks(parts[-1]):
            parts.append("")
        parts[-1] += clause
    topic = "".join(_opening(parts[0])) if len(parts) > 1 else ""
    return [parts[0].strip(_ENDS), *(f"{topic}{one}".strip(_ENDS) for one in parts[1:])]


def _opening(part: str) -> list[str]:
    """The clauses of a part before the one that asks."""
    clauses = _CLAUSE.findall(part)
    return clauses[: next(number for number, one in enumerate(clauses) if _asks(one))]


def _asks(text: str) -> bool:
    return any(phrase("questions", "clause_asks").search(one.strip(_ENDS)) for one in _CLAUSE.findall(text))


def together(text: str, whole: Answer, parts: Sequence[str], answers: Sequence[Answer]) -> Answer:
    """The answer to a text of several questions, out of that to it as one question (``whole``) and those to its parts.

    As one it was understood where that tells what each part asks, or as many figures as there are parts. An answer to
    a part counts up to the first that found none, and behind it where the part names its own figure.
    """
    found = next((number for number, one in enumerate(answers) if one.abstained), len(answers))
    counts = [
        not one.abstained
        and (number < found or bool(find_metrics(parts[number]).metrics))
        and bool(_of_reports(one) or not _of_reports(whole) or phrase("passages", "law_asked").search(parts[number]))
        for number, one in enumerate(answers)
    ]
    told = [one for one, counted in zip(answers, counts, strict=True) if counted]
    if whole.abstained:
        if not told or not (_of_reports(whole) or re.search("[?？].", text)):
            return whole
        open_ones = [part for part, counted in zip(parts, counts, strict=True) if not counted]
        return _with_open(joined(text, told), open_ones)
    if len(told) < len(parts) or _has_as_many(whole, len(parts)) or all(_tells(whole, one) for one in told):
        return whole
    if whole.route == "passages" and not whole.figures:
        return joined(text, [whole, *(one for one in told if not _tells(whole, one))])
    return joined(text, told)


def _with_open(told: Answer, parts: Sequence[str]) -> Answer:
    """An answer that says for which parts of the question none was found."""
    left = [f"“{one}”这一问，资料库里没有找到答案。" for one in parts]
    return told.model_copy(update={"answer": "\n".join((told.answer, *left))})


def _of_reports(answer: Answer) -> bool:
    """Whether an answer is told, or was looked for, in the reports of someone in particular."""
    return bool(answer.figures or any(one.unit for one in answer.citations) or (answer.plan and answer.plan.units))


def _has_as_many(whole: Answer, count: int) -> bool:
    """Whether a whole question was understood to the last word, and as asking for so many figures."""
    plan = whole.plan
    return bool(whole.route == "figures" and plan and not plan.not_understood and len(plan.metrics) >= count)


def _tells(whole: Answer, part: Answer) -> bool:
    """Whether an answer tells what that to a part of its question does."""
    words = [one.quote for one in part.citations if part.route == "passages"]
    return all(one.text in whole.answer for one in part.figures) and all(one in whole.answer for one in words)
