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
    told = [
        one
        for number, one in enumerate(answers)
        if not one.abstained and (number < found or find_metrics(parts[number]).metrics)
    ]
    if whole.abstained:
        of_reports = any(one.figures or any(cited.unit for cited in one.citations) for one in told)
        return joined(text, answers) if told and (of_reports or re.search("[?？].", text)) else whole
    if len(told) < len(parts) or _has_as_many(whole, len(parts)) or all(_tells(whole, one) for one in told):
        return whole
    if whole.route == "passages" and not whole.figures:
        return joined(text, [whole, *(one for one in told if not _tells(whole, one))])
    return joined(text, told)


def _has_as_many(whole: Answer, count: int) -> bool:
    """Whether a whole question was understood to the last word, and as asking for so many figures."""
    plan = whole.plan
    return bool(whole.route == "figures" and plan and not plan.not_understood and len(plan.metrics) >= count)


def _tells(whole: Answer, part: Answer) -> bool:
    """Whether an answer tells what that to a part of its question does."""
    words = [one.quote for one in part.citations if part.route == "passages"]
    return all(one.text in whole.answer for one in part.figures) and all(one in whole.answer for one in words)
